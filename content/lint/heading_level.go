package lint

import "aulacomune/course"

// HeadingLevel: a text's headings begin at level two, because level one is the object's title on its page (WCAG 2.2 SC 1.3.1).
const HeadingLevel = "heading-level"

func headingLevel() Rule {
	return Rule{
		ID: HeadingLevel, Severity: course.SeverityError, WCAG: "1.3.1",
		Message: "Il titolo di primo livello è già il titolo dell'oggetto.",
		Hint:    "Comincia da «##».",
		Why:     "Il titolo di primo livello è uno solo e dice di che pagina si tratta: un secondo confonde chi si orienta con i titoli.",
		English: Wording{
			"The heading of level one is already the object's title.", "Begin with “##”.", "",
			"There is one heading of level one and it says what the page is: a second confuses whoever finds the way by headings.",
		},
		Bad: `# L'accordo

Un testo.
`,
		Good: `## L'accordo

Un testo.
`,
		page: func(p *Page, say Say) {
			for _, h := range p.Headings {
				if h.Level == 1 {
					say(p.File.At(h.Pos()))
				}
			}
		},
	}
}
