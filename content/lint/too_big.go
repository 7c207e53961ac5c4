package lint

import "aulacomune/course"

// TooBig: a text is longer than anyone would read, and longer than the compiler promises to handle.
const TooBig = "too-big"

func tooBig() Rule {
	return Rule{
		ID: TooBig, Severity: course.SeverityError,
		Message: "Il file supera {0}.",
		Hint:    "Dividilo in più oggetti.",
	}
}
