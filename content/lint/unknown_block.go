package lint

import "aulacomune/course"

// UnknownBlock: a box of a kind that the dialect does not have.
const UnknownBlock = "unknown-block"

func unknownBlock() Rule {
	return Rule{
		ID: UnknownBlock, Severity: course.SeverityError,
		Message:   "Il riquadro «[!{0}]» non esiste.",
		Hint:      "Forse intendevi «[!{1}]»?",
		Otherwise: "Riquadri ammessi: NOTE, TIP, IMPORTANT, WARNING, DETAILS, INCLUDE, QUESTION.",
	}
}
