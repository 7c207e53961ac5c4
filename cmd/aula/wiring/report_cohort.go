package wiring

import (
	"context"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/report"
	"aulacomune/lms/sheet"
)

// cohortKind is the report whose rows are people in cohorts.
const cohortKind report.Kind = "cohort"

// cohortSource is the report with a row for each person in a cohort: their place, how far they are with its course, and when they completed it.
func (h *House) cohortSource(rome *time.Location) report.Source {
	columns := append(report.WhoColumns(), report.Column{Key: "course"}, report.Column{Key: "cohort"}, report.Column{Key: "place"}, report.Column{Key: "since", Kind: sheet.Day},
		report.Column{Key: "state"}, report.Column{Key: "percent", Kind: sheet.Percent}, report.Column{Key: "completed", Kind: sheet.Day})
	return report.Source{
		Kind: cohortKind, Columns: columns, Asks: []report.Filter{report.ByCohort, report.ByCourse, report.ByState, report.ByDays},
		Page: func(ctx context.Context, a lms.Actor, s report.Spec, at lms.PageAt) (rows []report.Row, next string, err error) {
			found, next, err := h.Cohorts.Members(ctx, a, cohort.ID(s.Cohort), s.Organisation, at)
			t := titles{house: h, cohorts: map[cohort.ID]string{}, courses: map[course.Slug]string{}}
			for _, m := range found {
				if err == nil && asked(s, m, rome) {
					var row report.Row
					row, err = t.row(ctx, m, rome)
					rows = append(rows, row)
				}
			}
			return rows, next, err
		},
	}
}

// asked says whether a report asks for somebody in a cohort.
func asked(s report.Spec, m cohort.Row, rome *time.Location) bool {
	day := m.Since().In(rome).Format(time.DateOnly)
	return (s.Course == "" || m.Course == s.Course) && (s.State == "" || m.State == s.State) && (s.From == "" || day >= s.From) && (s.To == "" || day <= s.To)
}

// titles are those of the cohorts and courses of a page, looked up once.
type titles struct {
	house   *House
	cohorts map[cohort.ID]string
	courses map[course.Slug]string
}

func (t titles) row(ctx context.Context, m cohort.Row, rome *time.Location) (report.Row, error) {
	if err := t.find(ctx, m); err != nil {
		return nil, err
	}
	p, err := t.house.School.People.Known(ctx, m.Person)
	if err != nil && !lms.Is(err, lms.NotFound) {
		return nil, err
	}
	row := append(report.Who(p, m.Member), t.courses[m.Course], t.cohorts[m.Cohort], report.Message("seat."+string(m.Place())), report.DayIn(m.Since(), rome))
	if m.State == "" {
		return append(row, nil, nil, nil), nil
	}
	return append(row, report.Message("state."+string(m.State)), m.Percent, report.DayIn(m.Completed, rome)), nil
}

func (t titles) find(ctx context.Context, m cohort.Row) error {
	if _, ok := t.cohorts[m.Cohort]; !ok {
		c, err := t.house.Cohorts.Known(ctx, m.Cohort)
		if err != nil {
			return err
		}
		t.cohorts[m.Cohort] = c.Terms.Title
	}
	if _, ok := t.courses[m.Course]; !ok {
		head, err := t.house.School.Library.Find(ctx, m.Course)
		if err != nil {
			return err
		}
		t.courses[m.Course] = head.Latest().Title
	}
	return nil
}
