package plans

import (
	"context"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/plan"
	"aulacomune/lms/web/front"
)

// act is something that may be done with an assignment: on a page of its own, which says what it means and asks for a reason.
type act struct {
	name string
	last string // of its address
	do   func(*plan.Plans, context.Context, lms.Actor, target) error
}

// target is whose assignment is acted on, and what is said of it.
type target struct {
	course course.Slug
	person lms.PersonID
	entry  plan.Entry
}

func extend() act {
	return act{"extend", "proroga", func(s *plan.Plans, ctx context.Context, a lms.Actor, t target) error {
		return s.Extend(ctx, a, t.course, t.person, t.entry)
	}}
}

func waive() act {
	return act{"waive", "esonero", func(s *plan.Plans, ctx context.Context, a lms.Actor, t target) error {
		return s.Waive(ctx, a, t.course, t.person, t.entry)
	}}
}

func takeBack() act {
	return act{"withdraw", "togli", func(s *plan.Plans, ctx context.Context, a lms.Actor, t target) error {
		return s.TakeBack(ctx, a, t.course, t.person, t.entry.Reason)
	}}
}

// assigned reads the assignment that the address names.
func (p Pages) assigned(r *front.Request) (plan.Seen, error) {
	v, err := p.Plans.Find(r.Ctx(), r.Actor, course.Slug(r.Param("slug")), lms.PersonID(r.Param("person")))
	return v, front.Unknown(err, "error.plan.unknown")
}

func (p Pages) assignment(r *front.Request) error {
	v, err := p.assigned(r)
	if err != nil {
		return err
	}
	here := assignmentHref(v.Course, v.Person)
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
		for _, a := range []act{extend(), waive(), takeBack()} {
			page.Acts = append(page.Acts, ActLink{Name: a.name, Href: here + "/" + a.last})
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

// asks is the page of an act, before it is done.
func (p Pages) asks(a act) func(*front.Request) error {
	return func(r *front.Request) error { return p.actPage(r, a, &ActPage{}) }
}

// actPage shows the page of an act; what came back with something wrong stands in it.
func (p Pages) actPage(r *front.Request, a act, page *ActPage) error {
	v, err := p.assigned(r)
	if err != nil {
		return err
	}
	if v.Duty.State == plan.Withdrawn {
		return &lms.Error{Kind: lms.Conflict, Message: "error.plan.ended"}
	}
	page.Back = assignmentHref(v.Course, v.Person)
	page.Row, page.Name, page.Day = row(r, v), a.name, a.name != "withdraw"
	r.Path = page.Back + "/" + a.last
	title := r.T("plan.act." + a.name)
	page.NoIndex = true
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("plans.menu"), Href: assignmentsPath}, front.Crumb{Label: v.Called, Href: page.Back}, front.Crumb{Label: title})
	return r.Show("assignment_act", title+" – "+v.Called, page)
}

// does does an act with the assignment that the address names, and says so; what is wrong comes back with its form.
func (p Pages) does(a act) func(*front.Request) error {
	return func(r *front.Request) error {
		t := target{course: course.Slug(r.Param("slug")), person: lms.PersonID(r.Param("person"))}
		values := sent(r, "day", "reason")
		t.entry = plan.Entry{Day: cohort.Day(front.Day(values["day"])), Reason: values["reason"]}
		if err := a.do(p.Plans, r.Ctx(), r.Actor, t); err != nil {
			text, fields, rest := r.Problem(err)
			if rest != nil {
				return front.Unknown(rest, "error.plan.unknown")
			}
			return p.actPage(r, a, &ActPage{Values: values, Errors: fields, Problem: text})
		}
		return r.Done(assignmentHref(t.course, t.person), "plan-"+a.name)
	}
}
