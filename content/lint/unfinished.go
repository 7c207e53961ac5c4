package lint

import (
	"bytes"

	"github.com/yuin/goldmark/ast"

	"aulacomune/course"
)

// Unfinished: words of a template still stand where the author's should.
const Unfinished = "unfinished"

func unfinished() Rule {
	return Rule{
		ID: Unfinished, Severity: course.SeverityError,
		Message: "Qui c'è ancora il testo del modello: «{0}».",
		Hint:    "Scrivi il tuo al suo posto, oppure togli questa parte.",
		Why:     "Chi studia leggerebbe un'istruzione scritta per chi prepara il corso.",
		English: Wording{
			"The template's own text is still here: “{0}”.", "Write yours in its place, or take this part away.", "",
			"Learners would read an instruction that was meant for whoever writes the course.",
		},
		Bad:  "[Scrivi qui perché serve un accordo.]\n",
		Good: "L'accordo serve a dirsi prima che cosa ci si aspetta.\n",
		page: func(p *Page, say Say) {
			prose := p.Prose()
			for i := range prose {
				for from, to := blank(prose[i].Text, 0); to > 0; from, to = blank(prose[i].Text, to) {
					say(p.File.At(prose[i].At(from)), string(prose[i].Text[from:to]))
				}
			}
			leftInBlocks(p, true, say)
			for _, i := range p.Images {
				leftInAlt(p, i.Node, say)
			}
			for _, r := range p.Recordings {
				leftInAlt(p, r.Node, say)
			}
		},
		object: func(o Object, say Say) {
			about := func(key, text string) {
				if from, to := blank([]byte(text), 0); to > 0 {
					say(o.At(key), text[from:to])
				}
			}
			about("title", o.Title)
			for _, text := range o.Objectives {
				about("objectives", text)
			}
			if o.Video != nil {
				about("video", o.Video.PosterAlt)
				if isPlaceholder([]byte(o.Video.PosterAlt)) {
					say(o.At("video"), o.Video.PosterAlt)
				}
			}
		},
	}
}

// leftInAlt reports an alternative text, or the title of a recording, that a button of ours put in.
func leftInAlt(p *Page, n ast.Node, say Say) {
	alt := Words(n, p.File.Text)
	if from, to := blank([]byte(alt), 0); to > 0 {
		say(p.File.At(n.Pos()), alt[from:to])
	}
	sayLeft(p, n, alt, say)
}

// blank finds the next place in a text that a template leaves to be filled in: "[Scrivi qui …]"; to is 0 when there is none.
func blank(text []byte, after int) (from, to int) {
	for from = after; from < len(text); from++ {
		next := bytes.IndexByte(text[from:], '[')
		if next < 0 {
			return 0, 0
		}
		from += next
		for _, words := range []string{"[scrivi qui", "[write here"} {
			if len(text) < from+len(words) || !bytes.EqualFold(text[from:from+len(words)], []byte(words)) {
				continue
			}
			if end := bytes.IndexByte(text[from:], ']'); end > 0 {
				return from, from + end + 1
			}
			return from, len(text)
		}
	}
	return 0, 0
}
