package webinars

import (
	"net/url"
	"slices"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/web/front"
	"aulacomune/lms/webinar"
)

func (p Pages) show(r *front.Request) error { return p.webinarPage(r, nil, "", nil) }

// webinarPage shows a webinar; values and what is wrong with them are those of a form that came back.
func (p Pages) webinarPage(r *front.Request, values map[string]string, problem string, wrong map[string]string) error {
	v, err := p.Webinars.Find(r.Ctx(), r.Actor, r.Param("slug"))
	if err != nil {
		return err
	}
	r.Path = href(v.Slug)
	page := &WebinarPage{Values: values, Problem: problem, Errors: wrong}
	if page.Card, err = cardOf(r, v.Webinar); err != nil {
		return err
	}
	page.Card.Mine = place(r, v.Mine, v.Position)
	t := v.Terms
	page.Abstract, page.Speakers, page.Material, page.Ways = paragraphs(t.Abstract), speakers(v.Webinar), material(t), ways(r, t)
	page.Reason, page.Minutes, page.Threshold, page.Seats, page.Closes = v.Reason, v.Planned(), t.Threshold, seats(r, v), t.Closes
	page.Changed = v.Sequence > 0 && v.Now == webinar.Published
	page.Over = key(v.Door) == "error.webinar.door.late" || v.Now == webinar.Held || v.Now == webinar.Closed
	if v.Keeps && p.Keep != "" {
		page.Keep = p.Keep + string(v.ID)
	}
	if page.Dates, err = p.dates(r, v.Webinar); err != nil {
		return err
	}
	if err := p.fillWays(r, page, v); err != nil {
		return err
	}
	if err := p.fillMine(r, page, v); err != nil {
		return err
	}
	page.social(r, v)
	page.Crumbs = r.Crumbs(front.Crumb{Label: r.T("webinars.menu"), Href: "/webinar"}, front.Crumb{Label: t.Title})
	return r.Show("webinar", t.Title, page)
}

// social is how the page looks where its link is passed on; one that not everybody sees has no business there.
func (page *WebinarPage) social(r *front.Request, v webinar.Seen) {
	page.Description = page.Card.When.Text + ". " + short(v.Terms.Abstract)
	page.NoIndex = v.Terms.Reserved || v.Now == webinar.Draft
	page.Shared = !page.NoIndex
	for _, s := range page.Speakers {
		if s.Photo != "" && page.Shared && page.Picture == "" {
			page.Picture = r.URL(s.Photo)
		}
	}
}

// dates are the other dates of a webinar's series.
func (p Pages) dates(r *front.Request, w webinar.Webinar) ([]Card, error) {
	all, err := p.Webinars.Series(r.Ctx(), w)
	var out []Card
	for _, o := range all {
		if o.ID != w.ID {
			out = append(out, card(r, o))
		}
	}
	return out, err
}

// open says whether a way leads into a webinar.
func open(t webinar.Terms, of ...cohort.Way) bool {
	return slices.ContainsFunc(of, func(w cohort.Way) bool { return slices.Contains(t.Ways, w) })
}

// byThemselves are the ways by which people get in without anybody's leave.
func byThemselves(t webinar.Terms) bool {
	return open(t, cohort.WayFree, cohort.WayInvitation, cohort.WayCode)
}

// fillWays says how the reader gets in, or why they cannot.
func (p Pages) fillWays(r *front.Request, page *WebinarPage, v webinar.Seen) error {
	t := v.Terms
	switch {
	case v.Mine.Has() || v.Mine == cohort.Waiting:
		return nil
	case r.Actor.Nobody() && lms.Is(v.Why, lms.SignIn):
		page.SignIn = "/accedi?da=" + url.QueryEscape(href(v.Slug))
		if open(t, cohort.WayFree, cohort.WayCode) { // a guest is on no list of the invited
			page.Guest = href(v.Slug) + "/ospite"
		}
		page.Queue = queue(v)
		return nil
	case v.Why != nil:
		page.Why = words(r, v.Why)
		return nil
	}
	page.Register, page.Code, page.Queue = byThemselves(t), open(t, cohort.WayCode) && !open(t, cohort.WayFree), queue(v)
	if page.Register {
		page.Questions = asked(t, page.Values, page.Errors, "")
	}
	if page.Request = open(t, cohort.WayRequest) && !open(t, cohort.WayFree); !page.Request {
		return nil
	}
	mine, err := p.Requests.Mine(r.Ctx(), r.Actor)
	for _, q := range mine {
		if string(q.Cohort) == string(v.ID) && q.State == "waiting" {
			page.Asked, page.Request = "/richieste/"+string(q.ID), false
		}
	}
	page.Asks = asked(t, page.Values, page.Errors, "richiesta")
	return err
}

// queue is the number of the waiting list that whoever registers now gets; 0 for a seat.
func queue(v webinar.Seen) int {
	if v.Capacity == 0 || v.Seated < v.Capacity && v.Waiting == 0 {
		return 0
	}
	return v.Waiting + 1
}

// asked are the questions of the registration as fields of a form.
func asked(t webinar.Terms, values, wrong map[string]string, form string) []front.Field {
	var out []front.Field
	for _, q := range t.Questions {
		name := "answers." + q.ID
		f := front.Field{Name: name, Form: form, Label: q.Text, Value: values[name], Error: wrong[name], Type: "text", Optional: !q.Required}
		if len(q.Choices) > 0 {
			f.Options = append(f.Options, front.Option{})
		}
		for _, c := range q.Choices {
			f.Options = append(f.Options, front.Option{Value: c, Label: c})
		}
		out = append(out, f)
	}
	return out
}

// answers are what a form says to the questions of the registration.
func answers(r *front.Request, t webinar.Terms) map[string]string {
	out := map[string]string{}
	for _, q := range t.Questions {
		out[q.ID] = r.Form("answers." + q.ID)
	}
	return out
}

// fillMine says what the reader's own place in a webinar leads to.
func (p Pages) fillMine(r *front.Request, page *WebinarPage, v webinar.Seen) error {
	if v.Mine == "" {
		return nil
	}
	page.Seated = v.Mine.Has()
	page.Leave = (page.Seated || v.Mine == cohort.Waiting) && !page.Over && v.Now == webinar.Published
	page.Opens, page.Open = v.Opens(), v.Door == nil
	mine, err := p.Webinars.MyPlace(r.Ctx(), r.Actor, v.Slug)
	if err != nil {
		return err
	}
	page.Survey = mine.Survey
	page.Outcome, err = p.outcome(r, v.Slug, v.Terms)
	return err
}

// outcome is what came of a webinar for the reader; nil while that is not known.
func (p Pages) outcome(r *front.Request, slug string, t webinar.Terms) (*OutcomeView, error) {
	o, err := p.Webinars.MyOutcome(r.Ctx(), r.Actor, slug)
	if err != nil || o.Webinar == "" {
		return nil, err
	}
	out := &OutcomeView{Minutes: o.Minutes, Planned: o.Planned, Percent: o.Percent, Threshold: t.Threshold, Enough: o.Enough, Material: material(t)}
	if o.Code != "" {
		out.Certificate = "/verifica/" + string(o.Code)
	}
	return out, nil
}
