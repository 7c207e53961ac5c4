package webinars

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"aulacomune/lms/cohort"
	"aulacomune/lms/web/front"
	"aulacomune/lms/webinar"
)

// feeds are what programs find on the lists.
func feeds(r *front.Request) []front.Feed {
	return []front.Feed{
		{Label: r.T("webinars.feed"), Href: "/webinar.rss", Type: "application/rss+xml"},
		{Label: r.T("webinars.feed"), Href: "/webinar.ics", Type: "text/calendar"},
	}
}

func (p Pages) list(r *front.Request) error {
	page := &ListPage{Query: strings.TrimSpace(r.Query("q"))}
	page.Feeds, page.Shared, page.Description = feeds(r), true, r.T("webinars.lead")
	if !r.Actor.Nobody() {
		page.Tabs = r.Tabs()
	}
	var err error
	if page.Query != "" {
		page.NoIndex = true
		page.Found, err = p.found(r, page.Query)
	} else {
		page.Months, err = p.months(r)
	}
	if err != nil {
		return err
	}
	page.Crumbs = r.Crumbs(front.Crumb{Label: r.T("webinars.menu")})
	return r.Show("webinars", r.T("webinars.title"), page)
}

// found is what a search finds, with where the reader is in it.
func (p Pages) found(r *front.Request, text string) ([]Card, error) {
	all, err := p.Webinars.Search(r.Ctx(), text)
	if err != nil {
		return nil, err
	}
	mine, err := p.ofMine(r)
	var out []Card
	for _, w := range all {
		c := card(r, w)
		c.Mine = place(r, mine[w.ID].Place, 0)
		out = append(out, c)
	}
	return out, err
}

// ofMine are the webinars that the reader is in, by their ids.
func (p Pages) ofMine(r *front.Request) (map[webinar.ID]webinar.Mine, error) {
	out := map[webinar.ID]webinar.Mine{}
	if r.Actor.Nobody() {
		return out, nil
	}
	all, err := p.Webinars.Mine(r.Ctx(), r.Actor)
	for _, m := range all {
		if m.Place.Has() || m.Place == cohort.Waiting {
			out[m.ID] = m
		}
	}
	return out, err
}

// months are the public webinars to come, and the reserved ones that are for the reader, by the months of their beginnings.
func (p Pages) months(r *front.Request) ([]Month, error) {
	all, err := p.Webinars.ToCome(r.Ctx())
	if err != nil {
		return nil, err
	}
	reserved, err := p.Webinars.Reserved(r.Ctx(), r.Actor)
	if err != nil {
		return nil, err
	}
	mine, err := p.ofMine(r)
	if err != nil {
		return nil, err
	}
	all = append(all, reserved...)
	slices.SortFunc(all, func(x, y webinar.Listed) int {
		return cmp.Or(x.Terms.Starts.Compare(y.Terms.Starts), cmp.Compare(x.Slug, y.Slug))
	})
	var out []Month
	for _, w := range all {
		at := r.InRome(w.Terms.Starts)
		if id := at.Format("2006-01"); len(out) == 0 || out[len(out)-1].ID != id {
			out = append(out, Month{ID: id, Name: capital(r.T("webinars.month", "Month", r.T(fmt.Sprintf("month.%d", at.Month())), "Year", at.Year()))})
		}
		c := card(r, w)
		c.Mine = place(r, mine[w.ID].Place, 0)
		out[len(out)-1].Cards = append(out[len(out)-1].Cards, c)
	}
	return out, nil
}

func (p Pages) past(r *front.Request) error {
	all, next, err := p.Webinars.Past(r.Ctx(), r.Page())
	if err != nil {
		return err
	}
	page := &PastPage{More: front.More("/webinar/passati?", next)}
	for _, w := range all {
		page.Cards = append(page.Cards, card(r, w))
	}
	page.Feeds = feeds(r)
	page.Crumbs = r.Crumbs(front.Crumb{Label: r.T("webinars.menu"), Href: "/webinar"}, front.Crumb{Label: r.T("webinars.past")})
	return r.Show("webinars_past", r.T("webinars.past.title"), page)
}
