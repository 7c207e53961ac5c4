package lint

import "aulacomune/course"

// HeadingLevel: a text's headings begin at level two, because level one is the object's title on its page (WCAG 2.2 SC 1.3.1).
const HeadingLevel = "heading-level"

func headingLevel() Rule {
	return Rule{
		ID: HeadingLevel, Severity: course.SeverityError, WCAG: "1.3.1",
		Message: "Il titolo di primo livello è già il titolo dell'oggetto.",
		Hint:    "Comincia da «##».",
		page: func(p *Page, say Say) {
			for _, h := range p.Headings {
				if h.Level == 1 {
					say(p.File.At(h.Pos()))
				}
			}
		},
	}
}
