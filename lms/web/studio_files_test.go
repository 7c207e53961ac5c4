package web_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"aulacomune/lms/studio"
)

// addresses are what a pattern finds in a page.
func addresses(page, pattern string) (out []string) {
	for _, hit := range regexp.MustCompile(pattern).FindAllStringSubmatch(page, -1) {
		out = append(out, hit[1])
	}
	return out
}

// part is a part of a form; with a file name it is a file.
type part struct{ name, file, value string }

// parts posts a form with files, in the order of its parts.
func (v *visitor) parts(address string, list ...part) answer {
	v.h.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for _, p := range list {
		w, err := m.CreateFormField(p.name)
		if p.file != "" {
			w, err = m.CreateFormFile(p.name, p.file)
		}
		must(v.h.t, err)
		_, err = io.WriteString(w, p.value)
		must(v.h.t, err)
	}
	must(v.h.t, m.Close())
	return v.with("Content-Type", m.FormDataContentType()).do(http.MethodPost, address, &b)
}

func picture(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	must(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 900, 600))))
	return b.String()
}

// TestSendingFiles: files come into a draft from the tree, from the editor and from a script; what is wrong with one is said where it was chosen.
func TestSendingFiles(t *testing.T) {
	h := open(t)
	d := h.write()
	csrf := part{name: "csrf", value: d.token()}
	foto := part{"file", `C:\Le mie\Foto al mare.PNG`, picture(t)}
	if page := d.then(d.parts(d.draft+"/allegati", csrf, foto)); !strings.Contains(page.Body, "media/foto-al-mare.png") {
		t.Error("the picture is not in the list")
	}
	page := d.then(d.parts(d.draft+"/allegati?file="+saluto, csrf, part{"file", "nota.vtt", "WEBVTT\n\n00:00.000 --> 00:02.000\nCiao.\n"}))
	if !strings.Contains(page.Body, "captions: media/nota.vtt") || !strings.Contains(page.Body, `id="allegato_"`) {
		t.Error("the editor does not say how to use what was sent")
	}
	var answer struct{ Path, Markdown, Type, Problem string }
	a := d.with("Accept", "application/json").parts(d.draft+"/allegati", csrf, foto)
	must(t, json.Unmarshal([]byte(a.Body), &answer))
	if a.Status != 200 || answer.Path != "media/foto-al-mare.png" || !strings.HasSuffix(answer.Markdown, "](/media/foto-al-mare.png)") || answer.Type != "picture" {
		t.Errorf("to a script: %d %+v", a.Status, answer)
	}
	media := d.open("media/foto-al-mare.png").Body
	if src := addresses(media, `<img class="preview-picture" src="([^"]+)"`); len(src) != 1 || d.get(src[0]).Status != 200 {
		t.Errorf("the page of a picture: %v", src)
	}
	for name, file := range map[string]part{
		"none": {"file", "", ""}, "empty": {"file", "a.png", ""}, "a program": {"file", "a.exe", "MZ\x00"}, "not what it says": {"file", "a.jpg", "<html>"},
		"a page": {"file", "a.html", "<script>alert(1)</script>"}, "broken text": {"file", "a.vtt", "\xff\xfe"}, "no name": {"file", ".png", "x"},
	} {
		a := d.with("Accept", "application/json").parts(d.draft+"/allegati", csrf, file)
		answer.Problem = ""
		must(t, json.Unmarshal([]byte(a.Body), &answer))
		if a.Status != 422 || answer.Problem == "" || strings.Contains(answer.Problem, "error.") {
			t.Errorf("%s, to a script: %d %q", name, a.Status, answer.Problem)
		}
		for _, address := range []string{d.draft + "/allegati", d.draft + "/allegati?file=" + saluto} {
			if a := d.parts(address, csrf, file); a.Status != 422 || !strings.Contains(a.Body, `role="alert"`) {
				t.Errorf("%s, to %s: %d", name, address, a.Status)
			}
		}
	}
}

// TestFormsWithFiles: a form is read as it should be sent, and in no other way; nothing of it stays behind.
func TestFormsWithFiles(t *testing.T) {
	h := open(t)
	d := h.write()
	csrf, file := part{name: "csrf", value: d.token()}, part{"file", "nota.vtt", "WEBVTT\n"}
	address := d.draft + "/allegati"
	many := append([]part{csrf}, make([]part, 40)...)
	for i := range many[1:] {
		many[i+1] = part{name: "x", value: "1"}
	}
	for name, x := range map[string]struct {
		parts []part
		want  int
	}{
		"no token": {[]part{file}, 403}, "the token behind": {[]part{file, csrf}, 403}, "another's token": {[]part{{name: "csrf", value: h.as("fabio").token()}, file}, 403},
		"two files": {[]part{csrf, file, file}, 422}, "many parts": {many, 422}, "a large field": {[]part{csrf, {name: "x", value: strings.Repeat("a", 2<<20)}, file}, 422},
		"no file": {[]part{csrf}, 422}, "right": {[]part{csrf, file}, 303},
	} {
		if a := d.parts(address, x.parts...); a.Status != x.want {
			t.Errorf("%s: %d, want %d", name, a.Status, x.want)
		}
	}
	if a := d.with("Sec-Fetch-Site", "cross-site").parts(address, csrf, file); a.Status != 403 {
		t.Errorf("from another site: %d", a.Status)
	}
	for _, who := range []string{"", "anna", "fabio"} {
		v := h.as(who)
		want := map[string]int{"": 401, "anna": 403, "fabio": 404}[who]
		if a := v.parts(address, part{name: "csrf", value: v.token()}, file); a.Status != want {
			t.Errorf("as %q: %d, want %d", who, a.Status, want)
		}
	}
	cut := "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n" + d.token() + "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.vtt\"\r\n\r\nWEB"
	if a := d.with("Content-Type", "multipart/form-data; boundary=b").do(http.MethodPost, address, strings.NewReader(cut)); a.Status != 422 {
		t.Errorf("cut short: %d", a.Status)
	}
	time.Sleep(50 * time.Millisecond)
	left, err := filepath.Glob(filepath.Join(os.TempDir(), "aula-sent-*"))
	must(t, err)
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// zipped is a folder as a zip.
func zipped(t *testing.T, files map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, body := range files {
		w, err := z.Create(name)
		must(t, err)
		_, err = io.WriteString(w, body)
		must(t, err)
	}
	must(t, z.Close())
	return b.String()
}

// TestFoldersThereAndBack: a folder comes out as it went in; what cannot be taken is said; a draft can be thrown away and taken back.
func TestFoldersThereAndBack(t *testing.T) {
	h := open(t)
	d := h.write()
	csrf := part{name: "csrf", value: d.token()}
	a := d.page(d.draft + "/scarica.zip")
	if a.Header.Get("Content-Type") != "application/zip" || !strings.Contains(a.Header.Get("Content-Disposition"), breve+".zip") {
		t.Errorf("a download with %v", a.Header)
	}
	first := unpackedZip(t, a.Body)
	disk, err := os.ReadFile("../../cmd/aula/testdata/breve/" + saluto)
	must(t, err)
	if first[saluto] != string(disk) || len(first["video/saluto.mp4"]) == 0 {
		t.Error("the folder is not what was published")
	}
	first["01-inizio/01-saluto.md"] += "\r\nRiga di Windows.\r\n"
	again := d.parts("/studio/carica", csrf, part{"file", "breve.zip", zipped(t, first)})
	page := d.then(again)
	address, _, _ := strings.Cut(again.Header.Get("Location"), "?")
	if second := unpackedZip(t, d.page(address+"/scarica.zip").Body); second[saluto] != first[saluto] || len(second) != len(first) {
		t.Error("a folder does not come out as it went in")
	}
	if !strings.Contains(page.Body, "Prova breve") {
		t.Error("the draft has another title")
	}
	first["programma.exe"] = "MZ"
	a = d.parts(d.draft+"/carica", csrf, part{"file", "breve.zip", zipped(t, first)})
	if a.Status != 200 || !strings.Contains(a.Body, "programma.exe") || !strings.Contains(d.text(saluto), "Riga di Windows.") {
		t.Errorf("a folder in place of another, with a file that is refused: %d", a.Status)
	}
	var answer struct {
		Href    string
		Skipped []struct{ Path, Reason string }
		Problem string
	}
	a = d.with("Accept", "application/json").parts(d.draft+"/carica", csrf, part{"file", "breve.zip", zipped(t, first)})
	must(t, json.Unmarshal([]byte(a.Body), &answer))
	if !strings.HasPrefix(answer.Href, d.draft) || len(answer.Skipped) != 1 || strings.Contains(answer.Skipped[0].Reason, "error.") {
		t.Errorf("to a script: %+v", answer)
	}
	for name, file := range map[string]string{"no zip": "x", "no course.yaml": zipped(t, map[string]string{"a.md": "x"}), "empty": zipped(t, nil)} {
		for _, to := range []string{"/studio/carica", d.draft + "/carica"} {
			if a := d.parts(to, csrf, part{"file", "a.zip", file}); a.Status != 422 || !strings.Contains(a.Body, `role="alert"`) {
				t.Errorf("%s to %s: %d", name, to, a.Status)
			}
		}
	}
	d.then(d.post(d.draft+"/elimina", nil))
	list := d.page("/studio")
	if f := list.form(t, d.draft+"/recupera"); f.Action != d.draft+"/recupera" {
		t.Error("a draft that was thrown away cannot be taken back")
	}
	d.then(d.post(d.draft+"/recupera", nil))
	if _, err := h.studio.Draft(t.Context(), h.actor("carla"), studio.DraftID(strings.TrimPrefix(d.draft, "/studio/"))); err != nil {
		t.Error(err)
	}
}

func unpackedZip(t *testing.T, body string) map[string]string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	must(t, err)
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		b, err := io.ReadAll(r)
		must(t, err)
		r.Close()
		out[f.Name] = string(b)
	}
	return out
}

// TestWhatTheStudioSaysOfFilesThatCome: what a file is called now, that it was there, that it is empty, that a course exists already; and the glossary has its place.
func TestWhatTheStudioSaysOfFilesThatCome(t *testing.T) {
	h := open(t)
	d := h.write()
	csrf := part{"csrf", "", d.token()}
	note := part{"file", "Nota breve.vtt", "WEBVTT\n\n00:00.000 --> 00:02.000\nCiao.\n"}
	d.then(d.parts(d.draft+"/allegati", csrf, note)).says(t, "Nella bozza si chiama:", "media/nota-breve.vtt")
	d.then(d.parts(d.draft+"/allegati", csrf, note)).says(t, "Questo file c’era già", "media/nota-breve.vtt")
	if a := d.parts(d.draft+"/allegati", csrf, part{"file", "vuoto.vtt", ""}); a.Status != 422 || !strings.Contains(a.Body, "Il file è vuoto") {
		t.Errorf("a file of no bytes: %d", a.Status)
	}
	missing := "Il [lavoro agile](glossario#lavoro-agile).\n"
	var answer struct{ Findings []struct{ Rule, Mend string } }
	d.ask(d.draft+"/anteprima?file="+saluto, url.Values{"text": {d.text(saluto) + missing}}, &answer)
	if i := slices.IndexFunc(answer.Findings, func(f struct{ Rule, Mend string }) bool { return f.Rule == "unknown-term" }); i < 0 || answer.Findings[i].Mend != d.draft+"#glossario" {
		t.Errorf("nothing leads to the glossary that is missing: %+v", answer.Findings)
	}
	begin := d.page(d.draft).form(t, "/oggetto")
	d.then(d.submit(begin, url.Values{"azione": {"glossario"}})).says(t, "## Lavoro agile")
	d.ask(d.draft+"/anteprima?file="+saluto, url.Values{"text": {d.text(saluto) + missing}}, &answer)
	if slices.ContainsFunc(answer.Findings, func(f struct{ Rule, Mend string }) bool { return f.Rule == "unknown-term" }) {
		t.Errorf("the glossary that was begun does not have the word: %+v", answer.Findings)
	}
	page := d.then(d.parts(d.draft+"/allegati", csrf, part{"file", "glossario.md", "# Glossario\n\n## Ente\n\nUn comune o un’unione.\n"}))
	page.keepsTo(t, "Crea il glossario")
	if !strings.Contains(d.text("glossario.md"), "## Ente") {
		t.Error("an uploaded glossary is not at its place")
	}
	zip := d.get(d.draft + "/scarica.zip")
	again := d.then(d.parts("/studio/carica", csrf, part{"file", "corso.zip", zip.Body}))
	again.says(t, "Questo corso esiste già: è pubblicata la versione 1", "C’è già una bozza", d.draft, "Il corso è alla versione 1")
	again.keepsTo(t, "Mai pubblicato")
}
