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
		course: func(c Course, say Say) {
			if c.Declared != 0 && c.Declared != c.Minutes {
				say(c.At("minutes"), strconv.Itoa(c.Declared), strconv.Itoa(c.Minutes))
			}
		},
	}
}
