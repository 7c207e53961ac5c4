package web

import (
	"time"

	"aulacomune/lms"
	"aulacomune/lms/web/front"
	"aulacomune/lms/web/offices"
)

// otherRooms are the rooms of pages beside this one, whose samples stand here, too: a new room is a line.
func otherRooms() []front.Room { return []front.Room{offices.Room()} }

// sampleOffices are the pages of people with content.
func sampleOffices(f front.Frame, members []front.MembershipView, mine front.EnrolmentRow, at time.Time) map[string]any {
	f.Path = "/amministrazione/persone"
	f.Menu, f.Desk = frameOf(f.Path, lms.Referent).Menu, frameOf(f.Path, lms.Referent).Desk
	orgs := []front.Option{{Value: "valli", Label: "Unione delle Valli"}, {Value: "fontechiara", Label: "Comune di Fontechiara"}}
	return map[string]any{
		"people":      &offices.PeoplePage{Frame: f, Query: "bia", Organisation: "valli", Organisations: orgs, Total: 2, More: "/m", People: []offices.PersonRow{{Href: "/p", Name: "Bianchi Chiara", Login: "chiara@fontechiara.example", Organisation: "Comune di Fontechiara", Category: "funzionario", Role: "Partecipante", Activated: true}, {Href: "/q", Name: "De Gasperi Maria Antonietta", Login: "mdegasperi", Organisation: "Unione delle Valli", Role: "Amministratore"}}},
		"people-2":    &offices.PeoplePage{Frame: f, Query: "zzz", Organisations: orgs[:1]},
		"person_form": &offices.PersonFormPage{Frame: f, Values: map[string]string{"given_name": "Chiara", "email": "chiara@", "organisation": "fontechiara"}, Organisations: orgs, Categories: []front.Option{{Value: "", Label: "Non indicata"}}, Roles: []front.Option{{Value: "learner", Label: "Partecipante"}}, Problem: "Controlla i campi segnati.", Errors: map[string]string{"email": "Non sembra un indirizzo e-mail."}},
		"person":      &offices.PersonPage{Frame: f, Name: "Chiara Bianchi", Login: "chiara@fontechiara.example", Memberships: members, Courses: []front.EnrolmentRow{mine}, Enrol: "/e", Available: []front.Option{{Value: "x", Label: "Un altro corso"}}, NewLink: "/n", Link: &offices.ActivationLink{Name: "Chiara Bianchi", Login: "chiara@fontechiara.example", Address: "https://aula.example/attiva/3fa94c01b2aa773fa94c01b2aa77", Expires: at}},
		"import":      &offices.ImportPage{Frame: f, Organisation: "valli", Organisations: orgs, Good: 1, Bad: 1, Content: "cognome;nome", Rows: []offices.ImportView{{Line: 2, Name: "Bianchi Chiara", Login: "chiara@fontechiara.example", Organisation: "Comune di Fontechiara", Role: "Partecipante"}, {Line: 3, Name: "Rossi", Login: "", Organisation: "fontechiara", Role: "Partecipante", Errors: []string{"Nome: Questo campo serve."}}}},
		"import-2":    &offices.ImportPage{Frame: f, Organisations: orgs[:1]},
	}
}
