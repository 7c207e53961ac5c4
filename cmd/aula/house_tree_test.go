package main_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// module is the path of our own packages.
const module = "aulacomune"

// house is the repository, read for the checks.
type house struct {
	fsys     fs.FS
	set      *token.FileSet
	rooms    []room
	packages []*pkg // in the order of their folders
	pages    []page // html templates
}

// pkg is a folder with Go files.
type pkg struct {
	dir   string
	files []*source
}

// source is a Go file.
type source struct {
	path      string
	tree      *ast.File
	lines     int
	test      bool
	generated bool
}

// page is an html template.
type page struct {
	path  string
	lines int
}

// readHouse parses every Go file but those of testdata and of folders that tools write.
func readHouse(fsys fs.FS, table []room) (house, error) {
	h := house{fsys: fsys, set: token.NewFileSet(), rooms: table}
	packages := map[string]*pkg{}
	err := fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if p != "." && foreign(path.Base(p)) {
				return fs.SkipDir
			}
			return nil
		}
		switch path.Ext(p) {
		case ".go":
			return h.readGo(packages, p)
		case ".html":
			text, err := fs.ReadFile(fsys, p)
			h.pages = append(h.pages, page{p, bytes.Count(text, []byte("\n"))})
			return err
		}
		return nil
	})
	for _, dir := range slices.Sorted(maps.Keys(packages)) {
		h.packages = append(h.packages, packages[dir])
	}
	return h, err
}

// foreign tells the folders that hold nothing of ours to check.
func foreign(name string) bool {
	return name == "testdata" || name == "node_modules" || name == "bin" || name == "data" || name == "data-demo" || name == "dist" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")
}

func (h *house) readGo(packages map[string]*pkg, p string) error {
	text, err := fs.ReadFile(h.fsys, p)
	if err != nil {
		return err
	}
	tree, err := parser.ParseFile(h.set, p, text, parser.ParseComments)
	if err != nil {
		return err
	}
	dir := path.Dir(p)
	if packages[dir] == nil {
		packages[dir] = &pkg{dir: dir}
	}
	packages[dir].files = append(packages[dir].files, &source{
		path: p, tree: tree, lines: bytes.Count(text, []byte("\n")), test: strings.HasSuffix(p, "_test.go"), generated: ast.IsGenerated(tree),
	})
	return nil
}

// own are the files of a package that the rules are for: no tests, nothing generated.
func (p *pkg) own() []*source {
	return slices.DeleteFunc(slices.Clone(p.files), func(f *source) bool { return f.test || f.generated })
}

// roomOf is the row of a folder.
func (h house) roomOf(dir string) (room, bool) {
	i := slices.IndexFunc(h.rooms, func(r room) bool { return r.path == dir })
	if i < 0 {
		return room{}, false
	}
	return h.rooms[i], true
}

// at writes where something is, and what is wrong there.
func (h house) at(pos token.Pos, format string, a ...any) string {
	p := h.set.Position(pos)
	return fmt.Sprintf("%s:%d: %s", p.Filename, p.Line, fmt.Sprintf(format, a...))
}
