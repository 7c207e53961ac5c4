package lint

import "aulacomune/course"

// WrongType: a value of another type than its key holds, such as a date for a title.
const WrongType = "wrong-type"

func wrongType() Rule {
	return Rule{
		ID: WrongType, Severity: course.SeverityError,
		Message: "«{0}» deve essere {1}.",
		Hint:    "Controlla il valore e i rientri; un testo fatto di cifre, una data o un testo con i due punti va fra virgolette.",
	}
}
