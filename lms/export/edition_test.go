package export_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"aulacomune/content"
	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/export"
	"aulacomune/lms/web"
	"aulacomune/storage/storagetest"

	"golang.org/x/net/html"
)

// edition is an edition on a real object store.
type edition struct {
	export.Outgoing
	t       *testing.T
	objects lms.Objects
}

const address = "https://corsi.example.it/corsi/tutto"

// editionOf compiles a course's folder and stores its media.
func editionOf(t *testing.T, dir string) *edition {
	t.Helper()
	files := os.DirFS(dir)
	folder, err := content.ReadFolder(t.Context(), files)
	must(t, err)
	c, findings := content.Compile(folder)
	if course.HasErrors(findings) {
		t.Fatal(findings)
	}
	e := newEdition(t, c)
	texts := folder.Canonical().Texts
	for _, m := range c.Media {
		body, ok := texts[m.Path]
		if !ok {
			body, err = os.ReadFile(path.Join(dir, m.Path))
			must(t, err)
		}
		e.put(m.Hash, body, m.Type)
	}
	return e
}

func newEdition(t *testing.T, c course.Course) *edition {
	e := &edition{t: t, objects: storagetest.OpenObjects(t)}
	e.Outgoing = export.Outgoing{
		Content: &c, Owner: "Associazione dei Comuni <della Valle>", Address: address,
		Edition: lms.Edition{Number: 2, Hash: c.Hash, At: time.Date(2026, 3, 2, 23, 30, 0, 0, time.UTC)},
		Open: func(ctx context.Context, h course.Hash) (lms.Object, error) {
			return e.objects.Open(ctx, "media/"+string(h))
		},
	}
	return e
}

func (e *edition) put(h course.Hash, body []byte, mediaType string) {
	e.t.Helper()
	must(e.t, e.objects.Put(e.t.Context(), "media/"+string(h), bytes.NewReader(body), int64(len(body)), mediaType))
}

// exporter draws with what pages are drawn with.
func exporter(t *testing.T) *export.Exporter {
	t.Helper()
	assets, err := web.Assets()
	must(t, err)
	x, err := export.New(export.Options{Asset: assets.Body})
	must(t, err)
	return x
}

// packed gives the bytes of a form, and holds their size against the one that was said.
func (e *edition) packed(form export.Form) []byte {
	e.t.Helper()
	p, err := exporter(e.t).Pack(e.t.Context(), e.Outgoing, form)
	must(e.t, err)
	var b bytes.Buffer
	must(e.t, p.Write(e.t.Context(), &b))
	if int64(b.Len()) != p.Size {
		e.t.Errorf("%s: %d bytes, %d were said", p.Name, b.Len(), p.Size)
	}
	return b.Bytes()
}

// folder unpacks the web folder.
func (e *edition) folder() map[string][]byte {
	e.t.Helper()
	raw := e.packed(export.Folder)
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	must(e.t, err)
	out := map[string][]byte{}
	var names []string
	for _, f := range z.File {
		r, err := f.Open()
		must(e.t, err)
		out[f.Name], err = io.ReadAll(r)
		must(e.t, err)
		names = append(names, f.Name)
	}
	if !slices.IsSorted(names) || len(out) != len(names) {
		e.t.Errorf("entries %q", names)
	}
	return out
}

// page is the one page to print.
func (e *edition) page() []byte { e.t.Helper(); return e.packed(export.Page) }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// parse reads a page.
func parse(t *testing.T, page []byte) *html.Node {
	t.Helper()
	n, err := html.Parse(bytes.NewReader(page))
	must(t, err)
	return n
}

// elements are the elements of a page, in order.
func elements(root *html.Node) []*html.Node {
	var out []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			out = append(out, n)
		}
	}
	return out
}

// attr is an attribute of an element.
func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// say is what an element says.
func say(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
