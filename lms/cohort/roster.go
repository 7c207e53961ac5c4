package cohort

import (
	"context"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
)

// Row is one of a cohort's people: where they are in it, and how far with the course. It holds no times of access.
type Row struct {
	Registration
	Called    string // their name
	State     lms.State
	Percent   int
	Completed time.Time // the course; zero where it is not
}

// Roster lists who is or was in a cohort, by name, one page at a time: everybody, for who keeps or holds it, with "" as the organisation; else those of
// an organisation whose people the actor keeps. It serves courses and webinars.
func (s *Cohorts) Roster(ctx context.Context, a lms.Actor, id ID, org lms.OrganisationID, at lms.PageAt) ([]Row, string, error) {
	seen, err := s.either(ctx, a, id)
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
	return s.rows(ctx, string(org)+"/"+string(id)+"/", at)
}

// Members lists who is or was in cohorts, whoever delivers them, as a member of an organisation whose people the actor keeps, or of one below it: in one
// cohort, or by cohort in all where id is "".
func (s *Cohorts) Members(ctx context.Context, a lms.Actor, id ID, org lms.OrganisationID, at lms.PageAt) ([]Row, string, error) {
	switch {
	case a.Nobody():
		return nil, "", lms.Fail(lms.SignIn, "error.signin")
	case len(a.Kept()) == 0 || a.Scope == lms.ScopePublish:
		return nil, "", lms.Fail(lms.Forbidden, "error.role")
	}
	o, err := s.school.Organisations.Find(ctx, org)
	if unlessNotFound(err) != nil {
		return nil, "", err
	}
	if err != nil || !a.Keeps(o.Within) {
		return nil, "", lms.Fail(lms.NotFound, "error.organisation.unknown")
	}
	prefix := string(org) + "/"
	if id != "" {
		prefix += string(id) + "/"
	}
	return s.rows(ctx, prefix, at)
}

// rows are registrations, by the beginning of their key.
func (s *Cohorts) rows(ctx context.Context, prefix string, at lms.PageAt) (out []Row, next string, err error) {
	page, next, err := s.registrations.Page(ctx, lms.Query{Index: "within", Prefix: prefix, After: at.After, Limit: at.Limit})
	if err != nil {
		return nil, "", err
	}
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
		var st lms.Standing
		st, err = s.progress(ctx, r.Person, r.Course)
		row.State, row.Percent, row.Completed = st.State, st.Percent, st.Enrolment.Completed
	}
	return row, unlessNotFound(err)
}

// progress is how far somebody is in a course; its state is "" where they do not take it.
func (s *Cohorts) progress(ctx context.Context, p lms.PersonID, slug course.Slug) (lms.Standing, error) {
	e, ok, err := s.school.Learning.Taken(ctx, p, slug)
	if err != nil || !ok {
		return lms.Standing{}, err
	}
	c, err := s.school.Library.Open(ctx, e.Hash)
	if err != nil {
		return lms.Standing{}, err
	}
	return lms.Stand(c, e), nil
}

// Registered is one of the actor's own registrations, with its cohort.
type Registered struct {
	Registration
	Seen Seen
}

// Mine lists the actor's registrations in cohorts of courses, the latest first.
func (s *Cohorts) Mine(ctx context.Context, a lms.Actor) ([]Registered, error) {
	if a.Nobody() {
		return nil, lms.Fail(lms.SignIn, "error.signin")
	}
	var out []Registered
	for r, err := range s.registrations.List(ctx, lms.Query{Index: "person", Prefix: string(a.ID) + "/", Reverse: true}) {
		if err != nil {
			return nil, err
		}
		if r.Webinar != "" {
			continue
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
