package lms

import "context"

// Rehome gives the enrolments of somebody who was known twice to the person who stays; what both took stays, as turns. Called again it goes on. It
// asks nobody: lms/roll decides it.
func (s *Learning) Rehome(ctx context.Context, from PersonID, to Person) error {
	all, err := s.enrolments.All(ctx, Query{Index: "person", Equal: string(from)})
	for _, e := range all {
		for turn := e.Turn; err == nil; turn++ {
			_, err = s.enrolments.Change(ctx, string(e.ID), func(e *Enrolment) error {
				e.Person, e.Turn, e.Name = to.ID, turn, Fold(to.Family+" "+to.Given)
				return nil
			})
			if !IsTaken(err, "taking") {
				break
			}
			err = nil
		}
	}
	s.taking.ForgetAll()
	return err
}

// Forget deletes from the enrolments of somebody whose data are erased what says who they are: the name, and what they answered. That they completed
// something stays. It asks nobody: lms/roll decides it.
func (s *Learning) Forget(ctx context.Context, id PersonID) error {
	all, err := s.enrolments.All(ctx, Query{Index: "person", Equal: string(id)})
	for _, e := range all {
		if err == nil {
			_, err = s.enrolments.Change(ctx, string(e.ID), func(e *Enrolment) error {
				e.Name, e.Member.Office = "", ""
				for _, p := range e.Progress {
					p.Attempts = nil
				}
				return nil
			})
		}
	}
	return err
}
