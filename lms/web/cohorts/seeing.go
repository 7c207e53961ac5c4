package cohorts

import (
	"cmp"
	"errors"
	"net/url"
	"slices"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/web/front"
)

func href(id cohort.ID) string { return "/edizioni/" + string(id) }

// card puts a cohort into words.
func (p Pages) card(r *front.Request, v cohort.Seen) (Card, error) {
	out := Card{Href: href(v.ID), Title: v.Terms.Title, CourseHref: "/corsi/" + string(v.Course), Dates: dates(r, v.Terms), Seats: seats(r, v), Window: window(r, v.Terms), Now: string(v.Now)}
	_, c, err := r.School().Library.Shown(r.Ctx(), v.Course)
	if err != nil {
		return out, err
	}
	o, err := r.School().Organisations.Find(r.Ctx(), v.Organisation)
	if err != nil {
		return out, err
	}
	out.Course, out.Owner = c.Title, o.Name
	switch {
	case v.Mine == cohort.Waiting:
		out.Mine = r.T("cohort.mine.waiting", "Position", v.Position)
	case v.Mine != "":
		out.Mine = r.T("cohort.mine.seated")
	case v.Why != nil:
		out.Why = words(r, v.Why)
	}
	return out, nil
}

// words says why something cannot be done, as a part of a page that is well.
func words(r *front.Request, err error) string {
	if e, ok := errors.AsType[*lms.Error](err); ok && r.Has(e.Message) {
		return r.T(e.Message)
	}
	return r.T("error.role")
}

func dates(r *front.Request, t cohort.Terms) string {
	from, to := t.From.Words(r.Lang), t.To.Words(r.Lang)
	switch {
	case from != "" && to != "":
		return r.T("cohort.dates", "From", from, "To", to)
	case from != "":
		return r.T("cohort.dates.from", "From", from)
	case to != "":
		return r.T("cohort.dates.to", "To", to)
	}
	return r.T("cohort.dates.none")
}

func window(r *front.Request, t cohort.Terms) string {
	opens, closes := t.Opens.Words(r.Lang), t.Closes.Words(r.Lang)
	switch {
	case opens != "" && closes != "":
		return r.T("cohort.window", "From", opens, "To", closes)
	case opens != "":
		return r.T("cohort.window.from", "From", opens)
	case closes != "":
		return r.T("cohort.window.to", "To", closes)
	}
	return ""
}

func seats(r *front.Request, v cohort.Seen) string {
	if v.Capacity == 0 {
		return r.T("cohort.seats.free", "Taken", v.Seated)
	}
	return r.T("cohort.seats", "Taken", v.Seated, "Of", v.Capacity, "Waiting", v.Waiting)
}

func (p Pages) catalogue(r *front.Request) error {
	page := &CohortsPage{Tabs: r.Tabs()}
	slug := course.Slug(r.Query("corso"))
	found, err := p.Cohorts.Catalogue(r.Ctx(), r.Actor)
	if slug != "" {
		found, err = p.Cohorts.OfCourse(r.Ctx(), r.Actor, slug)
	}
	if err != nil {
		return err
	}
	for _, v := range found {
		c, err := p.card(r, v)
		if err != nil {
			return err
		}
		if slug != "" {
			page.Course = c.Course
		}
		if v.Mine != "" {
			page.Mine = append(page.Mine, c)
		} else if v.Now != cohort.StateDraft {
			page.Others = append(page.Others, c)
		}
	}
	page.Crumbs = r.Crumbs(front.Crumb{Label: r.T("cohorts.menu")})
	return r.Show("cohorts", r.T("cohorts.title"), page)
}

func (p Pages) show(r *front.Request) error { return p.cohortPage(r, nil, "", nil) }

// cohortPage shows a cohort; values and what is wrong with them are those of a form that came back.
func (p Pages) cohortPage(r *front.Request, values map[string]string, problem string, wrong map[string]string) error {
	v, err := p.Cohorts.Find(r.Ctx(), r.Actor, cohort.ID(r.Param("cohort")))
	if err != nil {
		return front.Unknown(err, "error.cohort.unknown")
	}
	r.Path = href(v.ID)
	page := &CohortPage{Values: values, Problem: problem, Errors: wrong}
	if page.Card, err = p.card(r, v); err != nil {
		return err
	}
	if err := p.fillCohort(r, page, v); err != nil {
		return err
	}
	page.Crumbs = r.Crumbs(front.Crumb{Label: r.T("cohorts.menu"), Href: "/edizioni"}, front.Crumb{Label: v.Terms.Title})
	return r.Show("cohort", v.Terms.Title, page)
}

// fillCohort says who holds a cohort, what it requires, and how the reader gets in.
func (p Pages) fillCohort(r *front.Request, page *CohortPage, v cohort.Seen) error {
	for _, slug := range v.Terms.Requires {
		_, c, err := r.School().Library.Shown(r.Ctx(), slug)
		if err != nil {
			return err
		}
		page.Requires = append(page.Requires, front.Crumb{Label: c.Title, Href: "/corsi/" + string(slug)})
	}
	names, err := r.School().People.Names(r.Ctx(), v.Terms.Instructors)
	if err != nil {
		return err
	}
	for _, id := range v.Terms.Instructors {
		page.Instructors = append(page.Instructors, names[id])
	}
	if v.Keeps {
		page.Keep = "/amministrazione/edizioni/" + string(v.ID)
	}
	page.Leave = v.Mine != "" && v.Now != cohort.StateOver
	if v.Mine != "" || v.Why != nil {
		return nil
	}
	open := func(w cohort.Way) bool { return slices.Contains(v.Terms.Ways, w) }
	page.Free, page.ByCode, page.ByRequest = open(cohort.WayFree) || open(cohort.WayInvitation), open(cohort.WayCode), open(cohort.WayRequest)
	if !page.ByRequest {
		return nil
	}
	mine, err := p.Requests.Mine(r.Ctx(), r.Actor)
	for _, q := range mine {
		if q.Cohort == v.ID && q.State == "waiting" {
			page.Asked, page.Waits, page.ByRequest = "/richieste/"+string(q.ID), waits(r, q), false
		}
	}
	return err
}

// cameBack shows a cohort again with what is wrong with a form on its page.
func (p Pages) cameBack(r *front.Request, err error, fields ...string) error {
	text, wrong, rest := r.Problem(err)
	if rest != nil {
		return rest
	}
	values := map[string]string{}
	for _, f := range fields {
		values[f] = r.Form(f)
	}
	return p.cohortPage(r, values, text, wrong)
}

func (p Pages) join(r *front.Request) error {
	id := cohort.ID(r.Param("cohort"))
	got, err := p.Cohorts.Join(r.Ctx(), r.Actor, id, r.Form("code"))
	if err != nil {
		return p.cameBack(r, front.Unknown(err, "error.cohort.unknown"), "code")
	}
	if got.Place == cohort.Waiting {
		return r.Done(href(id), "cohort-waiting")
	}
	return r.Done(href(id), "cohort-seated")
}

func (p Pages) ask(r *front.Request) error {
	q, err := p.Requests.Ask(r.Ctx(), r.Actor, cohort.ID(r.Param("cohort")), r.Form("why"))
	if err != nil {
		return p.cameBack(r, front.Unknown(err, "error.cohort.unknown"), "why")
	}
	return r.Done("/richieste/"+string(q.ID), "request-asked")
}

func (p Pages) leave(r *front.Request) error {
	id := cohort.ID(r.Param("cohort"))
	if err := p.Cohorts.Leave(r.Ctx(), r.Actor, id); err != nil {
		return p.cameBack(r, front.Unknown(err, "error.cohort.unknown"))
	}
	return r.Done(cmp.Or(front.Local(r.Form("da"), ""), "/edizioni"), "cohort-left")
}

// Offers are the cohorts of a course for its page, with titles and dates in words, and whether the course is taken without one, too. Nobody in
// particular is offered none.
func (p Pages) Offers(r *front.Request, slug course.Slug) (offered []front.Crumb, alone bool, err error) {
	access, err := p.Cohorts.AccessOf(r.Ctx(), slug)
	if err != nil || r.Actor.Nobody() {
		return nil, access.Free, err
	}
	found, err := p.Cohorts.OfCourse(r.Ctx(), r.Actor, slug)
	for _, v := range found {
		if v.Now != cohort.StateDraft {
			offered = append(offered, front.Crumb{Label: v.Terms.Title + ", " + dates(r, v.Terms), Href: href(v.ID)})
		}
	}
	return offered, access.Free, err
}

// list is the address of a list with its choices.
func list(path string, org lms.OrganisationID, more string) string {
	return path + "?ente=" + url.QueryEscape(string(org)) + more + "&"
}
