package request_test

import (
	"context"
	"strings"
	"testing"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/lmstest"
	"aulacomune/lms/request"
	"aulacomune/storage/storagetest"
)

// town is a school with cohorts and requests, on real engines: an ente with a manager of an office, a personnel office, and somebody who asks.
type town struct {
	*lmstest.Town
	*request.Requests
	cohorts                        *cohort.Cohorts
	admin, manager, referent, anna lms.Actor
}

func newTown(t testing.TB) *town { t.Helper(); return townOn(t, storagetest.Open(t)) }

func townOn(t testing.TB, e lms.Engine) *town {
	t.Helper()
	w := &town{Town: lmstest.On(t, e)}
	w.Tree()
	w.admin, w.manager = w.Person("capo", "ala", lms.Administrator), w.Person("mara", "ala", lms.Manager, "Tributi")
	w.referent, w.anna = w.Person("rita", "ala", lms.Referent), w.Person("anna", "ala", lms.Learner, "tributi")
	w.Course(w.Person("autrice", "ala", lms.Author), "corso", 1)
	w.cohorts, w.Requests = w.node(e)
	return w
}

// node opens the rooms once more, as another process would.
func (w *town) node(e lms.Engine) (*cohort.Cohorts, *request.Requests) {
	w.T.Helper()
	c, err := cohort.Open(w.T.Context(), cohort.Ports{
		Engine: e, School: w.School, Post: w.Post, Note: w.Note, Rome: w.Rome, Log: w.Log, Now: w.Now,
		Webinar: func(context.Context, cohort.Cohort, lms.Person, cohort.Change) error { return nil },
	})
	w.OK(err)
	r, err := request.Open(w.T.Context(), request.Ports{Engine: e, School: w.School, Cohorts: c, Post: w.Post, Note: w.Note, Rome: w.Rome, Log: w.Log, Now: w.Now})
	w.OK(err)
	return c, r
}

// open plans and opens a cohort of ala that people ask to get into, in these steps.
func (w *town) open(capacity int, steps ...cohort.Step) cohort.ID {
	w.T.Helper()
	terms := cohort.Terms{Title: "Edizione di primavera", Ways: []cohort.Way{cohort.WayRequest}, Steps: steps}
	c, err := w.cohorts.Plan(w.T.Context(), w.admin, cohort.Start{Course: "corso", Organisation: "ala", Capacity: capacity, Terms: terms})
	w.OK(err)
	_, err = w.cohorts.Publish(w.T.Context(), w.admin, c.ID)
	w.OK(err)
	return c.ID
}

func (w *town) ask(a lms.Actor, id cohort.ID) request.Request {
	w.T.Helper()
	r, err := w.Ask(w.T.Context(), a, id, "Mi serve.")
	w.OK(err)
	return r
}

// secret is that of the latest letter of a kind to somebody.
func (w *town) secret(to, kind string) string {
	w.T.Helper()
	l := w.Letters(to, kind)
	if len(l) == 0 {
		w.T.Fatalf("no letter %s to %s", kind, to)
	}
	secret, ok := strings.CutPrefix(l[len(l)-1].Link, "/richieste/decidi/")
	if !ok {
		w.T.Fatalf("the link of the letter is %q", l[len(l)-1].Link)
	}
	return secret
}

// of is a request as it is stored.
func (w *town) of(id request.ID) request.Seen {
	w.T.Helper()
	v, err := w.Find(w.T.Context(), w.admin, id)
	w.OK(err)
	return v
}

func agree(step int) request.Decision { return request.Decision{Step: step, Agree: true} }

func refuse(step int) request.Decision { return request.Decision{Step: step, Reason: "Non ora."} }

// whats are what happened to a request, in order.
func whats(r request.Request) string {
	var out []string
	for _, e := range r.History {
		out = append(out, string(e.What))
	}
	return strings.Join(out, " ")
}

func second[T any](_ T, err error) error { return err }
