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
		Why:       "Un collegamento rotto interrompe chi studia e toglie fiducia in tutto il corso.",
		English: Wording{
			"The link to “{0}” leads nowhere.", "Did you mean “{1}”?", "Write the path of the .md file or the id of an object of the course.",
			"A broken link interrupts the learner and takes trust away from the whole course.",
		},
		Bad:  "Vedi [il secondo oggetto](secondi).\n",
		Good: "Vedi [il secondo oggetto](secondo).\n",
	}
}
