package web

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/web/front"

	"github.com/gofiber/fiber/v2"
)

// MovePage is edition_move.html: what moving people to an edition would do to each of them, and the form that does it.
type MovePage struct {
	front.Frame
	Course        front.Crumb
	To            EditionCard
	Compare       string // address of what changes
	From          string // number of the only edition whose people are shown; "" for every older one
	Froms         []front.Option
	Organisation  string
	Organisations []front.Option // none for who administers nobody that takes the course
	Name          string         // search
	People        []MoveRow
	Total         int
	More          string
	Author        bool // everybody may be moved where that is harmless
	Harmless      int  // people for whom it is
	Problem       string
}

// MoveRow is somebody who would be moved.
type MoveRow struct {
	ID, Name, Organisation string
	From                   int
	Before, After          int      // percent
	Again                  []string // titles of objects that begin again
	New, Gone              int
	Completes, Completed   bool
}

// MovedPage is edition_moved.html: who was moved, and what became of taking that back.
type MovedPage struct {
	front.Frame
	Course    front.Crumb
	To        int
	At        time.Time
	People    int
	Everybody bool
	Rows      []front.EnrolmentRow
	More      string
	Undo      string // form action; "" when it is too late, or done
	Undone    *UndoneView
}

// UndoneView says what became of taking a move back.
type UndoneView struct {
	Back, Failed int
	Stays        []StayView
}

// StayView is why some people stay where they were moved.
type StayView struct {
	Reason string
	Count  int
	Names  []string
}

func moveForm(r *request) error { return r.movePage(r.moveOrder(r.Query), "") }

// moveOrder reads an order from the address or from a form.
func (r *request) moveOrder(field func(string) string) lms.MoveOrder {
	to, _ := strconv.Atoi(field("a"))
	from, _ := strconv.Atoi(field("da"))
	return lms.MoveOrder{Course: r.slug(), To: to, From: from, Organisation: lms.OrganisationID(field("ente")), Named: field("cognome")}
}

// movePage shows what an order would do: to people of an organisation for its administrators, and how many it could move at once for authors.
func (r *request) movePage(o lms.MoveOrder, problem string) error {
	f, err := r.School().Learning.Follow(r.Ctx(), r.Actor, o.Course)
	if err != nil {
		return err
	}
	to, ok := f.Course.Edition(o.To)
	if !ok {
		return lms.Fail(lms.NotFound, "error.edition.unknown")
	}
	p := &MovePage{Course: r.courseCrumb(f.Course), To: cardOf(to), Compare: fmt.Sprintf("%s/confronto?da=%d&a=%d", editionsHref(o.Course), max(1, o.To-1), o.To), Author: f.Author, Name: o.Named, Problem: problem}
	if o.From > 0 {
		p.From = strconv.Itoa(o.From)
		p.Compare = fmt.Sprintf("%s/confronto?da=%d&a=%d", editionsHref(o.Course), o.From, o.To)
	}
	if len(f.Organisations) > 0 {
		if err := r.movePeople(p, o); err != nil {
			return err
		}
	}
	if f.Author {
		all, err := r.School().Learning.PreviewMove(r.Ctx(), r.Actor, lms.MoveOrder{Course: o.Course, To: o.To, Everybody: true}, lms.PageAt{})
		if err != nil {
			return err
		}
		p.Harmless = all.People
	}
	p.NoIndex = true
	title := r.T("move.title", "Number", o.To)
	p.Crumbs = r.editionCrumbs(p.Course, o.Course, title)
	return r.Show("edition_move", title+" – "+p.Course.Label, p)
}

// movePeople puts an organisation's people on the page.
func (r *request) movePeople(p *MovePage, o lms.MoveOrder) (err error) {
	if o.Organisation == "" {
		o.Organisation = r.Actor.Roots(lms.Administrator)[0]
	}
	p.Organisation = string(o.Organisation)
	if p.Organisations, err = r.Organisations(); err != nil {
		return err
	}
	every := o
	every.From, every.Named = 0, ""
	all, err := r.School().Learning.PreviewMove(r.Ctx(), r.Actor, every, lms.PageAt{Limit: 1})
	if err != nil {
		return front.Unknown(err, "error.organisation.unknown")
	}
	p.Froms = []front.Option{{Value: "", Label: r.T("move.from.all")}}
	for _, n := range slices.Backward(slices.Sorted(maps.Keys(all.From))) {
		p.Froms = append(p.Froms, front.Option{Value: strconv.Itoa(n), Label: r.T("move.from.one", "Number", n, "Count", all.From[n])})
	}
	v, err := r.School().Learning.PreviewMove(r.Ctx(), r.Actor, o, r.Page())
	if err != nil {
		return err
	}
	p.Total = v.People
	for _, m := range v.Page {
		p.People = append(p.People, r.moveRow(m))
	}
	q := url.Values{"a": {strconv.Itoa(o.To)}, "ente": {p.Organisation}, "da": {p.From}}
	p.More = front.More(editionsHref(o.Course)+"/sposta?"+q.Encode()+"&", v.Next)
	return nil
}

func (r *request) moveRow(m lms.Moving) MoveRow {
	e := m.Before.Enrolment
	row := MoveRow{
		ID: string(e.ID), Name: r.personName(e), Organisation: e.Member.Name, From: e.Edition, Before: m.Before.Percent, After: m.After.Percent, New: len(m.New), Gone: len(m.Gone),
		Completes: m.Completes, Completed: !e.Completed.IsZero(),
	}
	for _, o := range m.Again {
		row.Again = append(row.Again, o.Title)
	}
	return row
}

// personName is how somebody is called, on a list of people that its reader was shown already.
func (r *request) personName(e lms.Enrolment) string {
	names, err := r.School().People.Names(r.Ctx(), []lms.PersonID{e.Person})
	if err != nil || names[e.Person] == "" {
		return e.Name
	}
	return names[e.Person]
}

// movePeople moves the people who were ticked, all whom the order means, or everybody for whom that is harmless.
func movePeople(r *request) error {
	o := r.moveOrder(r.Form)
	o.Named = ""
	switch r.Form("azione") {
	case "tutti":
		o.From, o.Organisation, o.Everybody = 0, "", true
	case "tutte":
	default:
		o.Only = []lms.EnrolmentID{}
		for _, id := range r.C.Request().PostArgs().PeekMulti("scelta") {
			o.Only = append(o.Only, lms.EnrolmentID(id))
		}
		if len(o.Only) == 0 {
			r.C.Status(fiber.StatusUnprocessableEntity)
			return r.movePage(o, r.T("move.none"))
		}
	}
	got, err := r.School().Learning.Move(r.Ctx(), r.Actor, o)
	switch {
	case err != nil:
		return err
	case len(got.Failed) > 0:
		r.Log().Error("people not moved", "course", o.Course, "count", len(got.Failed), "err", anyOf(got.Failed))
	}
	switch {
	case got.Batch.ID == "":
		return r.Done(editionsHref(o.Course), "moved-nobody")
	case len(got.Failed) > 0:
		return r.Done(batchHref(got.Batch), "moved-partly")
	}
	return r.Done(batchHref(got.Batch), "moved")
}

// anyOf is one of several errors, for the log.
func anyOf(errs map[lms.EnrolmentID]error) error {
	for _, err := range errs {
		return err
	}
	return nil
}

// showBatch shows who was moved, or what became of taking that back.
func showBatch(r *request) error {
	b, err := r.School().Learning.Batch(r.Ctx(), r.Actor, r.slug(), lms.BatchID(r.Param("batch")), r.Page())
	if err != nil {
		return err
	}
	if !b.Undone.IsZero() && r.Query("esito") != "" { // who goes back to what was said of the move
		return r.See(batchHref(b.Batch))
	}
	head, err := r.School().Library.Find(r.Ctx(), b.Course)
	if err != nil {
		return err
	}
	r.Path = batchHref(b.Batch)
	p := &MovedPage{Course: r.courseCrumb(head), To: b.To, At: b.At, People: b.People, Everybody: b.Organisation == "", More: front.More(r.Path+"?", b.Next), Undone: r.undone(b)}
	if !b.Late && b.People > 0 && (p.Undone == nil || b.Failed > 0) {
		p.Undo = r.Path + "/annulla"
	}
	for _, st := range b.Standings {
		row := r.EnrolmentRow(st)
		row.Person = r.personName(st.Enrolment)
		p.Rows = append(p.Rows, row)
	}
	p.NoIndex = true
	title := r.T("moved.title", "Number", b.To)
	p.Crumbs = r.editionCrumbs(p.Course, b.Course, title)
	return r.Show("edition_moved", title+" – "+p.Course.Label, p)
}

// undone says what became of taking a move back; nil when nobody did.
func (r *request) undone(b lms.MovedPeople) *UndoneView {
	if b.Undone.IsZero() {
		return nil
	}
	v := &UndoneView{Back: b.Back, Failed: b.Failed}
	for _, reason := range []lms.Stay{lms.StayCompleted, lms.StayBegun, lms.StayMoved} {
		ids := b.Stays[reason]
		stay := StayView{Reason: string(reason), Count: len(ids)}
		if b.Organisation == "" {
			ids = nil // an author does not see people
		}
		for _, id := range ids[:min(len(ids), front.PageSize)] {
			if st, err := r.School().Learning.Standing(r.Ctx(), r.Actor, id); err == nil { // who was erased since has no name
				stay.Names = append(stay.Names, r.personName(st.Enrolment))
			}
		}
		if stay.Count > 0 {
			v.Stays = append(v.Stays, stay)
		}
	}
	return v
}

// undoMove takes a move back; its page then says who stays, and why.
func undoMove(r *request) error {
	got, err := r.School().Learning.UndoMove(r.Ctx(), r.Actor, r.slug(), lms.BatchID(r.Param("batch")))
	if err != nil {
		return err
	}
	if len(got.Failed) > 0 {
		r.Log().Error("people not moved back", "course", got.Batch.Course, "count", len(got.Failed), "err", anyOf(got.Failed))
	}
	return r.See(batchHref(got.Batch))
}
