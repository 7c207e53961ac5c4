package lint

import (
	"bytes"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"aulacomune/course"
)

// EmojiBullet: an emoji at the beginning of each item is read out each time (WCAG 2.2 SC 1.3.1).
const EmojiBullet = "emoji-bullet"

func emojiBullet() Rule {
	return Rule{
		ID: EmojiBullet, Severity: course.SeverityWarning, WCAG: "1.3.1",
		Message: "La voce comincia con l'emoji «{0}».",
		Hint:    "Usa un elenco con «- » e lascia l'emoji fuori, o mettila in fondo una volta sola.",
		Why:     "Un lettore di schermo pronuncia il nome dell'emoji prima di ogni voce: «segno di spunta bianco marcato», e poi ancora.",
		English: Wording{
			"The item begins with the emoji “{0}”.", "Use a list with “- ” and leave the emoji out, or put it once at the end.", "",
			"A screen reader speaks the emoji's name before every item: “white heavy check mark”, and again.",
		},
		Bad:  "- ✅ Il portatile\n- ✅ La linea\n",
		Good: "- Il portatile\n- La linea\n",
		page: func(p *Page, say Say) {
			prose := p.Prose()
			for i := range prose {
				b := &prose[i]
				e := emoji(b.Text)
				_, item := b.Node.Parent().(*ast.ListItem)
				if e != "" && (item || bytes.Count(b.Text, []byte(e)) > 1 && bytes.Contains(b.Text, []byte("\n"+e))) {
					say(p.File.At(b.At(0)), e)
				}
			}
		},
	}
}

// emoji is the emoji that a text begins with; empty when it begins with none.
func emoji(text []byte) string {
	r, size := utf8.DecodeRune(text)
	switch {
	case r >= 0x1F300 && r <= 0x1FAFF, r >= 0x2600 && r <= 0x27BF, r >= 0x2B00 && r <= 0x2BFF, r >= 0x231A && r <= 0x23FF:
		return string(text[:size])
	}
	return ""
}
