package lint

import "aulacomune/course"

// BadValue: a value that its key does not allow.
const BadValue = "bad-value"

func badValue() Rule {
	return Rule{
		ID: BadValue, Severity: course.SeverityError,
		Message: "Il valore «{1}» non va bene per «{0}».",
		Hint:    "Valori ammessi: {2}.",
	}
}
