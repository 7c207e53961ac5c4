package web_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/lms"
	"aulacomune/lms/audit"
	"aulacomune/lms/mail"
	"aulacomune/lms/web"
	"aulacomune/lms/web/front"
)

// forgets asks for a new password, and gives the address in the letter that came; "" when none did.
func (h *house) forgets(login string) string {
	h.t.Helper()
	v := h.as("")
	v.page("/accedi").says(h.t, `href="/accedi/password"`)
	ask := v.page("/accedi/password").form(h.t, "/accedi/password")
	if a := v.submit(ask, url.Values{"login": {login}}); a.Status != http.StatusSeeOther || a.Header.Get("Location") != "/accedi/password/inviata" {
		h.t.Fatalf("%s: %d %s", login, a.Status, a.Header.Get("Location"))
	}
	before := h.letters()
	must(h.t, h.parts.Forgotten.Close())
	must(h.t, h.parts.Mail.Deliver(h.t.Context()))
	all := h.letters()
	maps.DeleteFunc(all, func(id, _ string) bool { return before[id] != "" })
	for id := range all {
		return h.follow("/demo/posta/" + id)
	}
	return ""
}

// link is a link in a letter of the demo's mailbox.
var letterLink = regexp.MustCompile(`<a href="(/[^"]+)">http`)

// follow is where the link in a letter leads.
func (h *house) follow(letter string) string {
	h.t.Helper()
	found := letterLink.FindStringSubmatch(h.as("").page(letter).Body)
	if found == nil {
		h.t.Fatalf("no link in %s", letter)
	}
	return found[1]
}

// Whoever forgot their password asks for a letter, follows its link in the demo's mailbox and is in; the answer is the same for who is unknown.
func TestForgottenPassword(t *testing.T) {
	h := open(t, withMail)
	h.as("").page("/accedi/password/inviata").says(t, "60 minuti", "posta indesiderata")
	for _, login := range []string{"nessuno@prova.it", "x"} {
		if link := h.forgets(login); link != "" {
			t.Errorf("%s got %s", login, link)
		}
	}
	link := h.forgets("Anna@prova.it")
	v := h.as("")
	v.page(link).says(t, "Anna Prova")
	if a := v.submit(v.page(link).form(t, link), url.Values{"password": {"tutta un’altra cosa"}, "again": {"tutta un’altra cosa"}}); a.Header.Get("Location") != "/apprendimento?esito=activated" {
		t.Fatalf("%d %s", a.Status, a.Header.Get("Location"))
	}
	if a := v.submit(v.page("/accedi").form(t, "/accedi"), url.Values{"email": {"anna@prova.it"}, "password": {"tutta un’altra cosa"}}); a.Header.Get("Location") != "/apprendimento" {
		t.Errorf("the new password: %d", a.Status)
	}
	ask := v.page("/accedi/password").form(t, "/accedi/password")
	if a := v.submit(ask, url.Values{"login": {" "}}); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "login") == "" {
		t.Errorf("nothing: %d", a.Status)
	}
	var status int
	for range 40 {
		status = v.submit(ask, url.Values{"login": {"bruno@prova.it"}}).Status
	}
	if status != http.StatusTooManyRequests {
		t.Errorf("asked forty times: %d", status)
	}
	if secret := link[strings.LastIndex(link, "/")+1:]; strings.Contains(h.log.String(), secret) {
		t.Error("the log holds a secret")
	}
}

// Where no mail is set up, the page says whom to ask, and there is no mailbox of a demo.
func TestNoLettersWithoutMail(t *testing.T) {
	h := open(t, func(o *options) { o.pages.Contact = "Ufficio formazione, 0432 000" })
	a := h.as("").page("/accedi/password")
	a.says(t, "Ufficio formazione, 0432 000", "Da qui non parte nessuna e-mail")
	a.keepsTo(t, `action="/accedi/password"`)
	if a := h.as("").send("/accedi/password", url.Values{"login": {"anna@prova.it"}}); a.Status != http.StatusNotFound {
		t.Errorf("asked all the same: %d", a.Status)
	}
	if a := h.as("").get("/demo/posta"); a.Status != http.StatusNotFound {
		t.Errorf("a mailbox: %d", a.Status)
	}
	h.as("dario").page("/amministrazione/posta").says(t, "Nessun server di posta", "Nessuna lettera")
}

// The mailbox of a demo shows what arrived, the latest first and by whom it is for, as text in which only our own addresses are links.
func TestDemoMailbox(t *testing.T) {
	h := open(t, withDemo, withMail)
	h.as("").page("/").says(t, `href="/demo/posta"`, "La posta della demo")
	h.as("").page("/demo/posta").says(t, "Nessuna lettera, per ora")
	h.writes("uno", "anna@prova.it", "https://cattivo.example/x <b>y</b>")
	h.ahead.Add(int64(time.Minute))
	h.writes("due", "bruno@prova.it", "poi")
	all := h.as("").page("/demo/posta")
	if first, second := strings.Index(all.Body, "a=bruno"), strings.Index(all.Body, "a=anna"); first < 0 || second < first {
		t.Error("not the latest first")
	}
	h.as("").page("/demo/posta?a=Anna%40prova.it").says(t, "Lettere per Anna@prova.it", "anna@prova.it")
	h.as("").page("/demo/posta?a=Anna%40prova.it").keepsTo(t, "bruno@prova.it")
	h.as("").page("/demo/posta?a=chiunque").says(t, "Nessuna lettera, per ora", "Tutte le lettere")
	found := h.newest()
	a := h.as("").page("/demo/posta/" + found[1].ID)
	a.says(t, "https://cattivo.example/x &lt;b&gt;", `<a href="/corsi">http`, "Inviato da Associazione")
	a.keepsTo(t, `href="https://cattivo`, "<b>")
	if a := h.as("").get("/demo/posta/niente"); a.Status != http.StatusNotFound {
		t.Errorf("%d", a.Status)
	}
}

// The calendar part of a letter is shown in words, and can be taken away as a file.
func TestDemoMailboxShowsInvitations(t *testing.T) {
	h := open(t, withDemo, withMail)
	const zone = "BEGIN:VTIMEZONE\r\nTZID:Europe/Rome\r\nBEGIN:STANDARD\r\nDTSTART:19961027T030000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
	for i, c := range []struct{ method, sequence, starts, says string }{
		{"REQUEST", "0", "DTSTART;TZID=Europe/Rome:20260608T100000", "Un appuntamento per il calendario:"},
		{"REQUEST", "2", "DTSTART:20260608T080000Z", "L’appuntamento nel calendario cambia:"},
		{"CANCEL", "3", "DTSTART;TZID=Europe/Rome:20260608T100000", "L’appuntamento sparisce dal calendario:"},
	} {
		part := "BEGIN:VCALENDAR\r\nMETHOD:" + c.method + "\r\n" + zone + "BEGIN:VEVENT\r\n" + c.starts + "\r\nSEQUENCE:" + c.sequence +
			"\r\nSUMMARY;LANGUAGE=it:Obiettivi\\, ri\r\n sultati\r\nBEGIN:VALARM\r\nSUMMARY:Altro\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
		must(t, h.parts.Mail.Post(t.Context(), lms.Letter{
			Cause: fmt.Sprint(i), Kind: "request.asked", To: "anna@prova.it", Lang: "it", Organisation: "comune-alto", Link: "/corsi", Calendar: []byte(part), Method: c.method,
			Words: map[string]string{"title": "Primavera", "course": "Prova", "person": "Anna", "ente": "Alto", "why": "x", "until": "domani"},
		}))
		h.ahead.Add(int64(time.Minute))
		must(t, h.parts.Mail.Deliver(t.Context()))
		address := "/demo/posta/" + h.newest()[0].ID
		a := h.as("").page(address)
		a.says(t, c.says, "Obiettivi, risultati, 8 giugno 2026, ore 10:00.", address+"/appuntamento.ics")
		a.keepsTo(t, "Altro")
		file := h.as("").page(address + "/appuntamento.ics")
		if file.Body != part || file.Header.Get("Content-Type") != "text/calendar; charset=utf-8" {
			t.Errorf("%s: %q", file.Header.Get("Content-Type"), file.Body)
		}
	}
	h.ahead.Add(int64(time.Minute))
	h.writes("senza", "anna@prova.it", "x")
	if a := h.as("").get("/demo/posta/" + h.newest()[0].ID + "/appuntamento.ics"); a.Status != http.StatusNotFound {
		t.Errorf("without one: %d", a.Status)
	}
}

// write posts a letter about a request to somebody of comune-alto, and lets it arrive.
func (h *house) writes(cause, to, why string) {
	h.t.Helper()
	must(h.t, h.parts.Mail.Post(h.t.Context(), lms.Letter{
		Cause: cause, Kind: "request.asked", To: to, Name: "Prova", Lang: "it", Organisation: "comune-alto", Link: "/corsi",
		Words: map[string]string{"title": "Primavera", "course": "Prova", "person": "Anna", "ente": "Alto", "why": why, "until": "domani"},
	}))
	must(h.t, h.parts.Mail.Deliver(h.t.Context()))
}

func (h *house) newest() []mail.Arrived {
	h.t.Helper()
	found, _, err := h.parts.Box.List(h.t.Context(), lms.PageAt{})
	must(h.t, err)
	return found
}

// secret posts a letter to anna with a link that is hers alone, and gives the address of its page.
func (h *house) secret() string {
	h.t.Helper()
	must(h.t, h.parts.Mail.Post(h.t.Context(), lms.Letter{
		Cause: "uno", Kind: "person.password", To: "anna@prova.it", Person: h.people["anna"].ID, Name: "Anna Prova", Organisation: "comune-alto", Link: "/attiva/SEGRETISSIMO",
		Words: map[string]string{"login": "anna@prova.it", "minutes": "60"},
	}))
	found, _, err := h.parts.Mail.ListAll(h.t.Context(), "", lms.PageAt{})
	must(h.t, err)
	return "/amministrazione/posta/" + found[0].ID
}

// Who keeps an ente's people sees its letters, how mail is doing, and what a letter says without its link.
func TestLettersOfAnEnte(t *testing.T) {
	h := open(t, func(o *options) {
		o.parts = func(p *wiring.Options) {
			p.Mail = wiring.Mail{Owner: "Associazione", SMTP: "smtp://127.0.0.1:1?tls=none", From: "aula@prova.it"}
		}
	})
	h.hire()
	rita, at := h.as("rita"), h.secret()
	rita.page("/amministrazione/posta").says(t, "La posta parte regolarmente")
	if err := h.parts.Mail.Deliver(t.Context()); err == nil {
		t.Fatal("a server that is none took a letter")
	}
	list := rita.page("/amministrazione/posta")
	list.says(t, "Il server di posta non risponde da", "1 in attesa", "Nuova password", "anna@prova.it", "In attesa")
	list.keepsTo(t, "127.0.0.1")
	h.as("dario").page("/amministrazione/posta").says(t, "127.0.0.1", "Nuova password")
	h.as("elena").page("/amministrazione/posta").says(t, "Nessuna lettera", "0 in attesa")
	rita.page("/amministrazione/posta?a=ANNA%40prova.it&stato=waiting").says(t, "Nuova password")
	rita.page("/amministrazione/posta?a=bruno%40prova.it").says(t, "Nessuna lettera")
	if a := rita.get("/amministrazione/posta?a=anna"); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "a") == "" {
		t.Errorf("half an address: %d", a.Status)
	}
	if a := rita.get("/amministrazione/posta?stato=perduta"); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("a state that is none: %d", a.Status)
	}
	letter := rita.page(at)
	letter.says(t, "Anna Prova", "60 minuti", "/…", "Il collegamento personale non si mostra")
	letter.keepsTo(t, "SEGRETISSIMO", "/riprova", "/tornata")
	if a := h.as("elena").get(at); a.Status != http.StatusNotFound {
		t.Errorf("elsewhere: %d", a.Status)
	}
	h.actsOf(t, "letter.list", "letter.read")
}

// What failed is sent again with a button.
func TestLetterSentAgain(t *testing.T) {
	h := open(t)
	h.hire()
	at := h.secret()
	h.as("rita").page("/amministrazione/posta").says(t, "Nessun server di posta", "1 in attesa")
	h.ahead.Add(int64(5 * 24 * time.Hour))
	must(t, h.parts.Mail.Sweep(t.Context())) // nobody took it for days
	rita := h.as("rita")
	failed := rita.page(at)
	failed.says(t, "Non partita")
	if a := rita.submit(failed.form(t, "/riprova"), nil); a.Header.Get("Location") != at+"?esito=letter-retried" {
		t.Fatalf("%d %s", a.Status, a.Header.Get("Location"))
	}
	rita.page(at+"?esito=letter-retried").says(t, "In attesa", "aspetta di nuovo di partire")
	if a := rita.post(at+"/riprova", nil); a.Status != http.StatusConflict || !strings.Contains(a.Body, "non si può spedire di nuovo") {
		t.Errorf("again: %d", a.Status)
	}
	h.actsOf(t, "letter.retry")
}

// actsOf holds that the log has acts of these verbs.
func (h *house) actsOf(t *testing.T, verbs ...string) {
	t.Helper()
	seen := map[string]bool{}
	for e, err := range h.parts.Audit.All(t.Context(), audit.Asked{}) {
		must(t, err)
		seen[e.Verb] = true
	}
	for _, v := range verbs {
		if !seen[v] {
			t.Errorf("no act %s in %v", v, slices.Sorted(maps.Keys(seen)))
		}
	}
}

// What was sent is forgotten: the page shows an example of its kind. That it came back is noted, with why.
func TestBouncedLetter(t *testing.T) {
	h := open(t, withMail)
	h.hire()
	h.writes("uno", "anna@prova.it", "un motivo privato")
	at := "/amministrazione/posta/" + h.newest()[0].ID
	rita := h.as("rita")
	page := rita.page(at)
	page.says(t, "Spedita", "con dati inventati", "Richiesta da decidere")
	page.keepsTo(t, "un motivo privato", `href="/corsi"`+">http", "/riprova")
	if a := rita.submit(page.form(t, "/tornata"), url.Values{"note": {strings.Repeat("x", 400)}}); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "note") == "" {
		t.Errorf("a long note: %d", a.Status)
	}
	if a := rita.submit(page.form(t, "/tornata"), url.Values{"note": {"Casella inesistente"}}); a.Header.Get("Location") != at+"?esito=letter-bounced" {
		t.Fatalf("%d %s", a.Status, a.Header.Get("Location"))
	}
	rita.page(at).says(t, "Tornata indietro", "Casella inesistente")
	rita.page("/amministrazione/posta?stato=bounced").says(t, "1 tornata indietro", "Casella inesistente")
	h.actsOf(t, "letter.bounce")
}

// Every kind of letter has a name.
func TestLettersHaveNames(t *testing.T) {
	kinds, err := mail.Kinds()
	must(t, err)
	messages, err := web.LoadMessages()
	must(t, err)
	for _, k := range kinds {
		for _, lang := range front.Langs() {
			if !messages.Has(lang, "letter.kind."+k) {
				t.Errorf("no %q in %s", "letter.kind."+k, lang)
			}
		}
	}
}
