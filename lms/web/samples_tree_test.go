package web

import (
	"time"

	"aulacomune/lms"
	"aulacomune/lms/web/front"
	"aulacomune/lms/web/tree"
)

// sampleTree are the pages of the tree of enti with content.
func sampleTree(f front.Frame, at time.Time) map[string]any {
	f.Path = "/amministrazione/enti"
	f.Menu, f.Desk = frameOf(f.Path, lms.Administrator).Menu, frameOf(f.Path, lms.Administrator).Desk
	roots := []front.Option{{Value: "associazione", Label: "Associazione dei Comuni"}, {Value: "altra", Label: "Altra associazione"}}
	groups := []tree.PlanGroup{
		{Key: "new", Title: "Nuovi", Count: 1190, More: "/m", Rows: []tree.PlanRow{{Name: "Comune di Borgo Fiorito", ID: "comune-borgo-fiorito", Text: "sotto provincia-montelago", Codes: "092001 · X001 · c_x001"}}},
		{Key: "merged", Title: "Confluiti in un altro", Count: 1, Rows: []tree.PlanRow{{Name: "Comune di Pietralta", ID: "comune-pietralta", Text: "in comune-pietralta-roccalago, dal 1 gennaio 2026: le persone passano lì, il registro resta"}}},
	}
	absent := tree.PlanGroup{Key: "absent", Title: "Non nel file: restano come sono", Count: 2, Rows: []tree.PlanRow{{Name: "Comune di Ponte", ID: "comune-ponte", Text: "non è nel file: resta com’è", Codes: "091023"}, {Name: "Comune di Rocca", ID: "comune-rocca"}}}
	findings := []tree.FindingView{
		{Severity: "error", Label: "Errore", Text: "Cesserebbero 40 enti su 90."}, {Severity: "warning", Label: "Attenzione", Where: "Elenco dei comuni, riga 14", Text: "«9.2E+04» non è un codice ISTAT di un comune: riga saltata."},
		{Severity: "note", Label: "Nota", Where: "Elenco degli enti", Text: "Codici rimessi a posto: 12."},
	}
	coverage := []tree.CoverageView{{Title: "Comuni senza riga in IndicePA", Count: 2, Rows: []string{"Pianura (093001)", "Ca’ dei Frati (092004)"}}}
	return map[string]any{
		"enti": &tree.EntiPage{Frame: f, ID: "unione", Name: "Unione dei Comuni dell’Alta Fiorita", Kind: "Unione di comuni", Facts: []tree.Fact{{Label: "Codice IPA", Value: "u_alta"}, {Label: "Domini della posta", Value: "unionealtafiorita.example, altafiorita.example"}},
			Above: []front.Crumb{{Label: "Associazione dei Comuni", Href: "/a"}, {Label: "Provincia di Montelago", Href: "/p"}}, From: []front.Crumb{{Label: "Unione Vecchia", Href: "/v"}}, Into: &front.Crumb{Label: "Unione Nuova", Href: "/n"},
			People: 42, PeopleHref: "/amministrazione/persone?ente=unione", Roots: roots, Import: true, Waiting: true, Rows: []tree.EnteRow{
				{Href: "/c", Name: "Comune di San Bernardo in Monte", Kind: "Comune", Code: "092002", Below: 3, People: 12, Counted: true}, {Href: "/d", Name: "Comune di Pietralta", Kind: "Comune", Counted: true, Ceased: at},
			}},
		"enti-3":         &tree.EntiPage{Frame: f, ID: "comune-ponte", Name: "Comune di Ponte", PeopleHref: "/p", Reopen: true, Facts: []tree.Fact{{Label: "Cessato il", Value: "2 marzo 2026"}}, Roots: roots[:1]},
		"enti-2":         &tree.EntiPage{Frame: f, ID: "associazione", Name: "Associazione dei Comuni", PeopleHref: "/p", Query: "zzz", Roots: roots[:1]},
		"enti_import":    &tree.ImportFormPage{Frame: f, Region: "Piemonte", Under: "altra", Roots: roots, Problem: "Controlla i campi segnati.", Errors: map[string]string{"istat": "Nel file mancano delle colonne."}},
		"enti_import-3":  &tree.ImportFormPage{Frame: f, Region: "Piemont", Regions: []front.Option{{Value: "Piemonte", Label: "Piemonte"}, {Value: "Veneto", Label: "Veneto"}}, Roots: roots[:1], Errors: map[string]string{"region": "Nel file non c’è «Piemont»."}},
		"enti_import-2":  &tree.ImportFormPage{Frame: f, Roots: roots[:1]},
		"enti_plan":      &tree.PlanPage{Frame: f, Region: "Terra Fiorita", Under: "Associazione dei Comuni", State: "checked", Refused: true, Unchanged: 12, Groups: groups, Findings: findings, MoreFindings: "/f", Coverage: coverage, Comuni: 1200, WithIPA: 1198, Domains: 1207},
		"enti_plan-5":    &tree.PlanPage{Frame: f, Region: "Terra Fiorita", Under: "Associazione dei Comuni", State: "checked", Groups: groups, Absent: absent, Cease: 2, People: 41, Confirm: true, Danger: true, Comuni: 1200, WithIPA: 1198},
		"enti_plan-6":    &tree.PlanPage{Frame: f, Region: "Piemonte", Under: "Associazione dei Comuni", State: "checked", Groups: groups[:1], Absent: absent, Leave: 5, Confirm: true, Comuni: 4, Problem: "Troppi dei vostri enti mancano in questo file."},
		"enti_plan-2":    &tree.PlanPage{Frame: f, Region: "Terra Fiorita", Under: "Associazione dei Comuni", State: "running", Steps: 450, Of: 1309, Percent: 34},
		"enti_plan-3":    &tree.PlanPage{Frame: f, Region: "Terra Fiorita", Under: "Associazione dei Comuni", State: "done", Empty: true, Of: 1309, Unchanged: 1309, Done: []tree.Fact{{Label: "Nuovi", Value: "1309"}}, Comuni: 1200, WithIPA: 1198},
		"enti_plan-4":    &tree.PlanPage{Frame: f, Region: "Terra Fiorita", Under: "Associazione dei Comuni", State: "failed", Confirm: true, Query: "borgo", Groups: groups[:1], Comuni: 1200, WithIPA: 1198, Problem: "Non si applica nulla."},
		"enti_waiting":   &tree.WaitingPage{Frame: f, Organisation: "associazione", Organisations: roots, More: "/m", Added: &tree.Welcome{Name: "Anna Bianchi", Address: "https://aula.example/attiva/3fa94c01b2aa773f"}, Rows: []tree.WaitingRow{{Action: "/r/1", Name: "Bianchi Anna", Email: "anna@comune.agria.ff.example", Office: "Tributi", Category: "funzionario", Organisation: "Comune di Agrìa", At: at}}},
		"enti_waiting-2": &tree.WaitingPage{Frame: f, Organisation: "associazione", Organisations: roots[:1], Problem: "Questa persona c’è già."},
	}
}
