package lint

import "aulacomune/course"

// UnknownKey: a key that the format does not have; most are misspelt, and what they say would silently be lost.
const UnknownKey = "unknown-key"

func unknownKey() Rule {
	return Rule{
		ID: UnknownKey, Severity: course.SeverityError,
		Message:   "La chiave «{0}» non esiste.",
		Hint:      "Forse intendevi «{1}»?",
		Otherwise: "Le chiavi ammesse qui sono: {2}.",
	}
}
