package web

import (
	"time"

	"aulacomune/lms"
	"aulacomune/lms/web/front"
	"aulacomune/lms/web/organiser"
)

// sampleOrganiser are the pages of webinars with content, as who keeps them sees them.
func sampleOrganiser(f front.Frame, at time.Time) map[string]any {
	f.Path = "/amministrazione/webinar"
	f.Menu, f.Desk = frameOf(f.Path, lms.Referent).Menu, frameOf(f.Path, lms.Referent).Desk
	when := organiser.When{Words: "mercoledì 4 marzo 2026, dalle 10:00 alle 12:00 (ora italiana)", ISO: "2026-03-04T09:00:00Z"}
	head := func(page, state string) organiser.Head {
		return organiser.Head{Page: page, Title: "Lavoro agile nei piccoli comuni: contesto, leve, esperienze", State: state, When: when, Tabs: []front.Entry{{Href: "/w", Label: "Scheda"}, {Href: "/p", Label: "Persone", Current: "page"}, {Href: "/a", Label: "Presenze"}, {Href: "/e", Label: "Esiti"}, {Href: "/r", Label: "Rapporto"}}}
	}
	orgs := []front.Option{{Value: "valli", Label: "Unione delle Valli"}, {Value: "fontechiara", Label: "Comune di Fontechiara"}}
	wrong := map[string]string{"starts": "Quest’ora non esiste: in quella notte gli orologi vanno avanti di un’ora.", "ends": "La fine deve venire dopo l’inizio.", "link": "Il collegamento deve iniziare con https://.", "title": "Questo campo serve.", "ways": "Questo campo serve.", "speakers": "È troppo lungo.", "questions": "È troppo lungo.", "reason": "Questo campo serve.", "capacity": "Scrivi un numero di posti.", "login": "Nessuno ha questo nome.", "person": "Questo campo serve.", "file": "Scegli un file.", "from": "Scrivi l’ora così: 10:30.", "photo": "Questo file non è un’immagine.", "subject": "Questo campo serve.", "material": "È troppo lungo."}
	text := func(name, label, value, wrong string) front.Field {
		return front.Field{Name: name, Label: label, Value: value, Error: wrong, Type: "text", Optional: true}
	}
	speakers := []organiser.FormRow{{Legend: "Persona 1", Hidden: front.Option{Label: "speaker-0-photo", Value: "3f"}, Fields: []front.Field{text("speaker-0-name", "Nome e cognome", "Elena Guidi", ""), text("speaker-0-as", "Ruolo o ente", "", "È troppo lungo.")}}}
	asked := []organiser.FormRow{{Legend: "Domanda 1", Fields: []front.Field{text("question-0-text", "Domanda", "Lavori già da casa?", ""), {Name: "question-0-choices", Label: "Risposte", Hint: "Una per riga.", Value: "Sì\nNo", Rows: 3, Optional: true}}, Check: organiser.Check{Name: "question-0-required", Label: "Si deve rispondere", On: true}}}
	twice := []organiser.Twice{{Name: "starts_second", Legend: "L’ora di inizio c’è due volte: quale delle due?", Value: "2"}}
	ways := []organiser.Check{{Name: "way_free", Label: "Liberamente", On: true}, {Name: "way_code", Label: "Con un codice"}}
	steps, areas := []front.Option{{Label: "Nessuno"}}, []front.Option{{Label: "Senza area"}, {Value: "digitale", Label: "Transizione digitale"}}
	recording := &organiser.Recording{Studio: "/studio", Material: "/m", Captions: "18 marzo 2026"}
	late := &organiser.Recording{Material: "/m", Captions: "18 marzo 2026", Late: true}
	publish := organiser.Deed{Label: "Pubblica", Help: "La pagina diventa visibile.", Post: "/p"}
	deeds := []organiser.Deed{{Label: "Modifica", Help: "Titolo, testo, chi parla.", Href: "/m"}, publish, {Label: "Chiudi", Why: "Il webinar non è ancora finito."}}
	people := []organiser.PersonRow{{ID: "a", Name: "Chiara Bianchi", Ente: "Comune di Fontechiara", Email: "chiara.bianchi@comune.fontechiara.example", Place: "ha un posto", Way: "liberamente", Mail: "Posto in un webinar: spedita", Since: at, Remove: "/t", Answers: []organiser.Fact{{Label: "Lavori già da casa?", Value: "Sì"}}}, {ID: "b", Name: "Maria Antonietta De Gasperi", Place: "tolta", Since: at}}
	presence := []organiser.PresenceRow{{Name: "Chiara Bianchi", Ente: "Comune di Fontechiara", Place: "ha un posto", Href: "/x", Minutes: 118, Percent: 98, Enough: true, Sources: []string{"ingresso dal sito", "resoconto"}}, {Name: "Maria Antonietta De Gasperi", Place: "non iscritta", Href: "/y", Minutes: 12, Percent: 10}}
	grave := []organiser.ReportProblem{{Text: "Il report è del 9 giugno 2026, l’incontro dell’8 giugno 2026.", Grave: true}, {Text: "Manca l’uscita: conto fino alla fine dell’incontro.", Line: 14}}
	report := organiser.ReportRow{Name: "Elenco presenze Lavoro agile 08-06-2026.csv", Kind: "Microsoft Teams", By: "Rita Prova", Href: "/r", Original: "/o", At: at, Lines: 42, Matched: 38, Doubts: 3, Nobody: 1, Current: true}
	lines := []organiser.LineRow{{Name: "ROSSI MARIA (Comune di Valscura)", Email: "maria.rossi@comune.valscura.example", Spans: []string{"10:03–11:28"}, Person: "Maria Rossi", Href: "/x", Decided: "riconosciuta dal sistema", Why: []string{"stesso nome", "l’ente accanto al nome"}}, {Name: "iPhone di Beppe", Spans: []string{"10:01–10:02"}, Doubt: true}, {Name: "Ospite", Ente: "ANCI", Decided: "deciso da Rita Prova: relatrice"}}
	doubt := organiser.Doubt{Number: 1, Report: "3f", Key: "24.0", File: report.Name, Name: "iPhone di Beppe", Email: "beppe@example.org", Ente: "Fontechiara", Spans: []string{"10:01–10:02"}, Why: []string{"il nome di un telefono o di un computer"}, Candidates: []organiser.Candidate{{ID: "x", Name: "Giuseppe Bianchi", Ente: "Comune di Fontechiara", Email: "g.bianchi@comune.fontechiara.example"}, {ID: "y", Name: "Beppe Neri", Ente: "Unione delle Valli"}}, Wrong: true}
	second := doubt
	second.Number, second.Wrong, second.Candidates = 2, false, nil
	figures := []organiser.Figure{
		{ID: "brief", Title: "In breve", Columns: []string{"Voce", "Numero"}, Numeric: []bool{false, true}, Rows: [][]string{{"Iscritti con un posto", "42"}, {"Presenti", "38"}}},
		{ID: "enti", Title: "Per ente", Columns: []string{"Ente", "Iscritti", "Presenti", "Presenza sufficiente", "Ore"}, Numeric: []bool{false, true, true, true, true}, Rows: [][]string{{"Comune di Fontechiara", "12", "10", "9", "18:30"}, {"Unione delle Valli", "30", "28", "25", "52:00"}}, Chart: front.NewChart("Grafico: per ente. I dati sono nella tabella accanto.", []front.Amount{{Name: "Comune di Fontechiara", Size: 10, Value: "10"}, {Name: "Unione delle Valli", Size: 28, Value: "28"}})},
		{ID: "opinions", Title: "Questionario", Note: "12 risposte, anonime.", Columns: []string{"Affermazione", "Per niente", "Poco", "Abbastanza", "Molto", "Media"}, Numeric: []bool{false, true, true, true, true, true}, Rows: [][]string{{"I contenuti sono utili per il mio lavoro.", "0", "1", "5", "6", "3,4"}}},
		{ID: "question-1", Title: "Lavori già da casa?", Columns: []string{"Risposta", "Persone"}, Numeric: []bool{false, true}},
	}
	before := organiser.OutcomeRow{Minutes: 80, Percent: 66, At: at}
	now := organiser.OutcomeRow{Minutes: 120, Percent: 100, Enough: true, Code: "7K4M-9QXR-2BHT", At: at, By: "Rita Prova", Reason: "seguiva dalla sala del consiglio"}
	return map[string]any{
		"organiser":            &organiser.ListPage{Frame: f, Any: true, States: []front.Option{{Label: "Tutti"}}, Rows: []organiser.Row{{Href: "/w", Title: "Lavoro agile nei piccoli comuni: contesto, leve, esperienze", Owner: "Unione delle Valli", State: "held", Series: "Lavoro agile, incontro 1", When: when, Seats: "42 posti presi su 50", Waiting: "3 in lista d’attesa", Doubts: 3, DoubtsHref: "/d"}, {Href: "/v", Title: "Secondo incontro", State: "draft", When: when, Seats: "0 iscritti, senza limite di posti"}}},
		"organiser-2":          &organiser.ListPage{Frame: f},
		"organiser-3":          &organiser.ListPage{Frame: f, Any: true, State: "closed", States: []front.Option{{Value: "closed", Label: "Chiuso"}}},
		"organiser_form":       &organiser.FormPage{Frame: f, New: true, Back: "/b", Values: map[string]string{"starts": "2026-03-29T02:30", "title": "<script>"}, Organisations: orgs, Areas: areas, Ways: ways, Steps: steps, Audience: sampleAudience(), Speakers: speakers, Questions: asked, Twice: twice, Problem: "Controlla i campi segnati.", Errors: wrong},
		"organiser_form-2":     &organiser.FormPage{Frame: f, Told: true, Rooms: true, Back: "/b", Values: map[string]string{"reserved": "si", "comment": "si"}, Areas: areas, Ways: ways, Steps: steps},
		"organiser_webinar":    &organiser.WebinarPage{Frame: f, Top: head("Scheda", "draft"), Means: "È una bozza.", Facts: []organiser.Fact{{Label: "Ente", Value: "Unione delle Valli"}}, Seats: "0 posti presi su 50", Waiting: 2, Next: &publish, Deeds: deeds, Resize: "/r", Speakers: []organiser.SpeakerView{{Name: "Elena Guidi", As: "ANCI", Bio: "Si occupa di organizzazione."}}, Photos: "/f", Problem: "Controlla i campi segnati.", Errors: wrong},
		"organiser_webinar-2":  &organiser.WebinarPage{Frame: f, Top: head("Scheda", "held"), Means: "Si è tenuto.", Links: []front.Crumb{{Label: "Pagina del webinar", Href: "/x"}, {Label: "Locandina", Href: "/y"}}, Seats: "42 posti presi su 50", Doubts: 3, Next: &deeds[0], Deeds: deeds, Recording: recording},
		"organiser_webinar-3":  &organiser.WebinarPage{Frame: f, Top: head("Scheda", "cancelled"), Means: "È annullato.", Reason: "Relatrice malata", Deeds: deeds[2:], Recording: late},
		"organiser_move":       &organiser.MovePage{Frame: f, Top: head("Sposta il webinar", "published"), Base: "/b", Preview: true, New: when, Kept: []front.Option{{Label: "starts", Value: "2026-03-05T10:00"}}, Seated: 42, Waiting: 3, Published: true, Twice: twice, Values: map[string]string{"starts": "2026-03-05T10:00"}},
		"organiser_move-2":     &organiser.MovePage{Frame: f, Top: head("Sposta il webinar", "draft"), Base: "/b", Preview: true, New: when},
		"organiser_move-3":     &organiser.MovePage{Frame: f, Top: head("Sposta il webinar", "published"), Base: "/b", Problem: "Controlla i campi segnati.", Errors: wrong},
		"organiser_move-4":     &organiser.MovePage{Frame: f, Top: head("Sposta il webinar", "held"), Base: "/b", Why: "Il webinar si è già tenuto."},
		"organiser_cancel":     &organiser.CancelPage{Frame: f, Top: head("Annulla", "published"), Base: "/b", Seated: 42, Waiting: 1, Published: true, Problem: "Controlla i campi segnati.", Errors: wrong},
		"organiser_cancel-2":   &organiser.CancelPage{Frame: f, Top: head("Annulla", "draft"), Base: "/b"},
		"organiser_message":    &organiser.MessagePage{Frame: f, Top: head("Scrivi a tutti", "published"), Base: "/b", Seated: 42, Waiting: 1, Problem: "Controlla i campi segnati.", Errors: wrong},
		"organiser_message-2":  &organiser.MessagePage{Frame: f, Top: head("Scrivi a tutti", "published"), Base: "/b", Seated: 1, Preview: true, Lines: []string{"Portate un esempio del vostro ufficio.", "A mercoledì."}, Values: map[string]string{"subject": "Prima dell’incontro", "text": "Portate un esempio"}},
		"organiser_material":   &organiser.MaterialPage{Frame: f, Top: head("Materiale", "held"), Base: "/b", Rows: asked[:1], Recording: late, Problem: "Controlla i campi segnati.", Errors: wrong},
		"organiser_material-2": &organiser.MaterialPage{Frame: f, Top: head("Materiale", "held"), Base: "/b", Recording: recording},
		"organiser_photo":      &organiser.PhotoPage{Frame: f, Top: head("Foto", "draft"), Base: "/b", Wrong: 0, Speakers: []organiser.SpeakerView{{Name: "Elena Guidi"}, {Name: "Nicolò D’Amico", Number: 1, Photo: "/x.png"}}, Problem: "Controlla i campi segnati.", Errors: wrong},
		"organiser_photo-2":    &organiser.PhotoPage{Frame: f, Top: head("Foto", "draft"), Base: "/b", Wrong: -1},
		"organiser_people":     &organiser.PeoplePage{Frame: f, Top: head("Persone", "published"), Base: "/b", Seats: "42 posti presi su 50", Ente: "fonte", Place: "in", Places: []front.Option{{Label: "Tutti"}, {Value: "in", Label: "Ha un posto"}}, Rows: people, Cut: true, More: "/m", Add: true, Removing: &people[0], Problem: "Controlla i campi segnati.", Errors: wrong},
		"organiser_people-2":   &organiser.PeoplePage{Frame: f, Top: head("Persone", "draft"), Base: "/b", Seats: "0 posti presi su 50", Places: []front.Option{{Label: "Tutti"}}},
		"organiser_presence":   &organiser.PresencePage{Frame: f, Top: head("Presenze", "closed"), Base: "/b", Planned: 120, Threshold: 75, Enough: 1, Below: 1, Doubts: 3, Rows: presence, Orders: []front.Option{{Label: "Come si capisce dal file"}}, Grave: grave, File: report.Name, Closed: true, Kinds: []string{"Microsoft Teams", "Zoom", "Foglio firme"}, Problem: "In questo file qualcosa non va.", Errors: wrong},
		"organiser_presence-2": &organiser.PresencePage{Frame: f, Top: head("Presenze", "published"), Base: "/b", Why: "Il webinar non è ancora iniziato."},
		"organiser_presence-3": &organiser.PresencePage{Frame: f, Top: head("Presenze", "held"), Base: "/b", Planned: 60, Threshold: 75, Orders: []front.Option{{Label: "Come si capisce dal file"}}},
		"organiser_reports":    &organiser.ReportsPage{Frame: f, Top: head("Resoconti", "held"), Base: "/b", Reports: []organiser.ReportRow{report}, Current: &report, Problems: grave, Lines: lines, More: "/m"},
		"organiser_reports-2":  &organiser.ReportsPage{Frame: f, Top: head("Resoconti", "held"), Base: "/b"},
		"organiser_doubts":     &organiser.DoubtsPage{Frame: f, Top: head("Dubbi", "closed"), Base: "/b", Total: 3, Doubts: []organiser.Doubt{doubt, second}, Closed: true, Values: map[string]string{"who": "x"}, Problem: "Controlla i campi segnati.", Errors: wrong},
		"organiser_doubts-2":   &organiser.DoubtsPage{Frame: f, Top: head("Dubbi", "held"), Base: "/b"},
		"organiser_person":     &organiser.TimesPage{Frame: f, Top: head("Presenza di una persona", "closed"), Base: "/b", Name: "Chiara Bianchi", Ente: "Comune di Fontechiara", Minutes: 118, Percent: 98, Enough: true, Planned: 120, Closed: true, Rows: []organiser.TimesRow{{Spans: []string{"10:01–10:40", "10:50–12:00"}, Source: "resoconto", By: "il sistema", At: at, Gone: true}, {Source: "segnata a mano", By: "Rita Prova", Reason: "era un’altra", At: at}}, Kinds: []front.Option{{Value: "tutto", Label: "Per tutto il tempo"}, {Value: "parte", Label: "Dalle … alle …"}}, Values: map[string]string{"kind": "parte", "replace": "si"}, Problem: "Controlla i campi segnati.", Errors: wrong},
		"organiser_person-2":   &organiser.TimesPage{Frame: f, Top: head("Presenza di una persona", "published"), Base: "/b", Name: "Chiara Bianchi", Why: "Il webinar non è ancora iniziato."},
		"organiser_close":      &organiser.ClosePage{Frame: f, Top: head("Chiudi", "held"), Base: "/b", Planned: 120, Threshold: 75, Enough: 38, Below: 4, Minutes: 4400, Doubts: 3, Problem: "Il webinar è chiuso."},
		"organiser_close-2":    &organiser.ClosePage{Frame: f, Top: head("Chiudi", "held"), Base: "/b", Planned: 120, Threshold: 75, Reported: true},
		"organiser_close-3":    &organiser.ClosePage{Frame: f, Top: head("Chiudi", "published"), Base: "/b", Why: "Il webinar non è ancora finito."},
		"organiser_outcomes":   &organiser.OutcomesPage{Frame: f, Top: head("Esiti", "closed"), Base: "/b", Closed: true, Concluding: true, Enough: 1, Rows: []organiser.PersonOutcome{{Name: "Chiara Bianchi", Ente: "Comune di Fontechiara", Href: "/x", Now: now, Before: []organiser.OutcomeRow{before}}, {Name: "Maria Antonietta De Gasperi", Href: "/y", Now: before}}},
		"organiser_outcomes-2": &organiser.OutcomesPage{Frame: f, Top: head("Esiti", "held"), Base: "/b"},
		"organiser_outcomes-3": &organiser.OutcomesPage{Frame: f, Top: head("Esiti", "closed"), Base: "/b", Closed: true},
		"organiser_report":     &organiser.ReportPage{Frame: f, Top: head("Rapporto", "closed"), Base: "/b", Figures: figures, Comments: []string{"Utile, ma troppo breve."}},
		"organiser_report-2":   &organiser.ReportPage{Frame: f, Top: head("Rapporto", "closed"), Base: "/b", Figures: figures[:1], Withheld: true},
	}
}
