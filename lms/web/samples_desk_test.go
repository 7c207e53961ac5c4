package web

import (
	"aulacomune/lms"
	"aulacomune/lms/web/desk"
	"aulacomune/lms/web/front"
)

// sampleDesk is the first page of the staff's desk, with what waits and without.
func sampleDesk(f front.Frame) map[string]any {
	as := func(address string, role lms.Role) front.Frame {
		g := f
		g.Path, g.Menu, g.Desk = address, frameOf(address, role).Menu, frameOf(address, role).Desk
		return g
	}
	start := as("/amministrazione/da-fare", lms.Administrator)
	return map[string]any{
		"desk": &desk.DeskPage{Frame: start, Waiting: []front.Waiting{
			{Label: "richieste aspettano la tua risposta", Icon: "users", Href: "/r", Count: 3}, {Label: "attività da convalidare", Icon: "clock", Href: "/c", Count: 12},
			{Label: "persona chiede di entrare", Icon: "user", Href: "/p", Count: 1}, {Label: "lettere non partite", Icon: "mail", Href: "/l", Count: 128}, {Label: "attestato da rilasciare", Icon: "certificate", Href: "/a", Count: 1},
		}},
		"desk-2": &desk.DeskPage{Frame: as("/amministrazione/da-fare", lms.Manager)},
		"desk_pending": &desk.PendingPage{Frame: as("/amministrazione/da-fare/attestati", lms.Administrator), Rows: []desk.PendingRow{
			{Person: "De Gasperi Maria Antonietta", PersonHref: "/p", Ente: "Comune di Fontechiara", Course: "Smart working: contesto e leve progettuali", Completed: "2 marzo 2026", Issue: "/i"}, {PersonHref: "/q", Course: "Documenti accessibili", Completed: "3 marzo 2026", Issue: "/j"},
		}},
		"desk_pending-2": &desk.PendingPage{Frame: as("/amministrazione/da-fare/attestati", lms.Administrator)},
	}
}
