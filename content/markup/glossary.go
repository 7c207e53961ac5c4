package markup

import (
	"net/url"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	gfm "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
	"golang.org/x/text/unicode/norm"

	"aulacomune/content/lint"
	"aulacomune/course"
)

// Glossary is the text of a course that explains its words: a heading of level two for each word, and below it what it
// means. A link to one of its headings shows the explanation at the end of the page it stands in, as a note's.
type Glossary struct {
	page    *Page
	entries map[string]*entry
}

// entry is one word with its explanation.
type entry struct {
	id, name string
	at       int
	doc      *ast.Document
	needs    []*entry // words that the explanation links to
	html     string
}

// Glossary makes a glossary of a page.
func (p *Page) Glossary(report *lint.Report) *Glossary {
	g := &Glossary{page: p, entries: map[string]*entry{}}
	p.words = g
	wrong := func(n ast.Node, what string) { report.Add(lint.GlossaryForm, p.File.At(n.Pos()), what) }
	for _, q := range p.questions {
		report.Add(lint.GlossaryForm, p.File.At(q.line), lint.WordAsks)
	}
	for _, d := range p.includes {
		report.Add(lint.GlossaryForm, p.File.At(d.line), lint.WordNoIncludes)
	}
	var last *entry
	for i, n := range children(p.root) {
		h, heading := n.(*ast.Heading)
		switch {
		case heading && h.Level == 1 && i == 0:
			p.Headings = slices.DeleteFunc(p.Headings, func(other *ast.Heading) bool { return other == h })
		case heading && h.Level == 2:
			last = g.add(h, report)
		case heading:
			wrong(n, lint.WordLevelTwo)
		case n.Kind() == gfm.KindFootnoteList:
			wrong(n, lint.WordNoNotes)
		case n.Kind() == ast.KindLinkReferenceDefinition:
		case last == nil:
			wrong(n, lint.WordBeforeTerm)
		default:
			last.doc.AppendChild(last.doc, n)
		}
	}
	for _, e := range g.sorted() {
		if !e.doc.HasChildren() {
			report.Add(lint.GlossaryForm, p.File.At(e.at), lint.WordNoMeaning)
		}
	}
	return g
}

// add begins a word.
func (g *Glossary) add(h *ast.Heading, report *lint.Report) *entry {
	words := lint.Words(h, g.page.File.Text)
	e := &entry{id: Slug(words), name: strings.TrimSpace(plain([]byte(words))), at: h.Pos(), doc: ast.NewDocument()}
	e.doc.SetAttributeString("entry", e)
	if e.id == "" {
		report.Add(lint.GlossaryForm, g.page.File.At(e.at), lint.WordNoName)
		return e
	}
	if g.entries[e.id] != nil {
		report.Add(lint.DuplicateID, g.page.File.At(e.at), e.name, g.page.File.Path)
	}
	g.entries[e.id] = e
	return e
}

// sorted lists the words as a dictionary does.
func (g *Glossary) sorted() []*entry {
	list := make([]*entry, 0, len(g.entries))
	for _, e := range g.entries {
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b *entry) int {
		if by := strings.Compare(norm.NFD.String(a.id), norm.NFD.String(b.id)); by != 0 {
			return by
		}
		return strings.Compare(a.name, b.name)
	})
	return list
}

// Terms settles the links of the glossary, writes it, and is its words. It comes before any other page is rendered.
func (g *Glossary) Terms(t Targets, press *Press, report *lint.Report) []course.Term {
	g.page.Resolve(t, report)
	list := g.sorted()
	if g.page.broken || len(list) == 0 {
		return nil
	}
	press.start(g.page.dialect().Renderer(), g.page.File.Text)
	for _, e := range list {
		press.write(e.doc, &e.html)
	}
	press.finish()
	terms := make([]course.Term, len(list))
	for i, e := range list {
		terms[i] = course.Term{ID: course.TermID(e.id), Name: e.name, HTML: e.html}
	}
	return terms
}

// term leads a link to a word of the glossary.
func (p *Page) term(n ast.Node, g *Glossary, fragment string, report *lint.Report) {
	if g == nil || g.entries[fragment] == nil {
		near := ""
		if g != nil {
			near = nearest(p, fragment, g.entries)
		}
		report.Add(lint.UnknownTerm, p.File.At(n.Pos()), fragment, near)
		return
	}
	e := g.entries[fragment]
	n.SetAttributeString("href", (&url.URL{Fragment: "term:" + e.id}).String())
	n.SetAttributeString("term", true)
	top := p
	for top.host != nil {
		top = top.host
	}
	if from := explains(n); from != nil {
		from.needs = append(from.needs, e)
		return
	}
	if !top.shown[e] {
		if top.shown == nil {
			top.shown = map[*entry]bool{}
		}
		top.shown[e] = true
		top.terms = append(top.terms, e)
		n.SetAttributeString("termref", e.id)
	}
}

// explains is the word whose explanation a node is part of; nil outside the glossary.
func explains(n ast.Node) *entry {
	for n.Parent() != nil {
		n = n.Parent()
	}
	found, _ := n.AttributeString("entry")
	e, _ := found.(*entry)
	return e
}

// terms stands at the end of a page for the words it links to, and those that their explanations do.
type terms struct {
	ast.BaseBlock
	list []*entry
	used int // how many of them the text itself links to: the first
}

// kindTerms is the node kind of a page's words.
var kindTerms = ast.NewNodeKind("Terms")

// Kind implements ast.Node.
func (*terms) Kind() ast.NodeKind { return kindTerms }

// Dump implements ast.Node.
func (t *terms) Dump(source []byte, level int) { ast.DumpHelper(t, source, level, nil, nil) }

// mostShown is how many bytes of explanations one page may show: the glossary must not come with every page.
const mostShown = 100_000

// showTerms puts the words that a page links to at its end, with those that their explanations link to, in the order it comes to them.
func (p *Page) showTerms(report *lint.Report) {
	list, known, size := slices.Clone(p.terms), p.shown, 0
	for i := 0; i < len(list) && size <= mostShown; i++ {
		size += len(list[i].html)
		for _, e := range list[i].needs {
			if !known[e] {
				known[e] = true
				list = append(list, e)
			}
		}
	}
	if size > mostShown {
		report.Add(lint.GlossaryForm, p.File.Whole(), lint.WordManyTerms)
		return
	}
	p.root.AppendChild(p.root, &terms{list: list, used: len(p.terms)})
}

// renderTerms writes the words of a page with their explanations, each with the way back to where it was used first.
func (r writer) renderTerms(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	t := n.(*terms)
	_, _ = w.WriteString(`<div class="glossary" role="region" aria-label="` + r.words.glossary + "\">\n<p class=\"glossary-title\">" + r.words.glossary + "</p>\n<dl>\n")
	for i, e := range t.list {
		_, _ = w.WriteString("<dt")
		r.attribute(w, "id", "term:"+e.id)
		_, _ = w.WriteString("><dfn>")
		_, _ = w.Write(util.EscapeHTML([]byte(e.name)))
		_, _ = w.WriteString("</dfn></dt>\n<dd>\n" + e.html)
		if i < t.used {
			_, _ = w.WriteString(`<p><a class="term-back"`)
			r.attribute(w, "href", (&url.URL{Fragment: "termref:" + e.id}).String())
			_, _ = w.WriteString(">" + r.words.backToText + `<span class="visually-hidden">: `)
			_, _ = w.Write(util.EscapeHTML([]byte(e.name)))
			_, _ = w.WriteString("</span></a></p>\n")
		}
		_, _ = w.WriteString("</dd>\n")
	}
	_, _ = w.WriteString("</dl>\n</div>\n")
	return ast.WalkContinue, nil
}
