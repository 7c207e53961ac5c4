package offices

import (
	"net/url"
	"slices"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/web/front"

	"github.com/gofiber/fiber/v2"
)

func listPeople(r *front.Request) error {
	org, q := r.Organisation(), r.Query("q")
	people, next, err := r.School().People.Search(r.Ctx(), r.Actor, org, q, r.Page())
	if err != nil {
		return err
	}
	p := &PeoplePage{Query: q, Organisation: string(org), More: front.More("/amministrazione/persone?ente="+url.QueryEscape(string(org))+"&q="+url.QueryEscape(q)+"&", next)}
	if p.Organisations, err = r.Organisations(); err != nil {
		return err
	}
	if p.Total, err = r.School().People.Count(r.Ctx(), r.Actor, org); err != nil {
		return err
	}
	for _, person := range people {
		p.People = append(p.People, personRow(r, person))
	}
	p.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("people.title"), Href: ""})
	return r.Show("people", r.T("people.title"), p)
}

func personRow(r *front.Request, p lms.Person) PersonRow {
	row := PersonRow{Href: front.PersonHref(p.ID), Name: p.Family + " " + p.Given, Login: loginOf(p), Activated: !p.Activated.IsZero()}
	m := p.Current(r.Now())
	row.Organisation, row.Category, row.Role = m.Name, string(m.Category), r.T("role."+string(topRole(p)))
	return row
}

func loginOf(p lms.Person) string {
	if p.Email != "" {
		return p.Email
	}
	return p.Login
}

// topRole is the role that says most about a person.
func topRole(p lms.Person) lms.Role {
	top := lms.Learner
	for _, m := range p.Memberships {
		if slices.Index(lms.Roles(), m.Role) > slices.Index(lms.Roles(), top) {
			top = m.Role
		}
	}
	return top
}

func personForm(r *front.Request) error {
	return showPersonForm(r, map[string]string{"organisation": string(r.Organisation())}, "", nil)
}

func showPersonForm(r *front.Request, values map[string]string, problem string, errors map[string]string) error {
	p := &PersonFormPage{Values: values, Problem: problem, Errors: errors}
	var err error
	if p.Organisations, err = r.OpenOrganisations(""); err != nil {
		return err
	}
	p.Categories, p.Roles = categories(r), roles(r)
	p.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("people.title"), Href: "/amministrazione/persone"}, front.Crumb{Label: r.T("person.new"), Href: ""})
	return r.Show("person_form", r.T("person.new"), p)
}

func addPerson(r *front.Request) error {
	values := map[string]string{}
	for _, f := range []string{"given_name", "family_name", "email", "login", "organisation", "office", "category", "role"} {
		values[f] = r.Form(f)
	}
	added, err := r.School().People.Add(r.Ctx(), r.Actor, lms.NewPerson{
		Given: values["given_name"], Family: values["family_name"], Email: values["email"], Login: values["login"], Organisation: lms.OrganisationID(values["organisation"]),
		Office: values["office"], Category: lms.Category(values["category"]), Role: lms.Role(values["role"]),
	})
	if err != nil {
		text, fields, err := r.Problem(err)
		if err != nil {
			return err
		}
		return showPersonForm(r, values, text, fields)
	}
	if added.Sent {
		return r.Done(front.PersonHref(added.Person.ID), "person-invited")
	}
	// The browser goes on to ask for a link, as somebody who lost theirs: the page that shows it can be loaded again, and then has a new one.
	return r.C.Redirect(front.PersonHref(added.Person.ID)+"/link", fiber.StatusTemporaryRedirect)
}

func link(r *front.Request, a lms.Added) *ActivationLink {
	return &ActivationLink{Name: a.Person.Name(), Login: loginOf(a.Person), Address: r.URL("/attiva/" + a.Link), Expires: r.Now().Add(lms.LinkLife)}
}

func showPerson(r *front.Request) error { return personPage(r, lms.PersonID(r.Param("id")), nil) }

// personPage shows a person; link is a fresh activation link, which is shown this once.
func personPage(r *front.Request, id lms.PersonID, link *ActivationLink) error {
	person, err := r.School().People.Find(r.Ctx(), r.Actor, id)
	if err != nil {
		return front.Unknown(err, "error.person.unknown")
	}
	all, err := r.School().Learning.OfPerson(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	href := front.PersonHref(id)
	r.Path = href // also of an answer to a form: changing the language leads here
	p := &PersonPage{Name: person.Name(), Login: loginOf(person), Activated: person.Activated, Memberships: r.Memberships(person), Enrol: href + "/iscrizioni", NewLink: href + "/link", Fiscal: href + "/codice-fiscale", Link: link, Edit: href + "/modifica", Suspended: person.Suspended}
	taken := map[course.Slug]bool{}
	for _, st := range all {
		taken[st.Enrolment.Course] = true
		row := r.EnrolmentRow(st)
		row.PersonHref = "" // this page is the person's own: the row begins with the course
		p.Courses = append(p.Courses, row)
	}
	heads, _, err := r.School().Library.Courses(r.Ctx(), "", 200)
	if err != nil {
		return err
	}
	for _, h := range heads {
		if e := h.Latest(); e.Number > 0 && !taken[h.Slug] {
			p.Available = append(p.Available, front.Option{Value: string(h.Slug), Label: e.Title})
		}
	}
	p.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("people.title"), Href: "/amministrazione/persone"}, front.Crumb{Label: p.Name, Href: ""})
	return r.Show("person", p.Name, p)
}

func newLink(r *front.Request) error {
	added, err := r.School().People.NewLink(r.Ctx(), r.Actor, lms.PersonID(r.Param("id")))
	if err != nil {
		return front.Unknown(err, "error.person.unknown")
	}
	return personPage(r, added.Person.ID, link(r, added))
}

func enrolPerson(r *front.Request) error {
	id := r.Param("id")
	if _, err := r.School().Learning.EnrolPerson(r.Ctx(), r.Actor, lms.PersonID(id), course.Slug(r.Form("corso"))); err != nil {
		return err
	}
	return r.Done(front.PersonHref(lms.PersonID(id)), "person-enrolled")
}
