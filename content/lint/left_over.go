package lint

import (
	"bytes"

	"github.com/yuin/goldmark/ast"

	"aulacomune/course"
)

// LeftOver: words that a button of the editor put in still stand where the author's should. In alternative texts and in questions
// the same is Unfinished: there they would be read for an answer.
const LeftOver = "left-over"

func leftOver() Rule {
	return Rule{
		ID: LeftOver, Severity: course.SeverityWarning,
		Message: "Qui c'è ancora il testo d'esempio: «{0}».",
		Hint:    "Scrivi il tuo al suo posto, oppure togli questa parte.",
		Why:     "I pulsanti dell'editor mettono parole d'esempio: se restano, chi studia le legge come se fossero del corso.",
		English: Wording{
			"The example's own words are still here: “{0}”.", "Write yours in their place, or take this part away.", "",
			"The editor's buttons put in words of an example: where they stay, learners read them as if they were the course's.",
		},
		Bad:  "> [!NOTE]\n> Una cosa da sapere.\n",
		Good: "> [!NOTE]\n> L'accordo si firma prima di cominciare.\n",
		page: func(p *Page, say Say) {
			leftInBlocks(p, false, say)
			for _, h := range p.Headings {
				sayLeft(p, h, Words(h, p.File.Text), say)
			}
			for _, n := range p.Links {
				_, written := n.(*ast.Link)
				if alone := n.Parent() != nil && n.Parent().ChildCount() == 1; written && !alone && (p.Asking == nil || !p.Asking(n)) { // alone, it is its block
					sayLeft(p, n, Words(n, p.File.Text), say)
				}
			}
			for _, i := range p.Images {
				sayLeft(p, i.Node, string(i.Node.Title), say)
			}
			for _, r := range p.Recordings {
				sayLeft(p, r.Node, string(r.Node.Title), say)
			}
			for _, table := range p.Tables {
				leftInCells(p, table, say)
			}
			for _, mark := range placeholderMarks() {
				if at := bytes.Index(p.File.Text, mark); at >= 0 {
					say(p.File.At(at), string(mark))
				}
			}
		},
		captions: func(c Captions, say Say) {
			for i, cue := range c.Cues {
				if isPlaceholder([]byte(cue.Text)) {
					say(c.Places[i], cue.Text)
				}
			}
		},
	}
}

// sayLeft reports a node whose words are a placeholder.
func sayLeft(p *Page, n ast.Node, words string, say Say) {
	if isPlaceholder([]byte(words)) {
		say(p.File.At(n.Pos()), words)
	}
}

// leftInBlocks reports the placeholders in paragraphs and items: those of questions, or the others.
func leftInBlocks(p *Page, asked bool, say Say) {
	prose := p.Prose()
	for i := range prose {
		words, at, found := leftIn(prose[i].Text)
		if found && (p.Asking != nil && p.Asking(prose[i].Node)) == asked {
			say(p.File.At(prose[i].At(at)), words)
		}
	}
}

// leftInCells reports a table with a cell that is a placeholder, once.
func leftInCells(p *Page, table ast.Node, say Say) {
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			if words := Words(cell, p.File.Text); isPlaceholder([]byte(words)) {
				say(p.File.At(cell.Pos()), words)
				return
			}
		}
	}
}
