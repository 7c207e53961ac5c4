package markup

import (
	"github.com/yuin/goldmark/ast"
	gfm "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
)

// writer writes the constructs whose HTML is our own.
type writer struct {
	words words
	plain html.Writer
}

// RegisterFuncs implements renderer.NodeRenderer.
func (r writer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(kindDirective, r.renderDirective)
	reg.Register(kindGap, r.renderGap)
	reg.Register(kindFigure, r.renderFigure)
	reg.Register(kindCaption, r.renderCaption)
	reg.Register(kindIncluded, r.renderIncluded)
	reg.Register(kindTerms, r.renderTerms)
	reg.Register(kindForeign, r.renderForeign)
	reg.Register(ast.KindImage, r.renderImage)
	reg.Register(ast.KindCodeBlock, r.renderCode)
	reg.Register(ast.KindFencedCodeBlock, r.renderCode)
	reg.Register(ast.KindLink, r.renderLink)
	reg.Register(ast.KindAutoLink, r.renderLink)
	reg.Register(gfm.KindTable, r.renderTable)
	reg.Register(gfm.KindTableCell, r.renderCell)
	reg.Register(gfm.KindTaskCheckBox, r.renderTask)
}

var _ renderer.NodeRenderer = writer{}

// fragment makes a document of its own of some nodes, so that they can be written alone.
func fragment(nodes ...ast.Node) ast.Node {
	doc := ast.NewDocument()
	for _, n := range nodes {
		doc.AppendChild(doc, n)
	}
	return doc
}

// children lists the children of a node, so that the tree may change under the loop.
func children(n ast.Node) []ast.Node {
	var list []ast.Node
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		list = append(list, c)
	}
	return list
}
