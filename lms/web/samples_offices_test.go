package web

import (
	"strings"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/mail"
	"aulacomune/lms/signin"
	"aulacomune/lms/web/access"
	"aulacomune/lms/web/acts"
	"aulacomune/lms/web/audience"
	"aulacomune/lms/web/cohorts"
	"aulacomune/lms/web/desk"
	"aulacomune/lms/web/front"
	"aulacomune/lms/web/hours"
	"aulacomune/lms/web/offices"
	"aulacomune/lms/web/organiser"
	"aulacomune/lms/web/plans"
	"aulacomune/lms/web/post"
	"aulacomune/lms/web/reports"
	"aulacomune/lms/web/tree"
	"aulacomune/lms/web/webinars"
)

// otherRooms are the rooms of pages beside this one, whose samples stand here, too: a new room is a line.
func otherRooms() []front.Room {
	return []front.Room{
		desk.Room(),
		offices.Room(offices.Pages{}),
		access.Room(access.Pages{SignIn: &signin.Service{}}),
		reports.Room(reports.Pages{}),
		audience.Room(),
		cohorts.Room(cohorts.Pages{}),
		organiser.Room(organiser.Pages{}),
		hours.Room(hours.Pages{}),
		plans.Room(plans.Pages{}),
		tree.Room(tree.Pages{}),
		webinars.Room(webinars.Pages{}),
		acts.Room(acts.Pages{}),
		post.Room(post.Pages{Box: &mail.Box{}}),
	}
}

// sampleOffices are the pages of people with content.
func sampleOffices(f front.Frame, members []front.MembershipView, mine front.EnrolmentRow, at time.Time) map[string]any {
	f.Path = "/amministrazione/persone"
	f.Menu, f.Desk = frameOf(f.Path, lms.Referent).Menu, frameOf(f.Path, lms.Referent).Desk
	orgs := []front.Option{{Value: "valli", Label: "Unione delle Valli"}, {Value: "fontechiara", Label: "Comune di Fontechiara"}}
	return map[string]any{
		"people":         &offices.PeoplePage{Frame: f, Query: "bia", Organisation: "valli", Organisations: orgs, Total: 2, More: "/m", People: []offices.PersonRow{{Href: "/p", Name: "Bianchi Chiara", Login: "chiara@fontechiara.example", Organisation: "Comune di Fontechiara", Category: "funzionario", Role: "Partecipante", Activated: true}, {Href: "/q", Name: "De Gasperi Maria Antonietta", Login: "mdegasperi", Organisation: "Unione delle Valli", Role: "Amministratore"}}},
		"people-2":       &offices.PeoplePage{Frame: f, Query: "zzz", Organisations: orgs[:1]},
		"person_form":    &offices.PersonFormPage{Frame: f, Values: map[string]string{"given_name": "Chiara", "email": "chiara@", "organisation": "fontechiara"}, Organisations: orgs, Categories: []front.Option{{Value: "", Label: "Non indicata"}}, Roles: []front.Option{{Value: "learner", Label: "Partecipante"}}, Problem: "Controlla i campi segnati.", Errors: map[string]string{"email": "Non sembra un indirizzo e-mail."}},
		"person":         &offices.PersonPage{Frame: f, Name: "Chiara Bianchi", Login: "chiara@fontechiara.example", Memberships: members, Courses: []front.EnrolmentRow{mine}, Enrol: "/e", Available: []front.Option{{Value: "x", Label: "Un altro corso"}}, NewLink: "/n", Link: &offices.ActivationLink{Name: "Chiara Bianchi", Login: "chiara@fontechiara.example", Address: "https://aula.example/attiva/3fa94c01b2aa773fa94c01b2aa77", Expires: at}},
		"import":         &offices.ImportPage{Frame: f, Organisation: "valli", Organisations: orgs, Categories: []string{"amministratore", "dirigente", "funzionario", "impiegato"}, Roles: []string{"partecipante", "responsabile"}, Problem: "Il file è vuoto.", Intakes: []offices.IntakeRow{{Href: "/i", Name: "persone del comune di Fontechiara.xlsx", State: "applied", At: at, New: 12, Total: 14}}},
		"import-2":       &offices.ImportPage{Frame: f, Organisations: orgs[:1]},
		"intake":         &offices.IntakePage{Frame: f, Href: "/i", Another: "/a", Name: "persone.csv", State: "checked", At: at, Total: 14, Done: 14, New: 10, Changed: 1, Kept: 2, Wrong: 2, Mails: true, Recognised: []string{"Nome → Nome", "posta → E-mail"}, LeftOut: []string{"Codice fiscale"}, Glances: []offices.GlanceRow{{Line: 2, Name: "Neri Ada", Organisation: "Comune di Fontechiara", Office: "Anagrafe", Category: "Impiegato", Role: "Partecipante"}, {Line: 4, Name: "Bianchi Chiara", Organisation: "Comune di Fontechiara", Role: "Partecipante", Changed: true}}, Likely: []offices.LikelyRow{{Line: 2, Name: "Neri Ada", Organisation: "Comune di Fontechiara", Href: "/p"}, {Line: 5, Name: "Neri Ada", Organisation: "Comune di Fontechiara", Other: 2}}, Problems: []front.FileProblem{{Line: 3, Name: "Rossi", Problems: []string{"Nome: Questo campo serve.", "E-mail: Non sembra un indirizzo e-mail."}}, {Line: 9, Name: "Bianchi Chiara", Problems: []string{"E-mail: È già in un’altra riga."}}}},
		"intake-2":       &offices.IntakePage{Frame: f, Href: "/i", Another: "/a", Name: "persone.csv", State: "applying", At: at, Total: 20000, Done: 7250, Working: true},
		"intake-3":       &offices.IntakePage{Frame: f, Href: "/i", Another: "/a", Name: "persone.csv", State: "mapping", At: at, Fault: "Il file non si legge.", FaultLine: 4, Headings: []string{"Denominazione", "Recapito"}, Sample: [][]string{{"Rossi Ada", "ada@fontechiara.example"}}, Columns: []front.FileColumn{{Field: "family_name", Label: "Cognome", Options: orgs}, {Field: "email", Label: "E-mail", Value: "valli", Options: orgs}}, Errors: map[string]string{"family_name": "Scegli la colonna."}, Problem: "Controlla i campi segnati."},
		"intake-4":       &offices.IntakePage{Frame: f, Href: "/i", Another: "/a", Name: "persone.csv", State: "applied", At: at, Total: 12, Done: 12, New: 12, Invited: true, Undo: true},
		"intake-5":       &offices.IntakePage{Frame: f, Href: "/i", Another: "/a", Name: "persone.csv", State: "undone", At: at, Total: 12, Done: 12, New: 12, Changed: 2, Removed: 9, Entered: 2, Taking: 1, Invited: true},
		"person_edit":    &offices.PersonEditPage{Frame: f, Href: "/p/modifica", Copy: "/p/copia.zip", Name: "Chiara Bianchi", Values: map[string]string{"given_name": "Chiara", "family_name": "Bianchi", "email": "chiara@", "organisation": "fontechiara"}, Which: "correct", Problem: "Controlla i campi segnati.", Errors: map[string]string{"email": "Non sembra un indirizzo e-mail."}, Organisations: orgs, Categories: []front.Option{{Value: "", Label: "Non indicata"}}, Roles: []front.Option{{Value: "manager", Label: "Responsabile"}}, Held: []offices.HeldRole{{Role: "manager", RoleName: "Responsabile", Organisation: "fontechiara", OrganisationName: "Comune di Fontechiara", Office: "Tributi"}}, Erase: true},
		"person_merge":   &offices.PersonMergePage{Frame: f, Href: "/p/modifica", Name: "Chiara Bianchi", ID: "x", Names: true, Roles: true, PassedOn: "cbianchi", Ending: "chiara.b@fontechiara.example", Sides: []offices.MergeSide{{Name: "Chiara Bianchi", Email: "chiara@fontechiara.example", Memberships: members, Courses: 3, Completed: 2, Certificates: 1, Minutes: 250}, {Name: "Chiara Verdi", Email: "chiara.b@fontechiara.example", Login: "cbianchi", Memberships: members[:1], Courses: 1}}},
		"person_merge-2": &offices.PersonMergePage{Frame: f, Href: "/p/modifica", Another: "/q/modifica", Name: "Chiara Bianchi", ID: "x", Roles: true, InTheWay: []offices.HeldRole{{Role: "manager", RoleName: "Responsabile", Organisation: "fontechiara", OrganisationName: "Comune di Fontechiara", Office: "Tributi"}}, Sides: []offices.MergeSide{{Name: "Chiara Bianchi", Email: "chiara@fontechiara.example", Memberships: members, Courses: 3, Completed: 2, Certificates: 1, Minutes: 250}, {Name: "Chiara Bianchi", Login: "cbianchi"}}},
		"person_edit-2":  &offices.PersonEditPage{Frame: f, Href: "/p/modifica", Copy: "/p/copia.zip", Name: "Chiara Bianchi", Values: map[string]string{}, Which: "suspend", Problem: "Scrivi il motivo, in poche parole.", Suspended: at, Organisations: orgs, Self: false},
	}
}

// sampleAudience is for whom something is, with a search under way.
func sampleAudience() audience.Form {
	return audience.Form{
		Categories: []audience.Choice{{Name: "category", Value: "funzionario", Label: "Funzionario", On: true}, {Name: "category", Value: "dirigente", Label: "Dirigente"}},
		Groups:     []audience.Choice{{Name: "group", Value: "x", Label: "Squadra Kanban " + strings.Repeat("A", 60)}},
		Enti:       []audience.Choice{{Name: "enti", Value: "valli", Label: "Unione delle Valli", Note: "Associazione dei comuni della Val Fiorita", On: true}, {Name: "enti", Value: "manca", Label: "manca", On: true}},
		Found:      []audience.Choice{{Name: "enti", Value: "fontechiara", Label: "Comune di Fontechiara", Note: "Unione delle Valli"}, {Name: "enti", Value: "fontanelle", Label: "Comune di Fontanelle di Sotto", Note: "Unione delle Valli"}},
		Query:      "font", More: true,
	}
}
