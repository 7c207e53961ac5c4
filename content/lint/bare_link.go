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
		Why:     "Un indirizzo viene letto segno per segno, e non dice che cosa si troverà.",
		English: Wording{
			"The link shows the bare address “{0}”.", "Write the name of the page: [Guidelines on agile work](https://…).", "",
			"An address is read sign by sign, and does not say what will be found.",
		},
		Bad:  "Vedi https://www.normattiva.it/ per la legge.\n",
		Good: "Vedi [la legge su Normattiva](https://www.normattiva.it/).\n",
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
