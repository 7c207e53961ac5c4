package api_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/api"
)

// visit is how a row of the table is called, and what each caller gets: nobody, a learner of ente B, the learner of ente A whose
// enrolment and certificate it is, the author and the administrator of ente A, and those of ente B.
type visit struct {
	call func(client) answer
	want [7]int
}

var callers = [7]string{"", "learner-b", "learner-a", "author-a", "admin-a", "author-b", "admin-b"}

// TestWhoMayCall tries every row of the table as everyone.
func TestWhoMayCall(t *testing.T) {
	h := newHouse(t)
	zip := h.publish()
	enrolment, code := h.completed("learner-a")
	h.announce("Lavoro agile", 0)
	visits := visitsOf(zip, enrolment, code, hashOf(folder(t)["video/lezione.mp4"].Data))
	clients := [7]client{}
	for i, name := range callers {
		clients[i] = h.as(name)
	}
	for _, r := range h.api.Routes() {
		row := r.Method + " " + r.Template()
		v, ok := visits[row]
		if !ok {
			t.Errorf("%s: no visit in this test", row)
			continue
		}
		gate(t, row, r.Who, v)
		for i, name := range callers {
			c := clients[i]
			if row == "DELETE /session" && i > 0 {
				c = h.as(name)
			}
			if a := v.call(c); a.status != v.want[i] {
				t.Errorf("%s as %q: status %d, want %d: %.300s", row, name, a.status, v.want[i], a.body)
			} else if a.status == 401 && a.header.Get("WWW-Authenticate") == "" {
				t.Errorf("%s as %q: no WWW-Authenticate", row, name)
			}
		}
	}
}

// gate checks the expectations themselves against the Who of the table.
func gate(t *testing.T, row string, who api.Who, v visit) {
	t.Helper()
	if (who != api.Anyone) != (v.want[0] == 401) && row != "POST /session" {
		t.Errorf("%s is for %v, nobody gets %d", row, who, v.want[0])
	}
	for i, admin := range map[int]bool{1: false, 2: false, 3: false, 4: true} {
		author := i == 3
		barred := (who == api.Administrator || who == api.Keeper) && !admin || who == api.Author && !author
		if barred != (v.want[i] == 403) {
			t.Errorf("%s is for %v, %s gets %d", row, who, callers[i], v.want[i])
		}
	}
}

func visitsOf(zip []byte, enrolment, code, film string) map[string]visit {
	png := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89")
	sum := sha256.Sum256(png)
	everyone := [7]int{200, 200, 200, 200, 200, 200, 200}
	signed := [7]int{401, 200, 200, 200, 200, 200, 200}
	owned := [7]int{401, 404, 200, 404, 200, 404, 404} // the person themselves, and who administers them
	authors := [7]int{401, 403, 403, 200, 403, 200, 403}
	n := 0
	get := func(path string, want [7]int) visit {
		return visit{func(c client) answer { return c.get(path) }, want}
	}
	return map[string]visit{
		"POST /session": {func(c client) answer {
			n++
			return c.post("/session", map[string]string{"email": fmt.Sprintf("x%d@example.it", n), "password": "x"})
		}, [7]int{422, 422, 422, 422, 422, 422, 422}},
		"DELETE /session": {func(c client) answer { return c.send("DELETE", "/session", "", nil) }, [7]int{401, 204, 204, 204, 204, 204, 204}},

		"GET /courses":                          get("/courses", everyone),
		"GET /courses/{slug}":                   get("/courses/prova", everyone),
		"POST /courses/{slug}/enrolments":       {func(c client) answer { return c.post("/courses/prova/enrolments", nil) }, signed},
		"GET /enrolments":                       get("/enrolments", signed),
		"GET /enrolments/{id}":                  get("/enrolments/"+enrolment, owned),
		"GET /enrolments/{id}/objects/{object}": get("/enrolments/"+enrolment+"/objects/lettura", owned),
		"GET /enrolments/{id}/media/{hash}":     get("/enrolments/"+enrolment+"/media/"+film, owned),
		"POST /enrolments/{id}/events": {func(c client) answer {
			return c.post("/enrolments/"+enrolment+"/events", event("w", "lettura", "read", nil))
		}, [7]int{401, 404, 200, 404, 404, 404, 404}},

		"GET /certificates/{code}":     get("/certificates/"+code, everyone),
		"GET /certificates/{code}.pdf": get("/certificates/"+code+".pdf", everyone),
		"POST /certificates/{code}/revoke": {func(c client) answer {
			return c.post("/certificates/"+code+"/revoke", map[string]string{"reason": "prova"})
		}, [7]int{401, 403, 403, 403, 200, 403, 404}},

		"GET /webinars":                        get("/webinars", everyone),
		"GET /webinars/{slug}":                 get("/webinars/"+agile, everyone),
		"GET /registrations":                   get("/registrations", signed),
		"POST /webinars/{slug}/registration":   {func(c client) answer { return c.post("/webinars/"+agile+"/registration", "{}") }, signed},
		"GET /webinars/{slug}/registration":    get("/webinars/"+agile+"/registration", [7]int{401, 404, 404, 404, 404, 404, 404}),
		"DELETE /webinars/{slug}/registration": {func(c client) answer { return c.send("DELETE", "/webinars/"+agile+"/registration", "", nil) }, [7]int{401, 204, 204, 204, 204, 204, 204}},
		"GET /webinars/{slug}/roster":          get("/webinars/"+agile+"/roster", [7]int{401, 403, 403, 403, 200, 403, 404}),
		"GET /webinars/{slug}/attendance":      get("/webinars/"+agile+"/attendance", [7]int{401, 403, 403, 403, 200, 403, 403}),

		"GET /people": get("/people?organisation=ente-a", [7]int{401, 403, 403, 403, 200, 403, 404}),
		"POST /people": {func(c client) answer {
			n++
			return c.post("/people", map[string]string{"given_name": "Ugo", "family_name": "Bo", "email": fmt.Sprintf("u%d@example.it", n), "organisation": "ente-a"})
		}, [7]int{401, 403, 403, 403, 201, 403, 422}},

		"GET /reports":          get("/reports", [7]int{401, 403, 403, 403, 200, 403, 200}),
		"GET /reports/{report}": get("/reports/progress?organisation=ente-a", [7]int{401, 403, 403, 403, 200, 403, 404}),

		"POST /courses":                                 {func(c client) answer { return c.zip("/courses?organisation=ente-a", zip) }, [7]int{401, 403, 403, 200, 403, 422, 403}},
		"GET /courses/{slug}/editions":                  get("/courses/prova/editions", [7]int{401, 403, 403, 200, 403, 404, 403}),
		"GET /courses/{slug}/diff":                      get("/courses/prova/diff?from=1&to=1", [7]int{401, 403, 403, 200, 403, 404, 403}),
		"GET /courses/{slug}/editions/{number}/source":  get("/courses/prova/editions/1/source", [7]int{401, 403, 403, 200, 403, 404, 403}),
		"GET /courses/{slug}/editions/{number}/export":  get("/courses/prova/editions/1/export", [7]int{401, 404, 404, 200, 200, 404, 404}),
		"GET /courses/{slug}/editions/{number}/content": get("/courses/prova/editions/1/content", [7]int{401, 403, 403, 200, 403, 404, 403}),
		"POST /courses/{slug}/editions/{number}/offer":  {func(c client) answer { return c.post("/courses/prova/editions/1/offer", nil) }, [7]int{401, 403, 403, 200, 403, 404, 403}},
		"POST /courses/{slug}/editions/{number}/restore": {func(c client) answer {
			return c.post("/courses/prova/editions/1/restore", map[string]string{"note": "prova"})
		}, [7]int{401, 403, 403, 409, 403, 404, 403}},
		"POST /courses/{slug}/editions/{number}/withdraw": {func(c client) answer {
			return c.post("/courses/prova/editions/1/withdraw", map[string]string{"reason": "prova"})
		}, [7]int{401, 403, 403, 200, 403, 404, 403}},
		"POST /media/missing": {func(c client) answer {
			return c.post("/media/missing", map[string][]string{"hashes": {hex.EncodeToString(sum[:])}})
		}, authors},
		"PUT /media/{hash}": {func(c client) answer { return c.put("/media/"+hex.EncodeToString(sum[:])+"?name=a.png", png) }, authors},

		"GET /openapi.json": get("/openapi.json", everyone),
	}
}

// completed takes the whole course for somebody, without the API.
func (h *house) completed(name string) (enrolment, code string) {
	ctx := h.t.Context()
	who, err := h.school.Accounts.Bearer(ctx, h.as(name).token)
	h.must(err)
	st, err := h.school.Learning.Enrol(ctx, who, "prova")
	h.must(err)
	id := st.Enrolment.ID
	_, err = h.school.Learning.Record(ctx, who, id, []lms.Event{{ID: "1", Object: "lettura", Kind: lms.Read}, {ID: "2", Object: "lezione", Kind: lms.Opened}})
	h.must(err)
	h.later(5 * time.Minute)
	video, _ := st.Content.Object("lezione")
	rec, err := h.school.Learning.Record(ctx, who, id, []lms.Event{
		{ID: "3", Object: "lezione", Kind: lms.Watched, Intervals: []course.Interval{{0, video.Length()}}},
		{ID: "4", Object: "domande", Kind: lms.Answered, Answers: map[course.QuestionID]course.Answer{"prima": {"a"}, "seconda": {"a", "b"}}},
	})
	h.must(err)
	return string(id), string(rec.Enrolment.Certificate())
}

// TestScopesOfTokens tries what a token for reading and one for publishing may do.
func TestScopesOfTokens(t *testing.T) {
	h := newHouse(t)
	zip := h.publish()
	token := func(name string, scope lms.Scope) client {
		who, err := h.school.Accounts.Bearer(t.Context(), h.as(name).token)
		h.must(err)
		secret, err := h.school.Accounts.AddToken(t.Context(), who, "prova", scope, 1)
		h.must(err)
		return client{h: h, token: secret}
	}
	here := "/enrolments/" + h.as("learner-a").post("/courses/prova/enrolments", nil).want(200).json().str("id")
	reader := token("learner-a", lms.ScopeRead)
	reader.get(here).want(200)
	reader.get("/enrolments").want(200)
	reader.post(here+"/events", event("1", "lettura", "read", nil)).want(403)
	reader.post("/courses/prova/enrolments", nil).want(403)
	reader.send("DELETE", "/session", "", nil).want(403)
	reader.get(here).want(200).json().is(0, "percent")

	publisher := token("author-a", lms.ScopePublish)
	publisher.zip("/courses", zip).want(200)
	publisher.post("/media/missing", map[string][]string{"hashes": {}}).want(200)
	publisher.get("/enrolments").want(403)
	publisher.post("/courses/prova/enrolments", nil).want(403)
	publisher.get("/people").want(403)

	admin := token("admin-a", lms.ScopeRead)
	admin.get("/people").want(200)
	admin.post("/people", map[string]string{"given_name": "Ugo", "family_name": "Bo", "login": "ugo"}).want(403)
	token("admin-a", lms.ScopePublish).get("/people").want(403)
	admin.get("/reports").want(200)
	for _, kind := range admin.get("/reports").want(200).json().at("items").v.([]any) {
		at := "/reports/" + kind.(map[string]any)["report"].(string)
		admin.get(at).want(200)
		token("admin-a", lms.ScopePublish).get(at).want(403)
	}
	token("admin-a", lms.ScopePublish).get("/reports").want(403)

	h.later(25 * time.Hour)
	reader.get(here).want(401)
}

// TestNobodySeesTheOtherEnte looks at what an administrator of B may know of people and courses of A.
func TestNobodySeesTheOtherEnte(t *testing.T) {
	h := newHouse(t)
	b := h.as("admin-b")
	b.get("/people").want(200).json().is("D’admin-b", "items", 0, "family_name")
	for _, p := range b.get("/people").json().at("items").v.([]any) {
		for _, m := range p.(map[string]any)["memberships"].([]any) {
			if org := m.(map[string]any)["organisation"]; org != "ente-b" {
				t.Errorf("B sees %v", p)
			}
		}
	}
	b.get("/people?organisation=ente-a").want(404)
	b.get("/people?organisation=anci").want(404)
	b.get("/people?organisation=nessuno").want(404)
	b.post("/people", map[string]string{"given_name": "Ugo", "family_name": "Bo", "login": "ugo", "organisation": "ente-a"}).want(422).field("organisation", "error.organisation.unknown")
	a := h.as("admin-a")
	before := a.get("/people").body
	added := b.post("/people", map[string]string{"given_name": "Ugo", "family_name": "Bo", "login": "ugo"}).want(201).json()
	added.is("ente-b", "memberships", 0, "organisation")
	if after := a.get("/people").body; string(before) != string(after) {
		t.Errorf("A sees %s", after)
	}
}
