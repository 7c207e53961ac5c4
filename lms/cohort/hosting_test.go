package cohort_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/lmstest"
	"aulacomune/storage/storagetest"
)

// seats notes what is told of webinars' seats, as lms/webinar would.
type seats struct {
	mu   sync.Mutex
	lost error
	told map[int]cohort.Place // by the number of the change
}

func (s *seats) tell(_ context.Context, _ cohort.Cohort, _ lms.Person, ch cohort.Change) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.lost == nil {
		s.told[ch.Number] = ch.What
	}
	return s.lost
}

func (s *seats) lose(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lost = err
}

func (s *seats) count(p cohort.Place) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, q := range s.told {
		if q == p {
			n++
		}
	}
	return n
}

// hosting is a webinar of ala on the second day after the town's beginning, from ten to noon.
func (w *town) hosting(change func(*cohort.Hosting)) cohort.Hosting {
	starts := time.Date(2026, 3, 4, 9, 0, 0, 0, time.UTC)
	h := cohort.Hosting{
		Webinar: "w1", Organisation: "ala", Within: []lms.OrganisationID{"valle", "ala"}, At: w.Now(), By: w.admin.ID, Opened: w.Now(),
		Hour:  cohort.Hour{Closes: starts, Ends: starts.Add(2 * time.Hour)},
		Terms: cohort.Terms{Title: "Lavoro agile", From: "2026-03-04", To: "2026-03-04", Ways: []cohort.Way{cohort.WayFree}},
	}
	if change != nil {
		change(&h)
	}
	w.OK(w.Check(w.T.Context(), h.Within, &h.Terms))
	return h
}

// The cohort of a webinar takes people as others do, and stands in none of their lists.
func TestACohortOfAWebinar(t *testing.T) {
	w := newTown(t)
	anna, bea := w.Person("anna", "ala", lms.Learner), w.Person("bea", "bosco", lms.Learner)
	h := w.hosting(nil)
	for range 2 {
		w.OK(w.Host(t.Context(), h, 1))
	}
	w.cohort(0, cohort.Terms{})
	got, err := w.JoinWebinar(t.Context(), anna, "w1", "")
	if err != nil || got != (cohort.Whereabouts{Place: cohort.Seated, Position: 1}) {
		t.Fatalf("anna: %+v, %v", got, err)
	}
	if got, err = w.JoinWebinar(t.Context(), bea, "w1", ""); err != nil || got.Place != cohort.Waiting {
		t.Fatalf("bea: %+v, %v", got, err)
	}
	if p, err := w.PlaceIn(t.Context(), "w1", bea.ID); err != nil || p != cohort.Waiting {
		t.Errorf("bea is %q, %v", p, err)
	}
	w.Wait()
	for name, err := range map[string]error{
		"find": second(w.Find(t.Context(), w.admin, "w1")), "join": second(w.Join(t.Context(), anna, "w1", "")), "leave": w.Leave(t.Context(), anna, "w1"),
		"cancel": second(w.Cancel(t.Context(), w.admin, "w1", "perché sì")), "resize": w.Cohorts.Resize(t.Context(), w.admin, "w1", 4),
	} {
		t.Run(name, func(t *testing.T) { w.Kind(err, lms.NotFound, "error.cohort.unknown") })
	}
	kept, err := w.Kept(t.Context(), w.admin)
	catalogue, err2 := w.Catalogue(t.Context(), anna)
	mine, err3 := w.Mine(t.Context(), anna)
	if err != nil || err2 != nil || err3 != nil || len(kept) != 1 || len(catalogue) != 1 || len(mine) != 0 {
		t.Errorf("lists of cohorts: kept %d, catalogue %d, mine %d; %v %v %v", len(kept), len(catalogue), len(mine), err, err2, err3)
	}
	w.OK(w.Cohorts.Sweep(t.Context()))
	if _, ok := w.enrolled(anna); ok {
		t.Error("a webinar enrols in a course")
	}
	w.Kind(w.Reseat(t.Context(), "w1", -1), lms.Invalid, "error.cohort.capacity")
	w.OK(w.Unseat(t.Context(), "w1", anna.ID, cohort.Act{By: anna.ID, At: w.Now()}))
	w.Wait()
	if w.seats.count(cohort.Promoted) != 1 || w.seats.count(cohort.Left) != 1 || len(w.Letters("", "")) != 0 {
		t.Errorf("told: %v; letters of courses: %d", w.seats.told, len(w.Letters("", "")))
	}
	if rows, _, err := w.Roster(t.Context(), w.admin, "w1", "", lms.PageAt{}); err != nil || len(rows) != 2 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

// Nobody gets in from the second in which registration closes, nobody moves up from the end, and nobody gets in while it is being cancelled.
func TestTheHourOfAWebinar(t *testing.T) {
	w := newTown(t)
	people := make([]lms.Actor, 5)
	for i := range people {
		people[i] = w.Person(fmt.Sprint("p", i), "ala", lms.Learner)
	}
	h := w.hosting(nil)
	w.OK(w.Host(t.Context(), h, 1))
	w.Set(h.Hour.Closes.Add(-time.Second))
	w.OK(second(w.JoinWebinar(t.Context(), people[0], "w1", "")))
	w.OK(second(w.JoinWebinar(t.Context(), people[1], "w1", "")))
	w.OK(second(w.JoinWebinar(t.Context(), people[2], "w1", "")))
	w.Set(h.Hour.Closes)
	w.Kind(second(w.JoinWebinar(t.Context(), people[3], "w1", "")), lms.Conflict, "error.cohort.closed")
	if got, err := w.JoinWebinar(t.Context(), people[1], "w1", ""); err != nil || got.Place != cohort.Waiting {
		t.Errorf("who waits already: %+v, %v", got, err)
	}
	w.OK(w.Unseat(t.Context(), "w1", people[0].ID, cohort.Act{By: people[0].ID, At: w.Now()}))
	w.Wait()
	if w.seats.count(cohort.Promoted) != 1 {
		t.Errorf("while it is held nobody moved up: %v", w.seats.told)
	}
	w.Set(h.Hour.Ends)
	w.OK(w.Unseat(t.Context(), "w1", people[1].ID, cohort.Act{By: w.admin.ID, At: w.Now(), Reason: "prova"}))
	w.Wait()
	if w.seats.count(cohort.Promoted) != 1 || w.seats.count(cohort.Removed) != 1 {
		t.Errorf("somebody moved up after the end: %v", w.seats.told)
	}
	w.Set(h.Hour.Closes.Add(-time.Hour))
	h.Cancelled, h.Reason = w.Now(), "neve"
	for range 2 {
		w.OK(w.Host(t.Context(), h, 0))
	}
	w.Wait()
	if w.seats.count(cohort.Dismissed) != 1 {
		t.Errorf("told of the cancellation: %v", w.seats.told)
	}
	w.Kind(second(w.JoinWebinar(t.Context(), people[4], "w1", "")), lms.Conflict, "error.cohort.closed")
}

// A reserved webinar is not there for those whom it is not for, and its code is no more than a code.
func TestAReservedWebinar(t *testing.T) {
	w := newTown(t)
	bea, anna := w.Person("bea", "bosco", lms.Learner), w.Person("anna", "ala", lms.Learner)
	h := w.hosting(func(h *cohort.Hosting) {
		h.Terms.Reserved, h.Terms.Audience.Enti, h.Terms.Ways, h.Terms.Code = true, []lms.OrganisationID{"ala"}, []cohort.Way{cohort.WayCode}, "montagna"
	})
	w.OK(w.Host(t.Context(), h, 0))
	w.Kind(second(w.JoinWebinar(t.Context(), bea, "w1", "montagna")), lms.NotFound, "error.cohort.unknown")
	w.Kind(second(w.JoinWebinar(t.Context(), anna, "w1", "mare")), lms.Invalid, "error.cohort.code")
	w.OK(second(w.JoinWebinar(t.Context(), anna, "w1", "montagna")))
	if seen, err := w.Webinar(t.Context(), anna, "w1"); err != nil || seen.Mine != cohort.Seated || seen.Terms.Code != "" {
		t.Errorf("anna sees %+v, %v", seen.Terms, err)
	}
	w.Wait()
}

// What could not be told is told by the sweep.
func TestWhatACrashLeavesOfAWebinar(t *testing.T) {
	w := newTown(t)
	anna := w.Person("anna", "ala", lms.Learner)
	w.OK(w.Host(t.Context(), w.hosting(nil), 1))
	w.seats.lose(lms.Fail(lms.Unavailable, "error.unavailable"))
	w.OK(second(w.JoinWebinar(t.Context(), anna, "w1", "")))
	w.Wait()
	if due, err := w.Unsettled(t.Context(), "w1"); err != nil || !due {
		t.Errorf("nothing is due: %v", err)
	}
	w.seats.lose(nil)
	w.OK(w.Cohorts.Sweep(t.Context()))
	if due, err := w.Unsettled(t.Context(), "w1"); err != nil || due || w.seats.count(cohort.Seated) != 1 {
		t.Errorf("still due: %t, %v; told %v", due, err, w.seats.told)
	}
}

// Two thousand people want five hundred seats within ten seconds, on both engines: exactly five hundred get one, everybody else waits in the order in which
// they came, and all are told. The log says how long they waited for an answer. (What two processes do to each other is TestFiftyForFiveSeats.)
func TestTwoThousandForFiveHundredSeats(t *testing.T) {
	const people, capacity, within = 2000, 500, 10 * time.Second
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		w := townOn(t, s.Open(t))
		w.OK(w.Host(t.Context(), w.hosting(nil), capacity))
		who := make([]lms.Actor, people)
		lmstest.Together(20, func(worker int) {
			for i := worker; i < people; i += 20 {
				who[i] = w.Person(fmt.Sprint("p", i), "ala", lms.Learner)
			}
		})
		took := make([]time.Duration, people)
		places := make([]cohort.Whereabouts, people)
		began := time.Now()
		lmstest.Together(people, func(i int) {
			time.Sleep(time.Until(began.Add(within * time.Duration(i) / people)))
			asked := time.Now()
			var err error
			if places[i], err = w.JoinWebinar(t.Context(), who[i], "w1", ""); err != nil {
				t.Error(err)
			}
			took[i] = time.Since(asked)
		})
		all := time.Since(began)
		w.Wait()
		slices.Sort(took)
		t.Logf("%d in %s: p50 %s, p99 %s, last %s; settled after %s", people, all.Round(time.Millisecond), took[people/2], took[people*99/100], took[people-1], time.Since(began).Round(time.Millisecond))
		w.eachPlaceOnce(places, capacity)
		if seated, waiting, _, err := w.Count(t.Context(), "w1"); err != nil || seated != capacity || waiting != people-capacity {
			t.Errorf("%d seated, %d wait, %v", seated, waiting, err)
		}
		w.OK(w.Cohorts.Sweep(t.Context()))
		if w.seats.count(cohort.Seated) != capacity || w.seats.count(cohort.Waiting) != people-capacity {
			t.Errorf("told: %d seated, %d waiting", w.seats.count(cohort.Seated), w.seats.count(cohort.Waiting))
		}
	})
}

// eachPlaceOnce says whether every seat and every place in the queue was given once.
func (w *town) eachPlaceOnce(places []cohort.Whereabouts, capacity int) {
	w.T.Helper()
	seen := map[cohort.Whereabouts]bool{}
	for _, p := range places {
		seen[p] = true
	}
	for i := range places {
		want := cohort.Whereabouts{Place: cohort.Seated, Position: i + 1}
		if i >= capacity {
			want = cohort.Whereabouts{Place: cohort.Waiting, Position: i + 1 - capacity}
		}
		if !seen[want] {
			w.T.Fatalf("nobody got %+v", want)
		}
	}
}
