package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"aulacomune/lms"
	"aulacomune/lms/enti"
)

const comuni = "Codice Comune formato alfanumerico;Denominazione in italiano;Denominazione Regione;\"Denominazione dell'Unità territoriale sovracomunale \n(valida a fini statistici)\";Codice Catastale del comune\n" +
	"91001;Alto;Terra Fiorita;Fiorino;X001\n91002;Borgo Fiorito;Terra Fiorita;Fiorino;X002\n91002;Borgo Doppio;Terra Fiorita;Fiorino;X003\n"

// openData is an import that waits to be confirmed, below valle.
func (h *house) openData() string {
	h.t.Helper()
	i, err := h.parts.Enti.Check(h.t.Context(), h.actor("dario"), enti.Files{ISTAT: []byte(comuni), Region: "Terra Fiorita"}, "valle")
	must(h.t, err)
	return i.ID
}

// asks leaves a request to get into comune-alto.
func (h *house) asks(email string) string {
	h.t.Helper()
	_, err := h.school.Organisations.Amend(h.t.Context(), "comune-alto", func(o *lms.Organisation) error { o.Domains = []string{"comune-alto.example"}; return nil })
	must(h.t, err)
	must(h.t, h.parts.Enti.Ask(h.t.Context(), enti.Asking{Email: email, Given: "Gino", Family: "Nuovo", Office: "Tributi"}))
	waiting, _, err := h.parts.Enti.Waiting(h.t.Context(), h.actor("dario"), "comune-alto", lms.PageAt{})
	must(h.t, err)
	return waiting[len(waiting)-1].ID
}

// sends posts the form of the import with a list of comuni.
func (v *visitor) sends(region, istat string) answer {
	v.h.t.Helper()
	return v.upload("/amministrazione/enti/importa", "istat", istat, url.Values{"region": {region}, "csrf": {v.token()}})
}

// TestOpenDataBecomeEnti: an administrator uploads the list, looks at what it would change, confirms, and finds the enti in the tree.
func TestOpenDataBecomeEnti(t *testing.T) {
	h := open(t)
	dario := h.as("dario")
	dario.page("/amministrazione/enti").says(t, "Carica gli enti", "Comune di Alto")
	if a := dario.sends("Piemonte", comuni); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "region") == "" {
		t.Errorf("another region: %d", a.Status)
	}
	if a := dario.sends("Terra Fiorita", "a;b\n1;2\n"); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "istat") == "" {
		t.Errorf("another file: %d", a.Status)
	}
	sent := dario.sends("terra fiorita", comuni)
	if sent.Status != http.StatusSeeOther {
		t.Fatalf("%d %s", sent.Status, sent.Body)
	}
	at := sent.Header.Get("Location")
	dry := dario.page(at)
	dry.says(t, "Nuovi: 2", "Spostati: 1", "Provincia di Fiorino", "Comune di Borgo Fiorito", "riga 5", "c’è già alla riga 4", "91002", "Conferma e applica")
	dario.page(at+"?q=borgo").says(t, "Nuovi: 1")
	if n := len(h.orgs()); n == 0 || strings.Contains(strings.Join(h.orgs(), " "), "comune-borgo-fiorito") {
		t.Error("the dry run wrote")
	}
	for _, who := range []string{"elena", "carla", "anna"} {
		if a := h.as(who).get(at); a.Status != http.StatusNotFound && a.Status != http.StatusForbidden {
			t.Errorf("%s looks: %d", who, a.Status)
		}
	}
	if a := dario.submit(dry.form(t, at), url.Values{}); a.Status != http.StatusSeeOther {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	dario.page(at).says(t, "Fatto: ", "Nuovi")
	dario.page("/amministrazione/enti?q=x002").says(t, "Comune di Borgo Fiorito")
	dario.page("/amministrazione/enti?ente=provincia-di-fiorino").says(t, "Comune di Borgo Fiorito", "091002")
	dario.page(at).keepsTo(t, "Conferma e applica")
}

func (h *house) orgs() []string {
	h.t.Helper()
	all, err := h.school.Organisations.Select(h.t.Context(), lms.Query{})
	must(h.t, err)
	var ids []string
	for _, o := range all {
		ids = append(ids, string(o.ID))
	}
	return ids
}

// TestAReferentLetsPeopleIn: who asks with an address of the ente is let in by its referent, and by nobody else's.
func TestAReferentLetsPeopleIn(t *testing.T) {
	h := open(t)
	h.hire()
	id := h.asks("gino@comune-alto.example")
	address := "/amministrazione/ingressi/" + id
	h.as("elena").page("/amministrazione/ingressi").keepsTo(t, "gino@")
	rita := h.as("rita")
	list := rita.page("/amministrazione/ingressi")
	list.says(t, "Nuovo Gino", "gino@comune-alto.example", "Tributi")
	done := rita.submit(list.form(t, address), url.Values{"azione": {"conferma"}})
	done.says(t, "Gino Nuovo", "/attiva/")
	rita.page("/amministrazione/persone?q=nuovo").says(t, "Nuovo Gino")
	rita.page("/amministrazione/ingressi").says(t, "Nessuno è in attesa")
	other := h.asks("ugo@comune-alto.example")
	list = rita.page("/amministrazione/ingressi")
	if a := rita.submit(list.form(t, "/amministrazione/ingressi/"+other), url.Values{"azione": {"rifiuta"}}); a.Status != http.StatusSeeOther {
		t.Errorf("%d", a.Status)
	}
	rita.page("/amministrazione/ingressi?esito=proposal-refused").says(t, "La richiesta è stata rifiutata.")
}
