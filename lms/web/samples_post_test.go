package web

import (
	"time"

	"aulacomune/lms"
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
		"demo_mail":   &post.BoxPage{Frame: nobody, Rows: []post.ArrivedRow{arrived, english}, More: "/m"},
		"demo_mail-2": &post.BoxPage{Frame: nobody, To: "nessuno@unionevalli.example"},
		"demo_letter": &post.ArrivedPage{Frame: nobody, Letter: arrived, Text: text},
		"letters":     &post.LettersPage{Frame: f, Organisation: "valli", Organisations: orgs, State: "failed", States: states, Mails: true, Away: at, Fault: "dial tcp 192.0.2.25:587: connect: connection refused", Counts: counts, Rows: rows, More: "/m"},
		"letters-2":   &post.LettersPage{Frame: f, Organisation: "valli", Organisations: orgs[:1], States: states, To: "chiara", Problem: "Controlla i campi segnati.", Errors: map[string]string{"a": "Non sembra un indirizzo e-mail."}},
		"letter":      &post.LetterPage{Frame: f, Letter: rows[2], PersonHref: "/p", Tries: 3, Subject: "Una nuova password per Aula Comune", Text: text, Retry: "/r", Problem: "Questa lettera non si può spedire di nuovo."},
		"letter-2":    &post.LetterPage{Frame: f, Letter: rows[3], Subject: "A course is due", Text: text, SaidLang: "en", Example: true, Bounce: "/b", Note: "x", Problem: "Controlla i campi segnati.", Errors: map[string]string{"note": "È troppo lungo."}},
		"letter-3":    &post.LetterPage{Frame: f, Letter: rows[1], Bounce: "/b"},
	}
}
