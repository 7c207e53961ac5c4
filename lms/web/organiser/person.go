package organiser

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/web/front"
	"aulacomune/lms/webinar"
)

// How long somebody was there, as a form says it.
const (
	whole  = "tutto"
	part   = "parte"
	absent = "assente"
)

func (p Pages) times(r *front.Request) error {
	return p.timesPage(r, &TimesPage{Values: map[string]string{}})
}

func (p Pages) timesPage(r *front.Request, page *TimesPage) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	id := lms.PersonID(r.Param("person"))
	rows, found, err := p.whereabouts(r, v, id)
	if err != nil {
		return err
	}
	r.Path = href(v.ID) + "/persone/" + string(id) + "/presenza"
	page.Top, page.Base, page.Why = p.head(r, v, "organiser.times", "/presenze"), href(v.ID), p.why(r, v, webinar.DeedPresence)
	page.Name, page.Ente, page.Minutes, page.Percent, page.Enough = found.Name, found.Member.Name, found.Minutes, found.Percent, found.Enough
	page.Planned, page.Closed = v.Planned(), v.Now == webinar.Closed
	for _, k := range []string{whole, part, absent} {
		page.Kinds = append(page.Kinds, front.Option{Value: k, Label: r.T("organiser.hand." + k)})
	}
	if page.Rows, err = timesRows(r, rows); err != nil {
		return err
	}
	page.NoIndex = true
	page.Crumbs = crumbs(r, v, "organiser.times")
	return r.Show("organiser_person", page.Name+" – "+v.Terms.Title, page)
}

// whereabouts are somebody's rows and what they add up to. Whoever neither registered nor was there is nobody here.
func (p Pages) whereabouts(r *front.Request, v webinar.Seen, id lms.PersonID) ([]webinar.Presence, webinar.Attended, error) {
	all, err := p.Webinars.Attendance(r.Ctx(), r.Actor, v.ID)
	if err != nil {
		return nil, webinar.Attended{}, err
	}
	i := slices.IndexFunc(all, func(a webinar.Attended) bool { return a.Person == id })
	if i < 0 {
		for e, err := range p.everybody(r, v.ID) {
			if err != nil {
				return nil, webinar.Attended{}, err
			}
			if e.Person == id {
				return nil, webinar.Attended{Person: id, Name: e.Name, Member: e.Member, Place: e.Place}, nil
			}
		}
		return nil, webinar.Attended{}, lms.Fail(lms.NotFound, "error.person.unknown")
	}
	rows, err := p.Webinars.Times(r.Ctx(), r.Actor, v.ID, id)
	return rows, all[i], err
}

func timesRows(r *front.Request, rows []webinar.Presence) (out []TimesRow, err error) {
	var ids []lms.PersonID
	for _, x := range rows {
		ids = append(ids, x.By)
	}
	names, err := nameOf(r, ids)
	standing := webinar.Standing(rows)
	for _, x := range rows {
		out = append(out, TimesRow{
			Spans: spans(r, x.Spans), Source: r.T("organiser.source." + string(x.Source)), By: cmp.Or(names[x.By], r.T("organiser.house")), Reason: x.Reason, At: x.At,
			Gone: !slices.ContainsFunc(standing, func(s webinar.Presence) bool { return s.ID == x.ID }),
		})
	}
	return out, err
}

// hand reads what a form says of somebody's presence: hours of the webinar's day, on the clocks of Italy.
func hand(r *front.Request, v webinar.Seen) (webinar.Hand, error) {
	h := webinar.Hand{Reason: r.Form("reason"), Replace: r.Form("replace") != "", Absent: r.Form("kind") == absent}
	switch kind := r.Form("kind"); {
	case kind != whole && kind != part && kind != absent:
		return h, lms.Wrong("kind", "error.required")
	case kind != part && r.Form("from")+r.Form("to") != "":
		return h, lms.Wrong("kind", "error.organiser.hand") // one of both was meant
	case kind != part:
		return h, nil
	}
	wrong := map[string]string{}
	for _, x := range []struct {
		field string
		into  *time.Time
	}{{"from", &h.From}, {"to", &h.To}} {
		at, message := clock(r, v, r.Form(x.field))
		if message != "" {
			wrong[x.field] = message
		}
		*x.into = at
	}
	if len(wrong) > 0 {
		return h, &lms.Error{Kind: lms.Invalid, Message: "error.invalid", Fields: wrong}
	}
	return h, nil
}

// clock is an hour of a webinar: of its first day, or of the next one where that day's has passed already when it begins; or what is wrong with it.
func clock(r *front.Request, v webinar.Seen, s string) (time.Time, string) {
	t, err := time.Parse("15:04", strings.ReplaceAll(strings.TrimSpace(s), ".", ":"))
	if err != nil {
		return time.Time{}, "error.organiser.clock"
	}
	day := r.InRome(v.Terms.Starts)
	at, wrong := webinar.Moment{Local: day.Format(time.DateOnly) + "T" + t.Format("15:04")}.At(rome(r))
	if night := at.Before(v.Terms.Starts) && r.InRome(v.Terms.Ends).Day() != day.Day(); night && at.AddDate(0, 0, 1).Before(v.Terms.Ends.Add(time.Hour)) {
		return at.AddDate(0, 0, 1), wrong
	}
	return at, wrong
}

// mark says by hand when somebody was there.
func (p Pages) mark(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	id := lms.PersonID(r.Param("person"))
	h, err := hand(r, v)
	if err == nil {
		err = p.Webinars.Mark(r.Ctx(), r.Actor, v.ID, id, h)
	}
	if err == nil {
		return r.Done(href(v.ID)+"/persone/"+string(id)+"/presenza", "organiser-marked")
	}
	page := &TimesPage{Values: map[string]string{}}
	for _, f := range []string{"kind", "from", "to", "reason", "replace"} {
		page.Values[f] = r.Form(f)
	}
	if page.Problem, page.Errors, err = r.Problem(err); err != nil {
		return front.Unknown(err, "error.person.unknown")
	}
	return p.timesPage(r, page)
}
