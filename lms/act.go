package lms

import (
	"context"
	"strconv"
)

// Act is what somebody of the staff did: a row of the log that lms/audit keeps. Learning and signing in are no acts.
type Act struct {
	Verb     string            // "person.move", "hours.validate", "person.read": those that lms/audit knows
	Object   string            // id of what was acted on
	Person   PersonID          // whom it concerns; "" for nobody
	Within   []OrganisationID  // as Organisation.Within where it happened: who keeps people there may read the act
	Role     Role              // by which role
	Details  map[string]string // nothing personal
	Personal map[string]string // kept apart so that it can be erased: the log holds a salted hash of it
	Key      string            // noted again with the same key, it is one act; "" for an act of its own every time
}

// Note writes an act into the log, after it was done. The zero Actor is the command line of the machine itself.
type Note func(ctx context.Context, a Actor, act Act) error

// Of notes an act where somebody keeps a log. Rooms below lms ask it, after the act was done.
func (n Note) Of(ctx context.Context, a Actor, act Act) error { return n.of(ctx, nil, a, act) }

// of notes an act where somebody keeps a log, unless err says that it was not done.
func (n Note) of(ctx context.Context, err error, a Actor, act Act) error {
	if err != nil || n == nil {
		return err
	}
	return n(ctx, a, act)
}

// edition is what an act says of an edition.
func edition(n int) map[string]string { return map[string]string{"edition": strconv.Itoa(n)} }

// act is an act about an enrolment. What is done twice about the same is two acts, but for reading: that is one a day.
func (e Enrolment) act(verb string) Act {
	a := Act{Verb: verb, Object: string(e.ID), Person: e.Person, Within: e.Member.Within, Details: edition(e.Edition)}
	a.Details["course"] = string(e.Course)
	return a
}

// aboutPerson is an act about somebody whom the actor keeps, in the organisation by which they do.
func aboutPerson(verb string, p Person, a Actor) Act {
	act := Act{Verb: verb, Object: string(p.ID), Person: p.ID}
	if seen := p.asSeenBy(a).Memberships; len(seen) > 0 {
		act.Within = seen[0].Within
	}
	return act
}
