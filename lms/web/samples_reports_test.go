package web

import (
	"aulacomune/lms"
	"aulacomune/lms/web/front"
	"aulacomune/lms/web/reports"
)

// sampleReports are the pages of how an ente is doing, with content.
func sampleReports(f front.Frame) map[string]any {
	f.Path = "/rapporti"
	f.Menu, f.Desk = frameOf(f.Path, lms.Referent).Menu, frameOf(f.Path, lms.Referent).Desk
	orgs := []front.Option{{Value: "valli", Label: "Unione delle Valli"}, {Value: "fontechiara", Label: "Comune di Fontechiara"}}
	rows := []reports.CountRow{{Href: "/r", Name: "Smart working. Contesto e leve progettuali", Enrolled: 120, Started: 96, Completed: 61, Certified: 61, Percent: 50}, {Href: "/r", Name: "Documenti accessibili", Enrolled: 4}}
	return map[string]any{
		"reports":   &reports.SummaryPage{Frame: f, Organisation: "valli", Name: "Unione delle Valli", Organisations: orgs, Total: rows[0], Courses: rows, Enti: rows, Kinds: []front.Option{{Value: "/k", Label: "Chi è in ritardo"}}, Views: []reports.ViewRow{{Href: "/v", Name: "Ritardi dell’Unione", Often: "weekly", Discard: "/v/togli"}}},
		"reports-2": &reports.SummaryPage{Frame: f, Organisation: "fontechiara", Name: "Comune di Fontechiara", Organisations: orgs[:1]},
		"report": &reports.ReportPage{Frame: f, Kind: "late", Href: "/rapporti/late", Query: "ente=valli", Organisation: "valli", Organisations: orgs, Courses: orgs, From: "2026-01-01", Columns: []string{"Cognome", "Nome", "Ente", "Corso", "Avanzamento", "Da fare entro"}, Numeric: []bool{false, false, false, false, true, false},
			Rows: [][]string{{"De Gasperi", "Maria Antonietta", "Comune di Fontechiara", "Smart working. Contesto e leve progettuali", "40 %", "31/03/2026"}, {"Bianchi", "Chiara", "Unione delle Valli", "Documenti accessibili", "0 %", "15/04/2026"}}, More: "/m", Mails: true},
		"report-2": &reports.ReportPage{Frame: f, Kind: "progress", Href: "/rapporti/progress", Organisation: "valli", Organisations: orgs, Courses: orgs, States: orgs, From: "ieri", Errors: map[string]string{"dal": "Scrivi un giorno.", "name": "Dai un nome alla vista."}, Problem: "Controlla i campi segnati."},
	}
}
