package access

import (
	"aulacomune/lms"
	"aulacomune/lms/web/front"
)

func (p Pages) own(r *front.Request) error { return p.showOwn(r, "", nil) }

// showOwn shows the reader's accounts and number; errors are those of the number's form.
func (p Pages) showOwn(r *front.Request, problem string, errors map[string]string) error {
	accounts, err := p.SignIn.Accounts(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	page := &OwnPage{Problem: problem, Number: NumberView{Set: "/profilo/codice-fiscale", Remove: "/profilo/codice-fiscale/elimina", Print: "/profilo/codice-fiscale/attestati", Errors: errors}}
	if page.Number.Prints, err = p.Fiscal.Prints(r.Ctx(), r.Actor); err != nil {
		return err
	}
	for _, a := range accounts {
		page.Accounts = append(page.Accounts, AccountView{Provider: a.Provider, How: r.T("access.way." + string(a.Way)), Linked: a.Linked, Unlink: "/profilo/accessi/" + a.ID + "/scollega"})
	}
	for _, b := range p.SignIn.Providers() {
		page.Providers = append(page.Providers, front.Way{Name: b.Name, Address: "/profilo/accessi/con/" + b.ID})
	}
	if err := p.fill(r, &page.Number, r.Actor.ID); err != nil {
		return err
	}
	r.Path = "/profilo/accessi"
	page.Crumbs = r.Crumbs(front.Crumb{Label: r.T("nav.profile"), Href: "/profilo"}, front.Crumb{Label: r.T("access.own.title")})
	return r.Show("access_own", r.T("access.own.title"), page)
}

// fill reads somebody's number. One that cannot be read is shown as one that is there.
func (p Pages) fill(r *front.Request, v *NumberView, id lms.PersonID) error {
	n, err := p.Fiscal.Of(r.Ctx(), r.Actor, id)
	v.Masked = n.Masked()
	if lms.Is(err, lms.Unavailable) {
		r.Log().Error("fiscal number", "err", err)
		v.Masked = r.T("access.number.hidden")
		return nil
	}
	if v.Errors != nil {
		v.Typed = r.Form("fiscal")
	}
	return err
}

func (p Pages) unlink(r *front.Request) error {
	if err := p.SignIn.Unlink(r.Ctx(), r.Actor, r.Param("account")); err != nil {
		return err
	}
	return r.Done("/profilo/accessi", "account-unlinked")
}

func (p Pages) setOwnNumber(r *front.Request) error {
	if err := p.Fiscal.Set(r.Ctx(), r.Actor, r.Actor.ID, r.Form("fiscal")); err != nil {
		text, fields, err := r.Problem(err)
		if err != nil {
			return err
		}
		return p.showOwn(r, text, fields)
	}
	return r.Done("/profilo/accessi", "number-set")
}

func (p Pages) removeOwnNumber(r *front.Request) error {
	if err := p.Fiscal.Remove(r.Ctx(), r.Actor, r.Actor.ID); err != nil {
		return err
	}
	return r.Done("/profilo/accessi", "number-removed")
}

func (p Pages) printOwnNumber(r *front.Request) error {
	if err := p.Fiscal.Print(r.Ctx(), r.Actor, r.Form("print") == "yes"); err != nil {
		text, fields, err := r.Problem(err)
		if err != nil {
			return err
		}
		return p.showOwn(r, text, fields)
	}
	return r.Done("/profilo/accessi", "number-print")
}

func (p Pages) number(r *front.Request) error { return p.showNumber(r, "", nil) }

// showNumber shows the number of somebody whose ente's people the reader keeps.
func (p Pages) showNumber(r *front.Request, problem string, errors map[string]string) error {
	id := lms.PersonID(r.Param("id"))
	who, err := r.School().People.Find(r.Ctx(), r.Actor, id)
	if err != nil {
		return front.Unknown(err, "error.person.unknown")
	}
	here := front.PersonHref(id) + "/codice-fiscale"
	page := &NumberPage{Name: who.Name(), Problem: problem, Number: NumberView{Set: here, Remove: here + "/elimina", Errors: errors}}
	if err := p.fill(r, &page.Number, id); err != nil {
		return err
	}
	r.Path = here
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("admin.people"), Href: "/amministrazione/persone"}, front.Crumb{Label: who.Name(), Href: front.PersonHref(id)}, front.Crumb{Label: r.T("access.number.title")})
	return r.Show("access_number", r.T("access.number.of", "Name", who.Name()), page)
}

func (p Pages) setNumber(r *front.Request) error {
	id := lms.PersonID(r.Param("id"))
	if err := p.Fiscal.Set(r.Ctx(), r.Actor, id, r.Form("fiscal")); err != nil {
		text, fields, err := r.Problem(err)
		if err != nil {
			return front.Unknown(err, "error.person.unknown")
		}
		return p.showNumber(r, text, fields)
	}
	return r.Done(front.PersonHref(id)+"/codice-fiscale", "number-set")
}

func (p Pages) removeNumber(r *front.Request) error {
	id := lms.PersonID(r.Param("id"))
	if err := p.Fiscal.Remove(r.Ctx(), r.Actor, id); err != nil {
		return front.Unknown(err, "error.person.unknown")
	}
	return r.Done(front.PersonHref(id)+"/codice-fiscale", "number-removed")
}
