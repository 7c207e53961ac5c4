package markup

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"aulacomune/content/lint"
	"aulacomune/course"
)

// figure is a picture alone in its paragraph, with the caption that its title is.
type figure struct {
	ast.BaseBlock
	image *ast.Image
}

// kindFigure is the node kind of a figure.
var kindFigure = ast.NewNodeKind("Figure")

// Kind implements ast.Node.
func (*figure) Kind() ast.NodeKind { return kindFigure }

// Dump implements ast.Node.
func (f *figure) Dump(source []byte, level int) { ast.DumpHelper(f, source, level, nil, nil) }

// frameFigures turns paragraphs that hold one picture and nothing else into figures.
func (p *Page) frameFigures() {
	for _, i := range p.Images {
		para, ok := i.Node.Parent().(*ast.Paragraph)
		if !ok || para.ChildCount() != 1 {
			continue
		}
		f := &figure{image: i.Node}
		para.Parent().ReplaceChild(para.Parent(), para, f)
		f.AppendChild(f, i.Node)
	}
}

// renderFigure writes what is around the picture of a figure.
func (r writer) renderFigure(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString("<figure>\n")
		return ast.WalkContinue, nil
	}
	if caption := n.(*figure).image.Title; len(caption) > 0 {
		_, _ = w.WriteString("\n<figcaption>")
		r.plain.Write(w, bytes.ReplaceAll(caption, []byte("'"), []byte("’")))
		_, _ = w.WriteString("</figcaption>")
	}
	_, _ = w.WriteString("\n</figure>\n")
	return ast.WalkContinue, nil
}

// renderImage writes a picture. Its size keeps the page from jumping when it comes.
func (r writer) renderImage(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	image := n.(*ast.Image)
	if !entering {
		return ast.WalkContinue, nil
	}
	found, _ := image.AttributeString("media")
	media, _ := found.(course.Media)
	if media.Hash == "" {
		return ast.WalkSkipChildren, nil
	}
	_, _ = w.WriteString(`<img src="`)
	_, _ = w.Write(util.EscapeHTML([]byte(Address(media))))
	_, _ = w.WriteString(`" alt="`)
	r.plain.Write(w, []byte(strings.TrimSpace(lint.Words(image, source))))
	_, _ = w.WriteString(`" loading="lazy"`)
	if media.Width > 0 && media.Height > 0 {
		_, _ = w.WriteString(` width="` + strconv.Itoa(media.Width) + `" height="` + strconv.Itoa(media.Height) + `"`)
	}
	_ = w.WriteByte('>')
	return ast.WalkSkipChildren, nil
}
