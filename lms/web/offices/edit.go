package offices

import (
	"bytes"
	"slices"
	"strings"

	"aulacomune/lms"
	"aulacomune/lms/roll"
	"aulacomune/lms/web/front"
)

func (p Pages) editForm(r *front.Request) error { return p.showEdit(r, "", "", nil) }

// showEdit shows what can be done with a person; problem and errors are of the form that which names, whose input is shown again.
func (p Pages) showEdit(r *front.Request, which, problem string, errors map[string]string) error {
	id := lms.PersonID(r.Param("id"))
	person, err := r.School().People.Find(r.Ctx(), r.Actor, id)
	if err != nil {
		return front.Unknown(err, "error.person.unknown")
	}
	now := person.Current(r.Now())
	page := &PersonEditPage{
		Href: front.PersonHref(id) + "/modifica", Copy: front.PersonHref(id) + "/copia.zip", Name: person.Name(), Which: which, Problem: problem, Errors: errors, Suspended: person.Suspended, Self: id == r.Actor.ID,
		Erase:  id != r.Actor.ID && r.Actor.Is(lms.Administrator),
		Values: map[string]string{"given_name": person.Given, "family_name": person.Family, "email": person.Email, "login": person.Login, "organisation": string(now.Organisation), "office": now.Office, "category": string(now.Category)},
	}
	if which != "" {
		for _, f := range []string{"given_name", "family_name", "email", "login", "organisation", "office", "category", "role", "reason", "double"} {
			if v := r.Form(f); v != "" {
				page.Values[f] = v
			}
		}
	}
	if page.Organisations, err = r.OpenOrganisations(page.Values["organisation"]); err != nil {
		return err
	}
	page.Categories, page.Roles = categories(r), roles(r)
	page.Roles = slices.DeleteFunc(page.Roles, func(o front.Option) bool { return o.Value == string(lms.Learner) })
	for _, m := range person.Memberships {
		if m.At(r.Now()) && m.Role != lms.Learner {
			page.Held = append(page.Held, HeldRole{string(m.Role), r.T("role." + string(m.Role)), string(m.Organisation), m.Name, m.Office})
		}
	}
	page.NoIndex = true
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("people.title"), Href: "/amministrazione/persone"}, front.Crumb{Label: page.Name, Href: front.PersonHref(id)}, front.Crumb{Label: r.T("person.edit")})
	r.Path = page.Href
	return r.Show("person_edit", r.T("person.edit")+" – "+page.Name, page)
}

// edit does what the form that was sent asks for.
func (p Pages) edit(r *front.Request) error {
	id, which := lms.PersonID(r.Param("id")), r.Form("azione")
	if which == "compare" {
		return p.findDouble(r, id)
	}
	err := p.do(r, id, which)
	if err != nil {
		text, fields, err := r.Problem(err)
		if err != nil {
			return front.Unknown(err, "error.person.unknown")
		}
		for _, f := range []string{"person", "reason", "role"} { // what stands at no field of its own is said above the form
			if fields[f] != "" {
				text = fields[f]
			}
		}
		if which == "merge" {
			which = "compare" // whose form begins it
		}
		return p.showEdit(r, which, text, fields)
	}
	if which == "erase" {
		return r.Done("/amministrazione/persone", "person-erased")
	}
	return r.Done(front.PersonHref(id), "person-"+which)
}

func (p Pages) do(r *front.Request, id lms.PersonID, which string) (err error) {
	ctx, a := r.Ctx(), r.Actor
	place := roll.Place{Organisation: lms.OrganisationID(r.Form("organisation")), Office: r.Form("office"), Category: lms.Category(r.Form("category")), Role: lms.Role(r.Form("role"))}
	switch which {
	case "correct":
		_, err = p.Roll.Correct(ctx, a, id, roll.Correction{Given: r.Form("given_name"), Family: r.Form("family_name"), Email: r.Form("email"), Login: r.Form("login")})
	case "transfer":
		_, err = p.Roll.Transfer(ctx, a, id, place)
	case "give":
		if place.Reports, err = reports(r); err == nil {
			_, err = p.Roll.Give(ctx, a, id, place)
		}
	case "take":
		_, err = p.Roll.Take(ctx, a, id, place.Role, place.Organisation)
	case "suspend":
		_, err = p.Roll.Suspend(ctx, a, id, r.Form("reason"))
	case "resume":
		_, err = p.Roll.Resume(ctx, a, id)
	case "leave":
		_, err = p.Roll.Leave(ctx, a, id)
	case "merge":
		_, err = p.Roll.Merge(ctx, a, id, lms.PersonID(r.Form("doppione")))
	case "erase":
		if r.Form("sicuro") != "si" {
			return lms.Wrong("person", "error.erase.sure")
		}
		err = p.Roll.Erase(ctx, a, id, roll.Erasure{Reason: r.Form("reason"), Certificates: r.Form("attestati") == "si"})
	default:
		err = lms.Wrong("azione", "error.invalid")
	}
	return err
}

// reports are the people that a manager is to have, by their logins, one on a line; none means everybody of the office.
func reports(r *front.Request) (out []lms.PersonID, err error) {
	for _, login := range strings.FieldsFunc(r.Form("reports"), func(c rune) bool { return c == '\n' || c == ',' || c == ';' }) {
		if login = strings.TrimSpace(login); login == "" {
			continue
		}
		p, err := r.School().People.ByLogin(r.Ctx(), login)
		if lms.Is(err, lms.NotFound) || err == nil && !p.BelongsTo(r.Actor.Kept()) {
			return nil, lms.Wrong("reports", "error.person.unknown")
		}
		if err != nil {
			return nil, err
		}
		out = append(out, p.ID)
	}
	return out, nil
}

// copyOf is all that is known of a person, as a zip: of oneself, or of somebody whom one keeps.
func (p Pages) copyOf(r *front.Request) error {
	var b bytes.Buffer
	if err := p.Roll.Copy(r.Ctx(), r.Actor, lms.PersonID(r.Param("id")), &b); err != nil {
		return front.Unknown(err, "error.person.unknown")
	}
	return r.Download("dati.zip", "application/zip", b.Bytes())
}

func categories(r *front.Request) []front.Option {
	out := []front.Option{{Value: "", Label: r.T("category.none")}}
	for _, c := range lms.Categories() {
		out = append(out, front.Option{Value: string(c), Label: r.T("category." + string(c))})
	}
	return out
}

// roles are those that the actor may give, somewhere: the service knows where.
func roles(r *front.Request) (out []front.Option) {
	for _, role := range lms.Roles() {
		if r.Actor.MayGive(role, r.Actor.Kept()) {
			out = append(out, front.Option{Value: string(role), Label: r.T("role." + string(role))})
		}
	}
	return out
}
