package markup

import (
	"iter"
	"net/url"
	"path"
	"slices"
	"strconv"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"aulacomune/content/lint"
)

// includeWord begins what takes in a text that several objects share: > [!INCLUDE] and below it a link to the text.
const includeWord = "INCLUDE"

// Limits that keep a few small texts from becoming a huge one.
const (
	mostIncludes = 100 // in one object
	mostNested   = 8   // one in the other
	mostBytes    = 1 << 20
)

// Fragments knows the texts that others may include.
type Fragments interface {
	// Fragment finds a text by its path as the text at from writes it; where it can't be included it says so in the report.
	Fragment(dest, from string, at lint.Place, report *lint.Report) (*lint.File, bool)
}

// included stands in a page for a page of its own, with its own file: what is found in it is reported there.
type included struct {
	ast.BaseBlock
	page *Page
}

// kindIncluded is the node kind of an included text.
var kindIncluded = ast.NewNodeKind("Included")

// Kind implements ast.Node.
func (*included) Kind() ast.NodeKind { return kindIncluded }

// Dump implements ast.Node.
func (i *included) Dump(source []byte, level int) {
	ast.DumpHelper(i, source, level, map[string]string{"File": i.page.File.Path}, nil)
}

// inclusion is what one object's includes share.
type inclusion struct {
	fragments Fragments
	report    *lint.Report
	left      int      // how many more there may be
	bytes     int      // taken in so far
	marks     int      // in what was taken in so far
	chain     []string // the files that are being included, from the object's down
}

// Include takes in the texts that this one includes, and those that they do. It comes after Parse and before any page is resolved.
func (p *Page) Include(f Fragments, report *lint.Report) {
	if len(p.includes) > 0 {
		p.include(&inclusion{fragments: f, report: report, left: mostIncludes})
	}
}

func (p *Page) include(in *inclusion) {
	in.chain = append(in.chain, p.File.Path)
	for _, d := range p.includes {
		sub := p.included(d, in)
		if sub == nil {
			d.Parent().RemoveChild(d.Parent(), d)
			continue
		}
		sub.include(in)
		d.Parent().ReplaceChild(d.Parent(), d, &included{page: sub})
		p.fragments = append(p.fragments, sub)
		p.Words += sub.Words
	}
	in.chain = in.chain[:len(in.chain)-1]
}

// included reads the text that a directive names; nil, with a finding, when it can't be included.
func (p *Page) included(d *directive, in *inclusion) *Page {
	at := p.File.At(d.line)
	dest, ok := destination(d, p.File.Text)
	if !ok {
		in.report.Add(lint.BadInclude, at, "[!INCLUDE]", lint.WordIncludeForm)
		return nil
	}
	if in.left--; in.left < 0 || len(in.chain) > mostNested {
		in.report.Add(lint.BadInclude, at, dest, lint.WordTooMany)
		return nil
	}
	file, ok := in.fragments.Fragment(dest, p.File.Path, at, in.report)
	if !ok {
		return nil
	}
	if slices.Contains(in.chain, file.Path) {
		in.report.Add(lint.BadInclude, at, dest, lint.WordCycle)
		return nil
	}
	if in.bytes += len(file.Text); in.bytes > mostBytes {
		in.report.Add(lint.BadInclude, at, dest, lint.WordTooMany)
		return nil
	}
	sub := &Page{Page: lint.Page{File: file, Lang: p.lang}, Anchors: p.Anchors, numbers: p.numbers, lang: p.lang, host: p}
	sub.parse(0, 0, in.report)
	if in.marks += sub.marks; in.marks > most {
		in.report.Add(lint.BadInclude, at, dest, lint.WordTooMany)
		return nil
	}
	for _, q := range sub.questions {
		in.report.Add(lint.BadInclude, file.At(q.line), path.Base(file.Path), lint.WordAsks)
	}
	// Footnotes are numbered in each text anew: their ids must not meet.
	sub.root.SetAttributeString("notes", "i"+strconv.Itoa(mostIncludes-in.left)+":")
	return sub
}

// destination is where the one link of an include leads: there must be nothing else.
func destination(d *directive, source []byte) (dest string, ok bool) {
	para, isPara := d.FirstChild().(*ast.Paragraph)
	if !isPara || d.ChildCount() != 1 || len(d.args) > 0 || para.ChildCount() != 1 {
		return "", false
	}
	link, isLink := para.FirstChild().(*ast.Link)
	if !isLink {
		return "", false
	}
	u, err := url.Parse(plain(link.Destination))
	if err != nil || u.Path == "" || u.Scheme != "" || u.Host != "" || u.RawQuery != "" || u.Fragment != "" {
		return "", false
	}
	return u.Path, true
}

// Pages are this page and those it includes, each with its own file.
func (p *Page) Pages() iter.Seq[*lint.Page] {
	return func(yield func(*lint.Page) bool) {
		for _, each := range p.all() {
			if !yield(&each.Page) {
				return
			}
		}
	}
}

func (p *Page) all() []*Page {
	list := []*Page{p}
	for _, f := range p.fragments {
		list = append(list, f.all()...)
	}
	return list
}

// renderIncluded writes an included text where it stands.
func (writer) renderIncluded(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if page := n.(*included).page; entering && !page.broken {
		if err := page.dialect().Renderer().Render(w, page.File.Text, page.root); err != nil {
			return ast.WalkStop, err
		}
	}
	return ast.WalkSkipChildren, nil
}

// notes is what the ids of a page's footnotes begin with.
func notes(n ast.Node) []byte {
	for p := n; p != nil; p = p.Parent() {
		if prefix, ok := p.AttributeString("notes"); ok {
			s, _ := prefix.(string)
			return []byte(s)
		}
	}
	return nil
}
