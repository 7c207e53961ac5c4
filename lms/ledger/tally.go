package ledger

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"aulacomune/lms"
)

// Sum is what a group of people did in a year.
type Sum struct {
	People  int `json:"people"`  // in the group; of an area or a kind, with hours in it
	Active  int `json:"active"`  // with any hours
	Reached int `json:"reached"` // who did what was asked of them
	Minutes int `json:"minutes"` // done
	Counted int `json:"counted"` // of those, as many as policies let count
	Target  int `json:"target"`  // asked of all of them together
}

// plus adds two sums.
func (s Sum) plus(o Sum) Sum {
	return Sum{s.People + o.People, s.Active + o.Active, s.Reached + o.Reached, s.Minutes + o.Minutes, s.Counted + o.Counted, s.Target + o.Target}
}

// Percent is how much was done of what is asked for, at most 100.
func (s Sum) Percent() int {
	if s.Target == 0 {
		return 100
	}
	return min(100, s.Counted*100/s.Target)
}

// Average is the minutes done for each person.
func (s Sum) Average() int {
	if s.People == 0 {
		return 0
	}
	return s.Minutes / s.People
}

// Sums are the sums of an ente's own people, without those below it.
type Sums struct {
	Total      Sum                  `json:"total"`
	Offices    map[string]Sum       `json:"offices,omitempty"` // "" for people without an office
	Categories map[lms.Category]Sum `json:"categories,omitempty"`
	Areas      map[AreaID]Sum       `json:"areas,omitempty"`
	Kinds      map[Kind]Sum         `json:"kinds,omitempty"`
}

// add counts one person's year.
func (s *Sums) add(a Account) {
	one := Sum{People: 1, Minutes: a.Minutes, Counted: a.Counted, Target: a.Target}
	if a.Minutes > 0 {
		one.Active = 1
	}
	if a.Reached() {
		one.Reached = 1
	}
	s.Total = s.Total.plus(one)
	put(&s.Offices, a.Member.Office, one)
	put(&s.Categories, a.Member.Category, one)
	for area, m := range a.Areas {
		put(&s.Areas, area, Sum{People: 1, Active: 1, Minutes: m})
	}
	for kind, m := range a.Kinds {
		put(&s.Kinds, kind, Sum{People: 1, Active: 1, Minutes: m})
	}
}

// put adds a sum under a key.
func put[K comparable](to *map[K]Sum, key K, s Sum) {
	if *to == nil {
		*to = map[K]Sum{}
	}
	(*to)[key] = (*to)[key].plus(s)
}

// plus adds the sums of another ente.
func (s *Sums) plus(o Sums) {
	s.Total = s.Total.plus(o.Total)
	merge(&s.Offices, o.Offices)
	merge(&s.Categories, o.Categories)
	merge(&s.Areas, o.Areas)
	merge(&s.Kinds, o.Kinds)
}

func merge[K comparable](to *map[K]Sum, from map[K]Sum) {
	for k, v := range from {
		put(to, k, v)
	}
}

// Tally is the stored sums of an ente in a year. It is counted again when something changed, never incremented.
type Tally struct {
	Organisation lms.OrganisationID   `json:"organisation"`
	Within       []lms.OrganisationID `json:"within"`
	Name         string               `json:"name"`
	Year         int                  `json:"year"`
	Sums         Sums                 `json:"sums"`
	Touched      int                  `json:"touched,omitempty"` // how often something changed that no row tells of
	Held         int                  `json:"held,omitempty"`    // how many of those the sums know of
	Round        int                  `json:"round"`             // counts begun: who began before another writes nothing
	Counted      time.Time            `json:"counted,omitzero"`  // when the last count began
}

// tallies says how tallies are kept.
var tallies = lms.Noun[Tally]{
	Name:   "hour_tallies",
	ID:     func(t Tally) string { return yearKey(string(t.Organisation), t.Year) },
	Shared: 4096,
	Clone:  func(t Tally) Tally { return t }, // sums are replaced as a whole
	Indexes: []lms.Index[Tally]{
		{Name: "within", Many: true, Keys: func(t Tally) []string {
			var keys []string
			for _, o := range t.Within {
				keys = append(keys, yearKey(string(o), t.Year)+"/"+lms.Fold(t.Name))
			}
			return keys
		}},
		{Name: "year", Keys: func(t Tally) []string { return []string{fmt.Sprintf("%04d", t.Year)} }},
		{Name: "stale", Keys: func(t Tally) []string { // dirty ones first, then those that were counted long ago; years that are over rest
			switch {
			case t.dirty():
				return []string{"0"}
			case t.Year < t.Counted.Year()-1:
				return nil
			}
			return []string{t.Counted.UTC().Format(time.RFC3339)}
		}},
	},
}

// dirty says that the sums are not what they should be.
func (t Tally) dirty() bool { return t.Counted.IsZero() || t.Held < t.Touched }

// touch says that a tally is to be counted again.
func (s *Ledger) touch(ctx context.Context, org lms.OrganisationID, year int) error {
	o, err := s.school.Organisations.Find(ctx, org)
	if err != nil {
		return unless(err, lms.NotFound)
	}
	err = s.tallies.Add(ctx, Tally{Organisation: org, Within: o.Within, Name: o.Name, Year: year, Touched: 1})
	if !lms.IsTaken(err, "id") {
		return err
	}
	_, err = s.tallies.Change(ctx, yearKey(string(org), year), func(t *Tally) error { t.Touched++; return nil })
	return err
}

// Touch says that the people of an organisation changed: who came, went, or works in another office. Rooms that change people call it.
func (s *Ledger) Touch(ctx context.Context, orgs ...lms.OrganisationID) error {
	for _, o := range orgs {
		for _, year := range []int{s.today().Year() - 1, s.today().Year()} {
			if err := s.touch(ctx, o, year); err != nil {
				return err
			}
		}
	}
	return nil
}

// count works out the sums of an ente's own people in a year, from rows and people alone.
func (s *Ledger) count(ctx context.Context, org lms.OrganisationID, year int) (Sums, error) {
	of := map[lms.PersonID][]Hours{}
	for h, err := range s.hours.List(ctx, lms.Query{Index: "ente", Equal: yearKey(string(org), year)}) {
		if err != nil {
			return Sums{}, err
		}
		of[h.Person] = append(of[h.Person], h)
	}
	var out Sums
	b := s.books(ctx)
	own := func(m lms.Membership) bool { return m.Organisation == org }
	one := func(p lms.Person) error {
		all := stints(p, year, s.rome, own)
		rows := of[p.ID]
		delete(of, p.ID)
		if len(all) == 0 && len(rows) == 0 {
			return nil
		}
		plan, err := s.planOf(ctx, p.ID, year)
		if err != nil {
			return err
		}
		if a := b.account(p, year, all, rows, plan); a.present || len(a.Rows) > 0 {
			out.add(a)
		}
		return b.err
	}
	for p, err := range s.school.People.OfEnte(ctx, org) {
		if err != nil {
			return out, err
		}
		if err := one(p); err != nil {
			return out, err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(of)) { // of people who are known no more
		if err := one(lms.Person{ID: id}); err != nil {
			return out, err
		}
	}
	return out, nil
}

// recount counts a tally again. The rows that are not counted yet are noted before, and counted is written on them behind: whatever comes in between
// makes the tally be counted once more. When somebody else begins meanwhile, they write it.
func (s *Ledger) recount(ctx context.Context, org lms.OrganisationID, year int) error {
	id := yearKey(string(org), year)
	if _, err := s.tallies.Find(ctx, id); lms.Is(err, lms.NotFound) {
		if err := s.touch(ctx, org, year); err != nil {
			return err
		}
	}
	began := s.now()
	begun, err := s.tallies.Change(ctx, id, func(t *Tally) error { t.Round++; return nil })
	if err != nil {
		return unless(err, lms.NotFound) // an organisation that is no more
	}
	fresh, err := s.hours.All(ctx, lms.Query{Index: "fresh", Equal: id})
	if err != nil {
		return err
	}
	sums, err := s.count(ctx, org, year)
	if err != nil {
		return err
	}
	written := false
	_, err = s.tallies.Change(ctx, id, func(t *Tally) error {
		if written = t.Round == begun.Round; written {
			t.Sums, t.Counted, t.Held = sums, began, begun.Touched
		}
		return nil
	})
	if err != nil || !written {
		return err
	}
	for _, h := range fresh {
		if err := s.settle(ctx, h, year); err != nil {
			return err
		}
	}
	return nil
}

// settle writes on a row that it was counted. One that stands in several years is counted when the last of them is: the others are touched.
func (s *Ledger) settle(ctx context.Context, h Hours, year int) error {
	for _, y := range h.Earlier {
		if y != year {
			if err := s.touch(ctx, h.Member.Organisation, y); err != nil {
				return err
			}
		}
	}
	if h.Year() != year {
		if err := s.touch(ctx, h.Member.Organisation, h.Year()); err != nil {
			return err
		}
	}
	_, err := s.hours.Change(ctx, string(h.ID), func(h *Hours) error { h.Counted = true; return nil })
	return err
}

// Difference is a tally that is not what its rows add up to.
type Difference struct {
	Organisation lms.OrganisationID
	Year         int
	Stored, Real Sums
}

// Rebuild counts every tally again and compares it with what is stored; those that are to be counted anyway are not compared. With write, what differs
// is put right. compared is how many were.
func (s *Ledger) Rebuild(ctx context.Context, write bool) (compared int, differ []Difference, err error) {
	waiting := map[string]bool{}
	for h, err := range s.hours.List(ctx, lms.Query{Index: "fresh"}) {
		if err != nil {
			return 0, nil, err
		}
		for _, k := range h.keys(string(h.Member.Organisation)) {
			waiting[k] = true
		}
	}
	all, err := s.tallies.All(ctx, lms.Query{})
	if err != nil {
		return 0, nil, err
	}
	for _, t := range all {
		id := yearKey(string(t.Organisation), t.Year)
		if !t.dirty() && !waiting[id] {
			real, err := s.count(ctx, t.Organisation, t.Year)
			if err != nil {
				return compared, differ, err
			}
			if compared++; !reflect.DeepEqual(real, t.Sums) {
				differ = append(differ, Difference{t.Organisation, t.Year, t.Sums, real})
			}
		}
		if write {
			if err := s.recount(ctx, t.Organisation, t.Year); err != nil {
				return compared, differ, err
			}
		}
	}
	return compared, differ, nil
}

// String is what differs, on one line.
func (d Difference) String() string {
	return fmt.Sprintf("%s %d: stored %+v, counted %+v", d.Organisation, d.Year, d.Stored.Total, d.Real.Total)
}

// slice splits the key of a tally.
func slice(key string) (lms.OrganisationID, int) {
	org, year, _ := strings.Cut(key, "/")
	n := 0
	_, _ = fmt.Sscanf(year, "%d", &n) // written by yearKey
	return lms.OrganisationID(org), n
}
