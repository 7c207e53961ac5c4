package export_test

import (
	"crypto/sha256"
	"encoding/base64"
	"path"
	"strings"
	"testing"

	"aulacomune/course"

	"golang.org/x/net/html"
)

// hostile are words that would like to be something else.
func hostile() []string {
	return []string{
		`<script>alert(1)</script>`, `</title></style></textarea><img src=x onerror=alert(1)>`, `" onmouseover="alert(1)`, `' autofocus onfocus='alert(1)`, `javascript:alert(1)`,
		`--><svg/onload=alert(1)>`, `"}@page{}</style><script>alert(1)</script>`, `\"; } body { background: url(https://evil.example/) }`, "\x00media\x00", `{{.Course}}`, `&lt;script&gt;`, "\u2028<b>", `]]><x>`,
	}
}

// TestHostileWordsStayWords: titles, names, captions and the like are plain text; texts come safe from the compiler.
func TestHostileWordsStayWords(t *testing.T) {
	for _, bad := range hostile() {
		e := newEdition(t, nasty(bad))
		e.Owner = bad
		e.Address = "https://corsi.example.it/corsi/" + "x"
		pages := e.folder()
		pages["page.html"] = e.page()
		for name, body := range pages {
			if path.Ext(name) != ".html" {
				continue
			}
			for _, n := range elements(parse(t, body)) {
				c := checker{t: t, name: name, folder: pages, pages: map[string]*html.Node{}, used: map[string]bool{}}
				switch n.Data {
				case "script", "iframe", "object", "embed", "form", "b", "x":
					t.Errorf("%s: %q became a %s", name, bad, n.Data)
				case "svg":
					if cl := attr(n, "class"); cl != "icon" && cl != "logo" {
						t.Errorf("%s: %q became a drawing", name, bad)
					}
				}
				for _, a := range n.Attr {
					if strings.HasPrefix(a.Key, "on") || a.Key == "autofocus" || strings.HasPrefix(a.Val, "javascript:") {
						c.t.Errorf("%s: %q became the attribute %s=%q", name, bad, a.Key, a.Val)
					}
				}
			}
			if strings.Contains(string(body), "\x00") {
				t.Errorf("%s holds a mark", name)
			}
		}
	}
}

// nasty is a course whose every word is the same.
func nasty(s string) course.Course {
	q := course.Question{ID: "q", Kind: course.Single, HTML: "<p>?</p>", Choices: []course.Choice{{ID: "a", HTML: "a", Right: true}, {ID: "b", HTML: "b"}}}
	return course.Course{
		Slug: "corso", Title: s, Summary: s, Lang: "it", Programme: s, Audience: s, Objectives: []string{s}, Hash: course.Hash(strings.Repeat("c", 64)),
		Glossary: []course.Term{{ID: "t", Name: s, HTML: "<p>t</p>"}},
		Modules: []course.Module{{ID: "m", Title: s, Summary: s, Objects: []course.Object{
			{ID: "o", Title: s, Kind: course.Reading, Objectives: []string{s}, HTML: "<p>o</p>", Questions: []course.Question{q}},
			{ID: "v", Title: s, Kind: course.Lesson, HTML: "<p>v</p>", Video: &course.Video{Lang: "en", PosterAlt: s, Cues: []course.Cue{{From: 0, To: 1, Text: s}}}},
		}}},
	}
}

// TestPolicies: each page may load what lies in its folder and nothing else; the one page its own style, by its hash.
func TestPolicies(t *testing.T) {
	e := editionOf(t, "testdata/tutto")
	for name, body := range e.folder() {
		if path.Ext(name) != ".html" {
			continue
		}
		policy := policyOf(parse(t, body))
		if !strings.HasPrefix(policy, "default-src 'none';") || strings.Contains(policy, "unsafe") || strings.Contains(policy, "script-src") || strings.Contains(policy, "http") {
			t.Errorf("%s: %q", name, policy)
		}
	}
	root := parse(t, e.page())
	for _, n := range elements(root) {
		if n.Data == "style" {
			sum := sha256.Sum256([]byte(n.FirstChild.Data))
			if want := "style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(policyOf(root), want) {
				t.Errorf("the page allows %q, not %q", policyOf(root), want)
			}
			if !strings.Contains(n.FirstChild.Data, "url(data:font/woff2;base64,") || strings.Contains(n.FirstChild.Data, "url(\"./") {
				t.Error("the style has not its fonts inside")
			}
		}
	}
}

// policyOf is what a page says it may load. It stands before anything that could be loaded.
func policyOf(root *html.Node) string {
	for _, n := range elements(root) {
		switch {
		case n.Data == "meta" && attr(n, "http-equiv") == "Content-Security-Policy":
			return attr(n, "content")
		case n.Data == "link" || n.Data == "style":
			return ""
		}
	}
	return ""
}
