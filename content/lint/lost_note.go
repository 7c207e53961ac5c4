package lint

import (
	"bytes"

	"aulacomune/course"
)

// LostNote: a text refers to a footnote that is nowhere.
const LostNote = "lost-note"

func lostNote() Rule {
	return Rule{
		ID: LostNote, Severity: course.SeverityError,
		Message: "La nota «{0}» non c'è.",
		Hint:    "Scrivila in fondo al testo, in un capoverso suo: {0}: Legge 22 maggio 2017, n. 81.",
		Why:     "Chi studia vedrebbe un segno fra parentesi che non porta a nulla.",
		English: Wording{
			"The footnote “{0}” is not there.", "Write it at the end of the text, in a paragraph of its own: {0}: Law 81 of 22 May 2017.", "",
			"Learners would see a mark in brackets that leads nowhere.",
		},
		Bad:  "Lo dice la legge[^1].\n",
		Good: "Lo dice la legge[^1].\n\n[^1]: Legge 22 maggio 2017, n. 81.\n",
		page: func(p *Page, say Say) {
			prose := p.Prose()
			for i := range prose {
				b := &prose[i]
				for at := 0; ; {
					next := bytes.Index(b.Text[at:], []byte("[^"))
					if next < 0 {
						break
					}
					from := at + next
					at = from + 2
					end := bytes.IndexAny(b.Text[at:], "] \n")
					if end > 0 && b.Text[at+end] == ']' && !escaped(b.Text, from) {
						say(p.File.At(b.At(from)), string(b.Text[from:at+end+1]))
					}
				}
			}
		},
	}
}
