package lint

import "aulacomune/course"

// BrokenLink: a link within the course that leads nowhere.
const BrokenLink = "broken-link"

func brokenLink() Rule {
	return Rule{
		ID: BrokenLink, Severity: course.SeverityError, WCAG: "2.4.4",
		Message:   "Il collegamento a «{0}» non porta a nulla.",
		Hint:      "Forse intendevi «{1}»?",
		Otherwise: "Scrivi il percorso del file .md o l'identificativo di un oggetto del corso.",
	}
}
