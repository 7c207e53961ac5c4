package markup

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// renderDirective writes a callout: a box with a title in words, since a colour alone says nothing. Questions have left
// the tree by now; what is left of another word is written as a quote, and a finding has been reported.
func (r writer) renderDirective(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	d := node.(*directive)
	title, callout := r.words.titles[d.word]
	switch {
	case d.word == detailsWord:
		r.renderDetails(w, source, d, entering)
	case callout && entering:
		_, _ = w.WriteString(`<aside class="callout callout-` + strings.ToLower(d.word) + `">` + "\n" +
			`<p class="callout-title">` + title + "</p>\n")
	case callout:
		_, _ = w.WriteString("</aside>\n")
	case entering:
		_, _ = w.WriteString("<blockquote>\n")
	default:
		_, _ = w.WriteString("</blockquote>\n")
	}
	return ast.WalkContinue, nil
}
