package markup

import (
	"html"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// coloured are the languages that get colours; the others are written plain. A course for town halls shows little else.
var coloured = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for _, name := range []string{
		"bash", "c", "css", "csv", "diff", "go", "html", "http", "ini", "java", "javascript", "js", "json", "markdown", "md",
		"php", "python", "r", "rust", "sh", "sparql", "sql", "toml", "ts", "turtle", "typescript", "xml", "yaml",
	} {
		set[name] = true
	}
	return set
})

// colourable is the size in bytes up to which code is coloured: colouring is slow.
const colourable = 20_000

// renderCode writes a block of code, coloured by classes. It takes the focus because long lines scroll. Of what follows
// ``` only the language counts: attributes are off.
func (r writer) renderCode(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	language := ""
	if fenced, ok := n.(*ast.FencedCodeBlock); ok {
		language = strings.ToLower(string(fenced.Language(source)))
	}
	_, _ = w.WriteString(`<pre tabindex="0"><code`)
	if ValidID(language) {
		_, _ = w.WriteString(` class="language-` + language + `"`)
	}
	_ = w.WriteByte('>')
	code := n.Lines().Value(source)
	if len(code) > colourable || !coloured()[language] || !colour(w, language, string(code)) {
		r.plain.RawWrite(w, code)
	}
	_, _ = w.WriteString("</code></pre>\n")
	return ast.WalkSkipChildren, nil
}

// colour writes code in spans with the classes that chroma's style sheets use; it is false when nothing was written.
func colour(w util.BufWriter, language, code string) bool {
	lexer := lexers.Get(language)
	if lexer == nil {
		return false
	}
	next, err := chroma.Coalesce(lexer).Tokenise(nil, code)
	if err != nil {
		return false
	}
	for token := next(); token != chroma.EOF; token = next() {
		class, text := chroma.StandardTypes[token.Type], html.EscapeString(token.Value)
		if class == "" || strings.TrimSpace(token.Value) == "" {
			_, _ = w.WriteString(text)
			continue
		}
		_, _ = w.WriteString(`<span class="` + class + `">` + text + `</span>`)
	}
	return true
}
