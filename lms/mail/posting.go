package mail

import (
	"crypto/sha256"
	"encoding/hex"
	"math"
	"math/rand/v2"
	"time"

	"aulacomune/lms"
)

// State is how far a letter is.
type State string

// The states of a letter.
const (
	Waiting State = "waiting" // to be sent, or being sent
	Sent    State = "sent"    // a server has taken it
	Failed  State = "failed"  // a server refused it for good, or none took it for days
	Bounced State = "bounced" // a server took it, and somebody saw it come back
)

// States lists the states.
func States() []State { return []State{Waiting, Sent, Failed, Bounced} }

// Posting is a letter in the outbox.
type Posting struct {
	ID           string               `json:"id"` // computed from the cause
	Cause        string               `json:"cause"`
	Kind         string               `json:"kind"`
	To           string               `json:"to"`
	Person       lms.PersonID         `json:"person,omitempty"`
	About        lms.PersonID         `json:"about,omitempty"`
	Name         string               `json:"name,omitempty"`
	Lang         string               `json:"lang,omitempty"`
	Organisation lms.OrganisationID   `json:"organisation,omitempty"`
	Within       []lms.OrganisationID `json:"within,omitempty"` // as Organisation.Within when it was posted
	Posted       time.Time            `json:"posted"`
	State        State                `json:"state"`
	Since        time.Time            `json:"since"`            // in this state
	Next         time.Time            `json:"next,omitzero"`    // of a waiting one: nobody sends it before; who sends it moves it on, which is their lease
	Until        time.Time            `json:"until,omitzero"`   // of a waiting one: it fails then
	Holder       string               `json:"holder,omitempty"` // who took the last lease
	Tries        int                  `json:"tries,omitempty"`
	Fault        string               `json:"fault,omitempty"` // what the server said last, or what somebody noted of a bounce
	Body         *Body                `json:"body,omitempty"`  // what it says; gone when it was sent
}

// Body is the part of a letter that is forgotten once it was sent: its words and its link, which holds a secret.
type Body struct {
	Words    map[string]string `json:"words,omitempty"`
	Link     string            `json:"link,omitempty"`
	Calendar []byte            `json:"calendar,omitempty"`
	Method   string            `json:"method,omitempty"`
}

// How long things are kept.
const (
	failedBody = 30 * 24 * time.Hour  // the body of a letter that failed, so that it can be sent again
	keptFor    = 365 * 24 * time.Hour // that a letter was sent
)

// postings says how letters are kept.
var postings = lms.Noun[Posting]{
	Name: "letters",
	ID:   func(p Posting) string { return p.ID },
	Indexes: []lms.Index[Posting]{
		{Name: "due", Keys: func(p Posting) []string {
			if p.State != Waiting {
				return nil
			}
			return []string{dueKey(p.Next)}
		}},
		{Name: "within", Many: true, Keys: withinKeys},
		{Name: "person", Keys: func(p Posting) []string { return some(string(p.Person)) }},
		{Name: "about", Keys: func(p Posting) []string { return some(string(p.About)) }},
		{Name: "address", Keys: func(p Posting) []string { return some(lms.FoldLogin(p.To)) }},
		{Name: "over", Keys: func(p Posting) []string {
			if p.State == Waiting {
				return nil
			}
			return []string{lms.TimeKey(p.over())}
		}},
	},
}

func some(key string) []string {
	if key == "" {
		return nil
	}
	return []string{key}
}

// dueKey keeps the order of times to the millisecond.
func dueKey(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// withinKeys give, for everybody ("") and for every organisation on the way up, the letters in the order in which they were posted, all and by state.
func withinKeys(p Posting) []string {
	var keys []string
	for _, o := range append([]lms.OrganisationID{""}, p.Within...) {
		keys = append(keys, withinKey(o, "")+lms.TimeKey(p.Posted), withinKey(o, p.State)+lms.TimeKey(p.Posted))
	}
	return keys
}

// withinKey begins the keys of an organisation's letters in a state, or with "" in any.
func withinKey(o lms.OrganisationID, s State) string { return string(o) + "/" + string(s) + "/" }

// over is when the outbox next forgets something of a letter that waits no more: the body of one that failed, then all of it.
func (p Posting) over() time.Time {
	if p.Body != nil {
		return p.Since.Add(failedBody)
	}
	return p.Since.Add(keptFor)
}

// letterID is the id of the one letter of a cause.
func letterID(cause string) string { return hash(cause)[:32] }

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// letter is what was posted.
func (p Posting) letter() lms.Letter {
	l := lms.Letter{Cause: p.Cause, Kind: p.Kind, To: p.To, Person: p.Person, Name: p.Name, Lang: p.Lang, Organisation: p.Organisation}
	if b := p.Body; b != nil {
		l.Words, l.Link, l.Calendar, l.Method = b.Words, b.Link, b.Calendar, b.Method
	}
	return l
}

// settle moves a letter into a state in which it waits no more.
func (p *Posting) settle(s State, fault string, now time.Time) {
	p.State, p.Since, p.Fault, p.Next, p.Until, p.Holder = s, now, fault, time.Time{}, time.Time{}, ""
	if s == Sent || s == Bounced {
		p.Body = nil
	}
}

// Letter is a letter as those see it who keep the people of its organisation: not what it says, and not its link. The address stays, as it may be the
// wrong one.
type Letter struct {
	ID           string
	Kind         string
	To           string
	Name         string
	Person       lms.PersonID
	Organisation lms.OrganisationID
	Posted       time.Time
	State        State
	Since        time.Time
	Next         time.Time // of a waiting one: when it is tried again
	Tries        int
	Fault        string
	Again        bool // it failed, and can be sent again
}

func (p Posting) seen() Letter {
	return Letter{
		ID: p.ID, Kind: p.Kind, To: p.To, Name: p.Name, Person: p.Person, Organisation: p.Organisation, Posted: p.Posted, State: p.State, Since: p.Since,
		Next: p.Next, Tries: p.Tries, Fault: p.Fault, Again: p.again(),
	}
}

// again says whether a letter failed and can be sent once more.
func (p Posting) again() bool { return p.State == Failed && p.Body != nil }

// Pace is how long the outbox waits for what. The zero Pace stands for what an installation does.
type Pace struct {
	Lease time.Duration // of a letter that is being sent; longer than sending can take
	First time.Duration // before the second try; it doubles with each
	Most  time.Duration // between two tries
	Life  time.Duration // a letter that no server took for so long has failed
	Poll  time.Duration // how often a node looks for letters of others
}

func (p Pace) orUsual() Pace {
	if p == (Pace{}) {
		return Pace{Lease: 5 * time.Minute, First: time.Minute, Most: 6 * time.Hour, Life: 4 * 24 * time.Hour, Poll: 15 * time.Second}
	}
	return p
}

// wait is how long to wait after so many tries: doubled each time, and up to a quarter less or more, so that letters that failed together
// don't come back together.
func (p Pace) wait(tries int) time.Duration {
	d := min(float64(p.Most), float64(p.First)*math.Pow(2, float64(max(0, tries-1))))
	return time.Duration(d * (0.75 + rand.Float64()/2)) //nolint:gosec // no secret
}
