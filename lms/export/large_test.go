package export_test

import (
	"fmt"
	"path"
	"strings"
	"testing"

	"aulacomune/course"

	"golang.org/x/net/html"
)

// TestALargeCourse of a thousand objects stays one that can be carried: no page lists all the others, and yet all are linked.
func TestALargeCourse(t *testing.T) {
	c := course.Course{Slug: "grande", Title: "Grande", Lang: "it", Hash: course.Hash(strings.Repeat("d", 64))}
	for m := range 20 {
		module := course.Module{ID: course.ModuleID(fmt.Sprint("m", m)), Title: fmt.Sprint("Modulo ", m)}
		for o := range 50 {
			id := course.ObjectID(fmt.Sprintf("o-%d-%d", m, o))
			module.Objects = append(module.Objects, course.Object{ID: id, Title: fmt.Sprint("Oggetto ", id), Kind: course.Reading, Minutes: 1, HTML: fmt.Sprintf(`<p><a href="o-%d-%d">Altro</a></p>`, 19-m, o)})
		}
		c.Modules = append(c.Modules, module)
	}
	e := newEdition(t, c)
	folder, size := e.folder(), 0
	pages := map[string]*html.Node{"index.html": parse(t, folder["index.html"])}
	for name, body := range folder {
		if size += len(body); path.Ext(name) == ".html" && name != "index.html" && len(body) > 60_000 {
			t.Errorf("%s has %d bytes", name, len(body))
		}
	}
	if size > 50<<20 || len(folder) != 1003 {
		t.Errorf("%d files, %d MB", len(folder), size>>20)
	}
	for _, name := range []string{"pagine/0001-o-0-0.html", "pagine/0500-o-9-49.html", "pagine/1000-o-19-49.html"} {
		pages[name] = parse(t, folder[name])
		check := checker{t, name, folder, pages, map[string]bool{}}
		for _, n := range elements(pages[name]) {
			check.element(n)
		}
		if len(check.used) < 50 {
			t.Errorf("%s leads to %d files", name, len(check.used))
		}
	}
}
