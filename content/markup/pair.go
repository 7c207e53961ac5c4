package markup

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"aulacomune/content/lint"
	"aulacomune/course"
)

// arrow stands between the two sides of a pair.
const arrow = "=>"

func isBullets(_ *Page, n ast.Node) bool {
	list, ok := n.(*ast.List)
	return ok && !list.IsOrdered()
}

// pairs reads "- `agile` Legge 81 del 2017 => Lavoro agile". A line without a left side is a choice that fits nothing.
func (a *asking) pairs(lists []ast.Node) {
	var items []ast.Node
	a.row = lint.WordRowPair
	for _, l := range lists {
		items = append(items, children(l)...)
	}
	a.q.Choices = make([]course.Choice, len(items))
	a.q.Parts = make([]course.Part, 0, len(items)) // the press keeps the addresses
	for i, item := range items {
		a.pair(&a.q.Choices[i], item)
	}
	if len(a.q.Parts) < 2 {
		a.want(lint.WordPairs)
	}
}

func (a *asking) pair(c *course.Choice, item ast.Node) {
	at, line := a.page.File.At(item.Pos()), item.FirstChild()
	if line == nil {
		a.lacks(at, lint.WordWording)
		return
	}
	c.ID = a.take(line, at)
	left, right, ok := a.sides(line)
	if !ok || !a.page.says(right) {
		a.lacks(at, lint.WordArrow)
		return
	}
	a.press.nodes(right, &c.HTML)
	if a.page.says(left) {
		a.q.Parts = append(a.q.Parts, course.Part{Choice: c.ID})
		a.press.nodes(left, &a.q.Parts[len(a.q.Parts)-1].HTML)
	}
}

// sides parts a line at its arrow.
func (a *asking) sides(line ast.Node) (left, right []ast.Node, ok bool) {
	source, all := a.page.File.Text, children(line)
	at := arrowAt(all, source)
	if at < 0 {
		return nil, all, false
	}
	behind := false
	for _, n := range all {
		t, is := n.(*ast.Text)
		switch {
		case is && !behind && t.Segment.Stop > at:
			behind = true
			ahead := text.NewSegment(t.Segment.Start, at)
			left = append(left, ast.NewTextSegment(ahead.TrimRightSpace(source)))
			t.Segment = text.NewSegment(min(at+len(arrow), t.Segment.Stop), t.Segment.Stop)
			t.Segment = t.Segment.TrimLeftSpace(source)
			right = append(right, t)
		case !behind:
			left = append(left, n)
		default:
			if is && t.Segment.Start < at+len(arrow) { // the parser may have parted the arrow
				t.Segment = text.NewSegment(at+len(arrow), t.Segment.Stop)
				t.Segment = t.Segment.TrimLeftSpace(source)
			}
			right = append(right, n)
		}
	}
	return left, right, true
}

// arrowAt is where the first arrow stands in the text of a line, -1 without one; one in code is none.
func arrowAt(line []ast.Node, source []byte) int {
	for i, n := range line {
		t, ok := n.(*ast.Text)
		if !ok {
			continue
		}
		stop := t.Segment.Stop
		for _, next := range line[i+1:] {
			more, ok := next.(*ast.Text)
			if !ok || more.Segment.Start != stop {
				break
			}
			stop = more.Segment.Stop
		}
		if at := bytes.Index(source[t.Segment.Start:stop], []byte(arrow)); at >= 0 {
			return t.Segment.Start + at
		}
	}
	return -1
}
