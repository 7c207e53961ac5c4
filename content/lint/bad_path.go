package lint

import "aulacomune/course"

// BadPath: a file's name cannot travel between systems: control characters, backslashes, or names that differ only by case.
const BadPath = "bad-path"

func badPath() Rule {
	return Rule{
		ID: BadPath, Severity: course.SeverityError,
		Message: "Il nome del file «{0}» non va bene.",
		Hint:    "Usa lettere minuscole, cifre e trattini; due nomi non possono differire solo per maiuscole e minuscole.",
	}
}
