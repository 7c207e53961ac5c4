package plan

import (
	"context"

	"aulacomune/lms"
)

// Told tells what was assigned to a person, for the copy they may ask for (GDPR, art. 15). It asks nobody: lms/roll decides who may read it.
func (s *Plans) Told(ctx context.Context, id lms.PersonID) ([]Assignment, error) {
	return s.assignments.All(ctx, lms.Query{Index: "person", Prefix: string(id) + "/"})
}

// Erase takes back what somebody is still to take, and takes their name out of the rest (GDPR, art. 17). It may be called again.
func (s *Plans) Erase(ctx context.Context, id lms.PersonID) error {
	brought, err := s.files.All(ctx, lms.Query{Index: "by", Prefix: string(id) + "/"})
	if err != nil {
		return err
	}
	for _, f := range brought {
		if err := s.forget(ctx, f); err != nil {
			return err
		}
	}
	found, err := s.Told(ctx, id)
	for _, x := range found {
		_, err := s.assignments.Change(ctx, assignmentID(x.Course, x.Person), func(x *Assignment) error {
			if x.Ended.IsZero() {
				x.Ended = s.now()
			}
			x.Name, x.Check, x.Untold, x.Member.Office = "", "", nil, ""
			for i := range x.History {
				x.History[i].Reason = ""
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return err
}
