package lms

import (
	"context"
	"iter"
	"slices"
)

// What follows asks nobody who they are: rooms below lms decide by it, and show it to nobody who may not see it.

// Known reads a person.
func (s *People) Known(ctx context.Context, id PersonID) (Person, error) {
	p, err := s.people.Find(ctx, string(id))
	return p, asUnknown(err, "error.person.unknown")
}

// ByLogin reads the person with an e-mail address or login name.
func (s *People) ByLogin(ctx context.Context, login string) (Person, error) {
	p, err := s.accounts.byLogin(ctx, FoldLogin(login))
	return p, asUnknown(err, "error.person.unknown")
}

// Amend changes a person as decide says, and signs them out where they may no longer enter.
func (s *People) Amend(ctx context.Context, id PersonID, decide func(*Person) error) (Person, error) {
	p, err := s.people.Change(ctx, string(id), decide)
	if err == nil && !p.MayEnter() {
		err = s.accounts.endSessions(ctx, id)
	}
	s.accounts.actors.ForgetAll()
	return p, asUnknown(err, "error.person.unknown")
}

// WithFiscal yields who has a fiscal number whose hash a query asks for.
func (s *People) WithFiscal(ctx context.Context, q Query) iter.Seq2[Person, error] {
	q.Index = "fiscal"
	return s.people.List(ctx, q)
}

// FromFile yields who came with a file, or had a membership from it.
func (s *People) FromFile(ctx context.Context, intake string) iter.Seq2[Person, error] {
	return s.people.List(ctx, Query{Index: "intake", Equal: intake})
}

// Drop removes somebody who was added by mistake and did nothing yet.
func (s *People) Drop(ctx context.Context, id PersonID) error {
	return s.people.Remove(ctx, string(id))
}

// Holders lists who holds a role now in one of the organisations themselves, not above or below; not who was merged into another.
func (s *People) Holders(ctx context.Context, r Role, orgs ...OrganisationID) ([]Person, error) {
	var keys []string
	for _, o := range orgs {
		keys = append(keys, string(o)+"/"+string(r))
	}
	found, _, err := s.people.Page(ctx, Query{Index: "role", In: keys})
	return slices.DeleteFunc(found, func(p Person) bool {
		return p.Into != "" || !slices.ContainsFunc(p.Memberships, func(m Membership) bool { return m.Role == r && m.At(s.now()) && slices.Contains(orgs, m.Organisation) })
	}), err
}

// Within yields who belongs or belonged to an organisation or below, by name.
func (s *People) Within(ctx context.Context, org OrganisationID) iter.Seq2[Person, error] {
	return s.people.List(ctx, Query{Index: "within", Prefix: string(org) + "/f/"})
}

// OfEnte yields who belongs or belonged to an organisation itself, not to one below it, by name.
func (s *People) OfEnte(ctx context.Context, org OrganisationID) iter.Seq2[Person, error] {
	return s.people.List(ctx, Query{Index: "ente", Prefix: string(org) + "/"})
}

// Namesakes lists the first of those who belong or belonged to an organisation itself and are called the same, as Fold compares names.
func (s *People) Namesakes(ctx context.Context, org OrganisationID, family, given string) ([]Person, error) {
	found, _, err := s.people.Page(ctx, Query{Index: "ente", Equal: string(org) + "/" + Fold(family+" "+given), Limit: 5})
	return found, err
}

// Relocate gives records the place in the tree of the organisation they belong to; place gives nil for one that did not move. The records have an index
// "within" whose keys begin with an organisation, and at tells a record's organisation and where it keeps the place. Each may be written again.
func Relocate[T any](ctx context.Context, r *Records[T], org OrganisationID, place func(OrganisationID) []OrganisationID, at func(*T) (OrganisationID, *[]OrganisationID)) error {
	for t, err := range r.List(ctx, Query{Index: "within", Prefix: string(org) + "/"}) {
		if err != nil {
			return err
		}
		o, kept := at(&t)
		if within := place(o); within != nil && !slices.Equal(*kept, within) {
			_, err := r.Change(ctx, r.ID(t), func(t *T) error { _, kept := at(t); *kept = within; return nil })
			if err != nil && !Is(err, NotFound) {
				return err
			}
		}
	}
	return nil
}

// Relocate gives the enrolments of an organisation's people the place of that organisation in the tree; nil leaves one as it is.
func (s *Learning) Relocate(ctx context.Context, org OrganisationID, place func(OrganisationID) []OrganisationID) error {
	return Relocate(ctx, s.enrolments, org, place, func(e *Enrolment) (OrganisationID, *[]OrganisationID) {
		return e.Member.Organisation, &e.Member.Within
	})
}

// Relocate gives courses the place of their organisation in the tree; nil leaves one as it is.
func (l *Library) Relocate(ctx context.Context, place func(OrganisationID) []OrganisationID) error {
	for c, err := range l.courses.List(ctx, Query{}) {
		if within := place(c.Organisation); err == nil && within != nil && !slices.Equal(c.Within, within) {
			_, err = l.courses.Change(ctx, string(c.Slug), func(c *Course) error { c.Within = within; return nil })
			l.heads.Forget(c.Slug)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
