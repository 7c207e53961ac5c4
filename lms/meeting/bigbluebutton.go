package meeting

import (
	"context"
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // what older servers ask for
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"aulacomune/lms"
	"aulacomune/lms/memory"
)

// Hash is how the calls of BigBlueButton are signed.
type Hash string

// The ways that servers accept; since version 2.4 SHA256 is.
const (
	SHA256 Hash = "sha256"
	SHA1   Hash = "sha1"
)

// How long a server may take for one answer, and for how long a room that was just opened counts as open: BigBlueButton forgets an empty one within minutes.
const (
	answerWithin = 10 * time.Second
	staysOpen    = 30 * time.Second
)

// BigBlueButton is a server of that name. It is a Room.
type BigBlueButton struct {
	base   string
	secret string
	hash   Hash
	client *http.Client
	opened *memory.Recent[string, bool]
	turns  *memory.Queue // one opening at a time for each session
}

// NewBigBlueButton knows a server by its address and the secret that it shares with us. Nothing is asked of it yet.
func NewBigBlueButton(base, shared string, h Hash) (*BigBlueButton, error) {
	if h == "" {
		h = SHA256
	}
	address, err := readBase(base)
	switch {
	case err != nil:
		return nil, err
	case shared == "" || strings.ContainsFunc(shared, unicode.IsSpace):
		return nil, errors.New("the secret of BigBlueButton is empty, or more than one word")
	case h != SHA256 && h != SHA1:
		return nil, errors.New("BigBlueButton is signed with sha256 or sha1")
	}
	client := &http.Client{Timeout: answerWithin, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse // a signed call goes to this server and to no other
	}}
	return &BigBlueButton{base: address, secret: shared, hash: h, client: client, opened: memory.NewRecent[string, bool](staysOpen), turns: memory.NewQueue()}, nil
}

// String is the server's kind: no log and no error prints its address or its secret.
func (b *BigBlueButton) String() string { return "BigBlueButton" }

// GoString is the same, for whoever prints values as Go writes them.
func (b *BigBlueButton) GoString() string { return b.String() }

// Within gives the server another time to answer; tests have none to lose.
func (b *BigBlueButton) Within(d time.Duration) { b.client.Timeout = d }

// Checksum signs a call: the hash, in hex, of its name, its query as it stands in the address, and the secret.
func Checksum(h Hash, call, query, shared string) string {
	if h == SHA1 {
		sum := sha1.Sum([]byte(call + query + shared)) //nolint:gosec // what older servers ask for
		return hex.EncodeToString(sum[:])
	}
	sum := sha256.Sum256([]byte(call + query + shared))
	return hex.EncodeToString(sum[:])
}

// signed is the address of a call.
func (b *BigBlueButton) signed(call string, q url.Values) string {
	query := q.Encode()
	return b.base + call + "?" + query + "&checksum=" + Checksum(b.hash, call, query, b.secret)
}

// Open creates the meeting. BigBlueButton takes the same call again as long as nothing differs, so everybody who enters may come with it.
func (b *BigBlueButton) Open(ctx context.Context, s Session) error {
	q, err := b.creation(s)
	if err != nil {
		return err
	}
	leave, err := b.turns.Enter(ctx, s.ID)
	if err != nil {
		return err
	}
	defer leave()
	if _, ok := b.opened.Get(s.ID, time.Now()); ok {
		return nil
	}
	if _, err := b.call(ctx, "create", q); err != nil {
		return err
	}
	b.opened.Put(s.ID, true, time.Now())
	return nil
}

// creation is what the meeting is created with, or why it cannot be held.
func (b *BigBlueButton) creation(s Session) (url.Values, error) {
	name := oneLine(s.Title, 200)
	if err := s.check(); err != nil {
		return nil, err
	}
	if name == "" {
		return nil, lms.Wrong("title", "error.required")
	}
	q := url.Values{"meetingID": {meetingID(s)}, "name": {name}, "attendeePW": {b.password(s, Attendee)}, "moderatorPW": {b.password(s, Moderator)}, "record": {strconv.FormatBool(s.Record)}}
	for key, value := range map[string]string{"welcome": oneLine(s.Welcome, 500), "logoutURL": s.Back} {
		if value != "" {
			q.Set(key, value)
		}
	}
	if s.Seats > 0 {
		q.Set("maxParticipants", strconv.Itoa(s.Seats))
	}
	return q, nil
}

// Address is a signed join, for a meeting that is there.
func (b *BigBlueButton) Address(ctx context.Context, s Session, g Guest) (string, error) {
	name := oneLine(g.Name, 100)
	if name == "" {
		return "", lms.Wrong("name", "error.required")
	}
	if err := b.Open(ctx, s); err != nil {
		return "", err
	}
	role := "VIEWER"
	if g.Role == Moderator {
		role = "MODERATOR"
	} else {
		g.Role = Attendee
	}
	// Newer servers go by the role, older ones by the password.
	return b.signed("join", url.Values{"meetingID": {meetingID(s)}, "fullName": {name}, "userID": {g.ID}, "role": {role}, "password": {b.password(s, g.Role)}, "redirect": {"true"}}), nil
}

// Running asks whether somebody is inside.
func (b *BigBlueButton) Running(ctx context.Context, s Session) (bool, error) {
	if err := s.check(); err != nil {
		return false, err
	}
	a, err := b.call(ctx, "isMeetingRunning", url.Values{"meetingID": {meetingID(s)}})
	if notThere(err) {
		return false, nil
	}
	return err == nil && a.Running == "true", err
}

// End ends the meeting for everybody.
func (b *BigBlueButton) End(ctx context.Context, s Session) error {
	if err := s.check(); err != nil {
		return err
	}
	b.opened.Forget(s.ID)
	_, err := b.call(ctx, "end", url.Values{"meetingID": {meetingID(s)}, "password": {b.password(s, Moderator)}})
	if notThere(err) {
		return nil
	}
	return err
}

// Recordings asks for what was recorded. Those without an address where they can be watched are left out: they are still being made.
func (b *BigBlueButton) Recordings(ctx context.Context, s Session) ([]Recording, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	a, err := b.call(ctx, "getRecordings", url.Values{"meetingID": {meetingID(s)}})
	if err != nil {
		if notThere(err) {
			err = nil
		}
		return nil, err
	}
	var out []Recording
	for _, r := range a.Recordings {
		if len(out) == mostRecordings {
			break
		}
		if at := r.address(); at != "" && r.Meeting == meetingID(s) {
			out = append(out, Recording{ID: oneLine(r.ID, 200), Address: at, Start: instant(r.Start), End: instant(r.End), Published: r.Published == "true"})
		}
	}
	slices.SortStableFunc(out, func(a, b Recording) int { return b.Start.Compare(a.Start) })
	return out, nil
}

// meetingID is how the meeting is called there.
func meetingID(s Session) string { return "aula-" + s.ID }

// password lets somebody in with a role, on servers that go by it. It is computed, so that nothing is kept; who sees it needs a signature all the same.
func (b *BigBlueButton) password(s Session, r Role) string {
	m := hmac.New(sha256.New, []byte(b.secret))
	m.Write([]byte("aula/" + string(r) + "/" + s.ID))
	return hex.EncodeToString(m.Sum(nil))[:32]
}

// check refuses sessions whose id could not be told from another's.
func (s Session) check() error {
	if s.ID == "" || len(s.ID) > 100 || strings.ContainsFunc(s.ID, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-'
	}) {
		return lms.Wrong("id", "error.invalid")
	}
	return nil
}

// oneLine is a text on one line, without what is no text, of at most so many characters.
func oneLine(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r), r == '\u2028', r == '\u2029':
			return ' '
		case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\ufeff':
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	if r := []rune(strings.Join(strings.Fields(s), " ")); len(r) > most {
		return string(r[:most])
	}
	return strings.Join(strings.Fields(s), " ")
}
