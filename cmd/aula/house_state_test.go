package main_test

import (
	"go/ast"
	"go/token"
	"strings"
)

// state: no init function, and no package variable that can change after the program has started.
func (h house) state() []string {
	var bad []string
	for _, p := range h.packages {
		own := p.own()
		vars := variables{map[string]bool{}, map[*ast.ValueSpec]bool{}}
		r, _ := h.roomOf(p.dir)
		for _, f := range own {
			for _, d := range f.tree.Decls {
				switch d := d.(type) {
				case *ast.FuncDecl:
					if d.Name.Name == "init" && d.Recv == nil {
						bad = append(bad, h.at(d.Pos(), "an init function"))
					}
				case *ast.GenDecl:
					if !r.helper {
						bad = append(bad, h.declared(d, vars)...)
					}
				}
			}
		}
		for _, f := range own {
			bad = append(bad, h.writes(f, vars)...)
		}
	}
	return bad
}

// variables are those of a package.
type variables struct {
	names map[string]bool
	specs map[*ast.ValueSpec]bool
}

// declared notes a var declaration, and tells what in it is made to change.
func (h house) declared(d *ast.GenDecl, vars variables) []string {
	if d.Tok != token.VAR {
		return nil
	}
	var bad []string
	for _, spec := range d.Specs {
		v, ok := spec.(*ast.ValueSpec)
		if !ok {
			continue
		}
		vars.specs[v] = true
		for i, name := range v.Names {
			if name.Name == "_" {
				continue
			}
			vars.names[name.Name] = true
			if why := changes(v, i); why != "" && !embeds(d, v) {
				bad = append(bad, h.at(name.Pos(), "package variable %s %s", name.Name, why))
			}
		}
	}
	return bad
}

// changes says why a variable is made to change, or nothing.
func changes(v *ast.ValueSpec, i int) string {
	if len(v.Values) == 0 {
		return "has no value of its own, so something must give it one"
	}
	if len(v.Values) != len(v.Names) {
		return ""
	}
	why := ""
	ast.Inspect(v.Values[i], func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			if isName(n.Fun, "new") || isName(n.Fun, "make") {
				why = "is made empty, to be filled later"
			}
		case *ast.SelectorExpr:
			if (isName(n.X, "sync") && !strings.HasPrefix(n.Sel.Name, "OnceValue")) || isName(n.X, "atomic") {
				why = "is a lock or a counter"
			}
		}
		return why == ""
	})
	return why
}

// embeds tells a variable that the compiler fills from files.
func embeds(d *ast.GenDecl, v *ast.ValueSpec) bool {
	for _, doc := range []*ast.CommentGroup{d.Doc, v.Doc} {
		if doc == nil {
			continue
		}
		for _, c := range doc.List {
			if strings.HasPrefix(c.Text, "//go:embed ") {
				return true
			}
		}
	}
	return false
}

// writes tells where a package variable is assigned to, or its address taken.
func (h house) writes(f *source, vars variables) []string {
	var bad []string
	flag := func(e ast.Expr, what string) {
		if name := rootOf(e); name != nil && vars.names[name.Name] && !vars.local(name) {
			bad = append(bad, h.at(e.Pos(), "package variable %s %s", name.Name, what))
		}
	}
	ast.Inspect(f.tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, left := range n.Lhs {
				if n.Tok != token.DEFINE {
					flag(left, "is assigned to")
				}
			}
		case *ast.IncDecStmt:
			flag(n.X, "is assigned to")
		case *ast.RangeStmt:
			if n.Tok == token.ASSIGN {
				flag(n.Key, "is assigned to")
				flag(n.Value, "is assigned to")
			}
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				flag(n.X, "gives its address away")
			}
		case *ast.CallExpr:
			if (isName(n.Fun, "delete") || isName(n.Fun, "clear") || isName(n.Fun, "copy")) && len(n.Args) > 0 {
				flag(n.Args[0], "is changed")
			}
		}
		return true
	})
	return bad
}

// rootOf is the variable that an expression is a part of.
func rootOf(e ast.Expr) *ast.Ident {
	for {
		switch x := e.(type) {
		case *ast.Ident:
			return x
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.SliceExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		default:
			return nil
		}
	}
}

// local tells a name that a function declared, which hides a package variable of the same name. The parser resolves names within a file: what it
// found is a declaration of this file, at the top or in a function; what it did not find is of another file of the package.
func (v variables) local(name *ast.Ident) bool {
	if name.Obj == nil {
		return false
	}
	spec, ok := name.Obj.Decl.(*ast.ValueSpec)
	return !ok || !v.specs[spec]
}
