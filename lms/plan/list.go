package plan

import (
	"context"
	"encoding/base64"
	"slices"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
)

// Filter narrows a list of assignments. What is left empty narrows nothing, but what was taken back is listed only where that is asked for.
type Filter struct {
	Course course.Slug
	State  State
}

func (f Filter) takes(v Seen) bool {
	if f.Course != "" && v.Course != f.Course {
		return false
	}
	return v.Duty.State == f.State || f.State == "" && v.Duty.State != Withdrawn
}

// One page of a list looks at so many assignments at most: whoever looks for what is rare gets the rest by asking for the next page.
const (
	mostLooked = 1000
	pageSize   = 50 // where nobody says how many
)

// Within lists what the people of an organisation are to take, by course and name, for who keeps them. A page may be shorter than asked for and still
// have a next one.
func (s *Plans) Within(ctx context.Context, a lms.Actor, org lms.OrganisationID, f Filter, at lms.PageAt) (out []Seen, next string, err error) {
	if _, err := s.keptOrganisation(ctx, a, org); err != nil {
		return nil, "", err
	}
	prefix := string(org) + "/"
	if f.Course != "" {
		prefix += string(f.Course) + "/"
	}
	limit := at.Limit
	if limit <= 0 {
		limit = pageSize
	}
	next = at.After
	for looked := 0; looked < mostLooked; {
		var page []Assignment
		page, next, err = s.assignments.Page(ctx, lms.Query{Index: "within", Prefix: prefix, After: next, Limit: limit - len(out)})
		if err != nil {
			return nil, "", err
		}
		for _, x := range page {
			v, err := s.see(ctx, x)
			if err != nil {
				return nil, "", err
			}
			if f.takes(v) {
				out = append(out, v)
			}
		}
		if looked += len(page); next == "" || len(out) >= limit {
			break
		}
	}
	return out, next, nil
}

// keptOrganisation reads an organisation whose people the actor keeps.
func (s *Plans) keptOrganisation(ctx context.Context, a lms.Actor, org lms.OrganisationID) (lms.Organisation, error) {
	if err := a.MustKeep(); err != nil && a.Scope != lms.ScopeRead {
		return lms.Organisation{}, err
	}
	o, err := s.school.Organisations.Find(ctx, org)
	if lms.Is(err, lms.NotFound) || err == nil && !a.Keeps(o.Within) {
		return o, lms.Fail(lms.NotFound, "error.organisation.unknown")
	}
	return o, err
}

// OfTeam lists what those who answer to the actor are to take, by name and then by day; all of one person is on one page.
func (s *Plans) OfTeam(ctx context.Context, a lms.Actor, f Filter, at lms.PageAt) (out []Seen, next string, err error) {
	team, err := s.Team(ctx, a)
	if err != nil {
		return nil, "", err
	}
	place := func(p lms.Person) string { return lms.Fold(p.Family+" "+p.Given) + "/" + string(p.ID) }
	after, err := base64.RawURLEncoding.DecodeString(at.After)
	if err != nil {
		return nil, "", lms.Fail(lms.Invalid, "error.invalid")
	}
	for i, p := range team {
		if place(p) <= string(after) {
			continue
		}
		all, err := s.ofPerson(ctx, p.ID, f.State == Withdrawn)
		if err != nil {
			return nil, "", err
		}
		out = append(out, slices.DeleteFunc(all, func(v Seen) bool { return !f.takes(v) })...)
		if at.Limit > 0 && len(out) >= at.Limit && i < len(team)-1 {
			return out, base64.RawURLEncoding.EncodeToString([]byte(place(p))), nil
		}
	}
	return out, "", nil
}

// Everybody are the people of an organisation that the actor keeps and of those below, in one office or with "" in all.
func (s *Plans) Everybody(ctx context.Context, a lms.Actor, org lms.OrganisationID, office string) (out []lms.PersonID, err error) {
	if _, err := s.keptOrganisation(ctx, a, org); err != nil {
		return nil, err
	}
	for p, err := range s.school.People.Within(ctx, org) {
		if err != nil {
			return nil, err
		}
		there := func(m lms.Membership) bool {
			return m.At(s.now()) && slices.Contains(m.Within, org) && (office == "" || lms.Fold(m.Office) == lms.Fold(office))
		}
		if slices.ContainsFunc(p.Memberships, there) {
			out = append(out, p.ID)
		}
	}
	return out, nil
}

// Find reads an assignment with its history: of one of the actor's own people.
func (s *Plans) Find(ctx context.Context, a lms.Actor, slug course.Slug, id lms.PersonID) (Seen, error) {
	if err := mayAssign(a); err != nil && a.Scope != lms.ScopeRead {
		return Seen{}, err
	}
	if _, _, err := s.cohorts.Theirs(ctx, a, id); err != nil {
		return Seen{}, err
	}
	x, err := s.assignments.Find(ctx, assignmentID(slug, id))
	if lms.Is(err, lms.NotFound) {
		return Seen{}, lms.Fail(lms.NotFound, "error.plan.unknown")
	}
	if err != nil {
		return Seen{}, err
	}
	return s.see(ctx, x)
}

// Due is the end of the day by which an enrolment is to be completed; zero where nobody asks for that now. It is what reports know of who is late.
func (s *Plans) Due(ctx context.Context, e lms.Enrolment) (time.Time, error) {
	if !e.Completed.IsZero() {
		return time.Time{}, nil
	}
	x, err := s.assignments.Find(ctx, assignmentID(e.Course, e.Person))
	if err != nil || !x.Ended.IsZero() {
		return time.Time{}, unlessNotFound(err)
	}
	d, _, err := s.duty(ctx, x)
	if err != nil || d.By == "" || d.State == Waived {
		return time.Time{}, err
	}
	next, err := time.ParseInLocation(time.DateOnly, string(d.By.Add(1)), s.rome)
	return next.Add(-time.Second), err
}
