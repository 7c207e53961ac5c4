package markup

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"aulacomune/content/lint"
	"aulacomune/course"
)

// scale reads levels from the lowest, "- `1` Per niente", and numbered statements, each with the dimension that it measures: "1. `fiducia` Mi fido".
// A minus before the dimension turns a statement round: "2. `-fiducia` Controllo ogni passo".
func (a *asking) scale(lists []ast.Node) {
	var levels, statements []ast.Node
	for _, l := range lists {
		if l.(*ast.List).IsOrdered() {
			statements = append(statements, children(l)...)
		} else {
			levels = append(levels, l)
		}
	}
	a.row = lint.WordRowLevel
	a.lines(levels, &a.q.Choices)
	a.row = lint.WordRowStatement
	a.q.Parts = make([]course.Part, len(statements))
	for i, item := range statements {
		a.statement(&a.q.Parts[i], item)
	}
	if len(a.q.Choices) < 2 || len(a.q.Parts) == 0 {
		a.want(lint.WordScale)
	}
}

func (a *asking) statement(p *course.Part, item ast.Node) {
	at, line := a.page.File.At(item.Pos()), item.FirstChild()
	if line == nil {
		a.lacks(at, lint.WordWording)
		return
	}
	name, span := a.span(line)
	p.Dimension, p.Reversed = strings.CutPrefix(name, "-")
	switch {
	case span == nil:
		a.lacks(at, lint.WordDimension)
	case !ValidID(p.Dimension):
		a.report.Add(lint.BadID, a.page.File.At(span.Pos()), name, lint.ID(name))
	case !a.page.says(children(line)):
		a.lacks(at, lint.WordWording)
	}
	a.press.nodes(children(line), &p.HTML)
}
