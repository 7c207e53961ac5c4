package roll_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/lms"
	"aulacomune/lms/roll"
	"aulacomune/storage/storagetest"
)

// office is a house on real engines, with those who keep people in a valley.
type office struct {
	*roll.Roll
	t        *testing.T
	house    *wiring.House
	clock    *clock
	admin    lms.Actor // of the valley
	referent lms.Actor // of ala
	beside   lms.Actor // referent of bosco, which is of the valley too
	learner  lms.Actor // of ala
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

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, clock: &clock{at: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}}
	var err error
	options := wiring.Options{Data: t.TempDir(), URL: "https://aula.example", Log: slog.New(slog.DiscardHandler), Now: o.clock.now}
	if os.Getenv("AULA_TEST_ENGINE") == "mongo" {
		options.Database = storagetest.Mongo(t).Source
	}
	o.house, err = wiring.Open(t.Context(), options)
	o.ok(err)
	t.Cleanup(func() { o.ok(o.house.Close()) })
	o.Roll = o.house.Roll
	for _, e := range []struct{ id, parent lms.OrganisationID }{{"valle", ""}, {"ala", "valle"}, {"bosco", "valle"}, {"mare", ""}} {
		_, err := o.house.School.Organisations.Add(t.Context(), lms.Organisation{ID: e.id, Name: "Comune di " + string(e.id)}, e.parent)
		o.ok(err)
	}
	o.admin, o.referent = o.person("ada", "valle", lms.Administrator), o.person("rita", "ala", lms.Referent)
	o.beside, o.learner = o.person("bice", "bosco", lms.Referent), o.person("leo", "ala", lms.Learner)
	return o
}

func (o *office) person(login string, org lms.OrganisationID, role lms.Role) lms.Actor {
	o.t.Helper()
	p, err := o.house.School.People.InstallActivated(o.t.Context(), lms.NewPerson{Login: login, Email: login + "@prova.example", Given: strings.ToUpper(login[:1]) + login[1:], Family: "Prova", Organisation: org, Role: role}, "")
	o.ok(err)
	return lms.ActorOf(p, o.clock.now(), lms.Everything)
}

// again is somebody as they are now.
func (o *office) again(id lms.PersonID) lms.Person {
	o.t.Helper()
	p, err := o.house.School.People.Known(o.t.Context(), id)
	o.ok(err)
	return p
}

func (o *office) ok(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// kind fails unless an error is of a kind and names the field, where one is given.
func (o *office) kind(err error, kind lms.ErrorKind, field string) {
	o.t.Helper()
	e, _ := errors.AsType[*lms.Error](err)
	if !lms.Is(err, kind) || field != "" && e.Fields[field] == "" {
		o.t.Errorf("got %v, want %v about %q", err, kind, field)
	}
}

// bring brings a file and waits until it was read.
func (o *office) bring(a lms.Actor, name, file string) roll.Intake {
	o.t.Helper()
	i, err := o.Bring(o.t.Context(), a, roll.File{Name: name, Bytes: []byte(file), Update: true})
	o.ok(err)
	return o.wait(a, i.ID)
}

// wait waits until an intake no longer goes on by itself.
func (o *office) wait(a lms.Actor, id roll.IntakeID) roll.Intake {
	o.t.Helper()
	for end := time.Now().Add(2 * time.Minute); ; time.Sleep(5 * time.Millisecond) {
		i, err := o.Intake(o.t.Context(), a, id)
		o.ok(err)
		if !i.Working() {
			return i
		}
		if time.Now().After(end) {
			o.t.Fatalf("it never ends: %+v", i)
		}
	}
}

// apply applies an intake and waits until it is done.
func (o *office) apply(a lms.Actor, id roll.IntakeID) roll.Intake {
	o.t.Helper()
	_, err := o.Apply(o.t.Context(), a, id, false)
	o.ok(err)
	return o.wait(a, id)
}

func (o *office) count(org lms.OrganisationID) int {
	o.t.Helper()
	n, err := o.house.School.People.Count(o.t.Context(), o.admin, org)
	o.ok(err)
	return n
}

// state is every record of people there is: what a refused deed may not change.
func (o *office) state() string {
	o.t.Helper()
	var b bytes.Buffer
	for _, c := range lms.Collections() {
		for e, err := range o.house.Engine.Scan(o.t.Context(), c.Name, lms.Range{Index: lms.IndexSpec{Name: "id", Unique: true}}) {
			o.ok(err)
			fmt.Fprintln(&b, c.Name, e.ID, e.Rev)
		}
	}
	return b.String()
}
