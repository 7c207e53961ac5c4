package lint

import "aulacomune/course"

// MissingFile: a file that the course names is not in the folder.
const MissingFile = "missing-file"

func missingFile() Rule {
	return Rule{
		ID: MissingFile, Severity: course.SeverityError,
		Message:   "Il file «{0}» non c'è.",
		Hint:      "Forse intendevi «{1}»?",
		Otherwise: "Controlla il nome, comprese maiuscole e minuscole.",
	}
}
