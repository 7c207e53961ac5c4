package plans

import (
	"slices"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/web/front"
)

// keptCourse reads a course of an organisation whose people the reader keeps, with its title and access.
func (p Pages) keptCourse(r *front.Request) (title string, x cohort.Access, err error) {
	slug := course.Slug(r.Param("slug"))
	head, content, err := r.School().Library.Shown(r.Ctx(), slug)
	if err == nil && !r.Actor.Keeps(head.Within) {
		err = lms.Fail(lms.NotFound, "error.course.unknown")
	}
	if err != nil {
		return "", x, front.Unknown(err, "error.course.unknown")
	}
	x, err = p.Cohorts.AccessOf(r.Ctx(), slug)
	return content.Title, x, err
}

func (p Pages) access(r *front.Request) error {
	title, x, err := p.keptCourse(r)
	if err != nil {
		return err
	}
	values := audienceValues(x.Audience)
	values["way"], values["reserved"] = "free", ""
	if !x.Free {
		values["way"] = "cohorts"
	}
	if x.Reserved {
		values["reserved"] = "si"
	}
	return p.accessPage(r, x, &AccessPage{Course: title, Values: values})
}

func (p Pages) accessPage(r *front.Request, x cohort.Access, page *AccessPage) error {
	groups, err := p.groups(r)
	if err != nil {
		return err
	}
	page.Audience = audienceForm(r, page.Values, groups)
	page.Others = len(unseen(x.Audience, groups))
	for _, w := range []string{"free", "cohorts"} {
		page.Ways = append(page.Ways, front.Option{Value: w, Label: r.T("access.course." + w)})
	}
	r.Path = "/amministrazione/corsi/" + string(x.Course) + "/accesso"
	page.CourseHref = "/corsi/" + string(x.Course)
	page.NoIndex = true
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: page.Course, Href: page.CourseHref}, front.Crumb{Label: r.T("access.course")})
	return r.Show("course_access", r.T("access.course"), page)
}

// unseen are the groups of an audience that the reader cannot choose: they stay in it.
func unseen(au cohort.Audience, groups []cohort.Group) []cohort.GroupID {
	return slices.DeleteFunc(slices.Clone(au.Groups), func(id cohort.GroupID) bool {
		return slices.ContainsFunc(groups, func(g cohort.Group) bool { return g.ID == id })
	})
}

func (p Pages) setAccess(r *front.Request) error {
	title, x, err := p.keptCourse(r)
	if err != nil {
		return err
	}
	groups, err := p.groups(r)
	if err != nil {
		return err
	}
	values := sent(r, slices.Concat([]string{"way", "reserved"}, audienceFields(groups))...)
	to := cohort.Access{Course: x.Course, Free: values["way"] == "free", Reserved: values["reserved"] != "", Audience: audienceOf(values, groups)}
	to.Audience.Groups = append(to.Audience.Groups, unseen(x.Audience, groups)...)
	if values["way"] != "free" && values["way"] != "cohorts" {
		err = lms.Wrong("way", "error.invalid")
	} else {
		err = p.Cohorts.SetAccess(r.Ctx(), r.Actor, to)
	}
	if err != nil {
		text, fields, rest := r.Problem(err)
		if rest != nil {
			return rest
		}
		return p.accessPage(r, x, &AccessPage{Course: title, Values: values, Problem: text, Errors: fields})
	}
	return r.Done("/amministrazione/corsi/"+string(x.Course)+"/accesso", "access-set")
}
