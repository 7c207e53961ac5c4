package tree

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"aulacomune/lms"
	"aulacomune/lms/enti"
	"aulacomune/lms/web/front"
)

// mostFound is how many organisations a search shows.
const mostFound = 50

// show shows an organisation with what lies below it, or what a search found there.
func (p Pages) show(r *front.Request) error {
	page := &EntiPage{Query: r.Query("q"), Import: r.Actor.Is(lms.Administrator)}
	b, err := p.Enti.Branch(r.Ctx(), r.Actor, r.Organisation())
	if err != nil {
		return front.Unknown(err, "error.organisation.unknown")
	}
	o := b.Organisation
	page.ID, page.Name, page.Kind, page.People = string(o.ID), o.Name, kindName(r, o.Kind), b.People
	page.Reopen = !o.Ceased.IsZero() && o.Into == "" && r.Actor.Has(lms.Administrator, o.Within)
	page.PeopleHref = "/amministrazione/persone?ente=" + url.QueryEscape(string(o.ID))
	page.Facts = facts(r, o)
	for _, above := range b.Above {
		page.Above = append(page.Above, front.Crumb{Label: above.Name, Href: href(above.ID)})
	}
	if page.From, page.Into, err = succession(r, o); err != nil {
		return err
	}
	if page.Roots, err = roots(r); err != nil {
		return err
	}
	if err := p.rows(r, page, b); err != nil {
		return err
	}
	waiting, _, err := p.Enti.Waiting(r.Ctx(), r.Actor, o.ID, lms.PageAt{Limit: 1})
	if err != nil {
		return err
	}
	page.Waiting = len(waiting) > 0
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("enti.title")})
	return r.Show("enti", r.T("enti.title"), page)
}

// reopen takes back that an ente ceased.
func (p Pages) reopen(r *front.Request) error {
	id := lms.OrganisationID(r.Form("ente"))
	if err := p.Enti.Reopen(r.Ctx(), r.Actor, id); err != nil {
		return front.Unknown(err, "error.organisation.unknown")
	}
	return r.Done(href(id), "ente-reopened")
}

// rows lists what lies below, or what was found there.
func (p Pages) rows(r *front.Request, page *EntiPage, b enti.Branch) error {
	if page.Query == "" {
		for _, l := range b.Below {
			row := enteRow(r, l.Organisation)
			row.Below, row.People, row.Counted = l.Below, l.People, true
			page.Rows = append(page.Rows, row)
		}
		slices.SortStableFunc(page.Rows, func(a, b EnteRow) int { return a.Ceased.Compare(b.Ceased) }) // what ceased is last
		return nil
	}
	found, err := p.Enti.Search(r.Ctx(), r.Actor, b.Organisation.ID, page.Query, mostFound)
	for _, o := range found {
		page.Rows = append(page.Rows, enteRow(r, o))
	}
	return err
}

func enteRow(r *front.Request, o lms.Organisation) EnteRow {
	return EnteRow{Href: href(o.ID), Name: o.Name, Kind: kindName(r, o.Kind), Code: cmp.Or(o.Codes.ISTAT, o.Codes.IPA), Ceased: o.Ceased}
}

func href(id lms.OrganisationID) string { return treeAddress + "?ente=" + url.QueryEscape(string(id)) }

// kindName is what an ente is, in words; "" where nobody said.
func kindName(r *front.Request, k lms.OrganisationKind) string {
	if k == "" {
		return ""
	}
	return r.T("enti.kind." + string(k))
}

// facts are what is known of an organisation.
func facts(r *front.Request, o lms.Organisation) []Fact {
	var out []Fact
	add := func(key, value string) {
		if value != "" {
			out = append(out, Fact{r.T(key), value})
		}
	}
	add("enti.fact.kind", kindName(r, o.Kind))
	add("enti.fact.istat", o.Codes.ISTAT)
	add("enti.fact.cadastral", o.Codes.Cadastral)
	add("enti.fact.ipa", o.Codes.IPA)
	add("enti.fact.tax", o.Codes.Tax)
	add("enti.fact.domains", strings.Join(o.Domains, ", "))
	add("enti.fact.former", strings.Join(o.FormerNames, ", "))
	if !o.Ceased.IsZero() {
		add("enti.fact.ceased", r.Words().Date(o.Ceased))
	}
	return out
}

// succession are the enti that one took over, and the one that took it over.
func succession(r *front.Request, o lms.Organisation) (from []front.Crumb, into *front.Crumb, err error) {
	name := func(id lms.OrganisationID) (front.Crumb, error) {
		x, err := r.School().Organisations.Find(r.Ctx(), id)
		return front.Crumb{Label: cmp.Or(x.Name, string(id)), Href: href(id)}, err
	}
	for _, id := range o.From {
		c, err := name(id)
		if err != nil && !lms.Is(err, lms.NotFound) {
			return nil, nil, err
		}
		from = append(from, c)
	}
	if o.Into != "" {
		c, err := name(o.Into)
		if err != nil && !lms.Is(err, lms.NotFound) {
			return nil, nil, err
		}
		into = &c
	}
	return from, into, nil
}

// roots are the organisations whose people the reader keeps by their role, for a select.
func roots(r *front.Request) ([]front.Option, error) { return options(r, r.Actor.Kept()) }

func options(r *front.Request, ids []lms.OrganisationID) ([]front.Option, error) {
	var out []front.Option
	for _, id := range ids {
		o, err := r.School().Organisations.Find(r.Ctx(), id)
		if err != nil {
			return nil, err
		}
		out = append(out, front.Option{Value: string(id), Label: o.Name})
	}
	return out, nil
}
