package webinars

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/web/front"
	"aulacomune/lms/webinar"
)

func (p Pages) guestForm(r *front.Request) error { return p.guestPage(r, nil, nil, "", nil) }

// guestPage shows the form for whoever has no account. enti is what a search found.
func (p Pages) guestPage(r *front.Request, enti *found, values map[string]string, problem string, wrong map[string]string) error {
	v, err := p.Webinars.Find(r.Ctx(), lms.Actor{}, r.Param("slug"))
	if err != nil {
		return err
	}
	back := href(v.Slug)
	page := &GuestPage{
		Action: back + "/ospite", SignIn: "/accedi?da=" + url.QueryEscape(back), Queue: queue(v), Code: open(v.Terms, cohort.WayCode) && !open(v.Terms, cohort.WayFree),
		Values: values, Problem: problem, Errors: wrong, Questions: asked(v.Terms, values, wrong, ""),
	}
	if page.Card, err = cardOf(r, v.Webinar); err != nil {
		return err
	}
	if problem == "" && !lms.Is(v.Why, lms.SignIn) || !byThemselves(v.Terms) { // the page says why nobody gets in by this form
		return r.See(back)
	}
	page.Categories = []front.Option{{Label: r.T("category.none")}}
	for _, c := range lms.Categories() {
		page.Categories = append(page.Categories, front.Option{Value: string(c), Label: r.T("category." + string(c))})
	}
	if enti != nil {
		page.Enti, page.Query, page.More = enti.choices, enti.query, enti.more
	}
	r.Path = page.Action
	page.Crumbs = r.Crumbs(front.Crumb{Label: r.T("webinars.menu"), Href: "/webinar"}, front.Crumb{Label: v.Terms.Title, Href: back}, front.Crumb{Label: r.T("webinar.guest.crumb")})
	return r.Show("webinar_guest", r.T("webinar.guest.title", "Title", v.Terms.Title), page)
}

// found is what a search for enti found.
type found struct {
	choices []EnteChoice
	query   string
	more    bool
}

// The fields by which a guest's ente is searched: as in the forms that say for whom something is.
const (
	enteField   = "organisation"
	queryField  = "enti_cerca"
	askedField  = "enti_cercato"
	mostFound   = 12
	fewestTyped = 2 // characters
)

// searchEnti finds the ente of a guest in the tree of the webinar: by the box that was ticked, and by what was typed.
func (p Pages) searchEnti(r *front.Request, v webinar.Seen) (*found, error) {
	out := &found{query: strings.TrimSpace(r.Form(queryField))}
	chosen, want := r.Form(enteField), lms.Fold(out.query)
	if chosen != "" {
		o, err := r.School().Organisations.Find(r.Ctx(), lms.OrganisationID(chosen))
		if err == nil {
			out.choices = append(out.choices, EnteChoice{ID: chosen, Name: o.Name, On: true})
		} else if !lms.Is(err, lms.NotFound) {
			return nil, err
		}
	}
	if len([]rune(want)) < fewestTyped {
		return out, nil
	}
	type hit struct {
		lms.Organisation
		rank int
	}
	var hits []hit
	for o, err := range r.School().Organisations.Below(r.Ctx(), v.Within[0]) {
		if err != nil {
			return nil, err
		}
		if rank := nearness(o, want); rank > 0 && o.Ceased.IsZero() && string(o.ID) != chosen {
			hits = append(hits, hit{o, rank})
		}
	}
	slices.SortStableFunc(hits, func(x, y hit) int { return cmp.Or(cmp.Compare(x.rank, y.rank), lms.CompareFolded(x.Name, y.Name)) })
	out.more = len(hits) > mostFound
	exact := len(hits) > 0 && hits[0].rank == 1 && (len(hits) == 1 || hits[1].rank > 1)
	for i, h := range hits[:min(len(hits), mostFound)] {
		c := EnteChoice{ID: string(h.ID), Name: h.Name, On: i == 0 && exact && len(out.choices) == 0}
		if up, err := r.School().Organisations.Find(r.Ctx(), h.Parent()); err == nil {
			c.Note = up.Name
		}
		out.choices = append(out.choices, c)
	}
	return out, nil
}

// nearness says how near an organisation is to what was typed: 1 is its name, 2 a name in which a word begins so, 3 one in which it stands; 0 is not at all.
func nearness(o lms.Organisation, want string) int {
	name := lms.Fold(o.Name)
	switch {
	case name == want, strings.HasSuffix(name, " di "+want):
		return 1
	case strings.HasPrefix(name, want), strings.Contains(name, " "+want):
		return 2
	case strings.Contains(name, want):
		return 3
	}
	return 0
}

// guest takes the form. Whoever typed the name of their ente and has not seen what was found is shown it first, unless only one has that name.
func (p Pages) guest(r *front.Request) error {
	v, err := p.Webinars.Find(r.Ctx(), lms.Actor{}, r.Param("slug"))
	if err != nil {
		return err
	}
	enti, err := p.searchEnti(r, v)
	if err != nil {
		return err
	}
	ente := ""
	for _, c := range enti.choices {
		if c.On {
			ente = c.ID
		}
	}
	typed := enti.query != "" && enti.query != r.Form(askedField)
	if r.Form("atto") == "cerca" || typed && (ente == "" || r.Form(enteField) != "") {
		return p.guestPage(r, enti, sent(r), "", nil)
	}
	err = p.Webinars.AskAsGuest(r.Ctx(), v.Slug, webinar.Form{
		Given: r.Form("given_name"), Family: r.Form("family_name"), Email: r.Form("email"), Organisation: lms.OrganisationID(ente), Category: lms.Category(r.Form("category")),
		Lang: r.Lang, Code: r.Form("code"), Answers: answers(r, v.Terms),
	}, r.C.IP())
	if err != nil {
		text, wrong, rest := r.Problem(err)
		if rest != nil {
			return rest
		}
		return p.guestPage(r, enti, sent(r), text, guestWords(r, wrong, ente))
	}
	return r.See(href(v.Slug) + "/ospite/inviata")
}

// guestWords are what is wrong with a guest's form, by its fields, with words for whoever chose no ente.
func guestWords(r *front.Request, wrong map[string]string, ente string) map[string]string {
	if ente == "" && wrong[enteField] != "" {
		wrong[enteField] = r.T("webinar.guest.ente.missing")
	}
	return wrong
}

func (p Pages) guestSent(r *front.Request) error {
	v, err := p.Webinars.Find(r.Ctx(), lms.Actor{}, r.Param("slug"))
	if err != nil {
		return err
	}
	page := &GuestSentPage{}
	page.NoIndex = true
	if page.Card, err = cardOf(r, v.Webinar); err != nil {
		return err
	}
	return r.Show("webinar_sent", r.T("webinar.sent.title"), page)
}

// openGuest shows what the link of a guest's letter is about, and changes nothing: mail scanners come here, too.
func (p Pages) openGuest(r *front.Request) error {
	c, err := p.Webinars.OpenGuest(r.Ctx(), r.Param("slug"), r.Param("secret"))
	if err != nil {
		return front.Unknown(err, "error.webinar.confirm")
	}
	return p.confirmPage(r, c, &ConfirmPage{Action: href(c.Webinar.Slug) + "/conferma/" + url.PathEscape(r.Param("secret")), Referent: c.Referent})
}

func (p Pages) confirmGuest(r *front.Request) error {
	c, err := p.Webinars.ConfirmGuest(r.Ctx(), r.Param("slug"), r.Param("secret"))
	if err != nil {
		if c.Webinar.ID == "" || lms.Is(err, lms.NotFound) {
			return front.Unknown(err, "error.webinar.confirm")
		}
		if lms.Is(err, lms.Forbidden) {
			err = &lms.Error{Kind: lms.Conflict, Message: key(err), Err: err}
		}
		text, _, rest := r.Problem(err)
		if rest != nil {
			return rest
		}
		return p.confirmPage(r, c, &ConfirmPage{Problem: text})
	}
	return p.confirmPage(r, c, &ConfirmPage{Seated: c.Place.Has(), Waiting: c.Place == cohort.Waiting, Position: c.Position, Referent: c.Referent})
}

func (p Pages) confirmPage(r *front.Request, c webinar.Confirmation, page *ConfirmPage) error {
	var err error
	if page.Card, err = cardOf(r, c.Webinar); err != nil {
		return err
	}
	page.Given, page.NoIndex = c.Given, true
	return r.Show("webinar_confirm", r.T("webinar.confirm.title"), page)
}
