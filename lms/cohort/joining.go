package cohort

import (
	"context"
	"crypto/subtle"
	"slices"
	"strings"

	"aulacomune/course"
	"aulacomune/lms"
)

// Whereabouts is where somebody is in a cohort.
type Whereabouts struct {
	Place    Place // "" is nowhere
	Position int   // from 1: of the seat, or in the queue
}

// gate says why somebody cannot get in now, whichever way they take; nil where they can.
func (s *Cohorts) gate(ctx context.Context, c Cohort, p lms.Person) error {
	belongs, err := s.Belongs(ctx, c.Terms.Audience, p)
	if err != nil {
		return err
	}
	if !belongs {
		return lms.Fail(lms.Forbidden, outside)
	}
	if err := c.Accepts(s.Today(), s.now()); err != nil {
		return err
	}
	for _, slug := range c.Terms.Requires {
		done, err := s.completed(ctx, p.ID, slug)
		if err != nil {
			return err
		}
		if !done {
			return conflict("error.cohort.requires")
		}
	}
	return nil
}

// completed says whether somebody has ever completed a course.
func (s *Cohorts) completed(ctx context.Context, p lms.PersonID, slug course.Slug) (bool, error) {
	e, ok, err := s.school.Learning.Taken(ctx, p, slug)
	return ok && (e.Turn > 1 || !e.Completed.IsZero()), err
}

// Join lets the actor into a cohort of a course by themselves: freely, by the list of the invited, or by the access code. Where no seat is free they wait
// for one. Who is in it already stays where they are.
func (s *Cohorts) Join(ctx context.Context, a lms.Actor, id ID, code string) (Whereabouts, error) {
	return s.join(ctx, a, id, code, false)
}

// join reads as little as it can, as many may come at once: where somebody stands already, the seats say when they are asked for one.
func (s *Cohorts) join(ctx context.Context, a lms.Actor, id ID, code string, webinar bool) (Whereabouts, error) {
	if err := a.Must(lms.Learner); err != nil {
		return Whereabouts{}, err
	}
	c, err := s.cohorts.Find(ctx, string(id))
	if err == nil && (c.Webinar != "") != webinar {
		err = lms.Fail(lms.NotFound, "error.cohort.unknown")
	}
	if err != nil {
		return Whereabouts{}, asUnknown(err)
	}
	_, p, err := s.actor(ctx, a.ID)
	if err != nil {
		return Whereabouts{}, err
	}
	via := Way("")
	if err = s.gate(ctx, c, p); err == nil {
		via, err = s.way(c, p, code)
	}
	if err != nil {
		return s.inOr(ctx, a, c, err)
	}
	m, err := s.MemberFor(ctx, c, p)
	if err != nil {
		return Whereabouts{}, err
	}
	return s.seat(ctx, c, Seat{Person: p.ID, Ente: m.Organisation, Via: via, By: p.ID, Since: s.now()})
}

// inOr is where somebody stands who could not get in now: who is in stays in. Whoever may not see the cohort hears that there is none.
func (s *Cohorts) inOr(ctx context.Context, a lms.Actor, c Cohort, why error) (Whereabouts, error) {
	seen, err := s.either(ctx, a, c.ID)
	switch {
	case err != nil:
		return Whereabouts{}, err
	case seen.Mine != "":
		return Whereabouts{seen.Mine, seen.Position}, nil
	}
	return Whereabouts{}, why
}

// way is the way by which somebody gets in who comes by themselves.
func (s *Cohorts) way(c Cohort, p lms.Person, code string) (Way, error) {
	open := func(w Way) bool { return slices.Contains(c.Terms.Ways, w) }
	switch {
	case open(WayFree):
		return WayFree, nil
	case open(WayInvitation) && c.Terms.invites(p):
		return WayInvitation, nil
	case open(WayCode) && code != "":
		key := string(c.ID) + "/" + string(p.ID)
		if err := s.guesses.Try(s.now(), key); err != nil {
			return "", err
		}
		if subtle.ConstantTimeCompare([]byte(lms.Fold(code)), []byte(lms.Fold(c.Terms.Code))) != 1 {
			return "", lms.Wrong("code", "error.cohort.code")
		}
		s.guesses.Succeeded(key)
		return WayCode, nil
	case open(WayCode):
		return "", lms.Wrong("code", "error.cohort.code")
	case open(WayRequest):
		return "", conflict("error.cohort.ask")
	}
	return "", lms.Fail(lms.Forbidden, "error.cohort.invitation")
}

// MemberFor is as whose member somebody comes into a cohort. It asks nobody who they are.
func (s *Cohorts) MemberFor(ctx context.Context, c Cohort, p lms.Person) (lms.Membership, error) {
	groups, err := s.groupsFor(ctx, c.Terms.Audience, p.ID)
	m, ok := c.Terms.Audience.membership(p, groups, s.now())
	if !ok {
		m = p.Current(s.now())
	}
	return m, err
}

// MayAsk reads a cohort, of a course or of a webinar, for somebody who wants to ask to get in: open to requests, to them, and now.
func (s *Cohorts) MayAsk(ctx context.Context, a lms.Actor, id ID) (Cohort, error) {
	seen, err := s.either(ctx, a, id)
	switch {
	case err != nil:
		return Cohort{}, err
	case seen.Mine != "":
		return Cohort{}, conflict("error.cohort.in")
	case seen.Why != nil:
		return Cohort{}, seen.Why
	case !slices.Contains(seen.Terms.Ways, WayRequest):
		return Cohort{}, conflict("error.cohort.norequest")
	}
	return seen.Cohort, nil
}

// Known reads a cohort. It asks nobody who they are: rooms that decide by it show it to nobody who may not see it.
func (s *Cohorts) Known(ctx context.Context, id ID) (Cohort, error) {
	c, err := s.cohorts.Find(ctx, string(id))
	return c, asUnknown(err)
}

// Admit lets somebody in whose request was agreed to. It asks nobody: the leave was given. The same again changes nothing. Conflict where the cohort
// takes nobody any more; to have asked in time is enough.
func (s *Cohorts) Admit(ctx context.Context, id ID, p lms.PersonID, ente lms.OrganisationID, by lms.PersonID) (Whereabouts, error) {
	c, err := s.cohorts.Find(ctx, string(id))
	if err != nil {
		return Whereabouts{}, asUnknown(err)
	}
	if !c.live(s.Today(), s.now()) {
		return Whereabouts{}, conflict("error.cohort.closed")
	}
	return s.seat(ctx, c, Seat{Person: p, Ente: ente, Via: WayRequest, By: by, Since: s.now()})
}

// Enter puts somebody into a cohort: one of the actor's own people. Who keeps the cohort may do so when it is closed to others, and whatever its
// audience; everyone else as far as the person could get in.
func (s *Cohorts) Enter(ctx context.Context, a lms.Actor, id ID, person lms.PersonID) (Whereabouts, error) {
	seen, p, err := s.handled(ctx, a, id, person)
	if err != nil {
		return Whereabouts{}, err
	}
	m, mine := s.theirs(a, p)
	if !mine {
		return Whereabouts{}, lms.Fail(lms.NotFound, "error.person.unknown")
	}
	if !seen.live(s.Today(), s.now()) {
		return Whereabouts{}, conflict("error.cohort.closed")
	}
	if !seen.Keeps {
		if err := s.gate(ctx, seen.Cohort, p); err != nil {
			return Whereabouts{}, err
		}
		if slices.Contains(seen.Terms.Steps, StepPersonnel) && !a.Keeps(m.Within) {
			return Whereabouts{}, conflict("error.cohort.ask") // a manager's word alone is not enough
		}
	}
	w, err := s.seat(ctx, seen.Cohort, Seat{Person: p.ID, Ente: m.Organisation, Via: WayStaff, By: a.ID, Since: s.now()})
	if err != nil {
		return w, err
	}
	s.settleSoon(ctx, seen.Cohort)
	return w, s.actOn(ctx, a, seen.Cohort, "cohort.enter", p)
}

// Remove takes somebody out of a cohort, with a reason that they are told: one of the actor's own people, or anybody where the actor keeps the cohort.
// What they did in the course stays theirs.
func (s *Cohorts) Remove(ctx context.Context, a lms.Actor, id ID, person lms.PersonID, reason string) error {
	reason, err := reasonGiven(reason)
	if err != nil {
		return err
	}
	seen, p, err := s.handled(ctx, a, id, person)
	if err != nil {
		return err
	}
	err = s.change(ctx, seen.Cohort, func(x *Seats) error {
		if place, _ := x.Of(person); place == "" {
			return lms.Fail(lms.NotFound, "error.person.unknown")
		}
		x.leave(person, Removed, Act{By: a.ID, At: s.now(), Reason: reason})
		return nil
	})
	if err != nil {
		return err
	}
	s.settleSoon(ctx, seen.Cohort)
	return s.actOn(ctx, a, seen.Cohort, "cohort.remove", p)
}

// Transfer takes somebody from one cohort to another of the same course, where a seat is free. What they did in the course goes on.
func (s *Cohorts) Transfer(ctx context.Context, a lms.Actor, from, to ID, person lms.PersonID) error {
	source, err := s.kept(ctx, a, from)
	if err != nil {
		return err
	}
	target, err := s.kept(ctx, a, to)
	if err != nil {
		return err
	}
	if source.Course != target.Course || from == to {
		return lms.Wrong("to", "error.cohort.other")
	}
	here, err := s.seats.Find(ctx, string(from))
	if err != nil {
		return err
	}
	i := slices.IndexFunc(slices.Concat(here.Seated, here.Waiting), func(x Seat) bool { return x.Person == person })
	if i < 0 {
		return lms.Fail(lms.NotFound, "error.person.unknown")
	}
	seat := slices.Concat(here.Seated, here.Waiting)[i]
	seat.Via, seat.By, seat.Since = WayStaff, a.ID, s.now()
	err = s.change(ctx, target, func(x *Seats) error {
		if place, _ := x.Of(person); place != Seated && (x.Free() < 1 || len(x.Waiting) > 0) {
			return conflict("error.cohort.full")
		}
		x.take(seat, a.ID)
		return nil
	})
	if err != nil {
		return err
	}
	err = s.change(ctx, source, func(x *Seats) error {
		x.leave(person, Left, Act{By: a.ID, At: s.now()})
		return nil
	})
	if err != nil {
		return err
	}
	return s.actOn(ctx, a, target, "cohort.transfer", lms.Person{ID: person})
}

// Leave takes the actor out of a cohort. What they did in the course stays theirs.
func (s *Cohorts) Leave(ctx context.Context, a lms.Actor, id ID) error {
	if err := a.Must(lms.Learner); err != nil {
		return err
	}
	seen, err := s.Find(ctx, a, id)
	if err != nil {
		return err
	}
	if seen.Now == StateOver {
		return conflict("error.cohort.closed")
	}
	return s.change(ctx, seen.Cohort, func(x *Seats) error {
		x.leave(a.ID, Left, Act{By: a.ID, At: s.now()})
		return nil
	})
}

// handled reads a cohort, of a course or of a webinar, and a person about whom the actor may do something there: their own people in a cohort they may see, or anybody in one they keep.
func (s *Cohorts) handled(ctx context.Context, a lms.Actor, id ID, person lms.PersonID) (Seen, lms.Person, error) {
	if err := a.Must(lms.Learner); err != nil {
		return Seen{}, lms.Person{}, err
	}
	seen, err := s.either(ctx, a, id)
	if err != nil {
		return seen, lms.Person{}, err
	}
	if len(a.Kept()) == 0 && !a.Is(lms.Manager) {
		return seen, lms.Person{}, lms.Fail(lms.Forbidden, "error.role")
	}
	p, err := s.school.People.Known(ctx, person)
	if err != nil {
		return seen, p, err
	}
	if _, mine := s.theirs(a, p); !mine && !seen.Keeps {
		return seen, lms.Person{}, lms.Fail(lms.NotFound, "error.person.unknown")
	}
	return seen, p, nil
}

// theirs says whether somebody is one of the actor's own people, and by which membership: the actor keeps the people there, or is their manager.
func (s *Cohorts) theirs(a lms.Actor, p lms.Person) (lms.Membership, bool) {
	for _, m := range p.Memberships {
		if m.At(s.now()) && a.Keeps(m.Within) {
			return m, true
		}
	}
	return p.Current(s.now()), a.Manages(p, s.now())
}

// actOn notes what somebody of the staff did to a person in a cohort: in the cohort's organisation where they keep it, else in the person's.
func (s *Cohorts) actOn(ctx context.Context, a lms.Actor, c Cohort, verb string, p lms.Person) error {
	if c.Webinar != "" {
		verb = "webinar" + strings.TrimPrefix(verb, "cohort")
	}
	within := c.Within
	if !a.Keeps(within) {
		m, _ := s.theirs(a, p)
		within = m.Within
	}
	return s.noted(ctx, a, lms.Act{Verb: verb, Object: string(c.ID), Person: p.ID, Within: within, Role: a.By(within), Details: c.subject()})
}
