package lint

import (
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"aulacomune/course"
)

// FakeHeading: a line in bold that is meant as a heading is none to whoever jumps from heading to heading (WCAG 2.2 SC 1.3.1).
const FakeHeading = "fake-heading"

func fakeHeading() Rule {
	return Rule{
		ID: FakeHeading, Severity: course.SeverityWarning, WCAG: "1.3.1",
		Message: "La riga in grassetto «{0}» sembra un titolo, ma non lo è.",
		Hint:    "Scrivila come titolo, con «##» o «###» davanti; se è una frase, finiscila con un punto.",
		Why:     "Chi usa un lettore di schermo salta da un titolo all'altro: il grassetto da solo non si sente.",
		English: Wording{
			"The line in bold “{0}” looks like a heading but is none.", "Write it as a heading, with “##” or “###” before it; if it is a sentence, end it with a full stop.", "",
			"Whoever uses a screen reader jumps from heading to heading: bold alone is not heard.",
		},
		Bad: `**Che cosa serve**

Un portatile e una linea.
`,
		Good: `## Che cosa serve

Un portatile e una linea.
`,
		page: func(p *Page, say Say) {
			for _, b := range p.Prose() {
				if isBold(b.Node) && likeHeading(strings.TrimSpace(string(b.Text))) {
					say(p.File.At(b.At(0)), string(b.Text))
				}
			}
		},
	}
}

// isBold says that a paragraph of the text itself is in bold from beginning to end, and something other than a heading follows.
func isBold(n ast.Node) bool {
	_, paragraph := n.(*ast.Paragraph)
	if !paragraph || n.ChildCount() != 1 || n.Parent() == nil || n.Parent().Kind() != ast.KindDocument {
		return false
	}
	bold, ok := n.FirstChild().(*ast.Emphasis)
	if ok && bold.Level == 1 && bold.ChildCount() == 1 {
		bold, ok = bold.FirstChild().(*ast.Emphasis)
	}
	next := n.NextSibling()
	return ok && bold.Level == 2 && next != nil && next.Kind() != ast.KindHeading
}

// likeHeading says that some words are one short line that no stop ends.
func likeHeading(text string) bool {
	const longest = 80
	return utf8.RuneCountInString(text) <= longest && !strings.Contains(text, "\n") && !strings.ContainsAny(text[len(text)-1:], ".!;")
}
