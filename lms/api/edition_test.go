package api_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"aulacomune/course"
)

// TestEditions goes the way of an author: a second edition, which is compared, withdrawn, offered again; and the first one, which is brought back.
func TestEditions(t *testing.T) {
	h := newHouse(t)
	h.publish()
	h.completed("learner-a")
	author := h.as("author-a")
	fsys := folder(t)
	for name, f := range fsys {
		if strings.HasSuffix(name, ".md") {
			f.Data = append(f.Data, "\nUna frase in più.\n"...)
		}
	}
	second, _ := pack(t, fsys)
	author.zip("/courses", second).want(422).field("note", "error.publish.note")
	author.zip("/courses?note=+", second).want(422).field("note", "error.publish.note")
	author.zip("/courses?note="+strings.Repeat("x", 501), second).want(422)
	author.zip("/courses?note=frasi", second).want(201).json().is(2.0, "edition", "number")

	all := author.get("/courses/prova/editions").want(200).json()
	all.is(2.0, "items", 0, "number")
	all.is(true, "items", 0, "current")
	all.is(0.0, "items", 0, "people")
	all.is("frasi", "items", 0, "note")
	all.is(1.0, "items", 1, "people")
	diff := author.get("/courses/prova/diff?from=1&to=2").want(200).json()
	diff.is(true, "harmless")
	diff.is("changed", "objects", 0, "kind")
	diff.is("text", "objects", 0, "aspects", 0)
	for _, q := range []string{"?from=1&to=3", "?from=3&to=1"} {
		author.get("/courses/prova/diff" + q).want(404)
	}
	for _, q := range []string{"?from=0&to=1", "?from=x&to=1", "?from=1&to=-1"} {
		author.get("/courses/prova/diff" + q).want(422)
	}

	author.post("/courses/prova/editions/2/withdraw", map[string]string{"reason": " "}).want(422).field("reason", "error.withdraw.reason")
	author.post("/courses/prova/editions/2/withdraw", "no").want(400)
	gone := author.post("/courses/prova/editions/2/withdraw", map[string]string{"reason": "una data"}).want(200).json()
	gone.is("una data", "items", 0, "reason")
	gone.is(true, "items", 1, "current")
	author.post("/courses/prova/editions/1/withdraw", map[string]string{"reason": "x"}).want(200)
	h.as("").get("/courses/prova").want(200).json().is(false, "enrolling")
	h.as("").get("/courses").want(200).json().is(false, "items", 0, "enrolling")
	h.as("learner-b").post("/courses/prova/enrolments", nil).want(409)
	author.post("/courses/prova/editions/2/offer", nil).want(200).json().is("", "items", 0, "withdrawn")
	h.as("").get("/courses/prova").want(200).json().is(true, "enrolling")

	author.post("/courses/prova/editions/1/restore", map[string]string{"note": ""}).want(422).field("note", "error.publish.note")
	back := author.post("/courses/prova/editions/1/restore", map[string]string{"note": "torna"}).want(200).json()
	back.is(3.0, "number")
	author.post("/courses/prova/editions/1/restore", map[string]string{"note": "torna"}).want(409)
	for _, number := range []string{"9", "0", "-1", "x", "1e3"} {
		author.get("/courses/prova/editions/" + number + "/source").want(404)
		author.get("/courses/prova/editions/" + number + "/content").want(404)
		author.post("/courses/prova/editions/"+number+"/offer", nil).want(404)
	}
}

// TestExport: an edition leaves in both forms, whole; what is asked for wrongly is named.
func TestExport(t *testing.T) {
	h := newHouse(t)
	h.publish()
	admin := h.as("admin-a")
	a := admin.get("/courses/prova/editions/1/export").want(200)
	z, err := zip.NewReader(bytes.NewReader(a.body), int64(len(a.body)))
	if err != nil || a.header.Get("Content-Type") != "application/zip" || a.header.Get("Content-Disposition") != `attachment; filename="prova-versione-1.zip"` {
		t.Fatalf("%v %v", err, a.header)
	}
	if f, err := z.Open("index.html"); err != nil {
		t.Error(err)
	} else if err := f.Close(); err != nil {
		t.Error(err)
	}
	page := admin.get("/courses/prova/editions/1/export?as=page").want(200)
	if !bytes.Contains(page.body, []byte("@page")) || !bytes.Contains(page.body, []byte(publicURL+"/corsi/prova")) || !strings.HasSuffix(page.header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("no page to print: %v", page.header)
	}
	if head := admin.send("HEAD", "/courses/prova/editions/1/export", "", nil).want(200); len(head.body) != 0 || head.header.Get("Content-Length") != strconv.Itoa(len(a.body)) {
		t.Errorf("the head says %q of %d bytes", head.header.Get("Content-Length"), len(a.body))
	}
	admin.get("/courses/prova/editions/1/export?as=pdf").want(422).field("as", "error.export.form")
	for _, number := range []string{"2", "0", "-1", "x", "1e3"} {
		admin.get("/courses/prova/editions/" + number + "/export").want(404)
	}
}

// TestSourceAndContent: what was sent comes back, and so does what was made of it; both only to authors.
func TestSourceAndContent(t *testing.T) {
	h := newHouse(t)
	sent := h.publish()
	author := h.as("author-a")
	a := author.get("/courses/prova/editions/1/source").want(200)
	if !bytes.Equal(a.body, sent) || a.header.Get("Content-Type") != "application/zip" {
		t.Errorf("%d bytes of %q, sent were %d", len(a.body), a.header.Get("Content-Type"), len(sent))
	}
	if _, err := zip.NewReader(bytes.NewReader(a.body), int64(len(a.body))); err != nil {
		t.Error(err)
	}
	a = author.get("/courses/prova/editions/1/content").want(200)
	var c course.Course
	if err := json.Unmarshal(a.body, &c); err != nil || c.Slug != "prova" || c.Count() == 0 || a.header.Get("Cache-Control") != "no-store" {
		t.Errorf("%v, %q, %q", err, c.Slug, a.header.Get("Cache-Control"))
	}
}
