package plans

import (
	"cmp"
	"slices"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/web/front"
)

func groupHref(id cohort.GroupID) string { return "/gruppi/" + string(id) }

// groupRows puts groups into words.
func groupRows(r *front.Request, all []cohort.Group) (out []GroupRow, err error) {
	for _, g := range all {
		o, err := r.School().Organisations.Find(r.Ctx(), g.Organisation)
		if err != nil {
			return nil, err
		}
		out = append(out, GroupRow{Href: groupHref(g.ID), Name: g.Name, Ente: o.Name, Members: len(g.Members), Ended: g.Ended})
	}
	return out, nil
}

func (p Pages) ownGroups(r *front.Request) error {
	all, err := p.Cohorts.Groups(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	mine := func(g cohort.Group) bool {
		return slices.Contains(g.Members, r.Actor.ID) || slices.Contains(g.Facilitators, r.Actor.ID)
	}
	page := &GroupsPage{Tabs: r.Tabs()}
	if page.Rows, err = groupRows(r, slices.DeleteFunc(all, func(g cohort.Group) bool { return !mine(g) })); err != nil {
		return err
	}
	page.Crumbs = r.Crumbs(front.Crumb{Label: r.T("groups.menu")})
	return r.Show("groups", r.T("groups.title"), page)
}

func (p Pages) group(r *front.Request) error {
	v, err := p.Cohorts.FindGroup(r.Ctx(), r.Actor, cohort.GroupID(r.Param("group")))
	if err != nil {
		return front.Unknown(err, "error.group.unknown")
	}
	rows, err := groupRows(r, []cohort.Group{v.Group})
	if err != nil {
		return err
	}
	page := &GroupPage{Row: rows[0], Purpose: v.Purpose}
	for _, m := range v.Material {
		page.Material = append(page.Material, front.Crumb{Label: m.Title, Href: m.URL})
	}
	for _, id := range v.Facilitators {
		page.Facilitators = append(page.Facilitators, v.Names[id])
	}
	for _, g := range v.Progress {
		page.Courses = append(page.Courses, GroupCourse{Href: "/corsi/" + string(g.Course), Title: g.Title, Done: g.Done, Percent: g.Percent, Told: g.Percent >= 0})
	}
	page.Members, page.Each = members(v)
	if v.Keeps {
		page.Keep = keptGroupHref(v.ID)
	}
	page.NoIndex = true
	page.Crumbs = r.Crumbs(front.Crumb{Label: r.T("groups.menu"), Href: "/gruppi"}, front.Crumb{Label: v.Name})
	return r.Show("group", v.Name, page)
}

// members are those of a group by name, with how far each is where the reader is told; each says whether they are.
func members(v cohort.SeenGroup) (out []MemberRow, each bool) {
	for _, id := range v.Group.Members {
		m := MemberRow{ID: string(id), Name: v.Names[id]}
		for _, g := range v.Progress {
			if g.Members != nil {
				each = true
				m.Percents = append(m.Percents, CoursePercent{g.Title, g.Members[id]})
			}
		}
		out = append(out, m)
	}
	slices.SortFunc(out, func(x, y MemberRow) int {
		return cmp.Or(cmp.Compare(lms.Fold(x.Name), lms.Fold(y.Name)), cmp.Compare(x.ID, y.ID))
	})
	return out, each
}
