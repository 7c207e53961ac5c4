package lint

import (
	"unicode"
	"unicode/utf8"

	"aulacomune/course"
)

// LongCapitals: words in capitals are slow to read, and some voices spell them.
const LongCapitals = "long-capitals"

func longCapitals() Rule {
	return Rule{
		ID: LongCapitals, Severity: course.SeverityWarning,
		Message: "Le parole «{0}» sono tutte maiuscole.",
		Hint:    "Scrivile in minuscolo; se contano, usa il grassetto (**così**) o un riquadro > [!IMPORTANT].",
		Why:     "Senza ascendenti e discendenti le parole si riconoscono a fatica, e alcune voci le leggono lettera per lettera.",
		English: Wording{
			"The words “{0}” are all capitals.", "Write them in lower case; if they matter, use bold (**so**) or a box > [!IMPORTANT].", "",
			"Without ascenders and descenders words are hard to recognise, and some voices spell them.",
		},
		Bad:  "È VIETATO USCIRE SENZA TIMBRARE dalla sede.\n",
		Good: "È vietato uscire **senza timbrare** dalla sede.\n",
		page: func(p *Page, say Say) {
			prose := p.Prose()
			for i := range prose {
				if from, to := capitals(prose[i].Text, prose[i].words); to > 0 {
					say(p.File.At(prose[i].At(from)), string(prose[i].Text[from:to]))
				}
			}
			for _, h := range p.Headings {
				g := gatherer{source: p.File.Text}
				g.take(h)
				g.split(0)
				if from, to := capitals(g.text, g.words); to > 0 {
					say(p.File.At(h.Pos()), string(g.text[from:to]))
				}
			}
		},
	}
}

// capitals finds three words or more in capitals, one after the other, that together are too long for names and abbreviations.
func capitals(text []byte, list []span) (from, to int) {
	const fewest, letters = 3, 16
	words, length := 0, 0
	for _, w := range list {
		if c := text[w.from]; c >= 'a' && c <= 'z' || !upper(text[w.from:w.to]) { // the first is true of the most words by far
			if words >= fewest && length >= letters {
				return from, to
			}
			words, length = 0, 0
			continue
		}
		if words == 0 {
			from = int(w.from)
		}
		words, length, to = words+1, length+int(w.to-w.from), int(w.to)
	}
	if words >= fewest && length >= letters {
		return from, to
	}
	return 0, 0
}

// upper says that a word has no small letter.
func upper(word []byte) bool {
	for i := 0; i < len(word); {
		r, size := utf8.DecodeRune(word[i:])
		if unicode.IsLower(r) {
			return false
		}
		i += size
	}
	return true
}
