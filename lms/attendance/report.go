package attendance

import (
	"slices"
	"time"
)

// Kind is who wrote a report.
type Kind string

// The kinds of report.
const (
	Teams         Kind = "teams"
	Zoom          Kind = "zoom"
	Meet          Kind = "meet"
	BigBlueButton Kind = "bbb"
	Paper         Kind = "paper" // a signed list that somebody typed, or any table with names, entrances and exits
)

// Order is which number of a date like 6/8/2020 is the day.
type Order string

// The orders of dates.
const (
	OrderUnknown Order = ""
	DayFirst     Order = "dmy"
	MonthFirst   Order = "mdy"
)

// Hints is what is known of a meeting besides its report. All of it may be left out.
type Hints struct {
	Scheduled Span           // when it was to take place
	Title     string         // what it was called
	Zone      *time.Location // of the clock of whoever made the report; Europe/Rome where nil
	Order     Order          // of the dates, where a person has said so
}

// Role is what somebody was in a meeting, as far as its report tells.
type Role string

// The roles in a meeting.
const (
	Attendee  Role = ""
	Presenter Role = "presenter"
	Organiser Role = "organiser"
)

// Report is what a file says of a meeting.
type Report struct {
	Kind     Kind
	Lang     string // of its headings: "it", "en"; "" where they tell nothing
	Title    string
	Start    time.Time // as the report states it, zero where it does not
	End      time.Time
	Rows     []Row // in the order of the file
	Problems []Problem
}

// Row is one stay of somebody in a meeting, as a report tells it.
type Row struct {
	Line   int      // of the file, from 1; of a JSON file the number of the entry
	Name   string   // as displayed
	Given  string   // where the report has it apart
	Family string   //
	Also   string   // a second name: the account's, where a display name was chosen
	Emails []string // folded, without doubles
	Ente   string   // where a column has it
	Role   Role
	Guest  bool          // without an account, as far as the report tells
	Span   Span          // empty where its times are not known; a Problem says why
	Stated time.Duration // how long the report says that somebody was there, in all where Whole
	Whole  bool          // Stated is of the whole meeting, not of this stay
	Signed bool          // on paper: signed, without times
}

// Grave says whether something is wrong that makes a report no evidence until a person has looked.
func (r Report) Grave() bool {
	return slices.ContainsFunc(r.Problems, func(p Problem) bool { return p.Grave })
}

// Read reads a report. Whatever the file holds it ends, with what could be understood and with what is wrong. The name of the file is asked only
// for what nothing else tells: the kind of an empty file, the day of hours.
func Read(name string, file []byte, h Hints) Report {
	if h.Zone == nil {
		h.Zone = rome()
	}
	d := readTable
	if isJSON(name, file) {
		d = readDashboard
	}
	found := d(file)
	found.file = name
	r := found.resolved(h)
	check(&r, found, h)
	slices.SortStableFunc(r.Problems, func(a, b Problem) int { return a.Line - b.Line })
	return r
}

// rome is the zone of Italy; where the machine knows none, times are read as UTC.
func rome() *time.Location {
	if z, err := time.LoadLocation("Europe/Rome"); err == nil {
		return z
	}
	return time.UTC
}
