// Package markup is our Markdown dialect: it reads an author's text and writes safe HTML and questions, with findings. One construct, one file.
//
// Underneath lie CommonMark, GFM (tables, task lists, strikethrough, bare addresses), footnotes, definition lists and
// typographic quotes: "…" becomes «…», ' becomes ’. Attributes in braces are off and raw HTML is refused. conformance_test.go
// says which of the specification's examples come out differently, and why. On top are forms that still read well in any
// Markdown viewer; Guide says the same to authors, in Italian.
//
// Boxes (callout.go): NOTE, TIP, IMPORTANT or WARNING.
//
//	> [!NOTE]
//	> Text of the box.
//
// What opens when asked (details.go); its title says what it holds.
//
//	> [!DETAILS A sample agreement]
//	> Text, lists, pictures.
//
// A text that several objects share (include.go), by a link to it, from this file or from the course's folder. Its paths begin in its own
// folder, its findings name it, and it may include others: 8 deep, 100 and a megabyte in one object. It asks no questions.
//
//	> [!INCLUDE]
//	> [Who can help](../comune/aiuto.md)
//
// Figures (figure.go): a picture alone in its paragraph. Its title is the caption; a line in italics right below is the credit.
//
//	![Three people around a table](figura.jpg "The team at work")
//	*Photo: Anna Rossi, CC BY 4.0*
//
// Where figura.800w.jpg and figura.400w.jpg lie beside it, browsers choose among them.
//
// Videos and sounds (recording.go), written as figures are, which other viewers play, too. accordo.vtt beside accordo.mp4 holds
// its captions, accordo.en.vtt those in English, accordo.jpg (.png, .webp, .svg) its poster. A sound has a .vtt, or details that begin with "Trascrizione" right below.
//
//	![How to sign](accordo.mp4 "Two minutes with the office")
//
//	![An interview](intervista.mp3)
//
//	> [!DETAILS Trascrizione]
//	> Good morning.
//
// Links (link.go): out of the course, to an object by its path or its id, to a heading of it or of this text; and to a file, which
// says what comes: "Modello (PDF, 120 KB)" (download.go).
//
//	[the law](https://www.normattiva.it/), [an object](../02-fiducia/01-fiducia.md#un-titolo), [the same](fiducia#un-titolo),
//	[below](#un-titolo), [the form](modello.pdf)
//
// Words of the glossary (glossary.go): glossario.md or glossary.md in the course's folder has a heading of level two for each word and
// its explanation below. The words that a text links to are explained at its end, with the way back.
//
//	[agile work](../glossario.md#lavoro-agile), or [agile work](glossario#lavoro-agile)
//
// Words in another language (lang.go), by its BCP 47 tag; between the braces nothing is marked up.
//
//	[lang=en]{comply or explain}
//
// Questions (question.go): choices that are marked, each with its id; after the question's id its kind, if it is not "single":
// multiple, truefalse, numeric, short, matching, ordering, cloze or scale, each shown in Guide.
//
//	> [!QUESTION fiducia multiple]
//	> Wording.
//	>
//	> - [x] `a` A right choice.
//	>   > What to say to whoever chose it.
//	> - [ ] `b` A wrong one.
//	>
//	> What to say after any answer.
//
// Behind them may stand points=2 (it is worth two), shuffle (its choices come in another order each time) and bank=NAME: of a bank, the
// object's front matter has some drawn, "draw: 3 of NAME".
//
// Learning objectives stand in the front matter, as package content says.
//
// Headings begin at level two and get an id from their words, à è é ì ò ù kept (heading.go): no id of ours holds an
// underscore or a capital, so a page's own ids can avoid them; those of footnotes and glossary words hold a colon. Tables lie in
// a region that scrolls and takes the focus (table.go). Code is coloured by classes, never by styles (code.go). What is written
// passes an exact list of elements and attributes once more before it leaves (policy.go).
//
// Reading happens in steps, because a link needs to know the headings of other texts: Parse finds the constructs; Include
// takes in the texts that are shared; Resolve settles links and pictures; Render writes.
package markup

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"aulacomune/content/lint"
)

// Page is one parsed text.
type Page struct {
	lint.Page
	Words     int             // of the body and the questions
	Anchors   map[string]bool // ids that a fragment may name
	numbers   map[string]int  // that anchors of the same words came to
	lang      string
	bare      bool // no addresses to look for
	root      ast.Node
	questions []*directive
	includes  []*directive
	fragments []*Page         // what was included
	host      *Page           // what includes this page
	words     *Glossary       // where this page is the glossary
	shown     map[*entry]bool // the same as terms
	terms     []*entry        // of the glossary that the page and what it includes link to
	marks     int             // that the parser may make something of
	guesses   int             // names that another was looked for
	broken    bool            // nothing may be rendered
}

// Parse reads a text that begins at byte start (line startLine, from 0) of its file.
func Parse(file *lint.File, start, startLine int, lang string, report *lint.Report) *Page {
	p := &Page{Page: lint.Page{File: file, Lang: lang, Asking: inQuestion}, Anchors: map[string]bool{}, numbers: map[string]int{}, lang: lang}
	p.parse(start, startLine, report)
	return p
}

func (p *Page) parse(start, startLine int, report *lint.Report) {
	file := p.File
	p.bare = noAddresses(file.Text[start:])
	p.Blocks = make([]ast.Node, 0, 8+len(file.Text)/120)
	rule, at, marks := unreadable(file.Text[start:])
	if p.marks = marks; rule != "" {
		p.refuse(rule, file.At(start+at), report)
		return
	}
	reader := text.NewReader(file.Text)
	reader.SetPosition(startLine-1, text.NewSegment(0, start))
	reader.AdvanceLine()
	context := parser.NewContext()
	p.root = p.dialect().Parser().Parse(reader, parser.WithContext(context))
	if treeTooDeep(p.root) {
		p.refuse(lint.TooDeep, file.Whole(), report)
		return
	}
	p.collect(report)
}

// refuse makes an empty page of a text that cannot be handled.
func (p *Page) refuse(rule string, at lint.Place, report *lint.Report) {
	report.Add(rule, at, lint.WordMarks)
	p.root, p.broken = ast.NewDocument(), true
}

// Empty says that the text says nothing: no words, no pictures, no recordings, no questions.
func (p *Page) Empty() bool {
	for _, each := range p.all() {
		if each.broken || each.Words > 0 || len(each.Images) > 0 || len(each.Recordings) > 0 || len(each.questions) > 0 {
			return false
		}
	}
	return true
}

// collect walks the tree once, lets each construct take what is its own, and then changes the tree.
func (p *Page) collect(report *lint.Report) {
	var raw []ast.Node
	_ = ast.Walk(p.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			p.Words += countWords(n.Segment.Value(p.File.Text))
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			for _, line := range n.Lines().Sliced(0, n.Lines().Len()) {
				p.Words += countWords(line.Value(p.File.Text))
			}
		case *ast.Paragraph, *ast.TextBlock:
			p.Blocks = append(p.Blocks, n)
		case *ast.ListItem:
			if n.FirstChild() == nil && !inQuestion(n) {
				p.EmptyItems = append(p.EmptyItems, n)
			}
		case *ast.Heading:
			p.Headings = append(p.Headings, n)
		case *ast.Link, *ast.AutoLink:
			p.Links = append(p.Links, n)
		case *ast.Image:
			p.Images = append(p.Images, lint.Image{Node: n})
		case *ast.HTMLBlock, *ast.RawHTML:
			raw = append(raw, n)
		case *directive:
			p.directive(n, report)
			if n.word == includeWord { // its link is not one of the text
				return ast.WalkSkipChildren, nil
			}
		case *foreign:
			p.foreign(n, report)
		default:
			p.table(n)
		}
		return ast.WalkContinue, nil
	})
	p.refuseHTML(raw, report)
	p.splitRecordings()
	p.takeQuestions()
	p.nameHeadings()
	p.frameFigures()
	p.frameRecordings(report)
}

// refuseHTML takes raw HTML out of the tree.
func (p *Page) refuseHTML(raw []ast.Node, report *lint.Report) {
	for _, n := range raw {
		at := n.Pos()
		if r, ok := n.(*ast.RawHTML); ok && r.Segments.Len() > 0 {
			at = r.Segments.At(0).Start
		}
		report.Add(lint.RawHTML, p.File.At(at))
		n.Parent().RemoveChild(n.Parent(), n)
	}
}

// countWords counts the words of a piece of text.
func countWords(b []byte) int {
	n, in := 0, false
	for _, c := range b {
		letter := c >= '0' // digits, letters, what is beyond ASCII, and a few signs that seldom stand alone
		if letter && !in {
			n++
		}
		in = letter
	}
	return n
}
