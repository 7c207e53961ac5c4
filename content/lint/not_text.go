package lint

import "aulacomune/course"

// NotText: a text is not UTF-8, so nobody knows which letters it holds.
const NotText = "not-text"

func notText() Rule {
	return Rule{
		ID: NotText, Severity: course.SeverityError,
		Message: "Il file non è scritto in UTF-8.",
		Hint:    "Salvalo di nuovo scegliendo la codifica UTF-8.",
	}
}
