package lint

import (
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"

	"aulacomune/course"
)

// VagueLink: the text of a link says where it leads, even out of its sentence (WCAG 2.2 SC 2.4.4).
const VagueLink = "vague-link"

func vagueLink() Rule {
	vague := []string{
		"clicca qui", "cliccare qui", "clicca", "qui", "leggi qui", "leggi", "leggi tutto", "leggi di più", "continua", "link",
		"questo link", "al link", "vai", "scopri", "scopri di più", "approfondisci", "di più", "altro", "scarica", "scarica qui",
		"click here", "here", "read more", "more", "this link", "download",
	}
	return Rule{
		ID: VagueLink, Severity: course.SeverityWarning, WCAG: "2.4.4",
		Message: "«{0}» non dice dove porta il collegamento.",
		Hint:    "Chi usa un lettore di schermo scorre i collegamenti uno a uno: scrivi dove si arriva, per esempio «la guida al lavoro agile».",
		page: func(p *Page, say Say) {
			for _, n := range p.Links {
				if _, ok := n.(*ast.Link); !ok {
					continue
				}
				words := Words(n, p.File.Text)
				plain := strings.TrimFunc(strings.ToLower(words), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
				if slices.Contains(vague, plain) {
					say(p.File.At(n.Pos()), words)
				}
			}
		},
	}
}
