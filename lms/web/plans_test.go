package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/plan"
)

// assign assigns the short course to somebody; due may be no day.
func (h *house) assign(by, to string, due cohort.Day) {
	h.t.Helper()
	_, err := h.parts.Plans.Assign(h.t.Context(), h.actor(by), plan.Order{Course: breve, Terms: plan.Terms{Due: due}, Apply: true}, []lms.PersonID{h.people[to].ID})
	must(h.t, err)
}

// TestReportsKnowOfAssignments: who is late with what was assigned stands in the report, until they have another day.
func TestReportsKnowOfAssignments(t *testing.T) {
	h := open(t)
	h.hire()
	due := h.parts.Plans.Today().Add(3)
	h.assign("mario", "bruno", due)
	rita := h.as("rita")
	rita.page("/rapporti/late").keepsTo(t, "Bruno")
	rita.page("/rapporti/progress").says(t, "Bruno", string(due[8:10])+"/"+string(due[5:7])+"/"+string(due[:4]))
	h.ahead.Store(int64(5 * 24 * time.Hour))
	rita = h.as("rita")
	rita.page("/rapporti/late").says(t, "Bruno", `<td class="number" data-label="Giorni di ritardo">2</td>`)
	must(t, h.parts.Plans.Extend(t.Context(), h.actor("mario"), breve, h.people["bruno"].ID, plan.Entry{Day: due.Add(30), Reason: "Era in ferie."}))
	rita.page("/rapporti/late").keepsTo(t, "Bruno")
}

// TestAManagerAssigns plays an assignment through the pages: looked at first, then given; extended, waived and taken back, each with its reason; a manager
// reaches their own people and nobody else.
func TestAManagerAssigns(t *testing.T) {
	h := open(t)
	h.hire()
	mario := h.as("mario")
	mario.page("/amministrazione/assegnazioni").says(t, "Nessuna assegnazione")
	due := h.parts.Plans.Today().Add(20)
	form := mario.page("/amministrazione/assegnazioni/nuova").form(t, "/nuova")
	for field, wrong := range map[string]url.Values{
		"course":    {"course": {""}, "people": {"bruno@prova.it"}},
		"people":    {"course": {breve}, "people": {"bruno@prova.it, elena@prova.it\nnessuno"}},
		"everybody": {"course": {breve}, "everybody": {"altrove"}},
		"due":       {"course": {breve}, "people": {"bruno@prova.it"}, "due": {"domani"}},
		"months":    {"course": {breve}, "people": {"bruno@prova.it"}, "months": {"sei"}},
	} {
		if a := mario.submit(form, wrong); field != "everybody" && (a.Status != http.StatusUnprocessableEntity || a.errorOf(t, field) == "") || ok(a.Status) {
			t.Errorf("%s: %d, %q", field, a.Status, a.errorOf(t, field))
		}
	}
	order := url.Values{"course": {breve}, "people": {"bruno@prova.it"}, "due": {string(due)}, "months": {"12"}}
	looked := mario.submit(form, order)
	looked.says(t, "Che cosa succede se confermi", "Bruno Prova")
	bruno := h.as("bruno")
	if _, is, err := h.school.Learning.Taken(t.Context(), h.people["bruno"].ID, breve); is || err != nil {
		t.Fatalf("a look enrolled: %t, %v", is, err)
	}
	if a := mario.submit(looked.form(t, "/nuova"), url.Values{"atto": {"assegna"}}); a.Status != http.StatusSeeOther {
		t.Fatalf("assigned: %d %s", a.Status, a.Body)
	}
	mario.page("/amministrazione/assegnazioni").says(t, "Bruno Prova", due.Words("it"), "da iniziare")
	bruno.page("/scadenze").says(t, `href="/corsi/`+breve+`"`, due.Words("it"), "da iniziare", `href="/edizioni"`)
	bruno.page("/apprendimento").says(t, `href="/scadenze"`)
	mario.page("/amministrazione/assegnazioni?stato=overdue").keepsTo(t, "Bruno Prova")
	rita := h.as("rita")
	rita.page("/amministrazione/assegnazioni?corso="+breve).says(t, "Bruno Prova")
	if a := rita.get("/amministrazione/assegnazioni?ente=altrove"); a.Status != http.StatusNotFound {
		t.Errorf("of another ente: %d", a.Status)
	}
	one := "/amministrazione/assegnazioni/" + breve + "/" + string(h.people["bruno"].ID)
	if a := bruno.get(one); a.Status != http.StatusForbidden {
		t.Errorf("a learner: %d", a.Status)
	}
	mario.page(one).says(t, "Mario Prova ha assegnato il corso, da completare entro il "+due.Words("it"), "ogni 12 mesi")
	if a := mario.submit(mario.page(one).form(t, "/proroga"), url.Values{"day": {"ieri"}, "reason": {"Era in ferie."}}); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "extend-day") == "" || !strings.Contains(a.Body, "Era in ferie.") {
		t.Errorf("extended to no day: %d", a.Status)
	}
	for act, says := range map[string]string{"/proroga": "ha spostato la scadenza", "/esonero": "ha concesso un esonero"} {
		a := mario.submit(mario.page(one).form(t, act), url.Values{"day": {string(due.Add(10))}, "reason": {"Era in <ferie>."}})
		if a.Status != http.StatusSeeOther {
			t.Fatalf("%s: %d %s", act, a.Status, a.Body)
		}
		mario.page(one).says(t, says, "Era in &lt;ferie&gt;.")
	}
	rita.submit(rita.page(one).form(t, "/togli"), url.Values{"reason": {"Non serve più."}})
	bruno.page("/scadenze").says(t, "Nessuna scadenza")
	gone := mario.page(one)
	gone.says(t, "assegnazione tolta", "Rita Prova ha tolto l’assegnazione.")
	gone.keepsTo(t, "/proroga")
	mario.page("/amministrazione/assegnazioni").keepsTo(t, "Bruno Prova")
	mario.page("/amministrazione/assegnazioni?stato=withdrawn").says(t, "Bruno Prova")
	all := rita.submit(rita.page("/amministrazione/assegnazioni/nuova").form(t, "/nuova"), url.Values{"course": {breve}, "everybody": {"comune-alto"}})
	all.says(t, "Anna Prova", "Bruno Prova", "Mario Prova")
}

// TestARule: a referent looks whom a rule reaches before it is made, newcomers come under it, and it is stopped; what is wrong comes back with its form.
func TestARule(t *testing.T) {
	h := open(t)
	h.hire()
	rita := h.as("rita")
	rita.page("/amministrazione/regole").says(t, "Nessuna regola")
	form := rita.page("/amministrazione/regole/nuova").form(t, "/nuova")
	for field, wrong := range map[string]url.Values{
		"course": {"course": {"manca"}}, "due": {"course": {breve}, "due": {"poi"}}, "enti": {"course": {breve}, "enti": {"manca"}}, "organisation": {"course": {breve}, "organisation": {"altrove"}},
		"days": {"course": {breve}, "days": {"30"}, "due": {"2030-01-01"}}, "grace": {"course": {breve}, "grace": {"9999"}},
	} {
		if a := rita.submit(form, wrong); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, field) == "" {
			t.Errorf("%s: %d, %q", field, a.Status, a.errorOf(t, field))
		}
	}
	looked := rita.submit(form, url.Values{"course": {breve}, "days": {"30"}})
	looked.says(t, "<strong>4</strong> persone", "Bruno Prova") // rita, mario, anna and bruno
	rita.page("/amministrazione/regole").says(t, "Nessuna regola")
	if a := rita.submit(looked.form(t, "/nuova"), url.Values{"atto": {"crea"}}); a.Status != http.StatusSeeOther {
		t.Fatalf("made: %d %s", a.Status, a.Body)
	}
	h.as("bruno").page("/scadenze").says(t, h.parts.Plans.Today().Add(30).Words("it"))
	list := rita.page("/amministrazione/regole")
	list.says(t, "entro 30 giorni", "tutte le persone", "di Rita Prova")
	if a := h.as("elena").post(list.form(t, "/ferma").Action, nil); a.Status != http.StatusNotFound {
		t.Errorf("stopped by somebody elsewhere: %d", a.Status)
	}
	rita.submit(list.form(t, "/ferma"), nil)
	rita.page("/amministrazione/regole").says(t, "ferma dal")
	rita.page("/amministrazione/assegnazioni/"+breve+"/"+string(h.people["bruno"].ID)).says(t, "È stata una regola.")
}

// TestAGroup: who keeps a group makes it, changes it, puts people in and takes them out, and ends it; a member sees the others and no percent of theirs, who
// helps it along sees each.
func TestAGroup(t *testing.T) {
	h := open(t)
	h.hire()
	rita := h.as("rita")
	rita.page("/amministrazione/gruppi").says(t, "Nessun gruppo")
	form := rita.page("/amministrazione/gruppi/nuovo").form(t, "/nuovo")
	for field, wrong := range map[string]url.Values{
		"name": {"name": {" "}}, "facilitators": {"name": {"Squadra"}, "facilitators": {"elena@prova.it"}}, "material": {"name": {"Squadra"}, "material": {"Lavagna http://esempio.example"}},
		"organisation": {"name": {"Squadra"}, "organisation": {"altrove"}},
	} {
		if a := rita.submit(form, wrong); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, field) == "" {
			t.Errorf("%s: %d, %q", field, a.Status, a.errorOf(t, field))
		}
	}
	made := rita.submit(form, url.Values{"name": {"Squadra <Kanban>"}, "facilitators": {"mario@prova.it"}, "material": {"La lavagna https://esempio.example/lavagna\n"}, "course_" + breve: {"si"}})
	if made.Status != http.StatusSeeOther {
		t.Fatalf("made: %d %s", made.Status, made.Body)
	}
	kept, _, _ := strings.Cut(made.Header.Get("Location"), "?")
	add := rita.page(kept).form(t, "/persone")
	if a := rita.submit(add, url.Values{"login": {"elena@prova.it"}}); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "login") == "" {
		t.Errorf("somebody of another ente: %d", a.Status)
	}
	for _, who := range []string{"anna", "bruno"} {
		if a := rita.submit(add, url.Values{"login": {who + "@prova.it"}}); a.Status != http.StatusSeeOther {
			t.Errorf("%s: %d", who, a.Status)
		}
	}
	h.finish("anna", breve)
	own := strings.TrimPrefix(kept, "/amministrazione")
	anna, mario := h.as("anna"), h.as("mario")
	anna.page("/gruppi").says(t, "Squadra &lt;Kanban&gt;", `href="`+own+`"`)
	seen := anna.page(own)
	seen.says(t, "Bruno Prova", "Mario Prova", `href="https://esempio.example/lavagna"`, "Il gruppo è troppo piccolo per dirlo.")
	seen.keepsTo(t, "100 %", kept)
	mario.page(own).says(t, "100 %", "1 su 2")
	if a := h.as("carla").get(own); a.Status != http.StatusNotFound {
		t.Errorf("somebody else: %d", a.Status)
	}
	edit := rita.page(kept+"/modifica").form(t, "/modifica")
	if got := edit.Fields; got.Get("facilitators") != "mario@prova.it\n" || got.Get("material") != "La lavagna https://esempio.example/lavagna\n" || got.Get("course_"+breve) != "si" {
		t.Errorf("the form says %v", got)
	}
	rita.submit(edit, url.Values{"name": {"Pilota"}, "course_" + breve: nil})
	rita.submit(rita.page(kept).form(t, "/togli"), url.Values{"persona": {string(h.people["bruno"].ID)}})
	changed := anna.page(own)
	changed.says(t, "<h1>Pilota</h1>")
	changed.keepsTo(t, "Bruno Prova", "Corsi del gruppo")
	rita.submit(rita.page(kept).form(t, "/fine"), nil)
	ended := rita.page(kept)
	ended.says(t, "chiuso il")
	ended.keepsTo(t, kept+"/togli", kept+"/fine")
}

// TestWhoMayTakeACourse: a course is reserved for a group, then open by its cohorts alone; a group that the reader does not see stays in it.
func TestWhoMayTakeACourse(t *testing.T) {
	h := open(t)
	h.hire()
	dario, bruno := h.as("dario"), h.as("bruno")
	g, err := h.parts.Cohorts.MakeGroup(t.Context(), h.actor("dario"), cohort.NewGroup{Organisation: "comune-alto", Name: "Pilota"})
	must(t, err)
	ended, err := h.parts.Cohorts.MakeGroup(t.Context(), h.actor("dario"), cohort.NewGroup{Organisation: "comune-alto", Name: "Vecchio"})
	must(t, err)
	must(t, h.parts.Cohorts.EndGroup(t.Context(), h.actor("dario"), ended.ID))
	must(t, h.parts.Cohorts.SetAccess(t.Context(), h.actor("dario"), cohort.Access{Course: breve, Free: true, Audience: cohort.Audience{Groups: []cohort.GroupID{ended.ID}}}))
	address := "/amministrazione/corsi/" + breve + "/accesso"
	dario.page("/amministrazione/corsi/"+breve).says(t, `href="`+address+`"`)
	form := dario.page(address).form(t, "/accesso")
	for field, wrong := range map[string]url.Values{"way": {"way": {"altro"}}, "enti": {"enti": {"manca"}}} {
		if a := dario.submit(form, wrong); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, field) == "" {
			t.Errorf("%s: %d, %q", field, a.Status, a.errorOf(t, field))
		}
	}
	if a := dario.submit(form, url.Values{"group_" + string(g.ID): {"si"}, "reserved": {"si"}}); a.Status != http.StatusSeeOther {
		t.Fatalf("set: %d %s", a.Status, a.Body)
	}
	x, err := h.parts.Cohorts.AccessOf(t.Context(), breve)
	if err != nil || !x.Reserved || !x.Free || len(x.Audience.Groups) != 2 {
		t.Errorf("%+v, %v", x, err)
	}
	bruno.page("/corsi").keepsTo(t, "/corsi/"+breve)
	must(t, h.parts.Cohorts.AddMember(t.Context(), h.actor("dario"), g.ID, "bruno@prova.it"))
	bruno.page("/corsi").says(t, "/corsi/"+breve)
	again := dario.page(address)
	again.says(t, "resta com’è")
	dario.submit(again.form(t, "/accesso"), url.Values{"way": {"cohorts"}, "reserved": nil})
	if x, err = h.parts.Cohorts.AccessOf(t.Context(), breve); err != nil || x.Reserved || x.Free || len(x.Audience.Groups) != 2 {
		t.Errorf("%+v, %v", x, err)
	}
	for _, who := range []string{"rita", "elena"} {
		if a := h.as(who).get(address); a.Status != http.StatusNotFound {
			t.Errorf("%s: %d", who, a.Status)
		}
	}
}
