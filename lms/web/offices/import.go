package offices

import (
	"slices"

	"aulacomune/lms"
	"aulacomune/lms/web/front"
)

func importForm(r *front.Request) error { return showImport(r, &ImportPage{}) }

func showImport(r *front.Request, p *ImportPage) error {
	var err error
	if p.Organisations, err = r.Organisations(); err != nil {
		return err
	}
	if p.Organisation == "" {
		p.Organisation = string(r.Organisation())
	}
	for i, row := range p.Rows { // a file may name what is not there: that stays as it was written
		if k := slices.IndexFunc(p.Organisations, func(o front.Option) bool { return o.Value == row.Organisation }); k >= 0 {
			p.Rows[i].Organisation = p.Organisations[k].Label
		}
	}
	p.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("people.title"), Href: "/amministrazione/persone"}, front.Crumb{Label: r.T("import.title"), Href: ""})
	return r.Show("import", r.T("import.title"), p)
}

// importPeople says first what a file would do; the second form, which carries the same file, does it.
func importPeople(r *front.Request) error {
	p := &ImportPage{Organisation: r.Form("ente"), Content: r.Form("contenuto"), Applied: r.Form("conferma") == "si"}
	if p.Content == "" {
		file, err := r.Upload("file")
		if err != nil {
			return err
		}
		p.Content = lms.DecodeText(file) // the second form carries text, and a browser sends it as UTF-8
	}
	rows, err := r.School().People.Import(r.Ctx(), r.Actor, []byte(p.Content), lms.OrganisationID(p.Organisation), p.Applied)
	if err != nil {
		p.Applied = false
		if p.Problem, _, err = r.Problem(err); err != nil {
			return err
		}
		return showImport(r, p)
	}
	for _, row := range rows {
		p.Rows = append(p.Rows, importView(r, row))
		if row.Err == nil {
			p.Good++
		} else {
			p.Bad++
		}
	}
	return showImport(r, p)
}

func importView(r *front.Request, row lms.ImportRow) ImportView {
	n := row.Person
	v := ImportView{Line: row.Line, Name: n.Family + " " + n.Given, Login: n.Email, Organisation: string(n.Organisation), Role: r.T("role." + string(n.Role))}
	if v.Login == "" {
		v.Login = n.Login
	}
	if row.Link != "" {
		v.Link = r.URL("/attiva/" + row.Link)
	}
	if row.Err != nil {
		for field, message := range row.Err.Fields {
			v.Errors = append(v.Errors, r.T("field."+field)+": "+r.T(message))
		}
	}
	return v
}
