package cohorts

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/sheet"
	"aulacomune/lms/web/audience"
	"aulacomune/lms/web/front"
)

func keptHref(id cohort.ID) string { return "/amministrazione/edizioni/" + string(id) }

func (p Pages) kept(r *front.Request) error {
	found, err := p.Cohorts.Kept(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	page := &KeptPage{}
	for _, v := range found {
		c, err := p.card(r, v)
		if err != nil {
			return err
		}
		c.Href = keptHref(v.ID)
		page.Cohorts = append(page.Cohorts, c)
	}
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("cohorts.menu")})
	return r.Show("kept_cohorts", r.T("cohorts.kept"), page)
}

// fields are those of the form that are one text each.
func fields() []string {
	return []string{"course", "organisation", "title", "from", "to", "opens", "closes", "capacity", "steps", "code", "invited", "instructors", "reserved"}
}

func (p Pages) newForm(r *front.Request) error {
	values := map[string]string{"organisation": string(r.Organisation()), "capacity": "0", "way_free": "si", "course": r.Query("corso")}
	return p.form(r, nil, values, "", nil)
}

// form shows the form of a cohort; c is nil for a new one.
func (p Pages) form(r *front.Request, c *cohort.Seen, values map[string]string, problem string, errors map[string]string) error {
	page := &CohortFormPage{New: c == nil, Values: values, Problem: problem, Errors: errors}
	var err error
	if page.Organisations, err = r.Organisations(); err != nil {
		return err
	}
	heads, _, err := r.School().Library.Courses(r.Ctx(), "", 500)
	if err != nil {
		return err
	}
	for _, h := range heads {
		if h.Latest().Number > 0 {
			page.Courses = append(page.Courses, front.Option{Value: string(h.Slug), Label: h.Latest().Title})
		}
	}
	for _, w := range cohort.Ways() {
		page.Ways = append(page.Ways, Check{Name: "way_" + string(w), Label: r.T("cohort.way." + string(w)), On: values["way_"+string(w)] != ""})
	}
	for _, id := range audience.Words(values["requires"]) {
		if !slices.ContainsFunc(page.Courses, func(o front.Option) bool { return o.Value == id }) {
			page.Requires = append(page.Requires, audience.Choice{Name: "requires", Value: id, Label: id, On: true})
		}
	}
	for _, o := range page.Courses {
		page.Requires = append(page.Requires, audience.Choice{Name: "requires", Value: o.Value, Label: o.Label, On: slices.Contains(audience.Words(values["requires"]), o.Value)})
	}
	groups, err := p.openGroups(r)
	if err != nil {
		return err
	}
	if page.Audience, err = audience.Make(r, values, groups); err != nil {
		return err
	}
	for _, s := range []string{"", "manager", "manager personnel", "personnel"} {
		page.Steps = append(page.Steps, front.Option{Value: s, Label: r.T("cohort.steps." + strings.ReplaceAll(s, " ", "."))})
	}
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("cohorts.menu"), Href: "/amministrazione/edizioni"}, front.Crumb{Label: r.T("cohort.new")})
	if c != nil {
		page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("cohorts.menu"), Href: "/amministrazione/edizioni"}, front.Crumb{Label: c.Terms.Title, Href: keptHref(c.ID)}, front.Crumb{Label: r.T("cohort.terms")})
		return r.Show("cohort_form", r.T("cohort.terms"), page)
	}
	return r.Show("cohort_form", r.T("cohort.new"), page)
}

// openGroups are those that the reader may choose as an audience.
func (p Pages) openGroups(r *front.Request) ([]cohort.Group, error) {
	all, err := p.Cohorts.Groups(r.Ctx(), r.Actor)
	return audience.Open(all), err
}

// sent are the values of a form that was sent.
func (p Pages) sent(r *front.Request) map[string]string {
	values := map[string]string{}
	for _, f := range fields() {
		values[f] = r.Form(f)
	}
	for _, w := range cohort.Ways() {
		values["way_"+string(w)] = r.Form("way_" + string(w))
	}
	values["requires"] = audience.Listed(r, "requires")
	audience.Sent(r, values)
	return values
}

// terms reads them from the values of a form; old is the audience that was there: its groups that the reader cannot choose stay.
func (p Pages) terms(r *front.Request, values map[string]string, old cohort.Audience) (t cohort.Terms, err error) {
	groups, err := p.openGroups(r)
	if err != nil {
		return t, err
	}
	t = cohort.Terms{
		Title: values["title"], From: day(values["from"]), To: day(values["to"]), Opens: day(values["opens"]), Closes: day(values["closes"]),
		Code: values["code"], Invited: audience.Words(values["invited"]), Reserved: values["reserved"] != "",
	}
	for _, w := range cohort.Ways() {
		if values["way_"+string(w)] != "" {
			t.Ways = append(t.Ways, w)
		}
	}
	for _, s := range strings.Fields(values["steps"]) {
		t.Steps = append(t.Steps, cohort.Step(s))
	}
	t.Audience = audience.Of(values, groups)
	t.Audience.Groups = append(t.Audience.Groups, audience.Unseen(old, groups)...)
	for _, c := range audience.Words(values["requires"]) {
		t.Requires = append(t.Requires, course.Slug(c))
	}
	for _, login := range audience.Words(values["instructors"]) {
		who, err := r.School().People.ByLogin(r.Ctx(), login)
		if lms.Is(err, lms.NotFound) {
			return t, lms.Wrong("instructors", "error.cohort.instructor")
		}
		if err != nil {
			return t, err
		}
		t.Instructors = append(t.Instructors, who.ID)
	}
	return t, nil
}

func (p Pages) plan(r *front.Request) error {
	values := p.sent(r)
	if audience.Searching(r) {
		return p.form(r, nil, values, "", nil)
	}
	terms, err := p.terms(r, values, cohort.Audience{})
	var c cohort.Cohort
	if err == nil {
		c, err = p.Cohorts.Plan(r.Ctx(), r.Actor, cohort.Start{Course: course.Slug(values["course"]), Organisation: lms.OrganisationID(values["organisation"]), Capacity: number(values["capacity"]), Terms: terms})
	}
	if err != nil {
		text, errors, rest := r.Problem(err)
		if rest != nil {
			return rest
		}
		return p.form(r, nil, values, text, errors)
	}
	return r.Done(keptHref(c.ID), "cohort-planned")
}

// mustKeep reads a cohort that the reader keeps.
func (p Pages) mustKeep(r *front.Request) (cohort.Seen, error) {
	v, err := p.Cohorts.Find(r.Ctx(), r.Actor, cohort.ID(r.Param("cohort")))
	if err == nil && !v.Keeps {
		err = lms.Fail(lms.NotFound, "error.cohort.unknown")
	}
	return v, front.Unknown(err, "error.cohort.unknown")
}

func (p Pages) editForm(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	values := map[string]string{
		"title": v.Terms.Title, "from": string(v.Terms.From), "to": string(v.Terms.To), "opens": string(v.Terms.Opens), "closes": string(v.Terms.Closes), "capacity": strconv.Itoa(v.Capacity),
		"code": v.Terms.Code, "invited": strings.Join(v.Terms.Invited, "\n"), "course": string(v.Course), "organisation": string(v.Organisation),
		"requires": audience.Joined(v.Terms.Requires), "steps": strings.ReplaceAll(audience.Joined(v.Terms.Steps), "\n", " "),
	}
	audience.Fill(values, v.Terms.Audience)
	if v.Terms.Reserved {
		values["reserved"] = "si"
	}
	for _, w := range v.Terms.Ways {
		values["way_"+string(w)] = "si"
	}
	for _, id := range v.Terms.Instructors {
		who, err := r.School().People.Known(r.Ctx(), id)
		if err != nil {
			return err
		}
		values["instructors"] += who.Login + "\n"
		if who.Login == "" {
			values["instructors"] += who.Email + "\n"
		}
	}
	return p.form(r, &v, values, "", nil)
}

func (p Pages) revise(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	values := p.sent(r)
	r.Path = keptHref(v.ID) + "/condizioni"
	if audience.Searching(r) {
		return p.form(r, &v, values, "", nil)
	}
	terms, err := p.terms(r, values, v.Terms.Audience)
	if err == nil {
		_, err = p.Cohorts.Revise(r.Ctx(), r.Actor, v.ID, terms)
	}
	if err == nil {
		err = p.Cohorts.Resize(r.Ctx(), r.Actor, v.ID, number(values["capacity"]))
	}
	if err != nil {
		text, errors, rest := r.Problem(err)
		if rest != nil {
			return rest
		}
		return p.form(r, &v, values, text, errors)
	}
	return r.Done(keptHref(v.ID), "cohort-revised")
}

func (p Pages) people(r *front.Request) error { return p.peoplePage(r, "", nil) }

func (p Pages) peoplePage(r *front.Request, problem string, errors map[string]string) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	r.Path = keptHref(v.ID)
	page := &CohortPeoplePage{
		Base: r.Path, Draft: v.Now == cohort.StateDraft, Shut: !v.Closed.IsZero(), Over: v.Now == cohort.StateOver || v.Now == cohort.StateCancelled, Code: v.Terms.Code,
		Values: map[string]string{"login": r.Form("login"), "reason": r.Form("reason"), "annulla": r.Form("annulla")}, Problem: problem, Errors: errors,
	}
	if page.Card, err = p.card(r, v); err != nil {
		return err
	}
	rows, next, err := p.Cohorts.Roster(r.Ctx(), r.Actor, v.ID, "", r.Page())
	if err != nil {
		return err
	}
	page.More = front.More(r.Path+"?", next)
	for _, row := range rows {
		page.Rows = append(page.Rows, PersonRow{
			ID: string(row.Person), Name: row.Called, Organisation: row.Member.Name, Place: r.T("seat." + string(row.Place())), Percent: row.Percent, Enrolled: row.Enrolment != "",
			In: row.Place().Has() || row.Place() == cohort.Waiting,
		})
	}
	if err := p.choices(r, page, v); err != nil {
		return err
	}
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("cohorts.menu"), Href: "/amministrazione/edizioni"}, front.Crumb{Label: v.Terms.Title})
	return r.Show("cohort_people", v.Terms.Title, page)
}

// choices are the other cohorts of the course, and the groups, that the reader keeps.
func (p Pages) choices(r *front.Request, page *CohortPeoplePage, v cohort.Seen) error {
	others, err := p.Cohorts.OfCourse(r.Ctx(), r.Actor, v.Course)
	if err != nil {
		return err
	}
	for _, o := range others {
		if o.Keeps && o.ID != v.ID && o.Now != cohort.StateDraft {
			page.Others = append(page.Others, front.Option{Value: string(o.ID), Label: o.Terms.Title})
		}
	}
	groups, err := p.Cohorts.Groups(r.Ctx(), r.Actor)
	for _, g := range groups {
		if r.Actor.Keeps(g.Within) && g.Ended.IsZero() {
			page.Groups = append(page.Groups, front.Option{Value: string(g.ID), Label: g.Name})
		}
	}
	return err
}

// peopleBack shows the people of a cohort again with what is wrong with a form on the page.
func (p Pages) peopleBack(r *front.Request, err error) error {
	text, errors, rest := r.Problem(err)
	if rest != nil {
		return front.Unknown(rest, "error.cohort.unknown")
	}
	return p.peoplePage(r, text, errors)
}

func (p Pages) mark(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	act := r.Form("atto")
	switch act {
	case "open":
		_, err = p.Cohorts.Publish(r.Ctx(), r.Actor, v.ID)
	case "close", "reopen":
		_, err = p.Cohorts.Shut(r.Ctx(), r.Actor, v.ID, act == "reopen")
	case "cancel":
		_, err = p.Cohorts.Cancel(r.Ctx(), r.Actor, v.ID, r.Form("annulla"))
	default:
		err = lms.Wrong("atto", "error.invalid")
	}
	if err != nil {
		return p.peopleBack(r, err)
	}
	return r.Done(keptHref(v.ID), "cohort-"+act)
}

func (p Pages) enter(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	if g := r.Form("gruppo"); g != "" {
		if _, err := p.Cohorts.EnterGroup(r.Ctx(), r.Actor, v.ID, cohort.GroupID(g)); err != nil {
			return p.peopleBack(r, err)
		}
		return r.Done(keptHref(v.ID), "cohort-entered")
	}
	who, err := r.School().People.ByLogin(r.Ctx(), r.Form("login"))
	if err == nil {
		_, err = p.Cohorts.Enter(r.Ctx(), r.Actor, v.ID, who.ID)
	}
	if lms.Is(err, lms.NotFound) {
		err = lms.Wrong("login", "error.person.unknown")
	}
	if err != nil {
		return p.peopleBack(r, err)
	}
	return r.Done(keptHref(v.ID), "cohort-entered")
}

func (p Pages) remove(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	if err := p.Cohorts.Remove(r.Ctx(), r.Actor, v.ID, lms.PersonID(r.Form("persona")), r.Form("reason")); err != nil {
		return p.peopleBack(r, err)
	}
	return r.Done(keptHref(v.ID), "cohort-removed")
}

func (p Pages) transfer(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	if err := p.Cohorts.Transfer(r.Ctx(), r.Actor, v.ID, cohort.ID(r.Form("a")), lms.PersonID(r.Form("persona"))); err != nil {
		return p.peopleBack(r, err)
	}
	return r.Done(keptHref(v.ID), "cohort-transferred")
}

// export sends the people of a cohort as a table.
func (p Pages) export(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	t := sheet.Table{Name: r.T("cohort.people"), Columns: []sheet.Column{
		{Title: r.T("person.name")}, {Title: r.T("person.organisation")}, {Title: r.T("cohort.place")}, {Title: r.T("cohort.since"), Kind: sheet.Day}, {Title: r.T("cohort.percent"), Kind: sheet.Percent},
	}, Rows: func(yield func([]any, error) bool) {
		for after := ""; ; {
			rows, next, err := p.Cohorts.Roster(r.Ctx(), r.Actor, v.ID, "", lms.PageAt{After: after, Limit: 500})
			if err != nil {
				yield(nil, err)
				return
			}
			for _, row := range rows {
				if !yield([]any{row.Called, row.Member.Name, r.T("seat." + string(row.Place())), r.InRome(row.Since()), row.Percent}, nil) {
					return
				}
			}
			if after = next; next == "" {
				return
			}
		}
	}}
	var b bytes.Buffer
	media := front.TypeCSV
	write := func() error { return sheet.CSV(&b, t) }
	switch r.Param("kind") {
	case "csv":
	case "xlsx":
		media = front.TypeXLSX
		write = func() error { return sheet.XLSX(&b, t) }
	default:
		return lms.Fail(lms.NotFound, "error.notfound")
	}
	if err := write(); err != nil {
		return err
	}
	return r.Download("edizione-"+string(v.ID)+"."+r.Param("kind"), media, b.Bytes())
}

// day is a day of a form.
func day(text string) cohort.Day { return cohort.Day(front.Day(text)) }
