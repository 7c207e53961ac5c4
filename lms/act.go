package lms

import "context"

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
