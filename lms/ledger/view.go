package ledger

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strings"
	"sync"

	"aulacomune/lms"
)

// Year is somebody's year, as far as the actor may see it: all of it to the person; to whoever keeps the people of an ente, and to the person's manager,
// what is of that ente. Managers see no claims, and nobody but the person sees when something was begun. That somebody else looked is noted, once a
// day. To everybody else the person is unknown.
func (s *Ledger) Year(ctx context.Context, a lms.Actor, person lms.PersonID, year int) (Account, error) {
	if err := mayRead(a); err != nil {
		return Account{}, err
	}
	p, err := s.school.People.Known(ctx, cmp.Or(person, a.ID))
	if err != nil || !s.seen(a, p) {
		return Account{}, cmpErr(unless(err, lms.NotFound), lms.Fail(lms.NotFound, "error.person.unknown"))
	}
	b := s.books(ctx)
	out, err := s.account(ctx, viewer{Actor: a}, p, year, b)
	if err != nil {
		return Account{}, err
	}
	begun, err := s.begun(ctx, p, out.Year, b)
	if err != nil {
		return Account{}, err
	}
	out.foresee(begun)
	if out.Claims, err = s.claimsOf(ctx, a, p.ID, out.Year); err != nil {
		return Account{}, cmpErr(err, b.err)
	}
	if p.ID != a.ID {
		err = s.looked(ctx, a, p, out)
	}
	return out, cmpErr(err, b.err)
}

// seen says whether the actor may see hours of somebody.
func (s *Ledger) seen(a lms.Actor, p lms.Person) bool {
	return p.ID == a.ID || p.BelongsTo(a.Kept()) || a.Manages(p, s.now())
}

// reach says which memberships of somebody the actor may know of.
func (s *Ledger) reach(a lms.Actor, p lms.Person) func(lms.Membership) bool {
	manages := a.Manages(p, s.now())
	return func(m lms.Membership) bool {
		return p.ID == a.ID || a.Keeps(m.Within) || manages && a.Has(lms.Manager, m.Within)
	}
}

// viewer is who looks, and at which organisation: what people did as members of others is left out. "" is as far as they may see.
type viewer struct {
	lms.Actor
	only lms.OrganisationID
}

// pass says which memberships of somebody count for the viewer.
func (v viewer) pass(s *Ledger, p lms.Person) func(lms.Membership) bool {
	reach := s.reach(v.Actor, p)
	return func(m lms.Membership) bool { return reach(m) && (v.only == "" || slices.Contains(m.Within, v.only)) }
}

// account is somebody's year without what lies ahead; year 0 is this one.
func (s *Ledger) account(ctx context.Context, v viewer, p lms.Person, year int, b *books) (Account, error) {
	if year = cmp.Or(year, s.today().Year()); year < 1900 || year > 2199 {
		return Account{}, lms.Fail(lms.NotFound, "error.notfound")
	}
	pass := v.pass(s, p)
	rows, err := s.rowsOf(ctx, p.ID, year)
	if err != nil {
		return Account{}, err
	}
	rows = slices.DeleteFunc(rows, func(h Hours) bool { return !pass(h.Member) })
	plan, err := s.planOf(ctx, p.ID, year)
	if err != nil {
		return Account{}, err
	}
	out := b.account(p, year, stints(p, year, s.rome, pass), rows, plan)
	if p.ID != v.ID {
		out.Rows, out.Replaced = withoutBeginnings(out.Rows), withoutBeginnings(out.Replaced)
	}
	return out, b.err
}

// withoutBeginnings are rows that don't say when somebody began to learn: that is nobody's business.
func withoutBeginnings(rows []Hours) []Hours {
	for i := range rows {
		if rows[i].Kind == ELearning {
			rows[i].From = rows[i].To
		}
	}
	return rows
}

// rowsOf reads a person's rows of a year, and those that took others out of it.
func (s *Ledger) rowsOf(ctx context.Context, p lms.PersonID, year int) ([]Hours, error) {
	return s.hours.All(ctx, lms.Query{Index: "person", Equal: yearKey(string(p), year)})
}

// claimsOf are somebody's claims of a year that the actor may see, the latest first.
func (s *Ledger) claimsOf(ctx context.Context, a lms.Actor, p lms.PersonID, year int) ([]Claim, error) {
	all, err := s.claims.All(ctx, lms.Query{Index: "person", Equal: string(p)})
	all = slices.DeleteFunc(all, func(c Claim) bool {
		return c.To.Year() != year || c.State == Withdrawn || p != a.ID && !a.Keeps(c.Member.Within)
	})
	slices.SortFunc(all, func(x, y Claim) int { return y.since().Compare(x.since()) })
	return all, err
}

// looked notes that somebody's hours were seen by somebody else.
func (s *Ledger) looked(ctx context.Context, a lms.Actor, p lms.Person, of Account) error {
	key := strings.Join([]string{"hours.read", string(a.ID), planID(p.ID, of.Year), string(s.today())}, "/")
	return s.noted(ctx, a, lms.Act{Verb: "hours.read", Object: planID(p.ID, of.Year), Person: p.ID, Within: of.Member.Within, Key: key})
}

// People lists the years of the people of an organisation that the actor keeps, and below, by name; "" lists those who answer to the actor as their
// manager. Who was of none of it in that year is left out, so that a page may be short.
func (s *Ledger) People(ctx context.Context, a lms.Actor, org lms.OrganisationID, year int, at lms.PageAt) (out []Account, next string, err error) {
	var found []lms.Person
	if org == "" {
		found, next, err = s.managed(ctx, a, at)
	} else {
		if _, err := s.kept(ctx, a, org); err != nil {
			return nil, "", err
		}
		found, next, err = s.school.People.Search(ctx, a, org, "", at)
	}
	if err != nil {
		return nil, "", err
	}
	out, err = s.accounts(ctx, viewer{Actor: a}, found, year)
	return out, next, err
}

// PeopleOf lists what People does, but of each only what an organisation that the actor keeps, or one below it, knows by itself: the rows add up to its
// Summary, except for people who were erased.
func (s *Ledger) PeopleOf(ctx context.Context, a lms.Actor, org lms.OrganisationID, year int, at lms.PageAt) ([]Account, string, error) {
	if _, err := s.kept(ctx, a, org); err != nil {
		return nil, "", err
	}
	found, next, err := s.school.People.Search(ctx, a, org, "", at)
	if err != nil {
		return nil, "", err
	}
	out, err := s.accounts(ctx, viewer{a, org}, found, year)
	return out, next, err
}

// readers is how many of a page's accounts are worked out at a time.
const readers = 4

// accounts are the years of people, in their order, without those who were of nothing that counts for the viewer.
func (s *Ledger) accounts(ctx context.Context, v viewer, of []lms.Person, year int) ([]Account, error) {
	out, errs := make([]Account, len(of)), make([]error, readers)
	var all sync.WaitGroup
	for r := range readers {
		all.Go(func() {
			b := s.books(ctx)
			for i := r; i < len(of) && errs[r] == nil; i += readers {
				out[i], errs[r] = s.account(ctx, v, of[i], year, b)
			}
		})
	}
	all.Wait()
	out = slices.DeleteFunc(out, func(acc Account) bool { return !acc.present && len(acc.Rows) == 0 })
	return out, cmpErr(errs...)
}

// eachPage is how many accounts Each reads at a time.
const eachPage = 200

// Each yields what People lists, however many they are.
func (s *Ledger) Each(ctx context.Context, a lms.Actor, org lms.OrganisationID, year int) iter.Seq2[Account, error] {
	return func(yield func(Account, error) bool) {
		for at := (lms.PageAt{Limit: eachPage}); ; {
			found, next, err := s.People(ctx, a, org, year, at)
			if err != nil {
				yield(Account{}, err)
				return
			}
			for _, acc := range found {
				if !yield(acc, nil) {
					return
				}
			}
			if at.After = next; next == "" {
				return
			}
		}
	}
}

// Row reads a row that the actor may see; NotFound for everybody else.
func (s *Ledger) Row(ctx context.Context, a lms.Actor, id HoursID) (Hours, error) {
	if err := mayRead(a); err != nil {
		return Hours{}, err
	}
	h, err := s.hours.Find(ctx, string(id))
	if err == nil {
		var p lms.Person
		if p, err = s.school.People.Known(ctx, h.Person); err == nil && !s.reach(a, p)(h.Member) {
			err = lms.Fail(lms.NotFound, "error.hours.unknown")
		}
	}
	if err != nil {
		return Hours{}, cmpErr(unless(err, lms.NotFound), lms.Fail(lms.NotFound, "error.hours.unknown"))
	}
	if h.Person != a.ID {
		h = withoutBeginnings([]Hours{h})[0]
	}
	return h, nil
}

// Foresee adds to accounts what lies ahead of their people.
func (s *Ledger) Foresee(ctx context.Context, a lms.Actor, accounts []Account) error {
	if err := mayRead(a); err != nil {
		return err
	}
	b := s.books(ctx)
	for i := range accounts {
		p, err := s.school.People.Known(ctx, accounts[i].Person)
		if err != nil || !s.seen(a, p) {
			return cmpErr(unless(err, lms.NotFound), lms.Fail(lms.NotFound, "error.person.unknown"))
		}
		begun, err := s.begun(ctx, p, accounts[i].Year, b)
		if err != nil {
			return err
		}
		accounts[i].foresee(begun)
	}
	return b.err
}

// managed lists those who answer to the actor, by name.
func (s *Ledger) managed(ctx context.Context, a lms.Actor, at lms.PageAt) (page []lms.Person, next string, err error) {
	if err := mayRead(a); err != nil {
		return nil, "", err
	}
	if !a.Is(lms.Manager) {
		return nil, "", lms.Fail(lms.Forbidden, "error.role")
	}
	found := map[lms.PersonID]lms.Person{}
	for _, m := range a.Memberships {
		if m.Role != lms.Manager {
			continue
		}
		for p, err := range s.answering(ctx, m) {
			if err != nil {
				return nil, "", err
			}
			if a.Manages(p, s.now()) {
				found[p.ID] = p
			}
		}
	}
	key := func(p lms.Person) string { return lms.Fold(p.Family+" "+p.Given) + "/" + string(p.ID) }
	all := make([]lms.Person, 0, len(found))
	for _, p := range found {
		if key(p) > at.After {
			all = append(all, p)
		}
	}
	slices.SortFunc(all, func(x, y lms.Person) int { return strings.Compare(key(x), key(y)) })
	if at.Limit > 0 && len(all) > at.Limit {
		all = all[:at.Limit]
		next = key(all[len(all)-1])
	}
	return all, next, nil
}

// answering yields who may answer to a manager by one membership: those named in it, or everybody of its organisation.
func (s *Ledger) answering(ctx context.Context, m lms.Membership) iter.Seq2[lms.Person, error] {
	if len(m.Reports) == 0 {
		return s.school.People.Within(ctx, m.Organisation)
	}
	return func(yield func(lms.Person, error) bool) {
		for _, id := range m.Reports {
			p, err := s.school.People.Known(ctx, id)
			if lms.Is(err, lms.NotFound) {
				continue
			}
			if !yield(p, err) || err != nil {
				return
			}
		}
	}
}
