package main

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/content"
	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/studio"
	"aulacomune/lms/web/front"
)

const (
	demoOwner    = "Associazione dei Comuni della Val Fiorita"
	demoPassword = "aula-demo"
	demoMark     = "DEMO" // a file that says that a folder is a demo's
)

func demoAccounts() []front.DemoAccount {
	return []front.DemoAccount{
		{Label: "Dipendente, non ancora iscritta", Email: "dipendente@demo.aula"},
		{Label: "Collega, a un passo dall’attestato", Email: "collega@demo.aula"},
		{Label: "Responsabile di un comune", Email: "responsabile@demo.aula"},
		{Label: "Referente di un’unione", Email: "referente@demo.aula"},
		{Label: "Autrice di corsi", Email: "autore@demo.aula"},
		{Label: "Amministratore", Email: "amministratore@demo.aula"},
	}
}

// checkDemo refuses a demo that others could reach, and a folder that holds something else.
func (s *serveCmd) checkDemo() error {
	host, _, err := splitListen(s.Listen)
	switch {
	case err != nil:
		return err
	case !loopback(host) || everywhere(host):
		return fmt.Errorf("--demo on %s: everybody knows its passwords, so a demo listens on this machine only (127.0.0.1)", s.Listen)
	case s.Database != "" || s.Objects != "":
		return errors.New("--demo keeps its own database and objects: leave --database and --objects out")
	}
	if filepath.Base(s.Data) == "data" { // the default: a demo has a folder of its own
		s.Data += "-demo"
	}
	entries, err := os.ReadDir(s.Data)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if len(entries) > 0 && !isDemo(s.Data) {
		return fmt.Errorf("%s is not a demo's folder: choose another with --data", s.Data)
	}
	return nil
}

func isDemo(folder string) bool {
	_, err := os.Stat(filepath.Join(folder, demoMark))
	return err == nil
}

// demoClock is the clock of a demo: while it is seeded it stands in the past, where its people learn; then it is the real one.
type demoClock struct {
	mu sync.Mutex
	at time.Time // zero: now
}

func newDemoClock() *demoClock { return &demoClock{} }

// Now is the moment the school believes in.
func (c *demoClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.at.IsZero() {
		return time.Now()
	}
	return c.at
}

func (c *demoClock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = t
}

// seeder fills a demo.
type seeder struct {
	ctx    context.Context
	house  *wiring.House
	clock  *demoClock
	start  time.Time // the first day of the demo's story
	people map[string]lms.Person
	course *course.Course
}

// What the mark says. It is there before anything else, so that the folder of a demo that was cut short is still a demo's.
const (
	demoWhole   = "This folder holds a demo of Aula Comune.\n"
	demoFilling = "This demo of Aula Comune is being filled.\n"
)

func markDemo(folder, text string) error {
	return os.WriteFile(filepath.Join(folder, demoMark), []byte(text), 0o600)
}

// openDemo opens a demo's house. What is left of one whose filling was cut short is thrown away first.
func openDemo(ctx context.Context, o wiring.Options) (*wiring.House, error) {
	fresh := !isDemo(o.Data)
	if fresh {
		if err := errors.Join(os.MkdirAll(o.Data, 0o700), markDemo(o.Data, demoFilling)); err != nil {
			return nil, err
		}
	}
	house, err := wiring.Open(ctx, o) // from here on the folder is ours alone
	if err != nil {
		return nil, err
	}
	said, err := os.ReadFile(filepath.Join(o.Data, demoMark))
	if err == nil && (fresh || string(said) != demoFilling) {
		return house, nil
	}
	if err := errors.Join(err, house.Close(), os.RemoveAll(o.Data), os.MkdirAll(o.Data, 0o700), markDemo(o.Data, demoFilling)); err != nil {
		return nil, fmt.Errorf("begin a demo that was cut short again: %w", err)
	}
	return wiring.Open(ctx, o)
}

// seedDemo fills an empty demo.
func seedDemo(ctx context.Context, house *wiring.House, folder string, clock *demoClock) error {
	if n, err := house.School.CountPeople(ctx); err != nil || n > 0 {
		return err
	}
	defer clock.set(time.Time{})
	s := &seeder{ctx: ctx, house: house, clock: clock, start: time.Now().AddDate(0, 0, -40), people: map[string]lms.Person{}}
	for _, step := range []func() error{s.organisations, s.persons, s.publish, s.learn, s.draft, s.cohorts, s.webinars} {
		clock.set(s.start)
		if err := step(); err != nil {
			return fmt.Errorf("seed the demo: %w", err)
		}
	}
	return markDemo(folder, demoWhole)
}

func (s *seeder) organisations() error {
	for _, o := range demoOrganisations() {
		if _, err := s.house.School.Organisations.Add(s.ctx, o.Organisation, o.parent); err != nil {
			return err
		}
	}
	return nil
}

// persons adds everyone. One hash of the one password serves all: hashing it sixty times would only make the start slow.
func (s *seeder) persons() error {
	hash, err := s.house.School.Accounts.HashPassword(s.ctx, demoPassword)
	if err != nil {
		return err
	}
	for _, n := range demoPeople() {
		p, err := s.house.School.People.InstallActivated(s.ctx, n, hash)
		if err != nil {
			return fmt.Errorf("%s %s: %w", n.Given, n.Family, err)
		}
		s.people[loginOrEmail(n)] = p
	}
	return nil
}

func (s *seeder) actor(email string) lms.Actor {
	return lms.ActorOf(s.people[email], s.clock.Now(), lms.Everything)
}

// publish publishes the reference course as its author would.
func (s *seeder) publish() error {
	from, err := wiring.ReadSource(s.ctx, content.Reference())
	if err != nil {
		return err
	}
	p, err := wiring.PublishHere(s.ctx, s.house.School, s.actor("autore@demo.aula"), from, wiring.Note{Text: "Prima pubblicazione"})
	if err != nil {
		return err
	}
	s.course, err = s.house.School.Library.Open(s.ctx, p.Edition.Hash)
	return err
}

// draft leaves a second course in the studio, ready to be looked at, changed and published, with a word from a colleague.
func (s *seeder) draft() error {
	s.clock.set(s.start.AddDate(0, 0, 38))
	archive, err := zipped(content.Accessible())
	if err != nil {
		return err
	}
	in, err := s.house.Studio.Import(s.ctx, s.actor("autore@demo.aula"), "", archive)
	if err != nil {
		return err
	}
	return s.house.Studio.Comment(s.ctx, s.actor("autore@demo.aula"), in.Draft.ID, studio.Manifest, "Prima di pubblicare, facciamola leggere alla transizione digitale.")
}

// zipped packs a folder as an author would upload it.
func zipped(folder fs.FS) (studio.Archive, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if err := errors.Join(z.AddFS(folder), z.Close()); err != nil {
		return studio.Archive{}, err
	}
	return studio.Archive{Body: bytes.NewReader(b.Bytes()), Size: int64(b.Len())}, nil
}
