package web

import (
	"time"

	"aulacomune/lms"
	"aulacomune/lms/web/access"
	"aulacomune/lms/web/front"
)

// sampleAccess are the pages of other ways to sign in, with content.
func sampleAccess(f, nobody front.Frame, at time.Time) map[string]any {
	keeper := f
	keeper.Path = "/amministrazione/persone"
	keeper.Menu, keeper.Desk = frameOf(keeper.Path, lms.Referent).Menu, frameOf(keeper.Path, lms.Referent).Desk
	wrong := map[string]string{"fiscal": "C’è un errore di battitura."}
	ways := []front.Way{{Name: "Identità digitale della Regione", Address: "/profilo/accessi/con/regione"}}
	return map[string]any{
		"access_link":          &access.LinkPage{Frame: nobody, Email: "chiara", Next: "/corsi", Minutes: 15, Problem: "Troppi tentativi.", Errors: map[string]string{"email": "Questo campo serve."}},
		"access_sent":          &access.SentPage{Frame: nobody, Minutes: 15},
		"access_password":      &access.PasswordPage{Frame: nobody, Mails: true, Login: "chiara", Minutes: 60, Contact: "formazione@anci-demo.example", Problem: "Controlla i campi segnati.", Errors: map[string]string{"login": "Questo campo serve."}},
		"access_password-2":    &access.PasswordPage{Frame: nobody, Contact: "formazione@anci-demo.example"},
		"access_password_sent": &access.PasswordSentPage{Frame: nobody, Minutes: 60, Contact: "formazione@anci-demo.example"},
		"access_enter":         &access.EnterPage{Frame: nobody, Name: "Chiara Bianchi", Login: "chiara@fontechiara.example", Action: "/accedi/collegamento/x"},
		"access_go":            &access.GoPage{Frame: nobody, Provider: "Identità digitale della Regione", Address: "https://id.regione.example/auth?state=x"},
		"access_trouble":       &access.TroublePage{Frame: nobody, Text: "Qui nessuno ti ha ancora iscritto.", Name: "Chiara Bianchi", Email: "chiara@fontechiara.example", Ente: "Comune di Fontechiara", Contact: "formazione@anci-demo.example", Back: front.Crumb{Label: "Torna alla pagina di accesso", Href: "/accedi"}},
		"access_trouble-2":     &access.TroublePage{Frame: f, Text: "Questo account è già collegato a un’altra persona.", Back: front.Crumb{Label: "Accessi", Href: "/profilo/accessi"}},
		"access_own":           &access.OwnPage{Frame: f, Accounts: []access.AccountView{{Provider: "Identità digitale della Regione", How: "Dal codice fiscale", Linked: at, Unlink: "/u"}}, Providers: ways, Number: access.NumberView{Masked: "BNC••••••••••••W", Typed: "BNC", Set: "/s", Remove: "/r", Errors: wrong}, Problem: "Controlla i campi segnati."},
		"access_own-2":         &access.OwnPage{Frame: f, Number: access.NumberView{Set: "/s", Remove: "/r"}},
		"access_number":        &access.NumberPage{Frame: keeper, Name: "Chiara Bianchi", Number: access.NumberView{Masked: "BNC••••••••••••W", Typed: "BNC", Set: "/s", Remove: "/r", Errors: wrong}, Problem: "Controlla i campi segnati."},
	}
}
