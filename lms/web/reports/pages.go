package reports

import "aulacomune/lms/web/front"

// SummaryPage is reports.html: how an ente and those below it are doing.
type SummaryPage struct {
	front.Frame
	Organisation  string
	Name          string
	Organisations []front.Option
	Total         CountRow
	Courses, Enti []CountRow
	Kinds         []KindRow
	Views         []ViewRow
}

// KindRow is a kind of report.
type KindRow struct{ Href, Name, Lead string }

// CountRow is how far some people are, by head.
type CountRow struct {
	Href, Name                              string
	Enrolled, Started, Completed, Certified int
	Percent                                 int
}

// ViewRow is a report that is kept.
type ViewRow struct {
	Href, Name, Often, Discard string
	What                       string // kind and ente
}

// ReportPage is report.html: the rows of a report.
type ReportPage struct {
	front.Frame
	Kind, Href, Query string // Query carries the filter to the exports
	Filter            Filter
	Narrowed          []string // the filter in words, for paper
	Columns           []string
	Numeric           []bool // by column
	Rows              [][]string
	Chart             front.Chart
	Beside            bool // the table is so narrow that the chart stands beside it
	Empty             string
	Withheld          bool // some sums are not told
	More              string
	Mails             bool
	Keep              KeepForm
}

// Filter is what narrows a report: a value of each, and what there is to choose from. A kind that does not ask for one has nothing to choose from.
type Filter struct {
	Organisation, Course, Cohort, State, Year      string
	From, To                                       string
	Organisations, Courses, Cohorts, States, Years []front.Option
	Days                                           bool
	Problem                                        string
	Errors                                         map[string]string
}

// KeepForm is the form that keeps a report as a view, as it came back.
type KeepForm struct {
	Name, Often string
	Problem     string
	Errors      map[string]string
}
