package plan

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/cohort"
)

// RuleID names a rule; it is random.
type RuleID string

// Rule assigns a course to everybody of an audience in an organisation and below: "all funzionari of union X". It is applied again every day.
type Rule struct {
	ID           RuleID               `json:"id"`
	Organisation lms.OrganisationID   `json:"organisation"`
	Within       []lms.OrganisationID `json:"within"`
	Course       course.Slug          `json:"course"`
	Audience     cohort.Audience      `json:"audience"`       // besides the organisation
	Terms        Terms                `json:"terms"`          // with its day, or…
	Days         int                  `json:"days,omitempty"` // …so many days after somebody came under the rule
	At           time.Time            `json:"at"`
	By           lms.PersonID         `json:"by"`
	Stopped      time.Time            `json:"stopped,omitzero"`
	Applied      cohort.Day           `json:"applied,omitempty"` // the last day
}

// rules says how rules are kept.
var rules = lms.Noun[Rule]{
	Name: "plan_rules",
	ID:   func(r Rule) string { return string(r.ID) },
	Indexes: []lms.Index[Rule]{
		{Name: "within", Many: true, Keys: func(r Rule) []string {
			var keys []string
			for _, o := range r.Within {
				keys = append(keys, string(o)+"/"+lms.TimeKey(r.At))
			}
			return keys
		}},
		{Name: "applied", Keys: func(r Rule) []string {
			if !r.Stopped.IsZero() {
				return nil
			}
			return []string{"d" + string(r.Applied)}
		}},
	},
}

// Applied is what a rule would do, or did.
type Applied struct {
	Rule   Rule
	People int    // who comes under it
	New    int    // of whom so many did not have the course assigned
	Lines  []Line // the first of the new ones
}

// mostLines is how many people a dry run names.
const mostLines = 200

// PreviewRule says what a rule would do now. Nothing is changed.
func (s *Plans) PreviewRule(ctx context.Context, a lms.Actor, r Rule) (Applied, error) {
	if err := s.checkRule(ctx, a, &r); err != nil {
		return Applied{}, err
	}
	return s.run(ctx, r, false)
}

// MakeRule makes a rule for people whom the actor keeps, and applies it.
func (s *Plans) MakeRule(ctx context.Context, a lms.Actor, r Rule) (Applied, error) {
	if err := s.checkRule(ctx, a, &r); err != nil {
		return Applied{}, err
	}
	r.ID, r.At, r.By, r.Applied, r.Stopped = RuleID(newID()), s.now(), a.ID, "", time.Time{}
	if err := s.rules.Add(ctx, r); err != nil {
		return Applied{}, err
	}
	if err := s.note(ctx, a, lms.Act{Verb: "plan.rule", Object: string(r.ID), Within: r.Within, Role: a.By(r.Within), Details: map[string]string{"course": string(r.Course)}}); err != nil {
		return Applied{}, err
	}
	return s.apply(ctx, r)
}

func (s *Plans) checkRule(ctx context.Context, a lms.Actor, r *Rule) error {
	if err := a.MustKeep(); err != nil {
		return err
	}
	o := Order{Course: r.Course, Terms: r.Terms}
	if err := s.check(ctx, a, &o); err != nil {
		return err
	}
	r.Terms = o.Terms
	if r.Days < 0 || r.Days > mostDays || r.Days > 0 && r.Terms.Due != "" {
		return lms.Wrong("days", "error.plan.number")
	}
	org, err := s.school.Organisations.Find(ctx, cmp.Or(r.Organisation, a.Kept()[0]))
	if lms.Is(err, lms.NotFound) || err == nil && !a.Keeps(org.Within) {
		return lms.Wrong("organisation", "error.organisation.unknown")
	}
	r.Organisation, r.Within = org.ID, org.Within
	if err != nil {
		return err
	}
	return s.cohorts.CheckAudience(ctx, r.Audience)
}

// run assigns to everybody who comes under a rule and has not the course assigned, or says to whom it would.
func (s *Plans) run(ctx context.Context, r Rule, apply bool) (Applied, error) {
	out := Applied{Rule: r}
	terms := r.Terms
	if r.Days > 0 {
		terms.Due = s.Today().Add(r.Days)
	}
	for p, err := range s.school.People.Within(ctx, r.Organisation) {
		if err != nil {
			return out, err
		}
		m, ok, err := s.under(ctx, r, p)
		if err != nil {
			return out, err
		}
		if !ok {
			continue
		}
		out.People++
		outcome, err := s.give(ctx, gift{course: r.Course, terms: terms, by: r.By, rule: cmp.Or(r.ID, "preview"), apply: apply}, found{person: p, member: m})
		if err != nil {
			return out, err
		}
		if outcome == New {
			out.New++
			if len(out.Lines) < mostLines {
				out.Lines = append(out.Lines, Line{Number: out.New, Person: p.ID, Name: p.Name(), Due: terms.Due, Outcome: New})
			}
		}
	}
	return out, nil
}

// under says whether somebody comes under a rule, and by which membership.
func (s *Plans) under(ctx context.Context, r Rule, p lms.Person) (lms.Membership, bool, error) {
	for _, m := range p.Memberships {
		if !m.At(s.now()) || !slices.Contains(m.Within, r.Organisation) {
			continue
		}
		one := p
		one.Memberships = []lms.Membership{m}
		ok, err := s.cohorts.Belongs(ctx, r.Audience, one)
		if ok || err != nil {
			return m, ok, err
		}
	}
	return lms.Membership{}, false, nil
}

// apply runs a rule and notes the day.
func (s *Plans) apply(ctx context.Context, r Rule) (Applied, error) {
	out, err := s.run(ctx, r, true)
	if err != nil {
		return out, err
	}
	out.Rule, err = s.rules.Change(ctx, string(r.ID), func(r *Rule) error { r.Applied = s.Today(); return nil })
	return out, err
}

// StopRule ends a rule. What it assigned stays.
func (s *Plans) StopRule(ctx context.Context, a lms.Actor, id RuleID) error {
	if err := a.MustKeep(); err != nil {
		return err
	}
	r, err := s.rules.Find(ctx, string(id))
	if lms.Is(err, lms.NotFound) || err == nil && !a.Keeps(r.Within) {
		return lms.Fail(lms.NotFound, "error.plan.rule")
	}
	if err != nil {
		return err
	}
	_, err = s.rules.Change(ctx, string(id), func(r *Rule) error {
		if r.Stopped.IsZero() {
			r.Stopped = s.now()
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.note(ctx, a, lms.Act{Verb: "plan.rule.stop", Object: string(id), Within: r.Within, Role: a.By(r.Within)})
}

// Rules lists the rules of an organisation whose people the actor keeps, the latest first.
func (s *Plans) Rules(ctx context.Context, a lms.Actor, org lms.OrganisationID) ([]Rule, error) {
	if _, err := s.keptOrganisation(ctx, a, org); err != nil {
		return nil, err
	}
	return s.rules.All(ctx, lms.Query{Index: "within", Prefix: string(org) + "/", Reverse: true})
}

// sweepRules applies the rules that were not applied today.
func (s *Plans) sweepRules(ctx context.Context) error {
	due, err := s.rules.All(ctx, lms.Query{Index: "applied", From: "d", To: "d" + string(s.Today())})
	errs := []error{err}
	for _, r := range due {
		if _, err := s.apply(ctx, r); err != nil {
			errs = append(errs, fmt.Errorf("sweep rule %s: %w", r.ID, err))
		}
	}
	return errors.Join(errs...)
}
