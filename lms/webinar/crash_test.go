package webinar_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/lmstest"
	"aulacomune/lms/webinar"
	"aulacomune/storage/storagetest"
)

// Six hundred people want a hundred and fifty seats within three seconds, through questions and letters, on both engines: everybody has one place, one
// letter says which, and the seats go to the first.
func TestARushWithLetters(t *testing.T) {
	const people, capacity, within = 600, 150, 3 * time.Second
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		w := townOn(t, s.Open(t))
		x := w.published(capacity, func(in *webinar.Input) { in.Questions = []webinar.Question{{Text: "Servizio?"}} })
		who := make([]lms.Actor, people)
		lmstest.Together(20, func(worker int) {
			for i := worker; i < people; i += 20 {
				who[i] = w.Person(fmt.Sprint("p", i), "ala", lms.Learner)
			}
		})
		var mu sync.Mutex
		var took []time.Duration
		places := map[cohort.Whereabouts]bool{}
		began := time.Now()
		lmstest.Together(people, func(i int) {
			time.Sleep(time.Until(began.Add(within * time.Duration(i) / people)))
			asked := time.Now()
			got, err := w.s.Register(t.Context(), who[i], x.Slug, "", map[string]string{"q1": "Tributi"})
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			took, places[got] = append(took, time.Since(asked)), true
		})
		w.settle()
		slices.Sort(took)
		t.Logf("p50 %s, p99 %s; settled after %s", took[people/2], took[people*99/100], time.Since(began))
		if len(places) != people {
			t.Errorf("%d places for %d people", len(places), people)
		}
		w.sent("", "webinar.seated", capacity)
		w.sent("", "webinar.waiting", people-capacity)
	})
}

// broken is an engine that refuses to write into one collection.
type broken struct {
	lms.Engine
	mu      sync.Mutex
	refused string
}

func (b *broken) refuse(collection string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refused = collection
}

func (b *broken) error(collection string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if collection == b.refused {
		return errors.New("the disk is full")
	}
	return nil
}

func (b *broken) Insert(ctx context.Context, collection string, d lms.Document) error {
	if err := b.error(collection); err != nil {
		return err
	}
	return b.Engine.Insert(ctx, collection, d)
}

func (b *broken) Replace(ctx context.Context, collection string, d lms.Document) error {
	if err := b.error(collection); err != nil {
		return err
	}
	return b.Engine.Replace(ctx, collection, d)
}

// Wherever a process dies between what was decided and what follows of it, the sweeps of others finish it, once.
func TestWhatACrashLeaves(t *testing.T) {
	for _, c := range []string{"cohorts", "webinar_errands", "letters of the town"} {
		t.Run("moved, and then "+c, func(t *testing.T) {
			e := &broken{Engine: storagetest.Open(t)}
			w := townOn(t, e)
			anna := w.Person("anna", "ala", lms.Learner)
			x := w.published(0, nil)
			w.register(anna, x)
			w.settle()
			e.refuse(c)
			w.Lose(c == "letters of the town")
			w.OK(second(w.s.Move(t.Context(), w.admin, x.ID, webinar.Moment{Local: "2026-03-04T11:00"}, webinar.Moment{Local: "2026-03-04T13:00"})))
			w.settle()
			w.sent("anna", "webinar.moved", 0)
			e.refuse("")
			w.Lose(false)
			w.sweepTogether()
			w.sent("anna", "webinar.moved", 1)
			if c, err := w.cohorts.Webinar(t.Context(), w.admin, string(x.ID)); err != nil || c.Hour.Ends.Hour() != 12 {
				t.Errorf("the cohort: %+v, %v", c.Hour, err)
			}
		})
	}
	for _, c := range []string{"webinar_outcomes", "letters of the town"} {
		t.Run("closed, and then "+c, func(t *testing.T) {
			e := &broken{Engine: storagetest.Open(t)}
			w := townOn(t, e)
			anna := w.Person("anna", "ala", lms.Learner)
			x := w.published(0, nil)
			w.register(anna, x)
			w.settle()
			w.Set(x.Terms.Starts)
			w.OK(second(w.s.Enter(t.Context(), anna, x.Slug)))
			w.Set(x.Terms.Ends)
			e.refuse(c)
			w.Lose(c == "letters of the town")
			w.OK(second(w.s.Conclude(t.Context(), w.admin, x.ID)))
			w.settle()
			e.refuse("")
			w.Lose(false)
			w.sweepTogether()
			w.sent("anna", "webinar.thanks", 1)
			if all, err := w.s.Outcomes(t.Context(), w.admin, x.ID); err != nil || len(all) != 1 || !all[0].Settled || len(w.booked) != 1 {
				t.Errorf("%+v, booked %d, %v", all, len(w.booked), err)
			}
		})
	}
}

// sweepTogether is four processes that sweep at once, and one later.
func (w *town) sweepTogether() {
	w.T.Helper()
	lmstest.Together(4, func(int) {
		if err := w.s.Sweep(w.T.Context()); err != nil {
			w.T.Error(err)
		}
	})
	w.settle()
	w.sweep()
}

// Webinars follow their ente when it moves in the tree.
func TestFollow(t *testing.T) {
	w := newTown(t)
	x := w.published(0, nil)
	w.OK(w.s.Follow(t.Context(), "ala", func(o lms.OrganisationID) []lms.OrganisationID {
		if o != "ala" {
			return nil
		}
		return []lms.OrganisationID{"bosco", "ala"}
	}))
	if v, err := w.s.Find(t.Context(), w.Person("berta", "bosco", lms.Referent), x.Slug); err != nil || !v.Keeps {
		t.Errorf("%+v, %v", v.Within, err)
	}
}
