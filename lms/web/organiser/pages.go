package organiser

import (
	"time"

	"aulacomune/lms/web/audience"
	"aulacomune/lms/web/front"
)

// Head is what stands over every page of a webinar, for organiser/head.
type Head struct {
	Page, Title string // of the page, and of the webinar
	State       string
	When        When
	Tabs        []front.Entry
}

// When is an hour: in words on the clocks of Italy, and as the attribute datetime has it.
type When struct{ Words, ISO string }

// Row is a webinar in the list.
type Row struct {
	Href, Title, Owner, State string
	Series                    string
	When                      When
	Seats, Waiting            string // in words; Waiting is "" where nobody waits
	Doubts                    int
	DoubtsHref                string
}

// ListPage is organiser.html: the webinars that the reader keeps.
type ListPage struct {
	front.Frame
	State  string
	States []front.Option
	Rows   []Row
	Any    bool // there are some at all
}

// Check is a box to tick.
type Check struct {
	Name, Label string
	On          bool
}

// FormRow is one of several of a kind in a form: somebody who speaks, a question.
type FormRow struct {
	Legend string
	Hidden front.Option // a field that nobody types: its name, its value
	Fields []front.Field
	Check  Check // "" as its name: none
}

// Twice asks which of two hours is meant, in the night in which clocks are put back.
type Twice struct{ Name, Legend, Value string }

// FormPage is organiser_form.html: announce a webinar, or change what is said of it.
type FormPage struct {
	front.Frame
	New           bool
	Told          bool // whoever is registered is told of another hour, title, link
	Rooms         bool
	Back          string
	Values        map[string]string
	Organisations []front.Option
	Areas         []front.Option
	Ways          []Check
	Steps         []front.Option
	Audience      audience.Form
	Speakers      []FormRow
	Questions     []FormRow
	Twice         []Twice
	Problem       string
	Errors        map[string]string
}

// Deed is something that may be done with a webinar, or why not.
type Deed struct {
	Label, Help string
	Href        string // of a page
	Post        string // of a form that is one button
	Why         string // it cannot be done now, and why
}

// Fact is a line of a list of facts.
type Fact struct{ Label, Value, Href string }

// WebinarPage is organiser_webinar.html: one webinar, its state, and what may be done.
type WebinarPage struct {
	front.Frame
	Top       Head
	Means     string // what its state means, in words
	Reason    string // why it was cancelled
	Facts     []Fact
	Links     []front.Crumb
	Seats     string
	Waiting   int
	Doubts    int
	Next      *Deed // what is to be done first
	Deeds     []Deed
	Resize    string // form action; "" where seats cannot be changed now
	Speakers  []SpeakerView
	Photos    string
	Recording *Recording
	Values    map[string]string
	Problem   string
	Errors    map[string]string
}

// SpeakerView is somebody who speaks.
type SpeakerView struct {
	Name, As, Bio string
	Number        int    // in the form of the pictures, from 0
	Photo         string // address of the picture; "" for none
}

// Recording is what is to be done with the recording of a webinar that took place.
type Recording struct {
	Studio   string // address; "" for who writes no courses
	Material string
	Captions string // until when it is to have captions, in words
	Late     bool
}

// MovePage is organiser_move.html: another hour.
type MovePage struct {
	front.Frame
	Top            Head
	Base           string
	Why            string // it cannot be moved now
	Preview        bool
	New            When
	Kept           []front.Option // of the preview: fields by their names, as they were looked at
	Seated         int
	Waiting        int
	Published      bool
	Twice          []Twice
	Values, Errors map[string]string
	Problem        string
}

// CancelPage is organiser_cancel.html: it does not take place.
type CancelPage struct {
	front.Frame
	Top             Head
	Base, Why       string
	Seated, Waiting int
	Published       bool
	Values, Errors  map[string]string
	Problem         string
}

// MessagePage is organiser_message.html: a letter to everybody.
type MessagePage struct {
	front.Frame
	Top             Head
	Base, Why       string
	Preview         bool
	Lines           []string // of the text, for the preview
	Seated, Waiting int
	Values, Errors  map[string]string
	Problem         string
}

// MaterialPage is organiser_material.html: what there is to read or watch besides.
type MaterialPage struct {
	front.Frame
	Top       Head
	Base, Why string
	Rows      []FormRow
	Recording *Recording
	Errors    map[string]string
	Problem   string
}

// PhotoPage is organiser_photo.html: the pictures of those who speak.
type PhotoPage struct {
	front.Frame
	Top      Head
	Base     string
	Speakers []SpeakerView
	Wrong    int // whose picture was refused; -1 for nobody's
	Errors   map[string]string
	Problem  string
}

// PersonRow is somebody who is or was in a webinar.
type PersonRow struct {
	ID, Name, Ente, Email string
	Place, Way, Mail      string // in words
	Since                 time.Time
	Answers               []Fact
	Remove                string // address; "" for who is not in it
}

// PeoplePage is organiser_people.html: who is in a webinar.
type PeoplePage struct {
	front.Frame
	Top      Head
	Base     string
	Seats    string
	Ente     string
	Place    string
	Places   []front.Option
	Rows     []PersonRow
	Cut      bool // more were found than are shown
	More     string
	Add      bool // somebody may be put in
	Removing *PersonRow
	Values   map[string]string
	Problem  string
	Errors   map[string]string
}

// PresenceRow is how long somebody was there, without the times.
type PresenceRow struct {
	Name, Ente, Place, Href string
	Minutes, Percent        int
	Enough                  bool
	Sources                 []string
}

// ReportProblem is something in a file that a person should know.
type ReportProblem struct {
	Text  string
	Line  int // 0 is all of it
	Grave bool
}

// PresencePage is organiser_presence.html: who was there, and for how long.
type PresencePage struct {
	front.Frame
	Top                Head
	Base, Why          string
	Planned, Threshold int
	Enough, Below      int
	Doubts             int
	Rows               []PresenceRow
	Orders             []front.Option
	Grave              []ReportProblem // what is gravely wrong with a file that was not kept
	File               string          // its name
	Closed             bool
	Values             map[string]string
	Problem            string
	Errors             map[string]string
	Kinds              []string
	Reports            bool
}

// ReportRow is a report that was taken in.
type ReportRow struct {
	Name, Kind, By, Href, Original string
	At                             time.Time
	Lines, Matched, Doubts, Nobody int
	Current                        bool
}

// LineRow is somebody in a report.
type LineRow struct {
	Name, Email, Ente string
	Spans             []string
	Person, Href      string // who that is; "" where it is nobody of ours, or not known yet
	Decided           string // by whom, in words
	Why               []string
	Doubt             bool
}

// ReportsPage is organiser_reports.html: the reports of a webinar, and every match in one of them with its why.
type ReportsPage struct {
	front.Frame
	Top      Head
	Base     string
	Reports  []ReportRow
	Current  *ReportRow
	Problems []ReportProblem
	Lines    []LineRow
	More     string
}

// Candidate is who somebody in a report may be.
type Candidate struct{ ID, Name, Ente, Email string }

// Doubt is somebody in a report of whom the house does not know who they are.
type Doubt struct {
	Number            int // on the page
	Report, Key       string
	File              string
	Name, Email, Ente string
	Spans, Why        []string
	Candidates        []Candidate
	Wrong             bool // what was said of it was refused
}

// DoubtsPage is organiser_doubts.html: doubts to clear.
type DoubtsPage struct {
	front.Frame
	Top       Head
	Base, Why string
	Total     int
	Doubts    []Doubt
	Closed    bool
	Values    map[string]string
	Problem   string
	Errors    map[string]string
}

// TimesRow is a row of somebody's presence.
type TimesRow struct {
	Spans              []string
	Source, By, Reason string
	At                 time.Time
	Gone               bool // another row took its place
}

// TimesPage is organiser_person.html: when somebody was there.
type TimesPage struct {
	front.Frame
	Top            Head
	Base, Why      string
	Name, Ente     string
	Minutes        int
	Percent        int
	Enough         bool
	Planned        int
	Rows           []TimesRow
	Closed         bool
	Kinds          []front.Option
	Values, Errors map[string]string
	Problem        string
}

// ClosePage is organiser_close.html: what closing will write.
type ClosePage struct {
	front.Frame
	Top                            Head
	Base, Why                      string
	Planned, Threshold             int
	Enough, Below, Minutes, Doubts int
	Reported                       bool
	Problem                        string
}

// OutcomeRow is what came of a webinar for somebody, now or before.
type OutcomeRow struct {
	Minutes, Percent int
	Enough           bool
	Code             string // of the attestato
	At               time.Time
	By, Reason       string
}

// PersonOutcome is what came of it for somebody.
type PersonOutcome struct {
	Name, Ente, Href string
	Now              OutcomeRow
	Before           []OutcomeRow // the first first
}

// OutcomesPage is organiser_outcomes.html: what came of a webinar.
type OutcomesPage struct {
	front.Frame
	Top        Head
	Base       string
	Closed     bool
	Concluding bool
	Enough     int
	Rows       []PersonOutcome
}

// Figure is a table of the report, with its chart.
type Figure struct {
	ID, Title, Note string
	Columns         []string
	Numeric         []bool
	Rows            [][]string
	Chart           front.Chart
}

// ReportPage is organiser_report.html: the report of a webinar.
type ReportPage struct {
	front.Frame
	Top      Head
	Base     string
	Figures  []Figure
	Withheld bool // of the questionnaire there are too few answers
	Comments []string
}
