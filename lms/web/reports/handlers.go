package reports

import (
	"bytes"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"time"

	"aulacomune/course"
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
	for _, k := range p.Reports.Kinds() {
		page.Kinds = append(page.Kinds, front.Option{Value: href(report.Spec{Kind: k, Organisation: org}), Label: r.T("report.kind." + string(k))})
	}
	views, err := p.Reports.Views(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	for _, v := range views {
		at := "/rapporti/viste/" + string(v.ID)
		page.Views = append(page.Views, ViewRow{at, v.Name, string(v.Often), at + "/togli"})
	}
	page.NoIndex = true
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("reports.title")})
	return r.Show("reports", r.T("reports.title")+" – "+page.Name, page)
}

func countRow(href, name string, c report.Counts) CountRow {
	return CountRow{href, name, c.Enrolled, c.Started, c.Completed, c.Certified, c.Percent()}
}

// href is the address of a report.
func href(s report.Spec) string { return "/rapporti/" + string(s.Kind) + "?" + query(s) }

// query is the filter of a report as it stands in addresses.
func query(s report.Spec) string {
	q := url.Values{}
	for k, v := range map[string]string{"ente": string(s.Organisation), "corso": string(s.Course), "stato": string(s.State), "dal": s.From, "al": s.To} {
		if v != "" {
			q.Set(k, v)
		}
	}
	return q.Encode()
}

// spec is the report that an address or a form names.
func spec(r *front.Request, get func(string) string) report.Spec {
	s := report.Spec{Organisation: lms.OrganisationID(get("ente")), Course: course.Slug(get("corso")), State: lms.State(get("stato")), From: get("dal"), To: get("al")}
	if s.Organisation == "" {
		s.Organisation = r.Organisation()
	}
	return s
}

func (p Pages) report(r *front.Request) error {
	s := spec(r, func(name string) string { return r.Query(name) })
	s.Kind = report.Kind(r.Param("report"))
	return p.show(r, s, "", "", nil)
}

// show shows a report; what stands against keeping it as a view is said beside the form for that.
func (p Pages) show(r *front.Request, s report.Spec, name, problem string, errors map[string]string) error {
	page := &ReportPage{
		Kind: string(s.Kind), Href: "/rapporti/" + string(s.Kind), Query: query(s), Organisation: string(s.Organisation), Course: string(s.Course), State: string(s.State), From: s.From, To: s.To,
		Mails: p.Mails, Name: name, Problem: problem, Errors: errors,
	}
	table, err := p.Reports.Page(r.Ctx(), r.Actor, s, r.Page())
	if text, fields, rest := r.Problem(err); rest != nil {
		return front.Unknown(rest, "error.report.unknown")
	} else if text != "" {
		page.Problem, page.Errors = text, fields
	}
	for _, c := range table.Columns {
		page.Columns = append(page.Columns, r.T("report.column."+c.Key))
		page.Numeric = append(page.Numeric, c.Kind == sheet.Number || c.Kind == sheet.Percent || c.Kind == sheet.Hours)
	}
	for _, row := range table.Rows {
		page.Rows = append(page.Rows, cells(r, table.Columns, row))
	}
	page.More = front.More(page.Href+"?"+page.Query+"&", table.Next)
	if err := page.fill(r, s); err != nil {
		return err
	}
	title := r.T("report.kind." + string(s.Kind))
	page.NoIndex = true
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("reports.title"), Href: "/rapporti?ente=" + url.QueryEscape(string(s.Organisation))}, front.Crumb{Label: title})
	r.Path = page.Href + "?" + page.Query
	return r.Show("report", title, page)
}

// fill gives a report's page what its filter offers.
func (page *ReportPage) fill(r *front.Request, s report.Spec) (err error) {
	if page.Organisations, err = r.Organisations(); err != nil {
		return err
	}
	heads, _, err := r.School().Library.Courses(r.Ctx(), "", 200)
	if err != nil {
		return err
	}
	page.Courses = []front.Option{{Value: "", Label: r.T("report.all")}}
	for _, h := range heads {
		page.Courses = append(page.Courses, front.Option{Value: string(h.Slug), Label: h.Latest().Title})
	}
	if s.Kind == report.Progress {
		page.States = []front.Option{{Value: "", Label: r.T("report.all")}}
		for _, st := range []lms.State{lms.Open, lms.InProgress, lms.Completed} {
			page.States = append(page.States, front.Option{Value: string(st), Label: r.T("state." + string(st))})
		}
	}
	return nil
}

// cells are a row as texts.
func cells(r *front.Request, columns []report.Column, row report.Row) []string {
	out := make([]string, len(row))
	for i, v := range row.In(func(key string) string { return r.T(key) }) {
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
	s := spec(r, func(name string) string { return r.Query(name) })
	s.Kind = report.Kind(r.Param("report"))
	columns, rows, err := p.Reports.All(r.Ctx(), r.Actor, s)
	if err != nil {
		return front.Unknown(err, "error.report.unknown")
	}
	var b bytes.Buffer
	if err := write(&b, report.Sheet(r.T("report.kind."+string(s.Kind)), columns, rows, func(key string) string { return r.T(key) })); err != nil {
		return err
	}
	return r.Download(string(s.Kind)+"-"+string(s.Organisation)+"."+ending, kind, b.Bytes())
}

// keep keeps a report as a view.
func (p Pages) keep(r *front.Request) error {
	s := spec(r, func(name string) string { return r.Form(name) })
	s.Kind = report.Kind(r.Form("rapporto"))
	if _, err := p.Reports.Keep(r.Ctx(), r.Actor, r.Form("name"), s, report.Often(r.Form("often"))); err != nil {
		text, fields, err := r.Problem(err)
		if err != nil {
			return front.Unknown(err, "error.report.unknown")
		}
		return p.show(r, s, r.Form("name"), text, fields)
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
