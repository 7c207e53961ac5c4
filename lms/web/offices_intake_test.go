package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"aulacomune/lms/roll"
)

// Before a file is applied its page says who would come, what was not understood, and gives what is to be put right back as a file.
func TestAFileOfPeopleIsSeenBeforeItIsApplied(t *testing.T) {
	h := open(t)
	h.hire()
	rita := h.as("rita")
	i, err := h.roll.Bring(t.Context(), h.actor("rita"), roll.File{Name: "persone.csv", Bytes: []byte("cognome;nome;posta;Codice fiscale;qualifica;ente\nNuova;Lia;lia@prova.it;X;istruttore;COMUNE DI ALTO\nProva;Anna;anna.prova@prova.it;;;\nSenza;Posta;;=1+1;;\n")})
	must(t, err)
	address := "/amministrazione/persone/importa/" + string(i.ID)
	page := rita.settled(t, address)
	page.says(t, "Nuova Lia", "Comune di Alto", "Impiegato", "Codice fiscale", "qualifica → Categoria", "Forse ci sono già", `href="/amministrazione/persone/`+string(h.people["anna"].ID)+`"`, address+"/righe-da-correggere.csv")
	file := rita.get(address + "/righe-da-correggere.csv")
	if file.Status != http.StatusOK || !strings.Contains(file.Body, "Senza;Posta;") || strings.Contains(file.Body, "Nuova") || strings.Contains(file.Body, ";=1+1") {
		t.Errorf("%d %s", file.Status, file.Body)
	}
	if a := rita.submit(page.form(t, address), url.Values{"azione": {"aggiungi"}}); a.Status != http.StatusSeeOther {
		t.Fatalf("apply: %d", a.Status)
	}
	rita.settled(t, address).keepsTo(t, "Forse ci sono già")

	lia, err := h.school.People.ByLogin(t.Context(), "lia@prova.it")
	must(t, err)
	added, err := h.school.People.NewLink(t.Context(), h.actor("rita"), lia.ID)
	must(t, err)
	undo := rita.page(address).formsTo(t, address)
	if a := rita.submit(undo[len(undo)-1], url.Values{"azione": {"annulla"}}); a.Status != http.StatusSeeOther {
		t.Fatalf("undo: %d", a.Status)
	}
	rita.settled(t, address).says(t, "2 persone tolte")
	if a := h.as("").get("/attiva/" + added.Link); a.Status != http.StatusConflict || !strings.Contains(a.Body, "L’invito è stato ritirato") {
		t.Errorf("the link of somebody who was taken back: %d", a.Status)
	}
}

// settled is the page of a file as soon as nothing goes on behind it.
func (v *visitor) settled(t *testing.T, address string) answer {
	t.Helper()
	for {
		if a := v.page(address); a.Header.Get("Refresh") == "" {
			return a
		}
	}
}
