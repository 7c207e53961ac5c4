package cohort

import (
	"fmt"
	"strings"
	"time"
)

// Day is a day of the calendar in Italy, "2026-03-02". Days compare as texts; "" is no day.
type Day string

// dayForm is how a day is written.
const dayForm = time.DateOnly

// DayOf is the day of a moment in a place.
func DayOf(t time.Time, place *time.Location) Day { return Day(t.In(place).Format(dayForm)) }

// ParseDay reads a day; ok is false where the text is not a day of the calendar. The empty text is no day.
func ParseDay(s string) (d Day, ok bool) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", true
	}
	t, err := time.Parse(dayForm, s)
	return Day(t.Format(dayForm)), err == nil && t.Year() >= 2000 && t.Year() < 2200
}

// Add is so many days later.
func (d Day) Add(days int) Day {
	t, err := time.Parse(dayForm, string(d))
	if err != nil {
		return d
	}
	return Day(t.AddDate(0, 0, days).Format(dayForm))
}

// AddMonths is so many months later, at most on that month's last day: a month after 31 January is 28 or 29 February.
func (d Day) AddMonths(months int) Day {
	t, err := time.Parse(dayForm, string(d))
	if err != nil {
		return d
	}
	first := time.Date(t.Year(), t.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Day(first.AddDate(0, 0, min(t.Day(), last)-1).Format(dayForm))
}

// Words is the day as it is written in a letter, in Italian or English.
func (d Day) Words(lang string) string {
	t, err := time.Parse(dayForm, string(d))
	if err != nil {
		return ""
	}
	if lang == "en" {
		return t.Format("2 January 2006")
	}
	months := [...]string{"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"}
	day := fmt.Sprint(t.Day())
	if t.Day() == 1 {
		day = "1º"
	}
	return fmt.Sprintf("%s %s %d", day, months[t.Month()-1], t.Year())
}
