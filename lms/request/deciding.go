package request

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"aulacomune/lms"
)

// Decision is what somebody decides.
type Decision struct {
	Step   int // that they saw: another decision may have passed it meanwhile
	Agree  bool
	Reason string // needed to refuse
	linked bool   // by the link of a letter
}

func (d *Decision) tidy() (err error) {
	d.Reason, err = tidy("reason", d.Reason)
	if err == nil && !d.Agree && d.Reason == "" {
		err = lms.Wrong("reason", "error.required")
	}
	return err
}

// Decide decides the current step of a request. The first decision counts: whoever comes second hears Conflict, unless they say what they said before.
func (s *Requests) Decide(ctx context.Context, a lms.Actor, id ID, d Decision) (Seen, error) {
	if err := a.Must(lms.Learner); err != nil {
		return Seen{}, err
	}
	v, err := s.Find(ctx, a, id)
	if err != nil {
		return Seen{}, err
	}
	return s.decide(ctx, a, v, d)
}

func (s *Requests) decide(ctx context.Context, a lms.Actor, v Seen, d Decision) (Seen, error) {
	if err := d.tidy(); err != nil {
		return Seen{}, err
	}
	if e, ok := v.decision(d.Step); ok {
		if e.By == a.ID && (e.What == Agreed) == d.Agree {
			return v, nil
		}
		return Seen{}, conflict("error.request.decided")
	}
	if v.State != Waiting || d.Step != v.Step {
		return Seen{}, conflict("error.request.decided")
	}
	if v.Mine {
		return Seen{}, lms.Fail(lms.Forbidden, "error.request.own")
	}
	if !v.Decides {
		return Seen{}, lms.Fail(lms.Forbidden, "error.role")
	}
	next, err := s.next(ctx, v.Request)
	if err != nil {
		return Seen{}, err
	}
	e := Event{At: s.now(), By: a.ID, For: v.For, Reason: d.Reason, Linked: d.linked}
	r, err := s.requests.Change(ctx, string(v.ID), func(r *Request) error {
		if r.State != Waiting || r.Step != d.Step || !sameApprovers(r.stage(), v.stage()) {
			return conflict("error.request.decided")
		}
		if d.Agree {
			r.agree(e, next)
			return nil
		}
		e := e
		e.What = Denied
		r.end(Refused, e)
		return nil
	})
	if err != nil {
		return Seen{}, err
	}
	if r, err = s.settled(ctx, r); err != nil {
		return Seen{}, err
	}
	return s.see(ctx, a, r)
}

func sameApprovers(x, y Stage) bool { return slices.Equal(x.Approvers, y.Approvers) }

// next is the stage behind the current one, as it begins now; those who decide it may have changed since the request was asked.
func (s *Requests) next(ctx context.Context, r Request) (Stage, error) {
	if r.Step+1 >= len(r.Stages) {
		return Stage{}, nil
	}
	st := r.Stages[r.Step+1]
	found, err := s.approvers(ctx, r, st.Kind)
	if err != nil {
		return st, err
	}
	if len(found) > 0 {
		st.Approvers = found
	}
	policy, err := s.PolicyOf(ctx, r.Member.Within)
	return policy.begin(st, s.now()), err
}

// Linked is what the link of a letter leads to.
type Linked struct {
	Seen
	Actor    lms.Actor // who got the letter: they decide as if they were signed in, this once
	LinkStep int       // that the letter was about
}

// OpenLink shows what the secret of a letter is about; NotFound when it is unknown or over, or its holder may not decide any more; what was decided
// meanwhile is shown as it stands. Opening it changes nothing: mail scanners open links. Forbidden to an applicant who is signed in: letters are passed on.
func (s *Requests) OpenLink(ctx context.Context, signedIn lms.Actor, secret string) (Linked, error) {
	hash := secretHash(secret)
	found, err := s.requests.All(ctx, lms.Query{Index: "link", Equal: hash})
	if err != nil {
		return Linked{}, err
	}
	if len(found) != 1 {
		return Linked{}, lms.Fail(lms.NotFound, "error.link")
	}
	r := found[0]
	if signedIn.ID == r.Person {
		return Linked{}, lms.Fail(lms.Forbidden, "error.request.own")
	}
	link := r.Links[slices.IndexFunc(r.Links, func(l Link) bool { return l.Hash == hash })]
	if !s.now().Before(link.Expires) {
		return Linked{}, lms.Fail(lms.NotFound, "error.link")
	}
	p, err := s.school.People.Known(ctx, link.Person)
	if err != nil {
		return Linked{}, asUnknown(err, "error.link")
	}
	a := lms.ActorOf(p, s.now(), lms.Everything)
	v, err := s.view(ctx, a, r)
	if err != nil {
		return Linked{}, err
	}
	_, decided := r.decision(link.Step)
	if v.Mine || !v.Decides && !decided && r.State == Waiting {
		return Linked{}, lms.Fail(lms.NotFound, "error.link")
	}
	v.Decides, v.Keeps = v.Decides && link.Step == r.Step, false // it opens this decision, and nothing else
	return Linked{v, a, link.Step}, nil
}

// DecideByLink decides by the link of a letter, without an account: as whoever got it, once. Conflict when the step was decided meanwhile.
func (s *Requests) DecideByLink(ctx context.Context, signedIn lms.Actor, secret string, d Decision) (Linked, error) {
	l, err := s.OpenLink(ctx, signedIn, secret)
	if err != nil {
		return l, err
	}
	d.Step, d.linked = l.LinkStep, true
	v, err := s.decide(ctx, l.Actor, l.Seen, d)
	if err != nil {
		return l, err
	}
	v.Keeps = false
	return Linked{v, l.Actor, l.LinkStep}, nil
}

// secretHash is what is kept of the secret of a link.
func secretHash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// Appoint names who decides the current step instead of those who do: one of those whose people the actor keeps, and works where the applicant does.
// It is the way to a manager whom no role names.
func (s *Requests) Appoint(ctx context.Context, a lms.Actor, id ID, login string) (Seen, error) {
	if err := a.MustKeep(); err != nil && !lms.Is(err, lms.Forbidden) {
		return Seen{}, err
	}
	v, err := s.Find(ctx, a, id)
	if err != nil {
		return Seen{}, err
	}
	if err := a.MustKeep(); err != nil || !v.Keeps {
		return Seen{}, lms.Fail(lms.Forbidden, "error.role")
	}
	p, err := s.school.People.ByLogin(ctx, login)
	if err != nil && !lms.Is(err, lms.NotFound) {
		return Seen{}, err
	}
	if err != nil || !s.works(p, v.Member) {
		return Seen{}, lms.Wrong("login", "error.deputy.unknown")
	}
	if p.ID == v.Person {
		return Seen{}, lms.Wrong("login", "error.request.own")
	}
	policy, err := s.PolicyOf(ctx, v.Member.Within)
	if err != nil {
		return Seen{}, err
	}
	r, err := s.requests.Change(ctx, string(id), func(r *Request) error {
		if r.State != Waiting {
			return conflict("error.request.decided")
		}
		st := r.stage()
		st.Approvers = []Approver{{Person: p.ID, As: lms.Manager, Named: true}}
		r.replace(policy.begin(st, s.now()))
		r.happened(Event{What: Appointed, At: s.now(), By: a.ID, For: p.ID})
		return nil
	})
	if err != nil {
		return Seen{}, err
	}
	if r, err = s.settled(ctx, r); err != nil {
		return Seen{}, err
	}
	return s.see(ctx, a, r)
}
