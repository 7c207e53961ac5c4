package markup

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	gfm "github.com/yuin/goldmark/extension/ast"

	"aulacomune/content/lint"
	"aulacomune/course"
)

// pick says how many of a question's choices are right.
type pick struct {
	want string // in a finding
	ok   func(right, choices int) bool
}

func one() pick { return pick{lint.WordOneRight, func(right, _ int) bool { return right == 1 }} }

func some() pick {
	return pick{lint.WordSomeRight, func(right, choices int) bool { return right > 0 && right < choices }}
}

// isChoices says that a block is the choices of a question: a list of which one line at least has its box.
func isChoices(_ *Page, n ast.Node) bool {
	list, ok := n.(*ast.List)
	return ok && slices.ContainsFunc(children(list), func(item ast.Node) bool { return box(item) != nil })
}

// box is the [ ] or [x] that a choice begins with.
func box(item ast.Node) *gfm.TaskCheckBox {
	if first := item.FirstChild(); first != nil {
		b, _ := first.FirstChild().(*gfm.TaskCheckBox)
		return b
	}
	return nil
}

// choices reads what is to be ticked.
func (a *asking) choices(lists []ast.Node, right pick) {
	n := 0
	a.row = lint.WordRowChoice
	for _, list := range lists {
		n += a.ticked(list)
	}
	switch all := len(a.q.Choices); {
	case all < 2:
		a.report.Add(lint.QuestionChoices, a.at, string(a.q.ID))
	case !right.ok(n, all):
		a.report.Add(lint.QuestionRight, a.at, string(a.q.ID), right.want, strconv.Itoa(n))
	}
}

// trueFalse is a single choice of two.
func (a *asking) trueFalse(lists []ast.Node) {
	a.choices(lists, one())
	if len(a.q.Choices) > 2 {
		a.want(lint.WordTrueFalse)
	}
}

// ticked reads a list of choices and counts the right ones.
func (a *asking) ticked(list ast.Node) (right int) {
	items := children(list)
	a.q.Choices = slices.Grow(a.q.Choices, len(items)) // the press keeps the address of what it writes
	from := len(a.q.Choices)
	a.q.Choices = append(a.q.Choices, make([]course.Choice, len(items))...)
	for i, item := range items {
		c := &a.q.Choices[from+i]
		if b := box(item); b != nil {
			c.Right = b.IsChecked
			item.FirstChild().RemoveChild(item.FirstChild(), b)
		} else {
			a.lacks(a.page.File.At(item.Pos()), lint.WordMark)
		}
		if c.Right {
			right++
		}
		a.choice(c, item)
	}
	return right
}

// choice reads one choice behind its box: its id, its text, and the quote that is its feedback.
func (a *asking) choice(c *course.Choice, item ast.Node) {
	at := a.page.File.At(item.Pos())
	var text, feedback []ast.Node
	for i, n := range children(item) {
		switch {
		case i == 0 && n.Kind() != ast.KindBlockquote:
			c.ID = a.take(n, at)
			text = children(n)
		case n.Kind() == ast.KindBlockquote:
			feedback = append(feedback, children(n)...)
		default:
			feedback = append(feedback, n)
		}
	}
	if !a.page.says(text) {
		a.lacks(at, lint.WordWording)
	}
	a.press.nodes(text, &c.HTML)
	a.press.nodes(feedback, &c.Feedback)
}

// take takes the code span that names a choice off its line; an id that another choice has is reported.
func (a *asking) take(line ast.Node, at lint.Place) course.ChoiceID {
	id := a.named(line, at)
	if id != "" && a.ids[id] {
		a.report.Add(lint.DuplicateID, at, id, a.page.File.Path)
	}
	a.ids[id] = true
	return course.ChoiceID(id)
}

// says that there is something to read or see in these nodes.
func (p *Page) says(nodes []ast.Node) bool {
	return slices.ContainsFunc(nodes, func(n ast.Node) bool {
		return n.Kind() == ast.KindImage || strings.TrimSpace(lint.Words(n, p.File.Text)) != ""
	})
}

// named takes the code span that names a line off its text; "" with a finding when there is none.
func (a *asking) named(line ast.Node, at lint.Place) string {
	id, span := a.span(line)
	if span == nil {
		a.lacks(at, lint.WordChoiceID)
		return ""
	}
	if !ValidID(id) {
		a.report.Add(lint.BadID, a.page.File.At(span.Pos()), id, lint.ID(id))
		return ""
	}
	return id
}

// span takes the code span off with which a line begins.
func (a *asking) span(line ast.Node) (string, ast.Node) {
	source := a.page.File.Text
	first := line.FirstChild()
	for t, ok := first.(*ast.Text); ok && len(bytes.TrimSpace(t.Segment.Value(source))) == 0; t, ok = first.(*ast.Text) {
		first = first.NextSibling()
	}
	span, ok := first.(*ast.CodeSpan)
	if !ok {
		return "", nil
	}
	id := strings.TrimSpace(lint.Words(span, source))
	if t, ok := span.NextSibling().(*ast.Text); ok {
		t.Segment = t.Segment.TrimLeftSpace(source)
	}
	for n := line.FirstChild(); n != ast.Node(span); n = line.FirstChild() {
		line.RemoveChild(line, n)
	}
	line.RemoveChild(line, span)
	return id, span
}
