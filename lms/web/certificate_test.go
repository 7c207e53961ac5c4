package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"aulacomune/lms"
)

// A certificate that another superseded says so, and leads to it; of a webinar it names no edition.
func TestSupersededCertificate(t *testing.T) {
	h := open(t)
	start := time.Date(2026, 6, 8, 13, 0, 0, 0, time.UTC)
	a := lms.Attestation{
		Occasion: "webinar/w1/" + string(h.people["anna"].ID), What: lms.OccasionWebinar, Issuer: "valle", Person: h.people["anna"].ID, Name: "Anna Prova", Organisation: "Comune di Alto",
		Title: "Lavorare per obiettivi", Programme: "Esperienze a confronto.", Minutes: 80, Planned: 90, From: start, To: start.Add(90 * time.Minute),
	}
	first, err := h.school.Register.Attest(t.Context(), a)
	must(t, err)
	v := h.as("")
	page := v.page("/verifica/" + string(first.Code))
	page.says(t, "Attestato valido", "Lavorare per obiettivi", "webinar in diretta", "Esperienze a confronto.", "1 ora e 20 minuti", "8 giugno 2026", "<dt>Presenza</dt>", "<dt>Webinar</dt>")
	page.keepsTo(t, "Versione del corso", "dal 8 giugno")
	a.Minutes, a.Reason = 75, "Minuti contati due volte"
	next, err := h.school.Register.Attest(t.Context(), a)
	must(t, err)
	v.page("/verifica/"+string(first.Code)).says(t, "Attestato sostituito il", "Minuti contati due volte", `href="/verifica/`+string(next.Code)+`"`, "PDF rilasciato (sostituito)")
	v.page("/verifica/"+string(next.Code)).says(t, "Attestato valido", "1 ora e 15 minuti")
	mine := h.as("anna").page("/attestati")
	mine.says(t, "Sostituito", "Valido", "Lavorare per obiettivi")
	desk := h.as("dario")
	desk.page("/amministrazione/registro/valle").says(t, "Sostituzione", "Minuti contati due volte", "Lavorare per obiettivi")
	if desk.page("/amministrazione/attestati/" + string(first.Code)); strings.Contains(desk.page("/amministrazione/attestati/"+string(first.Code)).Body, "/revoca") {
		t.Error("one that was superseded can be revoked")
	}
	if got := v.get("/api/v1/certificates/" + string(first.Code)); !strings.Contains(got.Body, `"state":"superseded"`) || !strings.Contains(got.Body, `"by":"`+string(next.Code)+`"`) || !strings.Contains(got.Body, `"what":"webinar"`) {
		t.Errorf("%d %s", got.Status, got.Body)
	}
}

// People choose on their profile that certificates to come say their fiscal number; before they have saved one there is nothing to choose.
func TestFiscalNumberOnCertificates(t *testing.T) {
	h := open(t)
	v := h.as("anna")
	v.page("/profilo/accessi").keepsTo(t, "/profilo/codice-fiscale/attestati")
	token := v.page("/profilo/accessi").form(t, "/profilo/codice-fiscale")
	if a := v.submit(token, url.Values{"fiscal": {"PRVNNA80A41H501D"}}); a.Status != http.StatusSeeOther {
		t.Fatalf("%d", a.Status)
	}
	choose := v.page("/profilo/accessi").form(t, "/profilo/codice-fiscale/attestati")
	if a := v.submit(choose, nil); a.Status != http.StatusSeeOther {
		t.Fatalf("%d: %s", a.Status, a.Body)
	}
	v.page("/profilo/accessi?esito=number-print").says(t, "Scelta salvata", "I prossimi attestati riporteranno", "Non stampare più")
	done := func() lms.Row {
		row, err := h.school.Register.Attest(t.Context(), lms.Attestation{
			Occasion: "webinar/" + time.Now().Format(time.RFC3339Nano), What: lms.OccasionWebinar, Issuer: "valle", Person: h.people["anna"].ID, Name: "Anna Prova",
			Title: "Un'ora", Minutes: 60, Planned: 60, From: time.Now().Add(-time.Hour), To: time.Now(),
		})
		must(t, err)
		return row
	}
	with := done()
	h.as("").page("/verifica/"+string(with.Code)).says(t, "PRVNNA80A41H501D")
	if a := v.submit(v.page("/profilo/accessi").form(t, "/profilo/codice-fiscale/attestati"), nil); a.Status != http.StatusSeeOther {
		t.Fatalf("%d", a.Status)
	}
	without := done()
	h.as("").page("/verifica/"+string(without.Code)).keepsTo(t, "PRVNNA80A41H501D")
	h.as("").page("/verifica/"+string(with.Code)).says(t, "PRVNNA80A41H501D") // what was issued stays
}
