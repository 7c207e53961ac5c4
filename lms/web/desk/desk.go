// Package desk is the first page of the staff's desk: what waits for the reader, counted by the rooms that know, and where everything is.
package desk

import (
	"embed"

	"aulacomune/lms"
	"aulacomune/lms/web/front"
)

//go:embed templates
var templateFiles embed.FS

// The addresses of these pages.
const (
	here    = "/amministrazione/da-fare"
	pending = "/amministrazione/da-fare/attestati"
)

// DeskPage is desk.html: what waits for the reader.
type DeskPage struct {
	front.Frame
	Waiting []front.Waiting
}

// PendingRow is a completed course whose certificate is still to be issued.
type PendingRow struct {
	Person, PersonHref, Ente, Course string
	Completed                        string // a day, in words
	Issue                            string // form action
}

// PendingPage is desk_pending.html: certificates that could not be issued yet.
type PendingPage struct {
	front.Frame
	Rows []PendingRow
}

// Room is these pages as the front takes them in.
func Room() front.Room {
	return front.Room{
		Name: "lms/web/desk", Templates: templateFiles, Routes: routes(),
		Desk:  []front.Section{{Label: "desk.group.start", Address: here, Who: front.Leader, Place: 0, Group: front.Start}},
		Waits: []front.Wait{{Label: "wait.certificates", Icon: "certificate", Address: pending, Who: front.Admin, Place: 50, Count: countPending}},
	}
}

func show(r *front.Request) (err error) {
	page := &DeskPage{}
	if page.Waiting, err = r.Waiting(); err != nil {
		return err
	}
	page.NoIndex = true
	page.Crumbs = r.Crumbs(front.Crumb{Label: r.T("nav.admin")})
	return r.Show("desk", r.T("desk.title"), page)
}

// countPending counts the certificates that wait to be issued.
func countPending(r *front.Request) (int, error) {
	found, err := r.School().Learning.Pending(r.Ctx(), r.Actor)
	return len(found), err
}

func showPending(r *front.Request) error {
	found, err := r.School().Learning.Pending(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	var ids []lms.PersonID
	for _, e := range found {
		ids = append(ids, e.Person)
	}
	names, err := r.School().People.Names(r.Ctx(), ids)
	if err != nil {
		return err
	}
	page := &PendingPage{}
	for _, e := range found {
		_, content, err := r.School().Library.Shown(r.Ctx(), e.Course)
		if err != nil && !lms.Is(err, lms.NotFound) {
			return err
		}
		page.Rows = append(page.Rows, PendingRow{
			Person: names[e.Person], PersonHref: front.PersonHref(e.Person), Ente: e.Member.Name, Course: content.Title, Completed: r.Words().Date(e.Completed),
			Issue: "/amministrazione/iscrizioni/" + string(e.ID) + "/attestato",
		})
	}
	page.NoIndex = true
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("desk.pending")})
	return r.Show("desk_pending", r.T("desk.pending"), page)
}
