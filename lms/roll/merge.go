package roll

import (
	"context"
	"slices"
	"time"

	"aulacomune/lms"
)

// Merge says that two are one person: keep stays, double is known as keep from here on. What both did is keep's: enrolments, with what was done in them, hours,
// places in cohorts and webinars, and certificates; the rows of registers go on naming double, and are found by both. Where double belonged becomes keep's too, but never a role, nor how somebody
// with a role signed in: a double who holds a role that keep does not is refused until it is taken away. It cannot be undone, may be called again, and goes on
// where it was cut off.
func (r *Roll) Merge(ctx context.Context, a lms.Actor, keep, double lms.PersonID) (lms.Person, error) {
	k, d, err := r.two(ctx, a, keep, double)
	if err != nil {
		return k, err
	}
	if d.Into == "" && len(r.inTheWay(k, d)) > 0 {
		return k, lms.Wrong("person", "error.merge.roles")
	}
	email, login, names := passesOn(k, d)
	if d, err = r.school.People.Amend(ctx, double, func(p *lms.Person) error {
		p.Into, p.Email, p.Login, p.Password = keep, "", "", ""
		return nil
	}); err != nil {
		return k, err
	}
	if k, err = r.school.People.Amend(ctx, keep, func(p *lms.Person) error { takeOver(p, d, email, login); return nil }); err != nil {
		return k, err
	}
	if err := r.school.Learning.Rehome(ctx, double, k); err != nil {
		return k, err
	}
	for _, part := range r.parts {
		if part.Rehome != nil {
			if err := part.Rehome(ctx, double, k); err != nil {
				return k, err
			}
		}
	}
	r.act(ctx, a, "person.merge", k, lms.Act{Object: string(double), Personal: map[string]string{"name": names}, Key: "merge/" + string(double)})
	return k, nil
}

// two reads who stays and who was found to be them, where the actor may merge them.
func (r *Roll) two(ctx context.Context, a lms.Actor, keep, double lms.PersonID) (k, d lms.Person, err error) {
	if k, err = r.ofMine(ctx, a, keep); err != nil {
		return k, d, err
	}
	if d, err = r.school.People.Known(ctx, double); err != nil {
		return k, d, err
	}
	if d.Into != keep { // else it was begun
		if d, err = r.ofMine(ctx, a, double); err != nil {
			return k, d, err
		}
	}
	switch {
	case keep == double:
		return k, d, lms.Wrong("person", "error.merge.same")
	case double == a.ID:
		return k, d, lms.Wrong("person", "error.merge.self")
	}
	for _, p := range []lms.Person{k, d} {
		if err := r.mayActFor(a, p); err != nil {
			return k, d, err
		}
	}
	if k.Into != "" || d.Into != "" && d.Into != keep {
		return k, d, lms.Wrong("person", "error.merge")
	}
	return k, d, nil
}

// inTheWay are the roles that a double holds, or will, and who stays does not.
func (r *Roll) inTheWay(k, d lms.Person) (out []lms.Membership) {
	now := r.now()
	for _, m := range d.Memberships {
		held := slices.ContainsFunc(k.Memberships, func(x lms.Membership) bool {
			reaches := m.Role != lms.Manager || x.Office == "" && len(x.Reports) == 0 || x.Office == m.Office && slices.Equal(x.Reports, m.Reports)
			return x.At(now) && x.Role == m.Role && x.Organisation == m.Organisation && reaches
		})
		if m.Role != lms.Learner && (m.To.IsZero() || m.To.After(now)) && !held {
			out = append(out, m)
		}
	}
	return out
}

// passesOn gives by what who stays may sign in besides: nothing where one of the two holds a role, or held it. names is who the double was.
func passesOn(k, d lms.Person) (email, login, names string) {
	staff := func(m lms.Membership) bool { return m.Role != lms.Learner }
	if slices.ContainsFunc(k.Memberships, staff) || slices.ContainsFunc(d.Memberships, staff) {
		return "", "", d.Name()
	}
	return d.Email, d.Login, d.Name()
}

// takeOver gives the person who stays what the other had and they have not; no role.
func takeOver(p *lms.Person, d lms.Person, email, login string) {
	for _, id := range append([]lms.PersonID{d.ID}, d.Also...) {
		if !slices.Contains(p.Also, id) {
			p.Also = append(slices.Clone(p.Also), id)
		}
	}
	if p.Email == "" {
		p.Email = email
	}
	if p.Login == "" {
		p.Login = login
	}
	for _, m := range d.Memberships {
		same := func(x lms.Membership) bool {
			return x.Organisation == m.Organisation && x.Role == m.Role && (x.From.Equal(m.From) && x.To.Equal(m.To) || x.To.IsZero() && m.To.IsZero())
		}
		if m.Role == lms.Learner && !slices.ContainsFunc(p.Memberships, same) {
			p.Memberships = append(slices.Clone(p.Memberships), m)
		}
	}
}

// Doubles finds people of an ente and below who may be one person: of the same name. Pairs that are the same by their addresses cannot be, as those are
// unique.
func (r *Roll) Doubles(ctx context.Context, a lms.Actor, org lms.OrganisationID, most int) ([][]lms.Person, error) {
	if err := a.MustKeep(); err != nil {
		return nil, err
	}
	o, err := r.school.Organisations.Find(ctx, org)
	if err != nil || !a.Keeps(o.Within) {
		return nil, lms.Fail(lms.NotFound, "error.organisation.unknown")
	}
	var out [][]lms.Person
	var same []lms.Person
	take := func() {
		if len(same) > 1 {
			out = append(out, same)
		}
		same = nil
	}
	for p, err := range r.school.People.Within(ctx, org) { // in the order of their names
		if err != nil {
			return nil, err
		}
		if len(same) > 0 && (sameAs(same[0]) != sameAs(p) || slices.ContainsFunc(same, func(x lms.Person) bool { return x.ID == p.ID })) {
			if sameAs(same[0]) == sameAs(p) {
				continue // again, by another membership
			}
			take()
		}
		if same = append(same, p); len(out) == most {
			break
		}
	}
	take()
	return out, nil
}

func sameAs(p lms.Person) string { return lms.Fold(p.Family + " " + p.Given) }

// Erasure is what remains where a person's data are deleted.
type Erasure struct {
	Reason       string
	Certificates bool // what certificates print of the person is deleted too: where no law asks that it be kept
}

// Erase deletes what is known of somebody (GDPR, art. 17): names, addresses, what they answered, what other rooms know. The rows of registers and of the log
// of acts stay, with a hash in the place of the person, so that their chains still verify. Hours and completions stay as numbers of nobody. It
// cannot be undone, may be called again, and goes on where it was cut off.
func (r *Roll) Erase(ctx context.Context, a lms.Actor, id lms.PersonID, e Erasure) error {
	if err := a.MustKeep(); err != nil {
		return err
	}
	p, err := r.school.People.Known(ctx, id)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(p.Memberships, func(m lms.Membership) bool { return a.Has(lms.Administrator, m.Within) }) {
		return lms.Fail(lms.NotFound, "error.person.unknown")
	}
	if err := r.mayActFor(a, p); err != nil {
		return err
	}
	if id == a.ID {
		return lms.Wrong("person", "error.role.own")
	}
	if e.Reason == "" || len(e.Reason) > 500 {
		return lms.Wrong("reason", "error.reason")
	}
	within := p.Current(r.now()).Within
	ids := append([]lms.PersonID{id}, p.Also...)
	for _, id := range ids {
		if err := r.erase(ctx, id, e); err != nil {
			return err
		}
	}
	r.act(ctx, a, "person.erase", p, lms.Act{Within: within, Details: map[string]string{"certificates": map[bool]string{true: "erased", false: "kept"}[e.Certificates]}, Key: "erase/" + string(id)})
	return nil
}

func (r *Roll) erase(ctx context.Context, id lms.PersonID, e Erasure) error {
	for _, part := range r.parts {
		if part.Erase != nil {
			if err := part.Erase(ctx, id); err != nil {
				return err
			}
		}
	}
	if e.Certificates {
		if err := r.school.Register.Erase(ctx, id); err != nil {
			return err
		}
	}
	if err := r.school.Learning.Forget(ctx, id); err != nil {
		return err
	}
	if err := r.school.Accounts.Forget(ctx, id); err != nil {
		return err
	}
	_, err := r.school.People.Amend(ctx, id, func(p *lms.Person) error { // last: until then it can be begun again
		if p.Erased.IsZero() {
			p.Erased = r.now()
		}
		p.Email, p.Login, p.Given, p.Family, p.Password, p.Lang, p.Intake, p.Activated = "", "", "", "", "", "", "", time.Time{}
		p.Fiscal = lms.Fiscal{}
		p.Memberships = endedWhere(p.Memberships, r.now(), func(lms.Membership) bool { return true })
		for i := range p.Memberships {
			p.Memberships[i].Office, p.Memberships[i].Reports, p.Memberships[i].Intake = "", nil, ""
		}
		return nil
	})
	return err
}
