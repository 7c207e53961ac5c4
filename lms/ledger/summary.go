package ledger

import (
	"cmp"
	"context"
	"slices"
	"time"

	"aulacomune/lms"
)

// Group is a row of a table: people of one ente, office, category, or hours of one area or kind.
type Group struct {
	Key    string // id of the ente, name of the office, category, area, kind; "" for none
	Name   string // of an ente
	Sum    Sum
	Hidden bool // over fewer than five people, or it would give such a sum away: Sum is empty
}

// Summary is the year of an organisation and all below it.
type Summary struct {
	Organisation lms.Organisation
	Year         int
	Total        Sum
	TotalHidden  bool
	Enti         []Group // with people of their own, by name
	Offices      []Group // of the organisation itself
	Categories   []Group
	Areas        []Group
	Kinds        []Group
	Limited      bool      // the actor may not see the people: only people and minutes are told of, and of one table alone
	Counted      time.Time // when one of its sums was counted last
}

// viewTime is how long a page waits for tallies to be counted again; what takes longer is left to the sweep.
const viewTime = 2 * time.Second

// Summary sums a year over an organisation and all below it. Whoever keeps its people sees all tables. Others see one, without what is over fewer than
// five people: a manager that of their ente by office; managers, referents and administrators of any ente that of the whole tree by ente. To
// everybody else the organisation is unknown.
func (s *Ledger) Summary(ctx context.Context, a lms.Actor, org lms.OrganisationID, year int) (Summary, error) {
	if err := mayRead(a); err != nil {
		return Summary{}, err
	}
	o, err := s.school.Organisations.Find(ctx, org)
	full := a.Keeps(o.Within)
	if err != nil || !full && !s.compares(a, o) {
		return Summary{}, cmpErr(unless(err, lms.NotFound), lms.Fail(lms.NotFound, "error.organisation.unknown"))
	}
	if year = cmp.Or(year, s.today().Year()); year < 1900 || year > 2199 {
		return Summary{}, lms.Fail(lms.NotFound, "error.notfound")
	}
	all, err := s.current(ctx, o, year, full || len(o.Within) == 1)
	if err != nil {
		return Summary{}, err
	}
	out := Summary{Organisation: o, Year: year, Limited: !full}
	if !full {
		return s.limited(ctx, a, out, all)
	}
	var sums Sums
	for _, t := range all {
		sums.plus(t.Sums)
		if t.Sums.Total.People > 0 {
			out.Enti = append(out.Enti, Group{Key: string(t.Organisation), Name: t.Name, Sum: t.Sums.Total})
		}
		if t.Organisation == org {
			out.Offices = groups(t.Sums.Offices)
		}
		out.counted(t)
	}
	out.Total, out.Categories, out.Areas, out.Kinds = sums.Total, groups(sums.Categories), groups(sums.Areas), groups(sums.Kinds)
	return out, nil
}

// compares says whether an actor who does not keep an organisation may still see sums of it.
func (s *Ledger) compares(a lms.Actor, o lms.Organisation) bool {
	return slices.ContainsFunc(a.Memberships, func(m lms.Membership) bool {
		if len(o.Within) == 1 && len(m.Within) > 0 && m.Within[0] == o.ID {
			return slices.Contains([]lms.Role{lms.Manager, lms.Referent, lms.Administrator}, m.Role)
		}
		return m.Role == lms.Manager && m.Organisation == o.ID
	})
}

func (s *Summary) counted(t Tally) {
	if t.Counted.After(s.Counted) {
		s.Counted = t.Counted
	}
}

// groups puts sums in the order of their keys; the ones without a key come last.
func groups[K ~string](of map[K]Sum) []Group {
	var out []Group
	for k, sum := range of {
		out = append(out, Group{Key: string(k), Sum: sum})
	}
	slices.SortFunc(out, func(a, b Group) int {
		if (a.Key == "") != (b.Key == "") {
			return cmp.Compare(b.Key, a.Key)
		}
		return cmp.Or(cmp.Compare(lms.Fold(a.Key), lms.Fold(b.Key)), cmp.Compare(a.Key, b.Key))
	})
	return out
}

// current gives the tallies of an organisation, and with below of all under it, by name. Those that are to be counted again are, as far as time allows.
func (s *Ledger) current(ctx context.Context, o lms.Organisation, year int, below bool) ([]Tally, error) {
	if err := s.refresh(ctx, o, year, below); err != nil {
		return nil, err
	}
	all, err := s.tallies.All(ctx, lms.Query{Index: "within", Prefix: yearKey(string(o.ID), year) + "/"})
	if !below {
		all = slices.DeleteFunc(all, func(t Tally) bool { return t.Organisation != o.ID })
	}
	return all, err
}

// refresh counts again what a page is about to show.
func (s *Ledger) refresh(ctx context.Context, o lms.Organisation, year int, below bool) error {
	if _, err := s.tallies.Find(ctx, yearKey(string(o.ID), year)); lms.Is(err, lms.NotFound) {
		if err := s.recount(ctx, o.ID, year); err != nil {
			return err
		}
	}
	var all []Tally
	for t, err := range s.tallies.List(ctx, lms.Query{Index: "within", Prefix: yearKey(string(o.ID), year) + "/"}) {
		if err != nil {
			return err
		}
		if below || t.Organisation == o.ID {
			all = append(all, t)
		}
	}
	stale, err := s.stale(ctx, all)
	end := time.Now().Add(viewTime)
	for _, t := range all {
		if err == nil && (t.dirty() || stale[yearKey(string(t.Organisation), year)]) && time.Now().Before(end) {
			err = s.recount(ctx, t.Organisation, year)
		}
	}
	return err
}

// stale are the keys of tallies that don't hold all rows: of a few they are asked for one by one, of many all rows are looked at that no tally holds yet.
func (s *Ledger) stale(ctx context.Context, of []Tally) (map[string]bool, error) {
	out := map[string]bool{}
	if len(of) > 20 {
		fresh, err := s.freshSlices(ctx)
		for _, key := range fresh {
			out[key] = true
		}
		return out, err
	}
	for _, t := range of {
		key := yearKey(string(t.Organisation), t.Year)
		n, err := s.hours.Count(ctx, lms.Query{Index: "fresh", Equal: key})
		if err != nil {
			return nil, err
		}
		out[key] = n > 0
	}
	return out, nil
}

// limited is the one table for who may not see the people: of an ente by office, of a tree by ente.
func (s *Ledger) limited(ctx context.Context, a lms.Actor, out Summary, all []Tally) (Summary, error) {
	seen, err := s.seenBy(ctx, a, out.Year)
	if err != nil {
		return out, err
	}
	table := &out.Enti
	if len(out.Organisation.Within) > 1 {
		table = &out.Offices
	}
	var rows []Row
	for _, t := range all {
		out.counted(t)
		out.Total = out.Total.plus(t.Sums.Total)
		if table == &out.Enti {
			if t.Sums.Total.People > 0 {
				*table = append(*table, Group{Key: string(t.Organisation), Name: t.Name, Sum: t.Sums.Total})
				rows = append(rows, rowOf(a, t, seen))
			}
			continue
		}
		for _, g := range groups(t.Sums.Offices) {
			*table = append(*table, g)
			rows = append(rows, Row{Unseen: max(0, g.Sum.People-seen[place{t.Organisation, g.Key}])})
		}
	}
	hidden, totalHidden := Withhold(rows)
	for i := range *table {
		g := &(*table)[i]
		g.Hidden, g.Sum = hidden[i], g.Sum.limited(hidden[i])
	}
	out.TotalHidden, out.Total = totalHidden, out.Total.limited(totalHidden)
	return out, nil
}

// rowOf is an ente as a row of the tree's table.
func rowOf(a lms.Actor, t Tally, seen map[place]int) Row {
	if a.Keeps(t.Within) {
		return Row{}
	}
	r := Row{Unseen: t.Sums.Total.People, Known: a.Has(lms.Manager, []lms.OrganisationID{t.Organisation})}
	for at, n := range seen {
		if at.ente == t.Organisation {
			r.Unseen = max(0, r.Unseen-n)
		}
	}
	return r
}

// limited is what of a sum is told of people whom one may not see: who reached what may be a group of its own, and as small.
func (s Sum) limited(hidden bool) Sum {
	if hidden {
		return Sum{}
	}
	return Sum{People: s.People, Minutes: s.Minutes}
}

// place is an office of an ente.
type place struct {
	ente   lms.OrganisationID
	office string
}

// seenBy counts those whom somebody may see one by one, themselves among them, by where a tally counts them.
func (s *Ledger) seenBy(ctx context.Context, a lms.Actor, year int) (map[place]int, error) {
	self, err := s.school.People.Known(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	found := []lms.Person{self}
	if a.Is(lms.Manager) {
		theirs, _, err := s.managed(ctx, a, lms.PageAt{})
		if err != nil {
			return nil, err
		}
		found = append(found, theirs...)
	}
	out := map[place]int{}
	for _, p := range found {
		pass, done := s.reach(a, p), map[lms.OrganisationID]bool{}
		for _, m := range p.Memberships {
			own := stints(p, year, s.rome, func(o lms.Membership) bool { return o.Organisation == m.Organisation && pass(o) })
			if len(own) > 0 && !done[m.Organisation] {
				out[place{m.Organisation, latest(own).member.Office}]++
			}
			done[m.Organisation] = true
		}
	}
	return out, nil
}
