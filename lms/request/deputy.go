package request

import (
	"cmp"
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
)

// Deputy says who decides for whom, and until when. A deputy's deputy decides, too.
type Deputy struct {
	ID     string       `json:"id"`
	Of     lms.PersonID `json:"of"`
	Acting lms.PersonID `json:"acting"`
	From   cohort.Day   `json:"from"`
	Until  cohort.Day   `json:"until"` // the last day
	At     time.Time    `json:"at"`
	By     lms.PersonID `json:"by"`
	Ended  time.Time    `json:"ended,omitzero"` // before its last day
}

// deputies says how deputies are kept.
var deputies = lms.Noun[Deputy]{
	Name: "deputies",
	ID:   func(d Deputy) string { return d.ID },
	Indexes: []lms.Index[Deputy]{
		{Name: "of", Keys: func(d Deputy) []string { return []string{string(d.Of)} }},
		{Name: "acting", Keys: func(d Deputy) []string { return []string{string(d.Acting)} }},
	},
}

// On says whether the deputy acts on a day.
func (d Deputy) On(day cohort.Day) bool { return d.Ended.IsZero() && d.From <= day && day <= d.Until }

// overlaps says whether two deputies act on a day in common.
func (d Deputy) overlaps(o Deputy) bool {
	return d.Ended.IsZero() && o.Ended.IsZero() && d.From <= o.Until && o.From <= d.Until
}

// mostDeputyDays is how long somebody may act for another without being named again.
const mostDeputyDays = 366

// NewDeputy is what is asked to name a deputy.
type NewDeputy struct {
	Of          lms.PersonID // "" is the actor
	Login       string       // of who will act, or their e-mail address
	From, Until cohort.Day   // "" is today, and no default
}

// Deputise names a deputy: somebody's own, or of somebody whose roles are the actor's to give. A colleague of the same ente, and nobody who would, day
// for day and in however many steps, be deputised by the one they act for.
func (s *Requests) Deputise(ctx context.Context, a lms.Actor, n NewDeputy) (Deputy, error) {
	if err := a.Must(lms.Learner); err != nil {
		return Deputy{}, err
	}
	of, err := s.deputised(ctx, a, cmp.Or(n.Of, a.ID))
	if err != nil {
		return Deputy{}, err
	}
	d, err := s.newDeputy(ctx, a, of, n)
	if err != nil {
		return Deputy{}, err
	}
	if err := s.acyclic(ctx, d); err != nil {
		return Deputy{}, err
	}
	if err := s.deputies.Add(ctx, d); err != nil {
		return Deputy{}, err
	}
	if err := s.acyclic(ctx, d); err != nil { // another was named meanwhile
		return Deputy{}, cmp.Or(s.deputies.Remove(ctx, d.ID), err)
	}
	m := of.Current(s.now())
	return d, s.note(ctx, a, lms.Act{Verb: "deputy.name", Object: d.ID, Person: of.ID, Within: m.Within, Role: a.By(m.Within), Details: map[string]string{"from": string(d.From), "until": string(d.Until)}})
}

func (s *Requests) newDeputy(ctx context.Context, a lms.Actor, of lms.Person, n NewDeputy) (Deputy, error) {
	fields := map[string]string{}
	from, ok := cohort.ParseDay(string(n.From))
	if !ok {
		fields["from"] = "error.day"
	}
	from = cmp.Or(from, s.today())
	until, ok := cohort.ParseDay(string(n.Until))
	switch {
	case !ok || until == "":
		fields["until"] = "error.day"
	case until < from || until < s.today():
		fields["until"] = "error.day.order"
	case until > from.Add(mostDeputyDays):
		fields["until"] = "error.deputy.long"
	}
	acting, err := s.school.People.ByLogin(ctx, n.Login)
	if err != nil && !lms.Is(err, lms.NotFound) {
		return Deputy{}, err
	}
	switch {
	case err != nil || !s.colleagues(of, acting):
		fields["login"] = "error.deputy.unknown"
	case acting.ID == of.ID:
		fields["login"] = "error.deputy.self"
	}
	if len(fields) > 0 {
		return Deputy{}, &lms.Error{Kind: lms.Invalid, Message: "error.invalid", Fields: fields}
	}
	return Deputy{ID: newID(), Of: of.ID, Acting: acting.ID, From: from, Until: until, At: s.now(), By: a.ID}, nil
}

// roles are the memberships of somebody that let them decide.
func (s *Requests) roles(p lms.Person) []lms.Membership {
	var out []lms.Membership
	for _, m := range p.Memberships {
		if m.At(s.now()) && slices.Contains([]lms.Role{lms.Manager, lms.Referent, lms.Administrator}, m.Role) {
			out = append(out, m)
		}
	}
	return out
}

// colleagues says whether somebody works where another decides: in that ente, below it or above it.
func (s *Requests) colleagues(of, p lms.Person) bool {
	return slices.ContainsFunc(s.roles(of), func(r lms.Membership) bool {
		return slices.ContainsFunc(p.Memberships, func(m lms.Membership) bool {
			return m.At(s.now()) && (slices.Contains(m.Within, r.Organisation) || slices.Contains(r.Within, m.Organisation))
		})
	})
}

// deputised is somebody for whom the actor may name a deputy.
func (s *Requests) deputised(ctx context.Context, a lms.Actor, id lms.PersonID) (lms.Person, error) {
	of, err := s.school.People.Known(ctx, id)
	if err != nil {
		return of, err
	}
	roles := s.roles(of)
	if of.ID == a.ID {
		if len(roles) == 0 {
			return of, lms.Fail(lms.Forbidden, "error.role")
		}
		return of, nil
	}
	seen := false
	for _, m := range roles {
		seen = seen || a.Keeps(m.Within)
	}
	if !seen {
		return lms.Person{}, lms.Fail(lms.NotFound, "error.person.unknown")
	}
	for _, m := range roles {
		if m.Role == lms.Manager && !a.Keeps(m.Within) || m.Role != lms.Manager && !a.Has(lms.Administrator, m.Within) {
			return lms.Person{}, lms.Fail(lms.Forbidden, "error.role.above")
		}
	}
	return of, nil
}

// acyclic refuses a deputy who is, on a day in common, deputised by the one they act for.
func (s *Requests) acyclic(ctx context.Context, d Deputy) error {
	seen := map[lms.PersonID]bool{}
	for next := []lms.PersonID{d.Acting}; len(next) > 0; next = next[1:] {
		if next[0] == d.Of {
			return lms.Wrong("login", "error.deputy.cycle")
		}
		if seen[next[0]] {
			continue
		}
		seen[next[0]] = true
		for o, err := range s.deputies.List(ctx, lms.Query{Index: "of", Equal: string(next[0])}) {
			if err != nil {
				return err
			}
			if o.overlaps(d) {
				next = append(next, o.Acting)
			}
		}
	}
	return nil
}

// EndDeputy ends a deputy before their last day.
func (s *Requests) EndDeputy(ctx context.Context, a lms.Actor, id string) error {
	if err := a.Must(lms.Learner); err != nil {
		return err
	}
	d, err := s.deputies.Find(ctx, id)
	if err != nil {
		return asUnknown(err, "error.deputy.missing")
	}
	if d.Acting != a.ID {
		if _, err := s.deputised(ctx, a, d.Of); err != nil {
			return asUnknown(err, "error.deputy.missing")
		}
	}
	of, err := s.school.People.Known(ctx, d.Of)
	if err != nil {
		return err
	}
	_, err = s.deputies.Change(ctx, id, func(d *Deputy) error {
		if d.Ended.IsZero() {
			d.Ended = s.now()
		}
		return nil
	})
	if err != nil {
		return err
	}
	m := of.Current(s.now())
	return s.note(ctx, a, lms.Act{Verb: "deputy.end", Object: id, Person: d.Of, Within: m.Within, Role: a.By(m.Within)})
}

// Deputies lists the deputies of the actor, and those as whom the actor acts, the latest first; not those that are over.
func (s *Requests) Deputies(ctx context.Context, a lms.Actor) ([]Deputy, error) {
	if a.Nobody() {
		return nil, lms.Fail(lms.SignIn, "error.signin")
	}
	var out []Deputy
	for _, index := range []string{"of", "acting"} {
		for d, err := range s.deputies.List(ctx, lms.Query{Index: index, Equal: string(a.ID)}) {
			if err != nil {
				return nil, err
			}
			if d.Ended.IsZero() && d.Until >= s.today() {
				out = append(out, d)
			}
		}
	}
	slices.SortFunc(out, func(x, y Deputy) int { return cmp.Or(y.At.Compare(x.At), cmp.Compare(x.ID, y.ID)) })
	return out, nil
}

// stand gives who acts today for somebody, or with the index "acting" for whom somebody acts; in however many steps, and without themselves.
func (s *Requests) stand(ctx context.Context, index string, p lms.PersonID) ([]lms.PersonID, error) {
	out := []lms.PersonID{p}
	for i := 0; i < len(out); i++ {
		for d, err := range s.deputies.List(ctx, lms.Query{Index: index, Equal: string(out[i])}) {
			if err != nil {
				return nil, err
			}
			other := d.Acting
			if index == "acting" {
				other = d.Of
			}
			if d.On(s.today()) && !slices.Contains(out, other) {
				out = append(out, other)
			}
		}
	}
	return out[1:], nil
}

func newID() string { return strings.ToLower(rand.Text()[:16]) }
