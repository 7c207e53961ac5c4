package content_test

import (
	"bytes"
	"encoding/xml"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

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

// TestVectors compiles every vector of the corpus, so that they are tried without fuzzing too.
func TestVectors(t *testing.T) {
	for _, vector := range vectors(t) {
		compileBody(t, vector)
	}
}

func vectors(tb testing.TB) []string {
	tb.Helper()
	text, err := os.ReadFile("testdata/xss.txt")
	if err != nil {
		tb.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n%%\n")
}

const manifest = "slug: prova\ntitle: T\nsummary: S\nobjectives: [o]\nmodules: [{id: m, folder: m, title: M}]\n"

// object is an object's file with a body.
func object(id, body string) []byte {
	return []byte("---\nid: " + id + "\ntitle: T\nkind: reading\nminutes: 1\nobjectives: [o]\ncomplete: {read: true}\n---\n" + body)
}

// compileBody compiles a course whose object has this text, and judges all HTML that comes out.
func compileBody(t *testing.T, body string) {
	t.Helper()
	made, findings := content.Compile(content.Folder{
		Texts: map[string][]byte{
			"course.yaml": []byte(manifest), "m/1.md": object("uno", body), "m/2.md": object("due", "## Titolo\n\nTesto.\n"),
			"c/n.md":       []byte("## T\n\nNota[^1] <script>alert(1)</script>\n\n> [!INCLUDE]\n> [x](n.md)\n\n[^1]: [x](javascript:alert(1))\n"),
			"glossario.md": []byte("## T\n\nX [u](glossario#u).\n\n## \\<script>alert(1)\\</script> \"U\n\n[x](javascript:alert(1)) <b>\n\n## U\n\n[t](#t) [t](glossario#t)\n"),
			"m/v.vtt":      []byte("WEBVTT\n\n00:00.000 --> 00:01.000\n&lt;script&gt;alert(1)&lt;/script&gt;\"\n"),
			"m/a.svg":      []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>`),
		},
		Media: map[string]course.Media{"m/a.png": {Hash: "0", Type: "image/png", Width: 1600, Height: 800}, "m/a.400w.png": {Hash: "5", Type: "image/png", Width: 400, Height: 200}, "m/b.pdf": {Hash: "1", Type: "application/pdf"},
			"m/v.mp4": {Hash: "2", Type: "video/mp4", Seconds: 3}, "m/v.jpg": {Hash: "3", Type: "image/jpeg"}, "m/s.mp3": {Hash: "4", Type: "audio/mpeg"},
		},
	})
	for _, f := range findings {
		if f.File == "" || f.Rule == "" || f.Message == "" || f.Line < 0 || f.Column < 0 {
			t.Errorf("a finding without place or words: %+v", f)
		}
	}
	for _, o := range made.Objects() {
		harmless(t, o.HTML)
		for _, q := range o.Questions {
			harmless(t, q.HTML)
			harmless(t, q.Feedback)
			for _, c := range q.Choices {
				harmless(t, c.HTML)
				harmless(t, c.Feedback)
			}
		}
	}
}

// harmless fails on HTML that is not well formed or could do something.
func harmless(t *testing.T, text string) {
	t.Helper()
	var open []string
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Errorf("not closed: %v in\n%s", open, text)
			}
			return
		case html.CommentToken, html.DoctypeToken:
			t.Errorf("a comment or doctype in\n%s", text)
		case html.StartTagToken:
			token := z.Token()
			attributes(t, token, text)
			if !slices.Contains([]string{"br", "hr", "img", "track"}, token.Data) {
				open = append(open, token.Data)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				t.Errorf("</%s> closes %v in\n%s", name, open, text)
				return
			}
			open = open[:len(open)-1]
		}
	}
}

// attributes fails on elements, attributes and addresses that we never write.
func attributes(t *testing.T, token html.Token, text string) {
	t.Helper()
	if slices.Contains([]string{"script", "style", "iframe", "object", "embed", "form", "input", "button", "svg", "math", "base", "meta", "link", "template", "noscript", "source"}, token.Data) {
		t.Errorf("<%s> in\n%s", token.Data, text)
	}
	seen := map[string]bool{}
	for _, a := range token.Attr {
		if seen[a.Key] || strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" {
			t.Errorf("%s=%q in\n%s", a.Key, a.Val, text)
		}
		seen[a.Key] = true
		if a.Key == "srcset" {
			for _, one := range strings.Split(a.Val, ",") {
				if one = strings.TrimSpace(one); !strings.HasPrefix(one, "media/") || strings.Count(one, " ") != 1 {
					t.Errorf("%s=%q in\n%s", a.Key, a.Val, text)
				}
			}
		}
		if a.Key != "href" && a.Key != "src" && a.Key != "poster" {
			continue
		}
		scheme, _, absolute := strings.Cut(strings.ToLower(a.Val), ":")
		if absolute && !strings.ContainsAny(scheme, "/#?") && !slices.Contains([]string{"https", "http", "mailto"}, scheme) {
			t.Errorf("%s=%q in\n%s", a.Key, a.Val, text)
		}
		if a.Key != "href" && !strings.HasPrefix(a.Val, "media/") {
			t.Errorf("%s=%q in\n%s", a.Key, a.Val, text)
		}
	}
}

// FuzzFolder feeds the compiler any front matter, course.yaml and captions.
func FuzzFolder(f *testing.F) {
	f.Add(manifest, "id: uno\ntitle: T\nkind: pill\nminutes: 1\nvideo: {file: v.mp4, captions: v.vtt}\n", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna>Ciao &amp; <i>via\n")
	f.Add("a: &a [*a]\n", "? [x]\n: y\n", "WEBVTT\n\n-->\n")
	f.Add("\t", "id: !!binary x\n<<: {a: b}\n", "WEBVTT\nNOTE -->\n")
	f.Add("- - - -\n", "---\n---\n", "\uFEFFWEBVTT\r\n\r\n00:00.000-->00:00.001 a:b\r\n<")
	f.Fuzz(func(t *testing.T, manifest, head, captions string) {
		if len(manifest)+len(head)+len(captions) > 50_000 {
			t.Skip("a long text is another test's")
		}
		content.Compile(content.Folder{
			Texts: map[string][]byte{"course.yaml": []byte(manifest), "m/1.md": []byte("---\n" + head + "---\n\nTesto."), "v.vtt": []byte(captions)},
			Media: map[string]course.Media{"v.mp4": {Hash: "0", Type: "video/mp4", Seconds: 3}},
		})
	})
}

// FuzzSVG feeds the drawing check: what it lets through must be a well-formed drawing without anything that runs.
func FuzzSVG(f *testing.F) {
	f.Add(`<svg xmlns="http://www.w3.org/2000/svg"><rect width="1" fill="url(#a)"/></svg>`)
	f.Add(`<svg xmlns="http://www.w3.org/2000/svg" onload="x"><script>alert(1)</script></svg>`)
	f.Add(`<?xml version="1.0"?><!DOCTYPE svg><svg xmlns:s="http://www.w3.org/2000/svg"><s:a/></svg>`)
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
