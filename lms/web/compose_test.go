package web

import (
	"html"
	"strings"
	"testing"
)

func TestBlanksAreFilledInForEachReader(t *testing.T) {
	r := &request{site: &Site{}, frame: &Frame{User: &FrameUser{Name: "Zoë <Rossi>", Initials: "ZR"}}}
	f, err := r.site.fragments.Get("k", func() (string, error) { return "<b>" + blankName + "</b>(" + blankInit + ")" + "\ue0ff.", nil })
	if err != nil {
		t.Fatal(err)
	}
	rendered := string(r.put(f))
	if got := string(r.sheet.Plain([]byte(rendered))); got != "<b>Zoë &lt;Rossi&gt;</b>(ZR)\ue0ff." {
		t.Error(got)
	}
	r.frame = &Frame{User: &FrameUser{Name: "Bo", Initials: "B"}}
	if got := string(r.sheet.Plain([]byte(r.put(f)))); got != "<b>Bo</b>(B)\ue0ff." {
		t.Error(got)
	}
}

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
	folded, err := parseTemplates(Options{Assets: assets, Messages: messages}, "it")
	if err != nil {
		t.Fatal(err)
	}
	for name, p := range samplePages() {
		page := folded[strings.TrimRight(name, "-0123456789")]
		if page == nil {
			continue // the elements are no page of the site
		}
		if strings.Contains(page.Lookup("frame/menu").Tree.Root.String(), `{{t "nav.help"`) {
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
