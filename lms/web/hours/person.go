package hours

import (
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/ledger"
	"aulacomune/lms/sheet"
	"aulacomune/lms/web/front"
)

// escaped is a parameter of an address.
func escaped(name, value string) string { return url.Values{name: {value}}.Encode() }

// planning adds to a page what the reader may plan: lines of the plan, and how the person works.
func (p Pages) planning(r *front.Request, page *YearPage, a ledger.Account, areas ledger.Areas) error {
	if page.Plan == nil {
		page.Plan = &PlanForm{Values: map[string]string{}}
	}
	page.Plan.Areas = areaOptions(r, areas, r.T("hours.plan.noarea"))
	courses, _, err := r.School().Library.Courses(r.Ctx(), "", 500)
	if err != nil {
		return err
	}
	page.Plan.Courses = []front.Option{{Value: "", Label: r.T("hours.plan.nocourse")}}
	for _, c := range courses {
		page.Plan.Courses = append(page.Plan.Courses, front.Option{Value: string(c.Slug), Label: c.Shown().Title})
	}
	for _, l := range a.Plan.Lines {
		row := AheadRow{Title: l.Title, Area: areaName(r, areas, l.Area), Hours: hm(l.Minutes), Due: l.Due.Time(), Planned: true, Line: l.ID}
		if row.Title == "" {
			row.Title = row.Area
		}
		page.Plan.Lines = append(page.Plan.Lines, row)
	}
	if page.Terms == nil && r.Actor.Keeps(a.Member.Within) {
		t := a.Plan.Terms
		page.Terms = &TermsForm{Values: map[string]string{"since": string(t.Since), "until": string(t.Until)}}
		if t.Share > 0 {
			page.Terms.Values["share"] = strconv.Itoa(t.Share)
		}
	}
	return nil
}

// areaOptions are the areas to choose from; first stands before them.
func areaOptions(r *front.Request, all ledger.Areas, first string) []front.Option {
	out := []front.Option{{Value: "", Label: first}}
	for _, a := range all.Items {
		if !a.Retired {
			out = append(out, front.Option{Value: string(a.ID), Label: a.In(r.Lang)})
		}
	}
	return out
}

// sent are fields of a form as they were written.
func sent(r *front.Request, names ...string) map[string]string {
	out := map[string]string{}
	for _, n := range names {
		out[n] = strings.TrimSpace(r.Form(n))
	}
	return out
}

// day reads a date field: browsers send 2026-03-31, people without their help write 31/3/2026. What is no day stays as it is, and is refused.
func day(s string) ledger.Day {
	if t, ok := sheet.Date(s); ok {
		return ledger.Day(t.Format(time.DateOnly))
	}
	return ledger.Day(s)
}

// minutes reads a field of hours; -1 for what is none, 0 for an empty one.
func minutes(s string) int {
	if s == "" {
		return 0
	}
	m, ok := sheet.Minutes(s)
	if !ok {
		return -1
	}
	return m
}

// assign adds a line to a plan.
func (p Pages) assign(r *front.Request) error {
	id := lms.PersonID(r.Param("id"))
	v := sent(r, "course", "title", "area", "minutes", "due")
	_, err := p.Ledger.Assign(r.Ctx(), r.Actor, id, ledger.PlanLine{
		Course: course.Slug(v["course"]), Title: v["title"], Area: ledger.AreaID(v["area"]), Minutes: minutes(v["minutes"]), Due: day(v["due"]),
	})
	if err == nil {
		return r.Done("/ore/persone/"+string(id), "hours-planned")
	}
	form := &PlanForm{Values: v}
	if form.Problem, form.Errors, err = r.Problem(err); err != nil {
		return err
	}
	return p.year(r, id, form, nil)
}

// unassign takes a line out of a plan.
func (p Pages) unassign(r *front.Request) error {
	id := lms.PersonID(r.Param("id"))
	year, _ := strconv.Atoi(r.Form("year")) // no year has no such line
	if err := p.Ledger.Unassign(r.Ctx(), r.Actor, id, year, r.Form("line")); err != nil {
		return err
	}
	return r.Done("/ore/persone/"+string(id), "hours-unplanned")
}

// setTerms says how somebody works in a year.
func (p Pages) setTerms(r *front.Request) error {
	id := lms.PersonID(r.Param("id"))
	v := sent(r, "share", "since", "until", "year")
	year, _ := strconv.Atoi(v["year"]) // no year is refused
	terms := ledger.Terms{Since: day(v["since"]), Until: day(v["until"])}
	if v["share"] != "" {
		n, err := strconv.Atoi(strings.TrimSuffix(v["share"], "%"))
		if terms.Share = n; err != nil || n < 1 {
			terms.Share = -1
		}
	}
	err := p.Ledger.SetTerms(r.Ctx(), r.Actor, id, year, terms)
	if err == nil {
		return r.Done("/ore/persone/"+string(id)+"?"+escaped("anno", v["year"]), "hours-terms")
	}
	form := &TermsForm{Values: v}
	if _, form.Errors, err = r.Problem(err); err != nil {
		return err
	}
	return p.year(r, id, nil, form)
}

// CorrectPage corrects a row: hours_correct.html.
type CorrectPage struct {
	front.Frame
	Row      HoursRow
	Person   string
	Values   map[string]string
	Errors   map[string]string
	Problem  string
	Areas    []front.Option
	Outcomes []front.Option
	Action   string
	Back     string
}

func (p Pages) correctForm(r *front.Request) error { return p.showCorrect(r, &CorrectPage{}) }

// showCorrect shows the row that an address names among those that the reader sees of the person.
func (p Pages) showCorrect(r *front.Request, page *CorrectPage) error {
	a, h, err := p.row(r)
	if err != nil {
		return err
	}
	areas, err := p.areas(r, h.Member)
	if err != nil {
		return err
	}
	page.Row, page.Person, page.Areas = rowView(r, h, areas), a.Name, areaOptions(r, areas, r.T("hours.area.keep"))
	for _, o := range ledger.Outcomes() {
		page.Outcomes = append(page.Outcomes, front.Option{Value: string(o), Label: r.T("hours.outcome." + string(o))})
	}
	if page.Values == nil {
		page.Values = map[string]string{"minutes": hm(h.Minutes), "from": string(h.From), "to": string(h.To), "outcome": string(h.Outcome), "area": string(h.Area)}
	}
	page.Action, page.Back = page.Row.Correct, "/ore/persone/"+string(a.Person)+"?anno="+strconv.Itoa(a.Year)
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("hours.people"), Href: "/ore/persone"}, front.Crumb{Label: a.Name, Href: page.Back}, front.Crumb{Label: r.T("hours.correct.title")})
	return r.Show("hours_correct", r.T("hours.correct.title"), page)
}

// rowID is the id that an address holds; what is none is that of no row.
func rowID(r *front.Request) ledger.HoursID {
	id, _ := base64.RawURLEncoding.DecodeString(r.Param("row"))
	return ledger.HoursID(id)
}

// row finds the row that an address names.
func (p Pages) row(r *front.Request) (ledger.Account, ledger.Hours, error) {
	h, err := p.Ledger.Row(r.Ctx(), r.Actor, rowID(r))
	if err != nil {
		return ledger.Account{}, h, err
	}
	a, err := p.Ledger.Year(r.Ctx(), r.Actor, h.Person, h.Year())
	return a, h, err
}

// correct adds the row that stands in place of another.
func (p Pages) correct(r *front.Request) error {
	v := sent(r, "minutes", "from", "to", "outcome", "area", "reason", "strike")
	c := ledger.Correction{Minutes: minutes(v["minutes"]), From: day(v["from"]), To: day(v["to"]), Outcome: ledger.Outcome(v["outcome"]), Area: ledger.AreaID(v["area"]), Reason: v["reason"]}
	switch {
	case v["strike"] != "":
		c.Minutes = 0
	case c.Minutes == 0:
		c.Minutes = -1 // to strike a row is a word of its own
	}
	h, err := p.Ledger.Correct(r.Ctx(), r.Actor, rowID(r), c)
	if err == nil {
		return r.Done("/ore/persone/"+string(h.Person)+"?anno="+strconv.Itoa(h.Year()), "hours-corrected")
	}
	page := &CorrectPage{Values: v}
	if page.Problem, page.Errors, err = r.Problem(err); err != nil {
		return err
	}
	return p.showCorrect(r, page)
}
