package tree

import (
	"time"

	"aulacomune/lms/web/front"
)

// EntiPage is enti.html: an organisation with what lies directly below it, or what a search found.
type EntiPage struct {
	front.Frame
	ID, Name, Kind string
	Facts          []Fact
	Above          []front.Crumb
	From           []front.Crumb
	Into           *front.Crumb
	People         int
	PeopleHref     string
	Rows           []EnteRow
	Roots          []front.Option // where the reader keeps several
	Query          string
	Import         bool // the reader may import
	Reopen         bool // it ceased, nobody took it over, and the reader may say that it did not
	Waiting        bool // somebody waits to be let in
}

// Fact is a word and what it is here.
type Fact struct{ Label, Value string }

// EnteRow is an organisation in a list.
type EnteRow struct {
	Href, Name, Kind, Code string
	Below, People          int
	Counted                bool // whether Below and People were counted
	Ceased                 time.Time
}

// ImportFormPage is enti_import.html: files to upload.
type ImportFormPage struct {
	front.Frame
	Region  string
	Regions []front.Option // those of the file, where it does not have the one that was typed
	Under   string
	Roots   []front.Option
	Problem string
	Errors  map[string]string // by field: region under istat ipa ceased members
}

// PlanPage is enti_plan.html: what files would change, how far that is, and what was done.
type PlanPage struct {
	front.Frame
	Region, Under  string
	State          string // checked | running | done | failed
	Steps, Of      int
	Percent        int
	Refused, Empty bool
	Unchanged      int
	Query          string
	Groups         []PlanGroup
	Done           []Fact // what was done, counted
	Findings       []FindingView
	MoreFindings   string // address of all of them
	Coverage       []CoverageView
	Absent         PlanGroup // what is not in the files
	Cease, People  int       // enti that may be closed, and who works there; 0 where none may
	Leave          int       // enti that must be left open, as the files are in doubt
	Confirm        bool      // there is something to agree to
	Danger         bool      // something may cease
	Comuni         int
	WithIPA        int
	Domains        int
	Problem        string
}

// PlanGroup is what a plan does of one sort.
type PlanGroup struct {
	Key, Title string
	Count      int
	Rows       []PlanRow
	More       string // address of the whole group, where it is longer
}

// PlanRow is one organisation of a plan.
type PlanRow struct{ Name, ID, Text, Codes string }

// FindingView is what was found in a file.
type FindingView struct{ Severity, Label, Where, Text string }

// CoverageView is where the two lists do not fit together.
type CoverageView struct {
	Title string
	Count int
	Rows  []string
}

// WaitingPage is enti_waiting.html: who asks to be let in.
type WaitingPage struct {
	front.Frame
	Organisation  string
	Organisations []front.Option
	Rows          []WaitingRow
	More          string
	Added         *Welcome
	Problem       string
}

// WaitingRow is somebody who asks.
type WaitingRow struct {
	Action, Name, Email, Office, Category, Organisation string
	At                                                  time.Time
}

// Welcome is the link of somebody who was let in, shown once.
type Welcome struct{ Name, Address string }
