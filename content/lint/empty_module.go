package lint

import "aulacomune/course"

// EmptyModule: a module whose folder holds no learning object.
const EmptyModule = "empty-module"

func emptyModule() Rule {
	return Rule{
		ID: EmptyModule, Severity: course.SeverityError,
		Message: "Nella cartella «{0}» non c'è nessun oggetto didattico.",
		Hint:    "Controlla il nome della cartella e che contenga almeno un file .md.",
	}
}
