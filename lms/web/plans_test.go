package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
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
	if a := mario.submit(mario.page(one+"/proroga").form(t, "/proroga"), url.Values{"day": {"ieri"}, "reason": {"Era in ferie."}}); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "day") == "" || !strings.Contains(a.Body, "Era in ferie.") {
		t.Errorf("extended to no day: %d", a.Status)
	}
	for act, says := range map[string]string{"/proroga": "ha spostato la scadenza", "/esonero": "ha concesso un esonero"} {
		mario.page(one).says(t, `href="`+one+act+`"`)
		a := mario.submit(mario.page(one+act).form(t, act), url.Values{"day": {string(due.Add(10))}, "reason": {"Era in <ferie>."}})
		if a.Status != http.StatusSeeOther {
			t.Fatalf("%s: %d %s", act, a.Status, a.Body)
		}
		mario.page(one).says(t, says, "Era in &lt;ferie&gt;.")
	}
	rita.submit(rita.page(one+"/togli").form(t, "/togli"), url.Values{"reason": {"Non serve più."}})
	bruno.page("/scadenze").says(t, "Nessuna scadenza")
	gone := mario.page(one)
	gone.says(t, "assegnazione tolta", "Rita Prova ha tolto l’assegnazione.")
	gone.keepsTo(t, "/proroga")
	if a := mario.get(one + "/proroga"); a.Status != http.StatusConflict {
		t.Errorf("extending what was taken back: %d", a.Status)
	}
	mario.page("/amministrazione/assegnazioni").keepsTo(t, "Bruno Prova")
	mario.page("/amministrazione/assegnazioni?stato=withdrawn").says(t, "Bruno Prova")
	all := rita.submit(rita.page("/amministrazione/assegnazioni/nuova").form(t, "/nuova"), url.Values{"course": {breve}, "everybody": {"comune-alto"}})
	all.says(t, "Anna Prova", "Bruno Prova", "Mario Prova")
}

// TestAssigningFromAFile plays a file through the pages: read first, its columns said where nobody can tell them, then given; what is wrong with a row is said
// beside it, and somebody of another ente is as unknown as nobody.
func TestAssigningFromAFile(t *testing.T) {
	h := open(t)
	h.hire()
	mario := h.as("mario")
	mario.page("/amministrazione/assegnazioni").says(t, `href="/amministrazione/assegnazioni-da-file"`)
	form := mario.page("/amministrazione/assegnazioni-da-file").form(t, "/assegnazioni-da-file")
	bring := func(file string) answer { return mario.upload(form.Action, "file", file, form.Fields) }
	if a := bring("login\nbruno@prova.it\n"); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "course") == "" {
		t.Errorf("without a course: %d, %q", a.Status, a.errorOf(t, "course"))
	}
	form.Fields.Set("course", breve)
	for name, file := range map[string]string{"empty": "", "a picture": "\x89PNG\r\n\x1a\n\x00\x00", "headings": "login;scadenza\n"} {
		if a := bring(file); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "file") == "" {
			t.Errorf("%s: %d, %q", name, a.Status, a.errorOf(t, "file"))
		}
	}
	brought := bring("chi;quando\nbruno@prova.it;31/12/2099\nelena@prova.it;\nnessuno@prova.it;\n\"=HYPERLINK(\"\"x\"\")\";\nBRUNO@prova.it;\nrita@prova.it;domani\n")
	if brought.Status != http.StatusSeeOther {
		t.Fatalf("brought: %d %s", brought.Status, brought.Body)
	}
	one := brought.Header.Get("Location")
	if a := h.as("rita").get(one); a.Status != http.StatusNotFound {
		t.Errorf("somebody else's file: %d", a.Status)
	}
	asked := mario.page(one)
	asked.says(t, "Che cosa c’è nelle colonne?", "bruno@prova.it")
	columns := asked.form(t, one)
	if a := mario.submit(columns, url.Values{"azione": {"colonne"}, "login": {""}}); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "login") == "" {
		t.Errorf("no column: %d", a.Status)
	}
	mario.submit(columns, url.Values{"azione": {"colonne"}, "login": {"0"}, "due": {"1"}})
	checked := mario.page(one)
	checked.says(t, "<strong>1</strong> la riceve", "<strong>5</strong> righe con un problema", "elena@prova.it", "=HYPERLINK(&#34;x&#34;)", "È già in una riga precedente di questo file.", "Scadenza: ")
	if n := strings.Count(checked.Body, "Nome utente: Questa persona non c’è, o non è di un tuo ente."); n != 3 { // elena, nobody and a formula: said in the same words
		t.Errorf("%d rows are unknown", n)
	}
	checked.keepsTo(t, "Elena")
	if _, is, err := h.school.Learning.Taken(t.Context(), h.people["bruno"].ID, breve); is || err != nil {
		t.Fatalf("a look enrolled: %t, %v", is, err)
	}
	give := checked.form(t, one)
	if a := mario.submit(give, url.Values{"azione": {"assegna"}}); a.Status != http.StatusSeeOther {
		t.Fatalf("given: %d %s", a.Status, a.Body)
	}
	mario.page(one).says(t, "Il corso è assegnato")
	if a := mario.submit(give, url.Values{"azione": {"assegna"}}); a.Status != http.StatusConflict {
		t.Errorf("given twice: %d", a.Status)
	}
	mario.page("/amministrazione/assegnazioni").says(t, "Bruno Prova", "31 dicembre 2099")
	mario.page("/amministrazione/assegnazioni-da-file").says(t, `href="`+one+`"`, "Assegnato")
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

// TestEntiAreSearchedFor: in the form of a rule enti are found by name, chosen, and taken out again; nothing that was typed is lost, and nothing is done while
// a name was typed that nobody has searched for.
func TestEntiAreSearchedFor(t *testing.T) {
	h := open(t)
	h.hire()
	for i := range 25 {
		_, err := h.school.Organisations.Add(t.Context(), lms.Organisation{ID: lms.OrganisationID(fmt.Sprintf("borgo-%02d", i)), Name: fmt.Sprintf("Comune di Borgo %02d", i)}, "valle")
		must(t, err)
	}
	rita := h.as("rita")
	rule := func(a answer) form { return a.form(t, "/regole/nuova") }
	first := rule(rita.page("/amministrazione/regole/nuova"))
	searched := rita.submit(first, url.Values{"course": {breve}, "days": {"30"}, "category": {"funzionario"}, "enti_cerca": {"alto"}, "atto": {"cerca"}})
	searched.says(t, "Comune di Alto", "Trovato 1 ente.", `value="30"`, `id="category-funzionario" value="funzionario" checked`, `id="enti-comune-alto" value="comune-alto">`)
	searched.keepsTo(t, "Che cosa succede se confermi", "Controlla i campi")
	chosen := rita.submit(rule(searched), url.Values{"enti": {"comune-alto"}, "enti_cerca": {"borgo"}}) // by the key Enter: another name was typed, so it is searched for
	chosen.says(t, `id="enti-comune-alto" value="comune-alto" checked`, "Comune di Borgo 00", "Ci sono altri enti oltre a questi 20")
	chosen.keepsTo(t, "Che cosa succede se confermi", "Comune di Borgo 20")
	rita.submit(rule(chosen), url.Values{"enti_cerca": {"<b>zzz"}}).says(t, "Nessun altro ente per «&lt;b&gt;zzz».", `id="enti-comune-alto" value="comune-alto" checked`)
	looked := rita.submit(rule(chosen), url.Values{"enti": {"comune-alto", "borgo-07", "borgo-07"}, "category": nil})
	looked.says(t, "Che cosa succede se confermi", `name="enti" value="comune-alto
borgo-07`)
	for _, f := range looked.forms(t) {
		if _, preview := f.Fields["enti_cercato"]; strings.HasSuffix(f.Action, "/regole/nuova") && !preview {
			if a := rita.submit(f, url.Values{"atto": {"crea"}}); a.Status != http.StatusSeeOther {
				t.Fatalf("made: %d %s", a.Status, a.Body)
			}
		}
	}
	made, err := h.parts.Plans.Rules(t.Context(), h.actor("rita"), "comune-alto")
	if err != nil || len(made) != 1 || !slices.Equal(made[0].Audience.Enti, []lms.OrganisationID{"comune-alto", "borgo-07"}) {
		t.Fatalf("%+v, %v", made, err)
	}
	rita.page("/amministrazione/regole").says(t, "Comune di Alto, Comune di Borgo 07")
}

// TestTheAudienceOfACohort: its enti and the courses it requires are chosen from lists; a group that the reader cannot choose stays.
func TestTheAudienceOfACohort(t *testing.T) {
	h := open(t)
	h.hire()
	dario := h.as("dario")
	g, err := h.parts.Cohorts.MakeGroup(t.Context(), h.actor("dario"), cohort.NewGroup{Organisation: "comune-alto", Name: "Vecchio"})
	must(t, err)
	form := dario.page("/amministrazione/edizioni/nuova").form(t, "/nuova")
	asked := url.Values{"course": {breve}, "title": {"Primavera"}, "requires": {breve}, "group": {string(g.ID)}, "enti_cerca": {"comune di alto"}}
	searched := dario.submit(form, asked)
	searched.says(t, `value="Primavera"`, `id="enti-comune-alto"`, `id="requires-`+breve+`" value="`+breve+`" checked`)
	made := dario.submit(searched.form(t, "/nuova"), url.Values{"enti": {"comune-alto"}, "requires": nil})
	if made.Status != http.StatusSeeOther {
		t.Fatalf("planned: %d %s", made.Status, made.Body)
	}
	kept, _, _ := strings.Cut(made.Header.Get("Location"), "?")
	must(t, h.parts.Cohorts.EndGroup(t.Context(), h.actor("dario"), g.ID))
	terms := dario.page(kept + "/condizioni")
	terms.says(t, `id="enti-comune-alto" value="comune-alto" checked`)
	terms.keepsTo(t, "Vecchio")
	if a := dario.submit(terms.form(t, "/condizioni"), url.Values{"enti": nil, "enti_cerca": nil, "requires": nil}); a.Status != http.StatusSeeOther {
		t.Fatalf("revised: %d %s", a.Status, a.Body)
	}
	v, err := h.parts.Cohorts.Find(t.Context(), h.actor("dario"), cohort.ID(kept[strings.LastIndex(kept, "/")+1:]))
	if err != nil || len(v.Terms.Audience.Enti) != 0 || !slices.Equal(v.Terms.Audience.Groups, []cohort.GroupID{g.ID}) || len(v.Terms.Requires) != 0 {
		t.Errorf("%+v, %v", v.Terms, err)
	}
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
	address := "/amministrazione/accessi/" + breve
	dario.page("/amministrazione/corsi/"+breve).says(t, `href="`+address+`"`)
	form := dario.page(address).form(t, address)
	for field, wrong := range map[string]url.Values{"way": {"way": {"altro"}}, "enti": {"enti": {"manca"}}} {
		if a := dario.submit(form, wrong); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, field) == "" {
			t.Errorf("%s: %d, %q", field, a.Status, a.errorOf(t, field))
		}
	}
	if a := dario.submit(form, url.Values{"group": {string(g.ID)}, "reserved": {"si"}}); a.Status != http.StatusSeeOther {
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
	dario.submit(again.form(t, address), url.Values{"way": {"cohorts"}, "reserved": nil})
	if x, err = h.parts.Cohorts.AccessOf(t.Context(), breve); err != nil || x.Reserved || x.Free || len(x.Audience.Groups) != 2 {
		t.Errorf("%+v, %v", x, err)
	}
	dario.page("/amministrazione/accessi").says(t, `href="`+address+`"`, "Solo tramite le edizioni")
	rita := h.as("rita") // her ente has no course of its own
	rita.page("/amministrazione/edizioni").says(t, `href="/amministrazione/accessi"`)
	rita.page("/amministrazione/accessi").keepsTo(t, address)
	for _, who := range []string{"rita", "elena"} {
		if a := h.as(who).get(address); a.Status != http.StatusNotFound {
			t.Errorf("%s: %d", who, a.Status)
		}
	}
}
