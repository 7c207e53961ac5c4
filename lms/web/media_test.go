package web_test

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"html/template"
	"image"
	"image/png"
	"io"
	"net/http"
	"net/url"
	"os"
	"path"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"aulacomune/course"
	"aulacomune/lms"

	"golang.org/x/net/html"
)

func packed(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

func unpacked(s string) string {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return s
	}
	return string(b)
}

func mediaAddress(slug string, m course.Media) string {
	return "/corsi/" + slug + "/media/" + string(m.Hash) + "/" + path.Base(m.Path)
}

// mediaOf finds a file of a course by the end of its name.
func (h *house) mediaOf(slug, end string) course.Media {
	h.t.Helper()
	for _, m := range h.opened[slug].Media {
		if strings.HasSuffix(m.Path, end) {
			return m
		}
	}
	h.t.Fatalf("%s has no file %s", slug, end)
	return course.Media{}
}

// TestWhoSeesMedia: those who take the course and those who answer for it; for everybody else there is nothing.
func TestWhoSeesMedia(t *testing.T) {
	h := open(t)
	film, other := h.mediaOf(breve, ".mp4"), h.mediaOf(filmato, ".mp4")
	for who, want := range map[string]int{"": 401, "anna": 200, "bruno": 404, "carla": 200, "dario": 200, "elena": 404, "fabio": 404} {
		if a := h.as(who).get(mediaAddress(breve, film)); a.Status != want {
			t.Errorf("%q: %d, want %d", who, a.Status, want)
		}
	}
	v := h.as("anna")
	for _, address := range []string{
		mediaAddress(breve, other), mediaAddress(filmato, film), mediaAddress(filmato, other), mediaAddress(breve, course.Media{Hash: course.Hash(strings.ToUpper(string(film.Hash))), Path: "a"}),
		mediaAddress(breve, course.Media{Hash: h.opened[breve].Hash, Path: "a"}), mediaAddress(breve, course.Media{Hash: "x", Path: "a"}),
	} {
		if a := v.get(address); a.Status != 404 {
			t.Errorf("%s: %d", address, a.Status)
		}
	}
}

// TestRanges asks for parts of a film.
func TestRanges(t *testing.T) {
	h := open(t)
	whole, err := os.ReadFile("../../cmd/aula/testdata/breve/video/saluto.mp4")
	must(t, err)
	n := len(whole)
	address := mediaAddress(breve, h.mediaOf(breve, ".mp4"))
	v := h.as("anna")
	for _, x := range []struct {
		asked    string
		status   int
		from, to int
	}{
		{"", 200, 0, n}, {"bytes=0-0", 206, 0, 1}, {"bytes=0-", 206, 0, n}, {"bytes=100-199", 206, 100, 200}, {"bytes=-1", 206, n - 1, n}, {"bytes=-99999999", 206, 0, n},
		{fmt.Sprintf("bytes=%d-", n-1), 206, n - 1, n}, {fmt.Sprintf("bytes=%d-%d", n-5, n+100), 206, n - 5, n}, {fmt.Sprintf("bytes=%d-", n), 416, 0, 0}, {"bytes=9223372036854775807-", 416, 0, 0},
		{"bytes=5-2", 200, 0, n}, {"bytes=0-1,5-6", 200, 0, n}, {"bytes=99999999999999999999-", 200, 0, n}, {"bytes=0-99999999999999999999", 200, 0, n}, {"bytes=", 200, 0, n}, {"bytes=-", 200, 0, n}, {"bytes=a-b", 200, 0, n}, {"items=0-1", 200, 0, n}, {"bytes=--1", 200, 0, n},
	} {
		w := v
		if x.asked != "" {
			w = v.with("Range", x.asked)
		}
		a := w.get(address)
		if a.Status != x.status || x.status != 416 && a.Body != string(whole[x.from:x.to]) {
			t.Errorf("%q: %d, %d bytes; want %d, %d", x.asked, a.Status, len(a.Body), x.status, x.to-x.from)
		}
		said := map[int]string{200: "", 206: fmt.Sprintf("bytes %d-%d/%d", x.from, x.to-1, n), 416: fmt.Sprintf("bytes */%d", n)}[x.status]
		if a.Header.Get("Content-Range") != said || a.Header.Get("Accept-Ranges") != "bytes" {
			t.Errorf("%q: Content-Range %q, want %q", x.asked, a.Header.Get("Content-Range"), said)
		}
		head := w.do(http.MethodHead, address, nil)
		if head.Status != a.Status || head.Body != "" || x.status != 416 && head.Header.Get("Content-Length") != fmt.Sprint(x.to-x.from) {
			t.Errorf("HEAD %q: %d, Content-Length %q", x.asked, head.Status, head.Header.Get("Content-Length"))
		}
	}
	etag := v.get(address).Header.Get("ETag")
	for given, want := range map[string]int{etag: 304, "W/" + etag: 304, `"x", ` + etag: 304, `"x"`: 200} {
		if a := v.with("If-None-Match", given).get(address); a.Status != want || want == 304 && (a.Body != "" || a.Header.Get("ETag") != etag) {
			t.Errorf("If-None-Match %s: %d", given, a.Status)
		}
	}
	if a := h.as("bruno").with("If-None-Match", etag).get(address); a.Status != 404 {
		t.Errorf("who is not enrolled learns from a 304 that the file is there: %d", a.Status)
	}
}

// TestMediaCanOnlyBeWhatTheyAre: nothing in a file runs, and what no page shows is downloaded.
func TestMediaCanOnlyBeWhatTheyAre(t *testing.T) {
	h := open(t)
	h.publish("carla", fstest.MapFS{
		"course.yaml":         {Data: []byte("slug: prova-file\ntitle: \"Prova dei file\"\nsummary: \"Un corso minuscolo.\"\nlang: it\nprogramme: \"File.\"\naudience: \"Chi prova.\"\nminutes: 2\nobjectives:\n  - \"Aprire file\"\nmodules:\n  - id: uno\n    folder: 01-uno\n    title: \"Uno\"\n")},
		"01-uno/01-file.md":   {Data: []byte("---\nid: file\ntitle: \"I file\"\nkind: reading\nminutes: 2\nobjectives:\n  - \"Aprire file\"\ncomplete:\n  read: true\n---\n\n![Un quadrato](quadrato.svg)\n\nEcco la [scheda in PDF](scheda.pdf).\n")},
		"01-uno/quadrato.svg": {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>`)},
		"01-uno/scheda.pdf":   {Data: []byte("%PDF-1.7\nscheda\n%%EOF\n")},
	})
	_, err := h.school.Learning.Enrol(t.Context(), h.actor("anna"), "prova-file")
	must(t, err)
	v := h.as("anna")
	for _, x := range []struct {
		slug, end, kind string
		shown           bool
	}{{breve, ".mp4", "video/mp4", true}, {breve, ".jpg", "image/jpeg", true}, {breve, ".vtt", "text/vtt", true}, {"prova-file", ".svg", "image/svg+xml", true}, {"prova-file", ".pdf", "application/pdf", false}} {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			a := v.do(method, mediaAddress(x.slug, h.mediaOf(x.slug, x.end)), nil)
			attached := strings.HasPrefix(a.Header.Get("Content-Disposition"), "attachment")
			if a.Status != 200 || !strings.HasPrefix(a.Header.Get("Content-Type"), x.kind) || a.Header.Get("X-Content-Type-Options") != "nosniff" || a.Header.Get("Content-Security-Policy") != "default-src 'none'; sandbox" ||
				attached == x.shown || !strings.Contains(a.Header.Get("Cache-Control"), "private") || a.Header.Get("Content-Encoding") != "" {
				t.Errorf("%s %s: %d %v", method, x.end, a.Status, a.Header)
			}
		}
	}
}

// TestPicturesInSeveralWidths: every address that a browser may choose from is there, beside the page, as wide as it says.
func TestPicturesInSeveralWidths(t *testing.T) {
	h := open(t)
	folder := fstest.MapFS{
		"course.yaml": {Data: []byte("slug: prova-foto\ntitle: \"Prova delle foto\"\nsummary: \"Un corso minuscolo.\"\nlang: it\nobjectives:\n  - \"Guardare\"\nmodules:\n  - {id: uno, folder: m, title: Uno}\n")},
		"m/1.md":      {Data: []byte("---\nid: foto\ntitle: \"Le foto\"\nkind: reading\nminutes: 2\nobjectives:\n  - \"Guardare\"\ncomplete:\n  read: true\n---\n\n![Una riga](<una, riga.png>)\n")},
	}
	for name, width := range map[string]int{"una, riga.png": 900, "una, riga.800w.png": 800, "una, riga.400w.png": 400} {
		var b bytes.Buffer
		must(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, width, width/100))))
		folder["m/"+name] = &fstest.MapFile{Data: b.Bytes()}
	}
	h.publish("carla", folder)
	_, err := h.school.Learning.Enrol(t.Context(), h.actor("anna"), "prova-foto")
	must(t, err)
	v := h.as("anna")
	page := &url.URL{Path: "/corsi/prova-foto/foto"}
	doc, err := html.Parse(strings.NewReader(v.page(page.Path).Body))
	must(t, err)
	seen := 0
	for n := range doc.Descendants() {
		set, ok := attr(n, "srcset")
		if !ok {
			continue
		}
		for one := range strings.SplitSeq(set, ", ") {
			address, width, _ := strings.Cut(one, " ")
			u, err := page.Parse(address)
			must(t, err)
			a := v.get(u.String())
			size, err := png.DecodeConfig(strings.NewReader(a.Body))
			if err != nil || a.Status != 200 || fmt.Sprintf("%dw", size.Width) != width {
				t.Errorf("%s: %d, %d wide, %v", one, a.Status, size.Width, err)
			}
			seen++
		}
	}
	if seen != 3 {
		t.Errorf("%d addresses to choose from", seen)
	}
}

// TestAnswersStayHere: which choice is right, and why, leaves only after an attempt, and then only of what was chosen.
func TestAnswersStayHere(t *testing.T) {
	h := open(t)
	v := h.as("anna")
	feedback := []string{"Proprio così", "giorni di lavoro", "Due è pari", "Tre è dispari", "Quattro è pari", "verdict-right", "verdict-wrong", "choice-feedback"}
	before := v.page(domande)
	for _, words := range feedback {
		if strings.Contains(before.Body, words) {
			t.Errorf("before any answer the page says %q", words)
		}
	}
	if shapes := choices(t, before, "q-giorni"); len(shapes) != 2 || shapes[0] != shapes[1] {
		t.Errorf("choices can be told apart: %q", shapes)
	}
	if a := v.submit(before.form(t, "risposte"), url.Values{"q-giorni": {"a"}, "q-pari": {"b"}}); a.Status != 303 {
		t.Fatalf("answering: %d", a.Status)
	}
	after := v.page(domande)
	for i, words := range feedback[:5] {
		if shown := strings.Contains(after.Body, words); shown != (i == 1 || i == 3) {
			t.Errorf("after a wrong answer, %q shown: %v", words, shown)
		}
	}
	if shapes := choices(t, after, "q-pari"); len(shapes) != 3 || shapes[0] != shapes[2] {
		t.Errorf("choices that were not chosen can be told apart: %q", shapes)
	}
}

// choices is the markup of each choice of a question, without its own id and words.
func choices(t *testing.T, a answer, name string) (out []string) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(a.Body))
	must(t, err)
	for n := range doc.Descendants() {
		class, _ := attr(n, "class")
		if n.Data != "div" || !strings.HasPrefix(class, "choice") || class == "choice-feedback" {
			continue
		}
		mine, shape := false, class
		for c := range n.Descendants() {
			if field, _ := attr(c, "name"); field == name {
				mine = true
			}
			if c.Type == html.ElementNode {
				shape += " <" + c.Data
				for _, at := range c.Attr {
					if at.Key != "value" && at.Key != "id" && at.Key != "for" {
						shape += " " + at.Key + "=" + at.Val
					}
				}
			}
		}
		if mine {
			out = append(out, shape)
		}
	}
	return out
}

// TestPackedAndPlain: a page is the same whether it was compressed on its way or not.
func TestPackedAndPlain(t *testing.T) {
	h := open(t)
	v := h.as("anna")
	for _, address := range []string{"/", "/corsi", "/corsi/" + breve, "/corsi/" + breve + "/commiato", "/apprendimento", "/profilo", "/niente", "/aiuto"} {
		plain := v.get(address)
		for accept, want := range map[string]string{"gzip": "gzip", "deflate, gzip;q=0.5": "gzip", "gzip;q=0": "", "identity": "", "": "", "GZIP": "gzip", "*;q=0": ""} {
			a := v.with("Accept-Encoding", accept).get(address)
			if a.Header.Get("Content-Encoding") != want || !strings.Contains(a.Header.Get("Vary"), "Accept-Encoding") {
				t.Errorf("%s, accepting %q: %q", address, accept, a.Header.Get("Content-Encoding"))
				continue
			}
			body := a.Body
			if want == "gzip" {
				z, err := gzip.NewReader(strings.NewReader(a.Body))
				must(t, err)
				b, err := io.ReadAll(z)
				must(t, err)
				body = string(b)
			}
			if body != plain.Body || a.Status != plain.Status {
				t.Errorf("%s, accepting %q: another page", address, accept)
			}
		}
	}
}

// TestOnesOwnFrame: many people at once each get their own name and token, whatever the name.
func TestOnesOwnFrame(t *testing.T) {
	h := open(t)
	names := []string{"Anna Verdi", `<b>Bo</b> "&' Neri`, "\ue000 \ue001", "\ue002 \ue003", "\ue003\ue002 \ue000x", "{{.CSRF}} Rossi", "</span><script>alert(1)</script> X", "Ñandú Ωmega", "e\u0301 D’Angelo", "&lt;i&gt; Bis"}
	visitors := make([]*visitor, len(names))
	for i, name := range names {
		given, family, _ := strings.Cut(name, " ")
		email := fmt.Sprintf("p%d@prova.it", i)
		h.add(lms.NewPerson{Email: email, Given: given, Family: family, Organisation: "comune-alto"}, "")
		visitors[i] = h.as(fmt.Sprintf("p%d", i))
	}
	var wg sync.WaitGroup
	for i, v := range visitors {
		wg.Go(func() {
			for k := range 12 {
				address := []string{"/", "/corsi", "/corsi/" + breve, "/apprendimento", "/profilo", "/%EE%80%82"}[(i+k)%6]
				a := v.get(address)
				if err := own(a, h.people[fmt.Sprintf("p%d", i)].Name(), v.token()); err != nil {
					t.Errorf("%q at %s: %v", names[i], address, err)
				}
				for j, other := range visitors {
					if j != i && (strings.Contains(a.Body, other.token()) || strings.Contains(a.Body, template.HTMLEscapeString(h.people[fmt.Sprintf("p%d", j)].Name()))) {
						t.Errorf("%q at %s got something of %q", names[i], address, names[j])
					}
				}
			}
		})
	}
	wg.Wait()
	anon := h.as("").page("/corsi")
	if strings.Contains(anon.Body, `name="csrf"`) || strings.ContainsAny(anon.Body, "\ue000\ue001\ue002\ue003") {
		t.Error("nobody got a token, or a blank that was not filled in")
	}
}

// own checks that a page names its reader and that every form carries the reader's token.
func own(a answer, name, token string) error {
	doc, err := html.Parse(strings.NewReader(a.Body))
	if err != nil {
		return err
	}
	named := false
	for n := range doc.Descendants() {
		if class, _ := attr(n, "class"); class == "user-name" {
			named = true
			if n.FirstChild == nil || n.FirstChild.Data != name {
				return fmt.Errorf("the header names %q", textOf(n))
			}
		}
		if field, _ := attr(n, "name"); field == "csrf" && n.Data == "input" {
			if value, _ := attr(n, "value"); value != token {
				return fmt.Errorf("a form carries %q", value)
			}
		}
	}
	if !named || strings.Contains(a.Body, "<script>alert") {
		return fmt.Errorf("nobody is named, or a name is not escaped")
	}
	return nil
}

// TestFramesAreFew: addresses that nobody has do not fill the memory.
func TestFramesAreFew(t *testing.T) {
	h := open(t)
	v := h.as("")
	v.get("/niente")
	before := h.site.Fragments()
	for i := range 50 {
		v.get(fmt.Sprintf("/niente-%d/x", i))
	}
	if n := h.site.Fragments() - before; n > 2 {
		t.Errorf("50 addresses that nobody has left %d pieces of pages behind", n)
	}
}
