package content_test

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"aulacomune/content"
)

const arranged = `# Il corso
slug: prova   # non si cambia
title: T
summary: S
objectives: [o]

modules:   # in ordine

  # Da rivedere
  - id: uno
    folder: m
    title: "Il primo" # breve
    summary: >
      Un riassunto
      lungo.

  - {id: due, folder: n, title: Due}
  # L'ultimo
  -
    id: tre
    folder: o
    title: Tre
    objects:
      - c.md # prima questo
      - o/a.md

# Note in fondo
minutes: 3
`

// modulesOf are those of the course above with other objects.
func modulesOf(one, two, three string) content.Outline {
	return content.Outline{Modules: []content.OutlineModule{
		{ID: "uno", Folder: "m", Title: "Il primo", Summary: "Un riassunto lungo.", Objects: strings.Fields(one)},
		{ID: "due", Folder: "n", Title: "Due", Objects: strings.Fields(two)},
		{ID: "tre", Folder: "o", Title: "Tre", Objects: strings.Fields(three)},
	}}
}

// arrangeable is a folder with that course.yaml, and files that its modules take.
func arrangeable(manifest string) content.Folder {
	f := content.Folder{Texts: map[string][]byte{"course.yaml": []byte(manifest)}}
	for _, name := range strings.Fields("m/a.md m/b.md n/a.md o/a.md o/b.md o/c.md") {
		f.Texts[name] = object(strings.NewReplacer("/", "-", ".md", "").Replace(name), "Testo.\n")
	}
	return f
}

func TestReadOutline(t *testing.T) {
	got, ok := content.ReadOutline(arrangeable(arranged))
	if diff := cmp.Diff(modulesOf("m/a.md m/b.md", "n/a.md", "o/c.md o/a.md o/b.md").Modules, got.Modules); diff != "" || !ok || got.Slug != "prova" || got.Title != "T" {
		t.Error(ok, diff)
	}
	broken := strings.NewReplacer("folder: n", "folder: n, colore: blu", "c.md", "manca.md", "slug: prova", "slug: [").Replace(arranged)
	if _, ok := content.ReadOutline(arrangeable(broken)); ok {
		t.Error("what is not YAML was read")
	}
	got, ok = content.ReadOutline(arrangeable(strings.Replace(broken, "slug: [", "slug: No!", 1)))
	if diff := cmp.Diff(modulesOf("m/a.md m/b.md", "n/a.md", "o/a.md o/b.md o/c.md").Modules, got.Modules); diff != "" || !ok {
		t.Error(ok, diff)
	}
	if _, ok := content.ReadOutline(content.Folder{}); ok {
		t.Error("a folder without a course has an outline")
	}
}

func TestArrange(t *testing.T) {
	same := modulesOf("m/a.md m/b.md", "n/a.md", "o/c.md o/a.md o/b.md")
	change := func(f func([]content.OutlineModule) []content.OutlineModule) content.Outline {
		return content.Outline{Modules: f(slices.Clone(same.Modules))}
	}
	before, modules, _ := strings.Cut(arranged, "\n  # Da rivedere\n")
	modules, after, _ := strings.Cut(modules, "\n# Note")
	one, two, _ := strings.Cut(modules, "  - {id")
	two, three, _ := strings.Cut(two, "  # L'ultimo\n")
	one, two, three = "  # Da rivedere\n"+one, "  - {id"+two, "  # L'ultimo\n"+three
	for _, c := range []struct {
		name    string
		outline content.Outline
		modules string
	}{
		{"nothing", same, one + two + three},
		{"another order", change(func(m []content.OutlineModule) []content.OutlineModule {
			return []content.OutlineModule{m[2], m[0], m[1]}
		}), three + one + two},
		{"one less", change(func(m []content.OutlineModule) []content.OutlineModule { return slices.Delete(m, 1, 2) }), one + three},
		{"one more", change(func(m []content.OutlineModule) []content.OutlineModule {
			return slices.Insert(m, 1, content.OutlineModule{ID: "nuovo", Folder: "nuovo", Title: "Nuovo: sì"})
		}), one + "  - id: nuovo\n    folder: nuovo\n    title: 'Nuovo: sì'\n" + two + three},
		{"another title", change(func(m []content.OutlineModule) []content.OutlineModule {
			m[0].Title = `L'altro "primo"`
			return m
		}), "  # Da rivedere\n  - id: uno\n    folder: m\n    title: \"L'altro \\\"primo\\\"\" # breve\n    summary: >\n      Un riassunto lungo.\n\n" + two + three},
		{"another id", change(func(m []content.OutlineModule) []content.OutlineModule {
			m[1].ID = "secondo"
			return m
		}), one + "  - {id: secondo, folder: n, title: Due}\n" + three},
		{"an object elsewhere", modulesOf("m/b.md", "n/a.md m/a.md", "o/c.md o/a.md o/b.md"), one + "  - id: due\n    folder: n\n    title: Due\n    objects:\n      - n/a.md\n      - m/a.md\n" + three},
		{"objects in another order", modulesOf("m/a.md m/b.md", "n/a.md", "o/a.md o/b.md o/c.md"), one + two + "  # L'ultimo\n  - id: tre\n    folder: o\n    title: Tre\n    objects:\n      - o/a.md\n      - o/b.md\n      - c.md # prima questo\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := content.Arrange([]byte(arranged), c.outline)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(before+"\n"+c.modules+"\n# Note"+after, string(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestArrangeForms arranges course.yaml written in other ways, twice: the second changes nothing.
func TestArrangeForms(t *testing.T) {
	for name, manifest := range map[string]string{
		"one line":    "slug: p\nmodules: [{id: uno, folder: m, title: Il primo, summary: Un riassunto lungo.}, {id: tre, folder: o, title: Tre}] # tutto qui\ntitle: T\n",
		"no indent":   "modules:\n# a\n- id: tre\n  folder: o/\n  title: Tre\n# b\n# c\n- id: uno\n  folder: m\n  title: Il primo\n# d",
		"none":        "slug: p\n",
		"none, bare":  "slug: p",
		"empty":       "modules: []\nslug: p\n",
		"null":        "modules:\nslug: p\n",
		"CRLF":        "slug: p\r\nmodules:\r\n  - id: uno\r\n    folder: m\r\n    title: Il primo\r\nminutes: 3\r\n",
		"end mark":    "slug: p\nmodules:\n  - id: uno\n    folder: m\n    title: Il primo\n...\n",
		"literal":     "modules:\n  - id: uno\n    title: Il primo\n    folder: m\n    summary: |\n      Un riassunto\n      # lungo.\n  # due\n  - id: due\n    folder: n\n    title: Due\n",
		"deep indent": "modules:\n        -   id: due\n            folder:   n\n            title: >-\n                Due\n            # dentro\n",
	} {
		t.Run(name, func(t *testing.T) {
			want := modulesOf("m/b.md m/a.md", "n/a.md o/a.md", "o/c.md o/b.md")
			got, err := content.Arrange([]byte(manifest), want)
			if err != nil {
				t.Fatal(err)
			}
			if outline, ok := content.ReadOutline(arrangeable(string(got))); !ok || cmp.Diff(want.Modules, outline.Modules) != "" {
				t.Errorf("%s\n%s", got, cmp.Diff(want.Modules, outline.Modules))
			}
			for _, mark := range []string{"# a", "# b\n", "# c\n", "# d", "# due", "# dentro", "slug: p", "title: T\n", "minutes: 3\r\n"} {
				if strings.Contains(manifest, mark) && !strings.Contains(string(got), mark) {
					t.Errorf("%q is lost:\n%s", mark, got)
				}
			}
			if again, err := content.Arrange(got, want); err != nil || !bytes.Equal(got, again) {
				t.Errorf("%v\n%s", err, cmp.Diff(string(got), string(again)))
			}
		})
	}
	for name, manifest := range map[string]string{"no YAML": "a: [", "a list": "- a\n", "one line": "{slug: p, modules: []}\n", "no list": "modules: x\n", "an alias": "a: &a x\nmodules: []\n", "nothing": ""} {
		if got, err := content.Arrange([]byte(manifest), content.Outline{Modules: []content.OutlineModule{{}}}); err == nil {
			t.Errorf("%s became %s", name, got)
		}
	}
}

// TestArrangeAndRead: whatever order modules and objects are brought into, reading it gives that order, and what is outside stays.
func TestArrangeAndRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		manifest := []byte(arranged)
		for range 3 {
			files := rapid.Permutation(slices.Sorted(maps.Keys(arrangeable("").Texts))).Draw(t, "files")
			files = slices.DeleteFunc(files, func(name string) bool { return name == "course.yaml" })
			modules := rapid.Permutation(modulesOf("", "", "").Modules).Draw(t, "modules")
			for i := range modules {
				n := len(files)
				if i+1 < len(modules) {
					n = rapid.IntRange(0, len(files)).Draw(t, "objects")
				}
				modules[i].Title = rapid.SampledFrom([]string{modules[i].Title, "Un altro: \"sì\"", "# 1"}).Draw(t, "title")
				modules[i].Objects, files = files[:n:n], files[n:]
			}
			want := content.Outline{Slug: "prova", Title: "T", Modules: modules}
			got, err := content.Arrange(manifest, want)
			if err != nil {
				t.Fatal(err)
			}
			outline, _ := content.ReadOutline(arrangeable(string(got)))
			if fmt.Sprint(outline) != fmt.Sprint(want) {
				t.Fatalf("want %v\ngot  %v\n%s", want, outline, got)
			}
			if !strings.HasPrefix(string(got), arranged[:strings.Index(arranged, "  # in ordine")]) || !strings.HasSuffix(string(got), arranged[strings.Index(arranged, "\n# Note"):]) {
				t.Fatalf("%s", got)
			}
			for _, comment := range []string{"  # Da rivedere\n  - id: uno\n", "  # L'ultimo\n"} {
				if !strings.Contains(string(got), comment) {
					t.Fatalf("%q is lost:\n%s", comment, got)
				}
			}
			manifest = got
		}
	})
}
