package ledger

import (
	"slices"
	"time"

	"aulacomune/lms"
)

// Terms are what is known of somebody's work in a year beside their memberships.
type Terms struct {
	Share int `json:"share,omitempty"` // part of full time, in percent; 0 is all of it
	Since Day `json:"since,omitempty"` // hired on that day; "" leaves it to the memberships
	Until Day `json:"until,omitempty"` // the last day of work
}

// stint is a stretch of days in which somebody belonged to an ente.
type stint struct {
	member      lms.Membership
	first, last Day
}

// stints are a person's memberships as days of a year, one for each ente at a time. A membership that began when the person was made known here says
// nothing of when they were hired: it counts from the beginning. Only those that pass are told of.
func stints(p lms.Person, year int, in *time.Location, pass func(lms.Membership) bool) []stint {
	var out []stint
	known := DayOf(p.Created, in)
	for _, m := range p.Memberships {
		if !pass(m) {
			continue
		}
		s := stint{m, max(firstOf(year), DayOf(m.From, in)), lastOf(year)}
		if DayOf(m.From, in) <= known {
			s.first = firstOf(year)
		}
		if !m.To.IsZero() {
			s.last = min(s.last, DayOf(m.To.Add(-time.Nanosecond), in))
		}
		if s.first <= s.last {
			out = append(out, s)
		}
	}
	return out
}

// on is the stint that counts on a day: the first that holds, as for lms.Person.Current.
func on(all []stint, d Day) (stint, bool) {
	for _, s := range all {
		if s.first <= d && d <= s.last {
			return s, true
		}
	}
	return stint{}, false
}

// target is how many minutes are asked of somebody in a year. Each day asks for its part of what the policy of that day asks of the whole year, so
// that whoever came, went, moved to another ente or into another category, or saw the policy change, is asked for their days of each. A leap
// year has parts of its own. Where the last policy of the year does not go by days, it asks for the whole.
func target(all []stint, t Terms, year int, r *rules) (minutes int, last Policy) {
	sum, turns := 0, r.turns(all, t, year)
	var end stint
	for i, d := range turns[:len(turns)-1] {
		s, ok := on(all, d)
		if !ok || d < t.Since || t.Until != "" && d > t.Until {
			continue
		}
		last, end = r.on(s.member.Within, d), s
		sum += share(last, t) * last.Of(s.member.Category) * daysTo(d, turns[i+1])
	}
	if last.From == "" {
		return 0, last
	}
	if !last.ProRata {
		return (share(last, t)*last.Of(end.member.Category) + 50) / 100, last
	}
	days := daysTo(turns[0], turns[len(turns)-1])
	return (sum + 50*days) / (100 * days), last
}

// turns are the days of a year on which what is asked of somebody may become another, in their order: the first of the year, those on which a stint, a
// policy or their work begins or has just ended, and behind them the first day of the next year. Between two of them every day asks the same.
func (r *rules) turns(all []stint, t Terms, year int) []Day {
	out := []Day{firstOf(year), firstOf(year + 1)}
	add := func(from, to Day) {
		out = append(out, from)
		if to != "" {
			out = append(out, to.Next())
		}
	}
	add(t.Since, t.Until)
	first := directive()
	add(first.From, first.To)
	for _, s := range all {
		add(s.first, s.last)
		for _, id := range s.member.Within {
			for _, p := range r.of(id).Items {
				add(p.From, p.To)
			}
		}
	}
	out = slices.DeleteFunc(out, func(d Day) bool { return d < firstOf(year) || d > firstOf(year+1) })
	slices.Sort(out)
	return slices.Compact(out)
}

// daysTo is how many days there are from one to another, without that.
func daysTo(from, to Day) int { return int(to.Time().Sub(from.Time()) / (24 * time.Hour)) }

// share is the part of the time that a policy takes into account, in percent.
func share(p Policy, t Terms) int {
	if !p.PartTime || t.Share == 0 {
		return 100
	}
	return t.Share
}
