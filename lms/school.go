package lms

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"time"

	"aulacomune/course"
	"aulacomune/lms/memory"
	"aulacomune/lms/password"
)

// Ports is what the school needs from outside.
type Ports struct {
	Engine    Engine
	Objects   Objects
	Compile   Compile
	Probe     Probe
	Draw      DrawCertificate
	Admit     func(ctx context.Context, p Person, slug course.Slug) error // refuses who may not enrol by themselves; nil refuses nobody
	Invite    func(ctx context.Context, a Added) bool                     // sends a new person their link by mail, and says whether it did; nil sends nothing
	Completed func(ctx context.Context, st Standing) error                // told of every course that was completed and certified, once or again; nil tells nobody
	Attended  Attendance                                                  // says who attended which webinar; nil knows of none
	Fiscal    func(ctx context.Context, id PersonID) (string, error)      // the fiscal number of who wants it on their certificates, "" for everybody else; nil prints none
	Note      Note                                                        // writes what staff do into the log; nil keeps none
	URL       string                                                      // public address; certificates carry it
	Rome      *time.Location                                              // Europe/Rome: the register counts its years there
	Log       *slog.Logger                                                // where faults are written that don't stop a request
	Now       func() time.Time                                            // nil means the clock
}

// School is every service, wired to one engine and one object store.
type School struct {
	Organisations *Organisations
	People        *People
	Accounts      *Accounts
	Library       *Library
	Publishing    *Publishing
	Learning      *Learning
	Register      *Register
	records       school
	ports         Ports
}

// school is the records behind the services.
type school struct {
	organisations *Records[Organisation]
	people        *Records[Person]
	sessions      *Records[Session]
	links         *Records[Link]
	tokens        *Records[Token]
	courses       *Records[Course]
	media         *Records[Media]
	enrolments    *Records[Enrolment]
	batches       *Records[Batch]
	rows          *Records[Row]
	holders       *Records[Holder]
}

// OpenSchool prepares the records and wires the services. It refuses records of a shape newer than it knows.
func OpenSchool(ctx context.Context, p Ports) (*School, error) {
	clock := p.Now
	if clock == nil {
		clock = time.Now
	}
	now := Clock(clock)
	r, err := openRecords(ctx, p.Engine)
	if err != nil {
		return nil, err
	}
	s := &School{records: r, ports: p}
	s.Accounts = &Accounts{people: r.people, sessions: r.sessions, links: r.links, tokens: r.tokens, passwords: password.New(runtime.NumCPU()), throttle: memory.NewThrottle(freeSignIns, Fail(TooMany, "error.toomany")), actors: memory.NewRecent[string, Actor](sessionCache), now: now}
	s.Organisations = &Organisations{records: r.organisations, recent: memory.NewRecent[OrganisationID, Organisation](headCache), note: p.Note, now: clock}
	s.People = &People{people: r.people, organisations: r.organisations, accounts: s.Accounts, invite: p.Invite, note: p.Note, now: now}
	s.Library = &Library{courses: r.courses, objects: p.Objects, opened: map[course.Hash]*course.Course{}, heads: memory.NewRecent[course.Slug, Course](headCache), now: clock}
	s.Publishing = &Publishing{courses: r.courses, media: r.media, organisations: r.organisations, objects: p.Objects, library: s.Library, compile: p.Compile, probe: p.Probe, note: p.Note, now: now}
	s.Register = &Register{rows: r.rows, holders: r.holders, organisations: r.organisations, objects: p.Objects, draw: p.Draw, turns: memory.NewQueue(), guesses: memory.NewThrottle(freeGuesses, Fail(TooMany, "error.toomany")), url: strings.TrimSuffix(p.URL, "/"), rome: p.Rome, fiscal: p.Fiscal, log: p.Log, note: p.Note, now: now}
	s.Learning = &Learning{enrolments: r.enrolments, batches: r.batches, people: r.people, library: s.Library, register: s.Register, taking: memory.NewRecent[string, EnrolmentID](0), admit: p.Admit, completed: p.Completed, attendance: p.Attended, log: p.Log, note: p.Note, now: now}
	return s, nil
}

// Clock tells the time as records keep it: whole seconds in UTC, RFC 3339 with a fixed width, so that times compare as texts in every engine. It goes by
// now; nil means the machine's clock.
func Clock(now func() time.Time) func() time.Time {
	if now == nil {
		now = time.Now
	}
	return func() time.Time { return now().UTC().Truncate(time.Second) }
}

func openRecords(ctx context.Context, e Engine) (r school, err error) {
	open(ctx, e, organisations, &r.organisations, &err)
	open(ctx, e, persons, &r.people, &err)
	open(ctx, e, sessions, &r.sessions, &err)
	open(ctx, e, links, &r.links, &err)
	open(ctx, e, tokens, &r.tokens, &err)
	open(ctx, e, courses, &r.courses, &err)
	open(ctx, e, mediaFiles, &r.media, &err)
	open(ctx, e, enrolments, &r.enrolments, &err)
	open(ctx, e, batches, &r.batches, &err)
	open(ctx, e, rows, &r.rows, &err)
	open(ctx, e, holders, &r.holders, &err)
	return r, err
}

// Collections are what a backup holds: those of every noun.
func Collections() []Collection {
	return []Collection{
		organisations.Collection(), persons.Collection(), sessions.Collection(), links.Collection(), tokens.Collection(),
		courses.Collection(), mediaFiles.Collection(), batches.Collection(), enrolments.Collection(), holders.Collection(), rows.Collection(),
	}
}

// open opens the records of a noun unless something failed before.
func open[T any](ctx context.Context, e Engine, n Noun[T], to **Records[T], err *error) {
	if *err == nil {
		*to, *err = OpenRecords(ctx, e, n)
	}
}

// Sweep does what is left to do now and then: certificates that could not be issued at once, sessions, links and tokens that are over.
func (s *School) Sweep(ctx context.Context) error {
	return errors.Join(s.Learning.Sweep(ctx), s.Accounts.Sweep(ctx))
}

// CountPeople counts everyone: an installation without people needs its first administrator.
func (s *School) CountPeople(ctx context.Context) (int, error) {
	return s.records.people.Count(ctx, Query{})
}

// CountCertificates counts those in all registers, revoked ones too, and those that are still to be issued.
func (s *School) CountCertificates(ctx context.Context) (issued, pending int, err error) {
	if issued, err = s.records.rows.Count(ctx, Query{Index: "issued"}); err != nil {
		return 0, 0, err
	}
	pending, err = s.records.enrolments.Count(ctx, Query{Index: "pending"})
	return issued, pending, err
}

// Ready says whether engine and object store answer.
func (s *School) Ready(ctx context.Context) error {
	if _, err := s.records.organisations.Count(ctx, Query{Equal: "-"}); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	for _, err := range s.ports.Objects.List(ctx, "ready/") {
		if err != nil {
			return fmt.Errorf("object store: %w", err)
		}
	}
	return nil
}
