package request

import (
	"slices"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/cohort"
)

// ID names a request; it is random.
type ID string

// State is how a request stands.
type State string

// The states.
const (
	Waiting   State = "waiting" // for a decision
	Approved  State = "approved"
	Refused   State = "refused"
	Expired   State = "expired" // nobody answered
	Withdrawn State = "withdrawn"
)

// What happened to a request.
type What string

// What may happen.
const (
	Asked     What = "asked"
	Agreed    What = "approved" // a step; the last one approves the request
	Denied    What = "refused"
	Reminded  What = "reminded"
	Escalated What = "escalated" // nobody answered: others are asked
	Lapsed    What = "expired"
	Recalled  What = "withdrawn"
	Appointed What = "appointed" // who keeps the people there named who decides
	GotSeat   What = "seated"
	GotInLine What = "queued" // on the waiting list
	GotNone   What = "closed" // the cohort takes nobody any more
)

// Event is one entry of a request's history.
type Event struct {
	Number int          `json:"number"` // from 1
	What   What         `json:"what"`
	At     time.Time    `json:"at"`
	By     lms.PersonID `json:"by,omitempty"`  // "" is the house itself: silence, or what followed
	For    lms.PersonID `json:"for,omitempty"` // whose deputy By was
	Step   int          `json:"step"`          // from 0
	Reason string       `json:"reason,omitempty"`
	Linked bool         `json:"linked,omitempty"` // by the link of their letter, and not signed in
}

// Rule is what silence means.
type Rule string

// The rules.
const (
	SilenceExpires   Rule = "expired"
	SilenceApproves  Rule = "approved"
	SilenceEscalates Rule = "escalates" // whoever keeps the people there decides, then who is above them
)

// Rules lists them.
func Rules() []Rule { return []Rule{SilenceExpires, SilenceApproves, SilenceEscalates} }

// Stage is a step of a request: whose leave it needs, until when, and what their silence means. All that is settled when the stage begins.
type Stage struct {
	Kind      cohort.Step    `json:"kind"`
	Approvers []Approver     `json:"approvers,omitempty"` // any one of them decides
	Before    []lms.PersonID `json:"before,omitempty"`    // who was asked, and did not answer
	Since     time.Time      `json:"since,omitzero"`
	Remind    time.Time      `json:"remind,omitzero"` // zero when they were reminded
	Silence   time.Time      `json:"silence,omitzero"`
	Rule      Rule           `json:"rule,omitempty"`
}

// Approver is somebody who may decide a stage, and why.
type Approver struct {
	Person lms.PersonID `json:"person"`
	As     lms.Role     `json:"as"`
	Named  bool         `json:"named,omitempty"` // by who keeps the people there
}

// Link is what is kept of a secret in a letter.
type Link struct {
	Hash    string       `json:"hash"` // SHA-256 of the secret
	Person  lms.PersonID `json:"person"`
	Step    int          `json:"step"`
	Expires time.Time    `json:"expires"`
}

// Request is somebody's wish to get into a cohort, with all that happened to it.
type Request struct {
	ID      ID             `json:"id"`
	Person  lms.PersonID   `json:"person"`
	Member  lms.Membership `json:"member"` // as whose member they ask
	Name    string         `json:"name"`   // folded, to list by
	Cohort  cohort.ID      `json:"cohort"`
	Course  course.Slug    `json:"course"`            // "" for a webinar
	Webinar string         `json:"webinar,omitempty"` // id of the webinar; "" for a course
	Title   string         `json:"title"`             // of the cohort, or of the webinar
	Why     string         `json:"why"`
	At      time.Time      `json:"at"`
	State   State          `json:"state"`
	Step    int            `json:"step"` // the current one
	Stages  []Stage        `json:"stages"`
	History []Event        `json:"history"`
	Links   []Link         `json:"links,omitempty"`
	Due     []int          `json:"due,omitempty"`    // events of which somebody is still to be told
	Unseat  bool           `json:"unseat,omitempty"` // approved, and the seat is still to be taken
}

// requests says how requests are kept.
var requests = lms.Noun[Request]{
	Name: "requests",
	ID:   func(r Request) string { return string(r.ID) },
	Indexes: []lms.Index[Request]{
		{Name: "open", Unique: true, Keys: func(r Request) []string {
			if r.State != Waiting {
				return nil
			}
			return []string{string(r.Cohort) + "/" + string(r.Person)}
		}},
		{Name: "person", Keys: func(r Request) []string { return []string{string(r.Person) + "/" + lms.TimeKey(r.At)} }},
		{Name: "approver", Many: true, Keys: func(r Request) []string {
			var keys []string
			if r.State == Waiting {
				for _, a := range r.stage().Approvers {
					keys = append(keys, string(a.Person))
				}
			}
			return keys
		}},
		{Name: "within", Many: true, Keys: func(r Request) []string {
			var keys []string
			for _, o := range r.Member.Within {
				keys = append(keys, string(o)+"/"+string(r.State)+"/"+lms.TimeKey(r.At))
			}
			return keys
		}},
		{Name: "link", Many: true, Unique: true, Keys: func(r Request) []string {
			var keys []string
			for _, l := range r.Links {
				keys = append(keys, l.Hash)
			}
			return keys
		}},
		{Name: "due", Keys: func(r Request) []string {
			if at := r.next(); !at.IsZero() {
				return []string{lms.TimeKey(at)}
			}
			return nil
		}},
	},
}

// stage is the current one.
func (r Request) stage() Stage { return r.Stages[r.Step] }

// Deadline is until when somebody may answer, and what their silence will mean; zero when nothing is waited for.
func (r Request) Deadline() (time.Time, Rule) {
	if r.State != Waiting {
		return time.Time{}, ""
	}
	return r.stage().Silence, r.stage().Rule
}

// Last is the last thing that happened.
func (r Request) Last() Event { return r.History[len(r.History)-1] }

// next is when something is to be done about the request; zero when nothing is.
func (r Request) next() time.Time {
	switch {
	case len(r.Due) > 0 || r.Unseat:
		return r.At
	case r.State != Waiting:
		return time.Time{}
	case !r.stage().Remind.IsZero() && r.stage().Remind.Before(r.stage().Silence):
		return r.stage().Remind
	}
	return r.stage().Silence
}

// happened adds to the history, and notes that somebody is to be told.
func (r *Request) happened(e Event) {
	e.Number, e.Step = len(r.History)+1, r.Step
	r.History = append(slices.Clone(r.History), e)
	r.Due = append(slices.Clone(r.Due), e.Number)
}

// replace puts another stage in the place of the current one.
func (r *Request) replace(st Stage) {
	r.Stages = slices.Clone(r.Stages)
	r.Stages[r.Step] = st
}

// agree passes the current step; next is the stage behind it, where there is one.
func (r *Request) agree(e Event, next Stage) {
	e.What = Agreed
	r.happened(e)
	if r.Step+1 < len(r.Stages) {
		r.Step++
		r.replace(next)
		return
	}
	r.State, r.Unseat = Approved, true
}

// end ends a request that was not approved.
func (r *Request) end(st State, e Event) {
	r.happened(e)
	r.State = st
}

// decision says who decided a step, where somebody did.
func (r Request) decision(step int) (Event, bool) {
	for _, e := range r.History {
		if e.Step == step && (e.What == Agreed || e.What == Denied) {
			return e, true
		}
	}
	return Event{}, false
}
