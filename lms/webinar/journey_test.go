package webinar_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/lmstest"
	"aulacomune/lms/webinar"
	"aulacomune/storage/storagetest"
)

// From the announcement to the hours, on both engines: a seat and a queue, another hour told once, reminders, the door, a report with a doubt, outcomes, a
// correction, opinions.
func TestTheLifeOfAWebinar(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		w := townOn(t, s.Open(t))
		anna, bea, carla := w.Person("anna", "ala", lms.Learner), w.Person("bea", "bosco", lms.Learner), w.Person("carla", "ala", lms.Learner)
		x := w.published(2, func(in *webinar.Input) {
			in.Area, in.Survey = "digitale", webinar.UsualSurvey("it")
		})
		w.register(anna, x)
		w.register(bea, x)
		if got := w.register(carla, x); got.Place != cohort.Waiting {
			t.Fatalf("carla: %+v", got)
		}
		w.settle()
		first := w.sent("anna", "webinar.seated", 1)
		w.sent("carla", "webinar.waiting", 1)
		if first[0].Method != "REQUEST" || !strings.Contains(string(first[0].Calendar), "seq 0 2026-03-04T09:00:00Z /webinar/"+x.Slug+"/entra/") {
			t.Errorf("the calendar of the first letter: %s %s", first[0].Method, first[0].Calendar)
		}
		w.move(x, anna)
		w.remindersAndDoor(x, anna, bea, carla)
		w.concluded(x, anna, bea)
		w.corrected(x, anna, bea)
	})
}

// move lets the webinar begin a day later: everybody registered is told once, however often it is swept.
func (w *town) move(x webinar.Webinar, anna lms.Actor) {
	w.T.Helper()
	for range 2 {
		got, err := w.s.Move(w.T.Context(), w.admin, x.ID, webinar.Moment{Local: "2026-03-05T15:00"}, webinar.Moment{Local: "2026-03-05T17:00"})
		w.OK(err)
		if got.Sequence != 1 {
			w.T.Errorf("sequence %d", got.Sequence)
		}
	}
	w.settle()
	w.sweep()
	l := w.sent("anna", "webinar.moved", 1)
	w.sent("", "webinar.moved", 3)
	if l[0].Cause != fmt.Sprintf("webinar/%s/seq/1/%s", x.ID, anna.ID) || !strings.Contains(string(l[0].Calendar), "seq 1 2026-03-05T14:00:00Z") {
		w.T.Errorf("moved: %s %s", l[0].Cause, l[0].Calendar)
	}
	if c := w.sent("carla", "webinar.moved", 1); c[0].Calendar != nil {
		w.T.Error("who waits has it in their calendar")
	}
}

func (w *town) remindersAndDoor(x webinar.Webinar, anna, bea, carla lms.Actor) {
	t := w.T
	t.Helper()
	starts := time.Date(2026, 3, 5, 14, 0, 0, 0, time.UTC)
	w.Set(starts.Add(-24*time.Hour - time.Second))
	w.sweep()
	w.sent("", "webinar.tomorrow", 0)
	w.Pass(time.Second)
	w.sweep()
	w.sweep()
	w.sent("", "webinar.tomorrow", 2)
	w.OK(w.s.Withdraw(t.Context(), bea, x.Slug))
	w.settle()
	w.sent("bea", "webinar.left", 1)
	w.sent("carla", "webinar.promoted", 1)
	w.Set(starts.Add(-time.Hour))
	w.sweep()
	w.sent("", "webinar.soon", 2)
	w.sent("bea", "webinar.soon", 0)
	w.Kind(second(w.s.Enter(t.Context(), anna, x.Slug)), lms.Conflict, "error.webinar.door.early")
	w.Set(starts.Add(-10 * time.Minute))
	link := last(w.Letters("anna", "webinar.soon")[0].Link)
	for range 2 {
		address, err := w.s.EnterByLink(t.Context(), x.Slug, link)
		if err != nil || address != "https://meet.example.org/abc?pwd=1" {
			t.Errorf("anna enters %q, %v", address, err)
		}
	}
	w.Kind(second(w.s.Enter(t.Context(), bea, x.Slug)), lms.Forbidden, "error.webinar.notin")
	w.Kind(second(w.s.EnterByLink(t.Context(), x.Slug, link+"x")), lms.NotFound, "error.link")
	w.Kind(second(w.s.OpenPlace(t.Context(), x.Slug, link)), lms.NotFound, "error.link") // a link is good for one thing
	w.Set(starts.Add(time.Hour))
	if _, err := w.s.Enter(t.Context(), carla, x.Slug); err != nil {
		t.Errorf("carla comes late: %v", err)
	}
	w.Kind(second(w.s.Cancel(t.Context(), w.admin, x.ID, "tardi")), lms.Conflict, "error.webinar.begun")
	w.Set(starts.Add(2 * time.Hour))
	w.Kind(second(w.s.Enter(t.Context(), anna, x.Slug)), lms.Conflict, "error.webinar.door.late")
	w.sweep()
	if v, err := w.s.Find(t.Context(), w.admin, x.Slug); err != nil || v.Now != webinar.Held {
		t.Errorf("when it is over: %s, %v", v.Now, err)
	}
}

// concluded takes a report in, resolves its doubt, and closes.
func (w *town) concluded(x webinar.Webinar, anna, bea lms.Actor) {
	t := w.T
	t.Helper()
	before, err := w.s.Attendance(t.Context(), w.admin, x.ID)
	if err != nil || len(before) != 2 || before[0].Minutes != 120 || before[1].Minutes != 60 {
		t.Errorf("by the door alone: %+v, %v", before, err)
	}
	day := func(h, m int) time.Time { return time.Date(2026, 3, 5, h, m, 0, 0, time.UTC) }
	file := w.report(
		webinar.Participant{Key: "1", Name: "Anna Rossi", Emails: []string{"anna@ala.example"}, Spans: []webinar.Span{{From: day(13, 50), To: day(15, 0)}, {From: day(14, 50), To: day(16, 10)}}},
		webinar.Participant{Key: "2", Name: "pippo", Spans: []webinar.Span{{From: day(14, 0), To: day(16, 0)}}},
	)
	for range 2 {
		r, err := w.s.Import(t.Context(), w.admin, x.ID, webinar.Upload{Name: "report.csv", Bytes: file})
		if err != nil || len(r.Lines) != 2 || len(r.Doubts()) != 1 {
			t.Fatalf("imported: %+v, %v", r, err)
		}
	}
	r, err := w.s.Reports(t.Context(), w.admin, x.ID)
	if err != nil || len(r) != 1 {
		t.Fatalf("%d reports, %v", len(r), err)
	}
	resolve := func(v webinar.Verdict) error {
		v.Report, v.Line = r[0].Hash, "2"
		return second(w.s.Resolve(t.Context(), w.admin, x.ID, v))
	}
	w.Kind(resolve(webinar.Verdict{}), lms.Invalid, "error.required")
	w.Kind(resolve(webinar.Verdict{Login: "nessuno"}), lms.Invalid, "error.person.unknown")
	w.OK(resolve(webinar.Verdict{Person: bea.ID}))
	w.Kind(resolve(webinar.Verdict{Login: "carla"}), lms.Invalid, "error.required") // decided already: why
	w.OK(resolve(webinar.Verdict{Login: "carla", Reason: "era lei, ha scritto in chat"}))
	if got := w.minutes(x); got["anna"] != 120 || got["bea"] != 0 || got["carla"] != 120 {
		t.Errorf("by the report: %v", got)
	}
	w.lose(lms.Fail(lms.Unavailable, "error.unavailable"))
	_, err = w.s.Conclude(t.Context(), w.admin, x.ID)
	w.OK(err)
	w.settle()
	w.sent("", "webinar.thanks", 0)
	w.lose(nil)
	w.sweep()
	w.sweep()
	w.sent("", "webinar.thanks", 2)
	w.sent("bea", "webinar.missed", 1)
	cause := fmt.Sprintf("webinar/%s/%s", x.ID, anna.ID)
	if b := w.booked[cause+"+0"]; len(w.booked) != 2 || b.Minutes != 120 || b.Day != "2026-03-05" || b.Area != "digitale" || b.Provider != "Comune di ala" {
		t.Errorf("booked %+v", w.booked)
	}
	if a := w.attested[cause+"/1"]; len(w.attested) != 2 || a.Planned != 120 || a.Member.Organisation != "ala" || w.done[anna.ID] != x.Slug || len(w.done) != 2 {
		t.Errorf("attested %+v, completed %v", w.attested, w.done)
	}
}

// minutes are how long everybody was there, by their login.
func (w *town) minutes(x webinar.Webinar) map[string]int {
	w.T.Helper()
	all, err := w.s.Attendance(w.T.Context(), w.admin, x.ID)
	w.OK(err)
	out := map[string]int{}
	for _, a := range all {
		name, _, _ := strings.Cut(a.Name, " ")
		out[strings.ToLower(name)] = a.Minutes
	}
	return out
}

func (w *town) report(people ...webinar.Participant) []byte {
	w.T.Helper()
	b, err := json.Marshal(webinar.Reading{Kind: "teams", People: people})
	w.OK(err)
	return b
}

// corrected says by hand what the report got wrong, and takes opinions.
func (w *town) corrected(x webinar.Webinar, anna, bea lms.Actor) {
	t := w.T
	t.Helper()
	w.Kind(w.s.Mark(t.Context(), w.admin, x.ID, anna.ID, webinar.Hand{Absent: true}), lms.Invalid, "error.required")
	w.OK(w.s.Mark(t.Context(), w.admin, x.ID, anna.ID, webinar.Hand{Absent: true, Reason: "era un’altra Anna Rossi"}))
	w.OK(w.s.Mark(t.Context(), w.admin, x.ID, bea.ID, webinar.Hand{Reason: "seguiva dalla sala del consiglio"}))
	w.sweep()
	cause := fmt.Sprintf("webinar/%s/", x.ID)
	if b := w.booked[cause+string(anna.ID)+"+1"]; b.Minutes != 0 || b.Reason == "" || b.By != w.admin.ID {
		t.Errorf("anna's hours: %+v", w.booked)
	}
	if a := w.attested[cause+string(anna.ID)+"/2"]; !a.Revoke {
		t.Errorf("anna's attestato: %+v", a)
	}
	if l := w.sent("anna", "webinar.missed", 1); l[0].Words["corrected"] == "" {
		t.Errorf("anna's letter does not say that it corrects another: %v", l[0].Words)
	}
	if l := w.sent("anna", "webinar.thanks", 1); l[0].Words["corrected"] != "" {
		t.Errorf("anna's first letter: %v", l[0].Words)
	}
	if b := w.booked[cause+string(bea.ID)+"+0"]; b.Minutes != 120 {
		t.Errorf("bea's hours: %+v", b)
	}
	if o, err := w.s.MyOutcome(t.Context(), anna, x.Slug); err != nil || o.Turn != 1 || o.Enough || !o.Settled {
		t.Errorf("anna's outcome: %+v, %v", o, err)
	}
	rows, err := w.s.Times(t.Context(), w.admin, x.ID, anna.ID)
	if err != nil || len(webinar.Standing(rows)) != 1 || len(rows) < 3 {
		t.Errorf("%d rows of anna, %v", len(rows), err)
	}
}

// Five hundred come through the door within ten seconds, and each has a row.
func TestFiveHundredAtTheDoor(t *testing.T) {
	w := newTown(t)
	const people = 500
	x := w.published(0, nil)
	who := make([]lms.Actor, people)
	lmstest.Together(20, func(worker int) {
		for i := worker; i < people; i += 20 {
			who[i] = w.Person(fmt.Sprint("p", i), "ala", lms.Learner)
		}
	})
	lmstest.Together(people, func(i int) {
		if _, err := w.s.Register(t.Context(), who[i], x.Slug, "", nil); err != nil {
			t.Error(err)
		}
	})
	w.settle()
	w.Set(x.Terms.Starts)
	began := time.Now()
	lmstest.Together(people, func(i int) {
		if _, err := w.s.Enter(t.Context(), who[i], x.Slug); err != nil {
			t.Error(err)
		}
	})
	t.Logf("%d came in within %s", people, time.Since(began))
	if time.Since(began) > 10*time.Second {
		t.Error("too slow")
	}
	all, err := w.s.Attendance(t.Context(), w.admin, x.ID)
	if err != nil || len(all) != people {
		t.Fatalf("%d attended, %v", len(all), err)
	}
	for _, a := range all {
		if a.Minutes != 120 || a.Rows != 1 {
			t.Fatalf("%+v", a)
		}
	}
}

// Opinions are shown from five on, each person has one, and nothing leads from one to the other.
func TestOpinions(t *testing.T) {
	w := newTown(t)
	x := w.published(0, func(in *webinar.Input) { in.Survey = webinar.UsualSurvey("it") })
	who := make([]lms.Actor, 5)
	for i := range who {
		who[i] = w.Person(fmt.Sprint("p", i), "ala", lms.Learner)
		w.register(who[i], x)
	}
	outside := w.Person("fuori", "ala", lms.Learner)
	w.settle()
	good := webinar.Answers{Levels: map[string]int{"s1": 3, "s2": 2, "s3": 0, "s4": 3}, Comment: "<script>alert(1)</script> bello"}
	w.Kind(w.s.Opine(t.Context(), who[0], x.Slug, good), lms.Conflict, "error.webinar.survey.closed") // before it took place
	w.Set(x.Terms.Ends)
	w.Kind(w.s.Opine(t.Context(), who[0], x.Slug, webinar.Answers{Levels: map[string]int{"s1": 4}}), lms.Invalid, "error.required")
	w.Kind(w.s.Opine(t.Context(), outside, x.Slug, good), lms.Conflict, "error.webinar.survey.closed")
	for i, p := range who {
		if got, err := w.s.Opinions(t.Context(), w.admin, x.ID); err != nil || got.Shown || got.Count != 0 {
			t.Errorf("after %d: %+v, %v", i, got, err)
		}
		w.OK(w.s.Opine(t.Context(), p, x.Slug, good))
		w.Kind(w.s.Opine(t.Context(), p, x.Slug, good), lms.Conflict, "error.webinar.survey.closed")
	}
	got, err := w.s.Opinions(t.Context(), w.admin, x.ID)
	if err != nil || !got.Shown || got.Count != 5 || got.Counts["s1"][3] != 5 || len(got.Comments) != 5 {
		t.Errorf("%+v, %v", got, err)
	}
	for e, err := range w.Engine.Scan(t.Context(), "webinar_opinions", lms.Range{Index: lms.IndexSpec{Name: "id", Unique: true}}) {
		w.OK(err)
		for _, p := range who {
			if bytes.Contains(e.Body, []byte(p.ID)) || bytes.Contains(e.Body, []byte("2026-")) {
				t.Errorf("an opinion tells who or when: %s", e.Body)
			}
		}
	}
}
