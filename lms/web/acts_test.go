package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/roll"
)

// town of acts: dario adds somebody to comune-alto, looks at anna, and erases her.
func (h *house) busy() {
	h.t.Helper()
	h.hire()
	_, err := h.school.People.Add(h.t.Context(), h.actor("dario"), lms.NewPerson{Given: "Gina", Family: "Nuova", Login: "gina", Organisation: "comune-alto"})
	must(h.t, err)
	h.ahead.Add(int64(48 * time.Hour))
	_, err = h.school.People.Find(h.t.Context(), h.actor("rita"), h.people["anna"].ID)
	must(h.t, err)
}

// Who keeps people reads what was done where they keep them: by whom, about whom, which and when; that they read it is an act, too.
func TestLogOfActs(t *testing.T) {
	h := open(t)
	h.busy()
	rita, dario := h.as("rita"), h.as("dario")
	all := rita.page("/amministrazione/azioni")
	all.says(t, "Dario Prova", "ha aggiunto una persona", "Gina Nuova", "Rita Prova", "ha visto la pagina di una persona", "Anna Prova", "Comune di Alto", "Amministratore", "ruolo: Partecipante", "non è ancora stata controllata")
	all.keepsTo(t, "controlla\"")
	h.as("elena").page("/amministrazione/azioni").keepsTo(t, "Gina Nuova", "Anna Prova")
	for address, want := range map[string][2]string{
		"?azione=person.read":                     {"Anna Prova", "Gina Nuova"},
		"?chi=dario%40prova.it":                   {"Gina Nuova", "Anna Prova"},
		"?persona=anna%40prova.it":                {"Rita Prova", "Gina Nuova"},
		"?persona=" + string(h.people["anna"].ID): {"Rita Prova", "Gina Nuova"},
		"?dal=" + h.today(0):                      {"Anna Prova", "Gina Nuova"},
		"?al=" + h.today(-1):                      {"Gina Nuova", "Anna Prova"},
		"?chi=nessuno":                            {"Nessuna azione", "Gina Nuova"},
		"?persona=elena%40prova.it":               {"Nessuna azione", "Gina Nuova"},
		"?ente=comune-alto&azione=person.add":     {"Gina Nuova", "Anna Prova"},
		"?azione=person.add&dal=" + h.today(0):    {"Nessuna azione", "Gina Nuova"},
	} {
		a := rita.page("/amministrazione/azioni" + address)
		a.says(t, want[0])
		a.keepsTo(t, want[1])
	}
	for address, field := range map[string]string{"?dal=ieri": "dal", "?al=31%2F02%2F2026": "al", "?azione=x%2Fy": "azione"} {
		if a := dario.get("/amministrazione/azioni" + address); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, field) == "" {
			t.Errorf("%s: %d", address, a.Status)
		}
	}
	if a := dario.get("/amministrazione/azioni?al=31%2F03%2F2026"); a.Status != http.StatusOK {
		t.Errorf("a day as it is written in Italy: %d", a.Status)
	}
	if a := rita.get("/amministrazione/azioni?ente=valle"); a.Status != http.StatusNotFound {
		t.Errorf("from below: %d", a.Status)
	}
	dario.page("/amministrazione/azioni").says(t, "ha consultato il registro delle azioni")
	h.actsOf(t, "audit.read")
}

// today is a day in Italy, some days later, as the school's clock has it.
func (h *house) today(later int) string {
	rome, err := time.LoadLocation("Europe/Rome")
	must(h.t, err)
	return time.Now().Add(time.Duration(h.ahead.Load())).In(rome).AddDate(0, 0, later).Format(time.DateOnly)
}

// The export holds the acts of the filter, and is an act.
func TestExportOfActs(t *testing.T) {
	h := open(t)
	h.busy()
	rita := h.as("rita")
	rita.page("/amministrazione/azioni?azione=person.add").says(t, "/amministrazione/azioni/registro.csv?azione=person.add")
	a := rita.page("/amministrazione/azioni/registro.csv?azione=person.add")
	a.says(t, "ha aggiunto una persona", "Gina Nuova", "Dario Prova", ";Amministratore;")
	a.keepsTo(t, "Anna Prova")
	if kind, name := a.Header.Get("Content-Type"), a.Header.Get("Content-Disposition"); !strings.HasPrefix(kind, "text/csv") || !strings.Contains(name, "azioni.csv") {
		t.Errorf("%s %s", kind, name)
	}
	if a := rita.get("/amministrazione/azioni/registro.csv?dal=ieri"); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("a day that is none: %d", a.Status)
	}
	h.actsOf(t, "audit.export")
}

// An administrator checks the chain; everybody who may read the log sees what was found. A row that somebody changed is found.
func TestChainOfActs(t *testing.T) {
	h := open(t)
	h.busy()
	dario, rita := h.as("dario"), h.as("rita")
	check := dario.page("/amministrazione/azioni").form(t, "/controlla")
	if a := dario.submit(check, nil); a.Header.Get("Location") != "/amministrazione/azioni?esito=acts-whole" {
		t.Fatalf("%d %s", a.Status, a.Header.Get("Location"))
	}
	rita.page("/amministrazione/azioni?esito=acts-whole").says(t, "La catena è integra", "annota altrove l’impronta della riga", "Catena controllata")
	d, err := h.parts.Engine.Get(t.Context(), "acts", "000000000002")
	must(t, err)
	var body map[string]any
	must(t, json.Unmarshal(d.Body, &body))
	body["verb"] = "person.erase"
	d.Body, err = json.Marshal(body)
	must(t, err)
	d.Rev, d.Tokens = d.Rev+1, []string{"edit"}
	must(t, h.parts.Engine.Replace(t.Context(), "acts", d))
	if a := dario.submit(check, url.Values{}); a.Header.Get("Location") != "/amministrazione/azioni?esito=acts-broken" {
		t.Fatalf("%d %s", a.Status, a.Header.Get("Location"))
	}
	rita.page("/amministrazione/azioni").says(t, "La catena si interrompe alla riga 3")
	h.actsOf(t, "audit.check")
}

// Whoever was erased is said to have been, and their name is nowhere.
func TestActsOfTheErased(t *testing.T) {
	h := open(t)
	h.busy()
	anna := h.people["anna"].ID
	must(t, h.parts.Roll.Erase(t.Context(), h.actor("dario"), anna, roll.Erasure{Reason: "lo ha chiesto"}))
	a := h.as("dario").page("/amministrazione/azioni?persona=" + string(anna))
	a.says(t, "Persona cancellata", "ha cancellato una persona", "ha visto la pagina di una persona")
	a.keepsTo(t, "Anna Prova")
}
