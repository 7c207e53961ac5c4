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
	years := []front.Option{{Value: "", Label: "Quest’anno (2026)"}, {Value: "2025", Label: "2025"}}
	rows := []reports.CountRow{{Href: "/r", Name: "Smart working. Contesto e leve progettuali", Enrolled: 120, Started: 96, Completed: 61, Certified: 61, Percent: 50}, {Href: "/r", Name: "Documenti accessibili", Enrolled: 4}}
	kinds := []reports.KindRow{{Href: "/k", Name: "Avanzamento nei corsi", Lead: "A che punto è ognuno in ogni corso: esiti e date, mai gli orari."}, {Href: "/k", Name: "Chi è in ritardo", Lead: "Chi doveva completare un corso e non l’ha ancora fatto."}, {Href: "/k", Name: "Ore per ente", Lead: "Quante ore hanno fatto nell’anno le persone di ogni ente."}}
	return map[string]any{
		"reports":   &reports.SummaryPage{Frame: f, Organisation: "valli", Name: "Unione delle Valli", Organisations: orgs, Total: rows[0], Courses: rows, Enti: rows, Kinds: kinds, Views: []reports.ViewRow{{Href: "/v", Name: "Ritardi dell’Unione", Often: "weekly", Discard: "/v/togli", What: "Chi è in ritardo · Unione delle Valli"}, {Href: "/v", Name: "Ore", Discard: "/w/togli", What: "Ore per persona · Comune di Fontechiara"}}},
		"reports-2": &reports.SummaryPage{Frame: f, Organisation: "fontechiara", Name: "Comune di Fontechiara", Organisations: orgs[:1], Kinds: kinds},
		"report": &reports.ReportPage{Frame: f, Kind: "late", Href: "/rapporti/late", Query: "ente=valli", Filter: reports.Filter{Organisation: "valli", Organisations: orgs, Courses: orgs, From: "2026-01-01", Days: true}, Narrowed: []string{"Ente: Unione delle Valli"},
			Columns: []string{"Cognome", "Nome", "Ente", "Ufficio", "Corso", "Avanzamento", "Da fare entro"}, Numeric: []bool{false, false, false, false, false, true, false},
			Rows: [][]string{{"De Gasperi", "Maria Antonietta", "Comune di Fontechiara", "Anagrafe", "Smart working. Contesto e leve progettuali", "40 %", "31/03/2026"}, {"Bianchi", "Chiara", "Unione delle Valli", "", "Documenti accessibili", "0 %", "15/04/2026"}}, More: "/m", Mails: true},
		"report-2": &reports.ReportPage{Frame: f, Kind: "progress", Href: "/rapporti/progress", Filter: reports.Filter{Organisation: "valli", Organisations: orgs, Courses: orgs, States: orgs, From: "ieri", Days: true, Problem: "Controlla i campi segnati.", Errors: map[string]string{"dal": "Scrivi un giorno."}},
			Keep: reports.KeepForm{Often: "monthly", Problem: "Controlla i campi segnati.", Errors: map[string]string{"name": "Dai un nome alla vista."}}, Mails: true},
		"report-3": &reports.ReportPage{Frame: f, Kind: "hours", Href: "/rapporti/hours", Filter: reports.Filter{Organisation: "valli", Organisations: orgs, Years: years}, Narrowed: []string{"Ente: Unione delle Valli", "Anno: Quest’anno (2026)"},
			Columns: []string{"Cognome", "Nome", "Ente", "Ufficio", "Categoria", "Anno", "Ore chieste", "E-learning", "Webinar", "Laboratorio", "Formazione esterna", "Ore fatte", "Ore che contano", "Ore mancanti", "Percentuale"},
			Numeric: []bool{false, false, false, false, false, true, true, true, true, true, true, true, true, true, true},
			Rows:    [][]string{{"De Gasperi", "Maria Antonietta", "Comune di Fontechiara", "Anagrafe e stato civile", "Funzionario", "2026", "40:00", "12:30", "4:00", "0:00", "8:00", "24:30", "24:30", "15:30", "61 %"}, {"Bianchi", "Chiara", "Unione delle Valli", "", "Dirigente", "2026", "40:00", "0:00", "0:00", "0:00", "0:00", "0:00", "0:00", "40:00", "0 %"}}},
		"report-4": &reports.ReportPage{Frame: f, Kind: "hours-area", Href: "/rapporti/hours-area", Filter: reports.Filter{Organisation: "valli", Organisations: orgs, Years: years, Year: "2025"}, Beside: true,
			Chart:   front.NewChart("Grafico: Ore per area. I dati sono nella tabella accanto.", []front.Amount{{Name: "Leadership e competenze trasversali per i piccoli comuni", Size: 6000, Value: "100:00"}, {Name: "Transizione digitale", Size: 3570, Value: "59:30"}, {Name: "Senza area", Size: 40, Value: "0:40"}}),
			Columns: []string{"Area", "Persone", "Ore fatte", "Ore per persona", "Parte del totale"}, Numeric: []bool{false, true, true, true, true},
			Rows: [][]string{{"Leadership e competenze trasversali per i piccoli comuni", "20", "100:00", "5:00", "62 %"}, {"Transizione digitale", "12", "59:30", "4:57", "37 %"}, {"Senza area", "1", "0:40", "0:40", "0 %"}}},
		"report-5": &reports.ReportPage{Frame: f, Kind: "hours-ente", Href: "/rapporti/hours-ente", Filter: reports.Filter{Organisation: "valli", Organisations: orgs, Years: years},
			Chart:   front.NewChart("Grafico: Ore per ente. I dati sono nella tabella accanto.", []front.Amount{{Name: "Comune di Fontechiara", Size: 11910, Value: "198:30"}, {Name: "Unione delle Valli", Size: 5280, Value: "88:00"}}),
			Columns: []string{"Ente", "Persone", "Con almeno un’attività", "Obiettivo raggiunto", "Ore chieste", "Ore fatte", "Ore che contano", "Ore per persona", "Percentuale", "Nota"}, Numeric: []bool{false, true, true, true, true, true, true, true, true, false},
			Rows: [][]string{{"Comune di Fontechiara", "12", "10", "3", "480:00", "198:30", "190:00", "16:32", "39 %", ""}, {"Unione delle Valli", "6", "5", "0", "240:00", "88:00", "88:00", "14:40", "36 %", ""}, {"Comune di Sassobello", "", "", "", "", "", "", "", "", "Non si mostra, per riservatezza"}}, Withheld: true},
		"report-6": &reports.ReportPage{Frame: f, Kind: "cohort", Href: "/rapporti/cohort", Filter: reports.Filter{Organisation: "valli", Organisations: orgs, Courses: orgs, Cohorts: orgs, States: orgs, Days: true}, Empty: "Nessuno dell’ente è in un’edizione."},
	}
}
