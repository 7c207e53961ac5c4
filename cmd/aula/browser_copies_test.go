package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// copies looks at what left the house as those do who were handed it: a folder opened from the disk, the same folder on some web server, the
// page on a screen and on paper. The same holds for it as for every page of the site.
func copies(t *testing.T, h *hall) {
	data, out := filepath.Join(t.TempDir(), "data"), t.TempDir()
	if text, err := exec.Command("cp", "-a", h.demo, data).CombinedOutput(); err != nil {
		t.Fatalf("copy the demo: %v\n%s", err, text)
	}
	aula := func(words ...string) {
		t.Helper()
		h.run(t, append([]string{"AULA_DATA=" + data}, words...)...).want(0)
	}
	aula("publish", "../../lms/export/testdata/tutto", "--as", "autore@demo.aula", "-m", "Per le prove")
	for _, slug := range []string{"smart-working", "tutto"} {
		aula("export", slug, "-o", filepath.Join(out, slug), "--url", "https://corsi.example.it")
		aula("export", slug, "--as", "page", "-o", filepath.Join(out, slug+".html"))
	}
	in := &inspection{t: t, h: h, lang: "it", visited: map[string]bool{}}
	in.fromDisk(out)
	in.fromServer(out)
	in.onPaper(out)
}

// fromDisk opens the folder with a double click.
func (in *inspection) fromDisk(out string) {
	b := newBrowser(in.t, "file://", in.h.chrome, chromedp.WithNewBrowserContext())
	for _, address := range []string{"smart-working/index.html", "smart-working/pagine/01-oltre-il-telelavoro.html", "smart-working/pagine/16-il-tuo-prossimo-passo.html",
		"tutto/index.html", "tutto/pagine/01-testi.html", "tutto/pagine/03-domande.html", "tutto/glossario.html", "smart-working.html", "tutto.html"} {
		b.open(filepath.Join(out, address))
		in.look(b, "from the disk "+address)
		in.drawn(b, address)
	}
	b.open(filepath.Join(out, "smart-working/index.html"))
	if get[bool](b, "document.querySelector('.unpack').checkVisibility()") {
		in.t.Error("with its style, the page says that it has none")
	}
	b.follow("Oltre il telelavoro")
	b.see("Una sola risposta", "Trascrizione del video")
	b.do("const v = document.querySelector('video'); v.muted = true; await v.play(); v.pause()")
	b.until("the captions are there", func() bool {
		n, _ := ask[int](b, "document.querySelector('video').textTracks[0].cues?.length || 0")
		return n > 10
	})
	b.keys("\t")
	if focus := get[string](b, "document.activeElement.className + ' ' + (document.activeElement.getBoundingClientRect().width > 50)"); !strings.Contains(focus, "skip true") {
		in.t.Errorf("the first stop of the keyboard is %q", focus)
	}
	b.follow("Dopo l'emergenza")
	b.see("Oggetto 2 di 16")
	b.follow("Il corso")
	b.at(filepath.Join(out, "smart-working/index.html"))
}

// drawn holds that fonts and pictures came.
func (in *inspection) drawn(b *browser, name string) {
	in.t.Helper()
	if missing := get[[]string](b, "[...document.images].filter((i) => !i.complete || !i.naturalWidth).map((i) => i.alt + i.src.slice(0, 100))"); len(missing) > 0 {
		in.t.Errorf("%s: pictures that do not come: %q", name, missing)
	}
	if !get[bool](b, "document.fonts.ready.then(() => [...document.fonts].some((f) => f.family.includes('Titillium Web') && f.status === 'loaded'))") {
		in.t.Errorf("%s: the font does not come", name)
	}
}

// fromServer puts the folder on a web server that knows nothing of us.
func (in *inspection) fromServer(out string) {
	s := httptest.NewServer(http.FileServer(http.Dir(out)))
	in.t.Cleanup(s.Close)
	b := newBrowser(in.t, s.URL, in.h.chrome, chromedp.WithNewBrowserContext())
	for _, address := range []string{"/smart-working/", "/smart-working/pagine/01-oltre-il-telelavoro.html", "/tutto/pagine/01-testi.html"} {
		b.open(address)
		in.look(b, "from a server "+address)
		in.drawn(b, address)
	}
}

// onPaper prints.
func (in *inspection) onPaper(out string) {
	b := newBrowser(in.t, "file://", in.h.chrome, chromedp.WithNewBrowserContext())
	for address, sheets := range map[string]int{"smart-working.html": 20, "tutto.html": 5, "smart-working/pagine/01-oltre-il-telelavoro.html": 2, "tutto/pagine/03-domande.html": 1} {
		b.open(filepath.Join(out, address))
		send(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
		b.size(658, 1000) // what is left of A4 between the margins
		in.axe(b, address+" on paper")
		if over := get[[]string](b, sideways); len(over) > 0 {
			in.t.Errorf("%s is wider than the sheet: %v", address, over)
		}
		if hidden := get[int](b, "[...document.querySelectorAll('.said p, .question li, details p')].filter((e) => !e.checkVisibility({ contentVisibilityAuto: true })).length"); hidden > 0 {
			in.t.Errorf("%s: %d paragraphs that paper does not show", address, hidden)
		}
		send(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{})
		pdf := send(b, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: new(true), PrintBackground: new(true), GenerateTaggedPDF: new(true)}).Data
		if n := len(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(pdf, -1)); n < sheets || n > 4*sheets {
			in.t.Errorf("%s has %d sheets", address, n)
		}
		if !bytes.Contains(pdf, []byte("/StructTreeRoot")) {
			in.t.Errorf("%s: what is printed has no tags", address)
		}
		if dir := os.Getenv("AULA_SHOTS"); dir != "" {
			name := filepath.Join(dir, fmt.Sprintf("paper-%s.pdf", strings.ReplaceAll(address, "/", "-")))
			if err := os.WriteFile(name, pdf, 0o600); err != nil {
				in.t.Error(err)
			}
		}
	}
}
