package plans

import (
	"time"

	"aulacomune/lms/web/audience"
	"aulacomune/lms/web/front"
)

// DutyRow is an assignment in a list.
type DutyRow struct {
	Href         string
	Person, Ente string // "" on the reader's own page
	Course       string
	State        string
	By           string // the day that counts, in words; "" is none
	Note         string // what else there is to say of the state, in words
}

// DutiesPage is duties.html: what the reader is asked to complete.
type DutiesPage struct {
	front.Frame
	Tabs []front.Entry
	Rows []DutyRow
}

// AssignmentsPage is assignments.html: what the people of an ente, or the reader's own, are to take.
type AssignmentsPage struct {
	front.Frame
	Whose, Course, State    string
	Whoses, Courses, States []front.Option
	Rules                   string // address; "" for who has none
	File                    string // address where a file is brought
	Rows                    []DutyRow
	More                    string
}

// LineRow is one person of an order before it is given.
type LineRow struct {
	Name    string
	Outcome string // new, changed, same; "" where it cannot be done
	Why     string // why not
}

// Preview is what an order or a rule would do. It carries the form that was looked at, to be sent as it is.
type Preview struct {
	Fields  []Hidden
	Due     string // by when, in words; "" is no day
	People  int    // whom it reaches
	New     int    // for whom it is new
	Changed int    // who get other terms
	Lines   []LineRow
	LeftOut int // of the lines, where not all are shown
	Wrong   int // lines that cannot be done
}

// Hidden is a field that a form carries along.
type Hidden struct{ Name, Value string }

// AssignPage is assign_form.html: assign a course, first to look and then to do it.
type AssignPage struct {
	front.Frame
	Values    map[string]string
	Courses   []front.Option
	Everybody []front.Option
	Offices   bool // the reader may choose an office
	Preview   *Preview
	Problem   string
	Errors    map[string]string
}

// FileRow is a file of people in a list.
type FileRow struct {
	Href, Name, Course, State string
	At                        time.Time
	Total                     int
}

// AssignFilePage is assign_file.html: a file of people to whom a course is to be assigned is brought.
type AssignFilePage struct {
	front.Frame
	Values  map[string]string
	Courses []front.Option
	Files   []FileRow
	Problem string
	Errors  map[string]string
}

// AssignedFilePage is assigned_file.html: what a file would assign, assigns or assigned.
type AssignedFilePage struct {
	front.Frame
	Href, Another             string // addresses of this file, and where another is brought
	Name, State, Course       string
	Due                       string // in words; "" is none, or in the file
	At                        time.Time
	Working                   bool
	Total, Done               int
	New, Changed, Same, Wrong int
	Fault                     string
	FaultLine                 int
	Headings                  []string
	Sample                    [][]string
	Columns                   []front.FileColumn
	Problems                  []front.FileProblem
	Assignments               string // address
	Problem                   string
	Errors                    map[string]string
}

// PastRow is one line of a history.
type PastRow struct {
	At           time.Time
	Text, Reason string
}

// ActLink leads to the page of something that may be done with an assignment.
type ActLink struct {
	Name string // extend, waive, withdraw
	Href string
}

// ActPage is assignment_act.html: what an act means for an assignment, and its reason.
type ActPage struct {
	front.Frame
	Name           string // extend, waive, withdraw
	Row            DutyRow
	Back           string // address of the assignment
	Day            bool   // it asks for a day
	Values, Errors map[string]string
	Problem        string
}

// AssignmentPage is assignment.html: one assignment, what happened to it, and what may be done.
type AssignmentPage struct {
	front.Frame
	Row        DutyRow
	PersonHref string
	CourseHref string
	Last       string // when it was completed last, in words
	Repeat     string // how often it is to be repeated, in words
	History    []PastRow
	Acts       []ActLink
}

// Tick is a box to tick.
type Tick struct {
	Name, Label string
	On          bool
}

// RuleRow is a rule in a list.
type RuleRow struct {
	Course, Ente, For, Terms, By string
	At, Stopped                  time.Time
	Stop                         string // form action; "" where it is stopped
}

// RulesPage is plan_rules.html: the rules of an organisation.
type RulesPage struct {
	front.Frame
	Organisation  string
	Organisations []front.Option
	Rows          []RuleRow
}

// RulePage is plan_rule_form.html: make a rule, first to look and then to do it.
type RulePage struct {
	front.Frame
	Values                 map[string]string
	Courses, Organisations []front.Option
	Audience               audience.Form
	Preview                *Preview
	Problem                string
	Errors                 map[string]string
}

// GroupRow is a group in a list.
type GroupRow struct {
	Href, Name, Ente string
	Members          int
	Ended            time.Time
}

// GroupsPage is groups.html: the groups that the reader belongs to or helps along.
type GroupsPage struct {
	front.Frame
	Tabs []front.Entry
	Rows []GroupRow
}

// GroupCourse is how far a group is in a course.
type GroupCourse struct {
	Href, Title   string
	Done, Percent int
	Told          bool // the group is large enough to tell the reader
}

// CoursePercent is how far somebody is in a course.
type CoursePercent struct {
	Title   string
	Percent int
}

// MemberRow is a member of a group.
type MemberRow struct {
	ID, Name string
	Percents []CoursePercent // by course; nil where the reader is not told
}

// GroupPage is group.html: a group for who belongs to it.
type GroupPage struct {
	front.Frame
	Row          GroupRow
	Purpose      string
	Facilitators []string
	Material     []front.Crumb
	Courses      []GroupCourse
	Members      []MemberRow
	Each         bool   // the reader is told how far each member is
	Keep         string // address for who keeps it
}

// KeptGroupsPage is kept_groups.html: the groups that the reader keeps.
type KeptGroupsPage struct {
	front.Frame
	Rows []GroupRow
}

// GroupFormPage is group_form.html: make a group, or change what is said of it.
type GroupFormPage struct {
	front.Frame
	New           bool
	Values        map[string]string
	Organisations []front.Option
	Courses       []Tick
	Problem       string
	Errors        map[string]string
}

// KeptGroupPage is kept_group.html: who is in a group, and what may be done.
type KeptGroupPage struct {
	front.Frame
	Row     GroupRow
	Base    string // begins the addresses of the forms
	Open    bool   // it has not ended
	Members []MemberRow
	Values  map[string]string
	Problem string
	Errors  map[string]string
}

// AccessRow is a course in a list, with whom it is open to.
type AccessRow struct {
	Href, Course, Way, For string
	Reserved               bool // others do not see it
}

// AccessesPage is course_accesses.html: whom the courses of the reader's organisations are open to.
type AccessesPage struct {
	front.Frame
	Rows []AccessRow
}

// AccessPage is course_access.html: whom a course is open to.
type AccessPage struct {
	front.Frame
	Course, CourseHref string
	Values             map[string]string
	Ways               []front.Option
	Audience           audience.Form
	Others             int // groups of the audience that the reader does not see, or that have ended
	Problem            string
	Errors             map[string]string
}
