package signin

import (
	"context"
	"slices"
	"time"

	"aulacomune/lms"
)

// Way is how an account at a provider came to be somebody's.
type Way string

// The ways.
const (
	Themselves Way = "self"   // they linked it while they were signed in
	ByFiscal   Way = "fiscal" // the provider said their fiscal number
	ByEmail    Way = "email"  // the provider said their e-mail address, and is trusted for its domain
)

// Identity is an account at a provider that is somebody's. Its id is the hash of issuer and subject.
type Identity struct {
	ID       string       `json:"id"`
	Person   lms.PersonID `json:"person"`
	Issuer   string       `json:"issuer"`
	Provider string       `json:"provider"` // its id when it was linked
	Way      Way          `json:"way"`
	Linked   time.Time    `json:"linked"`
}

var identities = lms.Noun[Identity]{
	Name:    "signin_identities",
	ID:      func(i Identity) string { return i.ID },
	Indexes: []lms.Index[Identity]{{Name: "person", Keys: func(i Identity) []string { return []string{string(i.Person)} }}},
}

// subjectID names an account at a provider without saying which.
func subjectID(issuer, subject string) string { return hash(issuer + "\n" + subject) }

// Account is a linked account as its person sees it.
type Account struct {
	ID, Provider string // Provider is its name, or its issuer when the installation no longer knows it
	Way          Way
	Linked       time.Time
}

// Accounts lists the actor's linked accounts.
func (s *Service) Accounts(ctx context.Context, a lms.Actor) ([]Account, error) {
	if err := a.Must(lms.Learner); err != nil {
		return nil, err
	}
	all, err := s.identities.All(ctx, lms.Query{Index: "person", Equal: string(a.ID)})
	var out []Account
	for _, i := range all {
		name := i.Issuer
		for _, c := range s.providers {
			if c.provider.Issuer == i.Issuer {
				name = c.provider.Name
			}
		}
		out = append(out, Account{i.ID, name, i.Way, i.Linked})
	}
	return out, err
}

// Told is what is known of a person here, for the copy of their data.
func (s *Service) Told(ctx context.Context, id lms.PersonID) (any, error) {
	all, err := s.identities.All(ctx, lms.Query{Index: "person", Equal: string(id)})
	if len(all) == 0 {
		return nil, err
	}
	return map[string]any{"linked_accounts": all}, err
}

// Unlink lets go of one of the actor's linked accounts.
func (s *Service) Unlink(ctx context.Context, a lms.Actor, id string) error {
	if err := a.Must(lms.Learner); err != nil {
		return err
	}
	i, err := s.identities.Find(ctx, id)
	if err == nil && i.Person != a.ID {
		err = lms.Fail(lms.NotFound, "error.oidc.account")
	}
	if err == nil {
		err = s.identities.Remove(ctx, id)
	}
	if lms.Is(err, lms.NotFound) {
		return lms.Fail(lms.NotFound, "error.oidc.account")
	}
	return err
}

// link makes an account somebody's; Conflict when it is another's.
func (s *Service) link(ctx context.Context, c claims, p lms.PersonID, way Way) error {
	i := Identity{ID: subjectID(c.issuer, c.subject), Person: p, Issuer: c.issuer, Provider: c.provider.ID, Way: way, Linked: s.now()}
	err := s.identities.Add(ctx, i)
	if !lms.IsTaken(err, "id") {
		return err
	}
	_, err = s.identities.Change(ctx, i.ID, func(old *Identity) error {
		if old.Person != p {
			return lms.Fail(lms.Conflict, "error.oidc.taken")
		}
		if way == Themselves { // what a provider said, they now say themselves
			old.Way = way
		}
		return nil
	})
	return err
}

// person finds who somebody is that a provider vouches for, and links the account to them.
func (s *Service) person(ctx context.Context, c claims) (lms.Person, error) {
	p, way, err := s.find(ctx, c)
	if err != nil {
		return p, err
	}
	if err := mayUse(p, way, s.now()); err != nil {
		return p, err
	}
	if way == ByEmail {
		if err := s.mayBeTheirs(ctx, c, p); err != nil {
			return p, err
		}
	}
	return p, s.link(ctx, c, p.ID, way)
}

// find looks for the linked account, then for the fiscal number, then for the address.
func (s *Service) find(ctx context.Context, c claims) (lms.Person, Way, error) {
	i, err := s.identities.Find(ctx, subjectID(c.issuer, c.subject))
	if err == nil {
		p, err := s.known(s.school.People.Known(ctx, i.Person))
		return p, i.Way, err
	}
	if !lms.Is(err, lms.NotFound) {
		return lms.Person{}, "", err
	}
	if c.fiscal != "" {
		if p, err := s.fiscal.Find(ctx, c.fiscal); !lms.Is(err, lms.NotFound) {
			return p, ByFiscal, err
		}
	}
	if c.email == "" || !c.verified || !c.provider.trusts(c.email) {
		return lms.Person{}, "", lms.Fail(lms.Forbidden, "error.oidc.unknown")
	}
	p, err := s.known(s.school.People.ByLogin(ctx, c.email))
	if err == nil && lms.FoldLogin(p.Email) != lms.FoldLogin(c.email) { // a login name is no address
		err = lms.Fail(lms.Forbidden, "error.oidc.unknown")
	}
	return p, ByEmail, err
}

// known says of nobody that nobody is known.
func (s *Service) known(p lms.Person, err error) (lms.Person, error) {
	if lms.Is(err, lms.NotFound) {
		return p, lms.Fail(lms.Forbidden, "error.oidc.unknown")
	}
	return p, err
}

// mayUse says whether a way opens somebody's account: what a provider says opens no administrator's, and by an address alone nobody's with a role.
func mayUse(p lms.Person, way Way, now time.Time) error {
	holds := func(roles ...lms.Role) bool {
		return slices.ContainsFunc(p.Memberships, func(m lms.Membership) bool {
			return (m.To.IsZero() || now.Before(m.To)) && slices.Contains(roles, m.Role)
		})
	}
	others := slices.DeleteFunc(lms.Roles(), func(r lms.Role) bool { return r == lms.Learner })
	switch {
	case !p.MayEnter():
		return lms.Fail(lms.Forbidden, "error.oidc.closed")
	case way == Themselves:
		return nil
	case holds(lms.Administrator), way == ByEmail && holds(others...):
		return lms.Fail(lms.Forbidden, "error.oidc.role")
	}
	return nil
}

// mayBeTheirs refuses an address that was given to somebody else since: its person has another account at this provider, or another fiscal number.
func (s *Service) mayBeTheirs(ctx context.Context, c claims, p lms.Person) error {
	all, err := s.identities.All(ctx, lms.Query{Index: "person", Equal: string(p.ID)})
	if err != nil {
		return err
	}
	other := slices.ContainsFunc(all, func(i Identity) bool { return i.Issuer == c.issuer && i.ID != subjectID(c.issuer, c.subject) })
	if other || c.fiscal != "" && p.Fiscal.Hash != "" { // were it the same number, they had been found by it
		return lms.Fail(lms.Forbidden, "error.oidc.changed")
	}
	return nil
}
