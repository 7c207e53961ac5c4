package cohort

import (
	"context"

	"aulacomune/course"
	"aulacomune/lms"
)

// Row is one of a cohort's people: where they are in it, and how far with the course. It holds no times of access.
type Row struct {
	Registration
	Called  string // their name
	State   lms.State
	Percent int
}

// Roster lists who is or was in a cohort, by name, one page at a time: everybody, for who keeps or holds it, with "" as the organisation; else those of
// an organisation whose people the actor keeps.
func (s *Cohorts) Roster(ctx context.Context, a lms.Actor, id ID, org lms.OrganisationID, at lms.PageAt) ([]Row, string, error) {
	seen, err := s.Find(ctx, a, id)
	if err != nil {
		return nil, "", err
	}
	if !seen.Keeps && !seen.Holds {
		if len(a.Kept()) == 0 {
			return nil, "", lms.Fail(lms.Forbidden, "error.role")
		}
		o, err := s.school.Organisations.Find(ctx, org)
		if unlessNotFound(err) != nil {
			return nil, "", err
		}
		if err != nil || !a.Keeps(o.Within) {
			return nil, "", lms.Fail(lms.NotFound, "error.organisation.unknown")
		}
	}
	page, next, err := s.registrations.Page(ctx, lms.Query{Index: "within", Prefix: string(org) + "/" + string(id) + "/", After: at.After, Limit: at.Limit})
	if err != nil {
		return nil, "", err
	}
	var out []Row
	for _, r := range page {
		row, err := s.row(ctx, r)
		if err != nil {
			return nil, "", err
		}
		out = append(out, row)
	}
	return out, next, nil
}

func (s *Cohorts) row(ctx context.Context, r Registration) (Row, error) {
	row := Row{Registration: r}
	p, err := s.school.People.Known(ctx, r.Person)
	if unlessNotFound(err) != nil {
		return row, err
	}
	row.Called = p.Name()
	if r.Enrolment != "" {
		row.State, row.Percent, err = s.progress(ctx, r.Person, r.Course)
	}
	return row, unlessNotFound(err)
}

// progress is how far somebody is in a course; "" where they do not take it.
func (s *Cohorts) progress(ctx context.Context, p lms.PersonID, slug course.Slug) (lms.State, int, error) {
	e, ok, err := s.school.Learning.Taken(ctx, p, slug)
	if err != nil || !ok {
		return "", 0, err
	}
	c, err := s.school.Library.Open(ctx, e.Hash)
	if err != nil {
		return "", 0, err
	}
	st := lms.Stand(c, e)
	return st.State, st.Percent, nil
}

// Registered is one of the actor's own registrations, with its cohort.
type Registered struct {
	Registration
	Seen Seen
}

// Mine lists the actor's registrations, the latest first.
func (s *Cohorts) Mine(ctx context.Context, a lms.Actor) ([]Registered, error) {
	if a.Nobody() {
		return nil, lms.Fail(lms.SignIn, "error.signin")
	}
	var out []Registered
	for r, err := range s.registrations.List(ctx, lms.Query{Index: "person", Prefix: string(a.ID) + "/", Reverse: true}) {
		if err != nil {
			return nil, err
		}
		seen, err := s.Find(ctx, a, r.Cohort)
		if lms.Is(err, lms.NotFound) {
			continue // it is reserved for others now
		}
		if err != nil {
			return nil, err
		}
		out = append(out, Registered{r, seen})
	}
	return out, nil
}
