package web

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"html"
	"io"
	"strings"
	"testing"

	"github.com/klauspost/compress/flate"
)

// bare is a request that composes pages, and nothing else.
func bare() *request {
	s := &Site{}
	s.fragments.m = map[string]fragment{}
	s.compressors.New = newCompressor
	return &request{site: s, frame: &Frame{User: &FrameUser{Name: "Zoë <Rossi>", Initials: "ZR"}}}
}

func unzip(t *testing.T, b []byte) string {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z) // checks length and sum
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestComposedPageIsTheSameCompressed(t *testing.T) {
	long := strings.Repeat("<p>Il lavoro agile è per obiettivi.</p>", 300)
	for name, texts := range map[string][]string{
		"nothing":          {""},
		"own text alone":   {"<h1>Ciao</h1>"},
		"one fragment":     {"\x01<footer>"},
		"by turns":         {"a", "\x01b", "c", "\x01d", "e"},
		"side by side":     {"\x01a", "\x01b", "\x01c"},
		"long and short":   {long, "\x01" + long, "x", "\x01y", long + "z"},
		"at the threshold": {strings.Repeat("a", storedUnder-1), "\x01" + strings.Repeat("b", storedUnder), strings.Repeat("c", storedUnder)},
		"accents":          {"perché", "\x01così", "più"},
	} {
		r := bare()
		var rendered, want strings.Builder
		for i, text := range texts {
			shared, ok := strings.CutPrefix(text, "\x01")
			want.WriteString(shared)
			if ok {
				rendered.WriteString(string(r.text(fmt.Sprint(name, i), shared)))
			} else {
				rendered.WriteString(text)
			}
		}
		if got := string(r.plain([]byte(rendered.String()))); got != want.String() {
			t.Errorf("%s: plain %q", name, got)
		}
		if got := unzip(t, r.gzipped([]byte(rendered.String()))); got != want.String() {
			t.Errorf("%s: compressed %q", name, got)
		}
	}
}

func TestMarksThatAreNotOursPutNothingOnThePage(t *testing.T) {
	r := bare()
	r.text("a", "<secret>")
	for _, own := range []string{"\x00", "\x00000", "\x00abcd", "\x009999", "\x00-001", "x\x00"} {
		if got := string(r.plain([]byte(own))); strings.Contains(got, "secret") {
			t.Errorf("%q gave %q", own, got)
		}
		unzip(t, r.gzipped([]byte(own)))
	}
}

func TestBlanksAreFilledInForEachReader(t *testing.T) {
	r := bare()
	f, err := r.site.fragments.get("k", func() (string, error) { return "<b>" + blankName + "</b>(" + blankInit + ")" + "\ue0ff.", nil })
	if err != nil {
		t.Fatal(err)
	}
	rendered := string(r.put(f))
	if got := string(r.plain([]byte(rendered))); got != "<b>Zoë &lt;Rossi&gt;</b>(ZR)\ue0ff." {
		t.Error(got)
	}
	r.frame = &Frame{User: &FrameUser{Name: "Bo", Initials: "B"}}
	if got := unzip(t, r.gzipped([]byte(r.put(f)))); got != "<b>Bo</b>(B)\ue0ff." {
		t.Error(got)
	}
}

func TestFragmentsStayWithinTheirMemory(t *testing.T) {
	r := bare()
	text := strings.Repeat("x", 1<<20)
	for i := range 50 {
		r.text(fmt.Sprint(i), text)
		if f := &r.site.fragments; f.size > mostFragments || len(f.m) == 0 {
			t.Fatalf("%d bytes in %d fragments", f.size, len(f.m))
		}
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

// FuzzCompose: whatever stands on a page, it comes out of the compressed form as of the plain one.
func FuzzCompose(f *testing.F) {
	f.Add("<p>a</p>", "<footer>", "x\x00y")
	f.Add("", "", "\x000000")
	f.Fuzz(func(t *testing.T, own, shared, more string) {
		r := bare()
		rendered := []byte(own + string(r.text("k", shared)) + more)
		if got := unzip(t, r.gzipped(rendered)); got != string(r.plain(rendered)) {
			t.Errorf("%q %q %q: %q", own, shared, more, got)
		}
	})
}

// BenchmarkDeflate compresses what a page has of its own.
func BenchmarkDeflate(b *testing.B) {
	text := []byte(strings.Repeat(`<li class="meta">Il lavoro agile <a href="/corsi">`, 20))
	w := newCompressor().(*flate.Writer)
	var out bytes.Buffer
	for b.Loop() {
		out.Reset()
		deflate(&out, text, w)
	}
}
