package web

import (
	"aulacomune/lms/web/front"
	"html"
	"path/filepath"
	"strings"
	"testing"
)

// TestConstantsAreFolded renders every sample twice, as written and folded: the pages say the same.
func TestConstantsAreFolded(t *testing.T) {
	assets, err := Assets()
	if err != nil {
		t.Skip(err)
	}
	messages, err := LoadMessages()
	if err != nil {
		t.Fatal(err)
	}
	folded, err := front.Parse(assets, messages, "it", append(otherRooms(), front.Room{Name: "lms/web", Templates: templateFiles})...)
	if err != nil {
		t.Fatal(err)
	}
	for name, p := range samplePages() {
		page := folded[strings.TrimRight(name, "-0123456789")]
		if page == nil {
			continue // the elements are no page of the site
		}
		if strings.Contains(page.Lookup("frame/user").Tree.Root.String(), `{{t "nav.profile"`) {
			t.Errorf("%s: nothing was folded", name)
		}
		var b strings.Builder
		if err := page.ExecuteTemplate(&b, "layout", p); err != nil {
			t.Fatal(err)
		}
		got, want := html.UnescapeString(b.String()), html.UnescapeString(string(renderSample(t, assets, name, p)))
		if got != want {
			t.Errorf("%s: folded it is\n%s\nas written\n%s", name, got, want)
		}
	}
}

// TestEveryPageHasASample: what is not among the samples, no test of templates sees.
func TestEveryPageHasASample(t *testing.T) {
	shown := map[string]bool{}
	for name := range samplePages() {
		shown[strings.TrimRight(name, "-0123456789")] = true
	}
	for _, pattern := range []string{"templates/*.html", "*/templates/*.html"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, f := range files {
			if name := strings.TrimSuffix(filepath.Base(f), ".html"); !strings.HasPrefix(name, "layout") && !shown[name] {
				t.Errorf("%s: no sample shows this page", f)
			}
		}
	}
}
