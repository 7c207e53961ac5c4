package web

import (
	"time"

	"aulacomune/lms"
	"aulacomune/lms/web/acts"
	"aulacomune/lms/web/front"
	"aulacomune/lms/web/post"
)

// samplePost are the pages of letters, with content.
func samplePost(f, nobody front.Frame, at time.Time) map[string]any {
	f.Path = "/amministrazione/posta"
	f.Menu, f.Desk = frameOf(f.Path, lms.Referent).Menu, frameOf(f.Path, lms.Referent).Desk
	nobody.Demo, nobody.DemoAccounts, nobody.DemoPlaces = true, frameOf("/").DemoAccounts, frameOf("/").DemoPlaces
	orgs := []front.Option{{Value: "valli", Label: "Unione delle Valli"}, {Value: "fontechiara", Label: "Comune di Fontechiara"}}
	states := []front.Option{{Value: "", Label: "Tutti"}, {Value: "failed", Label: "Non partite"}}
	arrived := post.ArrivedRow{Href: "/l", Subject: "Chiara Bianchi chiede di partecipare a «Smart working. Contesto e leve progettuali»", Name: "Maria Antonietta De Gasperi", To: "mariaantonietta.degasperi@unionevalli.example", ToHref: "/t", At: at}
	english := arrived
	english.ContentLang, english.Subject, english.Name = "en", "Your seat in “Spring”", ""
	text := []post.Block{
		{Kind: "text", Lines: []post.Line{{Text: "Gentile Maria Antonietta De Gasperi,"}}},
		{Kind: "text", Lines: []post.Line{{Text: "Vedi la richiesta e rispondi:"}, {Text: "https://aula.example/richieste/decidi/7K4M9QXR2BHT7K4M9QXR2BHT7K4M9QXR2BHT7K4M9QXR2BHT", Href: "/richieste/decidi/x"}}},
		{Kind: "list", Lines: []post.Line{{Text: "dal 3 marzo"}, {Text: "al 5 aprile"}}},
		{Kind: "foot", Lines: []post.Line{{Text: "Inviato da Unione delle Valli, https://aula.example. Nessuno legge le risposte a questo indirizzo."}}},
	}
	rows := []post.LetterRow{
		{Href: "/l", Kind: "Richiesta da decidere", To: arrived.To, Name: arrived.Name, State: "waiting", Reason: "421 4.7.0 try again later", Posted: at, Since: at, Next: at.Add(time.Hour)},
		{Href: "/l", Kind: "Posto assegnato", To: "chiara@fontechiara.example", State: "sent", Posted: at, Since: at},
		{Href: "/l", Kind: "Nuova password", To: "chiara@fontechiara.example", Name: "Chiara Bianchi", State: "failed", Reason: "refused: 550 no such mailbox", Posted: at, Since: at},
		{Href: "/l", Kind: "Corso in scadenza", To: "chiara@fontechiara.example", State: "bounced", Reason: "Casella piena.", Posted: at, Since: at},
	}
	counts := []post.CountView{{Href: "/c", State: "waiting", Label: "1 in attesa"}, {Href: "/c", State: "failed", Label: "1 non partita"}}
	return map[string]any{
		"demo_mail":     &post.BoxPage{Frame: nobody, Rows: []post.ArrivedRow{arrived, english}, More: "/m"},
		"demo_mail-2":   &post.BoxPage{Frame: nobody, To: "nessuno@unionevalli.example"},
		"demo_letter":   &post.ArrivedPage{Frame: nobody, Letter: arrived, Text: text},
		"demo_letter-2": &post.ArrivedPage{Frame: nobody, Letter: arrived, Text: text, Invitation: &post.Invitation{Href: "/demo/posta/x/appuntamento.ics", Title: "Lavorare per obiettivi", What: "changed", Starts: at}},
		"letters":       &post.LettersPage{Frame: f, Organisation: "valli", Organisations: orgs, State: "failed", States: states, Mails: true, Away: at, Fault: "dial tcp 192.0.2.25:587: connect: connection refused", Counts: counts, Rows: rows, More: "/m"},
		"letters-2":     &post.LettersPage{Frame: f, Organisation: "valli", Organisations: orgs[:1], States: states, To: "chiara", Problem: "Controlla i campi segnati.", Errors: map[string]string{"a": "Non sembra un indirizzo e-mail."}},
		"letter":        &post.LetterPage{Frame: f, Letter: rows[2], PersonHref: "/p", Tries: 3, Subject: "Una nuova password per Aula Comune", Text: text, Retry: "/r", Problem: "Questa lettera non si può spedire di nuovo."},
		"letter-2":      &post.LetterPage{Frame: f, Letter: rows[3], Subject: "A course is due", Text: text, SaidLang: "en", Example: true, Bounce: "/b", Note: "x", Problem: "Controlla i campi segnati.", Errors: map[string]string{"note": "È troppo lungo."}},
		"letter-3":      &post.LetterPage{Frame: f, Letter: rows[1], Bounce: "/b"},
	}
}

// sampleActs are the pages of the log of acts, with content.
func sampleActs(f front.Frame, at time.Time) map[string]any {
	f.Path = "/amministrazione/azioni"
	f.Menu, f.Desk = frameOf(f.Path, lms.Administrator).Menu, frameOf(f.Path, lms.Administrator).Desk
	orgs := []front.Option{{Value: "", Label: "Il mio ente e quelli sotto"}, {Value: "valli", Label: "Unione delle Valli"}, {Value: "fontechiara", Label: "Comune di Fontechiara"}}
	verbs := []front.Option{{Value: "", Label: "Tutte"}, {Value: "person.transfer", Label: "ha trasferito una persona in un altro ente"}}
	rows := []acts.ActRow{
		{Seq: 1204, At: at, By: "Maria Antonietta De Gasperi", ByHref: "/b", Role: "Referente dell’ente", Verb: "ha corretto i dati di una persona", Details: "campi: email", Personal: "email: chiara.bianchi@fontechiara.example", About: true, Person: "Chiara Bianchi", PersonHref: "/p", Organisation: "Comune di Fontechiara"},
		{Seq: 1203, At: at, ByHref: "/b", Role: "Amministratore", Verb: "ha cancellato una persona", About: true, PersonHref: "/p", Erased: true, Organisation: "Unione delle Valli"},
		{Seq: 1202, At: at, Machine: true, Verb: "ha pubblicato una versione", Details: "edition: 2"},
	}
	whole := acts.ChainView{At: at, Rows: 1204, Erased: 2, Head: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}
	return map[string]any{
		"acts":   &acts.ActsPage{Frame: f, Organisation: "valli", Organisations: orgs, Verbs: verbs, Verb: "person.transfer", From: "2026-01-01", By: "maria@unionevalli.example", Export: "/e", Rows: rows, More: "/m", Chain: whole, Check: true},
		"acts-2": &acts.ActsPage{Frame: f, Organisations: orgs[:2], Verbs: verbs, To: "ieri", Problem: "Controlla i campi segnati.", Errors: map[string]string{"al": "Scrivi un giorno.", "persona": "Così non va."}, Chain: acts.ChainView{At: at, Broken: 12}},
		"acts-3": &acts.ActsPage{Frame: f, Organisations: orgs, Verbs: verbs, More: "/m", Chain: acts.ChainView{At: at, Broken: 12, Personal: true}, Check: true},
		"acts-4": &acts.ActsPage{Frame: f, Organisations: orgs, Verbs: verbs, Chain: acts.ChainView{}},
	}
}
