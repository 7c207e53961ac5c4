package lint

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"aulacomune/course"
)

// FakeList: lines that begin with dots or dashes look like a list, and are none to whoever hears them (WCAG 2.2 SC 1.3.1).
const FakeList = "fake-list"

func fakeList() Rule {
	return Rule{
		ID: FakeList, Severity: course.SeverityWarning, WCAG: "1.3.1",
		Message: "Queste righe sembrano un elenco, ma non lo sono: cominciano con «{0}».",
		Hint:    "Comincia ogni voce con «- », oppure con «1. », e lascia una riga vuota prima dell'elenco.",
		Why:     "Un elenco vero dice quante voci ha e lascia passare dall'una all'altra; una fila di trattini si legge tutta di seguito.",
		English: Wording{
			"These lines look like a list but are none: they begin with “{0}”.", "Begin each item with “- ”, or with “1. ”, and leave an empty line before the list.", "",
			"A true list says how many items it has and lets one move between them; a row of dashes is read in one go.",
		},
		Bad: `Servono:
– un portatile
– una linea
`,
		Good: `Servono:

- un portatile
- una linea
`,
		page: func(p *Page, say Say) {
			prose := p.Prose()
			for i := range prose {
				b := &prose[i]
				if _, paragraph := b.Node.(*ast.Paragraph); !paragraph {
					continue
				}
				at, m := markedLines(b.Text)
				if m == "" && i > 0 && prose[i-1].Node.NextSibling() == b.Node && mark(prose[i-1].Text) != "" {
					if m = mark(b.Text); m == "–" || m == "—" { // a dialogue
						m = ""
					}
				}
				if m != "" {
					say(p.File.At(b.At(at)), m)
				}
			}
		},
	}
}

// markedLines finds two lines, one below the other, that begin as the items of a list do.
func markedLines(text []byte) (at int, m string) {
	for {
		end := bytes.IndexByte(text[at:], '\n')
		if end < 0 {
			return 0, ""
		}
		if m := mark(text[at:]); m != "" && mark(text[at+end+1:]) != "" {
			return at, m
		}
		at += end + 1
	}
}

// mark is what a line begins with if people begin the items of a list so who don't know how Markdown does.
func mark(line []byte) string {
	line = bytes.TrimLeft(line, " ")
	if len(line) < 3 {
		return ""
	}
	size := 0
	switch c := line[0]; {
	case c >= utf8.RuneSelf:
		r, n := utf8.DecodeRune(line)
		if strings.ContainsRune("•·▪◦‣●○■□►➢✓✔–—", r) {
			size = n
		}
	case c == '-':
		size = 1
	case c >= 'a' && c <= 'z' && line[1] == ')':
		size = 2
	case c >= '0' && c <= '9':
		n := 1
		if line[1] >= '0' && line[1] <= '9' {
			n = 2
		}
		if rest := line[n:]; rest[0] == ')' {
			size = n + 1
		} else if bytes.HasPrefix(rest, []byte("°")) {
			size = n + len("°")
		}
	}
	if size == 0 || size+1 >= len(line) || line[size] != ' ' {
		return ""
	}
	return string(line[:size])
}
