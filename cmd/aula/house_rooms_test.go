package main_test

import (
	"fmt"
	"go/ast"
	"path"
	"slices"
	"strconv"
	"strings"
)

// charters: a package is a room of the table, and its comment starts with the room's charter.
func (h house) charters() []string {
	var bad []string
	for _, p := range h.packages {
		own := p.own()
		if len(own) == 0 {
			continue
		}
		r, ok := h.roomOf(p.dir)
		if !ok {
			bad = append(bad, fmt.Sprintf("%s: a room that the table in cmd/aula/house_test.go does not have", p.dir))
			continue
		}
		var comment string
		for _, f := range own {
			if f.tree.Doc != nil {
				comment = strings.Join(strings.Fields(f.tree.Doc.Text()), " ")
			}
		}
		if !strings.HasPrefix(comment, r.charter) {
			bad = append(bad, fmt.Sprintf("%s: its package comment does not start with %q", p.dir, r.charter))
		}
	}
	return bad
}

// imported calls visit with every import of every file that is not a test.
func (h house) imported(visit func(p *pkg, spec *ast.ImportSpec, name string)) {
	for _, p := range h.packages {
		for _, f := range p.files {
			for _, spec := range f.tree.Imports {
				if name, err := strconv.Unquote(spec.Path.Value); err == nil && !f.test {
					visit(p, spec, name)
				}
			}
		}
	}
}

// arrows: a room imports only the rooms its row names. Tests may import any.
func (h house) arrows() []string {
	var bad []string
	h.imported(func(p *pkg, spec *ast.ImportSpec, name string) {
		to, ours := strings.CutPrefix(name, module+"/")
		if !ours {
			return
		}
		r, _ := h.roomOf(p.dir)
		if target, ok := h.roomOf(to); !ok {
			bad = append(bad, h.at(spec.Pos(), "%s imports %s, which is no room", p.dir, to))
		} else if target.helper && !r.helper {
			bad = append(bad, h.at(spec.Pos(), "%s imports %s, which is for tests alone", p.dir, to))
		} else if !slices.ContainsFunc(r.ours, func(o string) bool { return reaches(o, target) }) {
			bad = append(bad, h.at(spec.Pos(), "%s may not import %s", p.dir, to))
		}
	})
	return bad
}

// reaches tells whether a row's word names a room: by itself, or as the folder of rooms that it is (content, storage).
func reaches(word string, target room) bool {
	return word == "*" || word == target.path || (word == "content" || word == "storage") && strings.HasPrefix(target.path, word+"/")
}

// libraries: a room imports only the modules its row names. Tests may import any.
func (h house) libraries() []string {
	var bad []string
	h.imported(func(p *pkg, spec *ast.ImportSpec, name string) {
		first, _, _ := strings.Cut(name, "/")
		if !strings.Contains(first, ".") || first == module {
			return
		}
		r, _ := h.roomOf(p.dir)
		if !slices.ContainsFunc(r.theirs, func(m string) bool { return name == m || strings.HasPrefix(name, m+"/") }) {
			bad = append(bad, h.at(spec.Pos(), "%s may not import %s: it has another home", p.dir, name))
		}
	})
	return bad
}

// purity: course has no clock, no files, no network, no chance and no log.
func (h house) purity() []string {
	var bad []string
	h.imported(func(p *pkg, spec *ast.ImportSpec, name string) {
		if p.dir == "course" && slices.Contains([]string{"os", "net", "io/fs", "log", "math", "embed", "database"}, first(name)) && name != "net/url" && name != "math" {
			bad = append(bad, h.at(spec.Pos(), "course is pure and may not import %s", name))
		}
	})
	for _, p := range h.packages {
		if p.dir != "course" {
			continue
		}
		for _, f := range p.own() {
			ast.Inspect(f.tree, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok && isName(s.X, "time") && (s.Sel.Name == "Now" || s.Sel.Name == "Since" || s.Sel.Name == "Until") {
					bad = append(bad, h.at(s.Pos(), "course is pure and has no clock"))
				}
				return true
			})
		}
	}
	return bad
}

// first is the part of an import that decides: io/fs, or what stands before the slash.
func first(name string) string {
	if name == "io/fs" {
		return name
	}
	name, _, _ = strings.Cut(name, "/")
	return name
}

func isName(e ast.Expr, name string) bool {
	i, ok := e.(*ast.Ident)
	return ok && i.Name == name
}

// drawers: no folder, package or file has a name that says nothing.
func (h house) drawers() []string {
	var bad []string
	for _, p := range h.packages {
		for part := range strings.SplitSeq(p.dir, "/") {
			if isDrawer(part) {
				bad = append(bad, fmt.Sprintf("%s: a drawer called %s", p.dir, part))
			}
		}
		for _, f := range p.files {
			if stem := strings.TrimSuffix(strings.TrimSuffix(path.Base(f.path), ".go"), "_test"); isDrawer(stem) || isDrawer(f.tree.Name.Name) {
				bad = append(bad, fmt.Sprintf("%s: a drawer", f.path))
			}
		}
	}
	return bad
}

func isDrawer(name string) bool {
	return slices.Contains([]string{"util", "utils", "common", "helper", "helpers", "model", "models", "type", "types", "base", "misc"}, name)
}
