package ledger

import (
	"context"
	"maps"
	"slices"

	"aulacomune/course"
	"aulacomune/lms"
)

// Account is somebody's year: the one projection behind pages, sums and exports. It holds what whoever asks may see: of a person who moved, an ente
// knows the part that is its own.
type Account struct {
	Person   lms.PersonID
	Name     string
	Member   lms.Membership // who the person is, or was last in that year
	Year     int
	Target   int // minutes that are asked for
	Minutes  int // done
	Counted  int // of those done, as many as the policy lets count
	Forecast int // that would count at the end of the year if all that is ahead is done
	Kinds    map[Kind]int
	Areas    map[AreaID]int // minutes; "" for hours without an area
	Rows     []Hours        // that stand, the latest first
	Replaced []Hours        // that were corrected or struck
	Ahead    []Expected
	Plan     Plan
	Policy   Policy // the last that held in the year
	Claims   []Claim
	present  bool // belonged to an ente in that year
}

// Reached says whether enough was done. Of whom nothing is asked, it is.
func (a Account) Reached() bool { return a.Counted >= a.Target }

// Counts are, for each of Rows, as many of its minutes as count: where the policy limits a kind of training, the earliest do first. Together they are Counted.
func (a Account) Counts() []int {
	left, out := maps.Clone(a.Policy.Most), make([]int, len(a.Rows))
	for i, h := range slices.Backward(a.Rows) {
		out[i] = h.Minutes
		if most, limited := left[h.Kind]; limited {
			out[i] = min(most, h.Minutes)
			left[h.Kind] = most - out[i]
		}
	}
	return out
}

// Missing is how many minutes are still asked for.
func (a Account) Missing() int { return max(0, a.Target-a.Counted) }

// Percent is how much was done of what is asked for, at most 100.
func (a Account) Percent() int {
	if a.Target == 0 {
		return 100
	}
	return min(100, a.Counted*100/a.Target)
}

// Expected is training that lies ahead of somebody.
type Expected struct {
	Title   string
	Course  course.Slug // "" where it is none, or not known which
	Area    AreaID
	Kind    Kind // "" where it is not known
	Minutes int
	Due     Day // "" where there is no date
	Planned bool
	Webinar string // "" where it is none, else its name in addresses: in a course it counts no second time
}

// books is what accounts are worked out by: policies and areas, looked up once.
type books struct {
	*rules
	areas func(lms.OrganisationID) (Areas, error)
	known map[lms.OrganisationID]Areas
}

func (s *Ledger) books(ctx context.Context) *books {
	return &books{rules: s.rules(ctx), known: map[lms.OrganisationID]Areas{}, areas: func(id lms.OrganisationID) (Areas, error) { return s.areasOf(ctx, id) }}
}

// area is the area of a row.
func (b *books) area(h Hours) AreaID { return b.tree(h.Member).of(h) }

// tree are the areas of the tree that a membership lies in.
func (b *books) tree(m lms.Membership) Areas {
	root := rootOf(m)
	a, ok := b.known[root]
	if !ok {
		var err error
		if a, err = b.areas(root); err != nil && b.err == nil {
			b.err = err
		}
		b.known[root] = a
	}
	return a
}

// account works out a person's year from the rows that may be seen, and the stretches of days that count.
func (b *books) account(p lms.Person, year int, all []stint, rows []Hours, plan Plan) Account {
	a := Account{Person: p.ID, Name: p.Name(), Year: year, Plan: plan, Kinds: map[Kind]int{}, Areas: map[AreaID]int{}, present: len(all) > 0}
	a.Rows, a.Replaced = standing(rows, year)
	for i, h := range a.Rows {
		h.Area = b.area(h)
		a.Rows[i] = h
		a.Minutes += h.Minutes
		a.Kinds[h.Kind] += h.Minutes
		a.Areas[h.Area] += h.Minutes
	}
	a.Target, a.Policy = target(all, plan.Terms, year, b.rules)
	a.Counted = a.Policy.Counts(a.Kinds)
	a.Forecast = a.Counted
	switch {
	case len(all) > 0:
		a.Member = latest(all).member
	case len(a.Rows) > 0:
		a.Member = a.Rows[0].Member
	}
	return a
}

// latest is the stint that ends last; of several, the first.
func latest(all []stint) stint {
	out := all[0]
	for _, s := range all[1:] {
		if s.last > out.last {
			out = s
		}
	}
	return out
}

// foresee adds what lies ahead: what was begun, and what of the plan neither was done nor is begun.
func (a *Account) foresee(begun []Expected) {
	a.Ahead = slices.Clone(begun)
	ahead, kinds := map[AreaID]int{}, map[Kind]int{}
	for k, m := range a.Kinds {
		kinds[k] = m
	}
	for _, e := range begun {
		ahead[e.Area] += e.Minutes
		kinds[e.Kind] += e.Minutes
	}
	for area, m := range a.Areas {
		ahead[area] += m
	}
	for _, l := range a.Plan.Lines {
		left := l.Minutes
		switch {
		case l.Course != "":
			if a.takes(l.Course, begun) {
				continue
			}
		case l.Area != "":
			used := min(left, ahead[l.Area])
			left, ahead[l.Area] = left-used, ahead[l.Area]-used
		}
		if left > 0 {
			a.Ahead = append(a.Ahead, Expected{Title: l.Title, Course: l.Course, Area: l.Area, Minutes: left, Due: l.Due, Planned: true})
			kinds[""] += left
		}
	}
	a.Forecast = a.Policy.Counts(kinds)
}

// takes says whether a course was done in the year, or is begun.
func (a *Account) takes(slug course.Slug, begun []Expected) bool {
	return slices.ContainsFunc(a.Rows, func(h Hours) bool { return h.Course == slug }) || slices.ContainsFunc(begun, func(e Expected) bool { return e.Course == slug })
}

// begun is what somebody takes, and what they have a place in.
func (s *Ledger) begun(ctx context.Context, p lms.Person, year int, b *books) ([]Expected, error) {
	if year != s.today().Year() {
		return nil, nil
	}
	all, err := s.school.Learning.Of(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	var out, more []Expected
	if s.ahead != nil {
		if more, err = s.ahead(ctx, p.ID, s.today(), lastOf(year)); err != nil {
			return nil, err
		}
	}
	for _, st := range all {
		e := st.Enrolment
		if e.Told || st.State == lms.Completed && DayOf(e.Completed, s.rome).Year() != year {
			continue
		}
		x := Expected{Title: st.Content.Title, Course: e.Course, Kind: ELearning, Minutes: max(0, st.Planned-elsewhere(st, more))}
		x.Area = b.tree(e.Member).Courses[e.Course]
		if x.Due, err = s.dueOf(ctx, e); err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return append(out, more...), nil
}

// elsewhere are the minutes of a course's webinars that count by themselves: those attended, and those in which the person has a seat.
func elsewhere(st lms.Standing, ahead []Expected) (minutes int) {
	for _, o := range st.Objects {
		has := func(e Expected) bool { return e.Webinar == o.Object.Webinar }
		if o.Object.Webinar != "" && (o.Progress.Evidence.Attended || slices.ContainsFunc(ahead, has)) {
			minutes += o.Object.Minutes
		}
	}
	return minutes
}

// dueOf is the day by which a course is to be completed; "" where nobody asks for one.
func (s *Ledger) dueOf(ctx context.Context, e lms.Enrolment) (Day, error) {
	if s.due == nil {
		return "", nil
	}
	at, err := s.due(ctx, e)
	return DayOf(at, s.rome), err
}
