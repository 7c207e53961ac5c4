package report

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"aulacomune/lms"

	"github.com/google/uuid"
)

// ViewID names a saved view.
type ViewID string

// Often says how often a view is sent by e-mail.
type Often string

// How often a view is sent.
const (
	Never   Often = ""
	Weekly  Often = "weekly"  // on Mondays
	Monthly Often = "monthly" // on the first
)

// View is a report that somebody keeps under a name, for themselves.
type View struct {
	ID     ViewID       `json:"id"`
	Person lms.PersonID `json:"person"`
	Name   string       `json:"name"`
	Spec   Spec         `json:"spec"`
	Often  Often        `json:"often,omitempty"`
	Next   time.Time    `json:"next,omitzero"` // when it is to be sent
	At     time.Time    `json:"at"`
}

// maxViews is how many views one person may keep.
const maxViews = 50

// views says how views are kept.
var views = lms.Noun[View]{
	Name: "views",
	ID:   func(v View) string { return string(v.ID) },
	Indexes: []lms.Index[View]{
		{Name: "person", Keys: func(v View) []string { return []string{string(v.Person) + "/" + lms.Fold(v.Name)} }},
		{Name: "next", Keys: func(v View) []string {
			if v.Next.IsZero() {
				return nil
			}
			return []string{lms.TimeKey(v.Next)}
		}},
	},
}

// Keep keeps a report under a name, to be found again and, where wanted, to be reminded of by e-mail.
func (r *Reports) Keep(ctx context.Context, a lms.Actor, name string, s Spec, often Often) (View, error) {
	if a.Scope != lms.Everything {
		return View{}, lms.Fail(lms.Forbidden, "error.scope")
	}
	if _, err := r.source(ctx, a, s); err != nil {
		return View{}, err
	}
	if name = strings.Join(strings.Fields(name), " "); name == "" || utf8.RuneCountInString(name) > 80 {
		return View{}, lms.Wrong("name", "error.view.name")
	}
	if !slices.Contains([]Often{Never, Weekly, Monthly}, often) {
		return View{}, lms.Wrong("often", "error.invalid")
	}
	mine, err := r.Views(ctx, a)
	if err != nil {
		return View{}, err
	}
	if len(mine) >= maxViews {
		return View{}, lms.Wrong("name", "error.view.many")
	}
	v := View{ID: ViewID(uuid.Must(uuid.NewV7()).String()), Person: a.ID, Name: name, Spec: s, Often: often, At: r.now()}
	v.Next = r.after(v, v.At)
	return v, r.views.Add(ctx, v)
}

// Views lists the actor's own views, by name.
func (r *Reports) Views(ctx context.Context, a lms.Actor) ([]View, error) {
	if a.Nobody() {
		return nil, lms.Fail(lms.SignIn, "error.signin")
	}
	return r.views.All(ctx, lms.Query{Index: "person", Prefix: string(a.ID) + "/"})
}

// View is one of the actor's own views.
func (r *Reports) View(ctx context.Context, a lms.Actor, id ViewID) (View, error) {
	v, err := r.views.Find(ctx, string(id))
	if lms.Is(err, lms.NotFound) || err == nil && v.Person != a.ID {
		return View{}, lms.Fail(lms.NotFound, "error.view.unknown")
	}
	return v, err
}

// Discard removes one of the actor's own views.
func (r *Reports) Discard(ctx context.Context, a lms.Actor, id ViewID) error {
	if a.Scope != lms.Everything {
		return lms.Fail(lms.Forbidden, "error.scope")
	}
	if _, err := r.View(ctx, a, id); err != nil {
		return err
	}
	return r.views.Remove(ctx, string(id))
}

// sendAt is the hour in Rome at which views are sent.
const sendAt = 7

// after is when a view is to be sent next after a moment; zero where it is not sent.
func (r *Reports) after(v View, t time.Time) time.Time {
	y, m, d := t.In(r.rome).Date()
	next := time.Date(y, m, d, sendAt, 0, 0, 0, r.rome)
	for {
		next = next.AddDate(0, 0, 1)
		switch {
		case v.Often == Never:
			return time.Time{}
		case v.Often == Weekly && next.Weekday() == time.Monday, v.Often == Monthly && next.Day() == 1:
			return next.UTC()
		}
	}
}

// Sweep sends the views whose hour has come. A letter leads to the report and holds none of it: who reads it signs in. One that still fails keeps no other
// waiting, and stands in the outbox once only, whoever sweeps.
func (r *Reports) Sweep(ctx context.Context) error {
	due, err := r.views.All(ctx, lms.Query{Index: "next", To: lms.TimeKey(r.now()) + "~"})
	for _, v := range due {
		if err := r.send(ctx, v); err != nil {
			return err
		}
	}
	return err
}

func (r *Reports) send(ctx context.Context, v View) error {
	p, err := r.school.People.Known(ctx, v.Person)
	if err != nil && !lms.Is(err, lms.NotFound) {
		return err
	}
	a := lms.ActorOf(p, r.now(), lms.Everything)
	if _, err := r.source(ctx, a, v.Spec); err == nil && p.Email != "" && r.post != nil {
		err := r.post(ctx, lms.Letter{
			Cause: fmt.Sprintf("view/%s/%s", v.ID, v.Next.Format(time.DateOnly)), Kind: "report.due", To: p.Email, Person: p.ID, Name: p.Name(), Lang: p.Lang,
			Organisation: v.Spec.Organisation, Words: map[string]string{"view": v.Name}, Link: "/rapporti/viste/" + string(v.ID),
		})
		if err != nil {
			return err
		}
	}
	_, err = r.views.Change(ctx, string(v.ID), func(x *View) error {
		if x.Next.Equal(v.Next) {
			x.Next = r.after(*x, r.now())
		}
		return nil
	})
	return err
}
