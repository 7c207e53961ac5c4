package web

import (
	"strconv"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/studio"
	"aulacomune/lms/web/front"
	"aulacomune/lms/web/manuscript"
)

// statesPage is how many states of a text are on a page: each is compared with the one before it.
const statesPage = 20

// showHistory lists the states of a text by day, each with what changed in it.
func showHistory(r *request) error {
	id, name := r.draft(), r.Query("file")
	f, err := r.studio().File(r.Ctx(), r.Actor, id, name)
	if err != nil {
		return err
	}
	if f.Media != nil {
		return lms.Fail(lms.NotFound, "error.draft.file")
	}
	older, err := r.studio().History(r.Ctx(), r.Actor, id, name)
	if err != nil {
		return err
	}
	c, err := r.studio().Compile(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	p := &HistoryPage{Draft: r.draftHead(c.Draft), File: r.list(c).File(f)}
	all := append([]studio.Version{{Rev: 0, Text: f.Text, At: f.At, By: f.By}}, older...)
	if p.Days, p.More, err = r.states(all); err != nil {
		return err
	}
	if p.More != "" {
		p.More = manuscript.Href(id, "cronologia", name) + "&cursore=" + p.More
	}
	p.NoIndex, p.ContentLang = true, r.ContentLang(c.Course.Lang)
	p.Crumbs = r.studioCrumbs(front.Crumb{Label: p.Draft.Title, Href: p.Draft.Href}, front.Crumb{Label: p.File.Title, Href: p.File.Href}, front.Crumb{Label: r.T("history.title"), Href: ""})
	r.Path = manuscript.Href(id, "cronologia", name)
	return r.Show("studio_history", r.T("history.title"), p)
}

// states puts the states of a text under their days, a page of them; more is the cursor of the next page.
func (r *request) states(all []studio.Version) (days []HistoryDay, more string, err error) {
	from := 0
	if n, err := strconv.Atoi(r.Query("cursore")); err == nil {
		from = max(0, min(n, len(all)))
	}
	until := min(from+statesPage, len(all))
	if until < len(all) {
		more = strconv.Itoa(until)
	}
	var people []lms.PersonID
	for _, v := range all[from:until] {
		people = append(people, v.By)
	}
	names, err := r.School().People.Names(r.Ctx(), people)
	for i := from; i < until; i++ {
		v := all[i]
		state := HistoryState{Rev: v.Rev, By: names[v.By], At: v.At, Text: v.Text}
		if i+1 < len(all) {
			state.Diff = wordsDiff(all[i+1].Text, v.Text)
		}
		day := r.InRome(v.At).Format(time.DateOnly)
		if n := len(days); n == 0 || r.InRome(days[n-1].Day).Format(time.DateOnly) != day {
			days = append(days, HistoryDay{Day: v.At})
		}
		last := &days[len(days)-1]
		last.States = append(last.States, state)
	}
	return days, more, err
}

func revertText(r *request) error {
	name := r.Query("file")
	if _, err := r.studio().Revert(r.Ctx(), r.Actor, r.draft(), name, r.figure("rev")); err != nil {
		return err
	}
	return r.Done(manuscript.Href(r.draft(), "scrivi", name), "draft-reverted#text_")
}
