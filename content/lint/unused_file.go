package lint

import "aulacomune/course"

// UnusedFile: a text that no module includes: perhaps a folder was left out of course.yaml.
const UnusedFile = "unused-file"

func unusedFile() Rule {
	return Rule{
		ID: UnusedFile, Severity: course.SeverityWarning,
		Message: "Il file non fa parte di nessun modulo.",
		Hint:    "Aggiungi la sua cartella a course.yaml, o fai cominciare il nome con «_» se è solo per te.",
	}
}
