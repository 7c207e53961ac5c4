package web

import (
	"time"

	"aulacomune/lms"
	"aulacomune/lms/web/front"
	"aulacomune/lms/web/hours"
)

// sampleHours are the pages of the ledger with content.
func sampleHours(f front.Frame, at time.Time) map[string]any {
	as := func(address string) front.Frame {
		g := f
		g.Path = address
		g.Menu, g.Desk = frameOf(address, lms.Referent).Menu, frameOf(address, lms.Referent).Desk
		return g
	}
	orgs := []front.Option{{Value: "valli", Label: "Unione delle Valli"}, {Value: "fontechiara", Label: "Comune di Fontechiara"}}
	areas := []front.Option{{Value: "", Label: "Senza area"}, {Value: "digitale", Label: "Transizione digitale"}, {Value: "trasversali", Label: "Leadership e competenze trasversali"}}
	files := []front.Crumb{{Label: "PDF", Href: "/a.pdf"}, {Label: "Excel (XLSX)", Href: "/a.xlsx"}, {Label: "CSV", Href: "/a.csv"}}
	rows := []hours.HoursRow{
		{Title: "Smart working: contesto e leve progettuali per il cambiamento organizzativo delle PA", Provider: "ANCI Demo", Kind: "E-learning", Area: "Transizione digitale", Outcome: "Superamento della prova finale", Hours: "2:57", From: at.AddDate(0, -1, 0), To: at, Evidence: "Attestato 7K4M-9QXR-2BHT", EvidenceHref: "/v"},
		{Title: "Appalti", Provider: "Università di Torino", Kind: "Formazione esterna", Area: "Senza area", Outcome: "Partecipazione", Hours: "8:00", To: at, Evidence: "Attestato allegato", EvidenceHref: "/a", Corrected: "la pausa pranzo non conta", Correct: "/c"},
		{Title: "Un webinar", Provider: "ANCI Demo", Kind: "Webinar", Area: "Senza area", Outcome: "Partecipazione", Hours: "0:00", To: at, Corrected: "era di un’altra persona", Struck: true},
	}
	ahead := []hours.AheadRow{{Title: "Documenti accessibili", Href: "/corsi/a", Area: "Transizione digitale", Hours: "1:20"}, {Title: "Leadership e competenze trasversali", Area: "Leadership e competenze trasversali", Hours: "10:00", Due: at, Planned: true, Line: "x"}}
	claims := []hours.ClaimRow{
		{Title: "Corso di diritto amministrativo", Provider: "Università", Person: "Chiara Bianchi", Hours: "12:00", Declared: "12:00", State: "In attesa di convalida", To: at, Since: at, File: "/f", Withdraw: "/w", Href: "/h", Waiting: true},
		{Title: "Corso di cucina", Provider: "Pro loco", Person: "Chiara Bianchi", Hours: "3:00", Declared: "3:00", State: "Non riconosciuta", Reason: "non riguarda il lavoro dell’ente", From: at.AddDate(0, 0, -1), To: at, Since: at, File: "/f"},
	}
	year := hours.YearPage{
		Frame: as("/ore"), Heading: "Le tue ore", Year: 2026, Before: "/ore?anno=2025", Mine: true, Member: "Comune di Fontechiara · Tributi · funzionario", Percent: 27, Done: "10 ore e 57 minuti", Target: "40 ore",
		Counted: "10 ore", Missing: "30 ore", Forecast: "22 ore", Capped: true, Areas: []hours.ShareRow{{Name: "Senza area", Hours: "8:00", Percent: 100}, {Name: "Transizione digitale", Hours: "2:57", Percent: 36}},
		Kinds: []hours.ShareRow{{Name: "E-learning", Hours: "2:57", Percent: 100}}, Rows: rows, Ahead: ahead, Claims: claims, Files: files, Action: "/ore",
	}
	of := year
	of.Frame, of.Heading, of.Mine, of.Files, of.After, of.Reached, of.Capped, of.Action = as("/ore/persone"), "Chiara Bianchi", false, nil, "/x", true, false, "/ore/persone/x"
	of.Plan = &hours.PlanForm{Values: map[string]string{"minutes": "dieci"}, Errors: map[string]string{"minutes": "Scrivi le ore come 4:30."}, Problem: "Controlla i campi segnati.", Areas: areas, Courses: []front.Option{{Value: "", Label: "Nessun corso"}, {Value: "a", Label: "Documenti accessibili"}}, Lines: ahead[1:]}
	of.Terms = &hours.TermsForm{Values: map[string]string{"share": "150"}, Errors: map[string]string{"share": "Un numero da 1 a 100."}}
	empty := hours.YearPage{Frame: as("/ore"), Heading: "Le tue ore", Year: 2026, Before: "/x", Mine: true, Done: "0 minuti", Target: "40 ore", Missing: "40 ore", Action: "/ore"}
	table := func(id, caption string, simple bool) hours.SumTable {
		return hours.SumTable{
			ID: id, Caption: caption, First: "Nome", Who: "Persone", Simple: simple,
			Rows:  []hours.SumRow{{Name: "Anagrafe", People: 12, Active: 10, Reached: 3, Percent: 41, Hours: "198:30", Average: "16:32", Asked: "480:00"}, {Name: "Tributi", Href: "/t", People: 6, Hours: "88:00", Average: "14:40"}, {Name: "Segreteria", Hidden: true}},
			Chart: front.NewChart("Grafico: ore svolte, per ufficio. I dati sono nella tabella che segue.", []front.Amount{{Name: "Anagrafe, stato civile ed elettorale con protocollo", Size: 11910, Value: "198:30"}, {Name: "Tributi", Size: 5280, Value: "88:00"}}),
		}
	}
	total := hours.SumRow{Name: "Unione delle Valli", People: 58, Active: 40, Reached: 12, Percent: 44, Hours: "1020:00", Average: "17:35", Asked: "2320:00"}
	return map[string]any{
		"hours":         &year,
		"hours-2":       &of,
		"hours-3":       &empty,
		"hours_claim":   &hours.ClaimFormPage{Frame: as("/ore/dichiara"), Values: map[string]string{"title": "Un corso"}, Errors: map[string]string{"file": "Scegli un file.", "provider": "Questo campo serve."}, Problem: "Controlla i campi segnati.", Areas: areas, Kinds: orgs, Outcomes: orgs},
		"hours_claim-2": &hours.ClaimFormPage{Frame: as("/ore/dichiara"), Values: map[string]string{"title": "Un corso"}, Problem: "Hai già dichiarato questo attestato.", SameHref: "/ore?anno=2026#dichiarate", Areas: areas, Kinds: orgs, Outcomes: orgs},
		"hours_queue":   &hours.QueuePage{Frame: as("/amministrazione/ore/convalida"), Organisation: "valli", Organisations: orgs, Rows: claims, More: "/m"},
		"hours_queue-2": &hours.QueuePage{Frame: as("/amministrazione/ore/convalida"), Organisation: "valli", Organisations: orgs[:1]},
		"hours_decide": &hours.DecidePage{Frame: as("/amministrazione/ore/convalida"), Claim: claims[0], Member: "Comune di Fontechiara", Kind: "In aula, presso altri", Area: "Senza area", Outcome: "Partecipazione", Size: "48 KB", Areas: areas, Values: map[string]string{"minutes": "10:00"},
			Errors: map[string]string{"reason": "Scrivi il motivo, da 10 a 500 caratteri: lo legge la persona."}, Problem: "Controlla i campi segnati.", Action: "/d", PersonHref: "/p", Alike: claims},
		"hours_decide-2": &hours.DecidePage{Frame: as("/amministrazione/ore/convalida"), Claim: claims[1], Member: "Comune di Fontechiara", Kind: "In aula, presso altri", Area: "Senza area", Outcome: "Partecipazione", Size: "48 KB"},
		"hours_decide-3": &hours.DecidePage{Frame: as("/amministrazione/ore/convalida"), Claim: claims[0], Member: "Comune di Fontechiara", Kind: "Webinar", Area: "Senza area", Outcome: "Partecipazione", Size: "48 KB", Own: true},
		"hours_correct":  &hours.CorrectPage{Frame: as("/ore/persone"), Row: rows[1], Person: "Chiara Bianchi", Values: map[string]string{"minutes": "8:00"}, Errors: map[string]string{"reason": "Scrivi il motivo."}, Problem: "Controlla i campi segnati.", Areas: areas, Outcomes: orgs, Action: "/c", Back: "/b"},
		"hours_people": &hours.PeoplePage{Frame: as("/ore/persone"), Organisation: "valli", Organisations: orgs, Manager: true, Capped: true, Year: 2026, Before: "/b", After: "/a", More: "/m", Files: files,
			Rows: []hours.PersonRow{{Name: "Bianchi Chiara", Href: "/p", Office: "Tributi", Done: "10:57", Asked: "40:00", Missing: "29:03", Forecast: "22:00", Percent: 27, Counted: "10:00"}, {Name: "Rossi Ada", Href: "/q", Done: "41:00", Asked: "40:00", Missing: "0:00", Forecast: "41:00", Percent: 100, Reached: true, Enough: true}}},
		"hours_people-2": &hours.PeoplePage{Frame: as("/ore/persone"), Year: 2026, Before: "/b"},
		"hours_ente": &hours.EntePage{Frame: as("/amministrazione/ore"), Heading: "Unione delle Valli", Organisation: "valli", Organisations: orgs, Year: 2026, Before: "/b", Total: total, Percent: 44, Counted: at, Files: files, Waiting: 3, Areas: true,
			Tables: []hours.SumTable{table("offices", "Per ufficio", false), table("areas", "Per area", true)}},
		"hours_ente-2": &hours.EntePage{Frame: as("/ore/confronto"), Heading: "ANCI Demo", Organisation: "anci", Organisations: orgs[:1], Year: 2026, Before: "/b", After: "/a", Total: hours.SumRow{Hidden: true}, Limited: true, Withheld: true, Tables: []hours.SumTable{table("enti", "Per ente", true)}},
		"hours_policy": &hours.PolicyPage{Frame: as("/amministrazione/ore/regole"), Organisation: "valli", Organisations: orgs, Now: hours.PolicyRow{From: at, Hours: "40 ore", More: []string{"Chi lavora a tempo parziale: in proporzione"}}, Inherited: true, People: 34, Items: []hours.PolicyRow{{From: at, To: at, Hours: "50 ore", Note: "Delibera 12/2026"}}, Values: map[string]string{"minutes": "40:00", "part_time": "1"}, Errors: map[string]string{"from": "Scrivi una data.", "most": "Scrivi le ore."}, Problem: "Controlla i campi segnati.", Categories: []front.Option{{Value: "dirigente", Label: "dirigente"}}, Kinds: []front.Option{{Value: "external", Label: "Formazione esterna"}}},
		"hours_areas":  &hours.AreasPage{Frame: as("/amministrazione/ore/aree"), Root: "anci", Name: "ANCI Demo", Options: areas, Areas: []hours.AreaRow{{ID: "digitale", Name: "Transizione digitale", English: "Digital transition"}, {ID: "vecchia", Name: "Vecchia", Retired: true}}, Courses: []hours.CourseRow{{Slug: "smart-working", Title: "Smart working", Area: "digitale"}}, Values: map[string]string{}, Errors: map[string]string{"name": "Questo campo serve."}, Problem: "Controlla i campi segnati."},
	}
}
