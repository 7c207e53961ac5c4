package reports

import (
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/report"
	"aulacomune/lms/sheet"
	"aulacomune/lms/web/front"
)

func (p Pages) summary(r *front.Request) error {
	org := r.Organisation()
	sum, err := p.Reports.Summary(r.Ctx(), r.Actor, org, "")
	if err != nil {
		return front.Unknown(err, "error.organisation.unknown")
	}
	page := &SummaryPage{Organisation: string(org), Name: sum.Organisation.Name, Total: countRow("", "", sum.Total)}
	if page.Organisations, err = r.Organisations(); err != nil {
		return err
	}
	for _, c := range sum.Courses {
		page.Courses = append(page.Courses, countRow(href(report.Spec{Kind: report.Progress, Organisation: org, Course: c.Course}), c.Title, c.Counts))
	}
	for _, e := range sum.Enti {
		page.Enti = append(page.Enti, countRow("/rapporti?ente="+url.QueryEscape(string(e.ID)), e.Name, e.Counts))
	}
	for _, src := range p.Reports.Sources() {
		page.Kinds = append(page.Kinds, KindRow{href(report.Spec{Kind: src.Kind, Organisation: org}), r.T("report.kind." + string(src.Kind)), r.T("report.lead." + string(src.Kind))})
	}
	views, err := p.Reports.Views(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	for _, v := range views {
		at := "/rapporti/viste/" + string(v.ID)
		what := r.T("report.kind." + string(v.Spec.Kind))
		if o, err := r.School().Organisations.Find(r.Ctx(), v.Spec.Organisation); err == nil {
			what += " · " + o.Name
		}
		page.Views = append(page.Views, ViewRow{at, v.Name, string(v.Often), at + "/togli", what})
	}
	page.NoIndex = true
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("reports.title")})
	return r.Show("reports", r.T("reports.title")+" – "+page.Name, page)
}

func countRow(href, name string, c report.Counts) CountRow {
	return CountRow{href, name, c.Enrolled, c.Started, c.Completed, c.Certified, c.Percent()}
}

func (p Pages) report(r *front.Request) error {
	return p.show(r, spec(r, r.Param("report"), r.Query), KeepForm{})
}

// show shows a report; keep is the form that keeps it as a view, as it came back.
func (p Pages) show(r *front.Request, s report.Spec, keep KeepForm) error {
	i := slices.IndexFunc(p.Reports.Sources(), func(x report.Source) bool { return x.Kind == s.Kind })
	if i < 0 {
		return lms.Fail(lms.NotFound, "error.report.unknown")
	}
	src := p.Reports.Sources()[i]
	page := &ReportPage{Kind: string(s.Kind), Href: "/rapporti/" + string(s.Kind), Query: query(s), Mails: p.Mails, Keep: keep}
	table, err := p.Reports.Page(r.Ctx(), r.Actor, s, r.Page())
	text, fields, rest := r.Problem(err)
	if rest != nil {
		return front.Unknown(rest, "error.report.unknown")
	}
	if page.Filter, err = p.filter(r, s, src.Asks); err != nil {
		return front.Unknown(err, "error.organisation.unknown")
	}
	page.Filter.Problem, page.Filter.Errors = text, named(fields)
	page.Narrowed = page.Filter.words(r)
	page.fill(r, table)
	if page.More = front.More(page.Href+"?"+page.Query+"&", table.Next); page.More == "" && r.Query("cursore") == "" {
		page.Chart, page.Beside = chart(r, table), len(table.Columns) < 6
	}
	title := r.T("report.kind." + string(s.Kind))
	page.NoIndex = true
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("reports.title"), Href: "/rapporti?ente=" + url.QueryEscape(string(s.Organisation))}, front.Crumb{Label: title})
	r.Path = page.Href + "?" + page.Query
	return r.Show("report", title, page)
}

// named are what is wrong with a spec by the fields of the form.
func named(fields map[string]string) map[string]string {
	out := map[string]string{}
	for k, v := range fields {
		out[k] = v
		if name := names()[k]; name != "" {
			out[name] = v
		}
	}
	return out
}

// fill puts the rows into the page.
func (page *ReportPage) fill(r *front.Request, table report.Table) {
	for _, c := range table.Columns {
		page.Columns = append(page.Columns, r.T("report.column."+c.Key))
		page.Numeric = append(page.Numeric, c.Kind == sheet.Number || c.Kind == sheet.Percent || c.Kind == sheet.Hours)
	}
	for _, row := range table.Rows {
		page.Rows = append(page.Rows, cells(r, table.Columns, row))
		page.Withheld = page.Withheld || slices.Contains(row, any(report.Withheld))
	}
	page.Empty = r.T("report.empty.text")
	if key := "report.empty." + page.Kind; r.Has(key) && !page.Filter.narrows() {
		page.Empty = r.T(key)
	}
}

// narrows says whether more than the organisation is asked for.
func (f Filter) narrows() bool { return f.Course+f.Cohort+f.State+f.From+f.To+f.Year != "" }

// chart draws the column of a report that its source says; what has no value there has no bar.
func chart(r *front.Request, t report.Table) front.Chart {
	i := slices.IndexFunc(t.Columns, func(c report.Column) bool { return t.Source.Chart != "" && c.Key == t.Source.Chart })
	if i < 0 || len(t.Rows) < 2 {
		return front.Chart{}
	}
	var of []front.Amount
	for _, row := range t.Rows {
		if n, ok := row[i].(int); ok {
			words := cells(r, t.Columns, row)
			of = append(of, front.Amount{Name: words[0], Size: n, Value: words[i]})
		}
	}
	return front.NewChart(r.T("report.chart", "What", r.T("report.kind."+string(t.Kind))), of)
}

// words is how rows are said to the reader.
func words(r *front.Request) report.Words {
	return report.Words{Lang: r.Lang, Say: func(key string) string { return r.T(key) }}
}

// cells are a row as texts.
func cells(r *front.Request, columns []report.Column, row report.Row) []string {
	out := make([]string, len(row))
	for i, v := range row.In(words(r)) {
		switch v := v.(type) {
		case nil:
		case time.Time:
			out[i] = v.Format(time.DateOnly)
			if r.Lang == "it" {
				out[i] = v.Format("02/01/2006")
			}
		case int:
			out[i] = strconv.Itoa(v)
			switch columns[i].Kind {
			case sheet.Hours:
				out[i] = fmt.Sprintf("%d:%02d", v/60, v%60)
			case sheet.Percent:
				out[i] += " %"
			}
		default:
			out[i] = fmt.Sprint(v)
		}
	}
	return out
}

func (p Pages) csv(r *front.Request) error {
	return p.export(r, "csv", front.TypeCSV, sheet.CSV)
}

func (p Pages) xlsx(r *front.Request) error {
	return p.export(r, "xlsx", front.TypeXLSX, func(w io.Writer, t sheet.Table) error { return sheet.XLSX(w, t) })
}

// export sends all rows of a report as a file.
func (p Pages) export(r *front.Request, ending, kind string, write func(io.Writer, sheet.Table) error) error {
	s := spec(r, r.Param("report"), r.Query)
	src, rows, err := p.Reports.All(r.Ctx(), r.Actor, s)
	if err != nil {
		return front.Unknown(err, "error.report.unknown")
	}
	table := report.Sheet(r.T("report.kind."+string(s.Kind)), src.Columns, rows, words(r))
	return r.Save(string(s.Kind)+"-"+string(s.Organisation)+"."+ending, kind, func(w io.Writer) error { return write(w, table) })
}

// keep keeps a report as a view.
func (p Pages) keep(r *front.Request) error {
	s := spec(r, r.Form("rapporto"), r.Form)
	if _, err := p.Reports.Keep(r.Ctx(), r.Actor, r.Form("name"), s, report.Often(r.Form("often"))); err != nil {
		text, fields, err := r.Problem(err)
		if err != nil {
			return front.Unknown(err, "error.report.unknown")
		}
		return p.show(r, s, KeepForm{r.Form("name"), r.Form("often"), text, fields})
	}
	return r.Done("/rapporti?ente="+url.QueryEscape(string(s.Organisation)), "view-kept")
}

func (p Pages) view(r *front.Request) error {
	v, err := p.Reports.View(r.Ctx(), r.Actor, report.ViewID(r.Param("view")))
	if err != nil {
		return front.Unknown(err, "error.view.unknown")
	}
	return r.See(href(v.Spec))
}

func (p Pages) discard(r *front.Request) error {
	if err := p.Reports.Discard(r.Ctx(), r.Actor, report.ViewID(r.Param("view"))); err != nil {
		return front.Unknown(err, "error.view.unknown")
	}
	return r.Done("/rapporti", "view-discarded")
}
