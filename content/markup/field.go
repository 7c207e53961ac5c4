package markup

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"

	"aulacomune/content/lint"
	"aulacomune/course"
)

// isField says that a block says what is to be typed: a paragraph of lines that begin with "=".
func isField(p *Page, n ast.Node) bool {
	if n.Kind() != ast.KindParagraph || n.Lines().Len() == 0 {
		return false
	}
	line := n.Lines().At(0)
	return bytes.HasPrefix(bytes.TrimSpace(line.Value(p.File.Text)), []byte("="))
}

// typed are the lines behind "=".
func (a *asking) typed(blocks []ast.Node) (lines []string) {
	for _, n := range blocks {
		for _, line := range n.Lines().Sliced(0, n.Lines().Len()) {
			text := strings.TrimSpace(string(line.Value(a.page.File.Text)))
			lines = append(lines, strings.TrimSpace(strings.TrimPrefix(text, "=")))
		}
	}
	return lines
}

// numeric reads "= 40" or "= 40 ± 2".
func (a *asking) numeric(blocks []ast.Node) {
	lines := a.typed(blocks)
	if len(lines) != 1 {
		a.want(lint.WordNumberAnswer)
		return
	}
	n, ok := number(lines[0])
	if !ok {
		a.want(lint.WordNumberAnswer)
		return
	}
	a.q.Parts = []course.Part{{Number: &n}}
}

// short reads "= smart working | lavoro agile"; several lines are alternatives, too.
func (a *asking) short(blocks []ast.Node) {
	accept := alternatives(strings.Join(a.typed(blocks), "|"))
	if len(accept) == 0 {
		a.want(lint.WordShortAnswer)
		return
	}
	a.q.Parts = []course.Part{{Accept: accept}}
}

// alternatives are the words between bars.
func alternatives(text string) (list []string) {
	for s := range strings.SplitSeq(text, "|") {
		if s = strings.Join(strings.Fields(s), " "); s != "" {
			list = append(list, s)
		}
	}
	return list
}

// number reads "3,5 ± 0,1", "3.5 +- 0.1" or "200 ± 5 %".
func number(text string) (course.Number, bool) {
	text = strings.NewReplacer("+-", "±", "+/-", "±").Replace(text)
	value, around, more := strings.Cut(text, "±")
	v, err := decimal(value)
	if err != nil || !more {
		return course.Number{Value: v}, err == nil
	}
	part, percent := strings.CutSuffix(strings.TrimSpace(around), "%")
	t, err := decimal(part)
	if percent {
		t = max(v, -v) * t / 100
	}
	return course.Number{Value: v, Tolerance: t}, err == nil && t >= 0
}

func decimal(s string) (float64, error) {
	s = strings.Replace(strings.TrimSpace(s), ",", ".", 1)
	if strings.ContainsAny(s, "xXpPnNiI_") {
		return 0, strconv.ErrSyntax
	}
	return strconv.ParseFloat(s, 64)
}
