package lint

import (
	"strings"

	"aulacomune/course"
)

// HeadingEmpty: a heading without words is announced and says nothing (WCAG 2.2 SC 2.4.6).
const HeadingEmpty = "heading-empty"

func headingEmpty() Rule {
	return Rule{
		ID: HeadingEmpty, Severity: course.SeverityError, WCAG: "2.4.6",
		Message: "Il titolo è vuoto.",
		Hint:    "Scrivi il titolo o togli i segni «#».",
		Why:     "Un titolo senza parole viene annunciato e non dice niente.",
		English: Wording{
			"The heading is empty.", "Write the heading or take the signs “#” away.", "",
			"A heading without words is announced and says nothing.",
		},
		Bad: `##

Un testo.
`,
		Good: `## L'accordo

Un testo.
`,
		page: func(p *Page, say Say) {
			for _, h := range p.Headings {
				if strings.TrimSpace(Words(h, p.File.Text)) == "" {
					say(p.File.At(h.Pos()))
				}
			}
		},
	}
}
