package front

import (
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"

	"aulacomune/lms/web/press"
)

//go:embed templates
var templateFiles embed.FS

// pagesOf are the templates of the pages of a room.
func pagesOf(room Room) ([]string, error) {
	if room.Templates == nil {
		return nil, nil
	}
	return fs.Glob(room.Templates, "templates/*.html")
}

// own is what the front itself brings to the templates: layout, parts, and the pages that any route may answer with.
func own() Room { return Room{Name: "front", Templates: templateFiles} }

// Parse gives each page of the rooms, and of the front, a tree of its own in a language: its own templates, and of layout and parts what it calls.
func Parse(a *AssetSet, m *Messages, lang string, rooms ...Room) (map[string]*template.Template, error) {
	funcs, err := Funcs(a, m, lang)
	if err != nil {
		return nil, err
	}
	rooms = append([]Room{own()}, rooms...)
	base, err := parseParts(funcs, rooms)
	if err != nil {
		return nil, err
	}
	press.FoldConstants(base, funcs)
	pages := map[string]*template.Template{}
	for _, room := range rooms {
		files, err := pagesOf(room)
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			name := strings.TrimSuffix(path.Base(f), ".html")
			if strings.HasPrefix(name, "layout") {
				continue
			}
			if pages[name] != nil {
				return nil, fmt.Errorf("page %s of room %s: another room has a page of that name", name, room.Name)
			}
			if pages[name], err = parsePage(room, f, funcs, base); err != nil {
				return nil, fmt.Errorf("parse %s of room %s: %w", f, room.Name, err)
			}
		}
	}
	return pages, nil
}

// parseParts parses the layout and the parts of all rooms.
func parseParts(funcs template.FuncMap, rooms []Room) (*template.Template, error) {
	base := template.New("").Funcs(funcs)
	for _, room := range rooms {
		if room.Templates == nil {
			continue
		}
		var files []string
		for _, pattern := range []string{"templates/layout*.html", "templates/parts/*.html"} {
			found, err := fs.Glob(room.Templates, pattern)
			if err != nil {
				return nil, err
			}
			files = append(files, found...)
		}
		for _, f := range files {
			t, err := template.New("").Funcs(funcs).ParseFS(room.Templates, f)
			if err != nil {
				return nil, fmt.Errorf("parse %s of room %s: %w", f, room.Name, err)
			}
			if err := take(base, t); err != nil {
				return nil, fmt.Errorf("parse %s of room %s: %w", f, room.Name, err)
			}
		}
	}
	return base, nil
}

// take adds the parts of a file to those that are there.
func take(base, file *template.Template) error {
	for _, name := range press.Names(file) {
		if strings.HasSuffix(name, ".html") { // the file itself: what stands between its parts
			continue
		}
		if base.Lookup(name) != nil {
			return fmt.Errorf("there is a part %q already", name)
		}
		if _, err := base.AddParseTree(name, file.Lookup(name).Tree); err != nil {
			return err
		}
	}
	return nil
}

// parsePage parses a page with what it calls of the layout and the parts.
func parsePage(room Room, file string, funcs template.FuncMap, base *template.Template) (*template.Template, error) {
	t, err := template.New("").Funcs(funcs).ParseFS(room.Templates, file)
	if err != nil {
		return nil, err
	}
	press.FoldConstants(t, funcs)
	entrances := []string{"layout"}
	if file == "templates/"+anyPage+".html" {
		entrances = press.Names(base)
	}
	return t, press.Complete(t, base, entrances...)
}
