package report

import (
	"context"
	"strings"

	"aulacomune/lms"
	"aulacomune/lms/sheet"
)

// Column is what stands in one place of every row. Its title is the message "report.column." + Key.
type Column struct {
	Key  string
	Kind sheet.Kind
}

// Type says in a word of what kind a column's values are: text, number, day (as 2026-03-31), minutes (a duration) or percent.
func (c Column) Type() string {
	return map[sheet.Kind]string{sheet.Text: "text", sheet.Number: "number", sheet.Day: "day", sheet.Hours: "minutes", sheet.Percent: "percent"}[c.Kind]
}

// Row is a row: a value for each column, as package sheet takes them. Texts that are one of few, like states, are a Message, and what has a name in each
// language is a Name.
type Row []any

// Message is a text that is one of few, by the id of its message: "state.completed".
type Message string

// Withheld stands in a row whose sums the reader is not told, because they would tell of too few people.
const Withheld Message = "report.withheld"

// Code is the end of the id, which a program knows it by: "completed".
func (m Message) Code() string { return string(m[strings.LastIndexByte(string(m), '.')+1:]) }

// Name is what something is called.
type Name struct {
	Italian string
	English string // "" where it has no other
}

// in is the name in a language.
func (n Name) in(lang string) string {
	if lang == "en" && n.English != "" {
		return n.English
	}
	return n.Italian
}

// Words are the language that a row is said in.
type Words struct {
	Lang string
	Say  func(key string) string // the text of a message
}

// In is a row in words.
func (row Row) In(w Words) []any {
	out := make([]any, len(row))
	for i, v := range row {
		switch v := v.(type) {
		case Message:
			out[i] = w.Say(string(v))
		case Name:
			out[i] = v.in(w.Lang)
		default:
			out[i] = v
		}
	}
	return out
}

// Filter is what a report may be narrowed by, beside the organisation.
type Filter string

// The filters; each is a field of Spec, and Days two of them.
const (
	ByCourse Filter = "course"
	ByCohort Filter = "cohort"
	ByState  Filter = "state"
	ByDays   Filter = "days"
	ByYear   Filter = "year"
)

// Source is where the rows of a kind come from.
type Source struct {
	Kind    Kind
	Columns []Column
	Asks    []Filter
	Chart   string // key of the column that a chart shows, with the first one's names; "" draws none
	Sums    bool   // rows are sums over people. Page decides itself who may see them, and withholds what would tell of too few people
	// Page gives at most as many rows as asked for; fewer, even none, where it left some out. The cursor is "" at the end.
	Page func(ctx context.Context, a lms.Actor, s Spec, at lms.PageAt) (rows []Row, next string, err error)
}

// some asks for pages until there are enough rows: half of what is wanted is. With that few, asking for the rest would cost a question for every row.
func (x Source) some(ctx context.Context, a lms.Actor, s Spec, at lms.PageAt) (rows []Row, next string, err error) {
	for limit := at.Limit; ; at.Limit = limit - len(rows) {
		found, next, err := x.Page(ctx, a, s, at)
		if err != nil {
			return nil, "", err
		}
		rows = append(rows, found...)
		if at.After = next; next == "" || 2*len(rows) >= limit {
			return rows, next, nil
		}
	}
}
