package press

import (
	"fmt"
	"html/template"
	"text/template/parse"
)

// Complete gives a page's templates what they call of base, from the roots down, and nothing else: a page that carried all parts of the others
// would take as much memory as all of them. Names the page defines itself win over those of base.
func Complete(page, base *template.Template, roots ...string) error {
	seen := map[string]bool{}
	for len(roots) > 0 {
		name := roots[0]
		roots = roots[1:]
		if seen[name] {
			continue
		}
		seen[name] = true
		t := page.Lookup(name)
		if t == nil || t.Tree == nil {
			from := base.Lookup(name)
			if from == nil || from.Tree == nil {
				return fmt.Errorf("template %q: no such template", name)
			}
			var err error
			if t, err = page.AddParseTree(name, from.Tree.Copy()); err != nil {
				return fmt.Errorf("template %q: %w", name, err)
			}
		}
		roots = append(roots, called(t.Tree.Root)...)
	}
	return nil
}

// Names are the templates that a set defines.
func Names(set *template.Template) (names []string) {
	for _, t := range set.Templates() {
		if t.Tree != nil {
			names = append(names, t.Name())
		}
	}
	return names
}

// called are the names of the templates that a list calls.
func called(list *parse.ListNode) (names []string) {
	if list == nil {
		return nil
	}
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.TemplateNode:
			names = append(names, n.Name)
		case *parse.IfNode:
			names = append(append(names, called(n.List)...), called(n.ElseList)...)
		case *parse.WithNode:
			names = append(append(names, called(n.List)...), called(n.ElseList)...)
		case *parse.RangeNode:
			names = append(append(names, called(n.List)...), called(n.ElseList)...)
		}
	}
	return names
}
