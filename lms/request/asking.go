package request

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
)

// maxText is how long a why or a reason may be, in bytes.
const maxText = 2000

// tidy trims a text of several lines and refuses what is too long or no text.
func tidy(field, s string) (string, error) {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
	if len(s) > maxText {
		return s, lms.Wrong(field, "error.long")
	}
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }) {
		return s, lms.Wrong(field, "error.invalid")
	}
	return s, nil
}

// Ask asks for leave to get into a cohort, of a course or of a webinar, and says why. Who is waiting for an answer already gets the request they have.
func (s *Requests) Ask(ctx context.Context, a lms.Actor, id cohort.ID, why string) (Request, error) {
	if err := a.Must(lms.Learner); err != nil {
		return Request{}, err
	}
	why, err := tidy("why", why)
	if err == nil && why == "" {
		err = lms.Wrong("why", "error.required")
	}
	if err != nil {
		return Request{}, err
	}
	c, err := s.cohorts.MayAsk(ctx, a, id)
	if err != nil {
		return Request{}, err
	}
	r, err := s.fresh(ctx, a, c, why)
	if err != nil {
		return Request{}, err
	}
	err = s.requests.Add(ctx, r)
	if lms.IsTaken(err, "open") {
		old, err := s.requests.All(ctx, lms.Query{Index: "open", Equal: string(c.ID) + "/" + string(a.ID)})
		if err != nil || len(old) == 0 { // decided this very moment
			return Request{}, cmp.Or(err, conflict("error.stale"))
		}
		return old[0], nil
	}
	if err != nil {
		return Request{}, err
	}
	return s.settled(ctx, r)
}

// fresh is a request with its first stage begun.
func (s *Requests) fresh(ctx context.Context, a lms.Actor, c cohort.Cohort, why string) (Request, error) {
	p, err := s.school.People.Known(ctx, a.ID)
	if err != nil {
		return Request{}, err
	}
	member, err := s.cohorts.MemberFor(ctx, c, p)
	if err != nil {
		return Request{}, err
	}
	now := s.now()
	r := Request{ID: ID(newID()), Person: p.ID, Member: member, Name: lms.Fold(p.Family + " " + p.Given), Cohort: c.ID, Course: c.Course, Webinar: c.Webinar, Title: c.Terms.Title, Why: why, At: now, State: Waiting}
	if r.Stages, err = s.stages(ctx, r, c.Terms.Steps); err != nil {
		return r, err
	}
	policy, err := s.PolicyOf(ctx, member.Within)
	r.replace(policy.begin(r.Stages[0], now))
	r.happened(Event{What: Asked, At: now, By: p.ID, Reason: why})
	return r, err
}

// Withdraw takes back a request of the actor's own that nobody has decided yet.
func (s *Requests) Withdraw(ctx context.Context, a lms.Actor, id ID) (Request, error) {
	if err := a.Must(lms.Learner); err != nil {
		return Request{}, err
	}
	r, err := s.requests.Find(ctx, string(id))
	if err == nil && r.Person != a.ID {
		err = lms.Fail(lms.NotFound, "error.request.unknown")
	}
	if err != nil {
		return Request{}, asUnknown(err, "error.request.unknown")
	}
	r, err = s.requests.Change(ctx, string(id), func(r *Request) error {
		if r.State == Withdrawn {
			return nil
		}
		if r.State != Waiting {
			return conflict("error.request.decided")
		}
		r.end(Withdrawn, Event{What: Recalled, At: s.now(), By: a.ID})
		return nil
	})
	if err != nil {
		return r, err
	}
	return s.settled(ctx, r)
}

// Seen is a request as the actor sees it.
type Seen struct {
	Request
	Names   map[lms.PersonID]string // of everybody who stands in it
	Decides bool                    // the actor may decide it now
	For     lms.PersonID            // as whose deputy; "" as themselves
	Keeps   bool                    // the actor keeps the people there, and may name who decides
	Mine    bool
}

// Find reads a request that the actor may see: their own, one that they decide or decided, or one of people whom they keep.
func (s *Requests) Find(ctx context.Context, a lms.Actor, id ID) (Seen, error) {
	if a.Nobody() {
		return Seen{}, lms.Fail(lms.SignIn, "error.signin")
	}
	if a.Scope == lms.ScopePublish {
		return Seen{}, lms.Fail(lms.Forbidden, "error.scope")
	}
	r, err := s.requests.Find(ctx, string(id))
	if err != nil {
		return Seen{}, asUnknown(err, "error.request.unknown")
	}
	return s.see(ctx, a, r)
}

// see is a request as somebody sees it; NotFound for whoever has nothing to do with it.
func (s *Requests) see(ctx context.Context, a lms.Actor, r Request) (Seen, error) {
	v, err := s.view(ctx, a, r)
	if err == nil && !v.Mine && !v.Decides && !v.Keeps && !slices.Contains(r.people(), a.ID) {
		err = lms.Fail(lms.NotFound, "error.request.unknown")
	}
	if err != nil {
		return Seen{}, err
	}
	return v, nil
}

// view is a request as somebody would see it who may.
func (s *Requests) view(ctx context.Context, a lms.Actor, r Request) (Seen, error) {
	p, err := s.school.People.Known(ctx, a.ID)
	if err != nil {
		return Seen{}, err
	}
	as, decides, err := s.decides(ctx, r, p)
	if err != nil {
		return Seen{}, err
	}
	v := Seen{Request: r, Decides: decides, Keeps: a.Keeps(r.Member.Within) && a.ID != r.Person, Mine: a.ID == r.Person}
	if as.deputy {
		v.For = as.Person
	}
	v.Links, v.Due = nil, nil
	v.Names, err = s.school.People.Names(ctx, r.people())
	return v, err
}

// people are everybody who stands in a request.
func (r Request) people() []lms.PersonID {
	out := []lms.PersonID{r.Person}
	for _, st := range r.Stages {
		for _, ap := range st.Approvers {
			out = append(out, ap.Person)
		}
		out = append(out, st.Before...)
	}
	for _, e := range r.History {
		out = append(out, e.By, e.For)
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(p lms.PersonID) bool { return p == "" })
}

// Mine lists the actor's own requests, the latest first.
func (s *Requests) Mine(ctx context.Context, a lms.Actor) ([]Seen, error) {
	if a.Nobody() {
		return nil, lms.Fail(lms.SignIn, "error.signin")
	}
	return s.list(ctx, a, lms.Query{Index: "person", Prefix: string(a.ID) + "/", Reverse: true}, func(v Seen) bool { return v.Mine })
}

// Queue lists what waits for a decision of the actor, of their own or as a deputy, the oldest first.
func (s *Requests) Queue(ctx context.Context, a lms.Actor) ([]Seen, error) {
	if a.Nobody() {
		return nil, lms.Fail(lms.SignIn, "error.signin")
	}
	others, err := s.stand(ctx, "acting", a.ID)
	if err != nil {
		return nil, err
	}
	in := []string{string(a.ID)}
	for _, o := range others {
		in = append(in, string(o))
	}
	out, err := s.list(ctx, a, lms.Query{Index: "approver", In: in}, func(v Seen) bool { return v.Decides })
	slices.SortFunc(out, func(x, y Seen) int { return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.ID, y.ID)) })
	return slices.CompactFunc(out, func(x, y Seen) bool { return x.ID == y.ID }), err
}

func (s *Requests) list(ctx context.Context, a lms.Actor, q lms.Query, want func(Seen) bool) ([]Seen, error) {
	if a.Scope == lms.ScopePublish {
		return nil, lms.Fail(lms.Forbidden, "error.scope")
	}
	var out []Seen
	for r, err := range s.requests.List(ctx, q) {
		if err != nil {
			return nil, err
		}
		v, err := s.see(ctx, a, r)
		if lms.Is(err, lms.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if want(v) {
			out = append(out, v)
		}
	}
	return out, nil
}

// Within lists the requests of an organisation's people that stand in a state, the latest first, one page at a time, for who keeps them.
func (s *Requests) Within(ctx context.Context, a lms.Actor, org lms.OrganisationID, st State, at lms.PageAt) ([]Seen, string, error) {
	if err := a.MustKeep(); err != nil && a.Scope != lms.ScopeRead {
		return nil, "", err
	}
	o, err := s.school.Organisations.Find(ctx, org)
	if lms.Is(err, lms.NotFound) || err == nil && !a.Keeps(o.Within) {
		return nil, "", lms.Fail(lms.NotFound, "error.organisation.unknown")
	}
	if err != nil {
		return nil, "", err
	}
	page, next, err := s.requests.Page(ctx, lms.Query{Index: "within", Prefix: string(org) + "/" + string(st) + "/", Reverse: true, After: at.After, Limit: at.Limit})
	if err != nil {
		return nil, "", err
	}
	var out []Seen
	for _, r := range page {
		v, err := s.see(ctx, a, r)
		if lms.Is(err, lms.NotFound) {
			continue // their own is among their own
		}
		if err != nil {
			return nil, "", err
		}
		out = append(out, v)
	}
	return out, next, nil
}
