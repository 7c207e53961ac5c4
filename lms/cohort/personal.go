package cohort

import (
	"context"
	"slices"

	"aulacomune/lms"
)

// Told is everything that this room knows of a person, for the copy they may ask for (GDPR, art. 15).
type Told struct {
	Registrations []Registration `json:"registrations"`
	Groups        []string       `json:"groups"` // names of those they belong to or help along
}

// Told tells what this room knows of a person. It asks nobody: lms/roll decides who may read it.
func (s *Cohorts) Told(ctx context.Context, id lms.PersonID) (t Told, err error) {
	if t.Registrations, err = s.registrations.All(ctx, lms.Query{Index: "person", Prefix: string(id) + "/"}); err != nil {
		return t, err
	}
	for g, err := range s.groups.List(ctx, lms.Query{Index: "person", In: []string{"m/" + string(id), "f/" + string(id)}}) {
		if err != nil {
			return t, err
		}
		if !slices.Contains(t.Groups, g.Name) {
			t.Groups = append(t.Groups, g.Name)
		}
	}
	return t, nil
}

// Erase takes somebody out of groups and out of cohorts that are not over, so that who waits moves up, and takes their name out of the rest (GDPR, art. 17).
// It may be called again.
func (s *Cohorts) Erase(ctx context.Context, id lms.PersonID) error {
	t, err := s.Told(ctx, id)
	if err != nil {
		return err
	}
	for _, r := range t.Registrations {
		if err := s.eraseRegistration(ctx, r); err != nil {
			return err
		}
	}
	return s.eraseFromGroups(ctx, id)
}

func (s *Cohorts) eraseRegistration(ctx context.Context, r Registration) error {
	c, err := s.cohorts.Find(ctx, string(r.Cohort))
	if err != nil {
		return err
	}
	if c.State(s.Today()) != StateOver && r.Place() != Left {
		leave := func(x *Seats) error { x.leave(r.Person, Left, Act{At: s.now()}); return nil } // by the house: nobody is there to be told
		if err := s.change(ctx, c, leave); err != nil {
			return err
		}
	}
	_, err = s.registrations.Change(ctx, registrationID(r.Cohort, r.Person), func(r *Registration) error {
		r.Name, r.Member.Office = "", ""
		return nil
	})
	return err
}

func (s *Cohorts) eraseFromGroups(ctx context.Context, id lms.PersonID) error {
	found, err := s.groups.All(ctx, lms.Query{Index: "person", In: []string{"m/" + string(id), "f/" + string(id)}})
	for _, g := range found {
		_, err := s.groups.Change(ctx, string(g.ID), func(g *Group) error {
			is := func(p lms.PersonID) bool { return p == id }
			g.Members, g.Facilitators = slices.DeleteFunc(slices.Clone(g.Members), is), slices.DeleteFunc(slices.Clone(g.Facilitators), is)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return err
}
