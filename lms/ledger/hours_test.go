package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/ledger"
	"aulacomune/lms/lmstest"
)

func TestACompletedCourseArrivesByItselfAndOnce(t *testing.T) {
	b := newBooks(t)
	b.Course(b.author, "corso", 3)
	_, err := b.Learning.Enrol(t.Context(), b.anna, "corso")
	b.OK(err)
	st := b.Complete(b.anna, "corso")
	if !st.Enrolment.Told {
		t.Error("the enrolment does not know that its hours were booked")
	}
	for range 2 {
		b.OK(b.Ledger.Completed(t.Context(), st))
		b.Sweep()
	}
	got := b.year(b.anna, b.anna, 2026)
	if len(got.Rows) != 1 || got.Minutes != 90 || got.Kinds[ledger.ELearning] != 90 {
		t.Fatalf("%d rows, %d minutes", len(got.Rows), got.Minutes)
	}
	h := got.Rows[0]
	if h.Title != "Corso corso" || h.Provider != "Comune di ala" || h.Outcome != ledger.Completed || h.To != "2026-03-02" || h.Evidence.Certificate != st.Enrolment.Certificate() ||
		h.Member.Organisation != "ala" || h.Member.Office != "Tributi" || h.Member.Category != lms.CategoryOfficer {
		t.Errorf("%+v", h)
	}
}

// Whatever fails while hours are booked, the course is completed, and the sweep books them.
func TestTheSweepFindsCompletionsThatNobodyTook(t *testing.T) {
	b := newBooks(t)
	b.Course(b.author, "corso", 3)
	b.Town.Completed(func(context.Context, lms.Standing) error { return errors.New("the ledger is away") })
	_, err := b.Learning.Enrol(t.Context(), b.anna, "corso")
	b.OK(err)
	if st := b.Complete(b.anna, "corso"); st.State != lms.Completed || st.Enrolment.Certificate() == "" || st.Enrolment.Told {
		t.Fatalf("%s %+v", st.State, st.Enrolment)
	}
	b.OK(b.School.Sweep(t.Context()))
	got := b.year(b.anna, b.anna, 2026)
	if got.Minutes != 0 || got.Forecast != 90 || len(got.Ahead) != 1 || got.Ahead[0].Due != "" {
		t.Errorf("before: %d minutes, forecast %d of %v", got.Minutes, got.Forecast, got.Ahead)
	}
	b.due = at("2026-06-30T21:59:59Z")
	if got := b.year(b.anna, b.anna, 2026).Ahead; len(got) != 1 || got[0].Due != "2026-06-30" {
		t.Errorf("assigned: %v", got)
	}
	b.open()
	b.OK(b.School.Sweep(t.Context()))
	if got := b.year(b.anna, b.anna, 2026); got.Minutes != 90 || got.Forecast != 90 || len(got.Ahead) != 0 {
		t.Errorf("after: %d minutes, forecast %d of %v", got.Minutes, got.Forecast, got.Ahead)
	}
}

func TestTheSameHoursManyTimesAtOnce(t *testing.T) {
	b := newBooks(t)
	lmstest.Together(16, func(int) {
		if err := b.Arrive(context.WithoutCancel(b.T.Context()), row("uno", b.anna, 90, "2026-02-03")); err != nil {
			t.Error(err)
		}
	})
	if got := b.year(b.anna, b.anna, 2026); len(got.Rows) != 1 || got.Minutes != 90 {
		t.Errorf("%d rows, %d minutes", len(got.Rows), got.Minutes)
	}
}

func TestHoursThatCannotBe(t *testing.T) {
	b := newBooks(t)
	for field, change := range map[string]func(*ledger.Hours){
		"id":      func(h *ledger.Hours) { h.ID = "a+1" },
		"title":   func(h *ledger.Hours) { h.Title = "" },
		"minutes": func(h *ledger.Hours) { h.Minutes = 0 },
		"kind":    func(h *ledger.Hours) { h.Kind = "altro" },
		"outcome": func(h *ledger.Hours) { h.Outcome = "" },
		"to":      func(h *ledger.Hours) { h.From = "2026-02-04" },
	} {
		h := row("uno", b.anna, 90, "2026-02-03")
		change(&h)
		err := b.Arrive(t.Context(), h)
		if e, ok := errors.AsType[*lms.Error](err); !ok || e.Kind != lms.Invalid || e.Fields[field] == "" {
			t.Errorf("%s: %v", field, err)
		}
	}
	h := row("uno", b.anna, 90, "2026-02-03")
	h.Person = "nobody"
	b.Kind(b.Arrive(t.Context(), h), lms.NotFound, "error.person.unknown")
}

// Hours count in the year it was in Italy when they ended, for who was what then.
func TestHoursAreOfTheYearItIsInItaly(t *testing.T) {
	b := newBooks(t)
	b.Course(b.author, "corso", 2)
	_, err := b.Learning.Enrol(t.Context(), b.anna, "corso")
	b.OK(err)
	b.Set(at("2026-12-31T23:30:00Z")) // half past midnight in Italy
	b.anna = b.Again(b.anna)
	b.Complete(b.anna, "corso")
	if got := b.year(b.anna, b.anna, 2027); got.Minutes != 60 || got.Rows[0].To != "2027-01-01" {
		t.Errorf("2027: %+v", got)
	}
	if got := b.year(b.anna, b.anna, 2026); got.Minutes != 0 {
		t.Errorf("2026: %d minutes", got.Minutes)
	}
	if got := b.year(b.anna, b.anna, 0); got.Year != 2027 {
		t.Errorf("this year is %d", got.Year)
	}
}

func TestHoursStayWithTheEnteOfThen(t *testing.T) {
	b := newBooks(t)
	b.webinar("febbraio", b.anna, 60, "2026-02-03", "")
	b.Set(at("2026-07-01T08:00:00Z"))
	b.memberships(b.anna, func(ms []any) []any {
		old := ms[0].(map[string]any)
		next := map[string]any{"organisation": "bosco", "within": []string{"valle", "bosco"}, "name": "Comune di bosco", "role": "learner", "from": "2026-06-30T22:00:00Z"}
		old["to"], old["from"] = "2026-06-30T22:00:00Z", "2020-01-01T08:00:00Z"
		return []any{old, next}
	})
	b.anna = b.Again(b.anna)
	b.webinar("luglio", b.anna, 120, "2026-07-01", "")
	for _, c := range []struct {
		name            string
		a               lms.Actor
		minutes, target int
	}{
		{"she herself", b.anna, 180, 2400}, {"the ente she left", b.admin, 60, 1190}, {"the ente she came to", b.beside, 120, 1210}, {"the one above both", b.boss, 180, 2400},
	} {
		if got := b.year(c.a, b.anna, 2026); got.Minutes != c.minutes || got.Target != c.target {
			t.Errorf("%s: %d minutes of %d, want %d of %d", c.name, got.Minutes, got.Target, c.minutes, c.target)
		}
	}
}

func TestACorrectionIsARowOfItsOwn(t *testing.T) {
	b := newBooks(t)
	first := b.webinar("uno", b.anna, 90, "2026-02-03", "digitale")
	correct := func(a lms.Actor, id ledger.HoursID, c ledger.Correction) ledger.Hours {
		t.Helper()
		h, err := b.Correct(t.Context(), a, id, c)
		b.OK(err)
		return h
	}
	second := correct(b.referent, first, ledger.Correction{Minutes: 60, Reason: "È uscita mezz'ora prima"})
	if second.ID != first+"+1" || second.Corrects != first || second.By != b.referent.ID || second.Area != "digitale" || second.To != "2026-02-03" {
		t.Errorf("%+v", second)
	}
	got := b.year(b.anna, b.anna, 2026)
	if got.Minutes != 60 || len(got.Rows) != 1 || len(got.Replaced) != 1 || got.Replaced[0].Minutes != 90 {
		t.Errorf("%d minutes, %d rows, %v replaced", got.Minutes, len(got.Rows), got.Replaced)
	}
	_, err := b.Correct(t.Context(), b.referent, first, ledger.Correction{Minutes: 30, Reason: "Di nuovo da capo"})
	b.Kind(err, lms.Conflict, "error.hours.corrected")
	third := correct(b.referent, second.ID, ledger.Correction{Minutes: 60, From: "2025-12-03", To: "2025-12-03", Reason: "Era in dicembre dell'anno prima"})
	if now, then := b.year(b.anna, b.anna, 2026), b.year(b.anna, b.anna, 2025); now.Minutes != 0 || then.Minutes != 60 {
		t.Errorf("moved to the year before: %d and %d minutes", now.Minutes, then.Minutes)
	}
	fourth := correct(b.admin, third.ID, ledger.Correction{Reason: "Non era lei, era un'altra Anna"})
	if then := b.year(b.anna, b.anna, 2025); then.Minutes != 0 || len(then.Replaced) != 2 {
		t.Errorf("struck: %d minutes, replaced %v", then.Minutes, then.Replaced)
	}
	correct(b.admin, fourth.ID, ledger.Correction{Minutes: 45, From: "2026-02-03", To: "2026-02-03", Reason: "Invece sì, in parte: ecco il foglio firme"})
	if now := b.year(b.anna, b.anna, 2026); now.Minutes != 45 {
		t.Errorf("and back: %d minutes", now.Minutes)
	}
	b.OK(b.Arrive(t.Context(), row("uno", b.anna, 90, "2026-02-03")))
	if now := b.year(b.anna, b.anna, 2026); now.Minutes != 45 {
		t.Errorf("the hours arrived again: %d minutes", now.Minutes)
	}
	if acts := b.Acts("hours.correct"); len(acts) != 4 || acts[0].Person != b.anna.ID || acts[0].Role != lms.Referent || acts[3].Role != lms.Administrator {
		t.Errorf("%+v", acts)
	}
}

func TestACorrectionSaysWhy(t *testing.T) {
	b := newBooks(t)
	id := b.webinar("uno", b.anna, 90, "2026-02-03", "")
	why := "Un motivo che si capisce"
	for field, c := range map[string]ledger.Correction{
		"reason":  {Minutes: 60, Reason: "  boh  "},
		"minutes": {Minutes: -60, Reason: why},
		"to":      {Minutes: 60, To: "2026-01-01", Reason: why},
		"area":    {Minutes: 60, Area: "nessuna", Reason: why},
		"outcome": {Minutes: 60, Outcome: "boh", Reason: why},
	} {
		_, err := b.Correct(t.Context(), b.admin, id, c)
		if e, ok := errors.AsType[*lms.Error](err); !ok || e.Kind != lms.Invalid || e.Fields[field] == "" {
			t.Errorf("%s: %v", field, err)
		}
	}
	_, err := b.Correct(t.Context(), b.admin, id, ledger.Correction{Minutes: 60, To: "2026-03-03", Reason: why})
	b.Kind(err, lms.Invalid, "error.hours.past") // tomorrow
	own := b.webinar("due", b.admin, 90, "2026-02-03", "")
	_, err = b.Correct(t.Context(), b.admin, own, ledger.Correction{Minutes: 600, Reason: why})
	b.Kind(err, lms.Forbidden, "error.hours.own")
}

// Ten correct one row at once: one does, and the others are told.
func TestManyCorrectOneRowAtOnce(t *testing.T) {
	b := newBooks(t)
	id := b.webinar("uno", b.anna, 90, "2026-02-03", "")
	var done, refused atomic.Int32
	lmstest.Together(10, func(i int) {
		_, err := b.Correct(b.T.Context(), b.admin, id, ledger.Correction{Minutes: 10 + i, Reason: fmt.Sprint("Il motivo numero ", i)})
		switch {
		case err == nil:
			done.Add(1)
		case lms.Is(err, lms.Conflict):
			refused.Add(1)
		default:
			t.Error(err)
		}
	})
	if done.Load() != 1 || refused.Load() != 9 {
		t.Errorf("%d done, %d refused", done.Load(), refused.Load())
	}
	if got := b.year(b.anna, b.anna, 2026); len(got.Rows) != 1 || got.Minutes < 10 || got.Minutes > 19 {
		t.Errorf("%d rows, %d minutes", len(got.Rows), got.Minutes)
	}
}

func TestTheAreaOfACourseIsKeptByTheRoot(t *testing.T) {
	b := newBooks(t)
	b.Course(b.author, "corso", 3)
	_, err := b.Learning.Enrol(t.Context(), b.anna, "corso")
	b.OK(err)
	b.Complete(b.anna, "corso")
	area := func() ledger.AreaID {
		got := b.year(b.anna, b.anna, 2026)
		if got.Areas[got.Rows[0].Area] != 90 {
			t.Errorf("%v", got.Areas)
		}
		return got.Rows[0].Area
	}
	if got := area(); got != "" {
		t.Errorf("before: %q", got)
	}
	b.OK(b.MapCourse(t.Context(), b.boss, "valle", "corso", "digitale"))
	if got := area(); got != "digitale" {
		t.Errorf("after: %q", got)
	}
	b.OK(b.SetArea(t.Context(), b.boss, "valle", ledger.Area{ID: "lavoro-agile", Name: " Lavoro  agile "}))
	b.OK(b.MapCourse(t.Context(), b.boss, "valle", "corso", "lavoro-agile"))
	all, err := b.Areas(t.Context(), b.carla, "ala")
	b.OK(err)
	if a, ok := all.Find("lavoro-agile"); !ok || a.In("en") != "Lavoro agile" || len(all.Items) != 8 || area() != "lavoro-agile" {
		t.Errorf("%+v", all)
	}
	b.OK(b.MapCourse(t.Context(), b.boss, "valle", "corso", ""))
	b.Kind(b.MapCourse(t.Context(), b.boss, "valle", "corso", "nessuna"), lms.Invalid, "error.area.unknown")
	b.Kind(b.MapCourse(t.Context(), b.boss, "valle", "nessuno", "digitale"), lms.Invalid, "error.course.unknown")
	b.Kind(b.SetArea(t.Context(), b.boss, "valle", ledger.Area{ID: "Maiuscole", Name: "x"}), lms.Invalid, "error.area.id")
	b.Kind(b.SetArea(t.Context(), b.admin, "ala", ledger.Area{ID: "mia", Name: "x"}), lms.NotFound, "")
}

func TestAPlanIsForeseen(t *testing.T) {
	b := newBooks(t)
	c := b.Course(b.author, "corso", 3)
	b.Course(b.author, "altro", 4)
	assign := func(a lms.Actor, l ledger.PlanLine) ledger.PlanLine {
		t.Helper()
		l, err := b.Assign(t.Context(), a, b.anna.ID, l)
		b.OK(err)
		return l
	}
	b.webinar("uno", b.anna, 60, "2026-02-03", "valori")
	line := assign(b.manager, ledger.PlanLine{Course: c.Slug, Due: "2026-06-30"})
	assign(b.manager, ledger.PlanLine{Area: "valori", Minutes: 200, Due: "2026-12-31"})
	assign(b.admin, ledger.PlanLine{Title: "Un giorno all'università", Minutes: 300, Due: "2026-10-31"})
	if got := b.year(b.manager, b.anna, 2026); got.Minutes != 60 || got.Forecast != 60+90+140+300 || line.Title != "Corso corso" || line.Minutes != 90 {
		t.Errorf("%d foreseen of %+v", got.Forecast, got.Ahead)
	}
	_, err := b.Learning.Enrol(t.Context(), b.anna, "corso")
	b.OK(err)
	_, err = b.Learning.Enrol(t.Context(), b.anna, "altro")
	b.OK(err)
	if got := b.year(b.anna, b.anna, 2026); got.Forecast != 60+90+120+140+300 {
		t.Errorf("enrolled: %d foreseen of %+v", got.Forecast, got.Ahead)
	}
	b.Complete(b.anna, "corso")
	if got := b.year(b.anna, b.anna, 2026); got.Minutes != 150 || got.Forecast != 60+90+120+140+300 {
		t.Errorf("done: %d foreseen of %+v", got.Forecast, got.Ahead)
	}
	b.OK(b.Unassign(t.Context(), b.manager, b.anna.ID, 2026, line.ID))
	b.Kind(b.Unassign(t.Context(), b.manager, b.anna.ID, 2026, line.ID), lms.NotFound, "error.hours.line")
	if got := b.year(b.anna, b.anna, 2026); len(got.Plan.Lines) != 2 {
		t.Errorf("%+v", got.Plan)
	}
	for field, l := range map[string]ledger.PlanLine{
		"course": {Course: "nessuno", Minutes: 1, Due: "2026-12-31"}, "area": {Area: "nessuna", Minutes: 1, Due: "2026-12-31"}, "title": {Minutes: 1, Due: "2026-12-31"},
		"minutes": {Title: "x", Due: "2026-12-31"}, "due": {Title: "x", Minutes: 1, Due: "2026-03-01"},
	} {
		_, err := b.Assign(t.Context(), b.manager, b.anna.ID, l)
		if e, ok := errors.AsType[*lms.Error](err); !ok || e.Kind != lms.Invalid || e.Fields[field] == "" {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestTermsChangeWhatIsAsked(t *testing.T) {
	b := newBooks(t)
	b.OK(b.SetTerms(t.Context(), b.referent, b.anna.ID, 2026, ledger.Terms{Share: 50}))
	if got := b.year(b.anna, b.anna, 2026); got.Target != 1200 || got.Percent() != 0 || got.Missing() != 1200 {
		t.Errorf("%d", got.Target)
	}
	b.OK(b.SetPolicy(t.Context(), b.admin, "ala", ledger.Policy{From: "2026-01-01", Minutes: 1800, PartTime: true, ProRata: true, Most: map[ledger.Kind]int{ledger.Webinar: 60}, Note: "Delibera 12/2026"}))
	b.webinar("uno", b.anna, 90, "2026-02-03", "")
	if got := b.year(b.anna, b.anna, 2026); got.Target != 900 || got.Minutes != 90 || got.Counted != 60 || got.Percent() != 6 {
		t.Errorf("%d of %d, %d counted", got.Minutes, got.Target, got.Counted)
	}
	own, now, err := b.Policies(t.Context(), b.carla, "ala")
	if err != nil || len(own.Items) != 1 || now.Minutes != 1800 || now.By != b.admin.ID {
		t.Errorf("%+v %+v %v", own, now, err)
	}
	if _, now, err = b.Policies(t.Context(), b.below, "ala-scuola"); err != nil || now.Minutes != 1800 {
		t.Errorf("below: %+v %v", now, err)
	}
	for field, p := range map[string]ledger.Policy{
		"from": {From: "ieri"}, "to": {From: "2026-01-01", To: "2025-01-01"}, "minutes": {From: "2026-01-01", Minutes: -1},
		"categories": {From: "2026-01-01", Categories: map[lms.Category]int{"re": 1}}, "most": {From: "2026-01-01", Most: map[ledger.Kind]int{"altro": 1}},
	} {
		err := b.SetPolicy(t.Context(), b.admin, "ala", p)
		if e, ok := errors.AsType[*lms.Error](err); !ok || e.Kind != lms.Invalid || e.Fields[field] == "" {
			t.Errorf("%s: %v", field, err)
		}
	}
	for field, terms := range map[string]ledger.Terms{"share": {Share: 101}, "since": {Since: "ieri"}, "until": {Since: "2026-02-02", Until: "2026-02-01"}} {
		err := b.SetTerms(t.Context(), b.admin, b.anna.ID, 2026, terms)
		if e, ok := errors.AsType[*lms.Error](err); !ok || e.Kind != lms.Invalid || e.Fields[field] == "" {
			t.Errorf("%s: %v", field, err)
		}
	}
}

// Who looks at somebody else's hours is noted once a day, and sees no beginnings; managers see no claims.
func TestWhatOthersSeeOfSomebodysHours(t *testing.T) {
	b := newBooks(t)
	b.Course(b.author, "corso", 3)
	_, err := b.Learning.Enrol(t.Context(), b.anna, "corso")
	b.OK(err)
	st, err := b.Learning.Mine(t.Context(), b.anna, "corso")
	b.OK(err)
	_, err = b.Learning.Record(t.Context(), b.anna, st.Enrolment.ID, []lms.Event{{ID: "a", Object: "lettura-1", Kind: lms.Opened}})
	b.OK(err)
	b.Pass(72 * time.Hour)
	b.Complete(b.anna, "corso")
	b.claim(b.anna, "Un giorno fuori", 300)
	for _, c := range []struct {
		name   string
		a      lms.Actor
		from   ledger.Day
		claims int
	}{{"she herself", b.anna, "2026-03-02", 1}, {"her manager", b.manager, "2026-03-05", 0}, {"the referent", b.referent, "2026-03-05", 1}} {
		got := b.year(c.a, b.anna, 2026)
		if got.Rows[0].From != c.from || got.Rows[0].To != "2026-03-05" || len(got.Claims) != c.claims {
			t.Errorf("%s: %+v, %d claims", c.name, got.Rows[0], len(got.Claims))
		}
	}
	b.year(b.manager, b.anna, 2026)
	acts := b.Acts("hours.read")
	keys := map[string]bool{}
	for _, a := range acts {
		keys[a.Key] = true
	}
	if len(acts) != 3 || len(keys) != 2 || !slices.Equal(acts[0].Within, []lms.OrganisationID{"valle", "ala"}) {
		t.Errorf("%+v", acts)
	}
}
