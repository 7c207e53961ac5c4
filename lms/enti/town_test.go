package enti_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"aulacomune/content"
	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/enti"
	"aulacomune/storage/storagetest"
)

// town is a school with its tree of enti on real engines, and a clock that the test sets.
type town struct {
	*lms.School
	enti   *enti.Enti
	t      testing.TB
	engine lms.Engine
	clock  *clock
	acts   []lms.Act
}

type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func newTown(t testing.TB) *town { return townOn(t, storagetest.Open(t)) }

// townOn opens a school on an engine.
func townOn(t testing.TB, e lms.Engine) *town {
	t.Helper()
	w := &town{t: t, engine: e, clock: &clock{at: today()}}
	rome, err := time.LoadLocation("Europe/Rome")
	w.ok(err)
	w.School, err = lms.OpenSchool(t.Context(), lms.Ports{
		Engine: e, Objects: storagetest.OpenObjects(t), Probe: content.Probe, Draw: func(p lms.Printed) ([]byte, error) { return json.Marshal(p) },
		Compile: compile, URL: "https://aula.example/", Rome: rome, Log: slog.New(slog.DiscardHandler), Now: w.clock.now,
	})
	w.ok(err)
	w.enti, err = enti.Open(t.Context(), enti.Ports{Engine: e, School: w.School, Now: w.clock.now, Note: func(_ context.Context, _ lms.Actor, act lms.Act) error {
		w.acts = append(w.acts, act)
		return nil
	}})
	w.ok(err)
	return w
}

// compile takes a course as JSON.
func compile(body []byte, _ func(course.Hash) (course.Media, bool)) (lms.Compiled, error) {
	var c course.Course
	err := json.Unmarshal(body, &c)
	c.Hash = course.Hash(fmt.Sprintf("%064x", len(body)))
	return lms.Compiled{Course: c}, err
}

func (w *town) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) kind(err error, kind lms.ErrorKind, field string) {
	w.t.Helper()
	e, _ := errors.AsType[*lms.Error](err)
	if !lms.Is(err, kind) || field != "" && e.Fields[field] == "" {
		w.t.Errorf("got %v, want %v about %q", err, kind, field)
	}
}

// org adds an organisation.
func (w *town) org(id, parent lms.OrganisationID) {
	w.t.Helper()
	_, err := w.Organisations.Add(w.t.Context(), lms.Organisation{ID: id, Name: "Comune di " + string(id), Place: "Ala", Signatory: "Elena Marchetti"}, parent)
	w.ok(err)
}

func (w *town) find(id lms.OrganisationID) lms.Organisation {
	w.t.Helper()
	all, err := w.Organisations.Select(w.t.Context(), lms.Query{Equal: string(id)})
	w.ok(err)
	if len(all) != 1 {
		w.t.Fatalf("no organisation %s", id)
	}
	return all[0]
}

func (w *town) all() []lms.Organisation {
	w.t.Helper()
	all, err := w.Organisations.Select(w.t.Context(), lms.Query{})
	w.ok(err)
	return all
}

// person adds somebody and gives them as they are now.
func (w *town) person(login string, org lms.OrganisationID, role lms.Role) lms.Actor {
	w.t.Helper()
	p, err := w.People.InstallActivated(w.t.Context(), lms.NewPerson{Login: login, Given: login, Family: "Rossi", Organisation: org, Office: "Tributi", Category: lms.CategoryOfficer, Role: role}, "")
	w.ok(err)
	return lms.ActorOf(p, w.clock.now(), lms.Everything)
}

// publish publishes a course of one reading.
func (w *town) publish(a lms.Actor, slug course.Slug) {
	w.t.Helper()
	c := course.Course{Slug: slug, Title: "Corso", Summary: "Un corso.", Lang: "it", Minutes: 10, Modules: []course.Module{{ID: "m", Title: "Modulo", Objects: []course.Object{
		{ID: "a", Title: "A", Kind: course.Reading, Minutes: 10, Rule: course.Rule{Read: true}, HTML: "<p>Testo.</p>"},
	}}}}
	body, err := json.Marshal(c)
	w.ok(err)
	_, err = w.Publishing.Publish(w.t.Context(), a, "", body, "prima")
	w.ok(err)
}

func within(o lms.Organisation, want ...lms.OrganisationID) bool { return slices.Equal(o.Within, want) }
