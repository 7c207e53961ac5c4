package lint

import "aulacomune/course"

// MissingField: a key that must be there is not, or is empty.
const MissingField = "missing-field"

func missingField() Rule {
	return Rule{
		ID: MissingField, Severity: course.SeverityError,
		Message: "Manca «{0}», oppure è vuoto.",
		Hint:    "Aggiungi la chiave «{0}» con il suo valore.",
	}
}
