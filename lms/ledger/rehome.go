package ledger

import (
	"context"

	"aulacomune/lms"
)

// Rehome gives the hours and claims of somebody who was known twice to the person who stays, and what was planned with them where nothing is planned with
// that person. What the rows say stays as it is, but of whom they are. Called again it goes on. It asks nobody: lms/roll decides it.
func (s *Ledger) Rehome(ctx context.Context, from lms.PersonID, to lms.Person) error {
	t, err := s.Told(ctx, from)
	if err != nil {
		return err
	}
	for _, h := range t.Hours {
		if err := s.rehomeRow(ctx, h, to); err != nil {
			return err
		}
	}
	for _, c := range t.Claims {
		if _, err := s.claims.Change(ctx, string(c.ID), func(c *Claim) error { c.Person, c.Name = to.ID, to.Name(); return nil }); err != nil {
			return err
		}
	}
	for _, p := range t.Plans {
		moved := p
		moved.Person = to.ID
		if err := s.plans.Add(ctx, moved); err != nil && !lms.IsTaken(err, "id") {
			return err
		}
		if err := unless(s.plans.Remove(ctx, planID(from, p.Year)), lms.NotFound); err != nil {
			return err
		}
	}
	return nil
}

// rehomeRow gives one row to another person. A webinar's row gives its name up: where the person who stays was there too, lms/webinar books what both add up to,
// and strikes this one.
func (s *Ledger) rehomeRow(ctx context.Context, h Hours, to lms.Person) error {
	give := func(h *Hours) error {
		h.Person, h.Name, h.Counted = to.ID, lms.Fold(to.Family+" "+to.Given), false // the ente's sums are counted anew
		if h.Kind == Webinar {
			h.Webinars = nil
		}
		return nil
	}
	_, err := s.hours.Change(ctx, string(h.ID), give)
	if lms.IsTaken(err, "webinar") {
		_, err = s.hours.Change(ctx, string(h.ID), func(h *Hours) error { h.Webinars = nil; return give(h) })
	}
	return err
}
