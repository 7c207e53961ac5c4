package export_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"aulacomune/lms/export"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
)

var update = flag.Bool("update", false, "write what is exported into testdata/want")

// TestGolden: a course with every construct gives these files, and each page this structure.
func TestGolden(t *testing.T) {
	e := editionOf(t, "testdata/tutto")
	folder := e.folder()
	got := map[string]string{"names": strings.Join(slices.Sorted(maps.Keys(folder)), "\n") + "\n", "page.html": outline(parse(t, e.page()))}
	for name, body := range folder {
		if strings.HasSuffix(name, ".html") {
			got[name] = outline(parse(t, body))
		}
	}
	for name, text := range got {
		file := filepath.Join("testdata/want", strings.ReplaceAll(name, "/", "-")+".txt")
		if *update {
			must(t, os.WriteFile(file, []byte(text), 0o644))
			continue
		}
		want, err := os.ReadFile(file)
		must(t, err)
		if diff := cmp.Diff(string(want), text); diff != "" {
			t.Errorf("%s: want (-), got (+); with -update the file is written anew\n%s", name, diff)
		}
	}
	if files, err := os.ReadDir("testdata/want"); err != nil || len(files) != len(got) {
		t.Errorf("%d files are wanted, %d came %v", len(files), len(got), err)
	}
}

// outline writes a page as its elements, one a line, with what matters of their attributes and the words directly in them. Drawings and styles
// are not looked into, and data is cut short.
func outline(root *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node, int)
	walk = func(n *html.Node, depth int) {
		switch n.Type {
		case html.TextNode:
			if text := strings.Join(strings.Fields(n.Data), " "); text != "" {
				fmt.Fprintf(&b, "%s%q\n", strings.Repeat("  ", depth), text)
			}
			return
		case html.ElementNode:
			fmt.Fprintf(&b, "%s%s", strings.Repeat("  ", depth), n.Data)
			for _, a := range n.Attr {
				if a.Key != "class" || n.Data != "svg" {
					fmt.Fprintf(&b, " %s=%q", a.Key, shortened(a.Val))
				}
			}
			b.WriteByte('\n')
			depth++
		}
		if n.Data == "svg" || n.Data == "style" {
			return
		}
		for c := range n.ChildNodes() {
			walk(c, depth)
		}
	}
	walk(root, 0)
	return b.String()
}

// shortened leaves of data and hashes only that they are there.
func shortened(value string) string {
	if head, _, ok := strings.Cut(value, ";base64,"); ok {
		return head + ";base64,…"
	}
	if head, rest, ok := strings.Cut(value, "'sha256-"); ok {
		_, tail, _ := strings.Cut(rest, "'")
		return head + "'sha256-…'" + tail
	}
	return value
}

// TestTheSameEditionGivesTheSameBytes, whoever exports it, and in whatever order its media are listed.
func TestTheSameEditionGivesTheSameBytes(t *testing.T) {
	e := editionOf(t, "testdata/tutto")
	for _, form := range []export.Form{export.Folder, export.Page} {
		first := e.packed(form)
		other := *e.Content
		other.Media = slices.Clone(other.Media)
		slices.Reverse(other.Media)
		e.Content = &other
		if second := e.packed(form); string(first) != string(second) {
			t.Errorf("%s: two exports of one edition differ", form)
		}
	}
}
