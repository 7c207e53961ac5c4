package markup

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"aulacomune/content/lint"
	"aulacomune/course"
)

// figure is a picture alone in its paragraph, with a caption where its title or a line in italics below says more.
type figure struct {
	ast.BaseBlock
	recording bool
}

// kindFigure is the node kind of a figure.
var kindFigure = ast.NewNodeKind("Figure")

// Kind implements ast.Node.
func (*figure) Kind() ast.NodeKind { return kindFigure }

// Dump implements ast.Node.
func (f *figure) Dump(source []byte, level int) { ast.DumpHelper(f, source, level, nil, nil) }

// caption is what a figure says below its picture: the picture's title, then who is to be credited, which are its children.
type caption struct {
	ast.BaseBlock
	title []byte
}

// kindCaption is the node kind of a caption.
var kindCaption = ast.NewNodeKind("Caption")

// Kind implements ast.Node.
func (*caption) Kind() ast.NodeKind { return kindCaption }

// Dump implements ast.Node.
func (c *caption) Dump(source []byte, level int) {
	ast.DumpHelper(c, source, level, map[string]string{"Title": string(c.title)}, nil)
}

// frameFigures turns paragraphs that hold one picture, and at most a line in italics below, into figures.
func (p *Page) frameFigures() {
	for _, i := range p.Images {
		p.frame(i.Node)
	}
}

// frame makes a figure of a paragraph with a picture; nil when it holds something else.
func (p *Page) frame(image *ast.Image) *figure {
	para, ok := image.Parent().(*ast.Paragraph)
	if !ok || para.FirstChild() != ast.Node(image) {
		return nil
	}
	credit, alone := p.credit(image)
	if !alone {
		return nil
	}
	f := &figure{}
	para.Parent().ReplaceChild(para.Parent(), para, f)
	f.AppendChild(f, image)
	if len(image.Title) == 0 && credit == nil {
		return f
	}
	below := &caption{title: image.Title}
	if credit != nil {
		for _, n := range children(credit) {
			below.AppendChild(below, n)
		}
	}
	f.AppendChild(f, below)
	return f
}

// credit is the line in italics below a picture; alone is false when something else stands in its paragraph.
func (p *Page) credit(image *ast.Image) (credit *ast.Emphasis, alone bool) {
	below := false
	for n := image.NextSibling(); n != nil; n = n.NextSibling() {
		switch c := n.(type) {
		case *ast.Text:
			if len(bytes.TrimSpace(c.Segment.Value(p.File.Text))) > 0 {
				return nil, false
			}
			below = below || c.SoftLineBreak() || c.HardLineBreak()
		case *ast.Emphasis:
			if c.Level != 1 || !below || credit != nil {
				return nil, false
			}
			credit = c
		default:
			return nil, false
		}
	}
	return credit, true
}

// renderFigure writes what is around the picture of a figure.
func (r writer) renderFigure(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	switch {
	case !entering:
		_, _ = w.WriteString("\n</figure>\n")
	case n.(*figure).recording:
		_, _ = w.WriteString("<figure class=\"recording\">\n")
	default:
		_, _ = w.WriteString("<figure>\n")
	}
	return ast.WalkContinue, nil
}

// renderCaption writes a caption; the credit within it has a class of its own.
func (r writer) renderCaption(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	c := n.(*caption)
	switch {
	case entering:
		_, _ = w.WriteString("\n<figcaption>")
		r.plain.Write(w, typed(c.title))
		if c.HasChildren() && len(c.title) > 0 {
			_ = w.WriteByte(' ')
		}
		if c.HasChildren() {
			_, _ = w.WriteString(`<span class="credit">`)
		}
	case c.HasChildren():
		_, _ = w.WriteString("</span></figcaption>")
	default:
		_, _ = w.WriteString("</figcaption>")
	}
	return ast.WalkContinue, nil
}

// typed gives words that Markdown does not read, as a title, the apostrophe of a printed page.
func typed(words []byte) []byte { return bytes.ReplaceAll(words, []byte("'"), []byte("’")) }

// renderImage writes a picture. Its size keeps the page from jumping when it comes.
func (r writer) renderImage(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	image := n.(*ast.Image)
	if !entering {
		return ast.WalkContinue, nil
	}
	if recording, ok := image.AttributeString("recording"); ok {
		v, _ := recording.(course.Video)
		r.renderRecording(w, source, image, v)
		return ast.WalkSkipChildren, nil
	}
	found, _ := image.AttributeString("media")
	media, _ := found.(course.Media)
	if media.Hash == "" {
		return ast.WalkSkipChildren, nil
	}
	_, _ = w.WriteString(`<img src="`)
	_, _ = w.Write(util.EscapeHTML([]byte(Address(media))))
	_ = w.WriteByte('"')
	r.widths(w, image, media)
	_, _ = w.WriteString(` alt="`)
	r.plain.Write(w, []byte(strings.TrimSpace(lint.Words(image, source))))
	_, _ = w.WriteString(`" loading="lazy"`)
	if media.Width > 0 && media.Height > 0 {
		_, _ = w.WriteString(` width="` + strconv.Itoa(media.Width) + `" height="` + strconv.Itoa(media.Height) + `"`)
	}
	_ = w.WriteByte('>')
	return ast.WalkSkipChildren, nil
}

// widths lets a browser choose the picture in another width: no wider than the column of text, as fine as the screen.
func (r writer) widths(w util.BufWriter, image *ast.Image, media course.Media) {
	found, _ := image.AttributeString("narrower")
	narrower, _ := found.([]course.Media)
	if len(narrower) == 0 {
		return
	}
	var set []string
	for _, m := range append(slices.Clone(narrower), media) {
		set = append(set, Address(m)+" "+strconv.Itoa(m.Width)+"w")
	}
	r.attribute(w, "srcset", strings.Join(set, ", "))
	r.attribute(w, "sizes", columnOfText)
}

// columnOfText is how wide a picture is shown.
const columnOfText = "(min-width: 800px) 756px, 100vw"
