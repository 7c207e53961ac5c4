package export_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"aulacomune/course"
)

// TestBothLanguagesSayTheSame: the same keys with the same blanks, each of them asked for, and none asked for that is not there.
func TestBothLanguagesSayTheSame(t *testing.T) {
	texts := map[string]map[string]string{}
	for _, lang := range []string{"it", "en"} {
		raw, err := os.ReadFile("messages/" + lang + ".json")
		must(t, err)
		var all map[string]string
		must(t, json.Unmarshal(raw, &all))
		texts[lang] = all
	}
	blanks := regexp.MustCompile(`%[a-z]`)
	var source strings.Builder
	for _, pattern := range []string{"*.go", "templates/*.html"} {
		files, err := filepath.Glob(pattern)
		must(t, err)
		for _, f := range files {
			text, err := os.ReadFile(f)
			must(t, err)
			if !strings.HasSuffix(f, "_test.go") {
				source.Write(text)
			}
		}
	}
	for key, italian := range texts["it"] {
		english, ok := texts["en"][key]
		if !ok || italian == "" || english == "" || !slices.Equal(blanks.FindAllString(italian, -1), blanks.FindAllString(english, -1)) {
			t.Errorf("%s: %q and %q", key, italian, english)
		}
		asked := key
		for _, made := range []string{".one", ".other"} {
			asked = strings.TrimSuffix(asked, made)
		}
		if regexp.MustCompile(`^(kind|month)\.`).MatchString(key) {
			asked, _, _ = strings.Cut(key, ".")
			asked += "."
		}
		if !strings.Contains(source.String(), `"`+asked) {
			t.Errorf("nobody asks for %s", key)
		}
	}
	if len(texts["it"]) != len(texts["en"]) {
		t.Errorf("%d texts in Italian, %d in English", len(texts["it"]), len(texts["en"]))
	}
}

// TestLanguages: our words are in the course's language where we speak it; where not, the course's words say in which they are.
func TestLanguages(t *testing.T) {
	for _, c := range []struct{ lang, page, content, words string }{
		{"it", "it", "", "Domande"}, {"it-CH", "it-CH", "", "Domande"}, {"en", "en", "", "Questions"}, {"de", "it", "de", "Domande"},
	} {
		made := nasty("Worte")
		made.Lang = c.lang
		e := newEdition(t, made)
		dir := "pagine"
		if c.page == "en" {
			dir = "pages"
		}
		for name, page := range map[string][]byte{"folder": e.folder()[dir+"/01-o.html"], "page": e.page()} {
			all := elements(parse(t, page))
			if got := attr(all[0], "lang"); got != c.page {
				t.Errorf("%s, %s: the page is in %q", c.lang, name, got)
			}
			found := false
			for _, n := range all {
				if n.Data == "h1" && attr(n, "lang") != c.content {
					t.Errorf("%s, %s: the heading is in %q", c.lang, name, attr(n, "lang"))
				}
				if n.Data == "div" && strings.Contains(attr(n, "class"), "wording") && attr(n, "lang") != c.content {
					t.Errorf("%s, %s: a question is in %q", c.lang, name, attr(n, "lang"))
				}
				found = found || (n.Data == "h2" || n.Data == "h4") && say(n) == c.words
			}
			if !found {
				t.Errorf("%s, %s does not say %q", c.lang, name, c.words)
			}
		}
	}
}

// TestEveryPageSaysWhichEditionItIsOf, in words and on the margin of each sheet.
func TestEveryPageSaysWhichEditionItIsOf(t *testing.T) {
	e := editionOf(t, "testdata/tutto")
	want := "Versione 2 del 3 marzo 2026, impronta " + string(e.Content.Hash[:12])
	pages := e.folder()
	pages["page.html"] = e.page()
	for name, body := range pages {
		if strings.HasSuffix(name, ".html") && !strings.Contains(string(body), want) {
			t.Errorf("%s does not say %q", name, want)
		}
	}
	if !strings.Contains(string(pages["page.html"]), `@bottom-left{content:"Tutto \3c b\3e in prova`) {
		t.Error("the sheets do not bear the title")
	}
	unknown := newEdition(t, course.Course{Slug: "x", Title: "X", Lang: "it", Hash: "abc"})
	unknown.Address = ""
	if page := string(unknown.page()); strings.Contains(page, "Si trova qui") || !strings.Contains(page, "impronta abc") {
		t.Error("a course without an address")
	}
}
