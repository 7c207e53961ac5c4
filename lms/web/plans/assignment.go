package plans

import (
	"context"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/plan"
	"aulacomune/lms/web/front"
)

// acts are what may be done with an assignment, with the last part of their addresses.
func acts() []Hidden {
	return []Hidden{{"extend", "proroga"}, {"waive", "esonero"}, {"withdraw", "togli"}}
}

func (p Pages) assignment(r *front.Request) error { return p.assignmentPage(r, ActForm{}) }

// assignmentPage shows an assignment; wrong is the form that came back, with what is wrong with it.
func (p Pages) assignmentPage(r *front.Request, wrong ActForm) error {
	v, err := p.Plans.Find(r.Ctx(), r.Actor, course.Slug(r.Param("slug")), lms.PersonID(r.Param("person")))
	if err != nil {
		return front.Unknown(err, "error.plan.unknown")
	}
	r.Path = assignmentHref(v.Course, v.Person)
	page := &AssignmentPage{Row: row(r, v), CourseHref: "/corsi/" + string(v.Course), Last: v.Duty.Last.Words(r.Lang)}
	if r.Actor.Keeps(v.Member.Within) {
		page.PersonHref = front.PersonHref(v.Person)
	}
	if v.Terms.Months > 0 {
		page.Repeat = r.T("plan.repeat", "Count", v.Terms.Months)
	}
	if page.History, err = past(r, v); err != nil {
		return err
	}
	if v.Duty.State != plan.Withdrawn {
		for _, a := range acts() {
			form := ActForm{Name: a.Name, Day: a.Name != "withdraw", Values: map[string]string{}}
			if a.Name == wrong.Name {
				form.Values, form.Errors, form.Problem = wrong.Values, wrong.Errors, wrong.Problem
			}
			form.Action = r.Path + "/" + a.Value
			page.Forms = append(page.Forms, form)
		}
	}
	page.NoIndex = true
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("plans.menu"), Href: assignmentsPath}, front.Crumb{Label: v.Called})
	return r.Show("assignment", r.T("plan.of", "Name", v.Called), page)
}

// past puts the history of an assignment into words, the latest first.
func past(r *front.Request, v plan.Seen) ([]PastRow, error) {
	var ids []lms.PersonID
	for _, e := range v.History {
		ids = append(ids, e.By)
	}
	names, err := r.School().People.Names(r.Ctx(), ids)
	var out []PastRow
	for i := len(v.History) - 1; i >= 0; i-- {
		e := v.History[i]
		key := "plan.event." + string(e.What)
		if e.What == plan.Assigned && e.Day != "" {
			key += ".day"
		}
		text := r.T(key, "By", names[e.By], "Day", e.Day.Words(r.Lang))
		if e.What == plan.Assigned && i == 0 && v.Rule != "" {
			text += " " + r.T("plan.event.rule")
		}
		out = append(out, PastRow{At: e.At, Text: text, Reason: e.Reason})
	}
	return out, err
}

// act does something with an assignment that the address names, and says so; what is wrong comes back with its form.
func (p Pages) act(r *front.Request, name string, do func(context.Context, lms.Actor, course.Slug, lms.PersonID, plan.Entry) error) error {
	slug, person := course.Slug(r.Param("slug")), lms.PersonID(r.Param("person"))
	values := sent(r, "day", "reason")
	err := do(r.Ctx(), r.Actor, slug, person, plan.Entry{Day: cohort.Day(values["day"]), Reason: values["reason"]})
	if err != nil {
		text, fields, rest := r.Problem(err)
		if rest != nil {
			return front.Unknown(rest, "error.plan.unknown")
		}
		return p.assignmentPage(r, ActForm{Name: name, Values: values, Errors: fields, Problem: text})
	}
	return r.Done(assignmentHref(slug, person), "plan-"+name)
}

func (p Pages) extend(r *front.Request) error { return p.act(r, "extend", p.Plans.Extend) }

func (p Pages) waive(r *front.Request) error { return p.act(r, "waive", p.Plans.Waive) }

func (p Pages) takeBack(r *front.Request) error {
	return p.act(r, "withdraw", func(ctx context.Context, a lms.Actor, slug course.Slug, id lms.PersonID, e plan.Entry) error {
		return p.Plans.TakeBack(ctx, a, slug, id, e.Reason)
	})
}
