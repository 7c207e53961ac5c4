package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"aulacomune/lms"
)

// Two people are looked at side by side before they are one, and a role stands in the way.
func TestTwoPeopleAreComparedBeforeTheyAreOne(t *testing.T) {
	h := open(t)
	h.hire()
	h.finish("bruno", breve)
	rita := h.as("rita")
	id := func(who string) string { return string(h.people[who].ID) }
	edit := "/amministrazione/persone/" + id("anna") + "/modifica"
	compare := func(double string) answer {
		return rita.submit(rita.page(edit).form(t, "/modifica"), url.Values{"double": {double}, "azione": {"compare"}})
	}
	for double, status := range map[string]int{"nessuno@prova.it": 422, "elena@prova.it": 422, "anna@prova.it": 422, "rita@prova.it": 422} {
		if a := compare(double); a.Status != status || a.errorOf(t, "double") == "" {
			t.Errorf("%s: %d %q", double, a.Status, a.errorOf(t, "double"))
		}
	}
	if a := compare("mario@prova.it"); a.Status != http.StatusSeeOther {
		t.Fatalf("mario: %d", a.Status)
	}
	page := rita.page("/amministrazione/persone/" + id("anna") + "/unisci/" + id("mario"))
	page.says(t, "Responsabile", "I nomi sono diversi", "prima toglilo", `href="/amministrazione/persone/`+id("mario")+`/modifica"`)
	page.keepsTo(t, `value="merge"`)

	page = rita.page("/amministrazione/persone/" + id("anna") + "/unisci/" + id("bruno"))
	page.says(t, "anna@prova.it", "bruno@prova.it", "I nomi sono diversi: Anna Prova e Bruno Prova", "1 corso, 1 completato, 1 attestato", "Nessuno accede più con: bruno@prova.it")
	f := page.form(t, "/modifica")
	if a := rita.submit(f, url.Values{"azione": {"merge"}, "doppione": {id("mario")}}); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("a role is passed on: %d", a.Status)
	} else {
		a.says(t, "Un’unione non passa mai un ruolo")
	}
	if a := rita.submit(f, url.Values{"azione": {"merge"}, "doppione": {id("bruno")}}); a.Status != http.StatusSeeOther {
		t.Fatalf("merge: %d", a.Status)
	}
	if bruno, err := h.school.People.Known(t.Context(), lms.PersonID(id("bruno"))); err != nil || string(bruno.Into) != id("anna") {
		t.Errorf("%v %+v", err, bruno)
	}
	if a := rita.get("/amministrazione/persone/" + id("anna") + "/unisci/" + id("elena")); a.Status != http.StatusNotFound {
		t.Errorf("somebody of another ente: %d", a.Status)
	}
	if a := rita.get("/amministrazione/persone/" + id("anna") + "/unisci/" + id("dario")); a.Status != http.StatusNotFound {
		t.Errorf("the administrator above: %d", a.Status)
	}
}
