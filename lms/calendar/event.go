package calendar

import (
	"errors"
	"fmt"
	"net/mail"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// The methods of a calendar (RFC 5546): what whoever receives it is to do with it.
const (
	Request = "REQUEST" // put it into your calendar, or change what is there
	Cancel  = "CANCEL"  // take it out again
	Publish = "PUBLISH" // look at it: nobody is invited
)

// Party is somebody with an address.
type Party struct {
	Name  string
	Email string
}

// Event is something that people take part in at a time.
type Event struct {
	UID        string    // the same for ever, see UID
	Sequence   int       // 0 at first; higher after every change of time, title or address, and for a cancellation
	Stamp      time.Time // when this was written
	Start, End time.Time
	Title      string
	Text       string // what it is about, in lines
	Page       string // address of its page, "" for none; it may hold no secret
	Conference string // address where this attendee enters; only an invitation tells it
	Organiser  Party
	Attendee   Party // who is invited; only an invitation tells it
	Cancelled  bool
	Lang       string          // "it" or "en", for the few words of ours; "" is Italian
	Alarms     []time.Duration // how long before the start the calendar is to remind; see Reminders
}

// UID names what a person was invited to, in every calendar of the world and for ever: the id of the thing, the person's id, the host of the public address.
func UID(kind, id, person, host string) string {
	return kind + "-" + id + "-" + person + "@" + host
}

// Reminders are a day and a quarter of an hour before the start.
func Reminders() []time.Duration { return []time.Duration{24 * time.Hour, 15 * time.Minute} }

// Invitation is the event as the text/calendar part of a letter to its attendee, and the method that goes with it: Request, or Cancel when the event
// is cancelled. Who organises and who attends must have an address.
func (e Event) Invitation() (part []byte, method string, err error) {
	method = Request
	if e.Cancelled {
		method = Cancel
	}
	for who, p := range map[string]Party{"organiser": e.Organiser, "attendee": e.Attendee} {
		if a, err := mail.ParseAddress(p.Email); err != nil || a.Address != p.Email {
			return nil, "", fmt.Errorf("calendar: the %s has no address", who)
		}
	}
	part, err = write(sheet{method: method, lang: e.Lang, events: []Event{e}})
	return part, method, err
}

// File is the event for whoever downloads it from a page: nobody is invited, and where one enters is not told.
func (e Event) File() ([]byte, error) {
	return write(sheet{method: Publish, lang: e.Lang, events: []Event{e}})
}

// Feed is a calendar that programs fetch again and again. It tells of no event who attends or where one enters: addresses of feeds get passed on.
type Feed struct {
	Name    string
	Lang    string // of the words of ours around the events' own
	Page    string // address of the page that shows the same, "" for none
	Refresh time.Duration
	Events  []Event
}

// File is the feed as programs fetch it. A feed without events is a calendar with nothing in it.
func (f Feed) File() ([]byte, error) {
	page, err := address(f.Page)
	if err != nil {
		return nil, err
	}
	return write(sheet{method: Publish, lang: f.Lang, name: text(f.Name), page: page, refresh: f.Refresh, events: f.Events})
}

// checked is the event as it can be written, or why it can't be.
func (e Event) checked() (Event, error) {
	switch {
	case e.UID == "" || strings.ContainsFunc(e.UID, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`\;,`, r) }):
		return e, errors.New("calendar: the event has no UID of plain letters")
	case e.Stamp.IsZero() || e.Start.IsZero() || !e.End.After(e.Start):
		return e, fmt.Errorf("calendar: event %s has no stamp, or does not end after it starts", e.UID)
	case e.Sequence < 0:
		return e, fmt.Errorf("calendar: event %s has a negative sequence", e.UID)
	}
	if e.Title = line(e.Title); e.Title == "" {
		return e, fmt.Errorf("calendar: event %s has no title", e.UID)
	}
	e.Text = text(e.Text)
	var err, err2 error
	e.Page, err = address(e.Page)
	e.Conference, err2 = address(e.Conference)
	return e, errors.Join(err, err2)
}

// address is an absolute http address as it stands in a calendar, "" for "". An error does not repeat it: it may hold a secret.
func address(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return "", errors.New("calendar: what should be an address on the web is none")
	}
	if out := u.String(); !strings.ContainsFunc(out, func(r rune) bool { return r <= ' ' || r > '~' || r == '"' || r == '\\' }) {
		return out, nil
	}
	return "", errors.New("calendar: an address has characters that none has")
}

// text is what a calendar may hold of a text: no control characters but ends of lines, nothing that turns the direction of writing around.
func text(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, string(utf8.RuneError)), "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\r', r == '\u2028', r == '\u2029':
			return '\n'
		case unicode.IsControl(r):
			return ' '
		case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\ufeff':
			return -1
		}
		return r
	}, s))
}

// line is a text on one line.
func line(s string) string { return strings.Join(strings.Fields(text(s)), " ") }
