package organiser

import (
	"errors"
	"io"
	"iter"
	"strings"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/sheet"
	"aulacomune/lms/web/front"
	"aulacomune/lms/webinar"
)

// How many rows are read at a time, and shown at most of a filtered list.
const (
	readAtOnce = 500
	mostShown  = 300
)

// everybody is who is or was in a webinar, by name.
func (p Pages) everybody(r *front.Request, id webinar.ID) iter.Seq2[webinar.Entry, error] {
	return func(yield func(webinar.Entry, error) bool) {
		for after := ""; ; {
			rows, next, err := p.Webinars.Roster(r.Ctx(), r.Actor, id, "", lms.PageAt{After: after, Limit: readAtOnce})
			if err != nil {
				yield(webinar.Entry{}, err)
				return
			}
			for _, e := range rows {
				if !yield(e, nil) {
					return
				}
			}
			if after = next; next == "" {
				return
			}
		}
	}
}

// filter narrows the people of a webinar.
type filter struct{ ente, place string }

func asked(r *front.Request) filter {
	return filter{strings.TrimSpace(r.Query("presso")), r.Query("posto")}
}

func (f filter) none() bool { return f == filter{} }

func (f filter) lets(e webinar.Entry) bool {
	return strings.Contains(lms.Fold(e.Member.Name), lms.Fold(f.ente)) && (f.place == "" || f.place == placeOf(e))
}

// The places by which the list is narrowed.
const (
	inside  = "in"
	waiting = "waiting"
	outside = "out"
)

func placeOf(e webinar.Entry) string {
	switch {
	case e.Place.Has():
		return inside
	case e.Place == cohort.Waiting:
		return waiting
	}
	return outside
}

func (p Pages) people(r *front.Request) error { return p.peoplePage(r, &PeoplePage{}) }

func (p Pages) peoplePage(r *front.Request, page *PeoplePage) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	r.Path = href(v.ID) + "/persone"
	f := asked(r)
	page.Top, page.Base, page.Seats, page.Ente, page.Place = p.head(r, v, "organiser.tab.people", "/persone"), href(v.ID), seats(r, v), f.ente, f.place
	page.Add = p.why(r, v, webinar.DeedRegister) == "" || p.why(r, v, webinar.DeedMove) == ""
	page.Places = []front.Option{{Label: r.T("organiser.places.all")}}
	for _, x := range []string{inside, waiting, outside} {
		page.Places = append(page.Places, front.Option{Value: x, Label: r.T("organiser.places." + x)})
	}
	if err := p.fillPeople(r, v, f, page); err != nil {
		return err
	}
	page.NoIndex = true
	page.Crumbs = crumbs(r, v, "organiser.tab.people")
	return r.Show("organiser_people", r.T("organiser.tab.people")+" – "+v.Terms.Title, page)
}

// fillPeople puts in a page of the people, or as many as are found by a filter.
func (p Pages) fillPeople(r *front.Request, v webinar.Seen, f filter, page *PeoplePage) error {
	var found []webinar.Entry
	if f.none() {
		rows, next, err := p.Webinars.Roster(r.Ctx(), r.Actor, v.ID, "", r.Page())
		if err != nil {
			return err
		}
		found, page.More = rows, front.More(r.Path+"?", next)
	} else {
		for e, err := range p.everybody(r, v.ID) {
			if err != nil {
				return err
			}
			if !f.lets(e) {
				continue
			}
			if page.Cut = len(found) == mostShown; page.Cut {
				break
			}
			found = append(found, e)
		}
	}
	removing := r.Query("togli") + r.Form("persona")
	for _, e := range found {
		row, err := p.personRow(r, v, e)
		if err != nil {
			return err
		}
		if page.Rows = append(page.Rows, row); row.ID == removing && row.Remove != "" {
			page.Removing = &row
		}
	}
	return nil
}

func (p Pages) personRow(r *front.Request, v webinar.Seen, e webinar.Entry) (PersonRow, error) {
	row := PersonRow{
		ID: string(e.Person), Name: e.Name, Ente: e.Member.Name, Email: e.Email, Place: r.T("seat." + string(e.Place)), Since: e.Since, Answers: answers(v.Terms, e),
	}
	if e.Via != "" {
		row.Way = r.T("organiser.way." + string(e.Via))
	}
	if placeOf(e) != outside && p.why(r, v, webinar.DeedMove) == "" {
		row.Remove = href(v.ID) + "/persone?togli=" + string(e.Person) + "#togli"
	}
	var err error
	row.Mail, err = p.mail(r, v, e.Person)
	return row, err
}

// answers are what somebody answered when they registered, to the questions that are asked now.
func answers(t webinar.Terms, e webinar.Entry) (out []Fact) {
	for _, q := range t.Questions {
		if a := e.Answers[q.ID]; a != "" {
			out = append(out, Fact{Label: q.Text, Value: a})
		}
	}
	return out
}

// mail says how the latest letter to somebody about a webinar fares; "" where there was none.
func (p Pages) mail(r *front.Request, v webinar.Seen, id lms.PersonID) (string, error) {
	if p.Outbox == nil {
		return "", nil
	}
	found, err := p.Outbox.OfCause(r.Ctx(), id, "webinar/"+string(v.ID)+"/")
	if err != nil || len(found) == 0 {
		return "", err
	}
	last := found[len(found)-1]
	return r.T("organiser.mail", "Kind", r.T("letter.kind."+last.Kind), "State", strings.ToLower(r.T("letter.state."+string(last.State)))), nil
}

// put puts somebody into a webinar.
func (p Pages) put(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	login := strings.TrimSpace(r.Form("login"))
	if login == "" {
		err = lms.Wrong("login", "error.required")
	}
	var who lms.Person
	if err == nil {
		who, err = r.School().People.ByLogin(r.Ctx(), login)
	}
	if err == nil {
		_, err = p.Webinars.Put(r.Ctx(), r.Actor, v.ID, who.ID)
	}
	if lms.Is(err, lms.NotFound) {
		err = lms.Wrong("login", "error.person.unknown")
	}
	if err != nil {
		return p.peopleBack(r, err, map[string]string{"login": login})
	}
	return r.Done(href(v.ID)+"/persone", "organiser-put")
}

func (p Pages) remove(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	if err := p.Webinars.Remove(r.Ctx(), r.Actor, v.ID, lms.PersonID(r.Form("persona")), r.Form("reason")); err != nil {
		return p.peopleBack(r, err, map[string]string{"reason": r.Form("reason")})
	}
	return r.Done(href(v.ID)+"/persone", "organiser-removed")
}

// peopleBack shows the people again with what is wrong with a form on the page.
func (p Pages) peopleBack(r *front.Request, err error, values map[string]string) error {
	page := &PeoplePage{Values: values}
	if page.Problem, page.Errors, err = r.Problem(err); err != nil {
		return front.Unknown(err, "error.person.unknown")
	}
	return p.peoplePage(r, page)
}

// peopleFile sends the people as a table, narrowed as the page is.
func (p Pages) peopleFile(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	f := asked(r)
	t := sheet.Table{Name: r.T("organiser.tab.people"), Columns: []sheet.Column{
		{Title: r.T("person.name"), Width: 30}, {Title: r.T("person.organisation"), Width: 30}, {Title: r.T("organiser.email"), Width: 30}, {Title: r.T("organiser.place"), Width: 16},
		{Title: r.T("organiser.since"), Kind: sheet.Day, Width: 12}, {Title: r.T("organiser.way"), Width: 16}, {Title: r.T("organiser.mail.column"), Width: 30},
	}}
	for _, q := range v.Terms.Questions {
		t.Columns = append(t.Columns, sheet.Column{Title: q.Text, Width: 30})
	}
	t.Rows = func(yield func([]any, error) bool) {
		for e, err := range p.everybody(r, v.ID) {
			if err == nil && !f.lets(e) {
				continue
			}
			cells, wrong := p.personCells(r, v, e)
			if err = errors.Join(err, wrong); !yield(cells, err) || err != nil {
				return
			}
		}
	}
	return save(r, "persone-"+v.Slug, t)
}

func (p Pages) personCells(r *front.Request, v webinar.Seen, e webinar.Entry) ([]any, error) {
	if e.Person == "" {
		return nil, nil
	}
	row, err := p.personRow(r, v, e)
	cells := []any{row.Name, row.Ente, row.Email, row.Place, r.InRome(row.Since), row.Way, row.Mail}
	for _, q := range v.Terms.Questions {
		cells = append(cells, e.Answers[q.ID])
	}
	return cells, err
}

// save sends tables as the kind of file that the address ends in: the first alone where it is CSV.
func save(r *front.Request, name string, tables ...sheet.Table) error {
	if strings.HasSuffix(r.Path, ".xlsx") {
		return r.Save(name+".xlsx", front.TypeXLSX, func(w io.Writer) error { return sheet.XLSX(w, tables...) })
	}
	return r.Save(name+".csv", front.TypeCSV, func(w io.Writer) error { return sheet.CSV(w, tables[0]) })
}
