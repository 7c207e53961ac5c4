package markup

import (
	"slices"
	"strings"

	highlighting "github.com/yuin/goldmark-highlighting/v2"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// coloured are the languages that get colours; the others are written plain. A course for town halls shows little else.
func coloured() []string {
	return []string{
		"bash", "c", "css", "csv", "diff", "go", "html", "http", "ini", "java", "javascript", "js", "json", "markdown", "md",
		"php", "python", "r", "rust", "sh", "sparql", "sql", "toml", "ts", "turtle", "typescript", "xml", "yaml",
	}
}

// colourable is the size in bytes up to which code is coloured: colouring is slow.
const colourable = 20_000

// plainCode reduces what follows ``` to the language (attributes are off) and marks blocks that are not to be coloured.
func (p *Page) plainCode() {
	_ = ast.Walk(p.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		code, ok := n.(*ast.FencedCodeBlock)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		language := code.Language(p.File.Text)
		if code.Info != nil {
			start := code.Info.Segment.Start
			code.Info = ast.NewTextSegment(text.NewSegment(start, start+len(language)))
		}
		size := 0
		for _, line := range code.Lines().Sliced(0, code.Lines().Len()) {
			size += line.Len()
		}
		if size > colourable || !slices.Contains(coloured(), strings.ToLower(string(language))) {
			code.SetAttributeString("nohl", true)
		}
		return ast.WalkContinue, nil
	})
}

// wrapCode writes the elements around code. They take the focus because long lines scroll.
func wrapCode(w util.BufWriter, code highlighting.CodeBlockContext, entering bool) {
	if !entering {
		_, _ = w.WriteString("</code></pre>\n")
		return
	}
	_, _ = w.WriteString(`<pre tabindex="0"><code`)
	if language, ok := code.Language(); ok && plainName(language) {
		_, _ = w.WriteString(` class="language-` + strings.ToLower(string(language)) + `"`)
	}
	_ = w.WriteByte('>')
}

// renderIndented writes code by indentation, which has no language.
func (r writer) renderIndented(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString(`<pre tabindex="0"><code>`)
	for _, line := range n.Lines().Sliced(0, n.Lines().Len()) {
		r.plain.RawWrite(w, line.Value(source))
	}
	_, _ = w.WriteString("</code></pre>\n")
	return ast.WalkContinue, nil
}

// plainName says that a language's name can be a class.
func plainName(name []byte) bool {
	return !slices.ContainsFunc(name, func(b byte) bool {
		return (b < 'a' || b > 'z') && (b < 'A' || b > 'Z') && (b < '0' || b > '9') && b != '-'
	})
}
