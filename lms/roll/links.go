package roll

import (
	"context"
	"iter"

	"aulacomune/lms"
)

// Links yields a fresh link to sign in with for everybody whom a file brought and who has none that was used or sent: older ones stop working. They are to be
// handed over, so that each is made only when it is asked for.
func (r *Roll) Links(ctx context.Context, a lms.Actor, id IntakeID) (iter.Seq2[lms.Added, error], error) {
	if err := a.MustKeep(); err != nil {
		return nil, err
	}
	i, err := r.Intake(ctx, a, id)
	if err != nil {
		return nil, err
	}
	if i.State != Applied {
		return nil, lms.Fail(lms.Conflict, "error.intake.state")
	}
	return func(yield func(lms.Added, error) bool) {
		for p, err := range r.school.People.FromFile(ctx, string(id)) {
			if err != nil {
				yield(lms.Added{}, err)
				return
			}
			if p.Intake != string(id) || !p.Activated.IsZero() || i.Invite && p.Email != "" {
				continue
			}
			added, err := r.school.People.NewLink(ctx, a, p.ID)
			if lms.Is(err, lms.Forbidden) || lms.Is(err, lms.NotFound) {
				continue // gone to another ente since
			}
			if !yield(added, err) || err != nil {
				return
			}
		}
	}, nil
}
