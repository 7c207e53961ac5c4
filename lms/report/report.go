package report

import (
	"context"
	"iter"
	"slices"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/sheet"
)

// Kind says what the rows of a report are about.
type Kind string

// The kinds of report that this room knows itself.
const (
	Progress     Kind = "progress"     // a row is somebody in a course
	Late         Kind = "late"         // a row is somebody who should have completed a course
	Certificates Kind = "certificates" // a row is a certificate
)

// Spec says which rows.
type Spec struct {
	Kind         Kind               `json:"kind"`
	Organisation lms.OrganisationID `json:"organisation"`     // and those below it
	Course       course.Slug        `json:"course,omitempty"` // "" is all
	State        lms.State          `json:"state,omitempty"`  // "" is all; of Progress
	From         string             `json:"from,omitempty"`   // first day, 2026-01-31 in Europe/Rome: enrolled, due or issued since
	To           string             `json:"to,omitempty"`     // last day
}

// Column is what stands in one place of every row. Its title is the message "report.column." + Key.
type Column struct {
	Key  string
	Kind sheet.Kind
}

// Row is a row: a value for each column, as package sheet takes them. Texts that are one of few, like states, are message ids that begin with "=".
type Row []any

// Table is some rows of a report.
type Table struct {
	Columns []Column
	Rows    []Row
	Next    string // cursor of the rows after these
}

// Source is where the rows of a kind come from.
type Source struct {
	Kind    Kind
	Columns []Column
	Page    func(ctx context.Context, a lms.Actor, s Spec, at lms.PageAt) (rows []Row, next string, err error)
}

// Ports is what the room needs from outside.
type Ports struct {
	Engine  lms.Engine
	School  *lms.School
	Due     func(ctx context.Context, e lms.Enrolment) (time.Time, error) // until when somebody is to complete a course; zero is never. nil knows of none
	Sources []Source                                                      // of other rooms
	Post    lms.Post                                                      // nil sends nothing
	Rome    *time.Location
	Now     func() time.Time // nil means the clock
}

// Reports is what those who keep people ask of the school.
type Reports struct {
	school  *lms.School
	due     func(ctx context.Context, e lms.Enrolment) (time.Time, error)
	sources []Source
	tallies *lms.Records[Tally]
	views   *lms.Records[View]
	post    lms.Post
	rome    *time.Location
	now     func() time.Time
}

// Open prepares the records.
func Open(ctx context.Context, p Ports) (r *Reports, err error) {
	r = &Reports{school: p.School, due: p.Due, post: p.Post, rome: p.Rome, now: lms.Clock(p.Now)}
	if r.due == nil {
		r.due = func(context.Context, lms.Enrolment) (time.Time, error) { return time.Time{}, nil }
	}
	r.sources = append([]Source{{Progress, progressColumns(), r.progress}, {Late, lateColumns(), r.late}, {Certificates, certificateColumns(), r.certificates}}, p.Sources...)
	if r.tallies, err = lms.OpenRecords(ctx, p.Engine, tallies); err != nil {
		return nil, err
	}
	r.views, err = lms.OpenRecords(ctx, p.Engine, views)
	return r, err
}

// Collections are what a backup holds of the room. Tallies are counted anew.
func Collections() []lms.Collection { return []lms.Collection{views.Collection()} }

// Kinds lists the kinds of report there are.
func (r *Reports) Kinds() (out []Kind) {
	for _, s := range r.sources {
		out = append(out, s.Kind)
	}
	return out
}

// Page gives some rows of a report, to whoever keeps the people of the organisation.
func (r *Reports) Page(ctx context.Context, a lms.Actor, s Spec, at lms.PageAt) (Table, error) {
	src, err := r.source(ctx, a, s)
	if err != nil {
		return Table{}, err
	}
	rows, next, err := src.Page(ctx, a, s, at)
	return Table{src.Columns, rows, next}, err
}

// batch is how many rows are asked for at a time where all are wanted.
const batch = 200

// All gives the columns of a report and yields its rows, without holding them all.
func (r *Reports) All(ctx context.Context, a lms.Actor, s Spec) ([]Column, iter.Seq2[Row, error], error) {
	src, err := r.source(ctx, a, s)
	if err != nil {
		return nil, nil, err
	}
	return src.Columns, func(yield func(Row, error) bool) {
		for at := (lms.PageAt{Limit: batch}); ; {
			rows, next, err := src.Page(ctx, a, s, at)
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
			}
			if err != nil {
				yield(nil, err)
			}
			if at.After = next; err != nil || next == "" {
				return
			}
		}
	}, nil
}

// source finds where the rows come from, for whoever may see them.
func (r *Reports) source(ctx context.Context, a lms.Actor, s Spec) (Source, error) {
	if a.Nobody() {
		return Source{}, lms.Fail(lms.SignIn, "error.signin")
	}
	if len(a.Kept()) == 0 || a.Scope == lms.ScopePublish {
		return Source{}, lms.Fail(lms.Forbidden, "error.role")
	}
	org, err := r.school.Organisations.Find(ctx, s.Organisation)
	if lms.Is(err, lms.NotFound) || err == nil && !a.Keeps(org.Within) {
		return Source{}, lms.Fail(lms.NotFound, "error.organisation.unknown")
	}
	if err != nil {
		return Source{}, err
	}
	i := slices.IndexFunc(r.sources, func(x Source) bool { return x.Kind == s.Kind })
	if i < 0 {
		return Source{}, lms.Fail(lms.NotFound, "error.report.unknown")
	}
	for field, day := range map[string]string{"from": s.From, "to": s.To} {
		if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
			return Source{}, lms.Wrong(field, "error.day")
		}
	}
	return r.sources[i], nil
}

// within says whether a moment lies in the days of a spec, in Europe/Rome.
func (r *Reports) within(s Spec, t time.Time) bool {
	day := t.In(r.rome).Format(time.DateOnly)
	return (s.From == "" || day >= s.From) && (s.To == "" || day <= s.To)
}
