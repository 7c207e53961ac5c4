package markup

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"golang.org/x/text/language"

	"aulacomune/content/lint"
)

// foreign is words in another language: [lang=en]{smart working}. A voice then reads them as they are spoken.
type foreign struct {
	ast.BaseInline
	tag  string
	at   int  // where [ stands
	open bool // the brace is not closed
}

// kindForeign is the node kind of words in another language.
var kindForeign = ast.NewNodeKind("Foreign")

// Kind implements ast.Node.
func (*foreign) Kind() ast.NodeKind { return kindForeign }

// Dump implements ast.Node.
func (f *foreign) Dump(source []byte, level int) {
	ast.DumpHelper(f, source, level, map[string]string{"Tag": f.tag}, nil)
}

// foreignStart begins words in another language.
const foreignStart = "[lang="

// foreignLong is the most bytes that one span may hold: a phrase, not a page; and the search for the brace ends.
const foreignLong = 500

// foreignParser reads [lang=xx]{words}. Between the braces nothing is marked up: no quotes are turned there that the other language would turn otherwise.
type foreignParser struct{}

// Trigger implements parser.InlineParser.
func (foreignParser) Trigger() []byte { return []byte{'['} }

// Parse implements parser.InlineParser.
func (foreignParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if !bytes.HasPrefix(line, []byte(foreignStart)) {
		return nil
	}
	end := bytes.IndexByte(line, ']')
	if end < 0 || end+1 >= len(line) || line[end+1] != '{' {
		return nil
	}
	f := &foreign{tag: string(line[len(foreignStart):end]), at: segment.Start}
	block.Advance(end + 2)
	row, position := block.Position()
	if !f.fill(block) {
		f.RemoveChildren(f)
		f.open = true
		block.SetPosition(row, position)
	}
	return f
}

// fill takes the words up to the brace; it is false when there is none near.
func (f *foreign) fill(block text.Reader) bool {
	for size := 0; size < foreignLong; {
		line, segment := block.PeekLine()
		if line == nil {
			return false
		}
		end := bytes.IndexByte(line, '}')
		if end >= 0 {
			f.AppendChild(f, ast.NewTextSegment(segment.WithStop(segment.Start+end)))
			block.Advance(end + 1)
			return size+end < foreignLong
		}
		words := ast.NewTextSegment(segment.TrimRightSpace(block.Source()))
		words.SetSoftLineBreak(true)
		f.AppendChild(f, words)
		size += len(line)
		block.AdvanceLine()
	}
	return false
}

// foreign judges the language of some words.
func (p *Page) foreign(f *foreign, report *lint.Report) {
	switch _, err := language.Parse(f.tag); {
	case f.open:
		report.Add(lint.LangSpan, p.File.At(f.at), f.tag, lint.WordBrace)
	case err != nil || !ValidLang(f.tag):
		report.Add(lint.LangSpan, p.File.At(f.at), f.tag, lint.WordTag)
	case !f.HasChildren() || !p.says(children(f)):
		report.Add(lint.LangSpan, p.File.At(f.at), f.tag, lint.WordNoWords)
	default:
		f.SetAttributeString("lang", f.tag)
	}
}

// ValidLang says that a language can stand in a page: letters, digits and hyphens as BCP 47 has them.
func ValidLang(tag string) bool {
	for i, part := range bytes.Split([]byte(tag), []byte("-")) {
		if len(part) < 1 || len(part) > 8 || i == 0 && len(part) < 2 {
			return false
		}
		for _, b := range part {
			if b|0x20 < 'a' || b|0x20 > 'z' {
				if i == 0 || b < '0' || b > '9' {
					return false
				}
			}
		}
	}
	return len(tag) <= 35
}

// renderForeign writes words with their language.
func (writer) renderForeign(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	found, _ := n.AttributeString("lang")
	switch tag, ok := found.(string); {
	case !ok:
	case entering:
		_, _ = w.WriteString(`<span lang="` + tag + `">`)
	default:
		_, _ = w.WriteString("</span>")
	}
	return ast.WalkContinue, nil
}
