package cohort

import (
	"context"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
)

// Access says who may take a course by themselves, without a cohort, and who gets to see it. Without one, everybody may.
type Access struct {
	Course   course.Slug  `json:"course"`
	Free     bool         `json:"free"` // its audience may enrol by themselves; otherwise people get in by its cohorts
	Reserved bool         `json:"reserved"`
	Audience Audience     `json:"audience"`
	At       time.Time    `json:"at"`
	By       lms.PersonID `json:"by"`
}

// accesses says how accesses are kept: one for a course.
var accesses = lms.Noun[Access]{Name: "course_access", ID: func(a Access) string { return string(a.Course) }}

// AccessOf is the access to a course.
func (s *Cohorts) AccessOf(ctx context.Context, slug course.Slug) (Access, error) {
	a, err := s.accesses.Find(ctx, string(slug))
	if lms.Is(err, lms.NotFound) {
		return Access{Course: slug, Free: true}, nil
	}
	return a, err
}

// SetAccess decides the access to a course of an organisation whose people the actor keeps. Whoever takes the course goes on.
func (s *Cohorts) SetAccess(ctx context.Context, a lms.Actor, x Access) error {
	if err := a.MustKeep(); err != nil {
		return err
	}
	head, err := s.school.Library.Find(ctx, x.Course)
	if lms.Is(err, lms.NotFound) || err == nil && !a.Keeps(head.Within) {
		return lms.Fail(lms.NotFound, "error.course.unknown")
	}
	if err != nil {
		return err
	}
	terms := Terms{Title: "-", Audience: x.Audience}
	if err := s.check(ctx, head.Within, &terms); err != nil {
		return err
	}
	x.At, x.By = s.now(), a.ID
	err = s.accesses.Add(ctx, x)
	if lms.IsTaken(err, "id") {
		_, err = s.accesses.Change(ctx, string(x.Course), func(old *Access) error { *old = x; return nil })
	}
	if err != nil {
		return err
	}
	return s.noted(ctx, a, lms.Act{Verb: "course.access", Object: string(x.Course), Within: head.Within, Role: a.By(head.Within)})
}

// Lets refuses who may not enrol in a course by themselves. It is what lms.Ports.Admit asks.
func (s *Cohorts) Lets(ctx context.Context, p lms.Person, slug course.Slug) error {
	x, err := s.AccessOf(ctx, slug)
	if err != nil {
		return err
	}
	groups, err := s.groupsFor(ctx, x.Audience, p.ID)
	switch {
	case err != nil:
		return err
	case !x.Audience.Admits(p, groups, s.now()) && x.Reserved:
		return lms.Fail(lms.NotFound, "error.course.unknown")
	case !x.Audience.Admits(p, groups, s.now()):
		return lms.Fail(lms.Forbidden, "error.course.audience")
	case !x.Free:
		return conflict("error.course.cohorts")
	}
	return nil
}

// Shows says whether the catalogue shows a course to somebody: one that is not reserved, or for them, or that they take or keep. To nobody in particular
// it shows what is not reserved.
func (s *Cohorts) Shows(ctx context.Context, a lms.Actor, slug course.Slug) (bool, error) {
	x, err := s.AccessOf(ctx, slug)
	if err != nil || !x.Reserved {
		return err == nil, err
	}
	head, err := s.school.Library.Find(ctx, slug)
	if err != nil || a.Keeps(head.Within) || a.Has(lms.Author, head.Within) {
		return err == nil, err
	}
	if a.Nobody() {
		return false, nil
	}
	p, err := s.school.People.Known(ctx, a.ID)
	if err != nil {
		return false, err
	}
	groups, err := s.groupsFor(ctx, x.Audience, a.ID)
	if err != nil || x.Audience.Admits(p, groups, s.now()) {
		return err == nil, err
	}
	_, takes, err := s.school.Learning.Taken(ctx, a.ID, slug)
	return takes, err
}

// Theirs is the person an actor handles, and as whose member: one whose people the actor keeps, or who answers to them. NotFound for all others, so that
// nobody learns who else there is. Rooms that act on people ask it.
func (s *Cohorts) Theirs(ctx context.Context, a lms.Actor, id lms.PersonID) (lms.Person, lms.Membership, error) {
	p, err := s.school.People.Known(ctx, id)
	if err != nil {
		return lms.Person{}, lms.Membership{}, err
	}
	m, ok := s.theirs(a, p)
	if !ok {
		return lms.Person{}, m, lms.Fail(lms.NotFound, "error.person.unknown")
	}
	return p, m, nil
}

// CheckAudience says what is wrong with an audience, for rooms that have one.
func (s *Cohorts) CheckAudience(ctx context.Context, au Audience) error {
	return s.check(ctx, nil, &Terms{Title: "-", Audience: au})
}

// Belongs says whether somebody belongs to an audience now.
func (s *Cohorts) Belongs(ctx context.Context, au Audience, p lms.Person) (bool, error) {
	groups, err := s.groupsFor(ctx, au, p.ID)
	return au.Admits(p, groups, s.now()), err
}

// groupsFor are the groups that somebody is a member of now, where an audience asks for any.
func (s *Cohorts) groupsFor(ctx context.Context, au Audience, p lms.PersonID) ([]GroupID, error) {
	if len(au.Groups) == 0 {
		return nil, nil
	}
	return s.groupsOf(ctx, p)
}
