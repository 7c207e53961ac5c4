package web

import (
	"time"

	"aulacomune/lms"
	"aulacomune/lms/web/audience"
	"aulacomune/lms/web/cohorts"
	"aulacomune/lms/web/front"
)

// sampleCohorts are the pages of cohorts and requests with content.
func sampleCohorts(f front.Frame, at time.Time) map[string]any {
	own, desk := f, f
	own.Path, desk.Path = "/edizioni", "/amministrazione/edizioni"
	own.Menu, desk.Menu, desk.Desk = frameOf(own.Path, lms.Manager).Menu, frameOf(desk.Path, lms.Referent).Menu, frameOf(desk.Path, lms.Referent).Desk
	tabs := []front.Entry{{Href: "/edizioni", Label: "Edizioni", Current: "page"}, {Href: "/richieste", Label: "Richieste"}, {Href: "/sostituti", Label: "Sostituti"}}
	open := cohorts.Card{Href: "/c", Title: "Primavera 2026", Course: "Smart working: contesto e leve progettuali per il cambiamento organizzativo", CourseHref: "/corsi/x", Owner: "Unione delle Valli", Dates: "dal 10 marzo 2026 al 20 aprile 2026", Seats: "18 posti presi su 20, 0 in attesa", Window: "fino al 5 marzo 2026", Now: "open"}
	mine, outside := open, open
	mine.Mine, outside.Why = "Sei in lista d’attesa: numero 3.", "Questa edizione è riservata ad altri enti, categorie o gruppi."
	orgs := []front.Option{{Value: "valli", Label: "Unione delle Valli"}, {Value: "fontechiara", Label: "Comune di Fontechiara"}}
	row := cohorts.RequestRow{Href: "/r", Person: "Chiara Bianchi", Title: "Primavera 2026", Course: "Smart working", State: "waiting", For: "Mara Ferri", At: at, Waits: "di Mara Ferri, Rita Prova e un’altra persona, dal 2 marzo 2026"}
	history := []cohorts.HistoryRow{{At: at, Text: "Chiara Bianchi ha fatto richiesta."}, {At: at, Text: "Mara Ferri non ha accolto la richiesta.", Reason: "In quei giorni c’è il censimento."}}
	wrong := map[string]string{"login": "Scrivi il nome utente.", "reason": "Questo campo serve.", "why": "Questo campo serve.", "code": "Il codice di accesso non è questo.", "ways": "Questo campo serve.", "remind": "Il promemoria va prima della scadenza."}
	checks := []cohorts.Check{{Name: "way_free", Label: "Liberamente", On: true}, {Name: "way_request", Label: "Su richiesta"}}
	people := []cohorts.PersonRow{{ID: "a", Name: "Bianchi Chiara", Organisation: "Comune di Fontechiara", Place: "ha un posto", Percent: 40, Enrolled: true, In: true}, {ID: "b", Name: "De Gasperi Maria", Organisation: "Unione delle Valli", Place: "tolta"}}
	return map[string]any{
		"cohorts":         &cohorts.CohortsPage{Frame: own, Tabs: tabs, Mine: []cohorts.Card{mine}, Others: []cohorts.Card{open, outside}},
		"cohorts-2":       &cohorts.CohortsPage{Frame: own, Tabs: tabs, Course: "Smart working"},
		"cohort":          &cohorts.CohortPage{Frame: own, Card: open, Requires: []front.Crumb{{Label: "Documenti accessibili", Href: "/corsi/y"}}, Instructors: []string{"Ivo Prova", "Ada Neri"}, Free: true, ByCode: true, ByRequest: true, Keep: "/k", Problem: "Controlla i campi segnati.", Errors: wrong},
		"cohort-2":        &cohorts.CohortPage{Frame: own, Card: mine, Leave: true, Asked: "/r", Waits: "di Mara Ferri, dal 2 marzo 2026"},
		"cohort-3":        &cohorts.CohortPage{Frame: own, Card: outside},
		"requests":        &cohorts.RequestsPage{Frame: own, Tabs: tabs, Queue: []cohorts.RequestRow{row}, Mine: []cohorts.RequestRow{row}},
		"requests-2":      &cohorts.RequestsPage{Frame: own, Tabs: tabs},
		"request":         &cohorts.RequestPage{Frame: own, Row: row, Ente: "Comune di Fontechiara", Why: "Mi serve per il progetto\ndel mio ufficio.", Deadline: "Se nessuno risponde entro il 16 marzo 2026, la richiesta scade.", Waits: &cohorts.WaitView{Step: "passo 1 di 2, accordo del responsabile", People: []string{"Mara Ferri (Responsabile)", "Rita Prova (ha l’incarico)"}, Since: at}, History: history, Decide: "/d", Reader: "Mara Ferri", Problem: "Controlla i campi segnati.", Errors: wrong},
		"request-2":       &cohorts.RequestPage{Frame: own, Row: row, Ente: "Comune di Fontechiara", Why: "Mi serve.", History: history[:1], Waits: &cohorts.WaitView{Step: "accordo dell’ufficio personale", Since: at}, Withdraw: "/w", Appoint: "/a", Errors: wrong},
		"deputies":        &cohorts.DeputiesPage{Frame: own, Tabs: tabs, Rows: []cohorts.DeputyRow{{Of: "Mara Ferri", Acting: "Chiara Bianchi", From: "2 marzo 2026", Until: "20 marzo 2026", End: "/e"}}, Problem: "Controlla i campi segnati.", Errors: wrong},
		"deputies-2":      &cohorts.DeputiesPage{Frame: own, Tabs: tabs},
		"kept_cohorts":    &cohorts.KeptPage{Frame: desk, Cohorts: []cohorts.Card{open, mine}},
		"kept_cohorts-2":  &cohorts.KeptPage{Frame: desk},
		"cohort_form":     &cohorts.CohortFormPage{Frame: desk, New: true, Courses: orgs, Organisations: orgs, Ways: checks, Audience: sampleAudience(), Requires: []audience.Choice{{Name: "requires", Value: "x", Label: "Documenti accessibili", On: true}, {Name: "requires", Value: "y", Label: "Smart working: contesto e leve progettuali"}}, Steps: []front.Option{{Value: "", Label: "Nessuno"}}, Problem: "Controlla i campi segnati.", Errors: wrong},
		"cohort_form-2":   &cohorts.CohortFormPage{Frame: desk, Values: map[string]string{"title": "Primavera", "reserved": "si"}, Ways: checks, Steps: []front.Option{{Value: "", Label: "Nessuno"}}},
		"cohort_people":   &cohorts.CohortPeoplePage{Frame: desk, Card: open, Base: "/b", Code: "monte rosa", Rows: people, Others: orgs, Groups: orgs, More: "/m", Problem: "Controlla i campi segnati.", Errors: wrong},
		"cohort_people-2": &cohorts.CohortPeoplePage{Frame: desk, Card: open, Base: "/b", Draft: true},
		"cohort_people-3": &cohorts.CohortPeoplePage{Frame: desk, Card: open, Base: "/b", Over: true, Rows: people[:1]},
		"cohort_people-4": &cohorts.CohortPeoplePage{Frame: desk, Card: open, Base: "/b", Shut: true},
		"kept_requests":   &cohorts.KeptRequestsPage{Frame: desk, Organisation: "valli", Organisations: orgs, State: "waiting", States: []front.Option{{Value: "waiting", Label: "in attesa"}}, Rows: []cohorts.RequestRow{row}, More: "/m", Rules: []front.Option{{Value: "expired", Label: "La richiesta scade"}}, Values: map[string]string{"remind": "3", "silence": "14", "rule": "expired"}, Inherited: true, Problem: "Controlla i campi segnati.", Errors: wrong},
		"kept_requests-2": &cohorts.KeptRequestsPage{Frame: desk, Organisation: "valli", Organisations: orgs[:1], States: []front.Option{{Value: "waiting", Label: "in attesa"}}, Rules: []front.Option{{Value: "expired", Label: "La richiesta scade"}}},
	}
}
