package plans

import (
	"slices"
	"strings"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/web/audience"
	"aulacomune/lms/web/front"
)

const groupsPath = "/amministrazione/gruppi"

func keptGroupHref(id cohort.GroupID) string { return groupsPath + "/" + string(id) }

func (p Pages) keptGroups(r *front.Request) error {
	all, err := p.Cohorts.Groups(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(g cohort.Group) bool { return !r.Actor.Keeps(g.Within) })
	page := &KeptGroupsPage{}
	if page.Rows, err = groupRows(r, all); err != nil {
		return err
	}
	for i, g := range all {
		page.Rows[i].Href = keptGroupHref(g.ID)
	}
	page.NoIndex = true
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("groups.menu")})
	return r.Show("kept_groups", r.T("groups.kept"), page)
}

// mustKeep reads a group that the reader keeps.
func (p Pages) mustKeep(r *front.Request) (cohort.SeenGroup, error) {
	v, err := p.Cohorts.FindGroup(r.Ctx(), r.Actor, cohort.GroupID(r.Param("group")))
	if err == nil && !v.Keeps {
		err = lms.Fail(lms.NotFound, "error.group.unknown")
	}
	return v, front.Unknown(err, "error.group.unknown")
}

func (p Pages) newGroup(r *front.Request) error {
	return p.groupForm(r, &GroupFormPage{New: true, Values: map[string]string{"organisation": string(r.Organisation())}})
}

// groupForm shows the form of a group: a new one's, or that of one which is there.
func (p Pages) groupForm(r *front.Request, page *GroupFormPage) error {
	all, err := p.courses(r, "plan.choose")
	if err != nil {
		return err
	}
	for _, c := range all[1:] {
		page.Courses = append(page.Courses, Tick{"course_" + c.Value, c.Label, page.Values["course_"+c.Value] != ""})
	}
	title := r.T("group.edit")
	if page.New {
		title = r.T("group.new")
		if page.Organisations, err = r.Organisations(); err != nil {
			return err
		}
	}
	page.NoIndex = true
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("groups.menu"), Href: groupsPath}, front.Crumb{Label: title})
	return r.Show("group_form", title, page)
}

// asked reads what is asked of a group from the form that was sent; old are courses that the reader does not get to see: they stay.
func (p Pages) asked(r *front.Request, old []course.Slug) (map[string]string, cohort.NewGroup, error) {
	values := sent(r, "organisation", "name", "purpose", "facilitators", "material")
	n := cohort.NewGroup{Organisation: lms.OrganisationID(values["organisation"]), Name: values["name"], Purpose: values["purpose"], Facilitators: audience.Words(values["facilitators"]), Material: material(values["material"])}
	all, err := p.courses(r, "plan.choose")
	if err != nil {
		return nil, n, err
	}
	for _, c := range all[1:] {
		old = slices.DeleteFunc(old, func(s course.Slug) bool { return string(s) == c.Value })
		if values["course_"+c.Value] = r.Form("course_" + c.Value); values["course_"+c.Value] != "" {
			n.Courses = append(n.Courses, course.Slug(c.Value))
		}
	}
	n.Courses = append(n.Courses, old...)
	return values, n, nil
}

// material reads what a group works with: on each line a title, and an address at its end.
func material(text string) (out []cohort.Material) {
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		last := len(words) - 1
		out = append(out, cohort.Material{Title: strings.Join(words[:last], " "), URL: words[last]})
	}
	return out
}

func (p Pages) makeGroup(r *front.Request) error {
	values, n, err := p.asked(r, nil)
	if err != nil {
		return err
	}
	g, err := p.Cohorts.MakeGroup(r.Ctx(), r.Actor, n)
	if err != nil {
		text, fields, rest := r.Problem(err)
		if rest != nil {
			return rest
		}
		return p.groupForm(r, &GroupFormPage{New: true, Values: values, Problem: text, Errors: fields})
	}
	return r.Done(keptGroupHref(g.ID), "group-made")
}

func (p Pages) editGroup(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	values := map[string]string{"name": v.Name, "purpose": v.Purpose}
	for _, m := range v.Material {
		values["material"] += m.Title + " " + m.URL + "\n"
	}
	for _, c := range v.Courses {
		values["course_"+string(c)] = "si"
	}
	for _, id := range v.Facilitators {
		who, err := r.School().People.Known(r.Ctx(), id)
		if lms.Is(err, lms.NotFound) {
			continue // erased meanwhile
		}
		if err != nil {
			return err
		}
		login := who.Login
		if login == "" {
			login = who.Email
		}
		values["facilitators"] += login + "\n"
	}
	return p.groupForm(r, &GroupFormPage{Values: values})
}

func (p Pages) reviseGroup(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	values, n, err := p.asked(r, slices.Clone(v.Courses))
	if err != nil {
		return err
	}
	if err := p.Cohorts.ReviseGroup(r.Ctx(), r.Actor, v.ID, n); err != nil {
		text, fields, rest := r.Problem(err)
		if rest != nil {
			return rest
		}
		return p.groupForm(r, &GroupFormPage{Values: values, Problem: text, Errors: fields})
	}
	return r.Done(keptGroupHref(v.ID), "group-revised")
}

func (p Pages) keptGroup(r *front.Request) error { return p.keptGroupPage(r, "", nil) }

// keptGroupPage is a group for who keeps it, with what is wrong with a form on its page.
func (p Pages) keptGroupPage(r *front.Request, problem string, errors map[string]string) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	rows, err := groupRows(r, []cohort.Group{v.Group})
	if err != nil {
		return err
	}
	r.Path = keptGroupHref(v.ID)
	page := &KeptGroupPage{Row: rows[0], Base: r.Path, Open: v.Ended.IsZero(), Values: sent(r, "login"), Problem: problem, Errors: errors}
	page.Members, _ = members(v)
	page.NoIndex = true
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("groups.menu"), Href: groupsPath}, front.Crumb{Label: v.Name})
	return r.Show("kept_group", v.Name, page)
}

// changeGroup does something with a group that the address names, and says so; what is wrong comes back with its form.
func (p Pages) changeGroup(r *front.Request, outcome string, do func(cohort.GroupID) error) error {
	id := cohort.GroupID(r.Param("group"))
	if err := do(id); err != nil {
		text, fields, rest := r.Problem(err)
		if rest != nil {
			return front.Unknown(rest, "error.group.unknown")
		}
		return p.keptGroupPage(r, text, fields)
	}
	return r.Done(keptGroupHref(id), outcome)
}

func (p Pages) addMember(r *front.Request) error {
	return p.changeGroup(r, "group-added", func(id cohort.GroupID) error {
		return p.Cohorts.AddMember(r.Ctx(), r.Actor, id, r.Form("login"))
	})
}

func (p Pages) dropMember(r *front.Request) error {
	return p.changeGroup(r, "group-dropped", func(id cohort.GroupID) error {
		return p.Cohorts.DropMember(r.Ctx(), r.Actor, id, lms.PersonID(r.Form("persona")))
	})
}

func (p Pages) endGroup(r *front.Request) error {
	return p.changeGroup(r, "group-ended", func(id cohort.GroupID) error { return p.Cohorts.EndGroup(r.Ctx(), r.Actor, id) })
}
