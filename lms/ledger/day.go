package ledger

import "time"

// Day is a day in Italy: "2026-03-31". Days compare as texts. "" is no day.
type Day string

// DayOf is the day that a moment falls on in a place.
func DayOf(t time.Time, in *time.Location) Day {
	if t.IsZero() {
		return ""
	}
	return Day(t.In(in).Format(time.DateOnly))
}

// ParseDay reads a day; false for what is none, or lies outside 1900 to 2199.
func ParseDay(s string) (Day, bool) {
	t, err := time.Parse(time.DateOnly, s)
	return Day(s), err == nil && t.Year() >= 1900 && t.Year() < 2200
}

// Time is the day's beginning in UTC: for counting days, not for hours.
func (d Day) Time() time.Time {
	t, _ := time.Parse(time.DateOnly, string(d)) // a Day is a day, or ""
	return t
}

// Year is the day's year; 0 for no day.
func (d Day) Year() int {
	if d == "" {
		return 0
	}
	return d.Time().Year()
}

// Next is the day after.
func (d Day) Next() Day { return Day(d.Time().AddDate(0, 0, 1).Format(time.DateOnly)) }

// Before is the day before.
func (d Day) Before() Day { return Day(d.Time().AddDate(0, 0, -1).Format(time.DateOnly)) }

// firstOf and lastOf are the ends of a year.
func firstOf(year int) Day {
	return Day(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
}
func lastOf(year int) Day { return firstOf(year + 1).Before() }
