package lint

import (
	"bytes"

	"github.com/yuin/goldmark/ast"

	"aulacomune/course"
)

// UnreadBlock: what was meant to open a box or a question does not, because of words behind it or a mark that is missing.
const UnreadBlock = "unread-block"

func unreadBlock() Rule {
	return Rule{
		ID: UnreadBlock, Severity: course.SeverityError,
		Message: "«{0}» non apre nessun riquadro: {1}.",
		Hint:    "La prima riga contiene soltanto «> [!NOTE]»; il testo viene sotto, ogni riga con «> » davanti, e una riga vuota prima e dopo.",
		Why:     "Il riquadro, o la domanda, diventerebbe testo comune con il suo segno in vista: una domanda non la vedrebbe nessuno.",
		English: Wording{
			"“{0}” opens no box: {1}.", "The first line holds nothing but “> [!NOTE]”; the text comes below, each line with “> ” before it, and an empty line before and after.", "",
			"The box or the question would become common text with its mark in sight: nobody would be asked the question.",
		},
		Bad:  "> [!NOTE] Le ore non cambiano.\n",
		Good: "> [!NOTE]\n> Le ore non cambiano.\n",
		page: func(p *Page, say Say) {
			prose := p.Prose()
			for i := range prose {
				b := &prose[i]
				for at := 0; at < len(b.Text); {
					line := b.Text[at:]
					if end := bytes.IndexByte(line, '\n'); end >= 0 {
						line = line[:end]
					}
					if why := unopened(line, b.Node); why != "" {
						say(p.File.At(b.At(at)), string(line), why)
					}
					at += len(line) + 1
				}
			}
		},
	}
}

// unopened says why a line that begins as a box does opens none; empty when it does not begin so.
func unopened(line []byte, n ast.Node) string {
	if len(line) < 4 || line[0] != '[' || line[1] != '!' || line[2]|0x20 < 'a' || line[2]|0x20 > 'z' {
		return ""
	}
	switch end := bytes.IndexByte(line, ']'); {
	case end < 0:
		return WordNoBracket
	case end+1 < len(line):
		return WordAfterBracket
	case n.Parent() != nil && n.Parent().Kind() == ast.KindBlockquote:
		return WordNotFirst
	}
	return WordNoQuote
}
