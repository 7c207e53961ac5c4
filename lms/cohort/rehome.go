package cohort

import (
	"cmp"
	"context"
	"slices"

	"aulacomune/lms"
)

// Rehome gives the seats and registrations of somebody who was known twice to the person who stays: who was in a cohort as both keeps the better place, and a
// seat that becomes free goes to who waits. Nobody is written to about it. Called again it goes on. It asks nobody: lms/roll decides it.
func (s *Cohorts) Rehome(ctx context.Context, from lms.PersonID, to lms.Person) error {
	all, err := s.registrations.All(ctx, lms.Query{Index: "person", Prefix: string(from) + "/"})
	for _, r := range all {
		if err == nil {
			err = s.rehome(ctx, r, to)
		}
	}
	return err
}

// rehome moves one: the seat first, so that where it is cut off the registration says that there is something left to move.
func (s *Cohorts) rehome(ctx context.Context, r Registration, to lms.Person) error {
	c, err := s.cohorts.Find(ctx, string(r.Cohort))
	if err == nil {
		err = s.change(ctx, c, func(x *Seats) error { x.rename(r.Person, to.ID); return nil })
	}
	if err != nil {
		return err
	}
	moved := r
	moved.Person, moved.Name = to.ID, lms.Fold(to.Family+" "+to.Given)
	err = s.registrations.Add(ctx, moved)
	if lms.IsTaken(err, "id") {
		_, err = s.registrations.Change(ctx, registrationID(r.Cohort, to.ID), func(x *Registration) error {
			if better(r.Place(), x.Place()) {
				x.Member, x.History = r.Member, r.History
			}
			x.Enrolment = cmp.Or(x.Enrolment, r.Enrolment)
			return nil
		})
	}
	if err != nil {
		return err
	}
	return unlessNotFound(s.registrations.Remove(ctx, registrationID(r.Cohort, r.Person)))
}

// better says whether one place is more than another.
func better(a, b Place) bool {
	worth := func(p Place) int {
		switch {
		case p.Has():
			return 2
		case p == Waiting:
			return 1
		}
		return 0
	}
	return worth(a) > worth(b)
}

// rename gives what somebody has to who they turned out to be, at its place in the order. Who is there as both keeps the better of the two.
func (s *Seats) rename(from, to lms.PersonID) {
	had, _ := s.Of(from)
	has, _ := s.Of(to)
	drop := from
	if better(had, has) {
		drop = to
	}
	if had != "" && has != "" {
		is := func(x Seat) bool { return x.Person == drop }
		s.Seated, s.Waiting = slices.DeleteFunc(slices.Clone(s.Seated), is), slices.DeleteFunc(slices.Clone(s.Waiting), is)
	}
	for _, list := range []*[]Seat{&s.Seated, &s.Waiting} {
		*list = slices.Clone(*list)
		for i := range *list {
			if (*list)[i].Person == from {
				(*list)[i].Person = to
			}
		}
	}
	s.Due = slices.Clone(s.Due)
	for i := range s.Due {
		if s.Due[i].Seat.Person == from {
			s.Due[i].Seat.Person = to
		}
	}
}
