package content_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"aulacomune/content"
	"aulacomune/course"
)

// FuzzCompile feeds the compiler any body: it must end, never panic, and write nothing but well-formed, harmless HTML.
// Its seeds are the golden files and the vectors in testdata/xss.txt.
func FuzzCompile(f *testing.F) {
	for _, vector := range vectors(f) {
		f.Add(vector)
	}
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range parseArchive(text).files {
			if _, body, ok := strings.Cut(file.data, "\n---\n"); ok {
				f.Add(body)
			}
		}
	}
	f.Fuzz(func(t *testing.T, body string) {
		if len(body) > 100_000 {
			t.Skip("a long text is another test's")
		}
		compileBody(t, body)
	})
}

// FuzzFolder feeds the compiler any front matter, course.yaml and captions.
func FuzzFolder(f *testing.F) {
	f.Add(manifest, "id: uno\ntitle: T\nkind: pill\nminutes: 1\nvideo: {file: v.mp4, captions: v.vtt}\n", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna>Ciao &amp; <i>via\n")
	f.Add("a: &a [*a]\n", "? [x]\n: y\n", "WEBVTT\n\n-->\n")
	f.Add("\t", "id: !!binary x\n<<: {a: b}\n", "WEBVTT\nNOTE -->\n")
	f.Add("- - - -\n", "---\n---\n", "\uFEFFWEBVTT\r\n\r\n00:00.000-->00:00.001 a:b\r\n<")
	for file := range seeds(f) {
		switch head, isObject := strings.CutPrefix(file.data, "---\n"); {
		case file.name == "course.yaml":
			f.Add(file.data, "id: uno\n", "WEBVTT\n")
		case isObject:
			head, _, _ = strings.Cut(head, "---\n")
			f.Add(manifest, head, "WEBVTT\n")
		case strings.HasSuffix(file.name, ".vtt"):
			f.Add(manifest, "video: {file: v.mp4, captions: v.vtt}\n", file.data)
		}
	}
	f.Fuzz(func(t *testing.T, manifest, head, captions string) {
		if len(manifest)+len(head)+len(captions) > 50_000 {
			t.Skip("a long text is another test's")
		}
		made, findings := content.Compile(content.Folder{
			Texts: map[string][]byte{"course.yaml": []byte(manifest), "m/1.md": []byte("---\n" + head + "---\n\nTesto. ![a](../v.mp4)"), "v.vtt": []byte(captions)},
			Media: map[string]course.Media{"v.mp4": {Hash: "0", Type: "video/mp4", Seconds: 3}},
		})
		judged(t, made, findings)
	})
}

// seeds are the files of all golden archives.
func seeds(f *testing.F) iter.Seq[file] {
	return func(yield func(file) bool) {
		names, err := filepath.Glob("testdata/*.txtar")
		if err != nil || len(names) == 0 {
			f.Fatal("no testdata", err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			for _, file := range parseArchive(text).files {
				if !strings.HasPrefix(file.name, "want/") && !yield(file) {
					return
				}
			}
		}
	}
}

// FuzzCourse feeds the compiler whole folders, written as the golden archives are: names of files, shared texts, glossary, links
// between objects, in any form. What compiles without errors is the same course after it was packed and unpacked.
func FuzzCourse(f *testing.F) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		before, _, _ := strings.Cut(string(text), "-- want/")
		f.Add(before)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 50_000 {
			t.Skip("a long text is another test's")
		}
		folder := anyFolder(text)
		made, findings := content.Compile(folder)
		judged(t, made, findings)
		if again, other := content.Compile(folder); !reflect.DeepEqual(made, again) || !reflect.DeepEqual(findings, other) {
			t.Errorf("twice is not the same:\n%s\n%s", report(findings), report(other))
		}
		if course.HasErrors(findings) {
			return
		}
		packed, err := content.Zip(folder)
		if err != nil {
			t.Fatal(err)
		}
		texts, err := content.ReadTexts(bytes.NewReader(packed), int64(len(packed)))
		if err != nil {
			t.Fatalf("a course without errors does not come out of its archive: %v", err)
		}
		if again, _ := content.Compile(content.Folder{Texts: texts, Media: folder.Media}); again.Hash != made.Hash {
			t.Errorf("unpacked it is another edition: %s, %s", made.Hash, again.Hash)
		}
	})
}

// anyFolder makes a folder of a golden archive, whatever stands in it.
func anyFolder(text string) content.Folder {
	a := parseArchive([]byte(text))
	f := content.Folder{Texts: map[string][]byte{}, Media: map[string]course.Media{}, Refused: map[string]string{}}
	for line := range strings.Lines(a.comment) {
		if w := strings.Fields(line); len(w) == 7 && w[0] == "media" {
			seconds, _ := strconv.ParseFloat(w[3], 64) // 0 is as good
			width, _ := strconv.Atoi(w[4])
			f.Media[w[1]] = course.Media{Path: w[1], Hash: course.Hash(fmt.Sprintf("%064x", len(f.Media)+1)), Type: w[2], Seconds: seconds, Width: width, Height: 10, Size: 10}
		}
	}
	for _, file := range a.files {
		switch filepath.Ext(strings.ToLower(file.name)) {
		case ".md", ".yaml", ".vtt", ".svg":
			f.Texts[file.name] = []byte(file.data)
		default:
			f.Refused[file.name] = "no"
		}
	}
	return f
}

// FuzzReadTexts feeds the reader of archives any bytes: what it lets in is texts with names that stay in their folder.
func FuzzReadTexts(f *testing.F) {
	for _, entries := range [][]entry{
		{{name: "course.yaml", data: []byte(manifest)}, {name: "m/1.md", data: object("uno", "Testo.")}},
		{{name: "../a.md", data: []byte("a")}}, {{name: "a.md", data: []byte("/etc/passwd"), mode: fs.ModeSymlink | 0o777}}, {{name: "m/", mode: fs.ModeDir | 0o755}, {name: "m/e\u0300.md"}},
	} {
		f.Add(pack(f, entries))
	}
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, b []byte) {
		texts, err := content.ReadTexts(bytes.NewReader(b), int64(len(b)))
		var refused *content.ArchiveError
		if err != nil && !errors.As(err, &refused) {
			t.Errorf("%T: %v", err, err)
		}
		for name, text := range texts {
			if !fs.ValidPath(name) || !utf8.Valid(text) || strings.ContainsAny(name, "\\:\x00") {
				t.Errorf("%q came in", name)
			}
		}
	})
}

// FuzzSVG feeds the drawing check: what it lets through must be a well-formed drawing without anything that runs.
func FuzzSVG(f *testing.F) {
	f.Add(`<svg xmlns="http://www.w3.org/2000/svg"><rect width="1" fill="url(#a)"/></svg>`)
	f.Add(`<svg xmlns="http://www.w3.org/2000/svg" onload="x"><script>alert(1)</script></svg>`)
	f.Add(`<?xml version="1.0"?><!DOCTYPE svg><svg xmlns:s="http://www.w3.org/2000/svg"><s:a/></svg>`)
	for file := range seeds(f) {
		if strings.HasSuffix(file.name, ".svg") {
			f.Add(file.data)
		}
	}
	f.Fuzz(func(t *testing.T, drawing string) {
		made, _ := content.Compile(content.Folder{Texts: map[string][]byte{
			"course.yaml": []byte(manifest), "m/1.md": object("uno", "![a](a.svg)"), "m/a.svg": []byte(drawing),
		}})
		if len(made.Media) == 0 {
			return
		}
		d := xml.NewDecoder(bytes.NewReader([]byte(drawing)))
		for {
			token, err := d.Token()
			if err != nil {
				return
			}
			if e, ok := token.(xml.StartElement); ok {
				if slices.Contains([]string{"script", "style", "foreignObject", "image", "a", "animate", "set"}, e.Name.Local) {
					t.Errorf("<%s> passed in %q", e.Name.Local, drawing)
				}
				for _, a := range e.Attr {
					if strings.HasPrefix(strings.ToLower(a.Name.Local), "on") && a.Name.Space != "xmlns" {
						t.Errorf("%s passed in %q", a.Name.Local, drawing)
					}
				}
			}
		}
	})
}
