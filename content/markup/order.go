package markup

import (
	"github.com/yuin/goldmark/ast"

	"aulacomune/content/lint"
	"aulacomune/course"
)

func isSteps(_ *Page, n ast.Node) bool {
	list, ok := n.(*ast.List)
	return ok && list.IsOrdered()
}

// steps reads a numbered list, "1. `primo` Testo", as the right order.
func (a *asking) steps(lists []ast.Node) {
	a.row = lint.WordRowStep
	a.lines(lists, &a.q.Choices)
	if len(a.q.Choices) < 2 {
		a.want(lint.WordSteps)
	}
}

// lines reads lines with an id each as choices.
func (a *asking) lines(lists []ast.Node, into *[]course.Choice) {
	var items []ast.Node
	for _, l := range lists {
		items = append(items, children(l)...)
	}
	*into = make([]course.Choice, len(items))
	for i, item := range items {
		a.choice(&(*into)[i], item)
	}
}
