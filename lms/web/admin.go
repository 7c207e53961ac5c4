package web

import (
	"net/url"

	"aulacomune/course"
	"aulacomune/lms"
)

func admin(r *request) error {
	orgs, err := r.school().Organisations.Administered(r.ctx(), r.actor)
	if err != nil {
		return err
	}
	root := r.actor.Roots(lms.Administrator)[0]
	p := &AdminPage{Organisations: len(orgs)}
	for _, o := range orgs {
		if o.ID == root {
			p.Organisation = o.Name
		}
	}
	if p.People, err = r.school().People.Count(r.ctx(), r.actor, root); err != nil {
		return err
	}
	if p.Courses, err = r.adminCourses(root); err != nil {
		return err
	}
	if p.Registers, err = r.registers(orgs); err != nil {
		return err
	}
	p.Crumbs = r.crumbs(Crumb{r.t("nav.admin"), ""})
	return r.show("admin", r.t("admin.title"), p)
}

// adminCourses lists the courses with how many of an organisation's people take them.
func (r *request) adminCourses(root lms.OrganisationID) ([]AdminCourse, error) {
	heads, _, err := r.school().Library.Courses(r.ctx(), "", pageSize)
	if err != nil {
		return nil, err
	}
	var out []AdminCourse
	for _, h := range heads {
		c := adminCourseOf(h)
		if c.Enrolled, err = r.school().Learning.CountInCourse(r.ctx(), r.actor, root, h.Slug); err != nil {
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
func (r *request) registers(orgs []lms.Organisation) ([]Crumb, error) {
	var out []Crumb
	for _, o := range orgs {
		rows, _, err := r.school().Register.Rows(r.ctx(), r.actor, o.ID, "", 1)
		if err != nil {
			return nil, err
		}
		if len(rows) > 0 {
			out = append(out, Crumb{o.Name, "/amministrazione/registro/" + string(o.ID)})
		}
	}
	return out, nil
}

func (r *request) adminCrumbs(more ...Crumb) []Crumb {
	return append(r.crumbs(Crumb{r.t("nav.admin"), "/amministrazione"}), more...)
}

// organisationOptions lists what the actor administers, for a select.
func (r *request) organisationOptions() ([]Option, error) {
	orgs, err := r.school().Organisations.Administered(r.ctx(), r.actor)
	var out []Option
	for _, o := range orgs {
		out = append(out, Option{string(o.ID), o.Name})
	}
	return out, err
}

// chosenOrganisation is the one of the address, or the first that the actor administers.
func (r *request) chosenOrganisation() lms.OrganisationID {
	if o := r.query("ente"); o != "" {
		return lms.OrganisationID(o)
	}
	return r.actor.Roots(lms.Administrator)[0]
}

func adminCourse(r *request) error {
	slug, org := course.Slug(r.param("slug")), r.chosenOrganisation()
	head, err := r.school().Library.Find(r.ctx(), slug)
	if err != nil {
		return unknown(err, "error.course.unknown")
	}
	page, next, err := r.school().Learning.InCourse(r.ctx(), r.actor, org, slug, r.page())
	if err != nil {
		return unknown(err, "error.organisation.unknown")
	}
	p := &AdminCoursePage{Course: adminCourseOf(head), Organisation: string(org)}
	p.More = more(p.Course.Href+"?ente="+url.QueryEscape(string(org))+"&", next)
	if p.Organisations, err = r.organisationOptions(); err != nil {
		return err
	}
	if p.Total, err = r.school().Learning.CountInCourse(r.ctx(), r.actor, org, slug); err != nil {
		return err
	}
	for _, st := range page {
		row := r.enrolmentRow(st)
		if person, err := r.school().People.Find(r.ctx(), r.actor, st.Enrolment.Person); err == nil {
			row.Person = person.Name()
		}
		p.Enrolments = append(p.Enrolments, row)
	}
	for i := len(head.Editions) - 1; i >= 0; i-- {
		e := head.Editions[i]
		p.Editions = append(p.Editions, EditionRow{e.Number, string(e.Hash[:12]), e.Note, e.At})
	}
	if p.Total > 0 || r.actor.Has(lms.Administrator, head.Within) {
		p.EditionsHref = editionsHref(slug)
	}
	p.Crumbs = r.adminCrumbs(Crumb{p.Course.Title, ""})
	return r.show("admin_course", p.Course.Title, p)
}

// enrolmentRow is somebody's standing as administrators see it: outcomes, never times of access.
func (r *request) enrolmentRow(st lms.Standing) EnrolmentRow {
	e := st.Enrolment
	row := EnrolmentRow{
		PersonHref: "/amministrazione/persone/" + string(e.Person), Organisation: e.Member.Name, Course: st.Content.Title, CourseHref: "/amministrazione/corsi/" + string(e.Course),
		Edition: e.Edition, State: string(st.State), Percent: st.Percent, Done: st.Done, Total: st.Total, Minutes: st.Minutes, Completed: e.Completed,
	}
	if code := e.Certificate(); code != "" {
		row.Certificate = "/amministrazione/attestati/" + string(code)
		if v, err := r.school().Register.Verify(r.ctx(), string(code)); err == nil {
			row.Number = v.Row.Number
			if v.State == lms.Revoked {
				row.Issue = "/amministrazione/iscrizioni/" + string(e.ID) + "/attestato"
			}
		}
	}
	if st.Pending {
		row.Issue = "/amministrazione/iscrizioni/" + string(e.ID) + "/attestato"
	}
	return row
}

func issueCertificate(r *request) error {
	st, err := r.school().Learning.IssueFor(r.ctx(), r.actor, lms.EnrolmentID(r.param("id")))
	if err != nil {
		return unknown(err, "error.enrolment.unknown")
	}
	return r.done("/amministrazione/persone/"+string(st.Enrolment.Person), "issued")
}
