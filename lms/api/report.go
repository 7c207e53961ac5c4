package api

import (
	"context"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/report"
)

// reportKind is a report that there is.
type reportKind struct {
	Report  string         `json:"report"`
	Title   string         `json:"title"`
	Lead    string         `json:"lead" doc:"what it tells"`
	Filters []string       `json:"filters" doc:"what it may be narrowed by, beside the organisation: course, cohort, state, days (from and to), year"`
	Columns []reportColumn `json:"columns"`
}

// reportColumn is what stands in a row under a key.
type reportColumn struct {
	Key   string `json:"key"`
	Type  string `json:"type" enum:"text,number,day,minutes,percent" doc:"a day is written 2026-03-31, a duration is a number of minutes"`
	Title string `json:"title"`
}

// reportKinds are the reports there are.
type reportKinds struct {
	Items []reportKind `json:"items"`
	Next  string       `json:"next" doc:"empty: there is one page"`
}

func (a *API) reports(_ context.Context, k call, _ none) (reportKinds, error) {
	out := reportKinds{Items: []reportKind{}}
	if k.actor.Scope == lms.ScopePublish {
		return out, lms.Fail(lms.Forbidden, "error.scope")
	}
	for _, src := range a.Reports.Sources() {
		each := reportKind{
			Report: string(src.Kind), Title: a.Say(k.lang, "report.kind."+string(src.Kind)), Lead: a.Say(k.lang, "report.lead."+string(src.Kind)), Filters: []string{}, Columns: a.columns(k, src),
		}
		for _, f := range src.Asks {
			each.Filters = append(each.Filters, string(f))
		}
		out.Items = append(out.Items, each)
	}
	return out, nil
}

func (a *API) columns(k call, src report.Source) []reportColumn {
	out := make([]reportColumn, 0, len(src.Columns))
	for _, c := range src.Columns {
		out = append(out, reportColumn{c.Key, c.Type(), a.Say(k.lang, "report.column."+c.Key)})
	}
	return out
}

type reportIn struct {
	page
	Report       string `path:"report"`
	Organisation string `query:"organisation" validate:"max=200" doc:"its people and those below it; the caller's where it is missing"`
	Course       string `query:"course" validate:"max=200" doc:"slug; all where it is missing"`
	Cohort       string `query:"cohort" validate:"max=200" doc:"id of a dated delivery; all where it is missing"`
	State        string `query:"state" validate:"max=20" doc:"open, in_progress or completed; all where it is missing"`
	From         string `query:"from" validate:"max=20" doc:"first day, as 2026-01-31, of when somebody enrolled, was to be done, got their certificate or got in"`
	To           string `query:"to" validate:"max=20" doc:"last day"`
	Year         int    `query:"year" default:"0" validate:"min=0,max=2199" doc:"of hours; 0 is this year"`
}

// reportRows is a page of a report.
type reportRows struct {
	Report  string           `json:"report"`
	Columns []reportColumn   `json:"columns"`
	Items   []map[string]any `json:"items" doc:"rows: a value for each column, under its key; null where there is none. What is one of few, as a state, is its code"`
	Next    string           `json:"next" doc:"cursor of the next page; empty at the end"`
}

// report gives the rows that the page and the exports of a report show, from the same projection.
func (a *API) report(ctx context.Context, k call, in reportIn) (reportRows, error) {
	s := report.Spec{
		Kind: report.Kind(in.Report), Organisation: lms.OrganisationID(in.Organisation), Course: course.Slug(in.Course), Cohort: in.Cohort, State: lms.State(in.State), From: in.From, To: in.To, Year: in.Year,
	}
	if s.Organisation == "" {
		s.Organisation = k.actor.Kept()[0] // the gate lets nobody pass who keeps none
	}
	table, err := a.Reports.Page(ctx, k.actor, s, lms.PageAt{After: in.Cursor, Limit: in.Limit})
	if err != nil {
		return reportRows{}, err
	}
	out := reportRows{Report: in.Report, Columns: a.columns(k, table.Source), Items: make([]map[string]any, 0, len(table.Rows)), Next: table.Next}
	for _, row := range table.Rows {
		out.Items = append(out.Items, rowOf(k, table.Columns, row))
	}
	return out, nil
}

// rowOf is a row under the keys of its columns.
func rowOf(k call, columns []report.Column, row report.Row) map[string]any {
	values := row.In(report.Words{Lang: k.lang, Say: func(id string) string { return report.Message(id).Code() }})
	out := map[string]any{}
	for i, c := range columns {
		if day, ok := values[i].(time.Time); ok {
			values[i] = day.Format(time.DateOnly)
		}
		out[c.Key] = values[i]
	}
	return out
}
