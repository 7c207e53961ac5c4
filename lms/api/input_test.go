package api_test

import (
	"archive/zip"
	"aulacomune/lms/codes"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// TestBadEvents sends what is wrong in every way to an enrolment; each gets a problem that names the field, and changes nothing.
func TestBadEvents(t *testing.T) {
	h := newHouse(t)
	h.publish()
	learner := h.as("learner-a")
	here := "/enrolments/" + learner.post("/courses/prova/enrolments", nil).want(200).json().str("id")
	learner.post(here+"/events", event("1", "lettura", "read", nil)).want(200)
	learner.post(here+"/events", event("2", "lezione", "opened", nil)).want(200)
	before := learner.get(here).want(200).body
	watched := func(intervals any) any {
		return event("w", "lezione", "watched", map[string]any{"intervals": intervals})
	}
	at := func(at time.Time) any {
		return event("w", "lettura", "opened", map[string]any{"at": at.Format(time.RFC3339)})
	}
	for _, c := range []struct {
		name           string
		body           any
		status         int
		field, message string
	}{
		{"nothing", "", 400, "body", "error.json.syntax"},
		{"no JSON", "{\"events\": [\n  {\"id\": }]}", 400, "body", "error.json.syntax Line 2 Column 10"},
		{"two values", `{"events":[]} {}`, 400, "body", "error.json.syntax"},
		{"an array", `[]`, 400, "body", "error.json.type Got array Want object"},
		{"events of another type", `{"events":{"id":1}}`, 400, "events", "error.json.type Got object Want array"},
		{"id of another type", `{"events":[{"id":"1"},{"id":7}]}`, 400, "events[1].id", "error.json.type Got number Want string"},
		{"interval of another type", `{"events":[{"id":"1","intervals":[[0,1],[1,"2"]]}]}`, 400, "events[0].intervals[1][1]", "error.json.type Got string Want number"},
		{"answers of another type", `{"events":[{"id":"1","answers":{"prima":"a"}}]}`, 400, "events[0].answers.prima", "error.json.type Got string Want array"},
		{"a number too large", `{"events":[{"id":"1","intervals":[[0,1e999]]}]}`, 400, "events[0].intervals[0][1]", "error.json.type"},
		{"deep", strings.Repeat("[", 20000), 400, "body", "error.json.syntax"},
		{"null", `null`, 422, "events", "error.events.count"},
		{"no events", `{"events":[]}`, 422, "events", "error.events.count"},
		{"too many events", map[string]any{"events": slices.Repeat([]any{map[string]any{"id": "1", "object": "lettura", "kind": "opened"}}, 201)}, 422, "events", "error.events.count"},
		{"no id", event("", "lettura", "read", nil), 422, "events[0].id", "error.event.id"},
		{"a long id", event(strings.Repeat("x", 101), "lettura", "read", nil), 422, "events[0].id", "error.event.id"},
		{"unknown object", event("w", "nessuno", "read", nil), 422, "events[0].object", "error.event.object"},
		{"locked object", answered("w", map[string][]string{"prima": {"a"}}), 422, "events[0].object", "error.event.locked"},
		{"unknown kind", event("w", "lettura", "eaten", nil), 422, "events[0].kind", "error.event.kind"},
		{"a video that isn't there", event("w", "lettura", "watched", map[string]any{"intervals": [][]float64{{0, 1}}}), 422, "events[0].kind", "error.event.novideo"},
		{"more than 24 h ahead", at(time.Now().Add(25 * time.Hour)), 422, "events[0].at", "error.event.at"},
		{"no time", event("w", "lettura", "opened", map[string]any{"at": "ieri"}), 422, "events[0].at", "error.time"},
		{"no intervals", watched([][]float64{}), 422, "events[0].intervals", "error.event.intervals"},
		{"half an interval", watched([][]float64{{0, 1}, {2}}), 422, "events[0].intervals[1]", "error.event.interval"},
		{"three ends", watched([][]float64{{0, 1, 2}}), 422, "events[0].intervals[0]", "error.event.interval"},
		{"before the beginning", watched([][]float64{{-1, 1}}), 422, "events[0].intervals[0]", "error.event.interval"},
		{"reversed", watched([][]float64{{0, 1}, {5, 3}}), 422, "events[0].intervals[1]", "error.event.reversed"},
		{"empty interval", watched([][]float64{{3, 3}}), 422, "events[0].intervals[0]", "error.event.reversed"},
		{"past the end", watched([][]float64{{0, 100000}}), 422, "events[0].intervals[0]", "error.event.past"},
		{"overlapping", watched([][]float64{{0, 2}, {1, 3}}), 422, "events[0].intervals[1]", "error.event.overlap"},
		{"too many intervals", watched(slices.Repeat([][]float64{{0, 1}}, 1001)), 422, "events[0].intervals", "error.event.intervals"},
		{"a hundred thousand intervals", watched(slices.Repeat([][]float64{{0, 1}}, 100_000)), 422, "events[0].intervals", "error.event.intervals"},
		{"a million intervals", watched(slices.Repeat([][]float64{{0, 1}}, 1_000_000)), 413, "body", "error.body.max Most 1"},
		{"the second is wrong", `{"events":[{"id":"9","object":"lezione","kind":"watched","intervals":[[0,1]]},{"id":"10","object":"nessuno","kind":"read"}]}`, 422, "events[1].object", "error.event.object"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := learner.post(here+"/events", c.body)
			a.t = t
			a.want(c.status).field(c.field, c.message)
		})
		if after := learner.get(here).want(200).body; !bytes.Equal(before, after) {
			t.Fatalf("%s changed something: %s", c.name, after)
		}
	}
	learner.post(here+"/events", at(time.Now().Add(23*time.Hour))).want(200)
	learner.post(here+"/events", `{"events":[{"id":"11","object":"lettura","kind":"opened","mood":"good"}],"more":[1]}`).want(200)
}

// TestBadAnswers sends answers to what was not asked.
func TestBadAnswers(t *testing.T) {
	h := newHouse(t)
	h.publish()
	learner := h.as("learner-a")
	id, _ := h.completed("learner-a")
	here := "/enrolments/" + id
	before := learner.get(here + "/objects/domande").want(200).body
	for _, c := range []struct {
		name           string
		answers        map[string][]string
		field, message string
	}{
		{"none", map[string][]string{}, "events[0].answers", "error.event.answers"},
		{"of another edition", map[string][]string{"terza": {"a"}}, "events[0].answers.terza", "error.event.question"},
		{"no such choice", map[string][]string{"prima": {"z"}}, "events[0].answers.prima", "error.event.choice"},
		{"two where one is asked", map[string][]string{"prima": {"a", "b"}}, "events[0].answers.prima", "error.event.single"},
	} {
		learner.post(here+"/events", answered("w"+c.name, c.answers)).want(422).field(c.field, c.message)
		if after := learner.get(here + "/objects/domande").want(200).body; !bytes.Equal(before, after) {
			t.Errorf("%s changed something: %s", c.name, after)
		}
	}
	// Somebody else's enrolment is not there, whatever is sent.
	other := h.as("learner-b")
	other.post(here+"/events", answered("w", map[string][]string{"prima": {"a"}})).want(404)
	other.post(here+"/events", answered("w", map[string][]string{"prima": {"z"}})).want(404)
	other.get(here).want(404)
	other.get(here + "/objects/domande").want(404)
	learner.get(here + "/objects/nessuno").want(404)
	for _, id := range []string{"x", "%00", "..", url.PathEscape("à/b")} {
		learner.get("/enrolments/" + id).want(404)
	}
}

// TestBadPeople sends people who can't be added.
func TestBadPeople(t *testing.T) {
	h := newHouse(t)
	admin := h.as("admin-a")
	before := admin.get("/people").want(200).body
	ugo := func(change ...string) map[string]string {
		p := map[string]string{"given_name": "Ugo", "family_name": "Bo", "email": "ugo@example.it"}
		for i := 0; i+1 < len(change); i += 2 {
			p[change[i]] = change[i+1]
		}
		return p
	}
	for _, c := range []struct {
		name           string
		body           any
		status         int
		field, message string
	}{
		{"duplicate e-mail", ugo("email", "LEARNER-A@example.it"), 409, "email", "error.person.taken"},
		{"duplicate e-mail in another ente", ugo("email", "learner-b@example.it"), 409, "email", "error.person.taken"},
		{"no name", ugo("given_name", " "), 422, "given_name", "error.required"},
		{"no family name", ugo("family_name", ""), 422, "family_name", "error.required"},
		{"a long name", ugo("family_name", strings.Repeat("x", 101)), 422, "family_name", "error.long"},
		{"no e-mail", ugo("email", ""), 422, "email", "error.person.login"},
		{"no address", ugo("email", "ugo"), 422, "email", "error.email"},
		{"an address with a name", ugo("email", "Ugo <ugo@example.it>"), 422, "email", "error.email"},
		{"unknown organisation", ugo("organisation", "nessuno"), 422, "organisation", "error.organisation.unknown"},
		{"the organisation above", ugo("organisation", "anci"), 422, "organisation", "error.organisation.unknown"},
		{"unknown role", ugo("role", "boss"), 422, "role", "error.role.unknown"},
		{"unknown category", ugo("category", "boss"), 422, "category", "error.category"},
		{"name of another type", `{"given_name":["Ugo"]}`, 400, "given_name", "error.json.type Got array Want string"},
		{"zero in a login", ugo("login", "a\x00b"), 422, "login", "error.invalid"},
	} {
		admin.post("/people", c.body).want(c.status).field(c.field, c.message)
		if after := admin.get("/people").want(200).body; !bytes.Equal(before, after) {
			t.Errorf("%s changed something: %s", c.name, after)
		}
	}
	added := admin.post("/people", ugo("office", "Anagrafe")).want(201).json()
	if link := added.str("activation"); !strings.HasPrefix(link, publicURL+"/attiva/") || len(link) < len(publicURL)+20 {
		t.Errorf("activation: %s", link)
	}
	if again := admin.get("/people").want(200).body; bytes.Contains(again, []byte("attiva")) {
		t.Error("the link is shown again")
	}
}

// TestBadQueries asks lists for what they can't give.
func TestBadQueries(t *testing.T) {
	h := newHouse(t)
	admin := h.as("admin-a")
	for _, list := range []string{"/courses", "/enrolments", "/people"} {
		for query, field := range map[string]string{
			"limit=0": "limit", "limit=201": "limit", "limit=-1": "limit", "limit=x": "limit", "limit=99999999999999999999": "limit",
			"cursor=*": "cursor", "cursor=abc": "cursor", "cursor=_wA_": "cursor", "cursor=" + strings.Repeat("A", 3000): "cursor",
		} {
			admin.get(list+"?"+query).want(422).field(field, "error.")
		}
	}
	admin.get("/people?query="+strings.Repeat("x", 300)).want(422).field("query", "error.long")
	admin.get("/people?query=%00%ff").want(200)
	admin.get("/people?organisation=%00").want(404)
	for _, slug := range []string{"nessuno", "%00", "..", "PROVA", strings.Repeat("x", 3000)} {
		admin.get("/courses/" + slug).want(404)
		admin.post("/courses/"+slug+"/enrolments", nil).want(404)
	}
}

// TestBadPublications sends zips and media that are not what they should be.
func TestBadPublications(t *testing.T) {
	h := newHouse(t)
	good := h.publish()
	author := h.as("author-a")
	before := author.get("/courses").want(200).body
	fsys := folder(t)
	fsys["01-uno/03-terzo.md"] = &fstest.MapFile{Data: []byte("---\nid: terzo\ntitle: T\nkind: reading\nminutes: 1\nobjectives: [o]\ncomplete: {read: true}\n---\n\n![](manca.png)\n")}
	broken, _ := pack(t, fsys)
	for _, c := range []struct {
		name           string
		call           func() answer
		status         int
		field, message string
	}{
		{"no zip", func() answer { return author.zip("/courses", []byte("PK")) }, 422, "body", ""},
		{"nothing", func() answer { return author.zip("/courses", nil) }, 422, "body", ""},
		{"traversal", func() answer { return author.zip("/courses", zipped(t, "../course.yaml", []byte("slug: x"))) }, 422, "body", "../course.yaml"},
		{"an absolute path", func() answer { return author.zip("/courses", zipped(t, "/etc/passwd", []byte("x"))) }, 422, "body", "/etc/passwd"},
		{"a bomb", func() answer { return author.zip("/courses", zipped(t, "a.md", make([]byte, 64<<20))) }, 422, "body", "a.md"},
		{"a page", func() answer { return author.zip("/courses", zipped(t, "a.html", []byte("<script>"))) }, 422, "body", "a.html"},
		{"no course", func() answer { return author.zip("/courses", zipped(t, "a.md", []byte("a"))) }, 422, "body", "error.publish.findings"},
		{"a good course with one error", func() answer { return author.zip("/courses", broken) }, 422, "body", "error.publish.findings"},
		{"too large", func() answer { return author.zip("/courses", make([]byte, 26<<20)) }, 413, "body", "error.body.max Most 25"},
		{"as JSON", func() answer { return author.send("POST", "/courses", "application/json", good) }, 415, "body", "error.body.want Type application/zip"},
		{"without a type", func() answer { return author.send("POST", "/courses", "", good) }, 415, "body", "error.body.want"},
		{"compressed", func() answer {
			return author.send("POST", "/courses", "application/zip", good, "Content-Encoding", "gzip")
		}, 415, "body", "error.body.want"},
		{"another's organisation", func() answer { return author.zip("/courses?organisation=ente-b", good) }, 422, "organisation", "error.organisation.unknown"},
		{"another's slug", func() answer { return h.as("author-b").zip("/courses", good) }, 409, "slug", "error.taken"},
		{"a long note", func() answer { return author.zip("/courses?note="+strings.Repeat("x", 501), good) }, 422, "note", "error.long"},
		{"a page as media", func() answer { return author.media("a.html", []byte("<!doctype html><script>alert(1)</script>")) }, 422, "file", ""},
		{"a page called a picture", func() answer { return author.media("a.png", []byte("<!doctype html><script>alert(1)</script>")) }, 422, "file", ""},
		{"a drawing as media", func() answer {
			return author.media("a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`))
		}, 422, "file", ""},
		{"another hash", func() answer { return author.put("/media/"+strings.Repeat("a", 64)+"?name=a.png", []byte("x")) }, 422, "hash", "error.media.hash"},
		{"no hash", func() answer { return author.put("/media/abc?name=a.png", []byte("x")) }, 422, "hash", "error.hash"},
		{"no hash among the missing", func() answer { return author.post("/media/missing", `{"hashes":["`+strings.Repeat("a", 64)+`","b"]}`) }, 422, "hashes[1]", "error.hash"},
		{"too many hashes", func() answer {
			return author.post("/media/missing", map[string]any{"hashes": slices.Repeat([]string{"a"}, 5001)})
		}, 422, "hashes", "error.many"},
	} {
		a := c.call().want(c.status).field(c.field, c.message)
		if strings.Contains(string(a.body), "/tmp/") || strings.Contains(string(a.body), "sqlite") {
			t.Errorf("%s says too much: %s", c.name, a.body)
		}
		if after := author.get("/courses").want(200).body; !bytes.Equal(before, after) {
			t.Errorf("%s changed something: %s", c.name, after)
		}
	}
	findings := author.zip("/courses", zipped(t, "a.md", []byte("a"))).want(422).json()
	findings.is("error", "findings", 0, "severity")
}

func (c client) media(name string, b []byte) answer {
	sum := sha256.Sum256(b)
	return c.put("/media/"+hex.EncodeToString(sum[:])+"?name="+name, b)
}

func zipped(t *testing.T, name string, text []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.Create(name)
	if err == nil {
		_, err = f.Write(text)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestRefusals asks for what is no route, with other methods, types and languages.
func TestRefusals(t *testing.T) {
	h := newHouse(t)
	learner := h.as("learner-a")
	for _, path := range []string{"", "/", "/nothing", "/courses/prova/nothing", "/session/x", "/media", "/.git/config"} {
		a := learner.get(path).want(404)
		a.json().is("urn:aula:problem:not-found", "type")
		a.json().is(404, "status")
	}
	for call, allow := range map[string]string{
		"PUT /courses": "GET, HEAD, POST", "DELETE /enrolments/x": "GET, HEAD", "GET /session": "POST, DELETE", "OPTIONS /people": "GET, HEAD, POST",
		"POST /certificates/x.pdf": "GET, HEAD", "PATCH /certificates/x": "GET, HEAD", "GET /media/x": "PUT",
	} {
		method, path, _ := strings.Cut(call, " ")
		a := h.as("").send(method, path, "", nil).want(405)
		if a.header.Get("Allow") != allow {
			t.Errorf("%s: Allow %q, want %q", call, a.header.Get("Allow"), allow)
		}
	}
	sign := []byte(`{"email":"a","password":"b"}`)
	nobody := h.as("")
	for _, mediaType := range []string{"", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json/x"} {
		nobody.send("POST", "/session", mediaType, sign).want(415).field("body", "error.body.want")
	}
	nobody.send("POST", "/session", "application/json; charset=utf-8", sign).want(422)
	nobody.send("POST", "/session", "application/merge-patch+json", sign).want(422)
	nobody.post("/session", `{}`).want(422).field("email", "error.required").field("password", "error.required")

	english := nobody.send("GET", "/courses/nessuno", "", nil, "Accept-Language", "de, en-GB;q=0.8, it;q=0.3").want(404).json()
	english.is("en:error.notfound", "detail")
	nobody.send("GET", "/courses/nessuno", "", nil, "Accept-Language", "de").want(404).json().is("it:error.notfound", "detail")

	if head := nobody.send("HEAD", "/courses", "", nil); head.status != 200 || len(head.body) != 0 {
		t.Errorf("HEAD: %d %q", head.status, head.body)
	}
	for _, header := range []string{"Bearer", "Bearer ", "Bearer x", "Basic eDp5", "bearer aula_XXXX", learner.token} {
		a := nobody.send("GET", "/enrolments", "", nil, "Authorization", header).want(401)
		if a.header.Get("WWW-Authenticate") == "" || a.json().str("instance") != a.header.Get("X-Request-Id") {
			t.Errorf("%q: %v %s", header, a.header, a.body)
		}
	}
	nobody.send("GET", "/enrolments", "", nil, "Cookie", "session="+learner.token).want(401)
	nobody.send("GET", "/enrolments", "", nil, "Authorization", "bearer "+learner.token).want(200)
	learner.send("DELETE", "/session", "", nil).want(204)
	learner.get("/enrolments").want(401)
}

// TestNobodyLearnsWhoIsThere compares the answers, and about their times, for a login that exists and one that does not.
func TestNobodyLearnsWhoIsThere(t *testing.T) {
	h := newHouse(t)
	h.withPassword("learner-a")
	nobody := h.as("")
	emails := []string{"learner-a@example.it", "nessuno@example.it", "learner-b@example.it"} // there, not there, never activated
	quickest, texts := map[string]time.Duration{}, map[string]string{}
	for range 5 {
		for _, email := range emails {
			begin := time.Now()
			a := nobody.post("/session", map[string]string{"email": email, "password": "sbagliata"}).want(422)
			if took := time.Since(begin); quickest[email] == 0 || took < quickest[email] {
				quickest[email] = took
			}
			texts[email] = strings.Replace(string(a.body), a.json().str("instance"), "", 1)
		}
	}
	for _, email := range emails[1:] {
		if texts[email] != texts[emails[0]] {
			t.Errorf("answers differ: %s, %s", texts[emails[0]], texts[email])
		}
		if a, b := quickest[emails[0]], quickest[email]; a > 5*b || b > 5*a {
			t.Errorf("times differ: %v, %v", a, b)
		}
	}
	// From the sixth failure on they are slowed down alike.
	for _, email := range []string{"learner-a@example.it", "nessuno@example.it"} {
		status := 0
		for range 4 {
			a := nobody.post("/session", map[string]string{"email": email, "password": "sbagliata"})
			if status = a.status; status == 429 {
				if a.header.Get("Retry-After") == "" {
					t.Error("no Retry-After")
				}
				break
			}
		}
		if status != 429 {
			t.Errorf("%s is not slowed down", email)
		}
	}
	h.later(time.Minute)
	nobody.post("/session", map[string]string{"email": "learner-a@example.it", "password": password}).want(200)
}

// TestAFaultSaysNothing breaks the database and looks what leaves.
func TestAFaultSaysNothing(t *testing.T) {
	h := newHouse(t)
	h.publish()
	learner := h.as("learner-a")
	learner.get("/enrolments").want(200)
	h.broken()
	a := learner.get("/enrolments")
	if a.status != 500 && a.status != 503 {
		t.Fatalf("status %d: %s", a.status, a.body)
	}
	for _, word := range []string{"sqlite", "sql", "database", "closed", "mongo", "enrolments"} {
		if strings.Contains(strings.ToLower(string(a.body)), word) {
			t.Errorf("the answer says %q: %s", word, a.body)
		}
	}
	if id := a.json().str("instance"); id == "" || !strings.Contains(h.log.String(), id) {
		t.Errorf("request %q is not in the log: %s", id, h.log.String())
	}
	if strings.Contains(h.log.String(), "learner-a") {
		t.Errorf("the log holds a person: %s", fmt.Sprint(h.log))
	}
}

// TestGuessingCertificatesIsSlowedDown asks for codes that fit and are in no register, for the answer and for the PDF by turns.
func TestGuessingCertificatesIsSlowedDown(t *testing.T) {
	h := newHouse(t)
	h.publish()
	_, code := h.completed("learner-a")
	nobody := h.as("")
	last := 0
	for i := range 40 { // more than enough: every guess after the free ones waits longer than a request takes
		a := nobody.get("/certificates/" + codes.New() + []string{"", ".pdf"}[i%2])
		if last = a.status; last == 429 {
			if a.header.Get("Retry-After") == "" || i < 30 {
				t.Errorf("after %d guesses, Retry-After %q", i, a.header.Get("Retry-After"))
			}
			break
		}
		a.want(404)
	}
	if last != 429 {
		t.Fatalf("the last of 40 guesses got %d", last)
	}
	h.later(time.Minute)
	nobody.get("/certificates/" + code).want(200)
	nobody.get("/certificates/" + code + ".pdf").want(200)
}
