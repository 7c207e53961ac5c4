package lint

import (
	"strconv"

	"aulacomune/course"
)

// TotalMinutes: the hours the course announces are the sum of its objects, or a certificate would state hours nobody did.
const TotalMinutes = "total-minutes"

func totalMinutes() Rule {
	return Rule{
		ID: TotalMinutes, Severity: course.SeverityWarning,
		Message: "Il corso dichiara {0} minuti, ma la somma degli oggetti è {1}.",
		Hint:    "Correggi «minutes» o toglilo: vale la somma degli oggetti.",
		Why:     "La durata annunciata è quella che l'attestato riporta: se la somma non torna, una delle due è falsa.",
		English: Wording{
			"The course declares {0} minutes, but its objects add up to {1}.", "Correct “minutes” or take it away: the sum of the objects holds.", "",
			"The announced duration is the one on the certificate: if the sum is wrong, one of the two is false.",
		},
		Bad: `-- course.yaml --
slug: esempio
title: Un esempio
summary: Un corso piccolo.
objectives: [Provare]
minutes: 600
modules:
  - {id: uno, folder: 01-uno, title: Primo modulo}
`,
		Good: `-- course.yaml --
slug: esempio
title: Un esempio
summary: Un corso piccolo.
objectives: [Provare]
minutes: 1
modules:
  - {id: uno, folder: 01-uno, title: Primo modulo}
`,
		course: func(c Course, say Say) {
			if c.Declared != 0 && c.Declared != c.Minutes {
				say(c.At("minutes"), strconv.Itoa(c.Declared), strconv.Itoa(c.Minutes))
			}
		},
	}
}
