package roll

import (
	"context"
	"slices"
	"strings"
	"time"

	"aulacomune/lms"
)

// ofMine reads somebody whose people the actor keeps now, to decide by it. Who only was there once can be looked at, and not changed.
func (r *Roll) ofMine(ctx context.Context, a lms.Actor, id lms.PersonID) (lms.Person, error) {
	if err := a.MustKeep(); err != nil {
		return lms.Person{}, err
	}
	if _, err := r.school.People.Find(ctx, a, id); err != nil {
		return lms.Person{}, err
	}
	p, err := r.school.People.Known(ctx, id)
	if err != nil {
		return p, err
	}
	now := r.now()
	if !slices.ContainsFunc(p.Memberships, func(m lms.Membership) bool { return m.At(now) && a.Keeps(m.Within) }) {
		return p, lms.Fail(lms.Forbidden, "error.person.left")
	}
	return p, nil
}

// mayActFor refuses to change how somebody signs in, or whether they may, whose roles reach further than the actor's: it would be a way to them.
func (r *Roll) mayActFor(a lms.Actor, p lms.Person) error {
	now := r.now()
	for _, m := range p.Memberships {
		if m.At(now) && m.Role != lms.Learner && !a.MayGive(m.Role, m.Within) {
			return lms.Fail(lms.Forbidden, "error.person.above")
		}
	}
	return nil
}

// Correction is what can be put right about somebody: how they are called, and how they sign in. A certificate that was issued stays as it was; it can be
// issued again.
type Correction struct {
	Given, Family, Email, Login string
}

// Correct puts right what is known of somebody.
func (r *Roll) Correct(ctx context.Context, a lms.Actor, id lms.PersonID, c Correction) (lms.Person, error) {
	p, err := r.ofMine(ctx, a, id)
	if err != nil {
		return p, err
	}
	n := lms.NewPerson{Given: c.Given, Family: c.Family, Email: c.Email, Login: c.Login}
	if err := n.Complete(); err != nil {
		return p, err
	}
	if n.Email != p.Email || n.Login != p.Login {
		if err := r.mayActFor(a, p); err != nil {
			return p, err
		}
	}
	was := p
	p, err = r.school.People.Amend(ctx, id, func(p *lms.Person) error {
		p.Given, p.Family, p.Email, p.Login = n.Given, n.Family, n.Email, n.Login
		return nil
	})
	if lms.IsTaken(err, "login") {
		return p, &lms.Error{Kind: lms.Conflict, Message: "error.person.taken", Fields: map[string]string{"email": "error.person.taken"}}
	}
	if err == nil {
		r.act(ctx, a, "person.correct", p, lms.Act{Personal: changes(was, p)})
	}
	return p, err
}

// changes are the fields that were put right, as they were and as they are.
func changes(was, is lms.Person) map[string]string {
	out := map[string]string{}
	for _, f := range []struct{ name, was, is string }{{"given_name", was.Given, is.Given}, {"family_name", was.Family, is.Family}, {"email", was.Email, is.Email}, {"login", was.Login, is.Login}} {
		if f.was != f.is {
			out[f.name] = f.was + " → " + f.is
		}
	}
	return out
}

// Place is where somebody belongs, and as what.
type Place struct {
	Organisation lms.OrganisationID
	Office       string
	Category     lms.Category
	Role         lms.Role
	Reports      []lms.PersonID // of a manager
}

// membership is a place as a membership that begins now.
func (r *Roll) membership(ctx context.Context, a lms.Actor, pl Place) (lms.Membership, error) {
	org, err := r.school.Organisations.Find(ctx, pl.Organisation)
	if err != nil || !a.Keeps(org.Within) {
		return lms.Membership{}, lms.Wrong("organisation", "error.organisation.unknown")
	}
	n := lms.NewPerson{Given: "-", Family: "-", Login: "-", Office: pl.Office, Category: pl.Category, Role: pl.Role}
	if err := n.Complete(); err != nil {
		return lms.Membership{}, err
	}
	if !a.MayGive(n.Role, org.Within) {
		return lms.Membership{}, lms.Wrong("role", "error.role.above")
	}
	return lms.Membership{
		Organisation: org.ID, Within: org.Within, Name: org.Name, Office: n.Office, Category: n.Category, Role: n.Role, From: r.now(), Reports: pl.Reports,
	}, nil
}

// Transfer moves somebody to another place, in the same ente or another: what they belonged to through the actor ends today and another membership begins.
// What they did stays with the ente they did it for. Roles they held end with the membership; they are given anew where they are to go on.
func (r *Roll) Transfer(ctx context.Context, a lms.Actor, id lms.PersonID, to Place) (lms.Person, error) {
	p, err := r.ofMine(ctx, a, id)
	if err != nil {
		return p, err
	}
	if err := r.mayActFor(a, p); err != nil {
		return p, err
	}
	to.Role, to.Reports = lms.Learner, nil
	next, err := r.membership(ctx, a, to)
	if err != nil {
		return p, err
	}
	from := p.Current(next.From)
	p, err = r.school.People.Amend(ctx, id, func(p *lms.Person) error {
		if now := p.Current(next.From); now.Organisation == next.Organisation && now.Office == next.Office && now.Category == next.Category {
			return nil
		}
		p.Memberships = append([]lms.Membership{next}, endedWhere(p.Memberships, next.From, func(m lms.Membership) bool { return a.Keeps(m.Within) })...)
		return nil
	})
	if err == nil {
		r.act(ctx, a, "person.transfer", p, lms.Act{Details: map[string]string{"from": string(from.Organisation), "to": string(next.Organisation)}})
	}
	return p, err
}

// endedWhere ends the memberships that hold and that which chooses.
func endedWhere(ms []lms.Membership, now time.Time, which func(lms.Membership) bool) []lms.Membership {
	out := slices.Clone(ms)
	for i, m := range out {
		if m.At(now) && which(m) {
			out[i].To = now
		}
	}
	return out
}

// Give gives somebody a role; a manager's reports are replaced.
func (r *Roll) Give(ctx context.Context, a lms.Actor, id lms.PersonID, pl Place) (lms.Person, error) {
	p, err := r.ofMine(ctx, a, id)
	if err != nil {
		return p, err
	}
	if pl.Role == lms.Learner {
		return p, lms.Wrong("role", "error.role.unknown")
	}
	next, err := r.membership(ctx, a, pl)
	if err != nil {
		return p, err
	}
	p, err = r.school.People.Amend(ctx, id, func(p *lms.Person) error {
		same := func(m lms.Membership) bool {
			return m.Role == next.Role && m.Organisation == next.Organisation && m.Office == next.Office
		}
		p.Memberships = append(endedWhere(p.Memberships, next.From, same), next)
		return nil
	})
	if err == nil {
		r.act(ctx, a, "role.give", p, lms.Act{Within: next.Within, Details: map[string]string{"role": string(next.Role), "organisation": string(next.Organisation)}})
	}
	return p, err
}

// Take ends a role that somebody holds in an organisation. Nobody takes the last administrator of the whole away: the installation would be nobody's.
func (r *Roll) Take(ctx context.Context, a lms.Actor, id lms.PersonID, role lms.Role, org lms.OrganisationID) (lms.Person, error) {
	p, err := r.ofMine(ctx, a, id)
	if err != nil {
		return p, err
	}
	held := slices.IndexFunc(p.Memberships, func(m lms.Membership) bool { return m.At(r.now()) && m.Role == role && m.Organisation == org })
	switch {
	case held < 0 || role == lms.Learner:
		return p, lms.Wrong("role", "error.role.unknown")
	case !a.MayGive(role, p.Memberships[held].Within):
		return p, lms.Wrong("role", "error.role.above")
	case id == a.ID && role == lms.Administrator:
		return p, lms.Wrong("role", "error.role.own")
	}
	within := p.Memberships[held].Within
	p, err = r.school.People.Amend(ctx, id, func(p *lms.Person) error {
		p.Memberships = endedWhere(p.Memberships, r.now(), func(m lms.Membership) bool { return m.Role == role && m.Organisation == org })
		return nil
	})
	if err == nil {
		r.act(ctx, a, "role.take", p, lms.Act{Within: within, Details: map[string]string{"role": string(role), "organisation": string(org)}})
	}
	return p, err
}

// Leave ends what somebody belongs to through the actor: they have retired, or gone to an ente that is not here. They may go on signing in to see what
// they did, unless they are suspended.
func (r *Roll) Leave(ctx context.Context, a lms.Actor, id lms.PersonID) (lms.Person, error) {
	p, err := r.ofMine(ctx, a, id)
	if err != nil {
		return p, err
	}
	if err := r.mayActFor(a, p); err != nil {
		return p, err
	}
	if id == a.ID {
		return p, lms.Wrong("person", "error.role.own")
	}
	within := p.Current(r.now()).Within
	p, err = r.school.People.Amend(ctx, id, func(p *lms.Person) error {
		p.Memberships = endedWhere(p.Memberships, r.now(), func(m lms.Membership) bool { return a.Keeps(m.Within) })
		return nil
	})
	if err == nil {
		r.act(ctx, a, "person.leave", p, lms.Act{Within: within})
	}
	return p, err
}

// Suspend keeps somebody from signing in, at once and until Resume; what they did stays, and goes on counting.
func (r *Roll) Suspend(ctx context.Context, a lms.Actor, id lms.PersonID, reason string) (lms.Person, error) {
	return r.suspend(ctx, a, id, reason, true)
}

// Resume lets somebody sign in again.
func (r *Roll) Resume(ctx context.Context, a lms.Actor, id lms.PersonID) (lms.Person, error) {
	return r.suspend(ctx, a, id, "", false)
}

func (r *Roll) suspend(ctx context.Context, a lms.Actor, id lms.PersonID, reason string, on bool) (lms.Person, error) {
	p, err := r.ofMine(ctx, a, id)
	if err != nil {
		return p, err
	}
	if err := r.mayActFor(a, p); err != nil {
		return p, err
	}
	if reason = strings.TrimSpace(reason); on && (reason == "" || len(reason) > 500) {
		return p, lms.Wrong("reason", "error.reason")
	}
	if id == a.ID {
		return p, lms.Wrong("person", "error.role.own")
	}
	verb := "person.resume"
	p, err = r.school.People.Amend(ctx, id, func(p *lms.Person) error {
		if !on {
			p.Suspended = time.Time{}
		} else if verb = "person.suspend"; p.Suspended.IsZero() {
			p.Suspended = r.now()
		}
		return nil
	})
	if err == nil {
		r.act(ctx, a, verb, p, lms.Act{Personal: map[string]string{"reason": reason}})
	}
	return p, err
}
