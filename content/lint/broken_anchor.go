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
		Why:       "Il collegamento aprirebbe la pagina giusta nel punto sbagliato.",
		English: Wording{
			"The fragment “#{0}” does not exist.", "Did you mean “#{1}”?", "The fragment is the heading in small letters, with hyphens in place of spaces.",
			"The link would open the right page at the wrong place.",
		},
		Bad:  "Vedi [il suo titolo](secondo#un-titolone).\n",
		Good: "Vedi [il suo titolo](secondo#un-titolo).\n",
	}
}
