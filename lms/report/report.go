package report

import (
	"context"
	"iter"
	"slices"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
)

// Kind says what the rows of a report are about.
type Kind string

// The kinds of report that this room knows itself.
const (
	Progress     Kind = "progress"     // a row is somebody in a course
	Late         Kind = "late"         // a row is somebody who should have completed a course
	Certificates Kind = "certificates" // a row is a certificate
)

// Spec says which rows. What a kind does not ask for (Source.Asks) is left out of account.
type Spec struct {
	Kind         Kind               `json:"kind"`
	Organisation lms.OrganisationID `json:"organisation"`     // and those below it
	Course       course.Slug        `json:"course,omitempty"` // "" is all
	Cohort       string             `json:"cohort,omitempty"` // id of a dated delivery; "" is all
	State        lms.State          `json:"state,omitempty"`  // "" is all
	From         string             `json:"from,omitempty"`   // first day, 2026-01-31 in Europe/Rome: enrolled, due, issued, or got in since
	To           string             `json:"to,omitempty"`     // last day
	Year         int                `json:"year,omitempty"`   // 0 is the one that it is
}

// Table is some rows of a report.
type Table struct {
	Source
	Rows []Row
	Next string // cursor of the rows after these
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
	r.sources = append(r.own(), p.Sources...)
	if r.tallies, err = lms.OpenRecords(ctx, p.Engine, tallies); err != nil {
		return nil, err
	}
	r.views, err = lms.OpenRecords(ctx, p.Engine, views)
	return r, err
}

// Collections are what a backup holds of the room. Tallies are counted anew.
func Collections() []lms.Collection { return []lms.Collection{views.Collection()} }

// Sources lists the kinds of report there are, with what is asked for and what stands in their rows.
func (r *Reports) Sources() []Source { return slices.Clone(r.sources) }

// Year is the year that it is in Italy.
func (r *Reports) Year() int { return r.now().In(r.rome).Year() }

// Page gives some rows of a report, to whoever keeps the people of the organisation; at.Limit at most, and fewer where many were left out.
func (r *Reports) Page(ctx context.Context, a lms.Actor, s Spec, at lms.PageAt) (Table, error) {
	src, err := r.source(ctx, a, s)
	if err != nil {
		return Table{}, err
	}
	rows, next, err := src.some(ctx, a, s, at)
	return Table{src, rows, next}, err
}

// batch is how many rows are asked for at a time where all are wanted.
const batch = 200

// All gives the source of a report and yields its rows, without holding them all: a batch is read while the one before is made use of.
func (r *Reports) All(ctx context.Context, a lms.Actor, s Spec) (Source, iter.Seq2[Row, error], error) {
	src, err := r.source(ctx, a, s)
	if err != nil {
		return Source{}, nil, err
	}
	return src, func(yield func(Row, error) bool) {
		read := func(after string) <-chan part {
			out := make(chan part, 1)
			go func() {
				rows, next, err := src.Page(ctx, a, s, lms.PageAt{After: after, Limit: batch})
				out <- part{rows, next, err}
			}()
			return out
		}
		for ahead := read(""); ahead != nil; {
			p := <-ahead
			if ahead = nil; p.err == nil && p.next != "" {
				ahead = read(p.next)
			}
			if !p.yield(yield) {
				if ahead != nil {
					<-ahead // nothing is left behind that still reads
				}
				return
			}
		}
	}, nil
}

// part is a batch of rows.
type part struct {
	rows []Row
	next string
	err  error
}

func (p part) yield(yield func(Row, error) bool) bool {
	for _, row := range p.rows {
		if !yield(row, nil) {
			return false
		}
	}
	return p.err == nil || yield(nil, p.err)
}

// source finds where the rows come from, for whoever may see them.
func (r *Reports) source(ctx context.Context, a lms.Actor, s Spec) (Source, error) {
	if a.Nobody() {
		return Source{}, lms.Fail(lms.SignIn, "error.signin")
	}
	if len(a.Kept()) == 0 || a.Scope == lms.ScopePublish {
		return Source{}, lms.Fail(lms.Forbidden, "error.role")
	}
	i := slices.IndexFunc(r.sources, func(x Source) bool { return x.Kind == s.Kind })
	org, err := r.school.Organisations.Find(ctx, s.Organisation)
	if lms.Is(err, lms.NotFound) || err == nil && !a.Keeps(org.Within) && (i < 0 || !r.sources[i].Sums) {
		return Source{}, lms.Fail(lms.NotFound, "error.organisation.unknown")
	}
	if err != nil {
		return Source{}, err
	}
	if i < 0 {
		return Source{}, lms.Fail(lms.NotFound, "error.report.unknown")
	}
	if err := s.check(); err != nil {
		return Source{}, err
	}
	if r.sources[i].Sums && !a.Keeps(org.Within) { // who sees them is for their page to say
		_, _, err = r.sources[i].Page(ctx, a, s, lms.PageAt{Limit: 1})
	}
	return r.sources[i], err
}

// check says what is wrong with a spec, all at once.
func (s Spec) check() error {
	fields := map[string]string{}
	for field, day := range map[string]string{"from": s.From, "to": s.To} {
		if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
			fields[field] = "error.day"
		}
	}
	if len(fields) == 0 && s.From != "" && s.To != "" && s.From > s.To {
		fields["to"] = "error.day.order"
	}
	if s.Year != 0 && (s.Year < 1900 || s.Year > 2199) {
		fields["year"] = "error.year"
	}
	if len(fields) > 0 {
		return &lms.Error{Kind: lms.Invalid, Message: "error.invalid", Fields: fields}
	}
	return nil
}

// within says whether a moment lies in the days of a spec, in Europe/Rome.
func (r *Reports) within(s Spec, t time.Time) bool {
	day := t.In(r.rome).Format(time.DateOnly)
	return (s.From == "" || day >= s.From) && (s.To == "" || day <= s.To)
}
