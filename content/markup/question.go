package markup

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	gfm "github.com/yuin/goldmark/extension/ast"

	"aulacomune/content/lint"
	"aulacomune/course"
)

// questionWord begins a question: > [!QUESTION id kind].
const questionWord = "QUESTION"

// kind is one kind of question: the word authors choose it by, which block says its answers, and how they are read.
type kind struct {
	word   string
	kind   course.QuestionKind
	answer func(*Page, ast.Node) bool
	read   func(*asking, []ast.Node)
}

// kinds lists every kind of question; a new one is a new row. The first is meant when no kind is written. It is made once and only read.
var kinds = sync.OnceValue(func() []kind {
	return []kind{
		{"single", course.Single, isChoices, func(a *asking, n []ast.Node) { a.choices(n, one()) }},
		{"multiple", course.Multiple, isChoices, func(a *asking, n []ast.Node) { a.choices(n, some()) }},
		{"truefalse", course.Single, isChoices, (*asking).trueFalse},
		{"numeric", course.Numeric, isField, (*asking).numeric},
		{"short", course.Short, isField, (*asking).short},
		{"matching", course.Matching, isBullets, (*asking).pairs},
		{"ordering", course.Ordering, isSteps, (*asking).steps},
		{"cloze", course.Cloze, isNothing, (*asking).gaps},
		{"scale", course.Scale, isList, (*asking).scale},
	}
})

// asking is one question on its way from an author's text.
type asking struct {
	page   *Page
	q      *course.Question
	at     lint.Place
	press  *Press
	report *lint.Report
	body   *directive
	ids    map[string]bool // of its choices
	row    string          // how the lines being read are written, in a finding
}

// want reports that the answer is not there, or not in the form that its kind asks for.
func (a *asking) want(form string) { a.report.Add(lint.QuestionAnswer, a.at, string(a.q.ID), form) }

// lacks reports what is missing in one line of the answers.
func (a *asking) lacks(at lint.Place, what string) {
	a.report.Add(lint.ChoiceForm, at, what, a.row)
}

// inQuestion says that a node belongs to a question.
func inQuestion(n ast.Node) bool {
	for ; n != nil; n = n.Parent() {
		if d, ok := n.(*directive); ok && d.word == questionWord {
			return true
		}
	}
	return false
}

func isNothing(*Page, ast.Node) bool { return false }

func isList(_ *Page, n ast.Node) bool { return n.Kind() == ast.KindList }

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

// Asks is where a question of the page begins; the whole file when there is none with this id.
func (p *Page) Asks(id course.QuestionID) lint.Place {
	for _, d := range p.questions {
		if len(d.args) > 0 && d.args[0] == string(id) {
			return p.File.At(d.line)
		}
	}
	return p.File.Whole()
}

// question reads one question: its first line, its wording, its answers, and what follows them.
func (p *Page) question(q *course.Question, d *directive, s *Press, report *lint.Report) {
	k := p.form(q, d, report)
	a := &asking{page: p, q: q, at: p.File.At(d.line), press: s, report: report, body: d, ids: map[string]bool{}}
	var wording, answers, closing []ast.Node
	for _, c := range children(d) {
		switch {
		case k.answer(p, c):
			answers = append(answers, c)
		case len(answers) == 0:
			wording = append(wording, c)
		default:
			closing = append(closing, c)
		}
	}
	if len(wording) == 0 {
		report.Add(lint.QuestionWording, a.at, string(q.ID))
	}
	k.read(a, answers)
	s.nodes(wording, &q.HTML)
	s.nodes(closing, &q.Feedback)
}

// form reads the words of a question's first line: its id, its kind, and what is set.
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
			report.Add(lint.BadID, at, arg, lint.ID(arg))
		case i == 0:
			q.ID = course.QuestionID(arg)
		case known >= 0:
			k = kinds()[known]
		case !set(q, arg):
			report.Add(lint.QuestionForm, at, arg, lint.Meant(arg, formWords()))
		}
	}
	q.Kind = k.kind
	return k
}

// set takes a word of the first line that is neither id nor kind: shuffle, points=2, bank=name.
func set(q *course.Question, arg string) bool {
	key, value, _ := strings.Cut(arg, "=")
	switch {
	case arg == "shuffle":
		q.Shuffle = true
		return true
	case key == "bank":
		q.Bank = value
		return ValidID(value)
	case key == "points":
		n, err := strconv.Atoi(value)
		q.Points = n
		return err == nil && n >= 1 && n <= 100
	}
	return false
}

func formWords() []string {
	list := []string{"shuffle", "points=2", "bank=nome"}
	for _, k := range kinds() {
		list = append(list, k.word)
	}
	return list
}
