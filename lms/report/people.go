package report

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/sheet"
)

// own are the kinds of report that this room knows itself.
func (r *Reports) own() []Source {
	return []Source{
		{Kind: Progress, Columns: progressColumns(), Asks: []Filter{ByCourse, ByState, ByDays}, Page: r.progress},
		{Kind: Late, Columns: lateColumns(), Asks: []Filter{ByCourse, ByDays}, Page: r.late},
		{Kind: Certificates, Columns: certificateColumns(), Asks: []Filter{ByCourse, ByDays}, Page: r.certificates},
	}
}

// WhoColumns are the columns that say whom a row is about, in every report with people in it; Who are their values.
func WhoColumns() []Column {
	return []Column{{"family", sheet.Text}, {"given", sheet.Text}, {"organisation", sheet.Text}, {"office", sheet.Text}, {"category", sheet.Text}}
}

// Who says whom a row is about: a person, as a member of an organisation.
func Who(p lms.Person, m lms.Membership) Row {
	row := Row{p.Family, p.Given, m.Name, m.Office, nil}
	if m.Category != "" {
		row[4] = Message("category." + string(m.Category))
	}
	return row
}

// who are the columns that say whom a row is about, and in which course.
func who() []Column { return append(WhoColumns(), Column{"course", sheet.Text}) }

func progressColumns() []Column {
	return append(who(), Column{"edition", sheet.Number}, Column{"state", sheet.Text}, Column{"percent", sheet.Percent}, Column{"minutes", sheet.Hours}, Column{"planned", sheet.Hours},
		Column{"enrolled", sheet.Day}, Column{"due", sheet.Day}, Column{"completed", sheet.Day})
}

func lateColumns() []Column {
	return append(who(), Column{"percent", sheet.Percent}, Column{"enrolled", sheet.Day}, Column{"due", sheet.Day}, Column{"days", sheet.Number})
}

func certificateColumns() []Column {
	return append(who(), Column{"edition", sheet.Number}, Column{"number", sheet.Text}, Column{"issued", sheet.Day}, Column{"minutes", sheet.Hours}, Column{"certificate", sheet.Text}, Column{"code", sheet.Text})
}

// progress is a page of Progress.
func (r *Reports) progress(ctx context.Context, a lms.Actor, s Spec, at lms.PageAt) ([]Row, string, error) {
	return r.standings(ctx, a, s, at, func(st lms.Standing) (Row, error) {
		if s.State != "" && st.State != s.State || !r.within(s, st.Enrolment.At) {
			return nil, nil
		}
		due, err := r.due(ctx, st.Enrolment)
		return Row{st.Enrolment.Edition, Message("state." + string(st.State)), st.Percent, st.Minutes, st.Planned, r.day(st.Enrolment.At), r.day(due), r.day(st.Enrolment.Completed)}, err
	})
}

// late is a page of Late: who has not completed a course by its day, the day of a spec being the day it was due.
func (r *Reports) late(ctx context.Context, a lms.Actor, s Spec, at lms.PageAt) ([]Row, string, error) {
	now := r.now()
	return r.standings(ctx, a, s, at, func(st lms.Standing) (Row, error) {
		if !st.Enrolment.Completed.IsZero() {
			return nil, nil
		}
		due, err := r.due(ctx, st.Enrolment)
		if err != nil || due.IsZero() || !due.Before(now) || !r.within(s, due) {
			return nil, err
		}
		return Row{st.Percent, r.day(st.Enrolment.At), r.day(due), r.days(due, now)}, nil
	})
}

// certificates is a page of Certificates: the latest of each enrolment.
func (r *Reports) certificates(ctx context.Context, a lms.Actor, s Spec, at lms.PageAt) ([]Row, string, error) {
	return r.standings(ctx, a, s, at, func(st lms.Standing) (Row, error) {
		code := st.Enrolment.Certificate()
		if code == "" {
			return nil, nil
		}
		v, err := r.school.Register.Verify(ctx, string(code))
		if err != nil || !r.within(s, v.Row.At) {
			return nil, err
		}
		return Row{v.Row.Printed.Edition, v.Row.Number, r.day(v.Row.At), v.Row.Printed.Minutes, Message("certificate." + string(v.State)), string(code)}, nil
	})
}

// standings is a page of the people of an organisation in its courses, as a kind of report tells of each; who is told nothing of has no row.
func (r *Reports) standings(ctx context.Context, a lms.Actor, s Spec, at lms.PageAt, tell func(lms.Standing) (Row, error)) ([]Row, string, error) {
	found, next, err := r.school.Learning.InCourse(ctx, a, s.Organisation, s.Course, at)
	if err != nil {
		return nil, "", err
	}
	rows, err := r.told(ctx, found, tell)
	return rows, next, err
}

// readers is how many of a page's rows are worked out at a time.
const readers = 4

// told are the rows of standings, in their order; tell may be called by several at once.
func (r *Reports) told(ctx context.Context, of []lms.Standing, tell func(lms.Standing) (Row, error)) ([]Row, error) {
	rows, errs := make([]Row, len(of)), make([]error, readers)
	var all sync.WaitGroup
	for n := range readers {
		all.Go(func() {
			for i := n; i < len(of) && errs[n] == nil; i += readers {
				rows[i], errs[n] = r.row(ctx, of[i], tell)
			}
		})
	}
	all.Wait()
	rows = slices.DeleteFunc(rows, func(row Row) bool { return row == nil })
	return rows, errors.Join(errs...)
}

// row is what is told of one standing; nil where there is nothing to tell.
func (r *Reports) row(ctx context.Context, st lms.Standing, tell func(lms.Standing) (Row, error)) (Row, error) {
	row, err := tell(st)
	if row == nil || err != nil {
		return nil, err
	}
	head, err := r.who(ctx, st)
	return append(head, row...), err
}

// who says whom a row is about: as they were when they were enrolled.
func (r *Reports) who(ctx context.Context, st lms.Standing) (Row, error) {
	p, err := r.school.People.Known(ctx, st.Enrolment.Person)
	if err != nil && !lms.Is(err, lms.NotFound) {
		return nil, err
	}
	m := st.Enrolment.Member
	return append(Who(p, m), st.Content.Title), nil
}

// days counts those of the calendar in Europe/Rome between two moments.
func (r *Reports) days(from, to time.Time) int {
	noon := func(t time.Time) time.Time {
		y, m, d := t.In(r.rome).Date()
		return time.Date(y, m, d, 12, 0, 0, 0, time.UTC)
	}
	return int(noon(to).Sub(noon(from)) / (24 * time.Hour))
}

// day is a moment as a cell, in Europe/Rome.
func (r *Reports) day(t time.Time) any { return DayIn(t, r.rome) }

// DayIn is a moment as a cell: its day in a place, an empty cell where there is none.
func DayIn(t time.Time, place *time.Location) any {
	if t.IsZero() {
		return nil
	}
	y, m, d := t.In(place).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
