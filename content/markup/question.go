package markup

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	gfm "github.com/yuin/goldmark/extension/ast"

	"aulacomune/content/lint"
	"aulacomune/course"
)

// questionWord begins a question: > [!QUESTION id kind].
const questionWord = "QUESTION"

// kind is one kind of question: the word authors choose it by, and what its right choices must be like.
type kind struct {
	word string
	kind course.QuestionKind
	want string // what check asks for, in a finding
	ok   func(right, choices int) bool
}

// kinds lists every kind of question; a new one is a new row. The first is meant when no kind is written.
func kinds() []kind {
	return []kind{
		{"single", course.Single, lint.WordOneRight, func(right, _ int) bool { return right == 1 }},
		{"multiple", course.Multiple, lint.WordSomeRight, func(right, choices int) bool { return right > 0 && right < choices }},
	}
}

// takeQuestions moves the questions out of the text, with a heading that is left without anything under it.
func (p *Page) takeQuestions() {
	for _, q := range p.questions {
		before, _ := q.PreviousSibling().(*ast.Heading)
		after := q.NextSibling()
		p.root.RemoveChild(p.root, q)
		if before == nil || !endsSection(after, before.Level) {
			continue
		}
		p.root.RemoveChild(p.root, before)
		p.Headings = slices.DeleteFunc(p.Headings, func(h *ast.Heading) bool { return h == before })
	}
}

// endsSection says that nothing of a heading's section is left where this node stands. Questions that follow will leave too.
func endsSection(n ast.Node, level int) bool {
	for n != nil {
		switch c := n.(type) {
		case *directive:
			if c.word != questionWord {
				return false
			}
			n = n.NextSibling()
			continue
		case *ast.Heading:
			return c.Level <= level
		case *gfm.FootnoteList:
			return true
		}
		return n.Kind() == ast.KindLinkReferenceDefinition && endsSection(n.NextSibling(), level)
	}
	return true
}

// asked reads and writes the questions of the page. The press fills in their HTML when it has finished.
func (p *Page) asked(s *Press, report *lint.Report) []course.Question {
	if len(p.questions) == 0 {
		return nil
	}
	list := make([]course.Question, len(p.questions))
	seen := map[string]bool{}
	for i, d := range p.questions {
		q := &list[i]
		p.question(q, d, s, report)
		if id := string(q.ID); id != "" {
			if seen[id] {
				report.Add(lint.DuplicateID, p.File.At(d.line), id, p.File.Path)
			}
			seen[id] = true
		}
	}
	return list
}

// question reads one question: its first line, its wording, its choices, and what follows them.
func (p *Page) question(q *course.Question, d *directive, s *Press, report *lint.Report) {
	k := p.form(q, d, report)
	var wording, closing []ast.Node
	var list *ast.List
	for _, c := range children(d) {
		l, isList := c.(*ast.List)
		switch {
		case list == nil && isList && hasTasks(l):
			list = l
		case list == nil:
			wording = append(wording, c)
		default:
			closing = append(closing, c)
		}
	}
	if len(wording) == 0 {
		report.Add(lint.QuestionWording, p.File.At(d.line), string(q.ID))
	}
	s.nodes(wording, &q.HTML)
	s.nodes(closing, &q.Feedback)
	right := 0
	if list != nil {
		q.Choices, right = p.choices(list, s, report)
	}
	switch n := len(q.Choices); {
	case n < 2:
		report.Add(lint.QuestionChoices, p.File.At(d.line), string(q.ID))
	case !k.ok(right, n):
		report.Add(lint.QuestionRight, p.File.At(d.line), string(q.ID), k.want)
	}
}

// form reads the words of a question's first line: its id and its kind.
func (p *Page) form(q *course.Question, d *directive, report *lint.Report) kind {
	k := kinds()[0]
	if len(d.args) == 0 {
		report.Add(lint.QuestionID, p.File.At(d.line))
	}
	for i, arg := range d.args {
		at := p.File.At(d.at[i])
		known := slices.IndexFunc(kinds(), func(k kind) bool { return k.word == arg })
		switch {
		case i == 0 && !ValidID(arg):
			report.Add(lint.BadID, at, arg)
		case i == 0:
			q.ID = course.QuestionID(arg)
		case known >= 0:
			k = kinds()[known]
		default:
			report.Add(lint.QuestionForm, at, arg, lint.Nearest(strings.ToLower(arg), kindWords()))
		}
	}
	q.Kind = k.kind
	return k
}

func kindWords() []string {
	var list []string
	for _, k := range kinds() {
		list = append(list, k.word)
	}
	return list
}

// hasTasks says that a list holds choices: one at least has its box.
func hasTasks(list *ast.List) bool {
	return slices.ContainsFunc(children(list), func(item ast.Node) bool { return box(item) != nil })
}

// box is the [ ] or [x] that a choice begins with.
func box(item ast.Node) *gfm.TaskCheckBox {
	if first := item.FirstChild(); first != nil {
		b, _ := first.FirstChild().(*gfm.TaskCheckBox)
		return b
	}
	return nil
}

// choices reads the choices of a question and counts the right ones.
func (p *Page) choices(list *ast.List, s *Press, report *lint.Report) (choices []course.Choice, right int) {
	seen := map[course.ChoiceID]bool{}
	items := children(list)
	choices = make([]course.Choice, len(items))
	for i, item := range items {
		c := &choices[i]
		p.choice(c, item, s, report)
		if c.ID != "" && seen[c.ID] {
			report.Add(lint.DuplicateID, p.File.At(item.Pos()), string(c.ID), p.File.Path)
		}
		seen[c.ID] = true
		if c.Right {
			right++
		}
	}
	return choices, right
}

// choice reads one choice: its box, its id, its text, and the quote that is its feedback.
func (p *Page) choice(c *course.Choice, item ast.Node, s *Press, report *lint.Report) {
	at := p.File.At(item.Pos())
	if b := box(item); b != nil {
		c.Right = b.IsChecked
		item.FirstChild().RemoveChild(item.FirstChild(), b)
	} else {
		report.Add(lint.ChoiceForm, at, lint.WordMark)
	}
	var text, feedback []ast.Node
	for i, n := range children(item) {
		switch {
		case i == 0 && n.Kind() != ast.KindBlockquote:
			c.ID = p.choiceID(n, at, report)
			text = children(n)
		case n.Kind() == ast.KindBlockquote:
			feedback = append(feedback, children(n)...)
		default:
			feedback = append(feedback, n)
		}
	}
	if !p.says(text) {
		report.Add(lint.ChoiceForm, at, lint.WordWording)
	}
	s.nodes(text, &c.HTML)
	s.nodes(feedback, &c.Feedback)
}

// says that there is something to read or see in these nodes.
func (p *Page) says(nodes []ast.Node) bool {
	return slices.ContainsFunc(nodes, func(n ast.Node) bool {
		return n.Kind() == ast.KindImage || strings.TrimSpace(lint.Words(n, p.File.Text)) != ""
	})
}

// choiceID takes the code span that names a choice off its text.
func (p *Page) choiceID(line ast.Node, at lint.Place, report *lint.Report) course.ChoiceID {
	first := line.FirstChild()
	for t, ok := first.(*ast.Text); ok && len(bytes.TrimSpace(t.Segment.Value(p.File.Text))) == 0; t, ok = first.(*ast.Text) {
		first = first.NextSibling()
	}
	span, ok := first.(*ast.CodeSpan)
	if !ok {
		report.Add(lint.ChoiceForm, at, lint.WordChoiceID)
		return ""
	}
	id := strings.TrimSpace(lint.Words(span, p.File.Text))
	if t, ok := span.NextSibling().(*ast.Text); ok {
		t.Segment = t.Segment.TrimLeftSpace(p.File.Text)
	}
	for n := line.FirstChild(); n != ast.Node(span); n = line.FirstChild() {
		line.RemoveChild(line, n)
	}
	line.RemoveChild(line, span)
	if !ValidID(id) {
		report.Add(lint.BadID, p.File.At(span.Pos()), id)
		return ""
	}
	return course.ChoiceID(id)
}
