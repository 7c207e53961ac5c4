package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"aulacomune/lms/cohort"
	"aulacomune/lms/sheet"
	"aulacomune/lms/webinar"

	"golang.org/x/net/html"
)

// organising is somebody who keeps a webinar, from the announcement to the report.
type organising struct {
	*house
	dario *visitor
	at    string // of the webinar's pages
	id    webinar.ID
	slug  string
	start time.Time // at ten in the morning, in Italy
}

// local is a time as a form has it, so many minutes from the start.
func (o *organising) local(minutes int) string {
	return o.start.Add(time.Duration(minutes) * time.Minute).Format("2006-01-02T15:04")
}

// later moves the clock to so many minutes from the start.
func (o *organising) later(minutes int) {
	o.ahead.Store(int64(time.Until(o.start.Add(time.Duration(minutes) * time.Minute))))
	o.dario = o.as("dario")
}

const scripts = `<script>alert(1)</script> & co`

func (o *organising) good() url.Values {
	return url.Values{
		"organisation": {"valle"}, "title": {scripts}, "starts": {o.local(0)}, "ends": {o.local(60)}, "link": {"https://meet.example.org/abc"}, "capacity": {"20"},
		"speaker-0-name": {"Elena Guidi"}, "speaker-0-bio": {scripts}, "question-0-text": {"Lavori da casa? " + scripts}, "question-0-choices": {"Sì\nNo"},
	}
}

// TestKeepingAWebinar plays everything that who keeps a webinar does on its pages.
func TestKeepingAWebinar(t *testing.T) {
	h := open(t, withMail)
	h.hire()
	rome, err := time.LoadLocation("Europe/Rome")
	must(t, err)
	now := time.Now().In(rome)
	o := &organising{house: h, dario: h.as("dario"), start: time.Date(now.Year(), now.Month(), now.Day()+1, 10, 0, 0, 0, rome)}
	o.announce(t)
	o.strangers(t)
	o.publish(t)
	o.people(t)
	o.move(t)
	o.bring(t)
	o.resolve(t)
	o.close(t)
	o.correct(t)
	o.report(t)
}

func (o *organising) announce(t *testing.T) {
	o.dario.page("/amministrazione/webinar").says(t, "Ancora nessun webinar", `href="/amministrazione/webinar/nuovo"`)
	form := o.dario.page("/amministrazione/webinar/nuovo").form(t, "/nuovo")
	for _, x := range []struct {
		field, value, wrong, says string
	}{
		{"starts", "2027-03-28T02:30", "starts", "Quest’ora non esiste"}, {"starts", "2020-01-07T10:00", "starts", "già passato"}, {"starts", o.local(90), "ends", "dopo l’inizio"},
		{"starts", "28/3/2027, 2.30", "starts", "Quest’ora non esiste"}, {"starts", "domani", "starts", "Scrivi giorno e ora"}, {"starts", "", "starts", "serve"}, {"link", "una stanza", "link", "non è un indirizzo"},
		{"link", "http://meet.example.org/x", "link", "https"}, {"title", " ", "title", "serve"}, {"capacity", "tanti", "capacity", "numero di posti"}, {"threshold", "150", "threshold", "percentuale"},
		{"question-0-choices", "una sola", "question-0-choices", "da 2 a 30"}, {"speaker-0-name", "", "speaker-0-name", "serve"}, {"levels", "uno", "levels", "livelli"}, {"starts", "2027-10-31T02:30", "starts", "due volte"},
	} {
		fields := o.good()
		fields.Set(x.field, x.value)
		a := o.dario.submit(form, fields)
		if got := a.errorOf(t, x.wrong); a.Status != http.StatusUnprocessableEntity || !strings.Contains(got, x.says) {
			t.Errorf("%s = %q: %d, %s says %q", x.field, x.value, a.Status, x.wrong, got)
		}
		if kept := a.form(t, "/nuovo").Fields; kept.Get(x.field) != x.value || kept.Get("question-0-text") != "Lavori da casa? "+scripts {
			t.Errorf("%s = %q came back as %q", x.field, x.value, kept.Get(x.field))
		}
		a.keepsTo(t, "<script>alert")
		sound(t, x.field, a)
	}
	if a := o.dario.submit(form, url.Values{"starts": {"2027-10-31T02:30"}, "title": {"Notte"}, "atto": {"parla"}}); a.Status != http.StatusOK || !strings.Contains(a.Body, `name="starts_second"`) || !strings.Contains(a.Body, `name="speaker-1-name"`) {
		t.Errorf("another row, and which of two hours: %d", a.Status)
	}
	a := o.dario.submit(form, o.good())
	if a.Status != http.StatusSeeOther {
		t.Fatalf("announced: %d, %s", a.Status, a.errorOf(t, "starts"))
	}
	o.at, _, _ = strings.Cut(a.Header.Get("Location"), "?")
	o.id = webinar.ID(o.at[strings.LastIndexByte(o.at, '/')+1:])
	page := o.dario.page(o.at)
	page.says(t, "&lt;script&gt;alert(1)", "Bozza", "dalle 10:00 alle 11:00", "Il webinar è ancora una bozza.", "0 posti presi su 20")
	page.keepsTo(t, "<script>alert", "/locandina")
	edit := o.dario.page(o.at+"/modifica").form(t, "/modifica")
	if edit.Fields.Get("starts") != o.local(0) || edit.Fields.Get("question-0-choices") != "Sì\nNo" || !strings.Contains(edit.Fields.Get("statements"), "utili per il mio lavoro") {
		t.Errorf("to be changed: %v", edit.Fields)
	}
	if a := o.dario.submit(edit, url.Values{"series": {"Lavoro agile"}, "number": {"1"}}); a.Status != http.StatusSeeOther {
		t.Errorf("changed: %d", a.Status)
	}
	o.dario.page("/amministrazione/webinar").says(t, "Lavoro agile, incontro 1", "Associazione della Valle")
	o.dario.page("/amministrazione/webinar?stato=closed").says(t, "Nessun webinar con questo stato")
}

func (o *organising) strangers(t *testing.T) {
	for _, page := range []string{"", "/modifica", "/persone", "/presenze", "/dubbi", "/rapporto", "/persone.csv"} {
		for who, want := range map[string]int{"elena": http.StatusNotFound, "rita": http.StatusNotFound, "anna": http.StatusForbidden, "": http.StatusUnauthorized} {
			if a := o.as(who).get(o.at + page); a.Status != want {
				t.Errorf("%s as %q: %d", page, who, a.Status)
			}
		}
	}
}

func (o *organising) publish(t *testing.T) {
	edit := o.dario.page(o.at+"/modifica").form(t, "/modifica")
	o.dario.submit(edit, url.Values{"link": {""}})
	if a := o.dario.submit(o.dario.page(o.at).form(t, "/pubblica"), nil); a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, "serve il collegamento della riunione") {
		t.Errorf("published without a link: %d", a.Status)
	}
	o.dario.submit(edit, nil)
	if a := o.dario.submit(o.dario.page(o.at).form(t, "/pubblica"), nil); a.Status != http.StatusSeeOther {
		t.Fatalf("published: %d", a.Status)
	}
	v, err := o.parts.Webinars.FindByID(t.Context(), o.actor("dario"), o.id)
	must(t, err)
	o.slug = v.Slug
	o.dario.page(o.at).says(t, "Pubblicato", `href="/webinar/`+o.slug+`/locandina"`, "Il webinar è già pubblicato.", "Il webinar non è ancora finito.")
	for name, says := range map[string]string{"anna": "Sì", "bruno": "No", "carla": "Sì"} {
		_, err := o.parts.Webinars.Register(t.Context(), o.actor(name), o.slug, "", map[string]string{"q1": says})
		must(t, err)
	}
	o.parts.Cohorts.Wait()
	o.parts.Webinars.Wait()
}

func (o *organising) people(t *testing.T) {
	must(t, o.parts.Mail.Deliver(t.Context()))
	o.dario.page(o.at+"/persone").says(t, "Anna Prova", "anna@prova.it", "Comune di Alto", "ha un posto", "liberamente", "Iscrizione al webinar: ")
	alto := o.dario.page(o.at + "/persone?presso=comune+di+al&posto=in")
	alto.says(t, "Anna Prova", "Bruno Prova", "presso=comune")
	alto.keepsTo(t, "Carla Prova")
	rows := o.table(t, o.at+"/persone.csv")
	if len(rows) != 4 || rows[1][0] != "Anna Prova" || rows[1][2] != "anna@prova.it" || rows[1][len(rows[1])-1] != "Sì" {
		t.Errorf("people: %q", rows)
	}
	if x := o.table(t, o.at+"/persone.xlsx"); len(x) != 4 || x[2][0] != rows[2][0] {
		t.Errorf("people as a workbook: %q", x)
	}
	put := o.dario.page(o.at+"/persone").form(t, "/persone")
	for _, f := range o.dario.page(o.at + "/persone").forms(t) {
		if f.Fields.Has("login") {
			put = f
		}
	}
	if a := o.dario.submit(put, url.Values{"login": {"nessuno"}}); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "login") == "" {
		t.Errorf("somebody unknown: %d", a.Status)
	}
	if a := o.dario.submit(put, url.Values{"login": {"mario@prova.it"}}); a.Status != http.StatusSeeOther {
		t.Errorf("put in: %d", a.Status)
	}
	out := o.dario.page(o.at+"/persone?togli="+string(o.house.people["mario"].ID)).form(t, "/togli")
	if a := o.dario.submit(out, nil); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "reason") == "" {
		t.Errorf("taken out without a reason: %d", a.Status)
	}
	if a := o.dario.submit(out, url.Values{"reason": {"Non è del gruppo"}}); a.Status != http.StatusSeeOther {
		t.Errorf("taken out: %d", a.Status)
	}
	o.dario.page(o.at+"/persone?posto=out").says(t, "Mario Prova", "tolta")
	seats := o.dario.page(o.at).form(t, "/posti")
	if a := o.dario.submit(seats, url.Values{"capacity": {"2"}}); a.Status == http.StatusSeeOther || a.Status >= 500 || !strings.Contains(a.Body, "notice-danger") {
		t.Errorf("fewer seats than are taken: %d", a.Status)
	}
	if a := o.dario.submit(seats, url.Values{"capacity": {" "}}); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "capacity") == "" {
		t.Errorf("no seats said: %d", a.Status)
	}
	if a := o.dario.submit(seats, url.Values{"capacity": {"30"}}); a.Status != http.StatusSeeOther {
		t.Errorf("more seats: %d", a.Status)
	}
}

// table reads a file of the pages.
func (o *organising) table(t *testing.T, address string) (out [][]string) {
	t.Helper()
	a := o.dario.page(address)
	if !strings.HasPrefix(a.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("%s: %v", address, a.Header)
	}
	rows, err := sheet.All(sheet.Read([]byte(a.Body)))
	must(t, err)
	for _, r := range rows {
		out = append(out, r.Cells)
	}
	return out
}

func (o *organising) move(t *testing.T) {
	form := o.dario.page(o.at+"/sposta").form(t, "/sposta")
	if a := o.dario.submit(form, url.Values{"starts": {o.local(30)}, "ends": {o.local(20)}, "atto": {"conferma"}}); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "ends") == "" {
		t.Errorf("moved to where it ends before it begins: %d", a.Status)
	}
	preview := o.dario.submit(form, url.Values{"starts": {o.local(120)}, "ends": {o.local(180)}})
	preview.says(t, "3 persone riceveranno il calendario aggiornato", "dalle 12:00 alle 13:00")
	if v, err := o.parts.Webinars.FindByID(t.Context(), o.actor("dario"), o.id); err != nil || v.Sequence != 0 || !v.Terms.Starts.Equal(o.start) {
		t.Errorf("moved by looking: %d, %v", v.Sequence, err)
	}
	if a := o.dario.submit(preview.form(t, "/sposta"), url.Values{"atto": {"conferma"}}); a.Status != http.StatusSeeOther {
		t.Fatalf("moved: %d", a.Status)
	}
	o.start = o.start.Add(2 * time.Hour)
	o.dario.page(o.at).says(t, "dalle 12:00 alle 13:00")
	must(t, o.parts.Webinars.Sweep(t.Context()))
	if err := o.parts.Mail.Deliver(t.Context()); err != nil {
		t.Error(err)
	}
	write := o.dario.page(o.at+"/messaggio").form(t, "/messaggio")
	if a := o.dario.submit(write, url.Values{"subject": {"A domani"}}); a.errorOf(t, "text") == "" {
		t.Errorf("a message without words: %d", a.Status)
	}
	look := o.dario.submit(write, url.Values{"subject": {"A domani"}, "text": {"Portate un esempio.\n" + scripts}})
	look.says(t, "Così sarà la mail", "Portate un esempio.", "va a 3 persone")
	look.keepsTo(t, "<script>alert")
	if a := o.dario.submit(look.form(t, "/messaggio"), url.Values{"atto": {"conferma"}}); a.Status != http.StatusSeeOther {
		t.Errorf("sent: %d", a.Status)
	}
	material := o.dario.page(o.at+"/materiale").form(t, "/materiale")
	if a := o.dario.submit(material, url.Values{"material-0-title": {"Slide"}, "material-0-link": {"javascript:alert(1)"}}); a.errorOf(t, "material-0-link") == "" {
		t.Errorf("material nowhere: %d", a.Status)
	}
	if a := o.dario.submit(material, url.Values{"material-0-title": {"Slide"}, "material-0-link": {"https://example.org/slide"}}); a.Status != http.StatusSeeOther {
		t.Errorf("material: %d", a.Status)
	}
	for value, want := range map[string]int{"questa non è una foto": http.StatusUnprocessableEntity, picture(t): http.StatusSeeOther} {
		if a := o.dario.parts(o.at+"/foto", part{name: "csrf", value: o.dario.token()}, part{name: "speaker", value: "0"}, part{name: "photo", file: "foto.png", value: value}); a.Status != want || want == http.StatusUnprocessableEntity && a.errorOf(t, "photo") == "" {
			t.Errorf("a photo of %d bytes: %d", len(value), a.Status)
		}
	}
	o.dario.page(o.at+"/foto").says(t, "La foto c’è")
	o.dario.submit(o.dario.page(o.at+"/modifica").form(t, "/modifica"), nil)
	o.dario.page(o.at+"/foto").says(t, "La foto c’è") // changing the rest leaves it
	o.dario.page(o.at+"/presenze").says(t, "Il webinar non è ancora iniziato.", "foglio-firme.xlsx")
}

// teams is the report of a meeting in Teams, so many days from the webinar's.
func (o *organising) teams(days int, rows ...string) string {
	at := func(minutes int) string {
		return o.start.AddDate(0, 0, days).Add(time.Duration(minutes) * time.Minute).Format("02/01/2006, 15:04:05")
	}
	var b strings.Builder
	fmt.Fprintf(&b, "1. Riepilogo\nTitolo riunione\t%s\nPartecipanti\t%d\nOra di inizio\t%s\nOra di fine\t%s\n\n2. Partecipanti\nNome\tPrimo accesso\tUltima uscita\tDurata in riunione\tE-mail\tRuolo\n", scripts, len(rows), at(-5), at(65))
	for _, r := range rows {
		name, email, _ := strings.Cut(r, "|")
		fmt.Fprintf(&b, "%s\t%s\t%s\t1 h 2 min 0 s\t%s\tPartecipante\n", name, at(-1), at(61), email)
	}
	b.WriteString("\n3. Attività in riunione\nNome\tOra di ingresso\tOra di uscita\tDurata\tE-mail\tRuolo\n")
	for _, r := range rows {
		name, email, _ := strings.Cut(r, "|")
		fmt.Fprintf(&b, "%s\t%s\t%s\t1 h 2 min 0 s\t%s\tPartecipante\n", name, at(-1), at(61), email)
	}
	return b.String()
}

func (o *organising) upload(report string) answer {
	return o.dario.parts(o.at+"/presenze", part{name: "csrf", value: o.dario.token()}, part{name: "order", value: ""}, part{name: "file", file: "Resoconto.csv", value: report})
}

func (o *organising) bring(t *testing.T) {
	o.later(90)
	must(t, o.parts.Webinars.Sweep(t.Context()))
	o.dario.page(o.at).says(t, "Si è tenuto", "I sottotitoli servono entro il", "chi scrive i corsi", o.at+"/materiale")
	o.dario.page("/amministrazione/da-fare").says(t, "webinar finito da chiudere")
	people := []string{"Anna Prova|anna@prova.it", "Bruno|", "<b>iPhone</b> di Zoe|"}
	other := 3
	for o.start.AddDate(0, 0, other).Day() <= 12 { // no month has that number
		other++
	}
	if a := o.upload(o.teams(other, people...)); a.Status != http.StatusConflict || !strings.Contains(a.Body, "l’incontro del") || !strings.Contains(a.Body, `name="despite"`) {
		t.Errorf("the report of another day: %d", a.Status)
	}
	if a := o.upload("niente\n"); a.Status != http.StatusConflict {
		t.Errorf("no report: %d", a.Status)
	}
	if a := o.upload(""); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "file") == "" {
		t.Errorf("an empty file: %d", a.Status)
	}
	o.dario.page(o.at+"/resoconti").says(t, "Ancora nessun resoconto")
	report := o.teams(0, people...)
	a := o.upload(report)
	if a.Status != http.StatusSeeOther || !strings.Contains(a.Header.Get("Location"), "organiser-report-doubts") {
		t.Fatalf("a report: %d %s", a.Status, a.Header.Get("Location"))
	}
	read := o.dario.page(a.Header.Get("Location"))
	read.says(t, "Microsoft Teams", "stesso indirizzo e-mail", "Da chiarire", "11:59–13:01", "&lt;b&gt;iPhone", "Ci sono 2 dubbi")
	if again := o.upload(report); again.Status != http.StatusSeeOther || !strings.Contains(again.Header.Get("Location"), "organiser-report-known") {
		t.Errorf("the same again: %d %s", again.Status, again.Header.Get("Location"))
	}
	original := read.Body[strings.Index(read.Body, o.at+"/resoconti/"):]
	original, _, _ = strings.Cut(original, `"`)
	if got := o.dario.page(original); got.Body != report {
		t.Errorf("as it came: %d bytes of %d", len(got.Body), len(report))
	}
	presence := o.dario.page(o.at + "/presenze")
	presence.says(t, "Anna Prova", "resoconto", "Ci sono 2 dubbi")
	presence.keepsTo(t, "11:59", "13:01")
	if rows := o.table(t, o.at+"/foglio-firme.csv"); len(rows) != 4 || rows[1][0] != "Anna Prova" {
		t.Errorf("to be signed: %q", rows)
	}
	o.dario.page("/amministrazione/da-fare").says(t, "dubbi sulle presenze")
	o.dario.page("/amministrazione/webinar?stato=dubbi").says(t, "2 da chiarire")
}

func (o *organising) resolve(t *testing.T) {
	page := o.dario.page(o.at + "/dubbi")
	page.says(t, "Chi è «Bruno»?", "Comune di Alto", "Non adesso", "Nessuno dei nostri")
	forms := page.forms(t)
	var bruno, phone form
	for _, f := range forms {
		switch {
		case !f.Fields.Has("report"):
		case bruno.Action == "":
			bruno = f
		default:
			phone = f
		}
	}
	if a := o.dario.submit(bruno, nil); a.Status != http.StatusSeeOther || strings.Contains(a.Header.Get("Location"), "esito") {
		t.Errorf("not now: %d", a.Status)
	}
	if a := o.dario.submit(bruno, url.Values{"who": {"altra"}, "login": {"chissà"}}); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "d1-login") == "" {
		t.Errorf("nobody knows them: %d %q", a.Status, a.errorOf(t, "d1-login"))
	}
	for _, x := range []struct {
		f   form
		who string
	}{{bruno, string(o.house.people["bruno"].ID)}, {phone, "nessuno"}} {
		if a := o.dario.submit(x.f, url.Values{"who": {x.who}}); a.Status != http.StatusSeeOther || !strings.Contains(a.Header.Get("Location"), "organiser-resolved") {
			t.Errorf("decided %q: %d", x.who, a.Status)
		}
	}
	o.dario.page(o.at+"/dubbi").says(t, "Nessun dubbio da chiarire")
	o.dario.page(o.at+"/resoconti").says(t, "deciso da Dario Prova", "Nessuno dei nostri")
	carla := o.at + "/persone/" + string(o.house.people["carla"].ID) + "/presenza"
	hand := o.dario.page(carla).form(t, "/presenza")
	for _, x := range []struct {
		field  string
		change url.Values
	}{
		{"reason", url.Values{"kind": {"tutto"}}}, {"from", url.Values{"kind": {"parte"}, "from": {"mezzogiorno"}, "to": {"12.30"}, "reason": {"x"}}}, {"to", url.Values{"kind": {"parte"}, "from": {"12:30"}, "to": {"12:10"}, "reason": {"x"}}},
	} {
		if a := o.dario.submit(hand, x.change); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, x.field) == "" {
			t.Errorf("by hand %v: %d", x.change, a.Status)
		}
	}
	for says, change := range map[string]url.Values{
		"Questo campo serve": {"reason": {"x"}}, "Hai scritto le ore e scelto un’altra risposta": {"kind": {"tutto"}, "from": {"12:10"}, "reason": {"x"}},
	} {
		if a := o.dario.submit(hand, change); a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, says) {
			t.Errorf("by hand %v: %d", change, a.Status)
		}
	}
	if a := o.dario.submit(hand, url.Values{"kind": {"parte"}, "from": {"12.10"}, "to": {"12:40"}, "reason": {"Collegata dal comune"}}); a.Status != http.StatusSeeOther {
		t.Errorf("by hand: %d", a.Status)
	}
	o.dario.page(carla).says(t, "12:10–12:40", "Collegata dal comune", "30 minuti su 60, 50 %", "Dario Prova")
	if a := o.dario.get(o.at + "/persone/" + string(o.house.people["ivo"].ID) + "/presenza"); a.Status != http.StatusNotFound {
		t.Errorf("who has nothing to do with it: %d", a.Status)
	}
}

func (o *organising) close(t *testing.T) {
	confirm := o.dario.page(o.at + "/chiudi")
	confirm.says(t, "Raggiungono il 75 % di 1 ora", "2 persone", "2 ore", "1 persona")
	if a := o.dario.submit(confirm.form(t, "/chiudi"), nil); a.Status != http.StatusSeeOther {
		t.Fatalf("closed: %d", a.Status)
	}
	o.parts.Webinars.Wait()
	page := o.dario.page(o.at + "/esiti")
	page.says(t, "2 persone hanno raggiunto la soglia", "Anna Prova", "Presenza sufficiente", "Non basta", `href="/verifica/`)
	_, code, _ := strings.Cut(page.Body, `href="/verifica/`)
	code, _, _ = strings.Cut(code, `"`)
	o.as("").page("/verifica/"+code).says(t, "Prova")
	o.dario.page(o.at).says(t, "Chiuso", "Il webinar è chiuso.")
	if a := o.dario.post(o.at+"/chiudi", nil); a.Status != http.StatusConflict {
		t.Errorf("closed twice: %d", a.Status)
	}
}

func (o *organising) correct(t *testing.T) {
	for _, lang := range []string{"it", "en"} { // the list to be signed is read as it was written, in both languages
		list := o.dario.with("Accept-Language", lang).page(o.at + "/foglio-firme.csv").Body
		signed := list
		for line := range strings.Lines(list) {
			if strings.Contains(line, "carla@") == (lang == "it") && strings.Contains(line, "@prova.it") {
				signed = strings.Replace(signed, line, strings.TrimRight(line, "\r\n")+"sì\r\n", 1)
			}
		}
		if a := o.upload(signed); a.Status != http.StatusSeeOther {
			t.Fatalf("the signed list in %s: %d %s", lang, a.Status, a.errorOf(t, "file"))
		}
	}
	o.parts.Webinars.Wait()
	o.dario.page(o.at+"/esiti").says(t, "era 30 minuti, 50 %", "ora 60 minuti, 100 %", "Resoconto.csv", "3 persone hanno raggiunto")
	hand := o.dario.page(o.at + "/persone/" + string(o.house.people["carla"].ID) + "/presenza")
	hand.says(t, "esito, ore e attestato si correggono")
	if a := o.dario.submit(hand.form(t, "/presenza"), url.Values{"kind": {"assente"}, "reason": {"Era un’altra Carla"}}); a.Status != http.StatusSeeOther {
		t.Fatalf("corrected: %d", a.Status)
	}
	o.parts.Webinars.Wait()
	o.dario.page(o.at+"/esiti").says(t, "era 60 minuti, 100 %", "ora 0 minuti, 0 %", "Era un’altra Carla", "2 persone hanno raggiunto")
	outcomes, err := o.parts.Webinars.Outcomes(t.Context(), o.actor("dario"), o.id)
	must(t, err)
	for _, x := range outcomes {
		if x.Person == o.house.people["carla"].ID && x.Enough { // everybody who has the code reads that page
			revoked := o.as("").page("/verifica/" + string(x.Code))
			revoked.says(t, "La presenza al webinar è stata corretta.")
			revoked.keepsTo(t, "altra Carla")
			return
		}
	}
	t.Error("carla had no attestato")
}

// report holds that the page, the CSV and the workbook say the same.
func (o *organising) report(t *testing.T) {
	page := o.dario.page(o.at + "/rapporto")
	page.says(t, "Per ente", "Comune di Alto", `<svg class="chart"`, "si vedono da cinque in su", "Lavori da casa? &lt;script&gt;")
	page.keepsTo(t, "<script>alert", "11:59")
	onPage := map[string]string{} // by table, row and column
	doc, err := html.Parse(strings.NewReader(page.Body))
	must(t, err)
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "table" {
			readFigures(n, onPage)
		}
	}
	rows := o.table(t, o.at+"/rapporto.csv")[1:]
	if len(rows) != len(onPage) || len(rows) < 20 {
		t.Errorf("%d values on the page, %d in the file", len(onPage), len(rows))
	}
	for _, r := range rows {
		if got := onPage[strings.Join(r[:3], "|")]; got != r[3] {
			t.Errorf("%q: %q on the page", r, got)
		}
	}
	for key, want := range map[string]string{"In breve|Iscritti con un posto|Numero": "3", "In breve|Presenti|Numero": "2", "Per ente|Comune di Alto|Presenti": "2", "Per ente|Comune di Alto|Ore di presenza": "2:00", "Per quanto tempo|Tutto il tempo|Persone": "2", "Per quanto tempo|Non c’erano|Persone": "1"} {
		if onPage[key] != want {
			t.Errorf("%s: %q", key, onPage[key])
		}
	}
	first := o.table(t, o.at+"/rapporto.xlsx")
	for _, r := range first[1:] {
		if onPage["In breve|"+r[0]+"|"+first[0][1]] != r[1] {
			t.Errorf("the workbook says %q", r)
		}
	}
	for _, name := range []string{"anna", "bruno", "carla"} {
		must(t, o.parts.Webinars.Opine(t.Context(), o.actor(name), o.slug, webinar.Answers{Levels: map[string]int{"s1": 3, "s2": 2, "s3": 0, "s4": 3}, Comment: "Bene " + name}))
	}
	o.dario.page(o.at+"/rapporto").keepsTo(t, "Bene anna", "utili per il mio lavoro")
}

// readFigures takes down the values of a table by table, row and column.
func readFigures(table *html.Node, into map[string]string) {
	var name string
	var heads []string
	for n := range table.Descendants() {
		switch {
		case n.Type != html.ElementNode:
		case n.Data == "caption":
			name = textOf(n)
		case n.Data == "thead":
			for c := range n.Descendants() {
				if c.Type == html.ElementNode && c.Data == "th" {
					heads = append(heads, textOf(c))
				}
			}
		case n.Data == "tr" && n.Parent.Data == "tbody":
			var row []string
			for c := range n.ChildNodes() {
				row = append(row, textOf(c))
			}
			for i, v := range row[1:] {
				into[name+"|"+row[0]+"|"+heads[i+1]] = v
			}
		}
	}
}

// TestWhatPeopleThinkOfAWebinar: the answers to the questionnaire are in the report from five on, with the mean of each statement, and nobody's name.
func TestWhatPeopleThinkOfAWebinar(t *testing.T) {
	h := open(t)
	h.hire()
	rome, err := time.LoadLocation("Europe/Rome")
	must(t, err)
	starts := time.Now().Add(time.Hour)
	v, err := h.parts.Webinars.Announce(t.Context(), h.actor("dario"), webinar.Start{Organisation: "valle", Input: webinar.InputOf(webinar.Terms{
		Title: "Una prova", Link: "https://meet.example.org/prova", Ways: []cohort.Way{cohort.WayFree}, Starts: starts, Ends: starts.Add(time.Hour), Survey: webinar.UsualSurvey("it"),
	}, rome)})
	must(t, err)
	_, err = h.parts.Webinars.Publish(t.Context(), h.actor("dario"), v.ID)
	must(t, err)
	who := []string{"anna", "bruno", "carla", "mario", "ivo"}
	for _, name := range who {
		_, err := h.parts.Webinars.Register(t.Context(), h.actor(name), v.Slug, "", nil)
		must(t, err)
	}
	h.parts.Webinars.Wait()
	h.ahead.Store(int64(3 * time.Hour))
	o := &organising{house: h, dario: h.as("dario"), at: "/amministrazione/webinar/" + string(v.ID)}
	for i, name := range who {
		withheld := o.dario.page(o.at + "/rapporto")
		withheld.says(t, "si vedono da cinque in su")
		withheld.keepsTo(t, "bello", "Media")
		level := min(i, 3)
		must(t, h.parts.Webinars.Opine(t.Context(), h.actor(name), v.Slug, webinar.Answers{Levels: map[string]int{"s1": level, "s2": 2, "s3": 0, "s4": 3}, Comment: "<i>bello</i>"}))
	}
	page := o.dario.page(o.at + "/rapporto")
	page.says(t, "5 risposte, anonime", "utili per il mio lavoro", "È durato troppo. (meno è meglio)", "Media (da 1 a 4)", `>2,8<`, "&lt;i&gt;bello", `<svg class="chart"`)
	page.keepsTo(t, "si vedono da cinque", "<i>bello")
	rows := o.table(t, o.at+"/rapporto.csv")
	if !slices.ContainsFunc(rows, func(r []string) bool {
		return r[1] == "I contenuti sono utili per il mio lavoro." && strings.HasPrefix(r[2], "Media") && r[3] == "2,8"
	}) {
		t.Errorf("the file: %q", rows)
	}
}
