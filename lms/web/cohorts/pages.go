package cohorts

import (
	"time"

	"aulacomune/lms/web/audience"
	"aulacomune/lms/web/front"
)

// Card is a cohort in a list.
type Card struct {
	Href, Title, Course, CourseHref, Owner string
	Dates, Seats, Window                   string // in words; "" where there is nothing to say
	Now                                    string // state, for the word beside it
	Mine                                   string // where the reader is in it, in words; "" is nowhere
	Why                                    string // why the reader cannot get in, in words; "" where they can
}

// CohortsPage is cohorts.html: those the reader is in, and those they may see.
type CohortsPage struct {
	front.Frame
	Tabs   []front.Entry
	Course string // title, where only its cohorts are listed
	Mine   []Card
	Others []Card
}

// CohortPage is cohort.html: one cohort, and how to get in.
type CohortPage struct {
	front.Frame
	Card         Card
	Requires     []front.Crumb
	Instructors  []string
	Free, ByCode bool // how the reader may get in now
	ByRequest    bool
	Leave        bool
	Asked        string // address of a request that waits
	Waits        string // for whom it waits and since when, in words
	Keep         string // address for who keeps it
	Values       map[string]string
	Problem      string
	Errors       map[string]string
}

// RequestRow is a request in a list.
type RequestRow struct {
	Href, Person, Title, Course, State, For string
	Waits                                   string // for whom and since when, in words; "" for nobody
	At                                      time.Time
}

// WaitView is what a request waits for.
type WaitView struct {
	Step   string   // in words
	People []string // who may decide it, with their roles; none where nobody is known
	Since  time.Time
}

// RequestsPage is requests.html: what waits for the reader's decision, and their own.
type RequestsPage struct {
	front.Frame
	Tabs  []front.Entry
	Queue []RequestRow
	Mine  []RequestRow
}

// HistoryRow is one line of a history.
type HistoryRow struct {
	At     time.Time
	Text   string
	Reason string
}

// RequestPage is request.html: one request, on the page or behind the link of a letter.
type RequestPage struct {
	front.Frame
	Row      RequestRow
	Ente     string
	Why      string
	Step     int
	Deadline string // what silence will mean and when, in words
	Waits    *WaitView
	History  []HistoryRow
	Decide   string // form action; "" where the reader does not decide
	Reader   string // as who they decide, behind a link
	Withdraw string
	Appoint  string
	Values   map[string]string
	Problem  string
	Errors   map[string]string
}

// DeputyRow is a deputy.
type DeputyRow struct {
	Of, Acting, From, Until string
	End                     string
}

// DeputiesPage is deputies.html: who acts for the reader, and for whom they act.
type DeputiesPage struct {
	front.Frame
	Tabs    []front.Entry
	Rows    []DeputyRow
	Values  map[string]string
	Problem string
	Errors  map[string]string
}

// KeptPage is kept_cohorts.html: the cohorts that the reader keeps.
type KeptPage struct {
	front.Frame
	Cohorts []Card
}

// Check is a box to tick.
type Check struct {
	Name, Label string
	On          bool
}

// CohortFormPage is cohort_form.html: plan a cohort, or change its terms.
type CohortFormPage struct {
	front.Frame
	New           bool
	Values        map[string]string
	Courses       []front.Option
	Organisations []front.Option
	Ways          []Check
	Audience      audience.Form
	Requires      []audience.Choice
	Steps         []front.Option
	Problem       string
	Errors        map[string]string
}

// PersonRow is somebody in a cohort.
type PersonRow struct {
	ID, Name, Organisation, Place string
	Percent                       int
	Enrolled, In                  bool
}

// CohortPeoplePage is cohort_people.html: who is in a cohort, and what may be done.
type CohortPeoplePage struct {
	front.Frame
	Card    Card
	Base    string // begins the addresses of the forms
	Draft   bool
	Shut    bool
	Over    bool // nothing can be changed any more
	Code    string
	Rows    []PersonRow
	Others  []front.Option // cohorts of the same course, to move somebody to
	Groups  []front.Option
	More    string
	Values  map[string]string
	Problem string
	Errors  map[string]string
}

// KeptRequestsPage is kept_requests.html: the requests of an organisation's people, and what silence means there.
type KeptRequestsPage struct {
	front.Frame
	Organisation  string
	Organisations []front.Option
	State         string
	States        []front.Option
	Rows          []RequestRow
	More          string
	Rules         []front.Option
	Values        map[string]string
	Inherited     bool
	Problem       string
	Errors        map[string]string
}
