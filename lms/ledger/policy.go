package ledger

import (
	"context"
	"slices"
	"strings"
	"time"

	"aulacomune/lms"
)

// Policy says how many hours a year an ente asks of its people, from a day to a day.
type Policy struct {
	From       Day                  `json:"from"`
	To         Day                  `json:"to,omitempty"`         // the last day; "" while it lasts
	Minutes    int                  `json:"minutes"`              // in a whole year, at full time
	Categories map[lms.Category]int `json:"categories,omitempty"` // minutes of a category that is asked for more, or less, or nothing
	PartTime   bool                 `json:"part_time"`            // who works part of the time is asked for that part
	ProRata    bool                 `json:"pro_rata"`             // who came or went in the year is asked for their days
	Most       map[Kind]int         `json:"most,omitempty"`       // of a kind, no more minutes a year count
	Note       string               `json:"note,omitempty"`       // the act that decided it
	By         lms.PersonID         `json:"by,omitempty"`
	At         time.Time            `json:"at,omitzero"`
}

// Of is what a policy asks of a category in a whole year, in minutes.
func (p Policy) Of(c lms.Category) int {
	if m, ok := p.Categories[c]; ok {
		return m
	}
	return p.Minutes
}

// Counts is how much of the minutes of each kind counts.
func (p Policy) Counts(kinds map[Kind]int) int {
	sum := 0
	for k, m := range kinds {
		if most, ok := p.Most[k]; ok {
			m = min(m, most)
		}
		sum += m
	}
	return sum
}

// holds says whether a policy is in force on a day.
func (p Policy) holds(d Day) bool { return p.From <= d && (p.To == "" || d <= p.To) }

// directive is what holds where no ente says otherwise: 40 hours a year for each person (Minister for Public Administration, directive of 14 January
// 2025 on training, which counts from the year 2025).
func directive() Policy {
	return Policy{From: "2025-01-01", Minutes: 40 * 60, PartTime: true, ProRata: true}
}

// Policies are those of one ente, in the order of their days; they never overlap. Where an ente has none for a day, that of the ente above holds.
type Policies struct {
	Organisation lms.OrganisationID   `json:"organisation"`
	Within       []lms.OrganisationID `json:"within"`
	Items        []Policy             `json:"items"`
	Version      int                  `json:"version"`        // how often they changed
	Told         int                  `json:"told,omitempty"` // how often the tallies of the ente and below were told
}

// policies says how policies are kept.
var policies = lms.Noun[Policies]{
	Name:   "hour_policies",
	ID:     func(p Policies) string { return string(p.Organisation) },
	Shared: 2048,
	Indexes: []lms.Index[Policies]{
		{Name: "pending", Keys: func(p Policies) []string {
			if p.Told == p.Version {
				return nil
			}
			return []string{string(p.Organisation)}
		}},
	},
}

// put adds a policy: the one that lasts when it begins ends the day before, and one that begins on the same day is replaced.
func (p *Policies) put(n Policy) error {
	var out []Policy
	for _, old := range p.Items {
		switch {
		case old.From == n.From:
			continue
		case old.From < n.From && old.To == "":
			old.To = n.From.Before()
		case old.From < n.From && old.To >= n.From, old.From > n.From && (n.To == "" || n.To >= old.From):
			return lms.Wrong("from", "error.policy.overlap")
		}
		out = append(out, old)
	}
	p.Items = append(out, n)
	slices.SortFunc(p.Items, func(a, b Policy) int { return strings.Compare(string(a.From), string(b.From)) })
	return nil
}

// rules find the policy that holds for somebody on a day: they hold those of every ente on the way up.
type rules struct {
	load func(lms.OrganisationID) (Policies, error)
	seen map[lms.OrganisationID]Policies
	err  error // the first fault in loading
}

// rules begins to look policies up; what was looked up is remembered.
func (s *Ledger) rules(ctx context.Context) *rules {
	return &rules{seen: map[lms.OrganisationID]Policies{}, load: func(id lms.OrganisationID) (Policies, error) {
		p, err := s.policies.Find(ctx, string(id))
		return p, unless(err, lms.NotFound)
	}}
}

func (r *rules) of(id lms.OrganisationID) Policies {
	p, ok := r.seen[id]
	if !ok {
		var err error
		if p, err = r.load(id); err != nil && r.err == nil {
			r.err = err
		}
		r.seen[id] = p
	}
	return p
}

// on is the policy that holds in an organisation, given with all above it: the nearest. Without any, none is asked for.
func (r *rules) on(within []lms.OrganisationID, d Day) Policy {
	for _, id := range slices.Backward(within) {
		for _, p := range r.of(id).Items {
			if p.holds(d) {
				return p
			}
		}
	}
	if p := directive(); p.holds(d) {
		return p
	}
	return Policy{From: d}
}

// Policies gives those of an ente, and the one that holds there today, which may be of an ente above. Whoever is of the ente may read them.
func (s *Ledger) Policies(ctx context.Context, a lms.Actor, org lms.OrganisationID) (own Policies, now Policy, err error) {
	if err := mayRead(a); err != nil {
		return own, now, err
	}
	o, err := s.school.Organisations.Find(ctx, org)
	belongs := slices.ContainsFunc(a.Memberships, func(m lms.Membership) bool { return m.Organisation == org })
	if err != nil || !a.Keeps(o.Within) && !belongs {
		return own, now, cmpErr(unless(err, lms.NotFound), lms.Fail(lms.NotFound, "error.organisation.unknown"))
	}
	r := s.rules(ctx)
	now = r.on(o.Within, s.today())
	return r.of(org), now, r.err
}

// SetPolicy adds a policy to an ente that the actor keeps. The one that lasted ends the day before.
func (s *Ledger) SetPolicy(ctx context.Context, a lms.Actor, org lms.OrganisationID, p Policy) error {
	if err := a.MustKeep(); err != nil {
		return err
	}
	o, err := s.school.Organisations.Find(ctx, org)
	if err != nil || !a.Keeps(o.Within) {
		return cmpErr(unless(err, lms.NotFound), lms.Fail(lms.NotFound, "error.organisation.unknown"))
	}
	if err := p.check(); err != nil {
		return err
	}
	p.By, p.At = a.ID, s.now()
	if err := s.policies.Add(ctx, Policies{Organisation: org, Within: o.Within}); err != nil && !lms.IsTaken(err, "id") {
		return err
	}
	_, err = s.policies.Change(ctx, string(org), func(of *Policies) error {
		of.Within, of.Version, of.Items = o.Within, of.Version+1, slices.Clone(of.Items)
		return of.put(p)
	})
	if err != nil {
		return err
	}
	return s.noted(ctx, a, lms.Act{Verb: "hours.policy", Object: string(org), Within: o.Within, Details: map[string]string{"from": string(p.From), "note": p.Note}})
}

// check says what is wrong with a policy.
func (p *Policy) check() error {
	p.Note = strings.TrimSpace(p.Note)
	fields := map[string]string{}
	if _, ok := ParseDay(string(p.From)); !ok {
		fields["from"] = "error.hours.day"
	}
	switch _, ok := ParseDay(string(p.To)); {
	case p.To == "":
	case !ok:
		fields["to"] = "error.hours.day"
	case p.To < p.From:
		fields["to"] = "error.hours.order"
	}
	if p.Minutes < 0 || p.Minutes > maxMinutes {
		fields["minutes"] = "error.hours.minutes"
	}
	for c, m := range p.Categories {
		if !slices.Contains(lms.Categories(), c) || m < 0 || m > maxMinutes {
			fields["categories"] = "error.hours.minutes"
		}
	}
	for k, m := range p.Most {
		if !slices.Contains(Kinds(), k) || m < 0 || m > maxMinutes {
			fields["most"] = "error.hours.minutes"
		}
	}
	if len([]rune(p.Note)) > 300 {
		fields["note"] = "error.long"
	}
	if len(fields) > 0 {
		return &lms.Error{Kind: lms.Invalid, Message: "error.invalid", Fields: fields}
	}
	return nil
}
