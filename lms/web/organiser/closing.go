package organiser

import (
	"cmp"
	"slices"

	"aulacomune/lms"
	"aulacomune/lms/web/front"
	"aulacomune/lms/webinar"
)

func (p Pages) closeForm(r *front.Request) error { return p.closing(r, "") }

// closing shows what closing a webinar will write.
func (p Pages) closing(r *front.Request, problem string) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	page := &ClosePage{Top: p.head(r, v, "organiser.close", "/esiti"), Base: href(v.ID), Why: p.why(r, v, webinar.DeedClose), Planned: v.Planned(), Threshold: v.Terms.Threshold, Problem: problem}
	doubts, err := p.Webinars.Doubts(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	page.Doubts = doubts[v.ID]
	page.Reported = page.Doubts > 0
	if page.Why == "" {
		all, err := p.Webinars.Attendance(r.Ctx(), r.Actor, v.ID)
		if err != nil {
			return err
		}
		for _, a := range all {
			if page.Reported = page.Reported || slices.Contains(a.Sources, webinar.ByReport); a.Enough {
				page.Enough++
				page.Minutes += a.Minutes
			} else {
				page.Below++
			}
		}
	}
	page.NoIndex = true
	page.Crumbs = crumbs(r, v, "organiser.close")
	return r.Show("organiser_close", r.T("organiser.close")+" – "+v.Terms.Title, page)
}

func (p Pages) conclude(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	if _, err = p.Webinars.Conclude(r.Ctx(), r.Actor, v.ID); err == nil {
		return r.Done(href(v.ID)+"/esiti", "organiser-closed")
	}
	text, _, err := r.Problem(err)
	if err != nil {
		return err
	}
	return p.closing(r, text)
}

func (p Pages) outcomes(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	all, err := p.Webinars.Outcomes(r.Ctx(), r.Actor, v.ID)
	if err != nil {
		return err
	}
	page := &OutcomesPage{Top: p.head(r, v, "organiser.tab.outcomes", "/esiti"), Base: href(v.ID), Closed: v.Now == webinar.Closed, Concluding: v.Concluding}
	if page.Rows, err = personOutcomes(r, v, all); err != nil {
		return err
	}
	for _, o := range page.Rows {
		if o.Now.Enough {
			page.Enough++
		}
	}
	page.NoIndex = true
	page.Crumbs = crumbs(r, v, "organiser.tab.outcomes")
	return r.Show("organiser_outcomes", r.T("organiser.tab.outcomes")+" – "+v.Terms.Title, page)
}

// personOutcomes are the outcomes of each person, by name: they come together, the first first.
func personOutcomes(r *front.Request, v webinar.Seen, all []webinar.Outcome) (out []PersonOutcome, err error) {
	var ids []lms.PersonID
	for _, o := range all {
		ids = append(ids, o.Person, o.By)
	}
	names, err := nameOf(r, ids)
	if err != nil {
		return nil, err
	}
	for i, o := range all {
		row := OutcomeRow{Minutes: o.Minutes, Percent: o.Percent, Enough: o.Enough, Code: string(o.Code), At: o.At, Reason: o.Reason}
		if o.By != "" {
			row.By = names[o.By]
		}
		if i == 0 || all[i-1].Person != o.Person {
			out = append(out, PersonOutcome{Name: cmp.Or(names[o.Person], r.T("organiser.erased")), Ente: o.Member.Name, Href: href(v.ID) + "/persone/" + string(o.Person) + "/presenza"})
		} else {
			last := &out[len(out)-1]
			last.Before = append(last.Before, last.Now)
		}
		out[len(out)-1].Now = row
	}
	slices.SortStableFunc(out, func(a, b PersonOutcome) int { return lms.CompareFolded(a.Name, b.Name) })
	return out, nil
}
