// Package meeting is the rooms where webinars are held: a small port, and what stands behind it. Any link will do; BigBlueButton is opened, entered and
// closed by its signed API. A live room of our own comes later behind the same port.
package meeting

import (
	"context"
	"net/url"
	"strings"
	"time"
	"unicode"

	"aulacomune/lms"
)

// Role is what somebody may do in a room.
type Role string

// The roles.
const (
	Attendee  Role = "attendee"
	Moderator Role = "moderator" // whoever holds or organises the webinar
)

// Session is what a room is told of the webinar that is held in it.
type Session struct {
	ID      string // of the webinar: letters, digits, hyphens; up to 100
	Title   string
	Welcome string // a line that people read as they enter, "" for none
	Back    string // https address where people land when they leave, "" for none
	Seats   int    // how many may be inside at once, 0 for any number
	Record  bool   // what is said is to be recorded
}

// Guest is somebody who enters.
type Guest struct {
	ID   string // the person's or the registration's: random, no personal data
	Name string // as the others in the room see it
	Role Role
}

// Recording is what a room recorded.
type Recording struct {
	ID         string
	Address    string // where it can be watched
	Start, End time.Time
	Published  bool
}

// Room is where webinars are held. Errors are lms.Unavailable where the room does not answer or not as it should, lms.Invalid for a session that it cannot
// hold; they say no address and no secret.
type Room interface {
	// Open prepares the room for a session. Again it changes nothing.
	Open(ctx context.Context, s Session) error
	// Address is where a guest's browser goes to enter; it may hold a secret of that guest and is not kept. It opens the room if need be.
	Address(ctx context.Context, s Session, g Guest) (string, error)
	// Running says whether somebody is inside. A room that cannot tell says yes.
	Running(ctx context.Context, s Session) (bool, error)
	// End sends everybody out. A session that is over, or never was, is no error.
	End(ctx context.Context, s Session) error
	// Recordings lists what was recorded of a session so far, the latest first; it may take hours until a recording is there.
	Recordings(ctx context.Context, s Session) ([]Recording, error)
}

// longest is how many characters an address may have.
const longest = 2000

// Link is a room of which nothing is known but its address: a meeting of Teams, Zoom, Meet or Jitsi that somebody made there.
type Link string

// ParseLink reads the address of a meeting: https, with a host, without a user. Invalid says that it is none, in the field "link".
func ParseLink(s string) (Link, error) {
	s = strings.TrimSpace(s)
	u, err := url.Parse(s)
	switch {
	case err != nil || len(s) > longest || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.Opaque != "",
		strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) || r == '\\' }),
		!strings.Contains(u.Hostname(), ".") && !strings.Contains(u.Hostname(), ":"):
		return "", lms.Wrong("link", "error.meeting.link")
	}
	return Link(u.String()), nil
}

// Open does nothing: the link is there.
func (l Link) Open(context.Context, Session) error { return nil }

// Address is the link, the same for everybody.
func (l Link) Address(context.Context, Session, Guest) (string, error) { return string(l), nil }

// Running is true: nobody can tell.
func (l Link) Running(context.Context, Session) (bool, error) { return true, nil }

// End does nothing: whoever made the meeting ends it.
func (l Link) End(context.Context, Session) error { return nil }

// Recordings are none that we know of.
func (l Link) Recordings(context.Context, Session) ([]Recording, error) { return nil, nil }
