package web_test

import (
	"io/fs"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"aulacomune/course"
	"aulacomune/lms"
)

const versions = "/versioni/" + breve

// secondEdition has one word more in its reading.
func secondEdition(t *testing.T) fs.FS {
	t.Helper()
	return changed(t, "02-fine/01-commiato.md", "È tutto: grazie", "È proprio tutto: grazie")
}

// says fails unless a page says all of it.
func (a answer) says(t *testing.T, all ...string) {
	t.Helper()
	for _, s := range all {
		if !strings.Contains(a.Body, s) {
			t.Errorf("the page does not say %q", s)
		}
	}
}

// keepsTo fails when a page says any of it.
func (a answer) keepsTo(t *testing.T, none ...string) {
	t.Helper()
	for _, s := range none {
		if strings.Contains(a.Body, s) {
			t.Errorf("the page says %q", s)
		}
	}
}

// sending finds the form that changes something, where another with the same address only shows.
func (a answer) sending(t *testing.T, action string) form {
	t.Helper()
	for _, f := range a.forms(t) {
		if strings.Contains(f.Action, action) && f.Fields.Has("csrf") {
			return f
		}
	}
	t.Fatalf("no form is sent to %s", action)
	return form{}
}

func TestAnAuthorWithdrawsOffersAndRestores(t *testing.T) {
	h := open(t)
	h.publish("carla", secondEdition(t))
	carla, bruno := h.as("carla"), h.as("bruno")
	a := carla.page(versions)
	a.says(t, "Versione 2", "per le nuove iscrizioni", "Per le prove", versions+"/confronto?da=1&amp;a=2", versions+"/1/ripristina", versions+"/2/ritira", versions+"/sposta?a=2", "1 persona la segue", "0 persone la seguono")
	a.keepsTo(t, versions+"/2/ripristina", versions+"/1/offri")

	form := carla.page(versions+"/2/ritira").form(t, "/ritira")
	wrong := carla.submit(form, url.Values{"reason": {" "}})
	if wrong.Status != http.StatusUnprocessableEntity || wrong.errorOf(t, "reason") == "" {
		t.Errorf("%d, %q", wrong.Status, wrong.errorOf(t, "reason"))
	}
	done := carla.submit(form, url.Values{"reason": {"Un <b>numero</b> sbagliato"}})
	if done.Status != http.StatusSeeOther {
		t.Fatalf("%d", done.Status)
	}
	a = carla.page(done.Header.Get("Location"))
	a.says(t, "ritirata", "Un &lt;b&gt;numero&lt;/b&gt; sbagliato", "Versione ritirata")
	if a := bruno.post("/corsi/"+breve+"/iscrizione", nil); a.Status != http.StatusSeeOther {
		t.Errorf("enrolling: %d", a.Status)
	}
	bruno.page("/corsi/"+breve).says(t, "Versione 1 del corso")

	must(t, carla.withdrawFirst())
	a = h.as("fabio").page("/corsi/" + breve)
	a.says(t, "chiuso a nuove iscrizioni")
	a.keepsTo(t, breve+"/iscrizione")
	if a := h.as("fabio").post("/corsi/"+breve+"/iscrizione", nil); a.Status != http.StatusConflict {
		t.Errorf("enrolling in a closed course: %d", a.Status)
	}
	h.as("").page("/corsi/"+breve).says(t, "chiuso a nuove iscrizioni")
	h.as("").page("/corsi").says(t, "Prova breve")
	h.as("dario").page("/amministrazione/persone/"+string(h.people["carla"].ID)).keepsTo(t, `value="`+breve+`"`)
	bruno.page("/corsi/" + breve + "/saluto")

	f := carla.page(versions).form(t, "/2/offri")
	if a := carla.submit(f, nil); a.Status != http.StatusSeeOther {
		t.Errorf("offering: %d", a.Status)
	}
	f = carla.page(versions+"/1/ripristina").form(t, "/ripristina")
	if a := carla.submit(f, url.Values{"note": {""}}); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "note") == "" {
		t.Errorf("without a note: %d", a.Status)
	}
	done = carla.submit(f, url.Values{"note": {"Torna la prima."}})
	a = carla.page(done.Header.Get("Location"))
	a.says(t, "Versione 3", "ripristina la 1", "Torna la prima.")
	if a := carla.submit(f, url.Values{"note": {"Ancora."}}); a.Status != http.StatusConflict || !strings.Contains(a.Body, "già quello") {
		t.Errorf("once more: %d", a.Status)
	}
}

func (v *visitor) withdrawFirst() error {
	_, err := v.h.school.Publishing.Withdraw(v.h.t.Context(), v.h.actor("carla"), breve, 1, "x")
	return err
}

// What changes is told in words, and what is right to the authors alone.
func TestEditionsAreCompared(t *testing.T) {
	h := open(t)
	h.publish("carla", secondEdition(t))
	h.publish("carla", changed(t, "01-inizio/02-domande.md", "- [x] `b` Sette.", "- [x] `b` Sette giorni."))
	carla := h.as("carla")
	a := carla.page(versions + "/confronto?da=1&a=2")
	a.says(t, "Dalla versione 1 alla 2", "Il commiato", "<ins><span", "proprio", "Non tocca chi segue")
	a = carla.page(versions + "/confronto?da=2&a=3")
	a.says(t, "<del><span", "proprio", "Due domande", "domande", "guarda l’anteprima")
	a.says(t, "Domanda cambiata", "Una risposta:", "giorni.")
	a.keepsTo(t, "La risposta giusta", "Quelli sono i giorni")
	h.publish("carla", changed(t, "01-inizio/02-domande.md", "- [x] `b` Sette.", "- [ ] `b` Sette.\n> - [x] `c` Otto."))
	carla.page(versions+"/confronto?da=3&a=4").says(t, "La risposta giusta:", "Otto.")
	h.as("dario").page(versions+"/confronto?da=3&a=4").says(t, "Una risposta:", "Otto.")
	h.as("dario").page(versions+"/confronto?da=3&a=4").keepsTo(t, "La risposta giusta")
	carla.page(versions+"/confronto").says(t, "Dalla versione 3 alla 4")
	carla.page(versions+"/confronto?da=3&a=3").says(t, "lo stesso contenuto")
	for _, q := range []string{"?da=1&a=9", "?da=0&a=1", "?da=-1&a=2"} {
		if a := carla.get(versions + "/confronto" + q); a.Status != http.StatusNotFound {
			t.Errorf("%s: %d", q, a.Status)
		}
	}
	carla.page(versions+"/confronto?da=x&a=").says(t, "Dalla versione 3 alla 4")
	h.as("dario").page(versions + "/confronto?da=1&a=2")
}

// An administrator moves people with a preview and takes it back; the learner is told what changed.
func TestPeopleAreMovedOnPages(t *testing.T) {
	h := open(t)
	code := string(h.finish("anna", breve).Certificate())
	_, err := h.school.Learning.Enrol(t.Context(), h.actor("bruno"), breve)
	must(t, err)
	h.publish("carla", changed(t, "01-inizio/02-domande.md", "- [x] `b` Sette.", "- [x] `b` Sette giorni."))
	anna, dario := h.as("anna"), h.as("dario")
	before := anna.page("/verifica/" + code).Body
	bruno := h.as("bruno")
	bruno.page("/corsi/"+breve).says(t, "È uscita la versione 2", `href="/novita/`+breve+`"`)
	bruno.page("/novita/"+breve).says(t, "Segui la versione 1", "Due domande", "Domanda cambiata", "Una risposta:", "Per le prove")
	bruno.page("/novita/"+breve).keepsTo(t, "La risposta giusta", "Un commento")

	a := dario.page(versions + "/sposta?a=2")
	a.says(t, "2 persone si possono spostare", "Anna Prova", "Bruno Prova", "Ha già concluso il corso", "Continua da dov’è")
	a.keepsTo(t, "Spostare tutti") // an author's
	dario.page(versions+"/sposta?a=2&cognome=prova+b").says(t, "Bruno Prova")
	dario.page(versions+"/sposta?a=2&cognome=nessuno").says(t, "Nessuno da spostare")
	dario.page(versions+"/sposta?a=2&ente=comune-alto&da=1").says(t, "Anna Prova")
	for _, q := range []string{"?a=2&ente=altrove", "?a=9", "", "?a=x"} {
		if a := dario.get(versions + "/sposta" + q); a.Status != http.StatusNotFound {
			t.Errorf("%q: %d", q, a.Status)
		}
	}
	f := a.sending(t, "/sposta")
	none := dario.submit(f, url.Values{"scelta": nil, "azione": {"scelte"}})
	if none.Status != http.StatusUnprocessableEntity || !strings.Contains(none.Body, "Segna almeno una persona") {
		t.Errorf("nobody chosen: %d", none.Status)
	}
	done := dario.submit(f, url.Values{"azione": {"scelte"}})
	where, _, _ := strings.Cut(done.Header.Get("Location"), "?")
	if done.Status != http.StatusSeeOther || !strings.HasPrefix(where, versions+"/spostamenti/") {
		t.Fatalf("%d to %q", done.Status, where)
	}
	a = dario.page(done.Header.Get("Location"))
	a.says(t, "2 persone sono nella versione 2", "Anna Prova", "Bruno Prova", "Persone spostate")
	dario.page(versions).says(t, where)
	if a := dario.submit(f, url.Values{"azione": {"tutte"}}); a.Status != http.StatusSeeOther || !strings.Contains(a.Header.Get("Location"), "moved-nobody") {
		t.Errorf("again: %d to %q", a.Status, a.Header.Get("Location"))
	}
	if after := anna.page("/verifica/" + code).Body; after != before {
		t.Error("the page of the old certificate changed")
	}
	page := anna.page("/corsi/" + breve)
	page.says(t, "Versione 2 del corso", `href="/novita/`+breve+`"`, "/verifica/"+code)
	page.keepsTo(t, "È uscita la versione")
	anna.page("/novita/"+breve).says(t, "Prima seguivi la versione 1, ora segui la 2", "dalla versione 1 alla 2")

	back := dario.submit(a.form(t, "/annulla"), nil)
	if back.Status != http.StatusSeeOther || back.Header.Get("Location") != where {
		t.Fatalf("%d to %q", back.Status, back.Header.Get("Location"))
	}
	for range 2 { // also after a reload
		dario.page(where).says(t, "2 persone sono tornate")
	}
	if again := dario.get(where + "?esito=moved"); again.Status != http.StatusSeeOther || again.Header.Get("Location") != where {
		t.Errorf("going back to what was said of the move: %d", again.Status)
	}
	dario.page(versions).keepsTo(t, where)
	if a := dario.page(where); strings.Contains(a.Body, "/annulla") {
		t.Error("nobody is left, and it can be undone")
	}
	anna.page("/corsi/"+breve).says(t, "Versione 1 del corso", "È uscita la versione 2")
}

// Who has begun what began again stays when a move is taken back, and is named.
func TestWhoStaysIsNamed(t *testing.T) {
	h := open(t)
	st, err := h.school.Learning.Enrol(t.Context(), h.actor("bruno"), breve)
	must(t, err)
	give := func(id, choice string) {
		_, err := h.school.Learning.Record(t.Context(), h.actor("bruno"), st.Enrolment.ID, []lms.Event{{ID: id, Object: "domande", Kind: lms.Answered, Answers: map[course.QuestionID]course.Answer{"giorni": {choice}}}})
		must(t, err)
	}
	give("1", "b")
	h.publish("carla", changed(t, "01-inizio/02-domande.md", "- [x] `b` Sette.", "- [x] `b` Sette giorni."))
	dario := h.as("dario")
	a := dario.page(versions + "/sposta?a=2")
	a.says(t, "Ricomincia: «Due domande»")
	done := dario.submit(a.sending(t, "/sposta"), url.Values{"azione": {"tutte"}})
	h.as("bruno").page("/novita/"+breve).says(t, "Ricominciano, perché", "«Due domande»")
	give("2", "b")
	page := dario.page(done.Header.Get("Location"))
	dario.submit(page.form(t, "/annulla"), nil)
	undone := dario.page(strings.TrimSuffix(done.Header.Get("Location"), "?esito=moved"))
	undone.keepsTo(t, "/annulla")
	undone.says(t, "Non torna indietro", "1 persona ha già cominciato un oggetto cambiato: Bruno Prova")
}

// An author mends a misspelling and moves everybody, without seeing who they are; nobody else may.
func TestAnAuthorMovesEverybody(t *testing.T) {
	h := open(t)
	h.publish("carla", secondEdition(t))
	carla := h.as("carla")
	a := carla.page(versions + "/sposta?a=2")
	a.says(t, "Spostare tutti", "Per 1 persona questa versione non cambia niente")
	a.keepsTo(t, "Anna Prova", "Scegliere le persone")
	f := a.sending(t, "/sposta")
	if a := h.as("dario").submit(f, url.Values{"azione": {"tutti"}, "csrf": {h.as("dario").token()}}); a.Status != http.StatusForbidden {
		t.Errorf("an administrator: %d", a.Status)
	}
	done := carla.submit(f, url.Values{"azione": {"tutti"}})
	if done.Status != http.StatusSeeOther {
		t.Fatalf("%d", done.Status)
	}
	a = carla.page(done.Header.Get("Location"))
	a.says(t, "1 persona è nella versione 2", "persone di più enti")
	a.keepsTo(t, "Anna Prova")
	carla.page(carla.submit(a.form(t, "/annulla"), nil).Header.Get("Location")).says(t, "1 persona è tornata")
	h.publish("carla", changed(t, "01-inizio/02-domande.md", "- [x] `b` Sette.", "- [x] `b` Sette giorni."))
	carla.page(versions+"/sposta?a=3").says(t, "Nessuno si può spostare senza un’anteprima")
}

// Who does not take a course is led from what changed to its page.
func TestNewsAreForWhoTakesTheCourse(t *testing.T) {
	h := open(t)
	if a := h.as("bruno").get("/novita/" + breve); a.Status != http.StatusSeeOther || a.Header.Get("Location") != "/corsi/"+breve {
		t.Errorf("%d to %q", a.Status, a.Header.Get("Location"))
	}
	if a := h.as("bruno").get("/novita/niente"); a.Status != http.StatusNotFound {
		t.Errorf("%d", a.Status)
	}
	h.as("anna").page("/novita/"+breve).says(t, "segui il contenuto più recente")
	h.as("anna").page("/corsi/"+breve).keepsTo(t, "/novita/")
}
