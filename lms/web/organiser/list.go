package organiser

import (
	"slices"
	"strconv"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/web/front"
	"aulacomune/lms/webinar"
)

// over says whether a webinar took place and is not closed yet.
func over(v webinar.Seen, now time.Time) bool {
	return v.Now == webinar.Held || v.Now == webinar.Published && !now.Before(v.Terms.Ends)
}

// state is the state of a webinar as pages show it: one that is over took place, also before the sweep has said so.
func state(v webinar.Seen, now time.Time) webinar.State {
	if over(v, now) {
		return webinar.Held
	}
	return v.Now
}

// withDoubts is, as a state of the filter, those with doubts to clear.
const withDoubts = "dubbi"

func (p Pages) list(r *front.Request) error {
	found, err := p.Webinars.Kept(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	doubts, err := p.Webinars.Doubts(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	page := &ListPage{State: r.Query("stato"), Any: len(found) > 0, States: []front.Option{{Label: r.T("organiser.states.all")}}}
	for _, s := range []webinar.State{webinar.Draft, webinar.Published, webinar.Held, webinar.Closed, webinar.Cancelled} {
		page.States = append(page.States, front.Option{Value: string(s), Label: r.T("organiser.state." + string(s))})
	}
	page.States = append(page.States, front.Option{Value: withDoubts, Label: r.T("organiser.states.doubts")})
	names := map[lms.OrganisationID]string{}
	for _, v := range found {
		now := state(v, p.Now())
		if page.State != "" && page.State != string(now) && (page.State != withDoubts || doubts[v.ID] == 0) {
			continue
		}
		if _, known := names[v.Organisation]; !known {
			o, err := r.School().Organisations.Find(r.Ctx(), v.Organisation)
			if err != nil && !lms.Is(err, lms.NotFound) {
				return err
			}
			names[v.Organisation] = o.Name
		}
		page.Rows = append(page.Rows, row(r, v, now, names[v.Organisation], doubts[v.ID]))
	}
	page.NoIndex = true
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("organiser.menu")})
	return r.Show("organiser", r.T("organiser.title"), page)
}

func row(r *front.Request, v webinar.Seen, now webinar.State, owner string, doubts int) Row {
	out := Row{
		Href: href(v.ID), Title: v.Terms.Title, Owner: owner, State: string(now), Series: series(r, v.Terms), When: when(r, v.Terms.Starts, v.Terms.Ends), Seats: seats(r, v),
		Doubts: doubts, DoubtsHref: href(v.ID) + "/dubbi",
	}
	if v.Waiting > 0 {
		out.Waiting = r.T("organiser.waiting", "Count", v.Waiting)
	}
	return out
}

// countDoubts counts the lines of reports that wait for a person.
func (p Pages) countDoubts(r *front.Request) (n int, err error) {
	doubts, err := p.Webinars.Doubts(r.Ctx(), r.Actor)
	for _, d := range doubts {
		n += d
	}
	return n, err
}

// countOver counts the webinars that are over and not closed.
func (p Pages) countOver(r *front.Request) (n int, err error) {
	found, err := p.Webinars.Kept(r.Ctx(), r.Actor)
	for _, v := range found {
		if over(v, p.Now()) {
			n++
		}
	}
	return n, err
}

func href(id webinar.ID) string { return root + "/" + string(id) }

// seats says how many are taken, of how many.
func seats(r *front.Request, v webinar.Seen) string {
	if v.Capacity == 0 {
		return r.T("organiser.seats.open", "Count", v.Seated)
	}
	return r.T("organiser.seats", "Count", v.Seated, "Of", v.Capacity)
}

// series is the series of a webinar with its number, "" where it is in none.
func series(r *front.Request, t webinar.Terms) string {
	if t.Series == "" || t.Number == 0 {
		return t.Series
	}
	return r.T("organiser.series.number", "Series", t.Series, "Number", t.Number)
}

// when says when something takes place, on the clocks of Italy.
func when(r *front.Request, from, to time.Time) When {
	if from.IsZero() {
		return When{}
	}
	a, b := r.InRome(from), r.InRome(to)
	words := r.T("organiser.when", "Day", r.T("organiser.day."+strconv.Itoa(int(a.Weekday()))), "Date", r.Words().Date(from), "From", a.Format("15:04"), "To", b.Format("15:04"))
	if a.Format(time.DateOnly) != b.Format(time.DateOnly) {
		words = r.T("organiser.when.days", "From", r.Words().Moment(from), "To", r.Words().Moment(to))
	}
	return When{Words: words, ISO: from.UTC().Format(time.RFC3339)}
}

// head is what stands over a page of a webinar: page is the key of its title, tab the end of its address.
func (p Pages) head(r *front.Request, v webinar.Seen, page, tab string) Head {
	h := Head{Page: r.T(page), Title: v.Terms.Title, State: string(state(v, p.Now())), When: when(r, v.Terms.Starts, v.Terms.Ends)}
	for _, t := range [][2]string{{"organiser.tab.webinar", ""}, {"organiser.tab.people", "/persone"}, {"organiser.tab.presence", "/presenze"}, {"organiser.tab.outcomes", "/esiti"}, {"organiser.tab.report", "/rapporto"}} {
		e := front.Entry{Href: href(v.ID) + t[1], Label: r.T(t[0])}
		if t[1] == tab {
			if e.Current = "true"; slices.Contains([]string{t[0], "organiser.tab.webinar"}, page) || r.Path == e.Href {
				e.Current = "page"
			}
		}
		h.Tabs = append(h.Tabs, e)
	}
	return h
}

// crumbs are the way to a page of a webinar; the key of its title is "" for the webinar's own.
func crumbs(r *front.Request, v webinar.Seen, page string) []front.Crumb {
	list := front.Crumb{Label: r.T("organiser.menu"), Href: root}
	if page == "" {
		return r.DeskCrumbs(list, front.Crumb{Label: v.Terms.Title})
	}
	return r.DeskCrumbs(list, front.Crumb{Label: v.Terms.Title, Href: href(v.ID)}, front.Crumb{Label: r.T(page)})
}

// mustKeep reads the webinar of an address, which the reader keeps.
func (p Pages) mustKeep(r *front.Request) (webinar.Seen, error) {
	v, err := p.Webinars.FindByID(r.Ctx(), r.Actor, webinar.ID(r.Param("webinar")))
	if err == nil && !v.Keeps {
		err = lms.Fail(lms.NotFound, "error.webinar.unknown")
	}
	return v, front.Unknown(err, "error.webinar.unknown")
}

// why says in words why a deed cannot be done with a webinar now; "" where it can.
func (p Pages) why(r *front.Request, v webinar.Seen, d webinar.Deed) string {
	return said(r, v.Permit(d, p.Now()))
}
