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
		Why:     "Chi usa un lettore di schermo scorre i collegamenti uno a uno, fuori dalla frase: «qui» ripetuto dieci volte non aiuta.",
		English: Wording{
			"“{0}” does not say where the link leads.", "Whoever uses a screen reader goes through the links one by one: say where one arrives, for example “the guide to agile work”.", "",
			"Whoever uses a screen reader goes through the links one by one, out of their sentence: “here” ten times is no help.",
		},
		Bad:  "Per saperne di più clicca [qui](secondo).\n",
		Good: "Per saperne di più vedi [il secondo oggetto](secondo).\n",
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
