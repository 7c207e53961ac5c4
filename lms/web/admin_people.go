package web

import (
	"net/url"
	"slices"

	"aulacomune/course"
	"aulacomune/lms"

	"github.com/gofiber/fiber/v2"
)

func listPeople(r *request) error {
	org, q := r.chosenOrganisation(), r.query("q")
	people, next, err := r.school().People.Search(r.ctx(), r.actor, org, q, r.page())
	if err != nil {
		return err
	}
	p := &PeoplePage{Query: q, Organisation: string(org), More: more("/amministrazione/persone?ente="+url.QueryEscape(string(org))+"&q="+url.QueryEscape(q)+"&", next)}
	if p.Organisations, err = r.organisationOptions(); err != nil {
		return err
	}
	if p.Total, err = r.school().People.Count(r.ctx(), r.actor, org); err != nil {
		return err
	}
	for _, person := range people {
		p.People = append(p.People, r.personRow(person))
	}
	p.Crumbs = r.adminCrumbs(Crumb{r.t("people.title"), ""})
	return r.show("people", r.t("people.title"), p)
}

func (r *request) personRow(p lms.Person) PersonRow {
	row := PersonRow{Href: personHref(p.ID), Name: p.Family + " " + p.Given, Login: loginOf(p), Activated: !p.Activated.IsZero()}
	m := p.Current(r.site.now())
	row.Organisation, row.Category, row.Role = m.Name, string(m.Category), r.t("role."+string(topRole(p)))
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

func personForm(r *request) error {
	return r.showPersonForm(map[string]string{"organisation": string(r.chosenOrganisation())}, "", nil)
}

func (r *request) showPersonForm(values map[string]string, problem string, errors map[string]string) error {
	p := &PersonFormPage{Values: values, Problem: problem, Errors: errors}
	var err error
	if p.Organisations, err = r.organisationOptions(); err != nil {
		return err
	}
	p.Categories = []Option{{"", r.t("category.none")}}
	for _, c := range lms.Categories() {
		p.Categories = append(p.Categories, Option{string(c), r.t("category." + string(c))})
	}
	for _, role := range lms.Roles() {
		p.Roles = append(p.Roles, Option{string(role), r.t("role." + string(role))})
	}
	p.Crumbs = r.adminCrumbs(Crumb{r.t("people.title"), "/amministrazione/persone"}, Crumb{r.t("person.new"), ""})
	return r.show("person_form", r.t("person.new"), p)
}

func addPerson(r *request) error {
	values := map[string]string{}
	for _, f := range []string{"given_name", "family_name", "email", "login", "organisation", "office", "category", "role"} {
		values[f] = r.form(f)
	}
	added, err := r.school().People.Add(r.ctx(), r.actor, lms.NewPerson{
		Given: values["given_name"], Family: values["family_name"], Email: values["email"], Login: values["login"], Organisation: lms.OrganisationID(values["organisation"]),
		Office: values["office"], Category: lms.Category(values["category"]), Role: lms.Role(values["role"]),
	})
	if err != nil {
		text, fields, err := r.problem(err)
		if err != nil {
			return err
		}
		return r.showPersonForm(values, text, fields)
	}
	// The browser goes on to ask for a link, as somebody who lost theirs: the page that shows it can be loaded again, and then has a new one.
	return r.c.Redirect(personHref(added.Person.ID)+"/link", fiber.StatusTemporaryRedirect)
}

func personHref(id lms.PersonID) string { return "/amministrazione/persone/" + string(id) }

func (r *request) link(a lms.Added) *ActivationLink {
	return &ActivationLink{Name: a.Person.Name(), Login: loginOf(a.Person), Address: r.site.o.URL + "/attiva/" + a.Link, Expires: r.site.now().Add(lms.LinkLife)}
}

func showPerson(r *request) error { return r.personPage(lms.PersonID(r.param("id")), nil) }

// personPage shows a person; link is a fresh activation link, which is shown this once.
func (r *request) personPage(id lms.PersonID, link *ActivationLink) error {
	person, err := r.school().People.Find(r.ctx(), r.actor, id)
	if err != nil {
		return unknown(err, "error.person.unknown")
	}
	all, err := r.school().Learning.OfPerson(r.ctx(), r.actor, id)
	if err != nil {
		return err
	}
	href := personHref(id)
	r.path = href // also of an answer to a form: changing the language leads here
	p := &PersonPage{Name: person.Name(), Login: loginOf(person), Activated: person.Activated, Memberships: r.memberships(person), Enrol: href + "/iscrizioni", NewLink: href + "/link", Link: link}
	taken := map[course.Slug]bool{}
	for _, st := range all {
		taken[st.Enrolment.Course] = true
		row := r.enrolmentRow(st)
		row.PersonHref = "" // this page is the person's own: the row begins with the course
		p.Courses = append(p.Courses, row)
	}
	heads, _, err := r.school().Library.Courses(r.ctx(), "", 200)
	if err != nil {
		return err
	}
	for _, h := range heads {
		if e := h.Latest(); e.Number > 0 && !taken[h.Slug] {
			p.Available = append(p.Available, Option{string(h.Slug), e.Title})
		}
	}
	p.Crumbs = r.adminCrumbs(Crumb{r.t("people.title"), "/amministrazione/persone"}, Crumb{p.Name, ""})
	return r.show("person", p.Name, p)
}

func newLink(r *request) error {
	added, err := r.school().People.NewLink(r.ctx(), r.actor, lms.PersonID(r.param("id")))
	if err != nil {
		return unknown(err, "error.person.unknown")
	}
	return r.personPage(added.Person.ID, r.link(added))
}

func enrolPerson(r *request) error {
	id := r.param("id")
	if _, err := r.school().Learning.EnrolPerson(r.ctx(), r.actor, lms.PersonID(id), course.Slug(r.form("corso"))); err != nil {
		return err
	}
	return r.done(personHref(lms.PersonID(id)), "person-enrolled")
}

func importForm(r *request) error { return r.showImport(&ImportPage{}) }

func (r *request) showImport(p *ImportPage) error {
	var err error
	if p.Organisations, err = r.organisationOptions(); err != nil {
		return err
	}
	if p.Organisation == "" {
		p.Organisation = string(r.chosenOrganisation())
	}
	for i, row := range p.Rows { // a file may name what is not there: that stays as it was written
		if k := slices.IndexFunc(p.Organisations, func(o Option) bool { return o.Value == row.Organisation }); k >= 0 {
			p.Rows[i].Organisation = p.Organisations[k].Label
		}
	}
	p.Crumbs = r.adminCrumbs(Crumb{r.t("people.title"), "/amministrazione/persone"}, Crumb{r.t("import.title"), ""})
	return r.show("import", r.t("import.title"), p)
}

// importPeople says first what a file would do; the second form, which carries the same file, does it.
func importPeople(r *request) error {
	p := &ImportPage{Organisation: r.form("ente"), Content: r.form("contenuto"), Applied: r.form("conferma") == "si"}
	if p.Content == "" {
		file, err := r.upload("file")
		if err != nil {
			return err
		}
		p.Content = lms.DecodeText([]byte(file)) // the second form carries text, and a browser sends it as UTF-8
	}
	rows, err := r.school().People.Import(r.ctx(), r.actor, []byte(p.Content), lms.OrganisationID(p.Organisation), p.Applied)
	if err != nil {
		p.Applied = false
		if p.Problem, _, err = r.problem(err); err != nil {
			return err
		}
		return r.showImport(p)
	}
	for _, row := range rows {
		p.Rows = append(p.Rows, r.importView(row))
		if row.Err == nil {
			p.Good++
		} else {
			p.Bad++
		}
	}
	return r.showImport(p)
}

// upload reads a file of a form as text; "" when none was chosen.
func (r *request) upload(name string) (string, error) {
	h, err := r.c.FormFile(name)
	if err != nil {
		return "", nil //nolint:nilerr // no file was chosen: the form says so
	}
	return readUpload(h)
}

func (r *request) importView(row lms.ImportRow) ImportView {
	n := row.Person
	v := ImportView{Line: row.Line, Name: n.Family + " " + n.Given, Login: n.Email, Organisation: string(n.Organisation), Role: r.t("role." + string(n.Role))}
	if v.Login == "" {
		v.Login = n.Login
	}
	if row.Link != "" {
		v.Link = r.site.o.URL + "/attiva/" + row.Link
	}
	if row.Err != nil {
		for field, message := range row.Err.Fields {
			v.Errors = append(v.Errors, r.t("field."+field)+": "+r.t(message))
		}
	}
	return v
}
