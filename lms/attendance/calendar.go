package attendance

import (
	"slices"
	"time"
)

// calendar turns what cells say into moments.
type calendar struct {
	zone  *time.Location
	order Order
	base  time.Time // the day of hours without one, as midnight UTC; zero where none is known
	plan  Span      // when the meeting took place, or was to; empty where not known
}

// moments is when a stamp was: one moment; two in the hour that comes twice; none where the day is not known. skipped says that the clock of that
// night never showed the time.
func (c calendar) moments(s stamp) (at []time.Time, skipped bool) {
	zone := c.zone
	if s.zone != nil {
		zone = s.zone
	}
	if s.dated {
		if day := c.day(s); !day.IsZero() {
			return instants(day, s, zone)
		}
		return nil, false
	}
	if c.base.IsZero() {
		return nil, false
	}
	at, skipped = instants(c.base, s, zone)
	if c.plan.Empty() {
		return at, skipped
	}
	for _, days := range []int{-1, 1} {
		other, skip := instants(c.base.AddDate(0, 0, days), s, zone)
		if c.away(other[0]) < c.away(at[0]) {
			at, skipped = other, skip
		}
	}
	return at, skipped
}

// day is the day of a stamp in the order of its file; in one that mixes the orders, where the date can be read in one way only.
func (c calendar) day(s stamp) time.Time {
	d, m := s.on(DayFirst), s.on(MonthFirst)
	switch {
	case c.order == MonthFirst && !m.IsZero():
		return m
	case c.order == DayFirst && !d.IsZero():
		return d
	case d.Equal(m) || m.IsZero():
		return d
	case d.IsZero():
		return m
	}
	return time.Time{}
}

// away is how far a moment lies from the meeting.
func (c calendar) away(t time.Time) time.Duration {
	switch {
	case t.Before(c.plan.From):
		return c.plan.From.Sub(t)
	case t.After(c.plan.To):
		return t.Sub(c.plan.To)
	}
	return 0
}

// instants is when a clock in a zone showed a time of a day: once, twice on the night when it was turned back, and never in the hour that it
// skipped, where the moment is the one that a clock which nobody had moved would have shown.
func instants(day time.Time, s stamp, zone *time.Location) (at []time.Time, skipped bool) {
	t := time.Date(day.Year(), day.Month(), day.Day(), s.hour, s.minute, s.second60, 0, zone)
	shows := func(t time.Time) bool {
		u := t.In(zone)
		return u.Hour() == s.hour && u.Minute() == s.minute && u.Day() == day.Day()
	}
	if !shows(t) {
		_, before := t.Add(-4 * time.Hour).Zone()
		return []time.Time{time.Date(day.Year(), day.Month(), day.Day(), s.hour, s.minute, s.second60, 0, time.FixedZone("", before)).UTC()}, true
	}
	for _, step := range []time.Duration{-time.Hour, 0, time.Hour} {
		if u := t.Add(step); shows(u) {
			at = append(at, u.UTC())
		}
	}
	return at, false
}

// between picks the entrance and the exit of a stay where an hour comes twice: what fits the length that the report states, then what lies nearest
// to the meeting, then the first.
func (c calendar) between(joins, leaves []time.Time, stated time.Duration) Span {
	var all []Span
	for _, j := range joins {
		for _, l := range leaves {
			all = append(all, Span{j, l})
		}
	}
	cost := func(s Span) (d time.Duration) {
		if s.To.Before(s.From) {
			d += 1000 * time.Hour
		}
		if stated > 0 {
			d += 10 * (s.To.Sub(s.From) - stated).Abs()
		}
		if !c.plan.Empty() {
			d += c.away(s.From) + c.away(s.To)
		}
		return d
	}
	return slices.MinFunc(all, func(a, b Span) int { return int((cost(a) - cost(b)) / time.Millisecond) })
}
