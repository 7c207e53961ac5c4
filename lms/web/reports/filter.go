package reports

import (
	"net/url"
	"slices"
	"strconv"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/report"
	"aulacomune/lms/web/front"
)

// names are what the fields of a spec are called in addresses and forms.
func names() map[string]string {
	return map[string]string{"organisation": "ente", "course": "corso", "cohort": "edizione", "state": "stato", "from": "dal", "to": "al", "year": "anno"}
}

// href is the address of a report.
func href(s report.Spec) string { return "/rapporti/" + string(s.Kind) + "?" + query(s) }

// query is the filter of a report as it stands in addresses.
func query(s report.Spec) string {
	q := url.Values{}
	for k, v := range map[string]string{"ente": string(s.Organisation), "corso": string(s.Course), "edizione": s.Cohort, "stato": string(s.State), "dal": s.From, "al": s.To, "anno": year(s)} {
		if v != "" {
			q.Set(k, v)
		}
	}
	return q.Encode()
}

// year is the year of a report as it stands in addresses; "" is always the one that it is.
func year(s report.Spec) string {
	if s.Year == 0 {
		return ""
	}
	return strconv.Itoa(s.Year)
}

// spec is the report that an address or a form names.
func spec(r *front.Request, kind string, get func(string) string) report.Spec {
	s := report.Spec{
		Kind: report.Kind(kind), Organisation: lms.OrganisationID(get("ente")), Course: course.Slug(get("corso")), Cohort: get("edizione"), State: lms.State(get("stato")), From: front.Day(get("dal")), To: front.Day(get("al")),
	}
	if s.Organisation == "" {
		s.Organisation = r.Organisation()
	}
	if y := get("anno"); y != "" {
		n, err := strconv.Atoi(y)
		if s.Year = n; err != nil || n == 0 {
			s.Year = -1 // what is no year is refused with words
		}
	}
	return s
}

// filter is what a report may be narrowed by, as its address has it.
func (p Pages) filter(r *front.Request, s report.Spec, asks []report.Filter) (f Filter, err error) {
	f = Filter{Organisation: string(s.Organisation), Course: string(s.Course), Cohort: s.Cohort, State: string(s.State), From: s.From, To: s.To, Year: year(s), Days: slices.Contains(asks, report.ByDays)}
	if f.Organisations, err = r.Organisations(); err != nil {
		return f, err
	}
	if !offers(f.Organisations, f.Organisation) { // one of which the reader sees sums alone
		o, err := r.School().Organisations.Find(r.Ctx(), s.Organisation)
		if err != nil {
			return f, err
		}
		f.Organisations = append(f.Organisations, front.Option{Value: f.Organisation, Label: o.Name})
	}
	all := front.Option{Label: r.T("report.all")}
	for _, a := range asks {
		switch a {
		case report.ByCourse:
			f.Courses, err = courses(r, all)
			f.Courses = with(f.Courses, f.Course)
		case report.ByCohort:
			f.Cohorts, err = p.Cohorts(r.Ctx(), r.Actor, s.Organisation)
			f.Cohorts = with(append([]front.Option{all}, f.Cohorts...), s.Cohort)
		case report.ByState:
			f.States = []front.Option{all}
			for _, st := range []lms.State{lms.Open, lms.InProgress, lms.Completed} {
				f.States = append(f.States, front.Option{Value: string(st), Label: r.T("state." + string(st))})
			}
		case report.ByYear:
			f.Years = p.years(r, s.Year)
		}
		if err != nil {
			return f, err
		}
	}
	return f, nil
}

// courses are those to choose from.
func courses(r *front.Request, all front.Option) ([]front.Option, error) {
	heads, _, err := r.School().Library.Courses(r.Ctx(), "", 200)
	out := []front.Option{all}
	for _, h := range heads {
		out = append(out, front.Option{Value: string(h.Slug), Label: h.Latest().Title})
	}
	return out, err
}

// years are the one that it is, the ones before, and the one that is asked for.
func (p Pages) years(r *front.Request, asked int) []front.Option {
	const back = 5
	now := p.Reports.Year()
	out := []front.Option{{Value: "", Label: r.T("report.year.now", "Year", now)}}
	for y := now - 1; y >= now-back; y-- {
		out = append(out, front.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)})
	}
	if asked <= 0 {
		return out
	}
	return with(out, strconv.Itoa(asked))
}

// with are options among which a value is: what a kept view asks for may be offered no more.
func with(all []front.Option, value string) []front.Option {
	if value == "" || offers(all, value) {
		return all
	}
	return append(all, front.Option{Value: value, Label: value})
}

func offers(all []front.Option, value string) bool {
	return slices.ContainsFunc(all, func(o front.Option) bool { return o.Value == value })
}

// words is the filter as paper has it.
func (f Filter) words(r *front.Request) (out []string) {
	for _, c := range []struct {
		label, value string
		from         []front.Option
	}{
		{"person.organisation", f.Organisation, f.Organisations}, {"report.course", f.Course, f.Courses}, {"report.cohort", f.Cohort, f.Cohorts}, {"report.state", f.State, f.States},
		{"report.year", f.Year, f.Years},
	} {
		for _, o := range c.from {
			if o.Value == c.value {
				out = append(out, r.T(c.label)+": "+o.Label)
			}
		}
	}
	for _, c := range [][2]string{{"report.from", f.From}, {"report.to", f.To}} {
		if f.Days && c[1] != "" {
			out = append(out, r.T(c[0])+" "+c[1])
		}
	}
	return out
}
