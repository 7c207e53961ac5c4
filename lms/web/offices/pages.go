package offices

import (
	"time"

	"aulacomune/lms/web/front"
)

// PeoplePage is people.html: list and search.
type PeoplePage struct {
	front.Frame
	Query         string
	Organisation  string
	Organisations []front.Option
	People        []PersonRow
	More          string
	Total         int
}

// PersonRow is a person in a list.
type PersonRow struct {
	Href, Name, Login, Organisation, Category, Role string
	Activated                                       bool
}

// PersonFormPage is person_form.html: add a person.
type PersonFormPage struct {
	front.Frame
	Values        map[string]string // by field: given_name family_name email login organisation office category role
	Organisations []front.Option
	Categories    []front.Option
	Roles         []front.Option
	Problem       string
	Errors        map[string]string
}

// PersonPage is person.html: a person, how far they are, and what an administrator may do.
type PersonPage struct {
	front.Frame
	Name, Login string
	Activated   time.Time
	Memberships []front.MembershipView
	Courses     []front.EnrolmentRow
	Enrol       string         // form action
	Available   []front.Option // courses they are not enrolled in
	NewLink     string         // form action
	Edit        string
	Suspended   time.Time
	Fiscal      string // address
	Link        *ActivationLink
}

// ActivationLink is shown once and can be printed.
type ActivationLink struct {
	Name, Login, Address string
	Expires              time.Time
}

// ImportPage is import.html: a file of people is brought.
type ImportPage struct {
	front.Frame
	Organisation      string
	Organisations     []front.Option
	Categories, Roles []string // what a file may say
	Update            bool
	Problem           string
	Intakes           []IntakeRow
}

// IntakeRow is a file that was brought.
type IntakeRow struct {
	Href, Name, State string
	At                time.Time
	New, Total        int
}

// IntakePage is intake.html: what a file would do, does or did.
type IntakePage struct {
	front.Frame
	Href, Name, State         string
	Another                   string // address where another file is brought
	At                        time.Time
	Total, Done               int
	New, Changed, Kept, Wrong int
	Removed, Entered, Taking  int // of what was undone: people taken out, and who stayed since they signed in or take a course
	Working, Undo             bool
	Mails, Invited            bool
	Fault                     string
	FaultLine                 int
	Problem                   string
	Errors                    map[string]string
	Problems                  []front.FileProblem
	Glances                   []GlanceRow
	Likely                    []LikelyRow
	Recognised                []string // columns, with what they were understood as
	LeftOut                   []string // headings of columns that nothing is taken from
	Columns                   []front.FileColumn
	Headings                  []string
	Sample                    [][]string
}

// GlanceRow is somebody whom a file would add or change.
type GlanceRow struct {
	Line                                       int
	Name, Organisation, Office, Category, Role string
	Changed                                    bool
}

// LikelyRow is a row of somebody who may be there already; Href is their page, Other the line before.
type LikelyRow struct {
	Line                     int
	Name, Organisation, Href string
	Other                    int
}

// PersonEditPage is person_edit.html: what happens to people in the course of time.
type PersonEditPage struct {
	front.Frame
	Href, Name    string
	Copy          string // address
	Values        map[string]string
	Errors        map[string]string
	Problem       string // of the form that Which names
	Which         string
	Organisations []front.Option
	Categories    []front.Option
	Roles         []front.Option
	Held          []HeldRole
	Suspended     time.Time
	Self          bool // nobody suspends or erases themselves
	Erase         bool
}

// HeldRole is a role that can be taken.
type HeldRole struct {
	Role, RoleName, Organisation, OrganisationName, Office string
}
