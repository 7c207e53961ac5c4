package web

import (
	"html/template"
	"strings"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/web/front"
	"aulacomune/lms/web/webinars"
)

// sampleWebinars are the pages of webinars with content.
func sampleWebinars(f, nobody front.Frame, at time.Time) map[string]any {
	own := f
	own.Path, nobody.Path = "/webinar/x", "/webinar/x"
	own.Menu, own.Desk, nobody.Menu = frameOf(own.Path, lms.Learner).Menu, nil, frameOf(own.Path).Menu
	nobody.Crumbs = own.Crumbs
	tabs := []front.Entry{{Href: "/edizioni", Label: "Edizioni"}, {Href: "/webinar/miei", Label: "I miei webinar", Current: "page"}}
	when := webinars.When{Text: "mercoledì 4 marzo 2026, dalle 10:00 alle 12:00 (ora italiana)", From: "2026-03-04T09:00:00Z", To: "2026-03-04T11:00:00Z"}
	card := webinars.Card{Href: "/webinar/x", Title: "Lavoro agile: fiducia, obiettivi e comunità nei comuni piccoli", Series: "Primavera agile, incontro 2", Owner: "Unione delle Valli", Speakers: "Ada Neri, Ivo Prova", When: when, Now: "published"}
	mine, off, past := card, card, card
	mine.Mine, off.Now, past.Now = "Sei in lista d’attesa: numero 3.", "cancelled", "closed"
	seated := card
	seated.Mine = "Hai un posto."
	speakers := []webinars.SpeakerView{{Name: "Ada Neri", As: "Segretaria comunale, Comune di Fontechiara", Bio: []string{"Lavora per obiettivi dal 2018.", "Ha scritto una guida per i comuni piccoli."}}, {Name: "Maria Antonietta De Gasperi Degli Innocenti"}}
	text := []string{"Che cosa cambia quando si lavora per obiettivi, raccontato da chi lo fa.", "Con esempi di comuni sotto i tremila abitanti."}
	links := []front.Crumb{{Label: "Le diapositive (PDF)", Href: "https://materiali.example/diapositive.pdf"}}
	asked := []front.Field{{Name: "answers.q1", Label: "Che cosa vorresti chiedere?", Type: "text", Optional: true}, {Name: "answers.q2", Label: "Lavori già in modo agile?", Type: "text", Options: []front.Option{{}, {Value: "sì", Label: "sì"}, {Value: "no", Label: "no"}}, Error: "Questo campo serve."}}
	asks := []front.Field{{Name: "answers.q1", Form: "richiesta", Label: "Che cosa vorresti chiedere?", Type: "text", Optional: true}}
	wrong := map[string]string{"code": "Il codice di accesso non è questo.", "why": "Questo campo serve.", "email": "Non sembra un indirizzo e-mail.", "organisation": "Cerca il tuo ente per nome e sceglilo.", "comment": "È troppo lungo."}
	short := &webinars.OutcomeView{Minutes: 68, Planned: 120, Percent: 57, Threshold: 75, Material: links}
	enough := &webinars.OutcomeView{Minutes: 112, Planned: 120, Percent: 93, Threshold: 75, Enough: true, Certificate: "/verifica/ABCD"}
	levels := []webinars.LevelView{{ID: "survey.s1-0", Value: "0", Label: "Per niente"}, {ID: "survey.s1-1", Value: "1", Label: "Poco", On: true}}
	survey := &webinars.SurveyForm{Action: "/webinar/x/questionario", Comment: true, Statements: []webinars.StatementView{{Name: "survey.s1", Text: "I contenuti sono utili per il mio lavoro.", Levels: levels}, {Name: "survey.s2", Text: "È durato troppo.", Error: "Questo campo serve.", Levels: []webinars.LevelView{{ID: "survey.s2-0", Value: "0", Label: "Per niente"}, {ID: "survey.s2-1", Value: "1", Label: "Molto"}}}}}
	shared := nobody
	shared.NoIndex, shared.Shared, shared.Title, shared.Description, shared.Picture, shared.Canonical = false, true, "Lavoro agile", "mercoledì 4 marzo 2026. Che cosa cambia.", "https://aula.example/webinar/x/foto/1", "https://aula.example/webinar/x"
	lists := nobody
	lists.Feeds = []front.Feed{{Label: "Webinar in programma", Href: "/webinar.rss", Type: "application/rss+xml"}, {Label: "Webinar in programma", Href: "/webinar.ics", Type: "text/calendar"}}
	ways := []string{"Ci si iscrive subito", "Con l’accordo del responsabile o dell’ufficio personale"}
	months := []webinars.Month{{ID: "2026-03", Name: "Marzo 2026", Cards: []webinars.Card{card, mine}}, {ID: "2026-04", Name: "Aprile 2026", Cards: []webinars.Card{off}}}
	choices := []webinars.EnteChoice{{ID: "fontechiara", Name: "Comune di Fontechiara", Note: "Unione delle Valli", On: true}, {ID: "fontanabuona", Name: "Comune di Fontanabuona"}}
	qr, err := front.QR("https://aula.example/webinar/x", "Codice QR che porta a aula.example/webinar/x")
	if err != nil {
		qr = template.HTML(err.Error())
	}
	return map[string]any{
		"webinars":          &webinars.ListPage{Frame: own, Tabs: tabs, Months: months},
		"webinars-2":        &webinars.ListPage{Frame: lists},
		"webinars-3":        &webinars.ListPage{Frame: lists, Query: "agile", Found: []webinars.Card{past}},
		"webinars-4":        &webinars.ListPage{Frame: lists, Query: "zzz"},
		"webinars_past":     &webinars.PastPage{Frame: lists, Cards: []webinars.Card{past, off}, More: "/m"},
		"webinars_past-2":   &webinars.PastPage{Frame: lists},
		"webinar":           &webinars.WebinarPage{Frame: shared, Card: card, Abstract: text, Speakers: speakers, Dates: []webinars.Card{past}, Minutes: 120, Threshold: 75, Seats: "12 liberi su 50", Ways: ways, Closes: at, SignIn: "/accedi", Guest: "/g", Changed: true},
		"webinar-2":         &webinars.WebinarPage{Frame: own, Card: card, Abstract: text, Speakers: speakers[:1], Minutes: 120, Threshold: 75, Seats: "tutti presi (50); 3 persone in lista d’attesa", Ways: ways, Register: true, Code: true, Request: true, Queue: 4, Questions: asked, Asks: asks, Keep: "/k", Problem: "Controlla i campi segnati.", Errors: wrong},
		"webinar-3":         &webinars.WebinarPage{Frame: own, Card: seated, Abstract: text, Minutes: 120, Threshold: 75, Seats: "12 liberi su 50", Ways: ways[:1], Seated: true, Leave: true, Open: true, Opens: at},
		"webinar-4":         &webinars.WebinarPage{Frame: own, Card: mine, Minutes: 120, Threshold: 75, Seats: "tutti presi (50)", Ways: ways[:1], Leave: true, Opens: at},
		"webinar-5":         &webinars.WebinarPage{Frame: own, Card: webinars.Card{Href: "/w", Title: past.Title, When: when, Now: "closed", Mine: "Hai un posto.", Owner: "Unione"}, Over: true, Minutes: 120, Threshold: 75, Seats: "senza limite; 40 iscrizioni", Material: links, Ways: ways[:1], Seated: true, Survey: true, Outcome: short},
		"webinar-6":         &webinars.WebinarPage{Frame: nobody, Card: off, Reason: "La sala non c’è più.", Minutes: 120, Threshold: 75, Seats: "tutti presi (50)", Ways: ways},
		"webinar-7":         &webinars.WebinarPage{Frame: own, Card: card, Minutes: 120, Threshold: 75, Seats: "12 liberi su 50", Ways: ways, Why: "Questo webinar è riservato ad altri enti.", Asked: "/r"},
		"webinar-8":         &webinars.WebinarPage{Frame: nobody, Card: webinars.Card{Href: "/w", Title: "Bozza", When: when, Now: "draft", Owner: "Unione"}, SignIn: "/accedi", Minutes: 120, Threshold: 75, Seats: "12 liberi su 50", Ways: ways},
		"webinar-9":         &webinars.WebinarPage{Frame: own, Card: webinars.Card{Href: "/w", Title: past.Title, When: when, Now: "held", Mine: "Hai un posto.", Owner: "Unione"}, Over: true, Minutes: 120, Threshold: 75, Seats: "tutti presi (50)", Ways: ways[:1], Seated: true, Outcome: enough},
		"webinar_guest":     &webinars.GuestPage{Frame: nobody, Card: card, Action: "/webinar/x/ospite", SignIn: "/accedi", Queue: 4, Code: true, Questions: asked, Categories: []front.Option{{Label: "Non indicata"}, {Value: "impiegato", Label: "Impiegato"}}, Enti: choices, Query: "fonte", More: true, Values: map[string]string{"given_name": "Ada", "email": "ada@"}, Problem: "Controlla i campi segnati.", Errors: wrong},
		"webinar_guest-2":   &webinars.GuestPage{Frame: nobody, Card: card, Action: "/webinar/x/ospite", SignIn: "/accedi", Categories: []front.Option{{Label: "Non indicata"}}},
		"webinar_guest-3":   &webinars.GuestPage{Frame: nobody, Card: card, Action: "/webinar/x/ospite", SignIn: "/accedi", Categories: []front.Option{{Label: "Non indicata"}}, Query: "zzz"},
		"webinar_guest-4":   &webinars.GuestPage{Frame: nobody, Card: card, Action: "/webinar/x/ospite", SignIn: "/accedi", Categories: []front.Option{{Label: "Non indicata"}}, Query: "fonte", Enti: choices[:1]},
		"webinar_sent":      &webinars.GuestSentPage{Frame: nobody, Card: card},
		"webinar_confirm":   &webinars.ConfirmPage{Frame: nobody, Card: card, Given: "Ada", Action: "/c"},
		"webinar_confirm-2": &webinars.ConfirmPage{Frame: nobody, Card: card, Given: "Ada", Seated: true},
		"webinar_confirm-3": &webinars.ConfirmPage{Frame: nobody, Card: card, Given: "Ada", Waiting: true, Position: 3},
		"webinar_confirm-4": &webinars.ConfirmPage{Frame: nobody, Card: card, Given: "Ada", Referent: true},
		"webinar_confirm-5": &webinars.ConfirmPage{Frame: nobody, Card: card, Given: "Ada", Problem: "Le iscrizioni sono chiuse."},
		"webinar_survey":    &webinars.SurveyPage{Frame: own, Card: past, Survey: survey, Problem: "Controlla i campi segnati.", Errors: wrong},
		"webinar_survey-2":  &webinars.SurveyPage{Frame: own, Card: past},
		"webinar_place":     &webinars.PlacePage{Frame: nobody, Card: card, Name: "Ada Neri", Place: "Hai un posto.", Seated: true, Enter: "/e", Opens: at, Withdraw: "/r"},
		"webinar_place-2":   &webinars.PlacePage{Frame: nobody, Card: past, Name: "Ada Neri", Place: "Hai un posto.", Seated: true, Material: links, Survey: survey, Problem: "Controlla i campi segnati.", Errors: wrong},
		"webinar_place-3":   &webinars.PlacePage{Frame: nobody, Card: off, Name: "Ada Neri", Place: "Il webinar è stato annullato.", Reason: "La sala non c’è più."},
		"webinar_enter":     &webinars.EntrancePage{Frame: nobody, Card: card, Name: "Ada Neri", Action: "/e", State: "open", Opens: at},
		"webinar_enter-2":   &webinars.EntrancePage{Frame: nobody, Card: card, Action: "/e", State: "early", Opens: at, Wait: "/e?aspetta=si"},
		"webinar_enter-3":   &webinars.EntrancePage{Frame: nobody, Card: card, Action: "/e", State: "early", Opens: at, Waits: true, Wait: "/e", Problem: "Si entra da un quarto d’ora prima dell’inizio."},
		"webinar_enter-4":   &webinars.EntrancePage{Frame: nobody, Card: past, State: "late"},
		"webinar_enter-5":   &webinars.EntrancePage{Frame: own, Card: card, State: "waiting"},
		"webinar_enter-6":   &webinars.EntrancePage{Frame: own, Card: card, State: "outside"},
		"webinar_enter-7":   &webinars.EntrancePage{Frame: own, Card: off, State: "off"},
		"webinar_go":        &webinars.GoPage{Frame: nobody, Card: card, Address: "https://meet.example.org/abc"},
		"webinars_mine": &webinars.MinePage{Frame: own, Tabs: tabs, Since: at, Feed: "https://aula.example/calendario/3fa94c01b2aa773fa94c01b2aa773fa94c01b2aa77.ics",
			Next: []webinars.MineCard{{Card: card, Place: "Hai un posto.", Seated: true, Enter: "/e", Opens: at}, {Card: card, Place: "Sei in lista d’attesa."}},
			Past: []webinars.MineCard{{Card: past, Place: "Hai un posto.", Seated: true, Outcome: enough, Survey: "/s"}, {Card: past, Place: "Hai un posto.", Seated: true, Outcome: short}, {Card: off, Place: "Il webinar è stato annullato."}}},
		"webinars_mine-2":  &webinars.MinePage{Frame: own, Tabs: tabs},
		"webinar_poster":   &webinars.PosterPage{Frame: nobody, Card: card, Abstract: text, Speakers: speakers, Ways: ways, Minutes: 120, Address: "aula.example/webinar/lavoro-agile-fiducia-obiettivi-2026-03-04", QR: qr},
		"webinar_poster-3": &webinars.PosterPage{Frame: nobody, Card: card, Abstract: []string{strings.Repeat("Che cosa cambia quando si lavora. ", 20)}, Speakers: append(speakers, speakers...), Ways: ways, Minutes: 120, Address: "aula.example/webinar/x", QR: qr},
		"webinar_poster-2": &webinars.PosterPage{Frame: nobody, Card: off, Ways: ways, Minutes: 120, Address: "aula.example/webinar/x", QR: qr, Reason: "La sala non c’è più."},
	}
}
