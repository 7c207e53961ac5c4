package lint

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"aulacomune/course"
)

// BareLink: a bare address as the text of a link is read out letter by letter (WCAG 2.2 SC 2.4.4).
const BareLink = "bare-link"

func bareLink() Rule {
	return Rule{
		ID: BareLink, Severity: course.SeverityWarning, WCAG: "2.4.4",
		Message: "Il collegamento mostra l'indirizzo nudo «{0}».",
		Hint:    "Scrivi il nome della pagina: [Linee guida sul lavoro agile](https://…).",
		page: func(p *Page, say Say) {
			for _, n := range p.Links {
				words := Words(n, p.File.Text)
				if a, ok := n.(*ast.AutoLink); ok && a.AutoLinkType == ast.AutoLinkEmail {
					continue
				}
				if strings.HasPrefix(words, "http://") || strings.HasPrefix(words, "https://") || strings.HasPrefix(words, "www.") {
					say(p.File.At(n.Pos()), words)
				}
			}
		},
	}
}
