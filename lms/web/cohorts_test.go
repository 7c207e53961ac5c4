package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"aulacomune/lms"
)

// TestAskingToGetIn plays a request through the pages: anna asks, her manager agrees behind the link of the letter without an account, she has a seat;
// then bruno asks, waits for hers, and has it when she leaves.
func TestAskingToGetIn(t *testing.T) {
	h := open(t)
	h.hire()
	dario := h.as("dario")
	form := dario.page("/amministrazione/edizioni/nuova").form(t, "/edizioni/nuova")
	terms := url.Values{"course": {breve}, "organisation": {"valle"}, "title": {"Primavera"}, "capacity": {"1"}, "way_request": {"si"}, "way_free": {""}, "steps": {""}}
	if a := dario.submit(form, terms); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "steps") == "" {
		t.Fatalf("a cohort with requests and nobody to agree: %d, %q", a.Status, a.errorOf(t, "steps"))
	}
	terms.Set("steps", "manager")
	planned := dario.submit(form, terms)
	if planned.Status != http.StatusSeeOther {
		t.Fatalf("planned: %d %s", planned.Status, planned.Body)
	}
	kept, _, _ := strings.Cut(planned.Header.Get("Location"), "?")
	anna, bruno := h.as("anna"), h.as("bruno")
	address := strings.TrimPrefix(kept, "/amministrazione")
	if a := anna.get(address); a.Status != http.StatusNotFound {
		t.Errorf("a cohort that is being planned: %d", a.Status)
	}
	dario.submit(dario.page(kept).form(t, "/stato"), url.Values{"atto": {"open"}})
	anna.page("/edizioni").says(t, "Primavera", "0 su 1 occupati")
	anna.page("/corsi/"+breve).says(t, `href="`+address+`"`)

	ask := func(v *visitor, why string) answer {
		return v.submit(v.page(address).form(t, "/richiesta"), url.Values{"why": {why}})
	}
	if a := ask(anna, " "); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "why") == "" {
		t.Errorf("asked without a why: %d", a.Status)
	}
	asked := ask(anna, "Mi serve <b>subito</b>.")
	request, _, _ := strings.Cut(asked.Header.Get("Location"), "?")
	anna.page(request).says(t, "Anna Prova ha fatto richiesta.", "Mario Prova", "Se nessuno risponde entro il")

	secret := h.linkIn("request.asked", "/richieste/decidi/")
	nobody := h.as("")
	link := nobody.page("/richieste/decidi/" + secret)
	link.says(t, "Mi serve &lt;b&gt;subito&lt;/b&gt;.", "Rispondi come Mario Prova.", `name="robots"`)
	if a := nobody.submit(link.form(t, "/richieste/decidi/"), url.Values{"answer": {"no"}, "reason": {""}}); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "reason") == "" {
		t.Errorf("refused without a reason: %d", a.Status)
	}
	for _, want := range []string{"request-answered", "request-answered-before"} {
		if a := nobody.submit(link.form(t, "/richieste/decidi/"), url.Values{"answer": {"si"}}); a.Status != http.StatusSeeOther || !strings.HasSuffix(a.Header.Get("Location"), "="+want) {
			t.Fatalf("agreed: %d %s %s", a.Status, a.Header.Get("Location"), a.Body)
		}
	}
	nobody.page("/richieste/decidi/"+secret).says(t, "Mario Prova ha dato l’accordo.", "accolta")
	nobody.page("/richieste/decidi/"+secret).keepsTo(t, `name="answer"`)
	if strings.Contains(h.log.String(), secret) {
		t.Error("the secret of the link is in the log")
	}
	anna.page(address).says(t, "Hai un posto.")

	again := ask(bruno, "Anche a me.")
	second, _, _ := strings.Cut(again.Header.Get("Location"), "?")
	mario := h.as("mario")
	mario.page("/richieste").says(t, "Bruno Prova", "Aspettano la tua risposta", "di Mario Prova, dal ")
	bruno.page(second).says(t, "Mario Prova (Responsabile)", "accordo del responsabile, dal ")
	bruno.page(address).says(t, "di Mario Prova, dal ")
	mario.submit(mario.page(second).form(t, "/risposta"), url.Values{"answer": {"si"}})
	bruno.page(address).says(t, "Sei in lista d’attesa: numero 1.")
	anna.submit(anna.page(address).form(t, "/lascia"), nil)
	bruno.page(address).says(t, "Hai un posto.")
	if _, ok, err := h.school.Learning.Taken(t.Context(), h.people["bruno"].ID, breve); err != nil || !ok {
		t.Errorf("bruno is enrolled: %t, %v", ok, err)
	}
	dario.page(kept).says(t, "Bruno Prova", "ha lasciato")
	for kind, says := range map[string]string{"csv": "Bruno Prova;Comune di Alto;ha un posto", "xlsx": "PK"} {
		if a := dario.get(kept + "/elenco/" + kind); a.Status != http.StatusOK || !strings.Contains(a.Body, says) {
			t.Errorf("%s: %d %.200q", kind, a.Status, a.Body)
		}
	}
	dario.submit(dario.page(kept).form(t, "/togli"), url.Values{"persona": {string(h.people["bruno"].ID)}, "reason": {"Prova"}})
	bruno.page(address).keepsTo(t, "Hai un posto.")
	if a := dario.submit(dario.page(kept).form(t, "/persone"), url.Values{"login": {"elena@prova.it"}}); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "login") == "" {
		t.Errorf("somebody of another ente: %d", a.Status)
	}
}

// TestDeputiesAndPolicies: a manager names who acts for them, a referent says what silence means; wrong input comes back with its form.
func TestDeputiesAndPolicies(t *testing.T) {
	h := open(t)
	h.hire()
	mario := h.as("mario")
	form := mario.page("/sostituti").form(t, "/sostituti")
	if a := mario.submit(form, url.Values{"login": {"elena@prova.it"}, "until": {"domani"}}); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "login") == "" || a.errorOf(t, "until") == "" {
		t.Errorf("wrong: %d", a.Status)
	}
	until := string(h.parts.Cohorts.Today().Add(10))
	if a := mario.submit(form, url.Values{"login": {"bruno@prova.it"}, "until": {until}}); a.Status != http.StatusSeeOther {
		t.Fatalf("named: %d %s", a.Status, a.Body)
	}
	mario.page("/sostituti").says(t, "Bruno Prova")
	mario.submit(mario.page("/sostituti").form(t, "/fine"), nil)
	mario.page("/sostituti").keepsTo(t, "Bruno Prova")

	rita := h.as("rita")
	policy := rita.page("/amministrazione/richieste").form(t, "/regole")
	if a := rita.submit(policy, url.Values{"ente": {"comune-alto"}, "remind": {"9"}, "silence": {"5"}, "rule": {"approved"}}); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "remind") == "" {
		t.Errorf("reminded after the deadline: %d", a.Status)
	}
	if a := rita.submit(policy, url.Values{"ente": {"comune-alto"}, "remind": {"2"}, "silence": {"5"}, "rule": {"approved"}}); a.Status != http.StatusSeeOther {
		t.Fatalf("set: %d %s", a.Status, a.Body)
	}
	rita.page("/amministrazione/richieste").says(t, `value="5"`)
	if a := rita.submit(policy, url.Values{"ente": {"altrove"}, "remind": {"2"}, "silence": {"5"}, "rule": {"approved"}}); a.Status != http.StatusNotFound {
		t.Errorf("of another ente: %d", a.Status)
	}
	if p, err := h.parts.Requests.PolicyOf(t.Context(), []lms.OrganisationID{"valle", "comune-alto"}); err != nil || p.Silence != 5 {
		t.Errorf("%+v, %v", p, err)
	}
}
