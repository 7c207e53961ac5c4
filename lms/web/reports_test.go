package web_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/ledger"
	"aulacomune/lms/sheet"
	"aulacomune/lms/web"

	"golang.org/x/net/html"
	"pgregory.net/rapid"
)

// asked is a report as it is asked for, wherever: on its page, as a file, over the API.
type asked struct {
	Report  string
	Filters []string
	Columns []struct{ Key, Type, Title string }
	query   url.Values // as the pages call the filters
}

// askedKinds are the reports that the API lists.
func (v *visitor) askedKinds() (all []asked) {
	v.h.t.Helper()
	var answer struct{ Items []asked }
	must(v.h.t, json.Unmarshal([]byte(v.api("/reports").Body), &answer))
	if len(answer.Items) != 7 {
		v.h.t.Fatalf("%d kinds of report", len(answer.Items))
	}
	return answer.Items
}

// api calls a route of the API that must answer.
func (v *visitor) api(path string) answer {
	v.h.t.Helper()
	a := v.with("Authorization", "Bearer "+v.secret).get("/api/v1" + path)
	if a.Status != http.StatusOK {
		v.h.t.Fatalf("GET %s: %d %s", path, a.Status, a.Body)
	}
	return a
}

// page is "/rapporti/KIND?…" with something behind the kind.
func (q asked) page(ending string) string {
	return "/rapporti/" + q.Report + ending + "?" + q.query.Encode()
}

// onPages reads all pages of a report.
func (q asked) onPages(v *visitor) (rows [][]string) {
	for at, pages := q.page(""), 0; at != ""; pages++ {
		doc, err := html.Parse(strings.NewReader(v.page(at).Body))
		must(v.h.t, err)
		if at = ""; pages > 50 {
			v.h.t.Fatal("the pages have no end")
		}
		for n := range doc.Descendants() {
			switch {
			case n.Type == html.ElementNode && n.Data == "tr" && n.Parent.Data == "tbody":
				var row []string
				for c := range n.ChildNodes() {
					if c.Type == html.ElementNode {
						row = append(row, q.canonical(len(row), textOf(c)))
					}
				}
				rows = append(rows, row)
			case n.Type == html.ElementNode && n.Data == "a":
				if to, _ := attr(n, "href"); strings.Contains(to, "cursore=") {
					at = to
				}
			}
		}
	}
	return rows
}

// inFile reads a report as a file.
func (q asked) inFile(v *visitor, ending string) (rows [][]string) {
	lines, err := sheet.All(sheet.Read([]byte(v.page(q.page("/tabella." + ending)).Body)))
	must(v.h.t, err)
	for i, l := range lines {
		var row []string
		for c := range q.Columns {
			if i == 0 && l.Cell(c) != q.Columns[c].Title {
				v.h.t.Errorf("%s: column %d is called %q, over the API %q", ending, c, l.Cell(c), q.Columns[c].Title)
			}
			row = append(row, q.canonical(c, l.Cell(c)))
		}
		rows = append(rows, row)
	}
	return rows[1:]
}

// overAPI reads all pages of a report over the API.
func (q asked) overAPI(v *visitor, limit int, say func(key, code string) string) (rows [][]string) {
	names := map[string]string{"ente": "organisation", "corso": "course", "edizione": "cohort", "stato": "state", "dal": "from", "al": "to", "anno": "year"}
	query := url.Values{"limit": {fmt.Sprint(limit)}}
	for k := range q.query {
		query.Set(names[k], q.query.Get(k))
	}
	for pages := 0; ; pages++ {
		var answer struct {
			Items []map[string]any
			Next  string
		}
		must(v.h.t, json.Unmarshal([]byte(v.api("/reports/"+q.Report+"?"+query.Encode()).Body), &answer))
		if len(answer.Items) > limit || len(answer.Items) == 0 && answer.Next != "" || pages > 500 {
			v.h.t.Fatalf("page %d has %d rows, and next is %q", pages, len(answer.Items), answer.Next)
		}
		for _, item := range answer.Items {
			var row []string
			for i, c := range q.Columns {
				text := ""
				switch value := item[c.Key].(type) {
				case string:
					text = value
					if c.Type == "text" {
						text = say(c.Key, value)
					}
				case float64:
					text = fmt.Sprint(int(value))
					if c.Type == "minutes" {
						text = fmt.Sprintf("%d:%02d", int(value)/60, int(value)%60)
					}
				}
				row = append(row, q.canonical(i, text))
			}
			rows = append(rows, row)
		}
		if query.Set("cursor", answer.Next); answer.Next == "" {
			return rows
		}
	}
}

// canonical is a cell in the one way that all are compared in.
func (q asked) canonical(column int, text string) string {
	text = strings.Join(strings.Fields(text), " ")
	switch q.Columns[column].Type {
	case "percent":
		return strings.TrimSpace(strings.TrimSuffix(text, "%"))
	case "day":
		if t, ok := sheet.Date(text); ok {
			return t.Format(time.DateOnly)
		}
	}
	return text
}

// wordsOf says the codes of the API in the words of the pages.
func wordsOf(t *testing.T) func(key, code string) string {
	messages, err := web.LoadMessages()
	must(t, err)
	prefixes := map[string]string{"state": "state.", "category": "category.", "certificate": "certificate.", "place": "seat.", "note": "report.", "area": "hours.area."}
	return func(key, code string) string {
		if p := prefixes[key]; p != "" && messages.Has("it", p+code) {
			return messages.Text("it", p+code)
		}
		return code
	}
}

// crowd are people who did this and that, by chance.
type crowd struct {
	*house
	hash    string
	cohorts []cohort.ID
	n       int
}

func newCrowd(h *house) *crowd {
	h.t.Helper()
	hash, err := h.school.Accounts.HashPassword(h.t.Context(), password)
	must(h.t, err)
	c := &crowd{house: h, hash: hash}
	for _, title := range []string{"=Primavera", "Autunno; <b>2026</b>"} {
		made, err := h.parts.Cohorts.Plan(h.t.Context(), h.actor("dario"), cohort.Start{Course: breve, Organisation: "valle", Terms: cohort.Terms{Title: title, Ways: []cohort.Way{cohort.WayFree}}})
		must(h.t, err)
		_, err = h.parts.Cohorts.Publish(h.t.Context(), h.actor("dario"), made.ID)
		must(h.t, err)
		c.cohorts = append(c.cohorts, made.ID)
	}
	return c
}

// deeds is how many things somebody may do.
const deeds = 6

// somebody adds a person who does what is asked.
func (c *crowd) somebody(family, office string, org lms.OrganisationID, category lms.Category, deed int) {
	c.t.Helper()
	c.n++
	name := fmt.Sprintf("p%03d", c.n)
	c.add(lms.NewPerson{Email: name + "@prova.it", Given: "Nome", Family: family, Office: office, Organisation: org, Category: category}, c.hash)
	ctx, id := c.t.Context(), c.people[name].ID
	switch deed {
	case 1:
		_, err := c.school.Learning.Enrol(ctx, c.actor(name), breve)
		must(c.t, err)
	case 2:
		c.finish(name, breve)
	case 3:
		_, err := c.parts.Cohorts.Enter(ctx, c.actor("dario"), c.cohorts[c.n%2], id)
		must(c.t, err)
	case 4:
		c.assign("dario", name, c.parts.Plans.Today().Add(c.n%4))
	case 5:
		day := c.parts.Ledger.Today()
		must(c.t, c.parts.Ledger.Arrive(ctx, ledger.Hours{
			ID: ledger.HoursID("webinar/w/" + string(id)), Person: id, Minutes: 30 + 7*c.n, Kind: ledger.Kinds()[c.n%4], Area: []ledger.AreaID{"", "digitale", "valori"}[c.n%3], Title: "Un webinar", Provider: "Associazione",
			From: day, To: day, Outcome: ledger.Attended,
		}))
	}
}

// Whatever people do and are called: page by page, as CSV, as XLSX and over the API a report says the same, of every kind, whatever it is narrowed by.
func TestAReportSaysTheSameEverywhere(t *testing.T) {
	h := open(t)
	h.hire()
	c := newCrowd(h)
	for i := range 66 {
		c.somebody(fmt.Sprintf("Rossi %02d", i), "", "comune-alto", lms.CategoryOfficer, i%deeds)
	}
	h.ahead.Store(int64(49 * time.Hour)) // some are late now
	dario, say := h.as("dario"), wordsOf(t)
	kinds := dario.askedKinds()
	rowsOfAll := map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		family := rapid.OneOf(rapid.StringMatching(`[=+@-][A-Z(;"]{1,9}`), rapid.StringMatching(`[A-Za-zàèìòù'<&]{1,12}`), rapid.Just("D'Amico \"Nino\"")).Draw(rt, "family")
		c.somebody(family, rapid.SampledFrom([]string{"", "=1+1", "Tributi; e altro", "_x0041_"}).Draw(rt, "office"), rapid.SampledFrom([]lms.OrganisationID{"valle", "comune-alto"}).Draw(rt, "ente"),
			rapid.SampledFrom(append(lms.Categories(), "")).Draw(rt, "category"), rapid.IntRange(0, deeds-1).Draw(rt, "deed"))
		q := rapid.SampledFrom(kinds).Draw(rt, "report")
		q.query = url.Values{"ente": {rapid.SampledFrom([]string{"valle", "comune-alto"}).Draw(rt, "of")}}
		today := string(h.parts.Ledger.Today())
		for _, f := range q.Filters {
			switch {
			case rapid.IntRange(0, 2).Draw(rt, f) > 0:
			case f == "course":
				q.query.Set("corso", breve)
			case f == "cohort":
				q.query.Set("edizione", string(rapid.SampledFrom(c.cohorts).Draw(rt, "cohort")))
			case f == "state":
				q.query.Set("stato", rapid.SampledFrom([]string{"open", "in_progress", "completed"}).Draw(rt, "state"))
			case f == "days":
				q.query.Set(rapid.SampledFrom([]string{"dal", "al"}).Draw(rt, "day"), today)
			case f == "year":
				q.query.Set("anno", today[:4])
			}
		}
		want := q.overAPI(dario, rapid.IntRange(1, 30).Draw(rt, "limit"), say)
		rowsOfAll[q.Report] += len(want)
		for where, got := range map[string][][]string{"on its pages": q.onPages(dario), "as CSV": q.inFile(dario, "csv"), "as XLSX": q.inFile(dario, "xlsx")} {
			if !slices.EqualFunc(got, want, slices.Equal) {
				rt.Fatalf("%s %v has %d rows over the API and %d %s:\n%q\n%q", q.Report, q.query, len(want), len(got), where, want, got)
			}
		}
	})
	for _, k := range kinds {
		if rowsOfAll[k.Report] == 0 {
			t.Errorf("nothing was compared of %s", k.Report)
		}
	}
	must(t, h.parts.Ledger.Sweep(t.Context()))
	for _, org := range []string{"valle", "comune-alto"} {
		sums := map[string]int{}
		for _, k := range kinds {
			i := slices.IndexFunc(k.Columns, func(c struct{ Key, Type, Title string }) bool { return c.Key == "minutes" })
			if k.query = (url.Values{"ente": {org}}); !strings.HasPrefix(k.Report, "hours") {
				continue
			}
			for _, row := range k.overAPI(dario, 200, say) {
				m, ok := sheet.Minutes(row[i])
				if !ok {
					t.Fatalf("%s: %q", k.Report, row)
				}
				sums[k.Report] += m
			}
		}
		if sums["hours"] == 0 || sums["hours"] != sums["hours-ente"] || sums["hours"] != sums["hours-area"] {
			t.Errorf("%s: minutes by person, ente and area are %v", org, sums)
		}
	}
}

// Every kind of report, as page, as either file and over the API, asked by who may not.
func TestReportsAreForWhoKeepsThePeople(t *testing.T) {
	h := open(t)
	h.hire()
	kinds := h.as("dario").askedKinds()
	for name, want := range map[string]int{"anna": http.StatusForbidden, "mario": http.StatusForbidden, "carla": http.StatusForbidden, "ivo": http.StatusForbidden, "elena": http.StatusNotFound} {
		v := h.as(name)
		for _, k := range kinds {
			k.query = url.Values{"ente": {"comune-alto"}}
			for _, ending := range []string{"", "/tabella.csv", "/tabella.xlsx"} {
				if a := v.get(k.page(ending)); a.Status != want {
					t.Errorf("%s as %s: %d, want %d", k.page(ending), name, a.Status, want)
				}
			}
			if a := v.with("Authorization", "Bearer "+v.secret).get("/api/v1/reports/" + k.Report + "?organisation=comune-alto"); a.Status != want {
				t.Errorf("%s over the API as %s: %d, want %d", k.Report, name, a.Status, want)
			}
		}
		form := url.Values{"rapporto": {"hours-ente"}, "ente": {"comune-alto"}, "name": {"Ore"}}
		if a := v.post("/rapporti/viste", form); a.Status != want {
			t.Errorf("kept as a view by %s: %d, want %d", name, a.Status, want)
		}
	}
}

// A referent compares enti by their hours, and is told of no sum over fewer than five people of others.
func TestHoursOfFewAreWithheld(t *testing.T) {
	h := open(t)
	h.hire()
	c := newCrowd(h)
	_, err := h.school.Organisations.Add(t.Context(), lms.Organisation{ID: "grande", Name: "Comune Grande"}, "valle")
	must(t, err)
	_, err = h.school.Organisations.Add(t.Context(), lms.Organisation{ID: "piccolo", Name: "Comune Piccolo"}, "valle")
	must(t, err)
	for i := range 12 {
		c.somebody("Rossi", "", "grande", "", 5)
		if i < 4 {
			c.somebody("Verdi", "", "piccolo", "", 5)
		}
		if i < 6 {
			c.somebody("Bianchi", "", "valle", "", 5)
		}
	}
	must(t, h.parts.Ledger.Sweep(t.Context()))
	rita := h.as("rita")
	kinds := rita.askedKinds()
	q := kinds[slices.IndexFunc(kinds, func(k asked) bool { return k.Report == "hours-ente" })]
	q.query = url.Values{"ente": {"valle"}}
	rows := map[string][]string{}
	for _, row := range q.overAPI(rita, 50, wordsOf(t)) {
		rows[row[0]] = row
	}
	people, active, note := 1, 2, len(q.Columns)-1
	if r := rows["Comune Grande"]; r[people] != "12" || r[active] != "" || r[note] != "" {
		t.Errorf("of twelve people: %q", r)
	}
	for _, ente := range []string{"Comune Piccolo", "Associazione della Valle"} { // the second one so that nobody subtracts
		if r := rows[ente]; strings.Join(r[1:note], "") != "" || !strings.HasPrefix(r[note], "Non si mostra") {
			t.Errorf("%s: %q", ente, r)
		}
	}
	if r := rows["Comune di Alto"]; r[people] == "" || r[note] != "" {
		t.Errorf("her own: %q", r)
	}
	for where, got := range map[string][][]string{"page": q.onPages(rita), "CSV": q.inFile(rita, "csv"), "XLSX": q.inFile(rita, "xlsx")} {
		for _, row := range got {
			if !slices.Equal(row, rows[row[0]]) {
				t.Errorf("%s: %q, over the API %q", where, row, rows[row[0]])
			}
		}
	}
	rita.page(q.page("")).keepsTo(t, "Comune Piccolo</text>")
	for _, other := range []string{"hours", "hours-area", "progress"} {
		if a := rita.get("/rapporti/" + other + "?ente=valle"); a.Status != http.StatusNotFound {
			t.Errorf("%s of all: %d", other, a.Status)
		}
	}
	rows = map[string][]string{}
	for _, row := range q.overAPI(h.as("dario"), 50, wordsOf(t)) {
		rows[row[0]] = row
	}
	if r := rows["Comune Piccolo"]; r[people] != "4" || r[active] != "4" {
		t.Errorf("to who keeps them: %q", r)
	}
}

// The filters are chosen, not typed; what is wrong with one is said beside it; what was chosen is kept with a view, and stands on paper.
func TestAReportIsNarrowed(t *testing.T) {
	h := open(t)
	h.hire()
	c := newCrowd(h)
	c.somebody("Rossi", "", "comune-alto", "", 3)
	c.somebody("Verdi", "", "comune-alto", "", 3)
	rita := h.as("rita")
	page := rita.page("/rapporti/cohort?edizione=" + string(c.cohorts[1]))
	page.says(t, `<select id="edizione"`, `<select id="corso"`, `<select id="stato"`, "Edizione: ", "Rossi", "ha un posto")
	page.keepsTo(t, "Verdi")
	year := h.parts.Ledger.Today().Year()
	page = rita.page(fmt.Sprintf("/rapporti/hours?anno=%d", year-1))
	page.says(t, `<select id="anno"`, fmt.Sprintf("Anno: %d", year-1))
	page.keepsTo(t, `name="dal" type`)
	for address, field := range map[string]string{"/rapporti/hours?anno=ieri": "anno", "/rapporti/progress?dal=ieri": "dal", "/rapporti/late?dal=2026-03-02&al=2026-03-01": "al", "/rapporti/cohort?al=2026-02-30": "al"} {
		if a := rita.get(address); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, field) == "" {
			t.Errorf("%s: %d, beside %s stands %q", address, a.Status, field, a.errorOf(t, field))
		}
	}
	rita.page("/rapporti/late").says(t, "Nessuno è in ritardo.")
	form := page.form(t, "/rapporti/viste")
	if a := rita.submit(form, url.Values{"name": {" "}}); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "name") == "" {
		t.Errorf("a view without a name: %d", a.Status)
	}
	if a := rita.submit(form, url.Values{"name": {"Ore dell’anno scorso"}, "often": {"monthly"}}); a.Status != http.StatusSeeOther {
		t.Fatalf("kept: %d %s", a.Status, a.Body)
	}
	list := rita.page("/rapporti")
	list.says(t, "Ore dell’anno scorso", "Ore per persona · Comune di Alto", "Il primo di ogni mese", "Ore per area")
	views, err := h.reports.Views(t.Context(), h.actor("rita"))
	must(t, err)
	a := rita.get("/rapporti/viste/" + string(views[0].ID))
	if to := a.Header.Get("Location"); !strings.Contains(to, fmt.Sprintf("/rapporti/hours?anno=%d", year-1)) {
		t.Errorf("the view leads to %s", cmp.Or(to, a.Body))
	}
}
