package api_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestJourney is the main job: publish, sign in, enrol, take every object, hold a certificate that anyone verifies, lose it again.
func TestJourney(t *testing.T) {
	h := newHouse(t)
	zip := publishOverTheAPI(t, h)

	h.withPassword("learner-a")
	nobody := h.as("")
	session := nobody.post("/session", map[string]string{"email": " Learner-A@example.it ", "password": password}).want(200).json()
	session.is("D’learner-a", "person", "family_name")
	learner := client{h: h, token: session.str("token")}

	e := learner.post("/courses/prova/enrolments", nil).want(200).json()
	e.is("open", "state")
	e.is(0, "percent")
	e.is(nil, "certificate")
	e.is("locked", "objects", 1, "state")
	e.is([]any{}, "objects", 2, "questions")
	e.is("it:rule.read", "objects", 0, "rule", "text")
	e.is("it:missing.read", "objects", 0, "missing", "text")
	here := "/enrolments/" + e.str("id")
	if again := learner.post("/courses/prova/enrolments", nil).want(200).json(); again.str("id") != e.str("id") {
		t.Error("enrolling again makes another enrolment")
	}

	takeReading(t, learner, here)
	takeVideo(t, h, learner, here)
	done := takeQuestions(t, learner, here)
	done.is(100, "percent")
	done.is("completed", "state")
	done.is(false, "pending")
	done.is("valid", "certificate", "state")
	done.is(nil, "objects", 2, "missing")
	code := done.str("certificate", "code")
	done.is(publicURL+"/verifica/"+code, "certificate", "verify")
	done.is(publicURL+"/api/v1/certificates/"+code+".pdf", "certificate", "pdf")
	learner.get(here).want(200).json().is("1/"+time.Now().Format("2006"), "certificate", "number")

	list := learner.get("/enrolments").want(200).json()
	list.is(code, "items", 0, "certificate", "code")
	list.is("", "next")

	verify(t, h, code)
	revoke(t, h, code)

	// Publishing the same content again is the same edition.
	again := h.as("author-a").zip("/courses", zip).want(200).json()
	again.is(false, "new")
	again.is(1, "edition", "number")
}

func publishOverTheAPI(t *testing.T, h *house) []byte {
	author, fsys := h.as("author-a"), folder(t)
	zip, uploads := pack(t, fsys)
	var hashes []string
	for _, m := range uploads {
		hashes = append(hashes, string(m.Hash))
	}
	ask := map[string][]string{"hashes": hashes}
	missing := author.post("/media/missing", ask).want(200).json()
	missing.is(hashes, "missing")
	// Without its media the course is refused and nothing is there.
	author.zip("/courses", zip).want(422).field("body", "media.lock.yaml")
	author.get("/courses").want(200).json().is([]any{}, "items")
	for _, m := range uploads {
		put := author.put("/media/"+string(m.Hash)+"?name="+url.QueryEscape(filepath.Base(m.Path)), fsys[m.Path].Data).want(200).json()
		put.is(string(m.Hash), "hash")
		put.is(m.Size, "size")
		put.is(m.Type, "type")
	}
	author.post("/media/missing", ask).want(200).json().is([]string{}, "missing")
	p := author.zip("/courses?note="+url.QueryEscape("prima versione"), zip).want(201).json()
	p.is("prova", "course")
	p.is(true, "new")
	p.is(1, "edition", "number")
	p.is("prima versione", "edition", "note")
	p.is(3, "edition", "objects")

	seen := h.as("").get("/courses/prova").want(200)
	for _, secret := range []string{`"right"`, "Bene così", "feedback", "choices"} {
		if bytes.Contains(seen.body, []byte(secret)) {
			t.Errorf("what anyone may see of a course holds %s", secret)
		}
	}
	seen.json().is("domande", "modules", 1, "objects", 1, "id")
	seen.json().is(2, "modules", 1, "objects", 1, "questions")
	return zip
}

func takeReading(t *testing.T, learner client, here string) {
	learner.get(here + "/objects/lezione").want(409)
	o := learner.get(here + "/objects/lettura").want(200).json()
	if !strings.Contains(o.str("html"), "Un testo da leggere.") {
		t.Errorf("html: %v", o.at("html"))
	}
	o.is(nil, "video")
	r := learner.post(here+"/events", event("r1", "lettura", "read", nil)).want(200).json()
	r.is("completed", "objects", 0, "state")
	r.is(33, "percent")
	r.is(nil, "objects", 0, "missing")
	r.is("open", "objects", 1, "state")
}

func takeVideo(t *testing.T, h *house, learner client, here string) {
	o := learner.get(here + "/objects/lezione").want(200).json()
	seconds, _ := o.at("video", "seconds").v.(float64)
	if seconds < 20 || !strings.HasPrefix(o.str("video", "src"), publicURL+"/api/v1"+here+"/media/") {
		t.Errorf("video: %v", o.at("video"))
	}
	o.is("Buongiorno a tutti.", "video", "cues", 0, "text")
	learner.post(here+"/events", event("v0", "lezione", "opened", nil)).want(200)
	watched := func(id string, from, to float64) map[string]any {
		return event(id, "lezione", "watched", map[string]any{"intervals": [][]float64{{from, to}}})
	}
	// More than the time allows for is dropped and said.
	r := learner.post(here+"/events", watched("v1", 0, seconds)).want(200).json()
	if dropped, _ := r.at("dropped").v.(float64); dropped <= 0 || dropped >= seconds {
		t.Errorf("dropped %v of %v", dropped, seconds)
	}
	r.is("in_progress", "objects", 1, "state")
	h.later(time.Minute)
	learner.post(here+"/events", watched("v2", 10, seconds)).want(200)
	r = learner.post(here+"/events", watched("v3", 0, seconds)).want(200).json()
	r.is("completed", "objects", 1, "state")
	r.is(0, "dropped")
}

func takeQuestions(t *testing.T, learner client, here string) value {
	e := learner.get(here).want(200)
	if strings.Contains(string(e.body), `"right"`) || strings.Contains(string(e.body), "feedback") {
		t.Error("a right answer leaves before an attempt")
	}
	e.json().is("prima", "objects", 2, "questions", 0, "id")
	e.json().is("b", "objects", 2, "questions", 0, "choices", 1, "id")
	before := learner.get(here + "/objects/domande").want(200)
	if strings.Contains(string(before.body), `"right"`) {
		t.Error("a right answer leaves before an attempt")
	}
	before.json().is(nil, "questions", 0, "feedback")

	wrong := learner.post(here+"/events", answered("a1", map[string][]string{"prima": {"b"}, "seconda": {"a"}})).want(200).json()
	wrong.is(false, "feedback", 0, "right")
	wrong.is("b", "feedback", 0, "choices", 0, "id")
	wrong.is(nil, "certificate")
	if !strings.Contains(wrong.str("feedback", 0, "choices", 0, "html"), "Purtroppo no.") || strings.Contains(string(wrong.str("feedback", 0, "html")), "Bene") {
		t.Errorf("feedback: %v", wrong.at("feedback"))
	}
	learner.get(here+"/objects/domande").want(200).json().is(false, "questions", 0, "feedback", "right")
	learner.post(here+"/events", answered("a2", map[string][]string{"prima": {"a"}})).want(200).json().is(true, "feedback", 0, "right")
	return learner.post(here+"/events", answered("a3", map[string][]string{"seconda": {"b", "a"}})).want(200).json()
}

func verify(t *testing.T, h *house, code string) {
	nobody := h.as("")
	v := nobody.get("/certificates/" + code).want(200).json()
	v.is("valid", "state")
	v.is("Nicolò D’learner-a", "person")
	v.is("Comune di A", "issuer")
	v.is(nil, "revoked")
	v.is([]string{"Modulo uno", "Modulo due"}, "modules")
	// As people write it.
	nobody.get("/certificates/"+strings.ToLower(strings.ReplaceAll(code, "-", "%20"))).want(200).json().is(code, "code")

	pdf := nobody.get("/certificates/" + code + ".pdf").want(200)
	sum := sha256.Sum256(pdf.body)
	v.is(hex.EncodeToString(sum[:]), "pdf_sha256")
	if !bytes.HasPrefix(pdf.body, []byte("%PDF-")) || !strings.Contains(pdf.header.Get("Content-Security-Policy"), "sandbox") ||
		pdf.header.Get("Content-Disposition") != `attachment; filename="attestato-`+code+`.pdf"` {
		t.Errorf("pdf: %v", pdf.header)
	}
	for _, bad := range []string{"ZZZZ-ZZZZ-ZZZZ", "x", "..%2f..", code[:13] + "9", "%00"} {
		if bad != code {
			nobody.get("/certificates/" + bad).want(404)
			nobody.get("/certificates/" + bad + ".pdf").want(404)
		}
	}
}

func revoke(t *testing.T, h *house, code string) {
	admin := h.as("admin-a")
	reason := map[string]string{"reason": "Emesso per errore"}
	h.as("learner-a").post("/certificates/"+code+"/revoke", reason).want(403)
	h.as("admin-b").post("/certificates/"+code+"/revoke", reason).want(404)
	admin.post("/certificates/"+code+"/revoke", map[string]string{"reason": " "}).want(422).field("reason", "error.revoke.reason")
	h.as("").get("/certificates/"+code).want(200).json().is("valid", "state")
	admin.post("/certificates/"+code+"/revoke", reason).want(200).json().is("revoked", "state")
	v := h.as("").get("/certificates/" + code).want(200).json()
	v.is("revoked", "state")
	v.is("Emesso per errore", "revoked", "reason")
	admin.post("/certificates/"+code+"/revoke", reason).want(409)
	h.as("learner-a").get("/enrolments").want(200).json().is("revoked", "items", 0, "certificate", "state")
}

// event is a request with one event.
func event(id, object, kind string, more map[string]any) map[string]any {
	ev := map[string]any{"id": id, "object": object, "kind": kind}
	for k, v := range more {
		ev[k] = v
	}
	return map[string]any{"events": []any{ev}}
}

func answered(id string, answers map[string][]string) map[string]any {
	return event(id, "domande", "answered", map[string]any{"answers": answers})
}

// TestTheSameEventAgainChangesNothing sends every kind of event twice, and an id with another body.
func TestTheSameEventAgainChangesNothing(t *testing.T) {
	h := newHouse(t)
	h.publish()
	learner := h.as("learner-a")
	here := "/enrolments/" + learner.post("/courses/prova/enrolments", nil).want(200).json().str("id")
	for _, body := range []map[string]any{
		event("1", "lettura", "opened", nil), event("2", "lettura", "read", nil),
		event("3", "lezione", "watched", map[string]any{"intervals": [][]float64{{0, 2}, {3, 4}}}),
	} {
		learner.post(here+"/events", body).want(200)
		first := learner.get(here).want(200)
		learner.post(here+"/events", body).want(200)
		if second := learner.get(here).want(200); !bytes.Equal(first.body, second.body) {
			t.Errorf("%v again: %s", body, second.body)
		}
	}
	h.later(time.Minute)
	seconds := learner.get(here+"/objects/lezione").want(200).json().at("video", "seconds").v.(float64)
	learner.post(here+"/events", event("4", "lezione", "watched", map[string]any{"intervals": [][]float64{{0, seconds}}})).want(200)
	learner.post(here+"/events", answered("5", map[string][]string{"prima": {"b"}})).want(200)
	first := learner.get(here + "/objects/domande").want(200)
	learner.post(here+"/events", answered("5", map[string][]string{"prima": {"b"}})).want(200)
	learner.post(here+"/events", answered("5", map[string][]string{"prima": {"a"}})).want(409).field("events[0].id", "error.event.other")
	if second := learner.get(here + "/objects/domande").want(200); !bytes.Equal(first.body, second.body) {
		t.Errorf("again: %s", second.body)
	}
}

// TestListsArePaged walks through people and courses one by one.
func TestListsArePaged(t *testing.T) {
	h := newHouse(t)
	h.publish()
	admin := h.as("admin-a")
	var names []string
	for next := ""; ; {
		page := admin.get("/people?limit=1&cursor=" + next).want(200).json()
		names = append(names, page.str("items", 0, "family_name"))
		if next = page.str("next"); next == "" {
			break
		}
	}
	if strings.Join(names, " ") != "D’admin-a D’author-a D’learner-a" {
		t.Errorf("people: %v", names)
	}
	admin.get("/people?query=d+ad").want(200).json().is("D’admin-a", "items", 0, "family_name")
	admin.get("/people?query=nobody").want(200).json().is([]any{}, "items")
	h.publishCopy("seconda")
	h.publishCopy("terza")
	learner := h.as("learner-a")
	for _, slug := range []string{"prova", "seconda", "terza"} {
		learner.post("/courses/"+slug+"/enrolments", nil).want(200)
	}
	for list, key := range map[string]string{"/courses": "slug", "/enrolments": "course"} {
		seen := map[string]bool{}
		for next, pages := "", 0; pages == 0 || next != ""; pages++ {
			page := learner.get(list + "?limit=1&cursor=" + next).want(200).json()
			seen[page.str("items", 0, key)] = true
			next = page.str("next")
		}
		if len(seen) != 3 {
			t.Errorf("%s: %v", list, seen)
		}
	}
	learner.get("/enrolments").want(200).json().is("terza", "items", 0, "course")
}
