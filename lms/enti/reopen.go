package enti

import (
	"context"
	"time"

	"aulacomune/lms"
)

// Reopen takes back that an ente ceased, for its administrators: people may be added to it again. One that another took over stays a record of that: its
// people went on there. Reopening what is open changes nothing.
func (s *Enti) Reopen(ctx context.Context, a lms.Actor, id lms.OrganisationID) error {
	if err := s.may(ctx, a, id); err != nil {
		return err
	}
	ceased := time.Time{}
	o, err := s.school.Organisations.Amend(ctx, id, func(o *lms.Organisation) error {
		if o.Into != "" {
			return lms.Fail(lms.Conflict, "error.enti.into")
		}
		ceased, o.Ceased = o.Ceased, time.Time{}
		return nil
	})
	if err != nil || ceased.IsZero() || s.note == nil {
		return err
	}
	return s.note(ctx, a, lms.Act{Verb: "enti.reopen", Object: string(id), Within: o.Within, Role: lms.Administrator, Details: map[string]string{"ceased": ceased.Format(time.DateOnly)}})
}
