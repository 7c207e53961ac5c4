package web

import (
	"net/url"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/web/front"
)

func admin(r *request) error {
	orgs, err := r.School().Organisations.Administered(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	root := r.Actor.Roots(lms.Administrator)[0]
	p := &AdminPage{Organisations: len(orgs)}
	for _, o := range orgs {
		if o.ID == root {
			p.Organisation = o.Name
		}
	}
	if p.People, err = r.School().People.Count(r.Ctx(), r.Actor, root); err != nil {
		return err
	}
	if p.Courses, err = r.adminCourses(root); err != nil {
		return err
	}
	if p.Registers, err = r.registers(orgs); err != nil {
		return err
	}
	p.Crumbs = r.Crumbs(front.Crumb{Label: r.T("nav.admin"), Href: ""})
	return r.Show("admin", r.T("admin.title"), p)
}

// adminCourses lists the courses with how many of an organisation's people take them.
func (r *request) adminCourses(root lms.OrganisationID) ([]AdminCourse, error) {
	heads, _, err := r.School().Library.Courses(r.Ctx(), "", front.PageSize)
	if err != nil {
		return nil, err
	}
	var out []AdminCourse
	for _, h := range heads {
		c := adminCourseOf(h)
		if c.Enrolled, err = r.School().Learning.CountInCourse(r.Ctx(), r.Actor, root, h.Slug); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

func adminCourseOf(h lms.Course) AdminCourse {
	e := h.Shown()
	return AdminCourse{Title: e.Title, Href: "/amministrazione/corsi/" + string(h.Slug), Edition: e.Number, Published: e.At, Hash: string(e.Hash[:12]), Note: e.Note}
}

// registers links to the registers that have rows.
func (r *request) registers(orgs []lms.Organisation) ([]front.Crumb, error) {
	var out []front.Crumb
	for _, o := range orgs {
		rows, _, err := r.School().Register.Rows(r.Ctx(), r.Actor, o.ID, "", 1)
		if err != nil {
			return nil, err
		}
		if len(rows) > 0 {
			out = append(out, front.Crumb{Label: o.Name, Href: "/amministrazione/registro/" + string(o.ID)})
		}
	}
	return out, nil
}

func adminCourse(r *request) error {
	slug, org := course.Slug(r.Param("slug")), r.Organisation()
	head, err := r.School().Library.Find(r.Ctx(), slug)
	if err != nil {
		return front.Unknown(err, "error.course.unknown")
	}
	page, next, err := r.School().Learning.InCourse(r.Ctx(), r.Actor, org, slug, r.Page())
	if err != nil {
		return front.Unknown(err, "error.organisation.unknown")
	}
	p := &AdminCoursePage{Course: adminCourseOf(head), Organisation: string(org)}
	p.More = front.More(p.Course.Href+"?ente="+url.QueryEscape(string(org))+"&", next)
	if p.Organisations, err = r.Organisations(); err != nil {
		return err
	}
	if p.Total, err = r.School().Learning.CountInCourse(r.Ctx(), r.Actor, org, slug); err != nil {
		return err
	}
	if p.Enrolments, err = r.named(page); err != nil {
		return err
	}
	for i := len(head.Editions) - 1; i >= 0; i-- {
		e := head.Editions[i]
		p.Editions = append(p.Editions, EditionRow{e.Number, string(e.Hash[:12]), e.Note, e.At})
	}
	if p.Total > 0 || r.Actor.Has(lms.Administrator, head.Within) {
		p.EditionsHref = editionsHref(slug)
	}
	if r.Actor.Keeps(head.Within) {
		p.Access = "/amministrazione/accessi/" + r.Param("slug")
	}
	p.Crumbs = r.DeskCrumbs(front.Crumb{Label: p.Course.Title, Href: ""})
	return r.Show("admin_course", p.Course.Title, p)
}

// named are rows of enrolments with the names of their people. That the list was read is one act, and noted already.
func (r *request) named(page []lms.Standing) (out []front.EnrolmentRow, err error) {
	var ids []lms.PersonID
	for _, st := range page {
		ids = append(ids, st.Enrolment.Person)
	}
	names, err := r.School().People.Names(r.Ctx(), ids)
	for _, st := range page {
		row := r.EnrolmentRow(st)
		row.Person = names[st.Enrolment.Person]
		out = append(out, row)
	}
	return out, err
}

func issueCertificate(r *request) error {
	st, err := r.School().Learning.IssueFor(r.Ctx(), r.Actor, lms.EnrolmentID(r.Param("id")))
	if err != nil {
		return front.Unknown(err, "error.enrolment.unknown")
	}
	return r.Done("/amministrazione/persone/"+string(st.Enrolment.Person), "issued")
}
