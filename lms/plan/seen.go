package plan

import (
	"cmp"
	"context"
	"slices"

	"aulacomune/lms"
)

// Seen is an assignment with how its person stands.
type Seen struct {
	Assignment
	Duty   Duty
	Called string // the person's name
	Title  string // of the course
}

func (s *Plans) see(ctx context.Context, x Assignment) (v Seen, err error) {
	v.Assignment = x
	if v.Duty, _, err = s.duty(ctx, x); err != nil {
		return v, err
	}
	if !x.Ended.IsZero() {
		v.Duty.State, v.Duty.By = Withdrawn, ""
	}
	names, err := s.school.People.Names(ctx, []lms.PersonID{x.Person})
	if err != nil {
		return v, err
	}
	_, content, err := s.school.Library.Shown(ctx, x.Course)
	if err == nil {
		v.Title = content.Title
	}
	v.Called = names[x.Person]
	return v, unlessNotFound(err)
}

// Mine lists what the actor is to take, the nearest day first.
func (s *Plans) Mine(ctx context.Context, a lms.Actor) ([]Seen, error) {
	if a.Nobody() {
		return nil, lms.Fail(lms.SignIn, "error.signin")
	}
	return s.ofPerson(ctx, a.ID, false)
}

// ofPerson lists what is asked of somebody, or what was taken back.
func (s *Plans) ofPerson(ctx context.Context, p lms.PersonID, ended bool) ([]Seen, error) {
	var out []Seen
	for x, err := range s.assignments.List(ctx, lms.Query{Index: "person", Prefix: string(p) + "/"}) {
		if err != nil {
			return nil, err
		}
		if x.Ended.IsZero() == ended {
			continue
		}
		v, err := s.see(ctx, x)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	slices.SortStableFunc(out, func(x, y Seen) int { return cmp.Compare(x.Duty.By, y.Duty.By) })
	return out, nil
}

// OfPerson lists what one of the actor's own people is to take.
func (s *Plans) OfPerson(ctx context.Context, a lms.Actor, id lms.PersonID) ([]Seen, error) {
	if err := mayAssign(a); err != nil && a.Scope != lms.ScopeRead {
		return nil, err
	}
	if _, _, err := s.cohorts.Theirs(ctx, a, id); err != nil {
		return nil, err
	}
	return s.ofPerson(ctx, id, false)
}

// Team lists who answers to the actor now, by name.
func (s *Plans) Team(ctx context.Context, a lms.Actor) ([]lms.Person, error) {
	if a.Nobody() {
		return nil, lms.Fail(lms.SignIn, "error.signin")
	}
	if !a.Is(lms.Manager) {
		return nil, lms.Fail(lms.Forbidden, "error.role")
	}
	var out []lms.Person
	seen := map[lms.PersonID]bool{}
	add := func(p lms.Person) {
		if !seen[p.ID] && a.Manages(p, s.now()) {
			seen[p.ID] = true
			out = append(out, p)
		}
	}
	for _, m := range a.Memberships {
		if m.Role != lms.Manager {
			continue
		}
		for _, id := range m.Reports {
			p, err := s.school.People.Known(ctx, id)
			if unlessNotFound(err) != nil {
				return nil, err
			}
			add(p)
		}
		if len(m.Reports) > 0 {
			continue
		}
		for p, err := range s.school.People.Within(ctx, m.Organisation) {
			if err != nil {
				return nil, err
			}
			add(p)
		}
	}
	slices.SortFunc(out, func(x, y lms.Person) int {
		return cmp.Or(cmp.Compare(lms.Fold(x.Family+" "+x.Given), lms.Fold(y.Family+" "+y.Given)), cmp.Compare(x.ID, y.ID))
	})
	return out, nil
}
