package ledger

import (
	"context"
	"slices"

	"aulacomune/lms"
)

// Follow writes the new place of an organisation, and of those below it, into what the ledger keeps by places. It has the shape of enti.Follow, and done
// again it changes nothing.
func (s *Ledger) Follow(ctx context.Context, id lms.OrganisationID, place func(lms.OrganisationID) []lms.OrganisationID) error {
	all, err := s.school.Organisations.Select(ctx, lms.Query{Index: "within", Prefix: string(id) + "/"})
	if err != nil {
		return err
	}
	for _, o := range all {
		if within := place(o.ID); len(within) > 0 {
			if err := s.followOne(ctx, o, within); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Ledger) followOne(ctx context.Context, o lms.Organisation, within []lms.OrganisationID) error {
	for h, err := range s.hours.List(ctx, lms.Query{Index: "ente", Prefix: string(o.ID) + "/"}) {
		if err == nil && !slices.Equal(h.Member.Within, within) {
			_, err = s.hours.Change(ctx, string(h.ID), func(h *Hours) error { h.Member.Within = within; return nil })
		}
		if err != nil {
			return err
		}
	}
	for c, err := range s.claims.List(ctx, lms.Query{Index: "ente", Equal: string(o.ID)}) {
		if err == nil && !slices.Equal(c.Member.Within, within) {
			_, err = s.claims.Change(ctx, string(c.ID), func(c *Claim) error { c.Member.Within = within; return nil })
		}
		if err != nil {
			return err
		}
	}
	_, err := s.policies.Change(ctx, string(o.ID), func(p *Policies) error {
		if !slices.Equal(p.Within, within) {
			p.Within, p.Version = within, p.Version+1
		}
		return nil
	})
	if unless(err, lms.NotFound) != nil {
		return err
	}
	for t, err := range s.tallies.List(ctx, lms.Query{Prefix: string(o.ID) + "/"}) {
		if err == nil && (!slices.Equal(t.Within, within) || t.Name != o.Name) {
			_, err = s.tallies.Change(ctx, yearKey(string(o.ID), t.Year), func(t *Tally) error {
				t.Within, t.Name, t.Touched = within, o.Name, t.Touched+1 // by the policies of the new place
				return nil
			})
		}
		if err != nil {
			return err
		}
	}
	return nil
}
