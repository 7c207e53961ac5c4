package web_test

import (
	"net/http"
	"net/url"
	"slices"
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
	if a := dario.sends("Piemonte", comuni); a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.errorOf(t, "region"), "Terra Fiorita") || !strings.Contains(a.Body, `<option value="Terra Fiorita"`) {
		t.Errorf("another region: %d", a.Status)
	}
	if a := dario.sends("Terra Fiorita", "a;b\n1;2\n"); a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.errorOf(t, "istat"), "denominazione regione") {
		t.Errorf("another file: %d", a.Status)
	}
	sent := dario.sends("terra fiorita", comuni)
	if sent.Status != http.StatusSeeOther {
		t.Fatalf("%d %s", sent.Status, sent.Body)
	}
	at := sent.Header.Get("Location")
	dry := dario.page(at)
	dry.says(t, "Nuovi: 2", "Sotto un altro ente: 1", "Provincia di Fiorino", "Comune di Borgo Fiorito", "riga 5", "c’è già alla riga 4", "91002", "Conferma e applica")
	dario.page(at+"?q=borgo").says(t, "Nuovi: 1")
	if n := len(h.orgs()); n == 0 || strings.Contains(strings.Join(h.orgs(), " "), "comune-borgo-fiorito") {
		t.Error("the dry run wrote")
	}
	for _, who := range []string{"elena", "carla", "anna"} {
		if a := h.as(who).get(at); a.Status != http.StatusNotFound && a.Status != http.StatusForbidden {
			t.Errorf("%s looks: %d", who, a.Status)
		}
	}
	if a := dario.submit(dry.last(t, at), url.Values{}); a.Status != http.StatusSeeOther {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	dario.page(at).says(t, "Fatto: ", "Nuovi")
	dario.page("/amministrazione/enti?q=x002").says(t, "Comune di Borgo Fiorito")
	dario.page("/amministrazione/enti?ente=provincia-di-fiorino").says(t, "Comune di Borgo Fiorito", "091002")
	dario.page(at).keepsTo(t, "Conferma e applica")
}

// last is the last form of a page to an address: the one that confirms stands below the others.
func (a answer) last(t *testing.T, action string) form {
	t.Helper()
	all := slices.DeleteFunc(a.forms(t), func(f form) bool { return !strings.Contains(f.Action, action) })
	if len(all) == 0 {
		t.Fatalf("no form to %s in:\n%s", action, a.Body)
	}
	return all[len(all)-1]
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

// TestNothingClosesByTheWay: the list of another region, or one cut short, closes nothing; what is not in a whole one closes when that is ticked, and is
// reopened on its page.
func TestNothingClosesByTheWay(t *testing.T) {
	h := open(t)
	dario := h.as("dario")
	sends := func(region, rows string) (string, answer) {
		t.Helper()
		sent := dario.sends(region, strings.SplitAfter(comuni, "\n")[0]+strings.SplitAfter(comuni, "\n")[1]+rows)
		if sent.Status != http.StatusSeeOther {
			t.Fatalf("%d %s", sent.Status, sent.Body)
		}
		at := sent.Header.Get("Location")
		return at, dario.page(at)
	}
	const three = "91001;Alto;Terra Fiorita;Fiorino;X001\n91002;Basso;Terra Fiorita;Fiorino;X002\n91003;Piano;Terra Fiorita;Fiorino;X003\n"
	const two = "91001;Alto;Terra Fiorita;Fiorino;X001\n91002;Basso;Terra Fiorita;Fiorino;X002\n"
	at, dry := sends("Terra Fiorita", three)
	dry.keepsTo(t, "Chiudi ", `class="btn btn-danger">Conferma e applica`, `name="leave"`)
	dario.submit(dry.last(t, at), url.Values{})
	closed := func() bool {
		o, err := h.school.Organisations.Find(t.Context(), "comune-piano")
		must(t, err)
		return !o.Ceased.IsZero()
	}

	at, dry = sends("Piemonte", "1001;Lontano;Piemonte;Torino;Z001\n")
	dry.says(t, "Nessuno dei vostri 3 comuni è in questo file: è la regione giusta? Il file è intero?", "Non nel file: restano come sono: 4", "Lascia aperti i 4 enti")
	dry.keepsTo(t, "Chiudi ")
	for _, ticked := range []url.Values{{}, {"cease": {"si"}}, {"cease": {"si"}, "leave": {"si"}}} {
		if a := dario.submit(dry.last(t, at), ticked); a.Status != http.StatusConflict {
			t.Errorf("%v: %d", ticked, a.Status)
		}
	}
	if strings.Contains(strings.Join(h.orgs(), " "), "lontano") {
		t.Error("a plan in doubt was carried out")
	}
	if a := dario.submit(dry.last(t, at), url.Values{"leave": {"si"}}); a.Status != http.StatusSeeOther || closed() || !strings.Contains(strings.Join(h.orgs(), " "), "comune-lontano") {
		t.Errorf("%d, closed %v, %v", a.Status, closed(), h.orgs())
	}

	at, dry = sends("Terra Fiorita", two)
	dry.says(t, "Chiudi 3 enti, in cui lavorano 0 persone", "Comune di Piano")
	if !strings.Contains(dry.Body, `class="btn btn-danger">Conferma e applica`) {
		t.Error("the button that closes looks like any other")
	}
	if list, button := strings.Index(dry.Body, "coverage"), strings.Index(dry.Body, "Conferma e applica"); button < list {
		t.Error("the button stands above what it does")
	}
	if a := dario.submit(dry.last(t, at), url.Values{}); a.Status != http.StatusSeeOther || closed() {
		t.Errorf("without the tick: %d, closed %v", a.Status, closed())
	}
	at, dry = sends("Terra Fiorita", two)
	if a := dario.submit(dry.last(t, at), url.Values{"cease": {"si"}}); a.Status != http.StatusSeeOther || !closed() {
		t.Errorf("with the tick: %d, closed %v", a.Status, closed())
	}
	dario.page("/amministrazione/persone/nuova").keepsTo(t, "Comune di Piano")

	page := dario.page("/amministrazione/enti?ente=comune-piano")
	page.says(t, "Riapri")
	dario.page("/amministrazione/enti?ente=comune-alto").keepsTo(t, "Riapri")
	h.hire()
	if a := h.as("rita").submit(page.form(t, "/amministrazione/enti/riapri"), url.Values{}); a.Status != http.StatusForbidden && a.Status != http.StatusNotFound || !closed() {
		t.Errorf("a referent reopens: %d", a.Status)
	}
	if a := dario.submit(page.form(t, "/amministrazione/enti/riapri"), url.Values{}); a.Status != http.StatusSeeOther || closed() {
		t.Errorf("%d, closed %v", a.Status, closed())
	}
	dario.page("/amministrazione/persone/nuova").says(t, "Comune di Piano")
}
