package api_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/webinar"
)

// agile is the slug of the webinar that announce makes first.
const agile = "lavoro-agile-2099-03-04"

// announce publishes a webinar of ente A that takes place in years, with so many seats, as its administrator would.
func (h *house) announce(title string, capacity int) webinar.Webinar {
	h.t.Helper()
	ctx := h.t.Context()
	admin, err := h.school.Accounts.Bearer(ctx, h.as("admin-a").token)
	h.must(err)
	w, err := h.talks.Announce(ctx, admin, webinar.Start{Capacity: capacity, Input: webinar.Input{
		Terms: webinar.Terms{
			Title: title, Abstract: "Che cosa cambia.", Link: "https://meet.example.org/segreto", Ways: []cohort.Way{cohort.WayFree}, Speakers: []webinar.Speaker{{Name: "Ada Neri"}},
			Questions: []webinar.Question{{Text: "Il vostro ente?", Choices: []string{"grande", "piccolo"}}},
		},
		Starts: webinar.Moment{Local: "2099-03-04T10:00"}, Ends: webinar.Moment{Local: "2099-03-04T12:00"},
	}})
	h.must(err)
	w, err = h.talks.Publish(ctx, admin, w.ID)
	h.must(err)
	return w
}

// settled waits for what follows of seats.
func (h *house) settled() {
	h.seats.Wait()
	h.talks.Wait()
}

// A webinar over the API: found, registered for, a queue, withdrawn from; who keeps it sees who comes, and how long they were there, without a time.
func TestWebinars(t *testing.T) {
	h := newHouse(t)
	w := h.announce("Lavoro agile", 1)
	for i := range 3 {
		h.announce(fmt.Sprint("Incontro ", i), 0)
	}
	nobody, a, b, admin := h.as(""), h.as("learner-a"), h.as("learner-b"), h.as("admin-a")
	first := nobody.get("/webinars?limit=3").want(200).json()
	second := nobody.get("/webinars?limit=3&cursor=" + first.str("next")).want(200).json()
	second.is("lavoro-agile-2099-03-04", "items", 0, "slug")
	second.is("", "next")
	nobody.get("/webinars?when=past").want(200).json().is([]any{}, "items")
	nobody.get("/webinars?when=ieri").want(422).field("when", "error.invalid")
	nobody.get("/webinars?cursor=!").want(422).field("cursor", "error.cursor")
	seen := nobody.get("/webinars/" + agile).want(200)
	seen.json().is("2099-03-04T09:00:00Z", "starts")
	seen.json().is(publicURL+"/webinar/"+agile, "page")
	if bytes.Contains(seen.body, []byte("segreto")) {
		t.Errorf("the link of the meeting is told: %s", seen.body)
	}
	here := "/webinars/" + agile + "/registration"
	a.post(here, map[string]any{"answers": map[string]string{"q1": "enorme"}}).want(422).field("answers.q1", "error.invalid")
	a.post(here, map[string]any{"answers": map[string]string{"q1": "piccolo"}}).want(200).json().is("seated", "place")
	if r := b.post(here, "{}").want(200).json(); r.str("place") != "waiting" || fmt.Sprint(r.at("position").v) != "1" || r.str("enter") != "" {
		t.Errorf("b: %v", r.v)
	}
	h.settled()
	mine := a.get("/registrations").want(200).json()
	mine.is(agile, "items", 0, "webinar")
	if enter := mine.str("items", 0, "enter"); len(enter) <= len(publicURL+"/webinar/"+agile+"/entra/") {
		t.Errorf("enter: %q", enter)
	}
	admin.get("/webinars/"+agile+"/roster").want(200).json().is("piccolo", "items", 0, "answers", "q1")
	a.send("DELETE", here, "", nil).want(204)
	h.settled()
	b.get(here).want(200).json().is("promoted", "place")
	a.get(here).want(200).json().is("left", "place")
	h.attended(w, admin)
}

// attended lets the webinar be over, and somebody have been there.
func (h *house) attended(w webinar.Webinar, admin client) {
	h.t.Helper()
	h.later(time.Until(w.Terms.Ends) + time.Hour)
	b, keeper := h.who("learner-b"), h.who("admin-a")
	h.must(h.talks.Mark(h.t.Context(), keeper, w.ID, b.ID, webinar.Hand{From: w.Terms.Starts, To: w.Terms.Starts.Add(90 * time.Minute), Reason: "Elenco firmato in sala"}))
	got := h.as("admin-a").get("/webinars/" + agile + "/attendance").want(200)
	got.json().is(90, "items", 0, "minutes")
	got.json().is(75, "items", 0, "percent")
	got.json().is(true, "items", 0, "enough")
	got.json().is(120, "planned")
	for _, moment := range []string{"T09:00", "T10:30", "10:00", "Elenco"} {
		if bytes.Contains(got.body, []byte(moment)) {
			h.t.Errorf("a time or a reason stands in the attendance: %s", got.body)
		}
	}
	h.as("learner-a").post("/webinars/"+agile+"/registration", "{}").want(409)
	h.as("").get("/webinars?when=past&limit=2").want(200).json().is("2099-03-04T11:00:00Z", "items", 0, "ends")
}

// who is somebody as a service sees them.
func (h *house) who(name string) lms.Actor {
	h.t.Helper()
	a, err := h.school.Accounts.Bearer(h.t.Context(), h.as(name).token)
	h.must(err)
	return a
}
