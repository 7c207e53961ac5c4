package press

import (
	"bytes"
	"html/template"
	"reflect"
	"slices"
	"text/template/parse"
)

// constants are the functions of the templates that give the same for the same arguments as long as the server runs.
func constants() []string { return []string{"t", "icon", "asset"} }

// FoldConstants puts what calls of constants with nothing but literal arguments give in the place of the calls: {{t "nav.help"}} becomes the text.
// A page then does not look up again what was known when its template was parsed. The template must not have been executed.
//
// The texts stand where HTML or a quoted attribute is expected, and are escaped for both.
func FoldConstants(t *template.Template, funcs template.FuncMap) {
	for _, each := range t.Templates() {
		if each.Tree != nil {
			foldList(each.Tree.Root, funcs)
		}
	}
}

func foldList(list *parse.ListNode, funcs template.FuncMap) {
	if list == nil {
		return
	}
	for i, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			if text, ok := constant(n.Pipe, funcs); ok {
				list.Nodes[i] = &parse.TextNode{NodeType: parse.NodeText, Pos: n.Pos, Text: text}
			}
		case *parse.IfNode:
			foldList(n.List, funcs)
			foldList(n.ElseList, funcs)
		case *parse.WithNode:
			foldList(n.List, funcs)
			foldList(n.ElseList, funcs)
		case *parse.RangeNode:
			foldList(n.List, funcs)
			foldList(n.ElseList, funcs)
		}
	}
	list.Nodes = joinTexts(list.Nodes)
}

// constant is what a pipeline gives, when that is known now.
func constant(p *parse.PipeNode, funcs template.FuncMap) ([]byte, bool) {
	if len(p.Cmds) != 1 || len(p.Decl) > 0 {
		return nil, false
	}
	name, ok := p.Cmds[0].Args[0].(*parse.IdentifierNode)
	if !ok || !slices.Contains(constants(), name.Ident) {
		return nil, false
	}
	var args []reflect.Value
	for _, a := range p.Cmds[0].Args[1:] {
		s, ok := a.(*parse.StringNode)
		if !ok {
			return nil, false
		}
		args = append(args, reflect.ValueOf(s.Text))
	}
	out := reflect.ValueOf(funcs[name.Ident]).Call(args)
	if len(out) != 1 { // it can fail: that is for the page to say
		return nil, false
	}
	if html, ok := out[0].Interface().(template.HTML); ok {
		return []byte(html), true
	}
	return []byte(template.HTMLEscapeString(out[0].String())), true
}

// joinTexts makes one node of texts that now stand side by side.
func joinTexts(nodes []parse.Node) []parse.Node {
	out := nodes[:0]
	for _, n := range nodes {
		text, ok := n.(*parse.TextNode)
		if ok && len(out) > 0 {
			if last, ok := out[len(out)-1].(*parse.TextNode); ok {
				last.Text = bytes.Join([][]byte{last.Text, text.Text}, nil)
				continue
			}
		}
		out = append(out, n)
	}
	return out
}
