// Package lmstest opens a school on real engines for the tests of other rooms, with enti, people and courses, and a clock that the test sets.
//
//	valle ─ ala ─ ala-scuola
//	      └ bosco
package lmstest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/mail"
	"aulacomune/storage/storagetest"
)

// Town is a school. Its courses are made of readings and are not compiled from files.
type Town struct {
	*lms.School
	T       testing.TB
	Engine  lms.Engine
	Objects lms.Objects
	Rome    *time.Location
	Log     *slog.Logger
	mu      sync.Mutex
	at      time.Time
	letters []lms.Letter
	acts    []lms.Act
	lost    error
	admit   func(context.Context, lms.Person, course.Slug) error
	told    func(context.Context, lms.Standing) error
}

// New opens a school on the engine that the tests run on, on Monday 2 March 2026 at ten in the morning in Italy.
func New(t testing.TB) *Town {
	t.Helper()
	return On(t, storagetest.Open(t))
}

// On opens a school on an engine, which may hold one already.
func On(t testing.TB, e lms.Engine) *Town {
	t.Helper()
	rome, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		t.Fatal(err)
	}
	w := &Town{T: t, Engine: e, Objects: storagetest.OpenObjects(t), Rome: rome, Log: slog.New(slog.DiscardHandler), at: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	w.School, err = lms.OpenSchool(t.Context(), lms.Ports{
		Engine: e, Objects: w.Objects, Compile: compile, Draw: func(p lms.Printed) ([]byte, error) { return json.Marshal(p) },
		Admit: w.admitted, Completed: w.completed, URL: "https://aula.example", Rome: rome, Log: w.Log, Now: w.Now,
	})
	w.OK(err)
	return w
}

// compile takes a course as JSON instead of an author's folder.
func compile(body []byte, _ func(course.Hash) (course.Media, bool)) (lms.Compiled, error) {
	var c course.Course
	if err := json.Unmarshal(body, &c); err != nil {
		return lms.Compiled{}, err
	}
	sum := sha256.Sum256(body)
	c.Hash = course.Hash(hex.EncodeToString(sum[:]))
	return lms.Compiled{Course: c}, nil
}

// Admit sets who may enrol by themselves.
func (w *Town) Admit(f func(context.Context, lms.Person, course.Slug) error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.admit = f
}

func (w *Town) admitted(ctx context.Context, p lms.Person, slug course.Slug) error {
	w.mu.Lock()
	f := w.admit
	w.mu.Unlock()
	if f == nil {
		return nil
	}
	return f(ctx, p, slug)
}

// Completed sets who is told of completed courses.
func (w *Town) Completed(f func(context.Context, lms.Standing) error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.told = f
}

func (w *Town) completed(ctx context.Context, st lms.Standing) error {
	w.mu.Lock()
	f := w.told
	w.mu.Unlock()
	if f == nil {
		return nil
	}
	return f(ctx, st)
}

// Now is the town's clock.
func (w *Town) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.at
}

// Pass lets time go by.
func (w *Town) Pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at = w.at.Add(d)
}

// Set sets the clock.
func (w *Town) Set(t time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at = t
}

// OK fails the test on an error.
func (w *Town) OK(err error) {
	w.T.Helper()
	if err != nil {
		w.T.Fatal(err)
	}
}

// Tree adds the enti of the package comment.
func (w *Town) Tree() {
	w.T.Helper()
	for _, o := range [][2]lms.OrganisationID{{"valle", ""}, {"ala", "valle"}, {"ala-scuola", "ala"}, {"bosco", "valle"}} {
		_, err := w.Organisations.Add(w.T.Context(), lms.Organisation{ID: o[0], Name: "Comune di " + string(o[0]), Place: "Ala", Signatory: "Elena Marchetti"}, o[1])
		w.OK(err)
	}
}

// Person adds somebody to an ente, with an e-mail address made of their login, and gives them as they may act now.
func (w *Town) Person(login string, org lms.OrganisationID, role lms.Role, office ...string) lms.Actor {
	w.T.Helper()
	n := lms.NewPerson{
		Login: login, Email: login + "@" + string(org) + ".example", Given: strings.ToUpper(login[:1]) + login[1:], Family: "Rossi",
		Organisation: org, Category: lms.CategoryOfficer, Role: role, Office: strings.Join(office, " "),
	}
	p, err := w.People.InstallActivated(w.T.Context(), n, "")
	w.OK(err)
	return lms.ActorOf(p, w.Now(), lms.Everything)
}

// Again is somebody as they may act now.
func (w *Town) Again(a lms.Actor) lms.Actor {
	w.T.Helper()
	p, err := w.People.Known(w.T.Context(), a.ID)
	w.OK(err)
	return lms.ActorOf(p, w.Now(), lms.Everything)
}

// Depart lets every membership of somebody end now.
func (w *Town) Depart(a lms.Actor) lms.Actor {
	w.T.Helper()
	w.Edit("people", string(a.ID), func(p map[string]any) {
		for _, m := range p["memberships"].([]any) {
			m.(map[string]any)["to"] = w.Now()
		}
	})
	return w.Again(a)
}

// Edit changes a stored document behind the school's back.
func (w *Town) Edit(collection, id string, change func(map[string]any)) {
	w.T.Helper()
	d, err := w.Engine.Get(w.T.Context(), collection, id)
	w.OK(err)
	var body map[string]any
	w.OK(json.Unmarshal(d.Body, &body))
	change(body)
	d.Body, err = json.Marshal(body)
	w.OK(err)
	d.Rev, d.Tokens = d.Rev+1, []string{fmt.Sprint("edit ", d.Rev)}
	w.OK(w.Engine.Replace(w.T.Context(), collection, d))
}

// Course publishes a course of so many readings, by an author of its organisation; the same slug again is another edition.
func (w *Town) Course(author lms.Actor, slug course.Slug, readings int) course.Course {
	w.T.Helper()
	c := course.Course{Slug: slug, Title: "Corso " + string(slug), Summary: "Un corso.", Lang: "it", Programme: "Programma", Modules: []course.Module{{ID: "m", Title: "Modulo"}}}
	for i := range readings {
		id := course.ObjectID(fmt.Sprint("lettura-", i+1))
		c.Modules[0].Objects = append(c.Modules[0].Objects, course.Object{ID: id, Title: string(id), Kind: course.Reading, Minutes: 30, Rule: course.Rule{Read: true}, HTML: "<p>Testo.</p>"})
		c.Minutes += 30
	}
	body, err := json.Marshal(c)
	w.OK(err)
	_, err = w.Publishing.Publish(w.T.Context(), author, "", body, "cambia qualcosa")
	w.OK(err)
	return c
}

// Complete lets somebody read all of a course in which they are enrolled.
func (w *Town) Complete(a lms.Actor, slug course.Slug) lms.Standing {
	w.T.Helper()
	st, err := w.Learning.Mine(w.T.Context(), a, slug)
	w.OK(err)
	var events []lms.Event
	for _, o := range st.Content.Objects() {
		events = append(events, lms.Event{ID: string(o.ID), Object: o.ID, Kind: lms.Read})
	}
	r, err := w.Learning.Record(w.T.Context(), a, st.Enrolment.ID, events)
	w.OK(err)
	return r.Standing
}

// Post takes letters, one of each cause, as lms.Post does.
func (w *Town) Post(_ context.Context, l lms.Letter) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.lost != nil {
		return w.lost
	}
	if err := whole(l); err != nil {
		w.T.Error(err)
		return err
	}
	if !slices.ContainsFunc(w.letters, func(o lms.Letter) bool { return o.Cause == l.Cause }) {
		w.letters = append(w.letters, l)
	}
	return nil
}

// whole says what the outbox would refuse in a letter: another kind, other words or another link than its template has.
func whole(l lms.Letter) error {
	sample, err := mail.Sample(l.Kind, l.Lang)
	if err != nil {
		return fmt.Errorf("letter %s: %w", l.Kind, err)
	}
	got, want := slices.Sorted(maps.Keys(l.Words)), slices.Sorted(maps.Keys(sample.Words))
	if !slices.Equal(got, want) || (l.Link == "") != (sample.Link == "") {
		return fmt.Errorf("letter %s has the words %v and the link %q; its template has %v and %q", l.Kind, got, l.Link, want, sample.Link)
	}
	return nil
}

// Lose lets the post fail, or with false work again.
func (w *Town) Lose(lose bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.lost = nil; lose {
		w.lost = errors.New("the post is on strike")
	}
}

// Letters gives the letters to an address of a kind, the first first; "" is any.
func (w *Town) Letters(to, kind string) []lms.Letter {
	w.mu.Lock()
	defer w.mu.Unlock()
	var out []lms.Letter
	for _, l := range w.letters {
		if (to == "" || strings.HasPrefix(l.To, to+"@")) && (kind == "" || l.Kind == kind) {
			out = append(out, l)
		}
	}
	return out
}

// Note takes acts of staff, as lms.Note does.
func (w *Town) Note(_ context.Context, _ lms.Actor, act lms.Act) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.acts = append(w.acts, act)
	return nil
}

// Acts gives the acts of a verb.
func (w *Town) Acts(verb string) []lms.Act {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(w.acts), func(a lms.Act) bool { return a.Verb != verb })
}

// Kind fails the test unless an error is of a kind and has a message, or names it in a field.
func (w *Town) Kind(err error, kind lms.ErrorKind, message string) {
	w.T.Helper()
	e, ok := errors.AsType[*lms.Error](err)
	if !ok || e.Kind != kind {
		w.T.Errorf("got %v, want %v", err, kind)
		return
	}
	if message == "" || e.Message == message {
		return
	}
	for _, m := range e.Fields {
		if m == message {
			return
		}
	}
	w.T.Errorf("got %v, want %s", err, message)
}

// Together runs a function many times at once, and waits.
func Together(n int, f func(i int)) {
	var all sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		all.Go(func() { <-start; f(i) })
	}
	close(start)
	all.Wait()
}
