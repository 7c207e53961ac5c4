package plans

import (
	"cmp"
	"strings"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/plan"
	"aulacomune/lms/web/audience"
	"aulacomune/lms/web/front"
)

const (
	assignmentsPath = "/amministrazione/assegnazioni"
	rulesPath       = "/amministrazione/regole"
)

// team stands for the reader's own people where an organisation could be chosen. No organisation is called so.
const team = "@"

// whose are the people that the reader may choose between: those of the organisations they keep, and their own.
func whose(r *front.Request) ([]front.Option, error) {
	out, err := r.Organisations()
	if r.Actor.Is(lms.Manager) {
		out = append(out, front.Option{Value: team, Label: r.T("plans.team")})
	}
	return out, err
}

func (p Pages) assignments(r *front.Request) error {
	page := &AssignmentsPage{File: filesPath, Whose: cmp.Or(string(r.Organisation()), team), Course: r.Query("corso"), State: r.Query("stato")}
	filter := plan.Filter{Course: course.Slug(page.Course), State: plan.State(page.State)}
	var err error
	var found []plan.Seen
	var next string
	if page.Whose == team {
		found, next, err = p.Plans.OfTeam(r.Ctx(), r.Actor, filter, r.Page())
	} else {
		found, next, err = p.Plans.Within(r.Ctx(), r.Actor, lms.OrganisationID(page.Whose), filter, r.Page())
	}
	if err != nil {
		return front.Unknown(err, "error.organisation.unknown")
	}
	for _, v := range found {
		page.Rows = append(page.Rows, row(r, v))
	}
	page.More = front.More(address(assignmentsPath, "ente", page.Whose, "corso", page.Course, "stato", page.State)+"&", next)
	if page.Whoses, err = whose(r); err != nil {
		return err
	}
	if page.Courses, err = p.courses(r, "report.all"); err != nil {
		return err
	}
	page.States = []front.Option{{Label: r.T("report.all")}}
	for _, s := range plan.States() {
		page.States = append(page.States, front.Option{Value: string(s), Label: r.T("plan.state." + string(s))})
	}
	if front.Keeper.Lets(r.Actor) {
		page.Rules = rulesPath
	}
	page.NoIndex = true
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("plans.menu")})
	return r.Show("assignments", r.T("plans.title"), page)
}

// orderFields are those of the form of an order.
func orderFields() []string {
	return []string{"course", "people", "everybody", "office", "due", "months", "notice", "grace"}
}

func (p Pages) assignForm(r *front.Request) error {
	values := map[string]string{"course": r.Query("corso"), "people": r.Query("persona")}
	return p.assignPage(r, &AssignPage{Values: values})
}

func (p Pages) assignPage(r *front.Request, page *AssignPage) (err error) {
	if page.Courses, err = p.courses(r, "plan.choose"); err != nil {
		return err
	}
	all, err := whose(r)
	if err != nil {
		return err
	}
	page.Everybody = append([]front.Option{{Label: r.T("plan.named")}}, all...)
	page.Offices = front.Keeper.Lets(r.Actor)
	page.NoIndex = true
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("plans.menu"), Href: assignmentsPath}, front.Crumb{Label: r.T("plan.new")})
	return r.Show("assign_form", r.T("plan.new"), page)
}

// terms reads what is asked from the values of a form.
func terms(values map[string]string) plan.Terms {
	return plan.Terms{Due: cohort.Day(front.Day(values["due"])), Months: number(values["months"]), Notice: number(values["notice"]), Grace: number(values["grace"])}
}

// assign says what an order would do, and does it where that is what the form says.
func (p Pages) assign(r *front.Request) error {
	values := sent(r, orderFields()...)
	page := &AssignPage{Values: values}
	apply := r.Form("atto") == "assegna"
	people, err := p.chosen(r, values)
	var lines []plan.Line
	if err == nil {
		lines, err = p.Plans.Assign(r.Ctx(), r.Actor, plan.Order{Course: course.Slug(values["course"]), Terms: terms(values), Apply: apply}, people)
	}
	if err != nil {
		var rest error
		if page.Problem, page.Errors, rest = r.Problem(err); rest != nil {
			return rest
		}
		return p.assignPage(r, page)
	}
	if apply {
		return r.Done(strings.TrimSuffix(address(assignmentsPath, "ente", values["everybody"], "corso", values["course"]), "?"), "plan-assigned")
	}
	page.Preview = preview(r, lines)
	page.Preview.Fields, page.Preview.Due = carried(values), cohort.Day(front.Day(values["due"])).Words(r.Lang)
	return p.assignPage(r, page)
}

// shownLines is how many people a preview names.
const shownLines = 200

func preview(r *front.Request, lines []plan.Line) *Preview {
	out := &Preview{People: len(lines)}
	for _, l := range lines {
		x := LineRow{Name: l.Name, Outcome: string(l.Outcome)}
		switch {
		case l.Err != nil:
			out.Wrong++
			x.Outcome, x.Why = "", r.T(l.Err.Message)
		case l.Outcome == plan.New:
			out.New++
		case l.Outcome == plan.Changed:
			out.Changed++
		}
		if len(out.Lines) < shownLines {
			out.Lines = append(out.Lines, x)
		}
	}
	out.LeftOut = len(lines) - len(out.Lines)
	return out
}

// chosen are the people that a form names one by one, or all of an organisation, an office, the reader's own.
func (p Pages) chosen(r *front.Request, values map[string]string) ([]lms.PersonID, error) {
	switch org := values["everybody"]; org {
	case "":
		return p.named(r, values["people"])
	case team:
		all, err := p.Plans.Team(r.Ctx(), r.Actor)
		var out []lms.PersonID
		for _, x := range all {
			out = append(out, x.ID)
		}
		return someone(out, err)
	default:
		all, err := p.Plans.Everybody(r.Ctx(), r.Actor, lms.OrganisationID(org), values["office"])
		if lms.Is(err, lms.NotFound) {
			err = lms.Wrong("everybody", "error.organisation.unknown")
		}
		return someone(all, err)
	}
}

// someone refuses a choice that is nobody.
func someone(all []lms.PersonID, err error) ([]lms.PersonID, error) {
	if err == nil && len(all) == 0 {
		err = lms.Wrong("everybody", "error.plan.nobody")
	}
	return all, err
}

// named are people by login or e-mail address. Who is not the reader's is as unknown as who does not exist.
func (p Pages) named(r *front.Request, list string) (out []lms.PersonID, err error) {
	var unknown []string
	for _, login := range audience.Words(list) {
		who, err := r.School().People.ByLogin(r.Ctx(), login)
		if err == nil {
			_, _, err = p.Cohorts.Theirs(r.Ctx(), r.Actor, who.ID)
		}
		switch {
		case lms.Is(err, lms.NotFound):
			unknown = append(unknown, login)
		case err != nil:
			return nil, err
		default:
			out = append(out, who.ID)
		}
	}
	if len(unknown) > 0 {
		return nil, lms.Wrong("people", r.T("error.plan.people", "Names", strings.Join(unknown[:min(len(unknown), 20)], ", ")))
	}
	return out, nil
}
