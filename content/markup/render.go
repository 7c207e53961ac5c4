package markup

import (
	"bytes"

	"github.com/yuin/goldmark/ast"

	"aulacomune/content/lint"
	"aulacomune/course"
)

// Render writes the body without the questions, and the questions.
func (p *Page) Render(report *lint.Report) (string, []course.Question) {
	if p.broken {
		return "", nil
	}
	questions := p.asked(report)
	return p.write(p.root), questions
}

// html writes some nodes alone; nothing gives nothing.
func (p *Page) html(nodes []ast.Node) string {
	if len(nodes) == 0 {
		return ""
	}
	return p.write(fragment(nodes...))
}

// write writes a tree and sends it through the policy.
func (p *Page) write(tree ast.Node) string {
	var b bytes.Buffer
	if err := dialect(p.lang).Renderer().Render(&b, p.File.Text, tree); err != nil {
		return "" // a buffer does not fail
	}
	return sanitise(&b)
}
