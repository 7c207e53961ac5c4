package ledger

import (
	"context"
	"errors"
	"fmt"
	"io"

	"aulacomune/lms"
)

// Told is everything that the ledger knows of a person, for the copy they may ask for (GDPR, art. 15).
type Told struct {
	Hours  []Hours `json:"hours"`
	Claims []Claim `json:"claims"`
	Plans  []Plan  `json:"plans"`
}

// Told tells what the ledger knows of a person. It asks nobody: lms/roll decides who may read it.
func (s *Ledger) Told(ctx context.Context, id lms.PersonID) (t Told, err error) {
	seen := map[HoursID]bool{} // a row stands in the years of those that it corrects, too
	for h, err := range s.hours.List(ctx, lms.Query{Index: "person", Prefix: string(id) + "/"}) {
		if err != nil {
			return t, err
		}
		if !seen[h.ID] {
			seen[h.ID], t.Hours = true, append(t.Hours, h)
		}
	}
	if t.Claims, err = s.claims.All(ctx, lms.Query{Index: "person", Equal: string(id)}); err != nil {
		return t, err
	}
	t.Plans, err = s.plans.All(ctx, lms.Query{Index: "person", Equal: string(id)})
	return t, err
}

// Files hands over the attestati that a person uploaded, each under a name of its own.
func (s *Ledger) Files(ctx context.Context, id lms.PersonID, add func(name string, body io.Reader) error) error {
	for c, err := range s.claims.List(ctx, lms.Query{Index: "person", Equal: string(id)}) {
		if err != nil {
			return err
		}
		if c.File.Hash == "" || c.State == Withdrawn {
			continue
		}
		if err := s.file(ctx, c, add); err != nil {
			return err
		}
	}
	return nil
}

func (s *Ledger) file(ctx context.Context, c Claim, add func(name string, body io.Reader) error) error {
	o, err := s.objects.Open(ctx, c.key())
	if err != nil {
		return fmt.Errorf("attestato of claim %s: %w", c.ID, err)
	}
	return errors.Join(add(string(c.ID)+"-"+c.File.Name, o), o.Close())
}

// Erase takes out of the ledger what tells who somebody was: names, the attestati they uploaded, what was planned with them. Their hours stay, as numbers of
// nobody, because the sums of the ente count them (GDPR, art. 17). It may be called again.
func (s *Ledger) Erase(ctx context.Context, id lms.PersonID) error {
	t, err := s.Told(ctx, id)
	if err != nil {
		return err
	}
	for _, h := range t.Hours {
		if _, err := s.hours.Change(ctx, string(h.ID), func(h *Hours) error { h.Name, h.Reason, h.Member.Office = "", "", ""; return nil }); err != nil {
			return err
		}
	}
	for _, c := range t.Claims {
		if err := s.eraseClaim(ctx, c); err != nil {
			return err
		}
	}
	for _, p := range t.Plans {
		if err := s.plans.Remove(ctx, planID(p.Person, p.Year)); err != nil {
			return err
		}
	}
	return nil
}

// eraseClaim removes the file first: the claim says where it is.
func (s *Ledger) eraseClaim(ctx context.Context, c Claim) error {
	if c.File.Hash != "" {
		if err := s.objects.Remove(ctx, c.key()); err != nil {
			return err
		}
	}
	_, err := s.claims.Change(ctx, string(c.ID), func(c *Claim) error {
		if c.State == Declared {
			c.step(Withdrawn, c.Person, s.now(), "")
		}
		c.Name, c.File, c.Said, c.Member.Office = "", File{}, true, ""
		for i := range c.History {
			c.History[i].Reason = ""
		}
		return nil
	})
	return err
}
