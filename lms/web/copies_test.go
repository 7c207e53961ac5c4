package web_test

import (
	"archive/zip"
	"bytes"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestCopiesOfAnEdition: who answers for a course finds its copies on its page and gets them whole; for everybody else there is nothing.
func TestCopiesOfAnEdition(t *testing.T) {
	h := open(t)
	const folder, page = "/versioni/" + breve + "/1/cartella.zip", "/versioni/" + breve + "/1/pagina.html"
	for _, address := range []string{folder, page} {
		for who, want := range map[string]int{"": 401, "anna": 403, "bruno": 403, "carla": 200, "dario": 200, "elena": 404, "fabio": 404} {
			if a := h.as(who).get(address); a.Status != want {
				t.Errorf("%s as %q: %d, want %d", address, who, a.Status, want)
			}
		}
	}
	a := h.as("dario").page(folder)
	z, err := zip.NewReader(strings.NewReader(a.Body), int64(len(a.Body)))
	must(t, err)
	if f, err := z.Open("index.html"); err != nil || len(z.File) < 8 {
		t.Errorf("%d files in the folder, %v", len(z.File), err)
	} else {
		must(t, f.Close())
	}
	if d := a.Header.Get("Content-Disposition"); d != `attachment; filename="prova-breve-versione-1.zip"` {
		t.Error(d)
	}
	if a = h.as("carla").page(page); !strings.Contains(a.Body, "http://"+h.addr+"/corsi/"+breve) {
		t.Error("the page does not say where the course is")
	}
	if _, err := html.Parse(strings.NewReader(a.Body)); err != nil || !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
		t.Error(err, a.Header)
	}
	for _, wrong := range []string{"/versioni/" + breve + "/2/cartella.zip", "/versioni/" + breve + "/0/pagina.html", "/versioni/" + breve + "/x/cartella.zip", "/versioni/niente/1/cartella.zip", "/versioni/" + breve + "/-1/pagina.html", "/versioni/" + breve + "/99999999999999999999/pagina.html"} {
		if a := h.as("dario").get(wrong); a.Status != http.StatusNotFound || !strings.Contains(a.Body, "<h1") {
			t.Errorf("%s: %d", wrong, a.Status)
		}
	}
	for _, who := range []string{"carla", "dario"} {
		if a := h.as(who).page("/versioni/" + breve); !strings.Contains(a.Body, folder) || !strings.Contains(a.Body, page) {
			t.Errorf("the page of the editions does not lead %s to their copies", who)
		}
	}
}

// TestTheSameCopyTwice: two downloads are one file.
func TestTheSameCopyTwice(t *testing.T) {
	h := open(t)
	for _, name := range []string{"cartella.zip", "pagina.html"} {
		first, second := h.as("carla").page("/versioni/"+breve+"/1/"+name), h.as("dario").page("/versioni/"+breve+"/1/"+name)
		if !bytes.Equal([]byte(first.Body), []byte(second.Body)) {
			t.Errorf("%s differs from one download to the next", name)
		}
	}
}
