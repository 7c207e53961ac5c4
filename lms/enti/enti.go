package enti

import (
	"context"
	"errors"
	"sync"
	"time"

	"aulacomune/lms"
)

// Follow lets a room that keeps the places of organisations follow a change of the tree: id is the organisation that changed, and place gives that and all below it
// with what stands above each, nil for one of elsewhere. It may be called again for the same.
type Follow func(ctx context.Context, id lms.OrganisationID, place func(lms.OrganisationID) []lms.OrganisationID) error

// Ports is what the room needs from outside.
type Ports struct {
	Engine lms.Engine
	School *lms.School
	Follow []Follow         // rooms that keep places in the tree
	Note   lms.Note         // writes acts of staff down; nil where nobody does
	Now    func() time.Time // nil means the clock
}

// Enti is what people do with the tree of enti.
type Enti struct {
	school    *lms.School
	proposals *lms.Records[Proposal]
	imports   *lms.Records[Import]
	running   sync.WaitGroup
	follow    []Follow
	note      lms.Note
	now       func() time.Time
}

// Open prepares the records.
func Open(ctx context.Context, p Ports) (s *Enti, err error) {
	s = &Enti{school: p.School, follow: p.Follow, note: p.Note, now: lms.Clock(p.Now)}
	if s.proposals, err = lms.OpenRecords(ctx, p.Engine, proposals); err != nil {
		return nil, err
	}
	s.imports, err = lms.OpenRecords(ctx, p.Engine, imports)
	return s, err
}

// Collections are what a backup holds of the room.
func Collections() []lms.Collection {
	return []lms.Collection{proposals.Collection(), imports.Collection()}
}

// Sweep lets follow what a change of the tree left behind, and forgets old files.
func (s *Enti) Sweep(ctx context.Context) error {
	return errors.Join(s.Settle(ctx), s.sweepImports(ctx))
}

// Plan says what files would change below an organisation, for its administrators. Nothing is written.
func (s *Enti) Plan(ctx context.Context, a lms.Actor, r Region, o Order) (Plan, error) {
	if err := s.may(ctx, a, o.Under); err != nil {
		return Plan{}, err
	}
	return s.Prepare(ctx, r, o)
}

// Prepare is Plan for the command line: it asks nobody.
func (s *Enti) Prepare(ctx context.Context, r Region, o Order) (Plan, error) {
	all, err := s.school.Organisations.Select(ctx, lms.Query{})
	if err != nil {
		return Plan{}, err
	}
	o.Now = s.now()
	return Compare(all, r, o)
}

// may refuses who does not administer an organisation.
func (s *Enti) may(ctx context.Context, a lms.Actor, under lms.OrganisationID) error {
	if err := a.Must(lms.Administrator); err != nil {
		return err
	}
	o, err := s.school.Organisations.Find(ctx, under)
	if err == nil && !a.Has(lms.Administrator, o.Within) || lms.Is(err, lms.NotFound) {
		return lms.Fail(lms.NotFound, "error.organisation.unknown")
	}
	return err
}
