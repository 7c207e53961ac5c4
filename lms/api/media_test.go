package api_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"aulacomune/lms"
)

// withFiles is the author's folder with pictures, one of them in two widths, and a document in the first reading, and captions in two languages.
func withFiles(t *testing.T) fstest.MapFS {
	t.Helper()
	fsys := folder(t)
	reading := fsys["01-uno/01-lettura.md"]
	reading.Data = append(slices.Clone(reading.Data), "\n![Un quadrato](quadrato.svg)\n\nAncora lui:\n\n![Un quadrato](quadrato.svg)\n\nEcco la [scheda in PDF](scheda.pdf).\n\n![Una riga](riga.png)\n"...)
	fsys["01-uno/quadrato.svg"] = &fstest.MapFile{Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>`)}
	for name, width := range map[string]int{"riga.png": 500, "riga.400w.png": 400} {
		var b bytes.Buffer
		if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, width/100))); err != nil {
			t.Fatal(err)
		}
		fsys["01-uno/"+name] = &fstest.MapFile{Data: b.Bytes()}
	}
	lesson := fsys["02-due/01-lezione.md"]
	lesson.Data = bytes.Replace(lesson.Data, []byte("captions: video/lezione.vtt"), []byte("captions: {it: video/lezione.vtt, en: video/lezione.en.vtt}"), 1)
	fsys["video/lezione.en.vtt"] = &fstest.MapFile{Data: []byte("WEBVTT\n\n00:00.000 --> 00:02.000\nGood morning, everybody.\n")}
	fsys["01-uno/scheda.pdf"] = &fstest.MapFile{Data: []byte("%PDF-1.7\nscheda\n%%EOF\n")}
	return fsys
}

// fetch gets an address that an answer gave.
func (c client) fetch(address string, headers ...string) answer {
	c.h.t.Helper()
	path, ours := strings.CutPrefix(address, publicURL+"/api/v1")
	if !ours {
		c.h.t.Fatalf("%q is not of this API", address)
	}
	return c.send(http.MethodGet, path, "", nil, headers...)
}

// TestWhoHasATokenFetchesWhatAnObjectCites follows the addresses of an enrolment with the token alone.
func TestWhoHasATokenFetchesWhatAnObjectCites(t *testing.T) {
	h := newHouse(t)
	fsys := withFiles(t)
	h.publishFolder(fsys)
	learner := h.as("learner-a")
	here := "/enrolments/" + learner.post("/courses/prova/enrolments", nil).want(200).json().str("id")
	before := learner.get(here).want(200).json()
	before.is([]any{}, "objects", 1, "media") // locked
	learner.post(here+"/events", event("1", "lettura", "read", nil)).want(200)
	st := learner.get(here).want(200).json()
	for _, c := range []struct {
		object               int
		id                   string
		use, path, mediaType []string
		shown                []bool
	}{
		{object: 0, id: "lettura", use: []string{"text", "text", "text"}, path: []string{"01-uno/quadrato.svg", "01-uno/scheda.pdf", "01-uno/riga.png"}, mediaType: []string{"image/svg+xml", "application/pdf", "image/png"}, shown: []bool{true, false, true}},
		{object: 1, id: "lezione", use: []string{"video", "captions", "captions", "poster"}, path: []string{"video/lezione.mp4", "video/lezione.vtt", "video/lezione.en.vtt", "video/lezione.jpg"}, mediaType: []string{"video/mp4", "text/vtt", "text/vtt", "image/jpeg"}, shown: []bool{true, true, true, true}},
	} {
		listed, _ := st.at("objects", c.object, "media").v.([]any)
		if len(listed) != len(c.use) {
			t.Fatalf("%s: %v", c.id, listed)
		}
		if same, _ := learner.get(here + "/objects/" + c.id).want(200).json().at("media").v.([]any); fmt.Sprint(same) != fmt.Sprint(listed) {
			t.Errorf("%s by itself: %v, among all: %v", c.id, same, listed)
		}
		for i := range c.use {
			m := st.at("objects", c.object, "media", i)
			m.is(c.use[i], "use")
			m.is(c.mediaType[i], "type")
			a := learner.fetch(m.str("url")).want(200)
			m.is(len(a.body), "bytes")
			if m.str("name") != c.path[i][strings.LastIndex(c.path[i], "/")+1:] || !strings.HasSuffix(c.path[i], ".svg") && !bytes.Equal(a.body, fsys[c.path[i]].Data) {
				t.Errorf("%s: %s, %d bytes", c.path[i], m.str("name"), len(a.body))
			}
			if a.header.Get("Content-Type") != c.mediaType[i] || a.header.Get("Content-Security-Policy") != "default-src 'none'; sandbox" || (a.header.Get("Content-Disposition") == "") != c.shown[i] ||
				!strings.HasPrefix(a.header.Get("Cache-Control"), "private") || a.header.Get("ETag") == "" {
				t.Errorf("%s: %v", c.path[i], a.header)
			}
		}
	}
	video := learner.get(here + "/objects/lezione").want(200).json().at("video")
	for _, name := range []string{"src", "captions", "poster"} {
		learner.fetch(video.str(name)).want(200)
	}
	video.is("en", "tracks", 0, "lang")
	learner.fetch(video.str("tracks", 0, "captions")).want(200)
}

// TestPartsOfAFile asks for ranges of a video, and for what the caller has already.
func TestPartsOfAFile(t *testing.T) {
	h := newHouse(t)
	h.publish()
	film := folder(t)["video/lezione.mp4"].Data
	learner := h.as("learner-a")
	here := "/enrolments/" + learner.post("/courses/prova/enrolments", nil).want(200).json().str("id")
	learner.post(here+"/events", event("1", "lettura", "read", nil)).want(200)
	address := learner.get(here).want(200).json().str("objects", 1, "media", 0, "url")
	path := strings.TrimPrefix(address, publicURL+"/api/v1")
	etag := learner.fetch(address).want(200).header.Get("ETag")
	n := len(film)
	for _, c := range []struct {
		name, value string
		status      int
		from, to    int
	}{
		{"Range", "bytes=100-199", 206, 100, 200},
		{"Range", "bytes=-7", 206, n - 7, n},
		{"Range", fmt.Sprintf("bytes=%d-", n), 416, 0, 0},
		{"Range", "bytes=0-1,5-6", 200, 0, n},
		{"If-None-Match", etag, 304, 0, 0},
		{"If-None-Match", `"x"`, 200, 0, n},
	} {
		a := learner.fetch(address, c.name, c.value).want(c.status)
		said := map[int]string{206: fmt.Sprintf("bytes %d-%d/%d", c.from, c.to-1, n), 416: fmt.Sprintf("bytes */%d", n)}[c.status]
		if got := a.header.Get("Content-Range"); got != said || a.header.Get("Accept-Ranges") != "bytes" || c.status < 400 && !bytes.Equal(a.body, film[c.from:c.to]) {
			t.Errorf("%s %s: %d bytes, Content-Range %q", c.name, c.value, len(a.body), got)
		}
		if c.status == 416 {
			a.json().is("urn:aula:problem:range", "type")
		}
		head := learner.send(http.MethodHead, path, "", nil, c.name, c.value)
		if head.status != c.status || len(head.body) > 0 || c.status < 300 && head.header.Get("Content-Length") != fmt.Sprint(c.to-c.from) {
			t.Errorf("HEAD, %s %s: %d, Content-Length %s", c.name, c.value, head.status, head.header.Get("Content-Length"))
		}
	}
	for range 3 { // the connection goes on after every way of answering
		learner.fetch(address, "Range", "bytes=0-9").want(206)
	}
}

// TestOnlyFilesOfTheEnrolment: a file of another edition, one that belongs to none, and what is no hash are not there; and a 304 or 416 tells
// nobody that a file is.
func TestOnlyFilesOfTheEnrolment(t *testing.T) {
	h := newHouse(t)
	first := withFiles(t)
	h.publishFolder(first)
	earlier := h.as("author-a").post("/courses/prova/enrolments", nil).want(200).json().str("id")
	h.publish()
	learner := h.as("learner-a")
	id := learner.post("/courses/prova/enrolments", nil).want(200).json().str("id")
	sheet, film := hashOf(first["01-uno/scheda.pdf"].Data), hashOf(first["video/lezione.mp4"].Data)
	h.as("author-a").get("/enrolments/" + earlier + "/media/" + sheet).want(200)
	learner.get("/enrolments/" + id + "/media/" + film).want(200)
	for _, path := range []string{
		id + "/media/" + sheet, earlier + "/media/" + film, id + "/media/" + strings.ToUpper(film), id + "/media/" + strings.Repeat("0", 64), id + "/media/x",
		id + "/media/..%2f..%2feditions%2f" + film, id + "/media/%00", "nessuna/media/" + film,
	} {
		learner.get("/enrolments/" + path).want(404)
	}
	for _, header := range [][2]string{{"If-None-Match", `"` + film + `"`}, {"Range", "bytes=999999999-"}} {
		h.as("learner-b").send(http.MethodGet, "/enrolments/"+id+"/media/"+film, "", nil, header[0], header[1]).want(404)
		h.as("").send(http.MethodGet, "/enrolments/"+id+"/media/"+film, "", nil, header[0], header[1]).want(401)
	}
	who, err := h.school.Accounts.Bearer(t.Context(), learner.token)
	h.must(err)
	for scope, want := range map[lms.Scope]int{lms.ScopeRead: 200, lms.ScopePublish: 403} {
		secret, err := h.school.Accounts.AddToken(t.Context(), who, "prova", scope, 1)
		h.must(err)
		client{h: h, token: secret}.get("/enrolments/" + id + "/media/" + film).want(want)
	}
}

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
