package lint

import "aulacomune/course"

// BrokenAnchor: a link to a heading that is not there.
const BrokenAnchor = "broken-anchor"

func brokenAnchor() Rule {
	return Rule{
		ID: BrokenAnchor, Severity: course.SeverityError, WCAG: "2.4.4",
		Message:   "Il frammento «#{0}» non esiste.",
		Hint:      "Forse intendevi «#{1}»?",
		Otherwise: "Il frammento è il titolo in minuscolo, con trattini al posto degli spazi.",
	}
}
