package cohort_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/lmstest"
	"aulacomune/storage/storagetest"
)

// Fifty people want five seats at once, through two processes, on both engines: exactly five get one, and the others stand in a queue in which nobody
// stands twice. Then the five leave at once, and the five who were first in the queue have their seats.
func TestFiftyForFiveSeats(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		e := s.Open(t)
		w := townOn(t, e)
		id := w.cohort(5, cohort.Terms{})
		nodes := []*cohort.Cohorts{w.Cohorts, w.node(s.Open(t))}
		people := make([]lms.Actor, 50)
		for i := range people {
			people[i] = w.Person(fmt.Sprint("p", i), "ala", lms.Learner)
		}
		var mu sync.Mutex
		places := map[cohort.Whereabouts]lms.Actor{}
		lmstest.Together(len(people), func(i int) {
			got, err := nodes[i%2].Join(t.Context(), people[i], id, "")
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			places[got] = people[i]
		})
		if len(places) != 50 {
			t.Fatalf("%d places for 50 people: two were told the same", len(places))
		}
		enrolled := 0
		for _, p := range people {
			if _, ok := w.enrolled(p); ok {
				enrolled++
			}
		}
		seen, err := w.Find(t.Context(), w.admin, id)
		if err != nil || seen.Seated != 5 || seen.Waiting != 45 || enrolled != 5 {
			t.Fatalf("%d seated, %d wait, %d enrolled, %v", seen.Seated, seen.Waiting, enrolled, err)
		}
		lmstest.Together(5, func(i int) {
			if err := nodes[i%2].Leave(t.Context(), places[cohort.Whereabouts{Place: cohort.Seated, Position: i + 1}], id); err != nil {
				t.Error(err)
			}
		})
		for i := 1; i <= 45; i++ {
			p := places[cohort.Whereabouts{Place: cohort.Waiting, Position: i}]
			if _, ok := w.enrolled(p); ok != (i <= 5) {
				t.Errorf("number %d of the queue: enrolled %t", i, ok)
			}
			if n := len(w.Letters(emailName(i, places), "seat.promoted")); n != b2i(i <= 5) {
				t.Errorf("number %d of the queue got %d letters", i, n)
			}
		}
		if seen, _ = w.Find(t.Context(), w.admin, id); seen.Seated != 5 || seen.Waiting != 40 {
			t.Errorf("%d seated, %d wait", seen.Seated, seen.Waiting)
		}
		if rows, _, err := w.Roster(t.Context(), w.admin, id, "", lms.PageAt{}); err != nil || len(rows) != 50 {
			t.Errorf("%d rows, %v", len(rows), err)
		}
	})
}

func emailName(i int, places map[cohort.Whereabouts]lms.Actor) string {
	name, _, _ := strings.Cut(places[cohort.Whereabouts{Place: cohort.Waiting, Position: i}].Name, " ")
	return strings.ToLower(name)
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestWaysIn(t *testing.T) {
	w := newTown(t)
	w.Course(w.author, "base", 1)
	anna, bea, carlo := w.Person("anna", "ala", lms.Learner), w.Person("bea", "bosco", lms.Learner), w.Person("carlo", "ala", lms.Learner)
	w.OK(second(w.Learning.Enrol(t.Context(), carlo, "base")))
	w.Complete(carlo, "base")
	terms := func(change func(*cohort.Terms)) cohort.Terms {
		x := cohort.Terms{Title: "Edizione", Ways: []cohort.Way{cohort.WayFree}}
		change(&x)
		return x
	}
	for _, c := range []struct {
		name  string
		terms cohort.Terms
		who   lms.Actor
		code  string
		kind  lms.ErrorKind // Unknown: they get in
		says  string
	}{
		{"free", terms(func(x *cohort.Terms) {}), anna, "", 0, ""},
		{"free, of another ente", terms(func(x *cohort.Terms) {}), bea, "", 0, ""},
		{"not for that ente", terms(func(x *cohort.Terms) { x.Audience.Enti = []lms.OrganisationID{"ala"} }), bea, "", lms.Forbidden, "error.cohort.audience"},
		{"reserved for another ente", terms(func(x *cohort.Terms) { x.Audience.Enti, x.Reserved = []lms.OrganisationID{"ala"}, true }), bea, "", lms.NotFound, "error.cohort.unknown"},
		{"not for that category", terms(func(x *cohort.Terms) { x.Audience.Categories = []lms.Category{lms.CategoryElected} }), anna, "", lms.Forbidden, "error.cohort.audience"},
		{"too early", terms(func(x *cohort.Terms) { x.Opens = "2026-03-03" }), anna, "", lms.Conflict, "error.cohort.early"},
		{"too late", terms(func(x *cohort.Terms) { x.Closes = "2026-03-01" }), anna, "", lms.Conflict, "error.cohort.closed"},
		{"without the course before", terms(func(x *cohort.Terms) { x.Requires = []course.Slug{"base"} }), anna, "", lms.Conflict, "error.cohort.requires"},
		{"with the course before", terms(func(x *cohort.Terms) { x.Requires = []course.Slug{"base"} }), carlo, "", 0, ""},
		{"the code", terms(func(x *cohort.Terms) { x.Ways, x.Code = []cohort.Way{cohort.WayCode}, "Monte Rosa" }), anna, " monte rosa ", 0, ""},
		{"a wrong code", terms(func(x *cohort.Terms) { x.Ways, x.Code = []cohort.Way{cohort.WayCode}, "Monte Rosa" }), anna, "monte bianco", lms.Invalid, "error.cohort.code"},
		{"no code", terms(func(x *cohort.Terms) { x.Ways, x.Code = []cohort.Way{cohort.WayCode}, "Monte Rosa" }), anna, "", lms.Invalid, "error.cohort.code"},
		{"invited by e-mail", terms(func(x *cohort.Terms) {
			x.Ways, x.Invited = []cohort.Way{cohort.WayInvitation}, []string{"ANNA@ala.example"}
		}), anna, "", 0, ""},
		{"invited by login", terms(func(x *cohort.Terms) { x.Ways, x.Invited = []cohort.Way{cohort.WayInvitation}, []string{"anna"} }), anna, "", 0, ""},
		{"not invited", terms(func(x *cohort.Terms) { x.Ways, x.Invited = []cohort.Way{cohort.WayInvitation}, []string{"bea"} }), anna, "", lms.Forbidden, "error.cohort.invitation"},
		{"only on request", terms(func(x *cohort.Terms) {
			x.Ways, x.Steps = []cohort.Way{cohort.WayRequest}, []cohort.Step{cohort.StepManager}
		}), anna, "", lms.Conflict, "error.cohort.ask"},
		{"nobody", terms(func(x *cohort.Terms) {}), lms.Actor{}, "", lms.SignIn, ""},
		{"a token to read", terms(func(x *cohort.Terms) {}), lms.Actor{ID: anna.ID, Memberships: anna.Memberships, Scope: lms.ScopeRead}, "", lms.Forbidden, ""},
	} {
		id := w.cohort(0, c.terms)
		got, err := w.Join(t.Context(), c.who, id, c.code)
		if c.kind == lms.Unknown {
			if err != nil || got != (cohort.Whereabouts{Place: cohort.Seated, Position: 1}) {
				t.Errorf("%s: %+v, %v", c.name, got, err)
			}
			if again, err := w.Join(t.Context(), c.who, id, ""); err != nil || again != got {
				t.Errorf("%s, again: %+v, %v", c.name, again, err)
			}
			continue
		}
		t.Run(c.name, func(t *testing.T) { w.Kind(err, c.kind, c.says) })
	}
}

// An access code is not found by trying.
func TestGuessingAnAccessCodeIsSlowedDown(t *testing.T) {
	w := newTown(t)
	id := w.cohort(0, cohort.Terms{Ways: []cohort.Way{cohort.WayCode}, Code: "montagna"})
	anna := w.Person("anna", "ala", lms.Learner)
	slow := 0
	for i := range 20 {
		if _, err := w.Join(t.Context(), anna, id, fmt.Sprint("codice", i)); lms.Is(err, lms.TooMany) {
			slow++
		}
	}
	if _, err := w.Join(t.Context(), anna, id, "montagna"); slow < 10 || !lms.Is(err, lms.TooMany) {
		t.Errorf("%d of 20 guesses were slowed down; then %v", slow, err)
	}
	w.Pass(time.Minute)
	w.OK(second(w.Join(t.Context(), anna, id, "montagna")))
	if seen, err := w.Find(t.Context(), anna, id); err != nil || seen.Terms.Code != "" {
		t.Errorf("who is in it reads the code: %q, %v", seen.Terms.Code, err)
	}
}

// A cohort's life: nobody is enrolled before its first day, dates that change are told, who waits is seated when there are more seats, and a cohort that
// is cancelled says so to everybody, once.
func TestTheLifeOfACohort(t *testing.T) {
	w := newTown(t)
	terms := cohort.Terms{Title: "Primavera", Ways: []cohort.Way{cohort.WayFree}, From: "2026-03-10", To: "2026-03-20"}
	id := w.cohort(1, terms)
	w.Course(w.author, "corso", 3) // a later edition than the one that was pinned
	anna, bea := w.Person("anna", "ala", lms.Learner), w.Person("bea", "bosco", lms.Learner)
	w.join(anna, id)
	if got := w.join(bea, id); got != (cohort.Whereabouts{Place: cohort.Waiting, Position: 1}) {
		t.Errorf("bea: %+v", got)
	}
	w.OK(w.Cohorts.Sweep(t.Context()))
	if _, ok := w.enrolled(anna); ok {
		t.Error("enrolled before the first day")
	}
	terms.From = "2026-03-04"
	w.OK(second(w.Revise(t.Context(), w.admin, id, terms)))
	w.OK(second(w.Revise(t.Context(), w.admin, id, terms)))
	if n := len(w.Letters("", "cohort.moved")); n != 2 {
		t.Errorf("%d letters of other dates", n)
	}
	w.Set(time.Date(2026, 3, 3, 23, 5, 0, 0, time.UTC)) // five past midnight in Italy
	w.OK(w.Cohorts.Sweep(t.Context()))
	if e, ok := w.enrolled(anna); !ok || e.Edition != 1 || e.Member.Organisation != "ala" {
		t.Errorf("on the first day: %t, %+v", ok, e)
	}
	w.Kind(w.Resize(t.Context(), w.admin, id, -1), lms.Invalid, "")
	w.OK(w.Resize(t.Context(), w.admin, id, 2))
	if e, ok := w.enrolled(bea); !ok || e.Edition != 1 {
		t.Errorf("promoted: %t, %+v", ok, e)
	}
	w.Kind(w.Resize(t.Context(), w.admin, id, 1), lms.Invalid, "error.cohort.taken")
	if _, err := w.Cancel(t.Context(), w.admin, id, " "); !lms.Is(err, lms.Invalid) {
		t.Errorf("cancelled without a reason: %v", err)
	}
	for range 2 {
		w.OK(second(w.Cancel(t.Context(), w.admin, id, "Neve")))
	}
	if l := w.Letters("", "cohort.cancelled"); len(l) != 2 || l[0].Words["reason"] != "Neve" || l[0].Words["course"] != "Corso corso" {
		t.Errorf("letters of the cancellation: %+v", l)
	}
	seen, err := w.Find(t.Context(), bea, id)
	if err != nil || seen.Now != cohort.StateCancelled || seen.Seated != 0 {
		t.Errorf("bea sees %+v, %v", seen, err)
	}
	mine, err := w.Mine(t.Context(), bea)
	if err != nil || len(mine) != 1 {
		t.Fatalf("%+v, %v", mine, err)
	}
	var places []cohort.Place
	for _, h := range mine[0].History {
		places = append(places, h.What)
	}
	if !slices.Equal(places, []cohort.Place{cohort.Waiting, cohort.Waiting, cohort.Promoted, cohort.Dismissed}) {
		t.Errorf("her history: %v", places)
	}
	if _, err := w.Join(t.Context(), bea, id, ""); !lms.Is(err, lms.Conflict) {
		t.Errorf("joins a cancelled cohort: %v", err)
	}
}

// What a crash leaves between the seats and what follows of them, the sweep writes, once.
func TestTheSweepWritesWhatACrashLeft(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		w := townOn(t, s.Open(t))
		id := w.cohort(1, cohort.Terms{})
		anna, bea := w.Person("anna", "ala", lms.Learner), w.Person("bea", "ala", lms.Learner)
		w.Lose(true)
		w.join(anna, id)
		w.join(bea, id)
		w.OK(w.Leave(t.Context(), anna, id))
		if n := len(w.Letters("", "")); n != 0 {
			t.Fatalf("%d letters while the post is on strike", n)
		}
		if err := w.Cohorts.Sweep(t.Context()); err == nil {
			t.Error("the sweep does not say that the post is on strike")
		}
		w.Lose(false)
		lmstest.Together(4, func(int) {
			if err := w.Cohorts.Sweep(t.Context()); err != nil {
				t.Error(err)
			}
		})
		for kind, want := range map[string]int{"seat.given": 1, "seat.waiting": 1, "seat.promoted": 1} {
			if n := len(w.Letters("", kind)); n != want {
				t.Errorf("%d letters %s", n, kind)
			}
		}
		if _, ok := w.enrolled(bea); !ok {
			t.Error("bea has a seat and is not enrolled")
		}
		if mine, err := w.Mine(t.Context(), anna); err != nil || len(mine) != 1 || mine[0].Place() != cohort.Left || len(mine[0].History) != 2 {
			t.Errorf("anna's history: %+v, %v", mine, err)
		}
	})
}

// Who has completed the course before the cohort was opened takes it again, from the beginning.
func TestACohortBeginsACourseAgain(t *testing.T) {
	w := newTown(t)
	anna := w.Person("anna", "ala", lms.Learner)
	w.OK(second(w.Learning.Enrol(t.Context(), anna, "corso")))
	done := w.Complete(anna, "corso")
	w.Pass(24 * time.Hour)
	id := w.cohort(0, cohort.Terms{})
	w.join(anna, id)
	w.OK(w.Cohorts.Sweep(t.Context()))
	e, _ := w.enrolled(anna)
	if e.Turn != 2 || !e.Completed.IsZero() {
		t.Errorf("%+v", e)
	}
	if was, err := w.Learning.Standing(t.Context(), anna, done.Enrolment.ID); err != nil || was.State != lms.Completed {
		t.Errorf("what she completed before is %s, %v", was.State, err)
	}
	w.Complete(anna, "corso")
	w.OK(w.Cohorts.Sweep(t.Context()))
	if e, _ = w.enrolled(anna); e.Turn != 2 {
		t.Errorf("a third time: %+v", e)
	}
}

func TestStaffPutPeopleIn(t *testing.T) {
	w := newTown(t)
	id := w.cohort(2, cohort.Terms{Audience: cohort.Audience{Enti: []lms.OrganisationID{"ala", "bosco"}}})
	other := w.cohort(1, cohort.Terms{Title: "Autunno"})
	anna := w.Person("anna", "ala", lms.Learner)
	bea, dario := w.Person("bea", "bosco", lms.Learner, "Tributi"), w.Person("dario", "bosco", lms.Learner, "Anagrafe")
	referent, manager := w.Person("rita", "bosco", lms.Referent), w.Person("mara", "bosco", lms.Manager, "tributi")
	enter := func(a, p lms.Actor, id cohort.ID) error { return second(w.Enter(t.Context(), a, id, p.ID)) }
	w.Kind(enter(w.admin, bea, id), lms.NotFound, "error.person.unknown") // her ente is another's
	w.Kind(enter(referent, anna, id), lms.NotFound, "error.person.unknown")
	w.Kind(enter(manager, dario, id), lms.NotFound, "error.person.unknown") // another office
	w.Kind(enter(anna, anna, id), lms.Forbidden, "")
	w.OK(enter(manager, bea, id))
	w.OK(enter(referent, dario, id))
	w.OK(enter(w.admin, anna, id))
	if acts := w.Acts("cohort.enter"); len(acts) != 3 || acts[0].Person != bea.ID || acts[0].Role != lms.Manager || acts[1].Role != lms.Referent || acts[2].Role != lms.Administrator {
		t.Errorf("acts: %+v", acts)
	}
	rows, _, err := w.Roster(t.Context(), referent, id, "bosco", lms.PageAt{})
	if err != nil || len(rows) != 3-1 {
		t.Errorf("the referent sees %d rows, %v", len(rows), err)
	}
	if _, _, err := w.Roster(t.Context(), referent, id, "", lms.PageAt{}); !lms.Is(err, lms.NotFound) {
		t.Errorf("the referent of one ente reads all: %v", err)
	}
	w.Kind(w.Transfer(t.Context(), w.admin, id, id, bea.ID), lms.Invalid, "")
	w.OK(w.Transfer(t.Context(), w.admin, id, other, bea.ID))
	w.Kind(w.Transfer(t.Context(), w.admin, id, other, dario.ID), lms.Conflict, "error.cohort.full")
	if seen, err := w.Find(t.Context(), anna, id); err != nil || seen.Mine != cohort.Seated {
		t.Errorf("the seat that became free: %+v, %v", seen.Mine, err)
	}
	w.Kind(w.Remove(t.Context(), referent, id, anna.ID, "Altro"), lms.NotFound, "")
	w.Kind(w.Remove(t.Context(), referent, id, dario.ID, ""), lms.Invalid, "")
	w.OK(w.Remove(t.Context(), referent, id, dario.ID, "Cambia ufficio"))
	if l := w.Letters("dario", "seat.removed"); len(l) != 1 || l[0].Words["reason"] != "Cambia ufficio" {
		t.Errorf("told: %+v", l)
	}
}

// second is the error of a call.
func second[T any](_ T, err error) error { return err }
