package plans

import (
	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/web/audience"
	"aulacomune/lms/web/front"
)

const accessesPath = "/amministrazione/accessi"

func accessHref(slug course.Slug) string { return accessesPath + "/" + string(slug) }

// accesses lists the courses of the organisations whose people the reader keeps, with whom each is open to.
func (p Pages) accesses(r *front.Request) error {
	heads, _, err := r.School().Library.Courses(r.Ctx(), "", mostCourses)
	if err != nil {
		return err
	}
	groups, err := p.Cohorts.Groups(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	page := &AccessesPage{}
	for _, h := range heads {
		if h.Latest().Number == 0 || !r.Actor.Keeps(h.Within) {
			continue
		}
		x, err := p.Cohorts.AccessOf(r.Ctx(), h.Slug)
		if err != nil {
			return err
		}
		one := AccessRow{Href: accessHref(h.Slug), Course: h.Latest().Title, Way: r.T("access.course.cohorts"), Reserved: x.Reserved}
		if x.Free {
			one.Way = r.T("access.course.free")
		}
		if one.For, err = audience.Say(r, x.Audience, groups); err != nil {
			return err
		}
		page.Rows = append(page.Rows, one)
	}
	page.NoIndex = true
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("access.courses")})
	return r.Show("course_accesses", r.T("access.courses"), page)
}

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
	values := map[string]string{"way": "free"}
	audience.Fill(values, x.Audience)
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
	if page.Audience, err = audience.Make(r, page.Values, groups); err != nil {
		return err
	}
	page.Others = len(audience.Unseen(x.Audience, groups))
	for _, w := range []string{"free", "cohorts"} {
		page.Ways = append(page.Ways, front.Option{Value: w, Label: r.T("access.course." + w)})
	}
	r.Path = accessHref(x.Course)
	page.CourseHref = "/corsi/" + string(x.Course)
	page.NoIndex = true
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("access.courses"), Href: accessesPath}, front.Crumb{Label: page.Course})
	return r.Show("course_access", r.T("access.course"), page)
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
	values := sent(r, "way", "reserved")
	audience.Sent(r, values)
	if audience.Searching(r) {
		return p.accessPage(r, x, &AccessPage{Course: title, Values: values})
	}
	to := cohort.Access{Course: x.Course, Free: values["way"] == "free", Reserved: values["reserved"] != "", Audience: audience.Of(values, groups)}
	to.Audience.Groups = append(to.Audience.Groups, audience.Unseen(x.Audience, groups)...)
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
	return r.Done(accessHref(x.Course), "access-set")
}
