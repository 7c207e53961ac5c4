package post

import (
	"strconv"
	"strings"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/web/front"
)

// invitation is what the calendar part of a letter says (RFC 5545), as far as a page shows it; nil where there is none. Calendars read the part itself.
func invitation(r *front.Request, part []byte, href string) *Invitation {
	if len(part) == 0 {
		return nil
	}
	said := properties(string(part))
	sequence, _ := strconv.Atoi(said["SEQUENCE"]) // without one it is the first: 0
	v := &Invitation{Href: href, Title: plain(said["SUMMARY"]), Starts: moment(said["DTSTART"], r.InRome(r.Now()).Location()), What: "new"}
	switch {
	case said["METHOD"] == "CANCEL":
		v.What = "cancelled"
	case sequence > 0:
		v.What = "changed"
	}
	return v
}

// properties are the first value of every property of a calendar and its event, without the properties' parameters: the alarms come last.
func properties(calendar string) map[string]string {
	out := map[string]string{}
	_, event, _ := strings.Cut(calendar, "BEGIN:VEVENT")
	head, _, _ := strings.Cut(calendar, "BEGIN:VTIMEZONE")
	for line := range strings.Lines(strings.ReplaceAll(head+event, "\r\n ", "")) {
		name, value, _ := strings.Cut(strings.TrimRight(line, "\r\n"), ":")
		name, _, _ = strings.Cut(name, ";")
		if _, there := out[name]; !there {
			out[name] = value
		}
	}
	return out
}

// plain takes the escapes out of a text (RFC 5545, 3.3.11).
func plain(text string) string {
	return strings.NewReplacer(`\\`, `\`, `\,`, ",", `\;`, ";", `\n`, " ", `\N`, " ").Replace(text)
}

// moment reads a time, of a place or in UTC; zero where there is none.
func moment(text string, place *time.Location) time.Time {
	t, err := time.Parse("20060102T150405Z", text)
	if err != nil {
		t, _ = time.ParseInLocation("20060102T150405", text, place)
	}
	return t
}

// calendar gives the calendar part of a letter in the mailbox of a demo as a file.
func (p Pages) calendar(r *front.Request) error {
	a, err := p.Box.Find(r.Ctx(), r.Param("letter"))
	if err != nil {
		return front.Unknown(err, "error.page")
	}
	if len(a.Calendar) == 0 {
		return lms.Fail(lms.NotFound, "error.page")
	}
	return r.Download("appuntamento.ics", "text/calendar; charset=utf-8", a.Calendar)
}
