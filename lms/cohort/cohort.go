package cohort

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
)

// ID names a cohort; it is random.
type ID string

// Way is how people get in.
type Way string

// The ways in.
const (
	WayFree       Way = "free"       // whoever belongs to the audience
	WayRequest    Way = "request"    // who asks, and is agreed to
	WayInvitation Way = "invitation" // who is on the list
	WayCode       Way = "code"       // who knows the access code
	WayStaff      Way = "staff"      // whom somebody put in
)

// Ways lists the ways that a cohort may open.
func Ways() []Way { return []Way{WayFree, WayRequest, WayInvitation, WayCode} }

// Step is whose leave a request needs.
type Step string

// The steps.
const (
	StepManager   Step = "manager"   // of the person who asks
	StepPersonnel Step = "personnel" // the personnel office of their ente: its referents
)

// State is where a cohort is in its life.
type State string

// The states.
const (
	StateDraft     State = "draft"     // only who keeps it sees it
	StateOpen      State = "open"      // published, and it has not begun
	StateClosed    State = "closed"    // it has not begun, and takes nobody any more
	StateRunning   State = "running"   // between its first day and its last
	StateOver      State = "over"      // after its last day
	StateCancelled State = "cancelled" // it does not take place
)

// Terms are what those who keep a cohort decide about it. Every day may be left out.
type Terms struct {
	Title       string         `json:"title"`
	From        Day            `json:"from,omitempty"`
	To          Day            `json:"to,omitempty"`     // the last day
	Opens       Day            `json:"opens,omitempty"`  // first day of enrolment; "" is the day it is opened
	Closes      Day            `json:"closes,omitempty"` // last day of enrolment; "" is the last of the cohort
	Ways        []Way          `json:"ways"`
	Steps       []Step         `json:"steps,omitempty"` // of a request, in their order
	Audience    Audience       `json:"audience"`
	Reserved    bool           `json:"reserved,omitempty"` // it is shown to its audience alone
	Code        string         `json:"code,omitempty"`     // for WayCode
	Invited     []string       `json:"invited,omitempty"`  // folded logins or e-mail addresses, for WayInvitation
	Requires    []course.Slug  `json:"requires,omitempty"` // courses to have completed
	Instructors []lms.PersonID `json:"instructors,omitempty"`
}

// Cohort is a dated delivery by an organisation: of a course, or of a webinar (see Hosting). Nobody is enrolled in anything by a webinar's.
type Cohort struct {
	ID           ID                   `json:"id"`
	Course       course.Slug          `json:"course"`            // "" of a webinar
	Webinar      string               `json:"webinar,omitempty"` // id of the webinar; "" of a course
	Hour         Hour                 `json:"hour,omitzero"`     // of a webinar
	Organisation lms.OrganisationID   `json:"organisation"`
	Within       []lms.OrganisationID `json:"within"` // as Organisation.Within
	Terms        Terms                `json:"terms"`
	Edition      int                  `json:"edition,omitempty"` // pinned when it is opened
	At           time.Time            `json:"at"`
	By           lms.PersonID         `json:"by"`
	Opened       time.Time            `json:"opened,omitzero"`
	Closed       time.Time            `json:"closed,omitzero"` // to further people, by hand
	Cancelled    time.Time            `json:"cancelled,omitzero"`
	Reason       string               `json:"reason,omitempty"` // of the cancellation
	Behind       bool                 `json:"behind,omitempty"` // its seats do not follow its terms yet
}

// cohorts says how cohorts are kept.
var cohorts = lms.Noun[Cohort]{
	Name:   "cohorts",
	ID:     func(c Cohort) string { return string(c.ID) },
	Shared: 256,
	Indexes: []lms.Index[Cohort]{
		{Name: "course", Keys: func(c Cohort) []string {
			if c.Webinar != "" {
				return nil
			}
			return []string{string(c.Course) + "/" + string(c.Terms.From)}
		}},
		{Name: "within", Many: true, Keys: func(c Cohort) []string {
			var keys []string
			for _, o := range c.Within {
				keys = append(keys, string(o)+"/"+lms.Fold(c.Terms.Title))
			}
			return keys
		}},
		{Name: "instructor", Many: true, Keys: func(c Cohort) []string {
			var keys []string
			for _, p := range c.Terms.Instructors {
				keys = append(keys, string(p))
			}
			return keys
		}},
		{Name: "ends", Keys: func(c Cohort) []string { // of those that are to be seen
			if c.Opened.IsZero() || !c.Cancelled.IsZero() || c.Webinar != "" {
				return nil
			}
			return []string{string(c.ends())}
		}},
		{Name: "behind", Keys: func(c Cohort) []string {
			if !c.Behind {
				return nil
			}
			return []string{string(c.Organisation)}
		}},
	},
}

// ends is the last day, or one that never comes.
func (c Cohort) ends() Day {
	if c.Terms.To == "" {
		return "9999-12-31"
	}
	return c.Terms.To
}

// dates are the first day and the last, as people are told them.
func (c Cohort) dates() string { return string(c.Terms.From) + "/" + string(c.Terms.To) }

// State is where the cohort is on a day.
func (c Cohort) State(today Day) State {
	switch {
	case !c.Cancelled.IsZero():
		return StateCancelled
	case c.Opened.IsZero():
		return StateDraft
	case today > c.ends():
		return StateOver
	case c.begun(today):
		return StateRunning
	case !c.Closed.IsZero() || c.Terms.Closes != "" && today > c.Terms.Closes:
		return StateClosed
	}
	return StateOpen
}

// live says whether seats may be given on a day, by whom ever; of a webinar, to the moment.
func (c Cohort) live(today Day, now time.Time) bool {
	return !slices.Contains([]State{StateDraft, StateOver, StateCancelled}, c.State(today)) && (c.Webinar == "" || now.Before(c.Hour.Ends))
}

// begun says whether the first day has come.
func (c Cohort) begun(today Day) bool { return c.Terms.From != "" && today >= c.Terms.From }

// Accepts says whether people may get in on a day, and of a webinar at a moment; why not is a message of error.
func (c Cohort) Accepts(today Day, now time.Time) error {
	switch {
	case !c.live(today, now) || c.Webinar != "" && !now.Before(c.Hour.Closes):
		return conflict("error.cohort.closed")
	case !c.Closed.IsZero() || c.Terms.Closes != "" && today > c.Terms.Closes:
		return conflict("error.cohort.closed")
	case c.Terms.Opens != "" && today < c.Terms.Opens:
		return conflict("error.cohort.early")
	}
	return nil
}

func conflict(message string) error { return &lms.Error{Kind: lms.Conflict, Message: message} }

// What one cohort may hold.
const (
	maxTitle    = 200
	maxInvited  = 5000
	maxListed   = 200 // enti, groups, courses, instructors
	minCode     = 6
	maxCode     = 64
	maxCapacity = 100_000
	maxReason   = 1000
)

// tidy trims what was typed, and says which fields are wrong, all at once.
func (t *Terms) tidy() error {
	fields := map[string]string{}
	t.Title, t.Code = strings.Join(strings.Fields(t.Title), " "), strings.TrimSpace(t.Code)
	t.Invited = foldLogins(t.Invited)
	switch {
	case t.Title == "":
		fields["title"] = "error.required"
	case len(t.Title) > maxTitle:
		fields["title"] = "error.long"
	}
	for name, d := range map[string]*Day{"from": &t.From, "to": &t.To, "opens": &t.Opens, "closes": &t.Closes} {
		day, ok := ParseDay(string(*d))
		if *d = day; !ok {
			fields[name] = "error.day"
		}
	}
	if len(fields) == 0 && t.To != "" && t.From > t.To {
		fields["to"] = "error.day.order"
	}
	if len(fields) == 0 && t.Closes != "" && (t.Opens > t.Closes || t.To != "" && t.Closes > t.To) {
		fields["closes"] = "error.day.order"
	}
	t.checkWays(fields)
	t.checkLists(fields)
	if len(fields) > 0 {
		return &lms.Error{Kind: lms.Invalid, Message: "error.invalid", Fields: fields}
	}
	return nil
}

func (t *Terms) checkWays(fields map[string]string) {
	if !each(t.Ways, Ways()) {
		fields["ways"] = "error.invalid"
	}
	if !each(t.Steps, []Step{StepManager, StepPersonnel}) {
		fields["steps"] = "error.invalid"
	}
	if slices.Contains(t.Ways, WayRequest) && len(t.Steps) == 0 {
		fields["steps"] = "error.cohort.steps"
	}
	if slices.Contains(t.Ways, WayCode) && (len(t.Code) < minCode || len(t.Code) > maxCode) {
		fields["code"] = "error.cohort.code.length"
	}
	if slices.Contains(t.Ways, WayInvitation) && len(t.Invited) == 0 {
		fields["invited"] = "error.required"
	}
}

func (t *Terms) checkLists(fields map[string]string) {
	if len(t.Invited) > maxInvited {
		fields["invited"] = "error.long"
	}
	for name, n := range map[string]int{"enti": len(t.Audience.Enti), "groups": len(t.Audience.Groups), "requires": len(t.Requires), "instructors": len(t.Instructors)} {
		if n > maxListed {
			fields[name] = "error.long"
		}
	}
	if !each(t.Audience.Categories, lms.Categories()) {
		fields["categories"] = "error.category"
	}
}

// each says whether all of some are known, and none stands twice.
func each[T comparable](some, known []T) bool {
	for i, s := range some {
		if !slices.Contains(known, s) || slices.Contains(some[:i], s) {
			return false
		}
	}
	return true
}

func foldLogins(in []string) []string {
	var out []string
	for _, l := range in {
		if l = lms.FoldLogin(l); l != "" {
			out = append(out, l)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// invites says whether somebody is on the list.
func (t Terms) invites(p lms.Person) bool {
	return slices.ContainsFunc([]string{p.Email, p.Login}, func(l string) bool {
		_, found := slices.BinarySearch(t.Invited, lms.FoldLogin(l))
		return l != "" && found
	})
}

// subject is what the log of acts says of what a cohort delivers.
func (c Cohort) subject() map[string]string {
	if c.Webinar != "" {
		return map[string]string{"webinar": c.Webinar}
	}
	return map[string]string{"course": string(c.Course)}
}

// registrationID is computed, so that a registration is written once however often.
func registrationID(c ID, p lms.PersonID) string { return fmt.Sprintf("%s/%s", c, p) }
