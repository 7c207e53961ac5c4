package lint

import "aulacomune/course"

// DuplicateKey: the same key twice: only one of the two values could count.
const DuplicateKey = "duplicate-key"

func duplicateKey() Rule {
	return Rule{
		ID: DuplicateKey, Severity: course.SeverityError,
		Message: "La chiave «{0}» è scritta due volte.",
		Hint:    "Tieni una sola delle due righe.",
	}
}
