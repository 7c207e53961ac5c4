package attendance

import (
	"time"
)

// settle decides which number of the dates of a whole file is the day: what a person said, a number above 12, dates that lie together in one order
// only, the day for which the meeting was planned. Where none of them tells, it says so and decides nothing.
func settle(stamps []stamp, texts []string, h Hints) (Order, *Problem) {
	if h.Order != OrderUnknown {
		return h.Order, nil
	}
	day, month := -1, -1 // the first that can be read one way only
	open := -1
	for i, s := range stamps {
		switch {
		case !s.dated || s.fixed || s.first == s.second:
		case !isDay(s.year, s.first, s.second):
			day = firstOf(day, i)
		case !isDay(s.year, s.second, s.first):
			month = firstOf(month, i)
		default:
			open = firstOf(open, i)
		}
	}
	switch {
	case day >= 0 && month >= 0:
		p := grave(MixedDays, "Cell", texts[day], "Other", texts[month])
		return OrderUnknown, &p
	case day >= 0:
		return DayFirst, nil
	case month >= 0:
		return MonthFirst, nil
	case open < 0:
		return DayFirst, nil
	}
	if o := together(stamps); o != OrderUnknown {
		return o, nil
	}
	if o := nearTo(stamps, h); o != OrderUnknown {
		return o, nil
	}
	s := stamps[open]
	p := grave(AmbiguousDay, "Cell", texts[open], "First", s.on(DayFirst).Format(time.DateOnly), "Second", s.on(MonthFirst).Format(time.DateOnly))
	return OrderUnknown, &p
}

func firstOf(was, now int) int {
	if was < 0 {
		return now
	}
	return was
}

// on is the day of a stamp in an order of dates; the zero time where it is none.
func (s stamp) on(o Order) time.Time {
	day, month := s.first, s.second
	if o == MonthFirst && !s.fixed {
		day, month = month, day
	}
	if !isDay(s.year, month, day) {
		return time.Time{}
	}
	return time.Date(s.year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// together is the order in which all dates of a file lie within two days, if they do so in one order only.
func together(stamps []stamp) Order {
	lie := func(o Order) bool {
		var from, to time.Time
		for _, s := range stamps {
			if !s.dated {
				continue
			}
			d := s.on(o)
			if from.IsZero() || d.Before(from) {
				from = d
			}
			if d.After(to) {
				to = d
			}
		}
		return to.Sub(from) <= 48*time.Hour
	}
	switch d, m := lie(DayFirst), lie(MonthFirst); {
	case d && !m:
		return DayFirst
	case m && !d:
		return MonthFirst
	}
	return OrderUnknown
}

// nearTo is the order in which dates of a file lie on the day of the meeting or the next to it, if they do so in one order only.
func nearTo(stamps []stamp, h Hints) Order {
	if h.Scheduled.From.IsZero() {
		return OrderUnknown
	}
	at := h.Scheduled.From.In(h.Zone)
	meeting := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
	var day, month bool
	for _, s := range stamps {
		if s.dated {
			day = day || s.on(DayFirst).Sub(meeting).Abs() <= 24*time.Hour
			month = month || s.on(MonthFirst).Sub(meeting).Abs() <= 24*time.Hour
		}
	}
	switch {
	case day && !month:
		return DayFirst
	case month && !day:
		return MonthFirst
	}
	return OrderUnknown
}
