package plans

import (
	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/plan"
	"aulacomune/lms/web/audience"
	"aulacomune/lms/web/front"
)

func (p Pages) rules(r *front.Request) error {
	org := r.Organisation()
	found, err := p.Plans.Rules(r.Ctx(), r.Actor, org)
	if err != nil {
		return front.Unknown(err, "error.organisation.unknown")
	}
	page := &RulesPage{Organisation: string(org)}
	if page.Organisations, err = r.Organisations(); err != nil {
		return err
	}
	groups, err := p.Cohorts.Groups(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	for _, x := range found {
		one, err := ruleRow(r, x, groups)
		if err != nil {
			return err
		}
		page.Rows = append(page.Rows, one)
	}
	page.NoIndex = true
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("plans.menu"), Href: assignmentsPath}, front.Crumb{Label: r.T("plan.rules")})
	return r.Show("plan_rules", r.T("plan.rules"), page)
}

// ruleRow puts a rule into words.
func ruleRow(r *front.Request, x plan.Rule, groups []cohort.Group) (out RuleRow, err error) {
	_, content, err := r.School().Library.Shown(r.Ctx(), x.Course)
	if err != nil && !lms.Is(err, lms.NotFound) {
		return out, err
	}
	org, err := r.School().Organisations.Find(r.Ctx(), x.Organisation)
	if err != nil {
		return out, err
	}
	names, err := r.School().People.Names(r.Ctx(), []lms.PersonID{x.By})
	if err != nil {
		return out, err
	}
	out = RuleRow{Course: content.Title, Ente: org.Name, By: names[x.By], At: x.At, Stopped: x.Stopped}
	switch {
	case x.Days > 0:
		out.Terms = r.T("plan.rule.days", "Count", x.Days)
	case x.Terms.Due != "":
		out.Terms = r.T("plan.rule.due", "Day", x.Terms.Due.Words(r.Lang))
	default:
		out.Terms = r.T("plan.rule.open")
	}
	if x.Terms.Months > 0 {
		out.Terms += ", " + r.T("plan.repeat", "Count", x.Terms.Months)
	}
	if x.Stopped.IsZero() {
		out.Stop = rulesPath + "/" + string(x.ID) + "/ferma"
	}
	out.For, err = audience.Say(r, x.Audience, groups)
	return out, err
}

func (p Pages) ruleForm(r *front.Request) error {
	return p.rulePage(r, &RulePage{Values: map[string]string{"organisation": string(r.Organisation())}})
}

func (p Pages) rulePage(r *front.Request, page *RulePage) (err error) {
	if page.Courses, err = p.courses(r, "plan.choose"); err != nil {
		return err
	}
	if page.Organisations, err = r.Organisations(); err != nil {
		return err
	}
	groups, err := p.groups(r)
	if err != nil {
		return err
	}
	if page.Audience, err = audience.Make(r, page.Values, groups); err != nil {
		return err
	}
	page.NoIndex = true
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("plans.menu"), Href: assignmentsPath}, front.Crumb{Label: r.T("plan.rules"), Href: rulesPath}, front.Crumb{Label: r.T("plan.rule.new")})
	return r.Show("plan_rule_form", r.T("plan.rule.new"), page)
}

// makeRule says whom a rule would reach, and makes it where that is what the form says.
func (p Pages) makeRule(r *front.Request) error {
	groups, err := p.groups(r)
	if err != nil {
		return err
	}
	values := sent(r, "course", "organisation", "due", "days", "months", "notice", "grace")
	audience.Sent(r, values)
	if audience.Searching(r) {
		return p.rulePage(r, &RulePage{Values: values})
	}
	rule := plan.Rule{Organisation: lms.OrganisationID(values["organisation"]), Course: course.Slug(values["course"]), Terms: terms(values), Days: number(values["days"]), Audience: audience.Of(values, groups)}
	do := p.Plans.PreviewRule
	if r.Form("atto") == "crea" {
		do = p.Plans.MakeRule
	}
	got, err := do(r.Ctx(), r.Actor, rule)
	page := &RulePage{Values: values}
	if err != nil {
		var rest error
		if page.Problem, page.Errors, rest = r.Problem(err); rest != nil {
			return rest
		}
		return p.rulePage(r, page)
	}
	if r.Form("atto") == "crea" {
		return r.Done(address(rulesPath, "ente", values["organisation"]), "rule-made")
	}
	page.Preview = &Preview{Fields: carried(values), People: got.People, New: got.New, LeftOut: got.New - len(got.Lines)}
	for _, l := range got.Lines {
		page.Preview.Lines = append(page.Preview.Lines, LineRow{Name: l.Name})
	}
	return p.rulePage(r, page)
}

func (p Pages) stopRule(r *front.Request) error {
	if err := p.Plans.StopRule(r.Ctx(), r.Actor, plan.RuleID(r.Param("rule"))); err != nil {
		return front.Unknown(err, "error.plan.rule")
	}
	return r.Done(rulesPath, "rule-stopped")
}
