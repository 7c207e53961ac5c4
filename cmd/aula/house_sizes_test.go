package main_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"
)

// The sizes above which a thing has become another thing.
const (
	maxFunction   = 80   // lines
	maxHandler    = 60   // lines, of what takes a *fiber.Ctx or a *front.Request
	maxParameters = 5    // without the receiver
	maxFile       = 500  // lines
	maxPackage    = 6000 // lines
	maxInterface  = 7    // methods
	maxTemplate   = 200  // lines
	tableRows     = 8    // a literal with so many rows, each on its own line, is a table: its lines don't count
)

// functions: length and parameters.
func (h house) functions() []string {
	var bad []string
	for _, p := range h.packages {
		for _, f := range p.own() {
			for _, d := range f.tree.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok {
					bad = append(bad, h.function(p, fn)...)
				}
			}
		}
	}
	return bad
}

func (h house) function(p *pkg, fn *ast.FuncDecl) []string {
	var bad []string
	limit, kind := maxFunction, "function"
	if (strings.HasPrefix(p.dir, "lms/web") || p.dir == "lms/api") && isHandler(fn) {
		limit, kind = maxHandler, "handler"
	}
	if n := h.span(fn) - h.tables(fn); n > limit {
		bad = append(bad, h.at(fn.Pos(), "%s %s has %d lines, stop above %d", kind, fn.Name.Name, n, limit))
	}
	if n := fn.Type.Params.NumFields(); n > maxParameters {
		bad = append(bad, h.at(fn.Pos(), "%s has %d parameters, stop above %d", fn.Name.Name, n, maxParameters))
	}
	return bad
}

// isHandler tells whether a function takes a request: a *fiber.Ctx, or what the front makes of one.
func isHandler(fn *ast.FuncDecl) bool {
	for _, field := range fn.Type.Params.List {
		if star, ok := field.Type.(*ast.StarExpr); ok {
			if s, ok := star.X.(*ast.SelectorExpr); ok && (isName(s.X, "fiber") && s.Sel.Name == "Ctx" || isName(s.X, "front") && s.Sel.Name == "Request") {
				return true
			}
		}
	}
	return false
}

// span is how many lines a piece of a file has.
func (h house) span(n ast.Node) int {
	return h.set.Position(n.End()).Line - h.set.Position(n.Pos()).Line + 1
}

// tables counts the lines of the tables in a piece of a file.
func (h house) tables(n ast.Node) int {
	lines := 0
	ast.Inspect(n, func(n ast.Node) bool {
		table, ok := n.(*ast.CompositeLit)
		if !ok || !isList(table) {
			return true
		}
		rows, last := 0, 0
		for _, e := range table.Elts {
			if line := h.set.Position(e.Pos()).Line; line > last {
				rows, last = rows+1, line
			}
		}
		if rows < tableRows {
			return true
		}
		lines += h.span(table) - 1
		return false
	})
	return lines
}

// isList tells slices, arrays and maps from structs.
func isList(c *ast.CompositeLit) bool {
	switch c.Type.(type) {
	case *ast.ArrayType, *ast.MapType:
		return true
	}
	return false
}

// lengths: files and packages.
func (h house) lengths() []string {
	var bad []string
	for _, p := range h.packages {
		total := 0
		for _, f := range p.own() {
			n := f.lines - h.tables(f.tree)
			total += n
			if n > maxFile {
				bad = append(bad, fmt.Sprintf("%s: %d lines, stop above %d", f.path, n, maxFile))
			}
		}
		if total > maxPackage {
			bad = append(bad, fmt.Sprintf("%s: %d lines without tests, stop above %d", p.dir, total, maxPackage))
		}
	}
	return bad
}

// interfaces: how many methods, with those of the embedded interfaces of the same package.
func (h house) interfaces() []string {
	var bad []string
	for _, p := range h.packages {
		known := map[string]*ast.InterfaceType{}
		p.types(func(spec *ast.TypeSpec) {
			if i, ok := spec.Type.(*ast.InterfaceType); ok {
				known[spec.Name.Name] = i
			}
		})
		p.types(func(spec *ast.TypeSpec) {
			if i, ok := spec.Type.(*ast.InterfaceType); ok {
				if n := methods(i, known); n > maxInterface {
					bad = append(bad, h.at(spec.Pos(), "interface %s has %d methods, stop above %d", spec.Name.Name, n, maxInterface))
				}
			}
		})
	}
	return bad
}

// types visits every type of a package, at whatever depth.
func (p *pkg) types(visit func(*ast.TypeSpec)) {
	for _, f := range p.own() {
		ast.Inspect(f.tree, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok {
				visit(spec)
			}
			return true
		})
	}
}

func methods(i *ast.InterfaceType, known map[string]*ast.InterfaceType) int {
	n := 0
	for _, m := range i.Methods.List {
		n += len(m.Names)
		if name, ok := m.Type.(*ast.Ident); ok && len(m.Names) == 0 && known[name.Name] != nil {
			n += methods(known[name.Name], known)
		} else if _, outside := m.Type.(*ast.SelectorExpr); outside && len(m.Names) == 0 {
			n++ // of another package: at least one
		}
	}
	return n
}

// templates: how long.
func (h house) templates() []string {
	var bad []string
	for _, p := range h.pages {
		if p.lines > maxTemplate {
			bad = append(bad, fmt.Sprintf("%s: %d lines, stop above %d", p.path, p.lines, maxTemplate))
		}
	}
	return bad
}

// docs: every exported declaration has a comment of its own, or that of its group.
func (h house) docs() []string {
	var bad []string
	for _, p := range h.packages {
		for _, f := range p.own() {
			for _, d := range f.tree.Decls {
				switch d := d.(type) {
				case *ast.FuncDecl:
					if d.Name.IsExported() && exportedReceiver(d) && d.Doc == nil && !selfEvident(d) {
						bad = append(bad, h.at(d.Pos(), "%s is exported and not explained", d.Name.Name))
					}
				case *ast.GenDecl:
					bad = append(bad, h.group(d)...)
				}
			}
		}
	}
	return bad
}

// exportedReceiver tells whether a function, or the type of a method, can be seen from outside.
func exportedReceiver(fn *ast.FuncDecl) bool {
	if fn.Recv == nil {
		return true
	}
	receiver := fn.Recv.List[0].Type
	for {
		switch t := receiver.(type) {
		case *ast.StarExpr:
			receiver = t.X
		case *ast.IndexExpr:
			receiver = t.X
		case *ast.IndexListExpr:
			receiver = t.X
		case *ast.Ident:
			return t.IsExported()
		default:
			return true
		}
	}
}

// selfEvident are methods that the standard library explains.
func selfEvident(fn *ast.FuncDecl) bool {
	return fn.Recv != nil && (fn.Name.Name == "Error" || fn.Name.Name == "String" || fn.Name.Name == "Unwrap")
}

// group checks what one const, var or type declaration explains.
func (h house) group(d *ast.GenDecl) []string {
	if d.Tok == token.IMPORT {
		return nil
	}
	var bad []string
	for _, spec := range d.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() && s.Doc == nil && s.Comment == nil && (d.Doc == nil || d.Lparen.IsValid()) {
				bad = append(bad, h.at(s.Pos(), "%s is exported and not explained", s.Name.Name))
			}
		case *ast.ValueSpec:
			if names := exportedNames(s); len(names) > 0 && d.Doc == nil && s.Doc == nil && s.Comment == nil {
				bad = append(bad, h.at(s.Pos(), "%s is exported and not explained", strings.Join(names, ", ")))
			}
		}
	}
	return bad
}

func exportedNames(s *ast.ValueSpec) []string {
	var names []string
	for _, n := range s.Names {
		if n.IsExported() {
			names = append(names, n.Name)
		}
	}
	return names
}
