package markup

import (
	"strconv"

	"github.com/yuin/goldmark/ast"
	gfm "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"aulacomune/content/lint"
)

// table notes a table, and gives it the name of its region: its number and the heading above.
func (p *Page) table(n ast.Node) {
	if n.Kind() != gfm.KindTable {
		return
	}
	p.Tables = append(p.Tables, n)
	label := " " + strconv.Itoa(len(p.Tables))
	if last := len(p.Headings) - 1; last >= 0 {
		label += ": " + lint.Words(p.Headings[last], p.File.Text)
	}
	n.SetAttributeString("label", label)
}

// renderTable writes a table inside a region that scrolls and takes the focus, so that a wide one can be read by keyboard.
func (r writer) renderTable(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		_, _ = w.WriteString("</table>\n</div>\n")
		return ast.WalkContinue, nil
	}
	label, _ := n.AttributeString("label")
	name, _ := label.(string)
	_, _ = w.WriteString(`<div class="table-wrap" role="region" tabindex="0" aria-label="`)
	r.plain.Write(w, []byte(r.words.table+name))
	_, _ = w.WriteString("\">\n<table>\n")
	return ast.WalkContinue, nil
}

// renderCell writes a cell: its alignment is a class, an empty header is no header.
func (r writer) renderCell(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	cell := n.(*gfm.TableCell)
	header := cell.Parent().Kind() == gfm.KindTableHeader && cell.HasChildren()
	tag := "td"
	if header {
		tag = "th"
	}
	if !entering {
		_, _ = w.WriteString("</" + tag + ">\n")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString("<" + tag)
	if header {
		_, _ = w.WriteString(` scope="col"`)
	}
	if cell.Alignment != gfm.AlignNone {
		_, _ = w.WriteString(` class="align-` + cell.Alignment.String() + `"`)
	}
	_ = w.WriteByte('>')
	return ast.WalkContinue, nil
}
