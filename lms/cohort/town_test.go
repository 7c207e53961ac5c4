package cohort_test

import (
	"testing"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/lmstest"
	"aulacomune/storage/storagetest"
)

// town is a school with cohorts, on real engines.
type town struct {
	*lmstest.Town
	*cohort.Cohorts
	admin  lms.Actor // administrator of ala
	author lms.Actor
	seats  *seats // what was told of webinars
}

func newTown(t testing.TB) *town { t.Helper(); return townOn(t, storagetest.Open(t)) }

func townOn(t testing.TB, e lms.Engine) *town {
	t.Helper()
	w := &town{Town: lmstest.On(t, e), seats: &seats{told: map[int]cohort.Place{}}}
	w.Cohorts = w.node(e)
	w.Tree()
	w.admin, w.author = w.Person("capo", "ala", lms.Administrator), w.Person("autrice", "ala", lms.Author)
	w.Course(w.author, "corso", 2)
	return w
}

// node opens the room once more, as another process would.
func (w *town) node(e lms.Engine) *cohort.Cohorts {
	w.T.Helper()
	s, err := cohort.Open(w.T.Context(), cohort.Ports{Engine: e, School: w.School, Post: w.Post, Webinar: w.seats.tell, Note: w.Note, Rome: w.Rome, Log: w.Log, Now: w.Now})
	w.OK(err)
	return s
}

// cohort plans and opens one of ala, with free entry unless the terms say otherwise.
func (w *town) cohort(capacity int, t cohort.Terms) cohort.ID {
	w.T.Helper()
	if t.Title == "" {
		t.Title = "Edizione di primavera"
	}
	if t.Ways == nil {
		t.Ways = []cohort.Way{cohort.WayFree}
	}
	c, err := w.Plan(w.T.Context(), w.admin, cohort.Start{Course: "corso", Organisation: "ala", Capacity: capacity, Terms: t})
	w.OK(err)
	_, err = w.Publish(w.T.Context(), w.admin, c.ID)
	w.OK(err)
	return c.ID
}

// join lets somebody in.
func (w *town) join(a lms.Actor, id cohort.ID) cohort.Whereabouts {
	w.T.Helper()
	got, err := w.Join(w.T.Context(), a, id, "")
	w.OK(err)
	return got
}

// enrolled says whether somebody takes the course.
func (w *town) enrolled(a lms.Actor) (lms.Enrolment, bool) {
	w.T.Helper()
	e, ok, err := w.Learning.Taken(w.T.Context(), a.ID, "corso")
	w.OK(err)
	return e, ok
}
