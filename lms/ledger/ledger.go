package ledger

import (
	"context"
	"log/slog"
	"time"

	"aulacomune/lms"
)

// Ports is what the ledger needs from outside.
type Ports struct {
	Engine  lms.Engine
	Objects lms.Objects
	School  *lms.School
	Post    lms.Post                                                                    // letters to people whose claim was decided; nil sends none
	Note    lms.Note                                                                    // acts of staff; nil notes none
	Ahead   func(ctx context.Context, p lms.PersonID, from, to Day) ([]Expected, error) // cohorts and webinars in which somebody has a place; nil knows of none
	Due     func(context.Context, lms.Enrolment) (time.Time, error)                     // until when somebody is to complete a course; nil knows of no day
	Rome    *time.Location                                                              // Europe/Rome
	Log     *slog.Logger                                                                // where faults are written that don't stop a request
	Now     func() time.Time                                                            // nil means the clock
}

// Ledger is what people may do with hours.
type Ledger struct {
	hours    *lms.Records[Hours]
	claims   *lms.Records[Claim]
	policies *lms.Records[Policies]
	plans    *lms.Records[Plan]
	areas    *lms.Records[Areas]
	tallies  *lms.Records[Tally]
	school   *lms.School
	objects  lms.Objects
	post     lms.Post
	note     lms.Note
	ahead    func(ctx context.Context, p lms.PersonID, from, to Day) ([]Expected, error)
	due      func(context.Context, lms.Enrolment) (time.Time, error)
	rome     *time.Location
	log      *slog.Logger
	now      func() time.Time
}

// Open prepares the records.
func Open(ctx context.Context, p Ports) (s *Ledger, err error) {
	s = &Ledger{school: p.School, objects: p.Objects, post: p.Post, note: p.Note, ahead: p.Ahead, due: p.Due, rome: p.Rome, log: p.Log, now: lms.Clock(p.Now)}
	open(ctx, p.Engine, hours, &s.hours, &err)
	open(ctx, p.Engine, claims, &s.claims, &err)
	open(ctx, p.Engine, policies, &s.policies, &err)
	open(ctx, p.Engine, plans, &s.plans, &err)
	open(ctx, p.Engine, areas, &s.areas, &err)
	open(ctx, p.Engine, tallies, &s.tallies, &err)
	return s, err
}

// open opens the records of a noun unless something failed before.
func open[T any](ctx context.Context, e lms.Engine, n lms.Noun[T], to **lms.Records[T], err *error) {
	if *err == nil {
		*to, *err = lms.OpenRecords(ctx, e, n)
	}
}

// Collections are what a backup holds of the ledger.
func Collections() []lms.Collection {
	return []lms.Collection{
		policies.Collection(), areas.Collection(), plans.Collection(), claims.Collection(), hours.Collection(), tallies.Collection(),
	}
}

// Today is the day it is in Italy, by the ledger's clock.
func (s *Ledger) Today() Day { return s.today() }

// today is the day it is in Italy.
func (s *Ledger) today() Day { return DayOf(s.now(), s.rome) }

// mayRead refuses nobody and tokens that are only for publishing.
func mayRead(a lms.Actor) error {
	switch {
	case a.Nobody():
		return lms.Fail(lms.SignIn, "error.signin")
	case a.Scope == lms.ScopePublish:
		return lms.Fail(lms.Forbidden, "error.scope")
	}
	return nil
}

// keeps refuses who keeps no people; a token that reads may.
func keeps(a lms.Actor) error {
	if err := mayRead(a); err != nil {
		return err
	}
	if len(a.Kept()) == 0 {
		return lms.Fail(lms.Forbidden, "error.role")
	}
	return nil
}

// cmpErr is the first error that is one.
func cmpErr(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// unless is an error that is not of a kind.
func unless(err error, k lms.ErrorKind) error {
	if lms.Is(err, k) {
		return nil
	}
	return err
}

// noted writes an act of the staff into their log, where one is kept.
func (s *Ledger) noted(ctx context.Context, a lms.Actor, act lms.Act) error {
	if s.note == nil {
		return nil
	}
	act.Role = a.By(act.Within)
	return s.note(ctx, a, act)
}
