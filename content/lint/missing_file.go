package lint

import "aulacomune/course"

// MissingFile: a file that the course names is not in the folder.
const MissingFile = "missing-file"

func missingFile() Rule {
	return Rule{
		ID: MissingFile, Severity: course.SeverityError,
		Message:   "Il file «{0}» non c'è.",
		Hint:      "Forse intendevi «{1}»?",
		Otherwise: "Controlla il nome, comprese maiuscole e minuscole: il file deve stare nella cartella del corso.",
		Why:       "Chi studia vedrebbe un'immagine rotta o un collegamento che non si apre.",
		English: Wording{
			"The file “{0}” is not there.", "Did you mean “{1}”?", "Check the name, capitals and small letters too: the file must lie in the course's folder.",
			"Learners would see a broken image or a link that does not open.",
		},
		Bad:  "Usa il [modello di accordo](modelo.pdf).\n",
		Good: "Usa il [modello di accordo](modello.pdf).\n",
	}
}
