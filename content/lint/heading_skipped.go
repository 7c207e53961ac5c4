package lint

import (
	"strings"

	"aulacomune/course"
)

// HeadingSkipped: a heading more than one level below the one before makes readers look for what is not there (WCAG 2.2 SC 1.3.1).
const HeadingSkipped = "heading-skipped"

func headingSkipped() Rule {
	return Rule{
		ID: HeadingSkipped, Severity: course.SeverityError, WCAG: "1.3.1",
		Message: "Il titolo salta un livello: qui serve «{0}», non «{1}».",
		Hint:    "I titoli scendono di un livello alla volta: prima «##», poi «###».",
		Why:     "Chi ascolta la pagina usa i livelli come un indice: un livello saltato fa cercare una parte che non c'è.",
		English: Wording{
			"The heading skips a level: here “{0}” is needed, not “{1}”.", "Headings go down one level at a time: first “##”, then “###”.", "",
			"Whoever hears the page uses the levels as a table of contents: a level that is skipped makes them look for a part that is not there.",
		},
		Bad: `## L'accordo

#### I tempi

Un testo.
`,
		Good: `## L'accordo

### I tempi

Un testo.
`,
		page: func(p *Page, say Say) {
			last := 1
			for _, h := range p.Headings {
				if h.Level > last+1 {
					say(p.File.At(h.Pos()), strings.Repeat("#", last+1), strings.Repeat("#", h.Level))
				}
				last = h.Level
			}
		},
	}
}
