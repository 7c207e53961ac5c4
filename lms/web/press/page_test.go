package press

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/klauspost/compress/flate"
)

// sheet is a page that is put together, with what it is put together from.
type sheet struct {
	Page
	kept *Fragments
}

func bare() *sheet { return &sheet{kept: &Fragments{}} }

func (s *sheet) text(key, html string) string {
	f, _ := s.kept.Get(key, func() (string, error) { return html, nil })
	return string(s.Put(f, func(blank string) string { return "(" + blank + ")" }))
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
				rendered.WriteString(r.text(fmt.Sprint(name, i), shared))
			} else {
				rendered.WriteString(text)
			}
		}
		if got := string(r.Plain([]byte(rendered.String()))); got != want.String() {
			t.Errorf("%s: plain %q", name, got)
		}
		if got := unzip(t, r.Gzipped([]byte(rendered.String()), r.kept)); got != want.String() {
			t.Errorf("%s: compressed %q", name, got)
		}
	}
}

func TestMarksThatAreNotOursPutNothingOnThePage(t *testing.T) {
	r := bare()
	r.text("a", "<secret>")
	for _, own := range []string{"\x00", "\x00000", "\x00abcd", "\x009999", "\x00-001", "x\x00"} {
		if got := string(r.Plain([]byte(own))); strings.Contains(got, "secret") {
			t.Errorf("%q gave %q", own, got)
		}
		unzip(t, r.Gzipped([]byte(own), r.kept))
	}
}

func TestFragmentsStayWithinTheirMemory(t *testing.T) {
	r := bare()
	text := strings.Repeat("x", 1<<20)
	for i := range 50 {
		r.text(fmt.Sprint(i), text)
		if f := r.kept; f.size > mostKept || f.Count() == 0 {
			t.Fatalf("%d bytes in %d fragments", f.size, len(f.m))
		}
	}
}

// FuzzCompose: whatever stands on a page, it comes out of the compressed form as of the plain one.
func FuzzCompose(f *testing.F) {
	f.Add("<p>a</p>", "<footer>", "x\x00y")
	f.Add("", "", "\x000000")
	f.Fuzz(func(t *testing.T, own, shared, more string) {
		r := bare()
		rendered := []byte(own + r.text("k", shared) + more)
		if got := unzip(t, r.Gzipped(rendered, r.kept)); got != string(r.Plain(rendered)) {
			t.Errorf("%q %q %q: %q", own, shared, more, got)
		}
	})
}

// BenchmarkDeflate compresses what a page has of its own.
func BenchmarkDeflate(b *testing.B) {
	text := []byte(strings.Repeat(`<li class="meta">Il lavoro agile <a href="/corsi">`, 20))
	w := compressor(flate.BestSpeed)
	var out bytes.Buffer
	for b.Loop() {
		out.Reset()
		deflate(&out, text, w)
	}
}
