package calendar

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
)

// sheet is a calendar file before it is written.
type sheet struct {
	method  string
	lang    string
	name    string // of a feed
	page    string
	refresh time.Duration
	events  []Event
}

// words are the few of ours that a calendar shows.
type words struct {
	place, enter, page, cancelled, day, minutes, hours, now string
}

// wordsOf gives them in a language.
func wordsOf(lang string) words {
	if lang == "en" {
		return words{place: "Online", enter: "Join", page: "Page", cancelled: "Cancelled", day: "Tomorrow", minutes: "In %d minutes", hours: "In %d hours", now: "Now"}
	}
	return words{place: "Online", enter: "Entra", page: "Pagina", cancelled: "Annullato", day: "Domani", minutes: "Tra %d minuti", hours: "Tra %d ore", now: "Adesso"}
}

// write puts a calendar into the form in which it travels, and refuses its own work where Check does.
func write(s sheet) ([]byte, error) {
	lang := "IT"
	if s.lang == "en" {
		lang = "EN"
	}
	cal := &ics.Calendar{}
	cal.SetVersion("2.0")
	cal.SetProductId("-//Aula Comune//Calendar//" + lang)
	cal.SetCalscale("GREGORIAN")
	cal.SetMethod(ics.Method(s.method))
	if s.name != "" {
		cal.SetName(s.name)
		cal.SetXWRCalName(s.name)
	}
	if s.page != "" {
		cal.SetUrl(s.page)
	}
	if s.refresh > 0 {
		cal.SetRefreshInterval(duration(s.refresh))
		cal.SetXPublishedTTL(duration(s.refresh))
	}
	cal.AddVTimezone(zone())
	for _, e := range s.events {
		e, err := e.checked()
		if err != nil {
			return nil, err
		}
		v, err := e.component(s.method)
		if err != nil {
			return nil, err
		}
		cal.AddVEvent(v)
	}
	var b bytes.Buffer
	if err := cal.SerializeTo(&b, ics.WithLineLength(octets), ics.WithNewLineWindows); err != nil {
		return nil, fmt.Errorf("calendar: %w", err)
	}
	return b.Bytes(), Check(b.Bytes())
}

// component is one event of a calendar.
func (e Event) component(method string) (*ics.VEvent, error) {
	w := wordsOf(e.Lang)
	v := ics.NewEvent(e.UID)
	v.SetProperty(ics.ComponentPropertyDtstamp, utc(e.Stamp))
	start, end, local, err := times(e.Start, e.End)
	if err != nil {
		return nil, err
	}
	var zoned []ics.PropertyParameter
	if local {
		zoned = append(zoned, ics.WithTZID(zoneName))
	}
	v.SetProperty(ics.ComponentPropertyDtStart, start, zoned...)
	v.SetProperty(ics.ComponentPropertyDtEnd, end, zoned...)
	v.SetProperty(ics.ComponentPropertySequence, strconv.Itoa(e.Sequence))
	title, status, shows := e.Title, ics.ObjectStatusConfirmed, ics.TransparencyOpaque
	if e.Cancelled {
		title, status, shows = w.cancelled+": "+e.Title, ics.ObjectStatusCancelled, ics.TransparencyTransparent
	}
	v.SetSummary(title)
	v.SetStatus(status)
	v.SetTimeTransparency(shows)
	v.SetLocation(w.place)
	invited := method != Publish
	if d := e.description(w, invited); d != "" {
		v.SetDescription(d)
	}
	if e.Page != "" {
		v.SetURL(e.Page)
	}
	if e.Organiser.Email != "" {
		v.Properties = append(v.Properties, calendarUser("ORGANIZER", e.Organiser, ""))
	}
	if invited {
		v.Properties = append(v.Properties, calendarUser("ATTENDEE", e.Attendee, ";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE"))
	}
	if e.Cancelled {
		return v, nil
	}
	if invited && e.Conference != "" {
		v.AddProperty("CONFERENCE", e.Conference, ics.WithValue("URI"), &ics.KeyValues{Key: "FEATURE", Value: []string{"AUDIO", "VIDEO"}}, &ics.KeyValues{Key: "LABEL", Value: []string{w.enter}})
	}
	for _, before := range e.Alarms {
		v.AddVAlarm(e.alarm(w, before))
	}
	return v, nil
}

// description is the text with the addresses below it: few programs show URL or CONFERENCE.
func (e Event) description(w words, invited bool) string {
	blocks := []string{e.Text}
	if invited && e.Conference != "" && !e.Cancelled {
		blocks = append(blocks, w.enter+": "+e.Conference)
	}
	if e.Page != "" {
		blocks = append(blocks, w.page+": "+e.Page)
	}
	return strings.TrimSpace(strings.Join(blocks, "\n\n"))
}

// alarm reminds of the event so long before its start.
func (e Event) alarm(w words, before time.Duration) *ics.VAlarm {
	says := w.now
	switch {
	case before == 24*time.Hour:
		says = w.day
	case before >= 2*time.Hour:
		says = fmt.Sprintf(w.hours, int(before.Hours()))
	case before > 0:
		says = fmt.Sprintf(w.minutes, int(before.Minutes()))
	}
	a := &ics.VAlarm{}
	a.SetAction(ics.ActionDisplay)
	a.SetDescription(says + ": " + e.Title)
	a.SetTrigger("-" + duration(before))
	return a
}

// calendarUser is a person with an address. The library would write a backslash before a comma or an apostrophe in a name, which RFC 5545 has in no
// parameter: names are quoted here (and a quotation mark in one written as RFC 6868 says), and go to the library as part of the property's name.
func calendarUser(property string, p Party, more string) ics.IANAProperty {
	name := line(p.Name)
	if name != "" {
		property += `;CN="` + strings.NewReplacer("^", "^^", `"`, "^'").Replace(name) + `"`
	}
	return ics.IANAProperty{BaseProperty: ics.BaseProperty{IANAToken: property + more, Value: "mailto:" + mailbox(p.Email)}}
}

// mailbox is an address as it stands behind mailto: (RFC 6068).
func mailbox(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte("-._~!$'*+@", c) >= 0:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// duration is whole days, or hours and minutes (RFC 5545, 3.3.6).
func duration(d time.Duration) string {
	if days := d / (24 * time.Hour); days > 0 && d%(24*time.Hour) == 0 {
		return fmt.Sprintf("P%dD", days)
	}
	out, h, m := "PT", d/time.Hour, d%time.Hour/time.Minute
	if h > 0 {
		out += fmt.Sprintf("%dH", h)
	}
	if m > 0 || h == 0 {
		out += fmt.Sprintf("%dM", m)
	}
	return out
}
