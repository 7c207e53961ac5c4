package lint

import "aulacomune/course"

// EmptyBlock: a box with nothing in it.
const EmptyBlock = "empty-block"

func emptyBlock() Rule {
	return Rule{
		ID: EmptyBlock, Severity: course.SeverityError,
		Message: "Il riquadro «[!{0}]» è vuoto.",
		Hint:    "Scrivi il testo nelle righe che seguono, ognuna preceduta da «> ».",
	}
}
