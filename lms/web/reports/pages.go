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
	Kinds         []front.Option
	Views         []ViewRow
}

// CountRow is how far some people are, by head.
type CountRow struct {
	Href, Name                              string
	Enrolled, Started, Completed, Certified int
	Percent                                 int
}

// ViewRow is a report that is kept.
type ViewRow struct{ Href, Name, Often, Discard string }

// ReportPage is report.html: the rows of a report.
type ReportPage struct {
	front.Frame
	Kind, Href, Query string // Query carries the filter to the exports
	Organisation      string
	Organisations     []front.Option
	Course            string
	Courses           []front.Option
	State             string
	States            []front.Option // of progress alone
	From, To          string
	Columns           []string
	Numeric           []bool // by column
	Rows              [][]string
	More              string
	Mails             bool
	Problem           string
	Errors            map[string]string
	Name              string // of the view that was not kept
}
