package main

import (
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/ledger"
	"aulacomune/lms/webinar"
)

// seeded is a demo's house, filled; took is how long the filling took.
func seeded(t *testing.T) (house *wiring.House, actor func(login string) lms.Actor, took time.Duration) {
	t.Helper()
	clock, dir := newDemoClock(), t.TempDir()
	house, err := wiring.Open(t.Context(), wiring.Options{Data: dir, URL: "http://127.0.0.1:1", Now: clock.Now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := house.Close(); err != nil {
			t.Error(err)
		}
	})
	begin := time.Now()
	if err := seedDemo(t.Context(), house, dir, clock); err != nil {
		t.Fatal(err)
	}
	took = time.Since(begin)
	return house, func(login string) lms.Actor {
		t.Helper()
		p, err := house.School.People.ByLogin(t.Context(), login)
		if err != nil {
			t.Fatal(err)
		}
		return lms.ActorOf(p, time.Now(), lms.Everything)
	}, took
}

// The demo has the two webinars of one path: of the first there are hours, attestati, opinions, and a doubt that waits for a person; the second is full.
func TestTheDemosWebinars(t *testing.T) {
	house, actor, took := seeded(t)
	t.Logf("the demo is filled in %s", took.Round(time.Millisecond))
	admin, learner, colleague := actor("amministratore@demo.aula"), actor("dipendente@demo.aula"), actor("collega@demo.aula")
	coming, err := house.Webinars.ToCome(t.Context())
	past, _, err2 := house.Webinars.Past(t.Context(), lms.PageAt{Limit: 10})
	if err != nil || err2 != nil || len(coming) != 1 || len(past) != 1 {
		t.Fatalf("to come %d, past %d; %v %v", len(coming), len(past), err, err2)
	}
	if past[0].Now != webinar.Closed || coming[0].Now != webinar.Published || past[0].Terms.Series != coming[0].Terms.Series || past[0].Terms.Number != 1 || coming[0].Terms.Number != 2 {
		t.Errorf("%s, %s; %q, %q", past[0].Now, coming[0].Now, past[0].Terms.Series, coming[0].Terms.Series)
	}
	next, err := house.Webinars.Find(t.Context(), learner, coming[0].Slug)
	if err != nil || next.Mine != cohort.Seated || next.Seated != demoSeats || next.Waiting == 0 || next.Why != nil {
		t.Errorf("the one to come: %+v, %v", next, err)
	}
	if v, err := house.Webinars.Find(t.Context(), colleague, coming[0].Slug); err != nil || v.Mine != cohort.Waiting {
		t.Errorf("the colleague: %+v, %v", v.Mine, err)
	}
	outcome, err := house.Webinars.MyOutcome(t.Context(), learner, past[0].Slug)
	if err != nil || !outcome.Enough || outcome.Code == "" || !outcome.Settled {
		t.Errorf("the learner's outcome: %+v, %v", outcome, err)
	}
	if _, err := house.School.Register.Verify(t.Context(), string(outcome.Code)); err != nil {
		t.Errorf("the learner's attestato: %v", err)
	}
	if o, err := house.Webinars.MyOutcome(t.Context(), colleague, past[0].Slug); err != nil || o.Enough || o.Minutes == 0 {
		t.Errorf("the colleague's outcome: %+v, %v", o, err)
	}
	doubtsAndOpinions(t, house, admin, past[0].ID)
	if acc, err := house.Ledger.Year(t.Context(), learner, "", past[0].Terms.Starts.Year()); err != nil || !slices.ContainsFunc(acc.Rows, func(h ledger.Hours) bool { return h.Kind == ledger.Webinar && h.Minutes >= 90 }) {
		t.Errorf("the learner's hours: %+v, %v", acc.Rows, err)
	}
	if place, err := house.Webinars.MyPlace(t.Context(), learner, past[0].Slug); err != nil || !place.Survey {
		t.Errorf("the learner may still say what they think: %+v, %v", place, err)
	}
	if len(next.Terms.Speakers) == 0 || slices.ContainsFunc(next.Terms.Speakers, func(s webinar.Speaker) bool { return s.Photo == "" }) {
		t.Errorf("speakers: %+v", next.Terms.Speakers)
	}
}

func doubtsAndOpinions(t *testing.T, house *wiring.House, admin lms.Actor, id webinar.ID) {
	t.Helper()
	reports, err := house.Webinars.Reports(t.Context(), admin, id)
	if err != nil || len(reports) != 1 || !reports[0].Settled {
		t.Fatalf("%d reports, %v", len(reports), err)
	}
	if d := reports[0].Doubts(); len(d) != 1 || !strings.HasPrefix(d[0].Name, "Sala") {
		t.Errorf("doubts: %+v", d)
	}
	outcomes, err := house.Webinars.Outcomes(t.Context(), admin, id)
	enough, enti := 0, map[lms.OrganisationID]bool{}
	for _, o := range outcomes {
		if enti[o.Member.Organisation] = true; o.Enough && o.Code != "" {
			enough++
		}
	}
	if err != nil || enough < 10 || enough == len(outcomes) || len(enti) < 5 {
		t.Errorf("%d outcomes, %d of them enough, of %d enti; %v", len(outcomes), enough, len(enti), err)
	}
	if o, err := house.Webinars.Opinions(t.Context(), admin, id); err != nil || !o.Shown || len(o.Comments) == 0 {
		t.Errorf("opinions: %+v, %v", o, err)
	}
}
