package lint

import "aulacomune/course"

// EmptyBody: a reading or a story without any text.
const EmptyBody = "empty-body"

func emptyBody() Rule {
	return Rule{
		ID: EmptyBody, Severity: course.SeverityError,
		Message: "L'oggetto non ha testo.",
		Hint:    "Scrivi il testo dopo l'intestazione.",
	}
}
