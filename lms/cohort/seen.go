package cohort

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"aulacomune/course"
	"aulacomune/lms"
)

// Seen is a cohort as the actor sees it.
type Seen struct {
	Cohort
	Now      State
	Keeps    bool // the actor keeps it
	Holds    bool // the actor is one of its instructors
	Capacity int  // 0 is no limit
	Seated   int
	Waiting  int
	Mine     Place // where the actor is in it; "" is nowhere
	Position int   // in the queue, from 1
	Why      error // why the actor cannot get in now, in whichever way; nil where they can
}

// Find reads a cohort of a course that the actor may see: one that they keep or hold, one they are in, or one that is published and not reserved for others.
func (s *Cohorts) Find(ctx context.Context, a lms.Actor, id ID) (Seen, error) {
	seen, err := s.either(ctx, a, id)
	if err == nil && seen.Webinar != "" {
		return Seen{}, lms.Fail(lms.NotFound, "error.cohort.unknown")
	}
	return seen, err
}

// either reads a cohort of a course or of a webinar that the actor may see.
func (s *Cohorts) either(ctx context.Context, a lms.Actor, id ID) (Seen, error) {
	if a.Nobody() {
		return Seen{}, lms.Fail(lms.SignIn, "error.signin")
	}
	if a.Scope == lms.ScopePublish {
		return Seen{}, lms.Fail(lms.Forbidden, "error.scope")
	}
	c, err := s.cohorts.Find(ctx, string(id))
	if err != nil {
		return Seen{}, asUnknown(err)
	}
	p, err := s.school.People.Known(ctx, a.ID)
	if err != nil {
		return Seen{}, err
	}
	seen, ok, err := s.see(ctx, a, p, c)
	if err == nil && !ok {
		err = lms.Fail(lms.NotFound, "error.cohort.unknown")
	}
	return seen, err
}

func asUnknown(err error) error {
	if lms.Is(err, lms.NotFound) {
		return lms.Fail(lms.NotFound, "error.cohort.unknown")
	}
	return err
}

// see is a cohort as somebody sees it; ok is false where they may not.
func (s *Cohorts) see(ctx context.Context, a lms.Actor, p lms.Person, c Cohort) (v Seen, ok bool, err error) {
	seats, err := s.seats.Find(ctx, string(c.ID))
	if err != nil {
		return v, false, err
	}
	v = Seen{Cohort: c, Now: c.State(s.Today()), Keeps: a.Keeps(c.Within), Holds: s.holds(a, c), Capacity: seats.Capacity, Seated: len(seats.Seated), Waiting: len(seats.Waiting)}
	v.Mine, v.Position = seats.Of(p.ID)
	v.Why = s.gate(ctx, c, p)
	if v.Why != nil && !lms.Is(v.Why, lms.Forbidden) && !lms.Is(v.Why, lms.Conflict) {
		return v, false, v.Why
	}
	published := v.Now != StateDraft && (!c.Terms.Reserved || !isOutside(v.Why))
	ok = v.Keeps || v.Holds || v.Mine != "" || published
	if !ok && v.Now != StateDraft {
		r, err := s.registrations.Find(ctx, registrationID(c.ID, p.ID))
		return v, err == nil && r.Place() == Dismissed, unlessNotFound(err)
	}
	if !v.Keeps {
		v.Terms.Code, v.Terms.Invited = "", nil
	}
	return v, ok, nil
}

// holds says whether the actor is an instructor of a cohort, and still one there.
func (s *Cohorts) holds(a lms.Actor, c Cohort) bool {
	return slices.Contains(c.Terms.Instructors, a.ID) && a.Has(lms.Instructor, c.Within)
}

// outside is what somebody hears who does not belong to an audience.
const outside = "error.cohort.audience"

func isOutside(err error) bool {
	e, ok := errors.AsType[*lms.Error](err)
	return ok && e.Message == outside
}

// OfCourse lists the cohorts of a course that the actor may see and that are not over, by their first day.
func (s *Cohorts) OfCourse(ctx context.Context, a lms.Actor, slug course.Slug) ([]Seen, error) {
	return s.list(ctx, a, lms.Query{Index: "course", Prefix: string(slug) + "/"}, func(v Seen) bool { return v.Now != StateOver && v.Now != StateCancelled })
}

// Catalogue lists the published cohorts that the actor may see and that are not over, by their last day.
func (s *Cohorts) Catalogue(ctx context.Context, a lms.Actor) ([]Seen, error) {
	return s.list(ctx, a, lms.Query{Index: "ends", From: string(s.Today())}, func(v Seen) bool {
		return v.Now != StateOver && (!v.Terms.Reserved || v.Mine != "" || !isOutside(v.Why))
	})
}

// Kept lists the cohorts that the actor keeps or holds, over and cancelled ones too, by their titles.
func (s *Cohorts) Kept(ctx context.Context, a lms.Actor) ([]Seen, error) {
	var out []Seen
	for _, root := range a.Kept() {
		found, err := s.list(ctx, a, lms.Query{Index: "within", Prefix: string(root) + "/"}, func(v Seen) bool { return v.Keeps })
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	held, err := s.list(ctx, a, lms.Query{Index: "instructor", Equal: string(a.ID)}, func(v Seen) bool { return v.Holds })
	out = append(out, held...)
	byTitle := func(x, y Seen) int {
		return cmp.Or(cmp.Compare(lms.Fold(x.Terms.Title), lms.Fold(y.Terms.Title)), cmp.Compare(x.ID, y.ID))
	}
	slices.SortFunc(out, byTitle)
	return slices.CompactFunc(out, func(x, y Seen) bool { return x.ID == y.ID }), err
}

func (s *Cohorts) list(ctx context.Context, a lms.Actor, q lms.Query, want func(Seen) bool) ([]Seen, error) {
	if a.Nobody() {
		return nil, lms.Fail(lms.SignIn, "error.signin")
	}
	if a.Scope == lms.ScopePublish {
		return nil, lms.Fail(lms.Forbidden, "error.scope")
	}
	p, err := s.school.People.Known(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	var out []Seen
	for c, err := range s.cohorts.List(ctx, q) {
		if err != nil {
			return nil, err
		}
		if c.Webinar != "" {
			continue
		}
		v, ok, err := s.see(ctx, a, p, c)
		if err != nil {
			return nil, err
		}
		if ok && want(v) {
			out = append(out, v)
		}
	}
	return out, nil
}
