package markup

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"aulacomune/content/lint"
	"aulacomune/course"
)

// gap is a place in a cloze where something is to be typed: {lavoro agile|smart working}, {= 2017}.
type gap struct {
	ast.BaseInline
	inside string
}

// kindGap is the node kind of a gap.
var kindGap = ast.NewNodeKind("Gap")

// Kind implements ast.Node.
func (*gap) Kind() ast.NodeKind { return kindGap }

// Dump implements ast.Node.
func (g *gap) Dump(source []byte, level int) {
	ast.DumpHelper(g, source, level, map[string]string{"Inside": g.inside}, nil)
}

// gapParser finds gaps in cloze questions. Elsewhere braces are what they are.
type gapParser struct{}

// Trigger implements parser.InlineParser.
func (gapParser) Trigger() []byte { return []byte{'{'} }

// Parse implements parser.InlineParser.
func (gapParser) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	if !inCloze(parent) {
		return nil
	}
	line, _ := block.PeekLine()
	end := bytes.IndexByte(line, '}')
	if end < 0 || bytes.IndexByte(line[1:end], '{') >= 0 {
		return nil
	}
	block.Advance(end + 1)
	return &gap{inside: strings.TrimSpace(string(line[1:end]))}
}

// inCloze says that a block stands in the wording of a cloze.
func inCloze(n ast.Node) bool {
	for ; n != nil; n = n.Parent() {
		if d, ok := n.(*directive); ok {
			return d.word == questionWord && slices.Contains(d.args, "cloze")
		}
	}
	return false
}

// gaps reads the gaps of the wording.
func (a *asking) gaps([]ast.Node) {
	_ = ast.Walk(a.body, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if g, ok := n.(*gap); ok && entering {
			a.q.Parts = append(a.q.Parts, a.gap(g))
		}
		return ast.WalkContinue, nil
	})
	if len(a.q.Parts) == 0 {
		a.want(lint.WordGaps)
	}
}

func (a *asking) gap(g *gap) course.Part {
	figures, is := strings.CutPrefix(g.inside, "=")
	if !is {
		p := course.Part{Accept: alternatives(g.inside)}
		if len(p.Accept) == 0 {
			a.want(lint.WordGaps)
		}
		return p
	}
	n, ok := number(figures)
	if !ok {
		a.want(lint.WordNumberAnswer)
	}
	return course.Part{Number: &n}
}

// renderGap writes the mark by which a page finds the place of a gap.
func (writer) renderGap(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString(course.GapMark)
	}
	return ast.WalkSkipChildren, nil
}
