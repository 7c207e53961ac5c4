package webinar

import (
	"strings"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
)

// Moment is a local time as somebody types it: "2026-03-04T10:00", on the clocks of Italy.
type Moment struct {
	Local  string
	Second bool // of an hour that comes twice, in the night in which clocks are put back, the second
}

// momentForm is how a browser writes a local time.
const momentForm = "2006-01-02T15:04"

// MomentOf is a moment as it is typed in a place.
func MomentOf(t time.Time, place *time.Location) Moment {
	if t.IsZero() {
		return Moment{}
	}
	m := Moment{Local: t.In(place).Format(momentForm)}
	if found := m.times(place); len(found) == 2 {
		m.Second = found[1].Equal(t)
	}
	return m
}

// times are the moments at which the clocks of a place show a local time: none in the hour that is skipped, two in the hour that comes twice.
func (m Moment) times(place *time.Location) (out []time.Time) {
	naive, err := time.Parse(momentForm, strings.TrimSpace(m.Local))
	if err != nil {
		return nil
	}
	about := time.Date(naive.Year(), naive.Month(), naive.Day(), naive.Hour(), naive.Minute(), 0, 0, place)
	for _, shift := range []time.Duration{-time.Hour, 0, time.Hour} {
		if t := about.Add(shift); t.Format(momentForm) == naive.Format(momentForm) {
			out = append(out, t.UTC())
		}
	}
	return out
}

// Twice says whether the clocks of a place show a local time twice.
func (m Moment) Twice(place *time.Location) bool { return len(m.times(place)) == 2 }

// At is the moment itself, or what is wrong with it as a message of error; zero, without one, where nothing was typed.
func (m Moment) At(place *time.Location) (time.Time, string) {
	m.Local = strings.TrimSpace(m.Local)
	if m.Local == "" {
		return time.Time{}, ""
	}
	naive, err := time.Parse(momentForm, m.Local)
	if err != nil || naive.Year() < 2000 || naive.Year() >= 2200 {
		return time.Time{}, "error.webinar.time"
	}
	found := m.times(place)
	switch {
	case len(found) == 0:
		return time.Time{}, "error.webinar.time.skipped"
	case len(found) == 2 && m.Second:
		return found[1], ""
	}
	return found[0], ""
}

// when says in words, in Italian or English, when something takes place: "mercoledì 4 marzo 2026, dalle 10:00 alle 12:00".
func when(from, to time.Time, rome *time.Location, lang string) string {
	a, b := from.In(rome), to.In(rome)
	day := cohort.DayOf(from, rome).Words(lang)
	if lang == "en" {
		return a.Weekday().String() + " " + day + ", from " + a.Format("15:04") + " to " + b.Format("15:04") + " (Rome time)"
	}
	days := [...]string{"domenica", "lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato"}
	return days[a.Weekday()] + " " + day + ", dalle " + a.Format("15:04") + " alle " + b.Format("15:04") + " (ora italiana)"
}

func conflict(message string) error { return &lms.Error{Kind: lms.Conflict, Message: message} }

func unknown() error { return lms.Fail(lms.NotFound, "error.webinar.unknown") }

// asUnknown says of what is not there the same as of what is another's.
func asUnknown(err error) error {
	if lms.Is(err, lms.NotFound) {
		return unknown()
	}
	return err
}

// unlessNotFound is an error that is not of something missing.
func unlessNotFound(err error) error {
	if lms.Is(err, lms.NotFound) {
		return nil
	}
	return err
}
