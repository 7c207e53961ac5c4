package webinars

import (
	"html/template"
	"time"

	"aulacomune/lms/web/front"
)

// When is when a webinar takes place, in words of Italian clocks; From and To are for machines, in UTC.
type When struct{ Text, From, To string }

// Card is a webinar in a list.
type Card struct {
	Href, Title, Series, Owner, Speakers string
	When                                 When
	Now                                  string // state
	Mine                                 string // where the reader is in it, in words; "" is nowhere
}

// Month is the webinars of a month.
type Month struct {
	ID, Name string
	Cards    []Card
}

// ListPage is webinars.html: what is to come, by months, or what a search found.
type ListPage struct {
	front.Frame
	Tabs   []front.Entry // of a reader who is signed in
	Query  string
	Found  []Card
	Months []Month
}

// PastPage is webinars_past.html: those that are over.
type PastPage struct {
	front.Frame
	Cards []Card
	More  string
}

// SpeakerView is somebody who speaks.
type SpeakerView struct {
	Name, As string
	Bio      []string // paragraphs
	Photo    string   // address, "" for none
}

// OutcomeView is what came of a webinar for the reader.
type OutcomeView struct {
	Minutes, Planned, Percent, Threshold int
	Enough                               bool
	Certificate                          string // address, "" for none
	Material                             []front.Crumb
}

// WebinarPage is webinar.html: one webinar, and how to get in.
type WebinarPage struct {
	front.Frame
	Card      Card
	Abstract  []string // paragraphs
	Speakers  []SpeakerView
	Material  []front.Crumb
	Dates     []Card // the other dates of its series
	Reason    string // of its cancellation
	Changed   bool   // hour, title or link were changed since it was published
	Minutes   int
	Threshold int
	Seats     string
	Ways      []string
	Closes    time.Time // of registration, where it is not the end

	Over     bool
	Why      string // why the reader cannot get in, in words; "" where they can
	SignIn   string // address to sign in and come back; "" when signed in
	Guest    string // address of the form without an account; "" for none
	Register bool   // there is a form
	Code     bool   // which asks for the access code
	Request  bool   // there is a form that asks
	Asked    string // address of a request that waits
	Queue    int    // which number of the waiting list whoever registers now gets; 0 for a seat
	Seated   bool
	Leave    bool
	Opens    time.Time // from when people are let in
	Open     bool      // they are let in now
	Survey   bool
	Outcome  *OutcomeView

	Questions []front.Field // of the registration
	Asks      []front.Field // the same, in the form that asks
	Keep      string        // address for who keeps it
	Values    map[string]string
	Problem   string
	Errors    map[string]string
}

// EnteChoice is an ente to choose.
type EnteChoice struct {
	ID, Name, Note string
	On             bool
}

// GuestPage is webinar_guest.html: the form for whoever has no account.
type GuestPage struct {
	front.Frame
	Card       Card
	Action     string
	SignIn     string
	Queue      int
	Code       bool
	Questions  []front.Field
	Categories []front.Option
	Enti       []EnteChoice // found, or chosen
	Query      string       // what enti were searched by
	More       bool         // more were found than are shown
	Values     map[string]string
	Problem    string
	Errors     map[string]string
}

// GuestSentPage is webinar_sent.html: what whoever sent the form does next, whoever they are.
type GuestSentPage struct {
	front.Frame
	Card Card
}

// ConfirmPage is webinar_confirm.html: the link of a guest's letter, and what came of its button.
type ConfirmPage struct {
	front.Frame
	Card     Card
	Given    string
	Action   string // of the button; "" where it was pressed
	Seated   bool
	Waiting  bool
	Position int
	Referent bool // is asked
	Problem  string
}

// LevelView is an answer to a statement.
type LevelView struct {
	ID, Value, Label string
	On               bool
}

// StatementView is a statement of a questionnaire.
type StatementView struct {
	Name, Text, Error string
	Levels            []LevelView
}

// SurveyForm is a questionnaire, for part/webinar-survey.
type SurveyForm struct {
	Action     string
	Statements []StatementView
	Comment    bool
}

// SurveyPage is webinar_survey.html: the questionnaire, or that there is none for the reader.
type SurveyPage struct {
	front.Frame
	Card    Card
	Survey  *SurveyForm
	Values  map[string]string
	Problem string
	Errors  map[string]string
}

// PlacePage is webinar_place.html: somebody's place, by the link of a letter.
type PlacePage struct {
	front.Frame
	Card     Card
	Name     string
	Place    string // in words
	Reason   string // why the webinar is cancelled
	Seated   bool
	Enter    string // path; "" for who has no seat, or when it is over
	Opens    time.Time
	Withdraw string // form action; "" when it is over
	Material []front.Crumb
	Survey   *SurveyForm
	Values   map[string]string
	Problem  string
	Errors   map[string]string
}

// EntrancePage is webinar_enter.html: the door of the meeting.
type EntrancePage struct {
	front.Frame
	Card    Card
	Name    string // as whom they enter
	Action  string
	State   string // early | open | late | off | outside | waiting
	Opens   time.Time
	Waits   bool   // the page comes again by itself, because the reader asked for it
	Wait    string // address where it does; of the page when it already does
	Problem string
}

// GoPage is webinar_go.html: it leads to the meeting.
type GoPage struct {
	front.Frame
	Card    Card
	Address string
}

// MineCard is a webinar that the reader is or was in.
type MineCard struct {
	Card    Card
	Place   string // in words
	Seated  bool
	Enter   string // address; "" when they cannot
	Opens   time.Time
	Outcome *OutcomeView
	Survey  string // address of the questionnaire, "" for none
}

// MinePage is webinars_mine.html: the reader's own webinars and calendar.
type MinePage struct {
	front.Frame
	Tabs  []front.Entry
	Next  []MineCard
	Past  []MineCard
	Since time.Time // of the calendar feed; zero for none
	Feed  string    // its address, shown once
}

// PosterPage is webinar_poster.html: a sheet for the wall.
type PosterPage struct {
	front.Frame
	Card     Card
	Abstract []string
	Speakers []SpeakerView
	Ways     []string
	Minutes  int
	Address  string // of the page, in full, as people type it
	QR       template.HTML
	Reason   string // of a cancellation
}
