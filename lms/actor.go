package lms

import (
	"slices"
	"time"
)

// Actor is who asks. The zero Actor is nobody.
type Actor struct {
	ID          PersonID
	Name        string
	Lang        string
	Memberships []Membership // those that hold now
	Scope       Scope        // what the credential allows; Everything for a session
}

// Scope limits what a token may do.
type Scope string

// The scopes.
const (
	Everything   Scope = ""        // a session of the person
	ScopePublish Scope = "publish" // publish courses
	ScopeRead    Scope = "read"    // read, change nothing
)

// ActorOf is a person as an actor at a moment.
func ActorOf(p Person, now time.Time, scope Scope) Actor {
	var ms []Membership
	for _, m := range p.Memberships {
		if m.At(now) {
			ms = append(ms, m)
		}
	}
	return Actor{ID: p.ID, Name: p.Name(), Lang: p.Lang, Memberships: ms, Scope: scope}
}

// Nobody says that no one is signed in.
func (a Actor) Nobody() bool { return a.ID == "" }

// Roots are the organisations in which the actor holds a role.
func (a Actor) Roots(r Role) []OrganisationID {
	var out []OrganisationID
	for _, m := range a.Memberships {
		if m.Role == r && !slices.Contains(out, m.Organisation) {
			out = append(out, m.Organisation)
		}
	}
	return out
}

// Is says whether the actor holds a role anywhere.
func (a Actor) Is(r Role) bool { return len(a.Roots(r)) > 0 }

// Has says whether the actor holds a role in an organisation, given with all above it.
func (a Actor) Has(r Role, within []OrganisationID) bool {
	return slices.ContainsFunc(a.Roots(r), func(o OrganisationID) bool { return slices.Contains(within, o) })
}

// must refuses nobody, tokens whose scope does not cover a change, and actors without the role.
func (a Actor) must(r Role) error {
	switch {
	case a.Nobody():
		return Fail(SignIn, "error.signin")
	case a.Scope == ScopeRead, a.Scope == ScopePublish && r != Author:
		return Fail(Forbidden, "error.scope")
	case r != Learner && !a.Is(r):
		return Fail(Forbidden, "error.role")
	}
	return nil
}

// mayRead refuses nobody and tokens that are only for publishing.
func (a Actor) mayRead() error {
	switch {
	case a.Nobody():
		return Fail(SignIn, "error.signin")
	case a.Scope == ScopePublish:
		return Fail(Forbidden, "error.scope")
	}
	return nil
}

// Must refuses nobody, tokens whose scope does not cover a change, and actors without the role. Rooms below lms ask it.
func (a Actor) Must(r Role) error { return a.must(r) }
