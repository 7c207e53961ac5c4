package lint

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"aulacomune/course"
)

// EmptyLink: a link without words cannot be found or chosen by whoever hears the page (WCAG 2.2 SC 2.4.4, 4.1.2).
const EmptyLink = "empty-link"

func emptyLink() Rule {
	return Rule{
		ID: EmptyLink, Severity: course.SeverityError, WCAG: "2.4.4",
		Message: "Il collegamento non ha un testo.",
		Hint:    "Scrivi fra parentesi quadre dove porta.",
		Why:     "Un lettore di schermo annuncia un collegamento e non sa dire quale.",
		English: Wording{
			"The link has no text.", "Say between the brackets where it leads.", "",
			"A screen reader announces a link and cannot say which.",
		},
		Bad:  "Vedi [](secondo).\n",
		Good: "Vedi [il secondo oggetto](secondo).\n",
		page: func(p *Page, say Say) {
			for _, n := range p.Links {
				if _, ok := n.(*ast.Link); ok && strings.TrimSpace(Words(n, p.File.Text)) == "" {
					say(p.File.At(n.Pos()))
				}
			}
		},
	}
}
