package request

import (
	"context"
	"slices"
	"time"

	"aulacomune/lms"
)

// Policy is what an ente decides about requests of its people, and of those below it who decide nothing else.
type Policy struct {
	Organisation lms.OrganisationID `json:"organisation"`
	Remind       int                `json:"remind"`  // days; 0 is never
	Silence      int                `json:"silence"` // days
	Rule         Rule               `json:"rule"`
	At           time.Time          `json:"at"`
	By           lms.PersonID       `json:"by"`
}

// policies says how policies are kept: one for each organisation.
var policies = lms.Noun[Policy]{Name: "request_policies", ID: func(p Policy) string { return string(p.Organisation) }}

// The policy of whoever has decided nothing: remind after three days, and let what nobody answered in two weeks expire.
const (
	usualRemind  = 3
	usualSilence = 14
	mostDays     = 90
)

// PolicyOf is the policy that counts in an organisation, given with all above it: its own, or the nearest above. The zero organisation in it says that
// nobody decided one.
func (s *Requests) PolicyOf(ctx context.Context, within []lms.OrganisationID) (Policy, error) {
	for _, o := range slices.Backward(within) {
		p, err := s.policies.Find(ctx, string(o))
		if !lms.Is(err, lms.NotFound) {
			return p, err
		}
	}
	return Policy{Remind: usualRemind, Silence: usualSilence, Rule: SilenceExpires}, nil
}

// SetPolicy decides the policy of an organisation whose people the actor keeps. Requests that wait keep the terms on which they were asked.
func (s *Requests) SetPolicy(ctx context.Context, a lms.Actor, p Policy) error {
	if err := a.MustKeep(); err != nil {
		return err
	}
	fields := map[string]string{}
	if p.Silence < 1 || p.Silence > mostDays {
		fields["silence"] = "error.request.days"
	}
	if p.Remind < 0 || p.Remind >= max(p.Silence, 1) {
		fields["remind"] = "error.request.remind"
	}
	if !slices.Contains(Rules(), p.Rule) {
		fields["rule"] = "error.invalid"
	}
	if len(fields) > 0 {
		return &lms.Error{Kind: lms.Invalid, Message: "error.invalid", Fields: fields}
	}
	o, err := s.school.Organisations.Find(ctx, p.Organisation)
	if lms.Is(err, lms.NotFound) || err == nil && !a.Keeps(o.Within) {
		return lms.Fail(lms.NotFound, "error.organisation.unknown")
	}
	if err != nil {
		return err
	}
	p.At, p.By = s.now(), a.ID
	err = s.policies.Add(ctx, p)
	if lms.IsTaken(err, "id") {
		_, err = s.policies.Change(ctx, string(p.Organisation), func(old *Policy) error { *old = p; return nil })
	}
	if err != nil {
		return err
	}
	return s.note(ctx, a, lms.Act{Verb: "request.policy", Object: string(o.ID), Within: o.Within, Role: a.By(o.Within), Details: map[string]string{"rule": string(p.Rule)}})
}

// begin is a stage from now on.
func (p Policy) begin(st Stage, now time.Time) Stage {
	st.Since, st.Rule = now, p.Rule
	st.Silence = now.AddDate(0, 0, p.Silence)
	st.Remind = time.Time{}
	if p.Remind > 0 {
		st.Remind = now.AddDate(0, 0, p.Remind)
	}
	return st
}
