package web

import (
	"aulacomune/lms/web/front"
	"time"
)

// sampleEditions are the pages of editions with content.
func sampleEditions(f front.Frame, at time.Time) map[string]any {
	c := front.Crumb{Label: sampleCard().Title, Href: "/corsi/smart-working"}
	first := EditionCard{Number: 1, Title: c.Label, Hash: "3fa94c01b2aa", Published: at.AddDate(0, -3, 0), Minutes: 170, Objects: 15, People: 412, By: "Maria Antonietta De Gasperi", Restore: "/r", Withdraw: "/w", Copies: &CopiesView{1, "/f", "/p"}}
	second := EditionCard{
		Number: 2, Title: c.Label, Note: "Il video della seconda lezione è nuovo: il precedente citava una norma non più in vigore. Aggiunta una storia di buona pratica.", Hash: "77a94c01b2aa",
		Published: at.AddDate(0, -1, 0), Minutes: 177, Objects: 16, People: 57, Withdrawn: at, Reason: "Un numero di legge è sbagliato nella terza domanda.", Compare: "/c", Restore: "/r", Offer: "/o",
	}
	third := EditionCard{Number: 3, Title: c.Label, Note: "Torna il contenuto della prima.", Hash: "3fa94c01b2aa", Published: at, Minutes: 170, Objects: 15, Current: true, Restores: 1, Compare: "/c", Withdraw: "/w", To: "/m", Copies: &CopiesView{3, "/f", "/p"}}
	diff := DiffView{Before: 170, After: 177, Aspects: []string{"Cambia il titolo.", "Cambiano gli obiettivi."}, Open: true, Objects: []ObjectDiff{
		{Kind: "added", Title: "Una storia: Unione Tresinaro Secchia", After: 10},
		{Kind: "changed", Title: "Oltre il telelavoro", Before: 12, After: 9, Aspects: []string{"durata", "video", "testo"}, Text: []WordsView{{"", "… Il lavoro agile è per"}, {"removed", "obiettivi."}, {"added", "risultati & fiducia, e nessuno misura le ore passate davanti a uno schermo."}, {"", "\nIl telelavoro, invece, sposta la postazione …"}}, Questions: []QuestionDiff{
			{"changed", "Che cosa si misura?", []QuestionPart{{"Il testo", []WordsView{{"", "Che cosa si"}, {"removed", "conta?"}, {"added", "misura?"}}}, {"La risposta giusta", []WordsView{{"removed", "Le ore"}, {"added", "I risultati"}}}, {"Il tipo di domanda", nil}}},
			{"removed", "Chi firma?", []QuestionPart{{"Una risposta", []WordsView{{"removed", "Il dirigente"}}}}},
		}},
		{Kind: "removed", Title: "Dopo l’emergenza", Before: 8},
	}}
	harmless := DiffView{Before: 170, After: 170, Harmless: true, Open: true, Objects: diff.Objects[1:2]}
	numbers := []front.Option{{Value: "3", Label: "3, del 22 novembre 2026"}, {Value: "2", Label: "2, del 22 ottobre 2026"}, {Value: "1", Label: "1, del 22 agosto 2026"}}
	orgs := []front.Option{{Value: "valli", Label: "Unione delle Valli"}, {Value: "fontechiara", Label: "Comune di Fontechiara"}}
	people := []MoveRow{
		{ID: "1", Name: "Bianchi Chiara", Organisation: "Comune di Fontechiara", From: 1, Before: 62, After: 58, Again: []string{"Oltre il telelavoro", "Un obiettivo chiaro"}, New: 1},
		{ID: "2", Name: "De Gasperi Maria Antonietta", Organisation: "Unione delle Valli", From: 1, Before: 100, After: 100, New: 1, Gone: 1, Completed: true},
		{ID: "3", Name: "Neri Eva", Organisation: "Comune di Fontechiara", From: 2, Before: 94, After: 100, Completes: true},
		{ID: "4", Name: "Verdi Ugo", Organisation: "Comune di Fontechiara", From: 2, Before: 10, After: 10},
	}
	row := front.EnrolmentRow{Person: "Bianchi Chiara", PersonHref: "/x", Organisation: "Comune di Fontechiara", State: "in_progress", Percent: 58, Done: 10, Total: 17, Minutes: 110}
	return map[string]any{
		"editions":          &EditionsPage{Frame: f, Course: c, Author: true, Editions: []EditionCard{third, second, first}, Batches: []BatchRow{{"/b", 3, 57, at}}},
		"editions-2":        &EditionsPage{Frame: f, Course: c, Closed: true, Editions: []EditionCard{second}},
		"edition_act":       &EditionActPage{Frame: f, Course: c, Edition: first, Act: "restore", Next: 4},
		"edition_act-2":     &EditionActPage{Frame: f, Course: c, Edition: second, Act: "withdraw", Value: " ", Problem: "Controlla i campi segnati.", Errors: map[string]string{"reason": "Scrivi il motivo, in al massimo 1000 caratteri."}},
		"edition_compare":   &ComparePage{Frame: f, Course: c, From: first, To: second, Numbers: numbers, Diff: diff},
		"edition_compare-2": &ComparePage{Frame: f, Course: c, From: first, To: second, Numbers: numbers, Diff: harmless},
		"edition_compare-3": &ComparePage{Frame: f, Course: c, From: first, To: third, Numbers: numbers},
		"edition_move":      &MovePage{Frame: f, Course: c, To: second, Compare: "/c", Froms: []front.Option{{Value: "", Label: "Tutte le precedenti"}, {Value: "1", Label: "Versione 1 (412 persone)"}}, Organisation: "valli", Organisations: orgs, People: people, Total: 412, More: "/m", Author: true, Harmless: 57, Problem: "Segna almeno una persona."},
		"edition_move-2":    &MovePage{Frame: f, Course: c, To: second, Compare: "/c", Froms: []front.Option{{Value: "", Label: "Tutte le precedenti"}}, Organisation: "valli", Organisations: orgs[:1], Name: "zzz", Author: true},
		"edition_moved":     &MovedPage{Frame: f, Course: c, To: 2, At: at, People: 57, Rows: []front.EnrolmentRow{row}, More: "/m", Undo: "/u"},
		"edition_moved-2":   &MovedPage{Frame: f, Course: c, To: 2, At: at, People: 3, Everybody: true},
		"edition_moved-3":   &MovedPage{Frame: f, Course: c, To: 2, At: at, People: 3, Undo: "/u", Undone: &UndoneView{Back: 54, Failed: 1, Stays: []StayView{{"completed", 1, []string{"Neri Eva"}}, {"begun", 2, []string{"Bianchi Chiara", "Verdi Ugo"}}}}},
		"news":              &NewsPage{Frame: f, Course: c, Mine: 1, From: 1, To: 2, Notes: []NewsNote{{2, second.Note, at}}, Diff: diff},
		"news-2":            &NewsPage{Frame: f, Course: c, Mine: 3, From: 1, To: 3, Moves: []NewsMove{{2, 3, at, []string{"Oltre il telelavoro"}}, {1, 2, at.AddDate(0, -1, 0), nil}}, Notes: []NewsNote{{3, third.Note, at}, {2, "", at}}, Diff: diff},
		"news-3":            &NewsPage{Frame: f, Course: c, Mine: 3, From: 3, To: 3},
	}
}
