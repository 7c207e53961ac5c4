package ledger

import (
	"context"
	"errors"
	"fmt"
	"time"

	"aulacomune/lms"
)

const (
	sweepLimit = 200             // of each thing, in one sweep
	sweepTime  = 4 * time.Second // of counting, in one sweep
	tallyLife  = 24 * time.Hour  // people change without a word to the ledger
)

// Sweep does what is left to do: decisions whose row or letter is missing, policies and areas that tallies don't know of, tallies that are to be counted
// again, those of a year that began. What fails keeps nothing else waiting.
func (s *Ledger) Sweep(ctx context.Context) error {
	return errors.Join(s.sweepClaims(ctx), s.sweepPolicies(ctx), s.sweepAreas(ctx), s.sweepYear(ctx), s.sweepTallies(ctx))
}

func (s *Ledger) sweepClaims(ctx context.Context) error {
	all, err := s.claims.All(ctx, lms.Query{Index: "unbooked", Limit: sweepLimit})
	errs := []error{err}
	for _, c := range all {
		if err := s.follow(ctx, c); err != nil {
			errs = append(errs, fmt.Errorf("sweep claim %s: %w", c.ID, err))
		}
	}
	return errors.Join(errs...)
}

// sweepPolicies lets the tallies of an ente, and of those below, be counted by its new policies.
func (s *Ledger) sweepPolicies(ctx context.Context) error {
	all, err := s.policies.All(ctx, lms.Query{Index: "pending", Limit: sweepLimit})
	for _, p := range all {
		if err == nil {
			err = s.touchBelow(ctx, p.Organisation)
		}
		if err == nil {
			_, err = s.policies.Change(ctx, string(p.Organisation), func(now *Policies) error { now.Told = p.Version; return nil })
		}
	}
	return err
}

func (s *Ledger) sweepAreas(ctx context.Context) error {
	all, err := s.areas.All(ctx, lms.Query{Index: "pending", Limit: sweepLimit})
	for _, a := range all {
		if err == nil {
			err = s.touchBelow(ctx, a.Root)
		}
		if err == nil {
			_, err = s.areas.Change(ctx, string(a.Root), func(now *Areas) error { now.Told = a.Version; return nil })
		}
	}
	return err
}

// touchBelow says of every tally of an organisation and below that it is to be counted again.
func (s *Ledger) touchBelow(ctx context.Context, org lms.OrganisationID) error {
	for t, err := range s.tallies.List(ctx, lms.Query{Index: "within", Prefix: string(org) + "/"}) {
		if err == nil {
			err = s.touch(ctx, t.Organisation, t.Year)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// sweepYear makes the tallies of this year and the one before for enti that have none: of all of them when a year begins, of new ones soon.
func (s *Ledger) sweepYear(ctx context.Context) error {
	year := s.today().Year()
	for _, y := range []int{year - 1, year} {
		made, err := s.tallies.Count(ctx, lms.Query{Index: "year", Equal: fmt.Sprintf("%04d", y)})
		if err != nil {
			return err
		}
		all, err := s.school.Organisations.Select(ctx, lms.Query{})
		if err != nil {
			return err
		}
		if len(all) <= made {
			continue
		}
		for _, o := range all {
			err := s.tallies.Add(ctx, Tally{Organisation: o.ID, Within: o.Within, Name: o.Name, Year: y, Touched: 1})
			if err != nil && !lms.IsTaken(err, "id") {
				return err
			}
		}
	}
	return nil
}

// sweepTallies counts again, for some seconds: what rows ask for first, then what is dirty, then what was counted long ago.
func (s *Ledger) sweepTallies(ctx context.Context) error {
	end := time.Now().Add(sweepTime)
	for _, find := range []func(context.Context) ([]string, error){s.freshSlices, s.staleSlices} {
		found, err := find(ctx)
		if err != nil {
			return err
		}
		for _, key := range found {
			if time.Now().After(end) {
				return nil
			}
			org, year := slice(key)
			if err := s.recount(ctx, org, year); err != nil {
				return fmt.Errorf("count the hours of %s in %d: %w", org, year, err)
			}
		}
	}
	return nil
}

// freshSlices are the keys of tallies that don't hold all rows.
func (s *Ledger) freshSlices(ctx context.Context) (out []string, err error) {
	seen := map[string]bool{}
	for h, err := range s.hours.List(ctx, lms.Query{Index: "fresh", Limit: 20 * sweepLimit}) {
		if err != nil {
			return nil, err
		}
		for _, k := range h.keys(string(h.Member.Organisation)) {
			if !seen[k] {
				seen[k] = true
				out = append(out, k)
			}
		}
	}
	return out, nil
}

func (s *Ledger) staleSlices(ctx context.Context) (out []string, err error) {
	before := s.now().Add(-tallyLife).Format(time.RFC3339)
	for t, err := range s.tallies.List(ctx, lms.Query{Index: "stale", From: "0", To: before, Limit: sweepLimit}) {
		if err != nil {
			return nil, err
		}
		out = append(out, yearKey(string(t.Organisation), t.Year))
	}
	return out, nil
}
