package ledger_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/ledger"
	"aulacomune/lms/lmstest"
	"aulacomune/storage/storagetest"
)

// withWebinar publishes a course of a reading and a webinar "agile" with its recording, half an hour and two hours; and enrols people in it.
func (b *books) withWebinar(slug course.Slug, people ...lms.Actor) {
	b.T.Helper()
	film := course.Video{File: course.Media{Seconds: 100, Hash: "film"}, Live: true}
	c := course.Course{Slug: slug, Title: "Corso " + string(slug), Summary: "Un corso.", Lang: "it", Minutes: 150, Modules: []course.Module{{ID: "m", Title: "Modulo", Objects: []course.Object{
		{ID: "lettura", Title: "Lettura", Kind: course.Reading, Minutes: 30, Rule: course.Rule{Read: true}, HTML: "<p>Testo.</p>"},
		{ID: "incontro", Title: "Incontro", Kind: course.Webinar, Webinar: "agile", Minutes: 120, Rule: course.Rule{Attended: true, Watched: 80}, Video: &film},
	}}}}
	body, err := json.Marshal(c)
	b.OK(err)
	_, err = b.Publishing.Publish(b.T.Context(), b.author, "", body, "prima")
	b.OK(err)
	for _, a := range people {
		_, err = b.Learning.Enrol(b.T.Context(), a, slug)
		b.OK(err)
	}
}

// does sends what somebody did in a course.
func (b *books) does(a lms.Actor, slug course.Slug, events ...lms.Event) lms.Standing {
	b.T.Helper()
	st, err := b.Learning.Mine(b.T.Context(), a, slug)
	b.OK(err)
	for i := range events {
		events[i].ID = fmt.Sprint(events[i].Object, events[i].Kind)
	}
	r, err := b.Learning.Record(b.T.Context(), a, st.Enrolment.ID, events)
	b.OK(err)
	return r.Standing
}

func (b *books) watches(a lms.Actor, slug course.Slug) {
	b.T.Helper()
	b.does(a, slug, lms.Event{Object: "incontro", Kind: lms.Opened})
	b.Pass(2 * time.Minute)
	b.does(a, slug, lms.Event{Object: "incontro", Kind: lms.Watched, Intervals: []course.Interval{{0, 90}}})
}

func read() lms.Event { return lms.Event{Object: "lettura", Kind: lms.Read} }

// agile is the row of the webinar.
func agile(a lms.Actor, minutes int) ledger.Hours {
	h := row("w1", a, minutes, "2026-03-02")
	h.Webinars = []string{"agile"}
	return h
}

// An hour counts once: in the webinar's row for whoever was there, in the course's for whoever watched the recording; whichever comes first, on both engines.
func TestAWebinarOfACourseCountsOnce(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		b := newBooksOn(t, s.Open(t))
		dario := b.Person("dario", "ala", lms.Learner)
		b.withWebinar("corso", b.anna, b.bruno, b.carla, dario)
		attend := func(a lms.Actor) { // as the closing of a webinar does
			t.Helper()
			b.OK(b.Arrive(t.Context(), agile(a, 110)))
			b.OK(b.Learning.Attended(t.Context(), a.ID, "agile", b.Now()))
		}
		check := func(who string, a lms.Actor, want ...int) {
			t.Helper()
			got, sum := b.year(a, a, 2026), 0
			var is []int
			for _, h := range got.Rows {
				is, sum = append(is, h.Minutes), sum+h.Minutes
			}
			if fmt.Sprint(is) != fmt.Sprint(want) || got.Minutes != sum {
				t.Errorf("%s: rows of %v minutes, %d together, want %v", who, is, got.Minutes, want)
			}
		}
		b.Pass(time.Hour)
		attend(b.anna)
		if got := b.year(b.anna, b.anna, 2026); got.Minutes != 110 || got.Forecast != 140 {
			t.Errorf("anna on the way: %d minutes, forecast %d", got.Minutes, got.Forecast)
		}
		st := b.does(b.anna, "corso", read())
		b.OK(b.Ledger.Completed(t.Context(), st))
		check("anna, who was there", b.anna, 30, 110)
		b.watches(b.bruno, "corso")
		st = b.does(b.bruno, "corso", read())
		check("bruno, who watched the recording", b.bruno, 150)
		for range 2 { // the webinar is closed later, and he was there too
			attend(b.bruno)
			b.OK(b.Ledger.Completed(t.Context(), st))
		}
		check("bruno, who was there too", b.bruno, 150)
		if counted, err := b.Counted(t.Context(), b.bruno.ID, "agile"); err != nil || !counted {
			t.Errorf("bruno's webinar is counted by the course: %v, %v", counted, err)
		}
		b.watches(b.carla, "corso") // the recording first, then the closing, then the rest of the course
		attend(b.carla)
		b.does(b.carla, "corso", read())
		check("carla", b.carla, 30, 110)
		b.watches(dario, "corso") // the course is told while the webinar is being closed: its row is there, and nobody has said so to the course yet
		b.OK(b.Arrive(t.Context(), agile(dario, 110)))
		b.does(dario, "corso", read())
		check("dario", dario, 30, 110)
	})
}

// Course and webinar arrive at the same moment, many times each: one of them counts the hour.
func TestCourseAndWebinarAtOnce(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		b := newBooksOn(t, s.Open(t))
		b.withWebinar("corso", b.anna)
		b.Town.Completed(func(context.Context, lms.Standing) error { return nil })
		b.watches(b.anna, "corso")
		st := b.does(b.anna, "corso", read())
		lmstest.Together(16, func(i int) {
			var err error
			if ctx := context.WithoutCancel(t.Context()); i%2 == 0 {
				err = b.Arrive(ctx, agile(b.anna, 110))
			} else {
				err = b.Ledger.Completed(ctx, st)
			}
			if err != nil {
				t.Error(err)
			}
		})
		if got := b.year(b.anna, b.anna, 2026); got.Minutes != 140 && got.Minutes != 150 {
			t.Errorf("%d minutes in %d rows", got.Minutes, len(got.Rows))
		}
	})
}

// Who takes a course again and watches the recording has done so again.
func TestAWebinarWatchedAgainCountsAgain(t *testing.T) {
	b := newBooks(t)
	b.withWebinar("corso", b.anna)
	b.Pass(time.Hour)
	b.OK(b.Arrive(t.Context(), agile(b.anna, 110)))
	b.OK(b.Learning.Attended(t.Context(), b.anna.ID, "agile", b.Now()))
	b.does(b.anna, "corso", read())
	b.Set(at("2027-04-01T08:00:00Z"))
	b.anna = b.Again(b.anna)
	p, err := b.School.People.Known(t.Context(), b.anna.ID)
	b.OK(err)
	_, err = b.Learning.Place(t.Context(), lms.Placement{Person: p.ID, Course: "corso", Member: p.Current(b.Now()), Turn: 2, By: p.ID})
	b.OK(err)
	b.watches(b.anna, "corso")
	b.does(b.anna, "corso", read())
	if got := b.year(b.anna, b.anna, 2027); got.Minutes != 150 {
		t.Errorf("the second time: %d minutes", got.Minutes)
	}
}
