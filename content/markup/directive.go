package markup

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"aulacomune/content/lint"
)

// directive is a quote whose first line is [!WORD argument…]: a callout, details or a question.
type directive struct {
	ast.BaseBlock
	word string
	args []string
	at   []int // where each argument begins
	line int   // where [! begins
}

// kindDirective is the node kind of a directive.
var kindDirective = ast.NewNodeKind("Directive")

// Kind implements ast.Node.
func (*directive) Kind() ast.NodeKind { return kindDirective }

// Dump implements ast.Node.
func (d *directive) Dump(source []byte, level int) {
	ast.DumpHelper(d, source, level, map[string]string{"Word": d.word, "Args": strings.Join(d.args, " ")}, nil)
}

// directiveWords are the words that begin a directive.
func directiveWords() []string {
	return []string{"NOTE", "TIP", "IMPORTANT", "WARNING", detailsWord, includeWord, questionWord}
}

// directiveParser opens a quote as a directive when its first line says so.
type directiveParser struct{}

// Trigger implements parser.BlockParser.
func (directiveParser) Trigger() []byte { return []byte{'>'} }

// Open implements parser.BlockParser.
func (directiveParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	pos := pc.BlockOffset()
	if pos < 0 || pos >= len(line) || line[pos] != '>' {
		return nil, parser.NoChildren
	}
	rest := bytes.TrimRight(line[pos+1:], " \t\r\n")
	inner := bytes.TrimLeft(rest, " \t")
	if !bytes.HasPrefix(inner, []byte("[!")) || inner[len(inner)-1] != ']' || bytes.IndexByte(inner, ']') != len(inner)-1 {
		return nil, parser.NoChildren
	}
	start := segment.Start - segment.Padding + pos + 1 + len(rest) - len(inner)
	d := &directive{line: start}
	d.read(inner[2:len(inner)-1], start+2)
	if d.word == "" {
		return nil, parser.NoChildren
	}
	reader.Advance(len(bytes.TrimRight(line, "\n")))
	return d, parser.HasChildren
}

// read splits what is between [! and ] into the word and its arguments.
func (d *directive) read(inside []byte, start int) {
	for i := 0; i < len(inside); {
		for i < len(inside) && (inside[i] == ' ' || inside[i] == '\t') {
			i++
		}
		from := i
		for i < len(inside) && inside[i] != ' ' && inside[i] != '\t' {
			i++
		}
		switch {
		case from == i:
		case d.word == "":
			d.word = string(inside[from:i])
		default:
			d.args, d.at = append(d.args, string(inside[from:i])), append(d.at, start+from)
		}
	}
}

// Continue implements parser.BlockParser.
func (directiveParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	return parser.NewBlockquoteParser().Continue(node, reader, pc)
}

// Close implements parser.BlockParser.
func (directiveParser) Close(ast.Node, text.Reader, parser.Context) {}

// CanInterruptParagraph implements parser.BlockParser.
func (directiveParser) CanInterruptParagraph() bool { return true }

// CanAcceptIndentedLine implements parser.BlockParser.
func (directiveParser) CanAcceptIndentedLine() bool { return false }

// directive notes what needs more than to be written, and reports what is no word of ours.
func (p *Page) directive(d *directive, report *lint.Report) {
	at := p.File.At(d.line)
	switch {
	case !slices.Contains(directiveWords(), d.word):
		report.Add(lint.UnknownBlock, at, d.word, lint.Meant(d.word, directiveWords()))
	case d.word == questionWord && d.Parent() != p.root:
		report.Add(lint.NestedQuestion, at)
	case d.word == questionWord:
		p.questions = append(p.questions, d)
	case d.word == includeWord:
		p.includes = append(p.includes, d)
	case d.word == detailsWord && len(d.args) == 0:
		report.Add(lint.DetailsTitle, at)
	case !d.HasChildren():
		report.Add(lint.EmptyBlock, at, d.word)
	}
}
