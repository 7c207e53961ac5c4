package lms_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"aulacomune/content"
	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/storage/storagetest"
)

// town is a school on real engines, with a clock that the test sets. Its courses are written as JSON instead of Markdown.
type town struct {
	*lms.School
	t       testing.TB
	engine  lms.Engine
	objects lms.Objects
	ports   lms.Ports
	clock   *clock
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

func (c *clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = t
}

func (c *clock) pass(d time.Duration) { c.set(c.now().Add(d)) }

// newTown opens an empty school. change may put something else in a port.
func newTown(t testing.TB, change ...func(*lms.Ports)) *town {
	t.Helper()
	w := &town{t: t, engine: storagetest.Open(t), objects: storagetest.OpenObjects(t), clock: &clock{at: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}}
	w.ports = lms.Ports{
		Engine: w.engine, Objects: w.objects, Compile: compileDraft, Probe: content.Probe, Draw: drawPlain,
		URL: "https://aula.example/", Rome: rome(t), Log: slog.New(slog.DiscardHandler), Now: w.clock.now,
	}
	for _, c := range change {
		c(&w.ports)
	}
	w.School = w.node()
	return w
}

// node opens the same school once more, as another process would.
func (w *town) node(change ...func(*lms.Ports)) *lms.School {
	w.t.Helper()
	p := w.ports
	for _, c := range change {
		c(&p)
	}
	s, err := lms.OpenSchool(w.t.Context(), p)
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

func rome(t testing.TB) *time.Location {
	t.Helper()
	l, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// drawPlain prints a certificate as JSON.
func drawPlain(p lms.Printed) ([]byte, error) { return json.Marshal(p) }

// draft is what an author sends.
type draft struct {
	course.Course
	Findings []course.Finding `json:"findings"`
}

func compileDraft(body []byte, media func(course.Hash) (course.Media, bool)) (lms.Compiled, error) {
	var d draft
	if err := json.Unmarshal(body, &d); err != nil {
		return lms.Compiled{}, err
	}
	for _, m := range d.Media {
		if _, ok := media(m.Hash); !ok {
			return lms.Compiled{}, fmt.Errorf("%s was not uploaded", m.Path)
		}
	}
	d.Hash = sum(body)
	return lms.Compiled{Course: d.Course, Findings: d.Findings}, nil
}

func sum(b []byte) course.Hash {
	s := sha256.Sum256(b)
	return course.Hash(hex.EncodeToString(s[:]))
}

func encoded(t testing.TB, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// org adds an organisation.
func (w *town) org(id, parent lms.OrganisationID) lms.OrganisationID {
	w.t.Helper()
	o := lms.Organisation{ID: id, Name: "Comune di " + string(id), Place: "Ala", Signatory: "Elena Marchetti", SignatoryAs: "Direttrice", Privacy: "Privacy."}
	_, err := w.Organisations.Add(w.t.Context(), o, parent)
	w.ok(err)
	return id
}

// person adds somebody and gives them as they are now.
func (w *town) person(login string, org lms.OrganisationID, role lms.Role) lms.Actor {
	w.t.Helper()
	n := lms.NewPerson{Login: login, Given: strings.ToUpper(login[:1]) + login[1:], Family: "Rossi", Organisation: org, Category: lms.CategoryOfficer, Role: role}
	p, err := w.People.InstallActivated(w.t.Context(), n, "")
	w.ok(err)
	return lms.ActorOf(p, w.clock.now(), lms.Everything)
}

// publish publishes a course.
func (w *town) publish(a lms.Actor, c course.Course) lms.Publication {
	w.t.Helper()
	p, err := w.Publishing.Publish(w.t.Context(), a, "", encoded(w.t, draft{Course: c}), "first")
	w.ok(err)
	return p
}

func (w *town) enrol(a lms.Actor, slug course.Slug) lms.EnrolmentID {
	w.t.Helper()
	st, err := w.Learning.Enrol(w.t.Context(), a, slug)
	w.ok(err)
	return st.Enrolment.ID
}

func (w *town) record(a lms.Actor, id lms.EnrolmentID, events ...lms.Event) lms.Recorded {
	w.t.Helper()
	r, err := w.Learning.Record(w.t.Context(), a, id, events)
	w.ok(err)
	return r
}

func (w *town) standing(a lms.Actor, id lms.EnrolmentID) lms.Standing {
	w.t.Helper()
	st, err := w.Learning.Standing(w.t.Context(), a, id)
	w.ok(err)
	return st
}

// earn enrols somebody in a course of readings and completes it.
func (w *town) earn(a lms.Actor, c course.Course) lms.Standing {
	w.t.Helper()
	id := w.enrol(a, c.Slug)
	return w.record(a, id, reads(c)...).Standing
}

func (w *town) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// edit changes a stored document behind the school's back.
func (w *town) edit(collection, id string, change func(map[string]any)) {
	w.t.Helper()
	d, err := w.engine.Get(w.t.Context(), collection, id)
	w.ok(err)
	var body map[string]any
	w.ok(json.Unmarshal(d.Body, &body))
	change(body)
	d.Body, d.Rev, d.Tokens = encoded(w.t, body), d.Rev+1, []string{fmt.Sprint("edit ", d.Rev)}
	w.ok(w.engine.Replace(w.t.Context(), collection, d))
}

// endMemberships lets every membership of a person end an hour ago.
func (w *town) endMemberships(id lms.PersonID) {
	w.t.Helper()
	w.edit("people", string(id), func(p map[string]any) {
		for _, m := range p["memberships"].([]any) {
			m.(map[string]any)["to"] = w.clock.now().Add(-time.Hour)
		}
	})
}

// wantKind fails unless an error is of a kind and, for Invalid and Conflict, names the field.
func wantKind(t testing.TB, err error, kind lms.ErrorKind, field string) {
	t.Helper()
	if !lms.Is(err, kind) {
		t.Errorf("got %v, want %v", err, kind)
		return
	}
	if e, _ := errors.AsType[*lms.Error](err); field != "" && e.Fields[field] == "" {
		t.Errorf("%v does not name the field %s", err, field)
	}
}

// The objects of the courses below.

func reading(id course.ObjectID) course.Object {
	return course.Object{ID: id, Title: string(id), Kind: course.Reading, Minutes: 10, Rule: course.Rule{Read: true}, HTML: "<p>Testo.</p>"}
}

func lesson(id course.ObjectID, seconds float64, watched int) course.Object {
	return course.Object{ID: id, Title: string(id), Kind: course.Lesson, Minutes: 5, Rule: course.Rule{Watched: watched}, Video: &course.Video{File: course.Media{Seconds: seconds}}}
}

// quiz has one single and one multiple question; "a" is right, and "b" as well where several are.
func quiz(id course.ObjectID) course.Object {
	choices := func(right int) []course.Choice {
		var out []course.Choice
		for i, c := range []course.ChoiceID{"a", "b", "c"} {
			out = append(out, course.Choice{ID: c, Right: i < right})
		}
		return out
	}
	return course.Object{ID: id, Title: string(id), Kind: course.Story, Minutes: 5, Rule: course.Rule{Answered: 100}, Questions: []course.Question{
		{ID: "one", Kind: course.Single, Choices: choices(1)}, {ID: "many", Kind: course.Multiple, Choices: choices(2)},
	}}
}

// lessons is a course of these objects in one module.
func lessons(slug course.Slug, objects ...course.Object) course.Course {
	c := course.Course{Slug: slug, Title: "Corso " + string(slug), Summary: "Un corso.", Lang: "it", Programme: "Programma", Modules: []course.Module{{ID: "m", Title: "Modulo", Objects: objects}}}
	for _, o := range objects {
		c.Minutes += o.Minutes
	}
	return c
}

// The events of the tests below.

func event(id string, object course.ObjectID, kind lms.EventKind) lms.Event {
	return lms.Event{ID: id, Object: object, Kind: kind}
}

func watch(id string, object course.ObjectID, is ...course.Interval) lms.Event {
	return lms.Event{ID: id, Object: object, Kind: lms.Watched, Intervals: is}
}

type answers = map[course.QuestionID]course.Answer

func answer(id string, object course.ObjectID, a answers) lms.Event {
	return lms.Event{ID: id, Object: object, Kind: lms.Answered, Answers: a}
}

// reads are the events of somebody who reads every object.
func reads(c course.Course) []lms.Event {
	var out []lms.Event
	for _, o := range c.Objects() {
		out = append(out, event(string(o.ID), o.ID, lms.Read))
	}
	return out
}
