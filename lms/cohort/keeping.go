package cohort

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
)

// Start is what is asked to plan a cohort.
type Start struct {
	Course       course.Slug
	Organisation lms.OrganisationID // "" means the first whose people the actor keeps
	Capacity     int                // 0 is no limit
	Terms        Terms
}

// Plan makes a cohort that only those see who keep it, until they open it.
func (s *Cohorts) Plan(ctx context.Context, a lms.Actor, st Start) (Cohort, error) {
	if err := a.MustKeep(); err != nil {
		return Cohort{}, err
	}
	org, err := s.school.Organisations.Find(ctx, cmp.Or(st.Organisation, a.Kept()[0]))
	if err != nil || !a.Keeps(org.Within) {
		return Cohort{}, cmp.Or(unlessNotFound(err), error(lms.Wrong("organisation", "error.organisation.unknown")))
	}
	if _, err := s.school.Library.Find(ctx, st.Course); err != nil {
		return Cohort{}, cmp.Or(unlessNotFound(err), error(lms.Wrong("course", "error.course.unknown")))
	}
	if err := s.check(ctx, org.Within, &st.Terms); err != nil {
		return Cohort{}, err
	}
	if err := checkCapacity(st.Capacity); err != nil {
		return Cohort{}, err
	}
	c := Cohort{ID: ID(newID()), Course: st.Course, Organisation: org.ID, Within: org.Within, Terms: st.Terms, At: s.now(), By: a.ID}
	if err := s.seats.Add(ctx, Seats{Cohort: c.ID, Capacity: st.Capacity, Dates: c.dates()}); err != nil {
		return Cohort{}, err
	}
	if err := s.cohorts.Add(ctx, c); err != nil {
		return Cohort{}, err
	}
	return c, s.act(ctx, a, c, "cohort.plan")
}

// check is what tidy says, and what only the records know.
func (s *Cohorts) check(ctx context.Context, within []lms.OrganisationID, t *Terms) error {
	if err := t.tidy(); err != nil {
		return err
	}
	for _, o := range t.Audience.Enti {
		if _, err := s.school.Organisations.Find(ctx, o); err != nil {
			return cmp.Or(unlessNotFound(err), error(lms.Wrong("enti", "error.organisation.unknown")))
		}
	}
	for _, c := range t.Requires {
		if _, err := s.school.Library.Find(ctx, c); err != nil {
			return cmp.Or(unlessNotFound(err), error(lms.Wrong("requires", "error.course.unknown")))
		}
	}
	for _, id := range t.Instructors {
		a, _, err := s.actor(ctx, id)
		if unlessNotFound(err) != nil {
			return err
		}
		if !slices.ContainsFunc(a.Roots(lms.Instructor), func(o lms.OrganisationID) bool { return slices.Contains(within, o) }) {
			return lms.Wrong("instructors", "error.cohort.instructor")
		}
	}
	return nil
}

func checkCapacity(n int) error {
	if n < 0 || n > maxCapacity {
		return lms.Wrong("capacity", "error.cohort.capacity")
	}
	return nil
}

// kept reads a cohort that the actor keeps; NotFound for whoever may not see it, Forbidden for whoever may only see it.
func (s *Cohorts) kept(ctx context.Context, a lms.Actor, id ID) (Cohort, error) {
	if err := a.MustKeep(); err != nil && !lms.Is(err, lms.Forbidden) {
		return Cohort{}, err
	}
	seen, err := s.Find(ctx, a, id)
	if err != nil {
		return Cohort{}, err
	}
	if !seen.Keeps {
		return Cohort{}, lms.Fail(lms.Forbidden, "error.role")
	}
	return seen.Cohort, a.MustKeep()
}

// Revise changes the terms of a cohort. Whoever has a seat keeps it.
func (s *Cohorts) Revise(ctx context.Context, a lms.Actor, id ID, t Terms) (Cohort, error) {
	c, err := s.kept(ctx, a, id)
	if err != nil {
		return Cohort{}, err
	}
	if err := s.check(ctx, c.Within, &t); err != nil {
		return Cohort{}, err
	}
	c, err = s.cohorts.Change(ctx, string(id), func(c *Cohort) error {
		if !c.Cancelled.IsZero() {
			return conflict("error.cohort.cancelled")
		}
		was := c.dates()
		c.Terms = t
		c.Behind = c.Behind || c.dates() != was
		return nil
	})
	if err == nil && c.Behind {
		err = s.follow(ctx, c)
	}
	if err != nil {
		return c, err
	}
	return c, s.act(ctx, a, c, "cohort.revise")
}

// Resize changes how many seats there are; never to fewer than are taken. Who waits is seated at once where seats become free.
func (s *Cohorts) Resize(ctx context.Context, a lms.Actor, id ID, capacity int) error {
	if err := checkCapacity(capacity); err != nil {
		return err
	}
	c, err := s.kept(ctx, a, id)
	if err != nil {
		return err
	}
	if err := s.resize(ctx, c, capacity); err != nil {
		return err
	}
	return s.act(ctx, a, c, "cohort.resize")
}

func (s *Cohorts) resize(ctx context.Context, c Cohort, capacity int) error {
	if err := checkCapacity(capacity); err != nil {
		return err
	}
	return s.change(ctx, c, func(x *Seats) error {
		if capacity > 0 && capacity < len(x.Seated) {
			return lms.Wrong("capacity", "error.cohort.taken")
		}
		x.Capacity = capacity
		return nil
	})
}

// Publish opens a cohort: its edition is pinned, and people may see it and get in by its ways. The same again changes nothing.
func (s *Cohorts) Publish(ctx context.Context, a lms.Actor, id ID) (Cohort, error) {
	c, err := s.kept(ctx, a, id)
	if err != nil {
		return c, err
	}
	head, err := s.school.Library.Find(ctx, c.Course)
	if err != nil {
		return c, err
	}
	return s.mark(ctx, a, id, "cohort.open", func(c *Cohort) error {
		switch {
		case !c.Cancelled.IsZero():
			return conflict("error.cohort.cancelled")
		case head.Latest().Number == 0:
			return conflict("error.course.closed")
		case len(c.Terms.Ways) == 0:
			return lms.Wrong("ways", "error.required")
		case c.Opened.IsZero():
			c.Opened, c.Edition = s.now(), head.Latest().Number
		}
		return nil
	})
}

// Shut closes a cohort to further people, or with open true lets them in again. Who waits may still be seated.
func (s *Cohorts) Shut(ctx context.Context, a lms.Actor, id ID, open bool) (Cohort, error) {
	if _, err := s.kept(ctx, a, id); err != nil {
		return Cohort{}, err
	}
	return s.mark(ctx, a, id, "cohort.close", func(c *Cohort) error {
		switch {
		case open:
			c.Closed = time.Time{}
		case c.Closed.IsZero():
			c.Closed = s.now()
		}
		return nil
	})
}

// Cancel says that a cohort does not take place, and why: everybody in it is told, and nobody is in it any more. It cannot be taken back.
func (s *Cohorts) Cancel(ctx context.Context, a lms.Actor, id ID, reason string) (Cohort, error) {
	reason, err := reasonGiven(reason)
	if err != nil {
		return Cohort{}, err
	}
	if _, err := s.kept(ctx, a, id); err != nil {
		return Cohort{}, err
	}
	c, err := s.mark(ctx, a, id, "cohort.cancel", func(c *Cohort) error {
		if c.Cancelled.IsZero() {
			c.Cancelled, c.Reason, c.Behind = s.now(), reason, true
		}
		return nil
	})
	if err != nil {
		return c, err
	}
	return c, s.follow(ctx, c)
}

// reasonGiven refuses no reason, and one that is a book.
func reasonGiven(s string) (string, error) {
	s = strings.TrimSpace(s)
	switch {
	case s == "":
		return s, lms.Wrong("reason", "error.required")
	case len(s) > maxReason:
		return s, lms.Wrong("reason", "error.long")
	}
	return s, nil
}

func (s *Cohorts) mark(ctx context.Context, a lms.Actor, id ID, verb string, decide func(*Cohort) error) (Cohort, error) {
	c, err := s.cohorts.Change(ctx, string(id), decide)
	if err != nil {
		return c, err
	}
	return c, s.act(ctx, a, c, verb)
}

// act notes what somebody of the staff did to a cohort.
func (s *Cohorts) act(ctx context.Context, a lms.Actor, c Cohort, verb string) error {
	return s.noted(ctx, a, lms.Act{Verb: verb, Object: string(c.ID), Within: c.Within, Role: a.By(c.Within), Details: c.subject()})
}
