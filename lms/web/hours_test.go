package web_test

import (
	"encoding/csv"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"aulacomune/lms/sheet"
)

// TestAYearOfHours: what somebody did stands on their page, and page, JSON, CSV and workbook agree.
func TestAYearOfHours(t *testing.T) {
	h := open(t)
	h.hire()
	e := h.finish("anna", breve)
	anna := h.as("anna")
	anna.page("/").says(t, `<a href="/ore">Le mie ore</a>`)
	page := anna.page("/ore")
	page.says(t, "Prova breve", "su 40 ore", `href="/verifica/`+string(e.Certificate())+`"`, "non è un registro ufficiale", `href="/ore/libretto.pdf?anno=`)
	var b struct {
		Done int `json:"done_minutes"`
		Rows []struct {
			Title, Certificate, Verify string
			Minutes                    int
		}
	}
	must(t, json.Unmarshal([]byte(anna.get("/ore/libretto.json").Body), &b))
	if len(b.Rows) != 1 || b.Rows[0].Minutes != b.Done || b.Done == 0 || b.Rows[0].Certificate != string(e.Certificate()) || !strings.HasSuffix(b.Rows[0].Verify, b.Rows[0].Certificate) {
		t.Fatalf("%+v", b)
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(anna.get("/ore/libretto.csv").Body, "\ufeff")))
	r.Comma = ';'
	table, err := r.ReadAll()
	if err != nil || len(table) != 2 || table[1][2] != b.Rows[0].Title || table[1][11] != b.Rows[0].Certificate {
		t.Errorf("%v %v", table, err)
	}
	minutes, ok := sheet.Minutes(table[1][8])
	if !ok || minutes != b.Done {
		t.Errorf("the CSV says %s, the JSON %d minutes", table[1][8], b.Done)
	}
	people, err := sheet.All(sheet.Read([]byte(anna.get("/ore/libretto.xlsx").Body)))
	if err != nil || len(people) != 2 || people[1].Cell(0) != "Anna Prova" || people[1].Cell(5) != "40:00" || people[1].Cell(6) != table[1][8] {
		t.Errorf("%v %v", people, err)
	}
	if pdf := anna.get("/ore/libretto.pdf"); pdf.Status != http.StatusOK || !strings.HasPrefix(pdf.Body, "%PDF-1.7") {
		t.Errorf("%d", pdf.Status)
	}
	mario := h.as("mario")
	mario.page("/ore").says(t, `href="/ore/persone"`)
	mario.page("/amministrazione/assegnazioni").says(t, `href="/ore/persone"`)
	anna.page("/ore").keepsTo(t, `href="/ore/persone"`)
	mario.page("/ore/persone").says(t, "Anna Prova", "Bruno Prova")
	theirs := mario.page("/ore/persone/" + string(h.people["anna"].ID))
	theirs.says(t, "Prova breve", "Piano individuale")
	theirs.keepsTo(t, "Condizioni di lavoro", "Correggi")
	rows, err := sheet.All(sheet.Read([]byte(mario.get("/ore/persone.xlsx").Body)))
	if err != nil || len(rows) != 4 {
		t.Errorf("a manager’s workbook: %v %v", rows, err)
	}
}

// TestALimitSaysWhatCounts: where an ente limits a kind of training, page, files and the manager's list agree on what counts.
func TestALimitSaysWhatCounts(t *testing.T) {
	h := open(t)
	h.hire()
	h.finish("anna", breve)
	anna, rita := h.as("anna"), h.as("rita")
	rules := rita.page("/amministrazione/ore/regole")
	rules.says(t, "prende il suo posto", "Vale per 4 persone")
	year := string(h.parts.Ledger.Today())[:4]
	rita.submit(rules.form(t, "/ore/regole"), url.Values{"minutes": {"40:00"}, "from": {"01/01/" + year}, "most-e-learning": {"0:01"}})
	anna.page("/ore").says(t, "il tuo ente ha messo un limite")
	var b struct {
		Counted int      `json:"counted_minutes"`
		Missing int      `json:"missing_minutes"`
		Limits  []string `json:"limits"`
		Rows    []struct {
			Counted int `json:"counted_minutes"`
		}
	}
	must(t, json.Unmarshal([]byte(anna.get("/ore/libretto.json").Body), &b))
	if b.Counted != 1 || b.Missing != 40*60-1 || len(b.Limits) != 1 || len(b.Rows) != 1 || b.Rows[0].Counted != 1 {
		t.Errorf("%+v", b)
	}
	rows, err := sheet.All(sheet.Read([]byte(anna.get("/ore/libretto.csv").Body)))
	if err != nil || len(rows) != 2 || rows[1].Cell(9) != "0:01" {
		t.Errorf("%v %v", rows, err)
	}
	mario := h.as("mario")
	mario.page("/ore/persone").says(t, "contano 0:01", "si calcolano sulle ore che contano")
	theirs := mario.page("/ore/persone/" + string(h.people["anna"].ID))
	theirs.says(t, "l’ente ha messo un limite")
	theirs.keepsTo(t, "il tuo ente")
}

// TestExternalTraining is declared with its attestato, seen by the referent alone, validated, and corrected with a reason that everybody reads.
func TestExternalTraining(t *testing.T) {
	h := open(t)
	h.hire()
	anna, rita := h.as("anna"), h.as("rita")
	page := anna.page("/ore/dichiara")
	page.says(t, `type="file"`, "al massimo 8 MB")
	day := string(h.parts.Ledger.Today().Before())
	good := url.Values{"title": {"Corso di <b>diritto</b>"}, "provider": {"Università"}, "kind": {"external"}, "from": {day}, "minutes": {"4:30"}, "outcome": {"attended"}}
	maps.Copy(good, url.Values{"csrf": page.form(t, "/ore/dichiara").Fields["csrf"]})
	pdf := "%PDF-1.4\nprova\n%%EOF"
	if a := anna.upload("/ore/dichiara", "file", "<html>", good); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "file") == "" {
		t.Errorf("a page as attestato: %d", a.Status)
	}
	heavy := anna.upload("/ore/dichiara", "file", pdf+strings.Repeat(" ", 9<<20), good)
	if heavy.Status != http.StatusUnprocessableEntity || !strings.Contains(heavy.errorOf(t, "file"), "8 MB") {
		t.Errorf("an attestato of nine megabytes: %d", heavy.Status)
	}
	heavy.says(t, "Università") // the form is kept
	if a := anna.upload("/ore/dichiara", "file", pdf, good); a.Status != http.StatusSeeOther && a.Status != http.StatusFound {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	anna.page("/ore").says(t, "Corso di &lt;b&gt;diritto&lt;/b&gt;", "In attesa di convalida")
	twice := anna.upload("/ore/dichiara", "file", pdf, good)
	if twice.Status != http.StatusConflict {
		t.Errorf("the same attestato again: %d", twice.Status)
	}
	twice.says(t, "Hai già dichiarato questo attestato", `href="/ore?anno=`+day[:4]+`#dichiarate"`)
	queue := rita.page("/amministrazione/ore/convalida")
	queue.says(t, "Anna Prova", "4:30")
	address := between(t, queue.Body, `href="/amministrazione/ore/convalida/`, `"`)
	claim := rita.page("/amministrazione/ore/convalida/" + address)
	file := rita.get("/ore/dichiarazioni/" + address + "/attestato")
	if file.Body != pdf || file.Header.Get("Content-Type") != "application/pdf" || !strings.Contains(file.Header.Get("Content-Disposition"), `filename="file.pdf"`) {
		t.Errorf("%d %v", file.Status, file.Header)
	}
	for _, who := range []string{"mario", "bruno", "elena", "carla"} {
		if a := h.as(who).get("/ore/dichiarazioni/" + address + "/attestato"); a.Status != http.StatusNotFound {
			t.Errorf("%s opens the attestato: %d", who, a.Status)
		}
	}
	form := claim.form(t, "/convalida/"+address)
	if a := rita.submit(form, url.Values{"decision": {"refuse"}}); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "reason") == "" {
		t.Errorf("refused without a reason: %d", a.Status)
	}
	rita.submit(form, url.Values{"decision": {"accept"}, "minutes": {"4:00"}, "reason": {"Mezz’ora era di pausa"}})
	anna.page("/ore").says(t, "Convalidata", "4 ore su 40 ore", "Mezz’ora era di pausa")
	late := rita.submit(form, url.Values{"decision": {"refuse"}})
	if late.Status != http.StatusConflict {
		t.Errorf("decided again: %d", late.Status)
	}
	late.says(t, "è già stato deciso")
	person := rita.page("/ore/persone/" + string(h.people["anna"].ID))
	correct := between(t, person.Body, `href="/ore/righe/`, `"`)
	correction := rita.page("/ore/righe/"+correct).form(t, "/correggi")
	if a := rita.submit(correction, url.Values{"minutes": {"3:00"}}); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "reason") == "" {
		t.Errorf("corrected without a reason: %d", a.Status)
	}
	rita.submit(correction, url.Values{"minutes": {"3:00"}, "reason": {"Le ore erano tre e non quattro"}})
	anna.page("/ore").says(t, "3 ore su 40 ore", "Corretta: Le ore erano tre e non quattro")
}

// between is the text after one and before another.
func between(t *testing.T, s, from, to string) string {
	t.Helper()
	_, rest, ok := strings.Cut(s, from)
	if !ok {
		t.Fatalf("no %s in\n%s", from, s)
	}
	out, _, _ := strings.Cut(rest, to)
	return out
}

// TestWhatAnEnteAsks: a referent sets a rule, plans for people and says how they work; a manager plans, too.
func TestWhatAnEnteAsks(t *testing.T) {
	h := open(t)
	h.hire()
	rita, mario := h.as("rita"), h.as("mario")
	rules := rita.page("/amministrazione/ore/regole")
	rules.says(t, "Questo ente non ha deciso altro", "40 ore")
	form := rules.form(t, "/ore/regole")
	year := string(h.parts.Ledger.Today())[:4]
	if a := rita.submit(form, url.Values{"minutes": {"cinquanta"}, "from": {year + "-01-01"}}); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "minutes") == "" {
		t.Errorf("%d", a.Status)
	}
	rita.submit(form, url.Values{"minutes": {"50:00"}, "from": {year + "-01-01"}, "note": {"Delibera 12"}, "part_time": {"1"}, "pro_rata": {"1"}})
	rules = rita.page("/amministrazione/ore/regole")
	rules.says(t, "50 ore", "Delibera 12")
	rules.keepsTo(t, "Questo ente non ha deciso altro")
	anna := "/ore/persone/" + string(h.people["anna"].ID)
	h.as("anna").page("/ore").says(t, "su 50 ore")
	terms := rita.page(anna).form(t, "/condizioni")
	if a := rita.submit(terms, url.Values{"share": {"centocinquanta"}}); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "terms-share") == "" {
		t.Errorf("%d", a.Status)
	}
	rita.submit(terms, url.Values{"share": {"50"}})
	h.as("anna").page("/ore").says(t, "su 25 ore")
	plan := mario.page(anna).form(t, "/piano")
	mario.submit(plan, url.Values{"title": {"Un corso di inglese"}, "minutes": {"10:00"}, "due": {year + "-12-31"}})
	mario.page(anna).says(t, "Un corso di inglese")
	h.as("anna").page("/ore").says(t, "Un corso di inglese", "in piano")
	mario.submit(mario.page(anna).form(t, "/piano/togli"), nil)
	mario.page(anna).keepsTo(t, "Un corso di inglese")
	dario := h.as("dario")
	areas := dario.page("/amministrazione/ore/aree")
	areas.says(t, "Transizione digitale", "Prova breve")
	dario.submit(areas.form(t, "/ore/aree"), url.Values{"area": {"digitale"}})
	h.finish("anna", breve)
	h.as("anna").page("/ore").says(t, "Transizione digitale")
}

// TestTheEntesPage: a referent sees the ente with its offices and a chart; who may not see people sees no group under five.
func TestTheEntesPage(t *testing.T) {
	h := open(t)
	h.hire()
	h.finish("anna", breve)
	rita := h.as("rita")
	page := rita.page("/amministrazione/ore")
	page.says(t, "Comune di Alto", "Per categoria", `<svg class="chart"`, "E-learning")
	page.keepsTo(t, "Non si mostra")
	rows, err := sheet.All(sheet.Read([]byte(rita.get("/amministrazione/ore.csv").Body)))
	if err != nil || len(rows) != 5 {
		t.Errorf("%v %v", rows, err)
	}
	h.as("mario").page("/ore/confronto").says(t, "Non si mostra")
	for _, address := range []string{"/amministrazione/ore?ente=altrove", "/ore/confronto?ente=altrove", "/amministrazione/ore.csv?ente=altrove", "/ore/persone?ente=altrove", "/amministrazione/ore/regole?ente=altrove", "/amministrazione/ore/convalida?ente=altrove"} {
		if a := rita.get(address); a.Status != http.StatusNotFound {
			t.Errorf("%s of another: %d", address, a.Status)
		}
	}
}
