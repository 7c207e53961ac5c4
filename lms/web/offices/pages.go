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
	Link        *ActivationLink
}

// ActivationLink is shown once and can be printed.
type ActivationLink struct {
	Name, Login, Address string
	Expires              time.Time
}

// ImportPage is import.html: people from a CSV, with a dry run first.
type ImportPage struct {
	front.Frame
	Organisation  string
	Organisations []front.Option
	Rows          []ImportView
	Good, Bad     int
	Applied       bool
	Content       string // the file again, to apply what was shown
	Problem       string
}

// ImportView is a line of the file.
type ImportView struct {
	Line                            int
	Name, Login, Organisation, Role string
	Errors                          []string
	Link                            string
}
