package lms

import (
	"slices"
	"time"
)

// Actor is who asks. The zero Actor is nobody.
type Actor struct {
	ID          PersonID
	Also        []PersonID // who they were before they were found to be the same person
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
	return Actor{ID: p.ID, Also: p.Also, Name: p.Name(), Lang: p.Lang, Memberships: ms, Scope: scope}
}

// ids are those under which the actor is known.
func (a Actor) ids() (out []string) {
	for _, id := range append([]PersonID{a.ID}, a.Also...) {
		out = append(out, string(id))
	}
	return out
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

// Keeps says whether the actor keeps the people of an organisation, given with all above it: its referent, or an administrator.
func (a Actor) Keeps(within []OrganisationID) bool {
	return a.Has(Administrator, within) || a.Has(Referent, within)
}

// MayGive says whether the actor may make somebody hold a role, or act for somebody who does: a referent gives none that reaches further than their own.
func (a Actor) MayGive(r Role, within []OrganisationID) bool {
	return a.Has(Administrator, within) || a.Has(Referent, within) && slices.Contains([]Role{Learner, Manager, Instructor}, r)
}

// Kept are the organisations whose people the actor keeps.
func (a Actor) Kept() []OrganisationID {
	out := a.Roots(Administrator)
	for _, o := range a.Roots(Referent) {
		if !slices.Contains(out, o) {
			out = append(out, o)
		}
	}
	return out
}

// By is the role by which the actor does something in an organisation, given with all above it: of those they hold there the one that lets do most; "" where
// they hold none.
func (a Actor) By(within []OrganisationID) Role {
	for _, r := range slices.Backward(Roles()) {
		if a.Has(r, within) {
			return r
		}
	}
	return ""
}

// Manages says whether somebody answers to the actor: named in a membership as manager, or of the same office now, or of the organisation where the
// manager has no office. Nobody is their own manager.
func (a Actor) Manages(p Person, now time.Time) bool {
	return p.ID != a.ID && slices.ContainsFunc(a.Memberships, func(m Membership) bool {
		return m.Role == Manager && slices.ContainsFunc(p.Memberships, func(of Membership) bool { return of.At(now) && m.manages(p.ID, of) })
	})
}

// manages says whether a manager's membership reaches somebody by one of theirs.
func (m Membership) manages(p PersonID, of Membership) bool {
	if !slices.Contains(of.Within, m.Organisation) {
		return false
	}
	if len(m.Reports) > 0 {
		return slices.Contains(m.Reports, p)
	}
	return m.Office == "" || of.Organisation == m.Organisation && Fold(of.Office) == Fold(m.Office)
}

// MustKeep refuses nobody, tokens whose scope does not cover a change, and actors who keep no people.
func (a Actor) MustKeep() error {
	if err := a.must(Learner); err != nil {
		return err
	}
	if len(a.Kept()) == 0 {
		return Fail(Forbidden, "error.role")
	}
	return nil
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
