package calendar

import (
	"fmt"
	"sync"
	"time"

	ics "github.com/arran4/golang-ical"
)

// zoneName is where the times are, in the words of the IANA database.
const zoneName = "Europe/Rome"

// How times are written.
const (
	localForm = "20060102T150405"
	utcForm   = "20060102T150405Z"
)

// zone is the clock of Italy by the rule that holds since 1996 (directive 2000/84/EC keeps it): summer time from the last Sunday of March to the last of October, at 01:00 UTC.
func zone() *ics.VTimezone {
	turn := func(c *ics.ComponentBase, start, from, to, name, month string) {
		c.SetProperty(ics.ComponentPropertyDtStart, start)
		c.SetProperty("TZOFFSETFROM", from)
		c.SetProperty("TZOFFSETTO", to)
		c.SetProperty("TZNAME", name)
		c.SetProperty(ics.ComponentPropertyRrule, "FREQ=YEARLY;BYMONTH="+month+";BYDAY=-1SU")
	}
	summer, winter := &ics.Daylight{}, &ics.Standard{}
	turn(&summer.ComponentBase, "19960331T020000", "+0100", "+0200", "CEST", "3")
	turn(&winter.ComponentBase, "19961027T030000", "+0200", "+0100", "CET", "10")
	z := ics.NewTimezone(zoneName)
	z.Components = append(z.Components, summer, winter)
	return z
}

// rome is where that is for Go.
var rome = sync.OnceValues(func() (*time.Location, error) { return time.LoadLocation(zoneName) })

// times are start and end as they are written: by the clock of Italy, or both in UTC where that clock shows one of them twice, or had another rule.
func times(from, to time.Time) (start, end string, local bool, err error) {
	l, err := rome()
	if err != nil {
		return "", "", false, fmt.Errorf("calendar: %w", err)
	}
	from, to = from.In(l), to.In(l)
	if twice(from) || twice(to) || from.Year() < 1997 {
		return utc(from), utc(to), false, nil
	}
	return from.Format(localForm), to.Format(localForm), true, nil
}

// twice says whether the clock shows this time on two occasions: in the hour before it is put back, and in the hour behind that.
func twice(t time.Time) bool {
	wall := t.Format(localForm)
	return t.Add(time.Hour).Format(localForm) == wall || t.Add(-time.Hour).Format(localForm) == wall
}

func utc(t time.Time) string { return t.UTC().Format(utcForm) }
