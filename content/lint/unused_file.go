package lint

import "aulacomune/course"

// UnusedFile: a text that no module includes: perhaps a folder was left out of course.yaml.
const UnusedFile = "unused-file"

func unusedFile() Rule {
	return Rule{
		ID: UnusedFile, Severity: course.SeverityWarning,
		Message: "Il file non fa parte di nessun modulo.",
		Hint:    "Aggiungi la sua cartella a course.yaml, includilo da un altro testo, o fai cominciare il nome con «_» se è solo per te.",
		Why:     "Un testo fuori dai moduli non lo vede nessuno: forse è stato dimenticato.",
		English: Wording{
			"The file is part of no module.", "Add its folder to course.yaml, include it from another text, or begin its name with “_” if it is only for you.", "",
			"A text outside the modules is seen by nobody: perhaps it was forgotten.",
		},
		Bad:  "-- appunti/bozza.md --\nUn testo.\n",
		Good: "-- _appunti/bozza.md --\nUn testo.\n",
	}
}
