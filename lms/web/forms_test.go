package web_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// upload posts a form with a file.
func (v *visitor) upload(address, field, file string, fields url.Values) answer {
	v.h.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for name, values := range fields {
		for _, value := range values {
			must(v.h.t, m.WriteField(name, value))
		}
	}
	w, err := m.CreateFormFile(field, "file")
	must(v.h.t, err)
	_, err = w.Write([]byte(file))
	must(v.h.t, err)
	must(v.h.t, m.Close())
	return v.with("Content-Type", m.FormDataContentType()).do(http.MethodPost, address, &b)
}

// TestSignInAgain: who mistypes keeps the address, never the password.
func TestSignInAgain(t *testing.T) {
	h := open(t)
	v := h.as("")
	f := v.page("/accedi?da=/profilo").form(t, "/accedi")
	a := v.submit(f, url.Values{"email": {`anna"<@prova.it`}, "password": {"sbagliata-davvero"}})
	again := a.form(t, "/accedi")
	if a.Status != 422 || again.Fields.Get("email") != `anna"<@prova.it` || again.Fields.Get("da") != "/profilo" || a.errorOf(t, "password") == "" {
		t.Errorf("%d, fields %v, beside the password %q", a.Status, again.Fields, a.errorOf(t, "password"))
	}
	if strings.Contains(a.Body, "sbagliata-davvero") {
		t.Error("the page repeats the password")
	}
	if a := v.submit(again, url.Values{"email": {" ANNA@prova.it "}, "password": {password}}); a.Status != 303 || a.Header.Get("Location") != "/profilo" {
		t.Errorf("then: %d to %q", a.Status, a.Header.Get("Location"))
	}
}

// TestPersonForm: what is wrong is said beside each field, and nothing has to be typed again.
func TestPersonForm(t *testing.T) {
	h := open(t)
	v := h.as("dario")
	f := v.page("/amministrazione/persone/nuova").form(t, "/persone/nuova")
	typed := url.Values{"given_name": {""}, "family_name": {`O’Hara "<Bo>"`}, "email": {"senza-chiocciola"}, "login": {"con spazio"}, "office": {strings.Repeat("u", 101)}, "organisation": {"comune-alto"}, "category": {"funzionario"}, "role": {"author"}}
	a := v.submit(f, typed)
	if a.Status != 422 {
		t.Fatalf("status %d", a.Status)
	}
	again := a.form(t, "/persone/nuova").Fields
	for name, values := range typed {
		if name != "category" && again.Get(name) != values[0] {
			t.Errorf("%s came back as %q", name, again.Get(name))
		}
	}
	for _, name := range []string{"given_name", "email", "login", "office"} {
		if a.errorOf(t, name) == "" || strings.Contains(a.errorOf(t, name), "error.") {
			t.Errorf("beside %s: %q", name, a.errorOf(t, name))
		}
	}
	if a := v.submit(f, url.Values{"given_name": {"Anna"}, "family_name": {"Doppia"}, "email": {"ANNA@prova.it"}}); a.Status != 409 || a.errorOf(t, "email") == "" {
		t.Errorf("an address that is taken: %d, %q", a.Status, a.errorOf(t, "email"))
	}
	if a := v.submit(f, url.Values{"given_name": {"Ida"}, "family_name": {"Altrove"}, "email": {"ida@prova.it"}, "organisation": {"altrove"}}); a.Status != 422 || a.errorOf(t, "organisation") == "" {
		t.Errorf("into another's organisation: %d, %q", a.Status, a.errorOf(t, "organisation"))
	}
}

// attempts is how often somebody answered the questions of the course.
func (h *house) attempts(name string) int {
	h.t.Helper()
	st, err := h.school.Learning.Mine(h.t.Context(), h.actor(name), breve)
	must(h.t, err)
	return len(st.Enrolment.Of("domande").Attempts)
}

const domande = "/corsi/" + breve + "/domande"

// TestOpenQuestions: a question left open is named, and what was chosen stays chosen.
func TestOpenQuestions(t *testing.T) {
	h := open(t)
	v := h.as("anna")
	f := v.page(domande).form(t, "risposte")
	a := v.submit(f, url.Values{"q-pari": {"a", "c"}})
	again := a.form(t, "risposte").Fields
	if a.Status != 422 || !slices.Equal(again["q-pari"], []string{"a", "c"}) || a.errorOf(t, "q-giorni") == "" || a.errorOf(t, "q-pari") != "" {
		t.Errorf("%d, chosen %v, beside the open question %q", a.Status, again["q-pari"], a.errorOf(t, "q-giorni"))
	}
	if strings.Contains(a.Body, "è pari") || h.attempts("anna") != 0 {
		t.Errorf("half an answer was judged: %d attempts", h.attempts("anna"))
	}
}

// TestSentTwice: the same form again is the same attempt.
func TestSentTwice(t *testing.T) {
	h := open(t)
	v := h.as("anna")
	f := v.page(domande).form(t, "risposte")
	for range 2 {
		if a := v.submit(f, url.Values{"q-giorni": {"b"}, "q-pari": {"b"}}); a.Status != 303 {
			t.Fatalf("status %d", a.Status)
		}
	}
	if a := v.submit(f, url.Values{"q-giorni": {"a"}, "q-pari": {"b"}}); a.Status != 409 && a.Status != 422 {
		t.Errorf("other answers under the same attempt: %d", a.Status)
	}
	if n := h.attempts("anna"); n != 1 {
		t.Errorf("%d attempts", n)
	}
}

// TestSessionOver: what a form sent after the session's end is kept, and goes on after the next sign-in.
func TestSessionOver(t *testing.T) {
	h := open(t)
	f := h.as("anna").page(domande).form(t, "risposte")
	v := h.as("")
	a := v.submit(f, url.Values{"q-giorni": {"b"}, "q-pari": {"a", "c"}})
	if a.Status != 401 {
		t.Fatalf("without a session: %d", a.Status)
	}
	in := a.form(t, "/accedi")
	wrong := v.submit(in, url.Values{"email": {"anna@prova.it"}, "password": {"sbagliata"}})
	if wrong.form(t, "/accedi").Fields.Get("keep") != in.Fields.Get("keep") {
		t.Error("a mistyped password loses what was kept")
	}
	a = v.submit(in, url.Values{"email": {"anna@prova.it"}, "password": {password}})
	cookie, err := http.ParseSetCookie(a.Header.Get("Set-Cookie"))
	must(t, err)
	v.secret = cookie.Value
	resume := a.form(t, "risposte")
	if a = v.submit(resume, nil); a.Status != 303 || h.attempts("anna") != 1 {
		t.Errorf("going on: %d, %d attempts, sent %v", a.Status, h.attempts("anna"), resume.Fields)
	}
	a = h.as("").send("/profilo/password", url.Values{"old": {"vecchia-segreta"}, "new": {"nuova-segreta"}, "again": {"nuova-segreta"}})
	if k := a.form(t, "/accedi").Fields.Get("keep"); a.Status != 401 || strings.Contains(unpacked(k), "segreta") {
		t.Errorf("passwords are kept in the page: %d", a.Status)
	}
	for _, keep := range []string{"x", "bnVsbA", strings.Repeat("A", 5_000), packed(`{"action":"https://altrove.example","fields":[{"n":"a","v":"b"}]}`), packed(`{"action":"//altrove.example","fields":[{"n":"a","v":"b"}]}`)} {
		a := h.as("").send("/accedi", url.Values{"email": {"bruno@prova.it"}, "password": {password}, "keep": {keep}})
		if a.Status != 303 || strings.Contains(a.Body, "altrove.example") {
			t.Errorf("a kept form that is none (%.20s): %d", keep, a.Status)
		}
	}
}

// TestDemoKeepsTheForm: whoever enters by the demo's menu finds what they were sending, too, and the page they wanted.
func TestDemoKeepsTheForm(t *testing.T) {
	h := open(t, withDemo)
	f := h.as("anna").page(domande).form(t, "risposte")
	v := h.as("")
	fields := func(a answer) url.Values {
		t.Helper()
		out := url.Values{"email": {"anna@prova.it"}}
		for _, hit := range regexp.MustCompile(`form="demo-entra" name="(\w+)" value="([^"]+)"`).FindAllStringSubmatch(a.Body, -1) {
			out.Set(hit[1], hit[2])
		}
		return out
	}
	a := v.send("/demo/entra", fields(v.submit(f, url.Values{"q-giorni": {"b"}, "q-pari": {"a", "c"}})))
	if again := a.form(t, "risposte"); a.Status != 200 || !slices.Equal(again.Fields["q-pari"], []string{"a", "c"}) {
		t.Errorf("the kept form: %d, %v", a.Status, again.Fields)
	}
	if a := v.send("/demo/entra", fields(v.get("/profilo"))); a.Status != 303 || a.Header.Get("Location") != "/profilo" {
		t.Errorf("a page that needs somebody: %d to %q", a.Status, a.Header.Get("Location"))
	}
}

// TestFinishedIsSaidOnce: the last step leads to one message with the certificate in it, and later visits do not repeat it.
func TestFinishedIsSaidOnce(t *testing.T) {
	h := open(t)
	e := h.finish("anna", breve)
	v := h.as("anna")
	now, later := v.page(domande+"?esito=finished").Body, v.page(domande).Body
	if n := strings.Count(now, `role="status"`) - strings.Count(later, `role="status"`); n != 1 || !strings.Contains(now, `id="finito"`) || !strings.Contains(now, "/verifica/"+string(e.Certificate())) {
		t.Errorf("%d messages about the end of the course", n)
	}
	if strings.Contains(later, `id="finito"`) {
		t.Error("a later visit congratulates again")
	}
	if a := h.as("bruno").get(domande + "?esito=finished"); strings.Contains(a.Body, "finito") {
		t.Error("an address says that a course is finished")
	}
}

// TestShownOnce: the secret of a token is on one page only.
func TestShownOnce(t *testing.T) {
	h := open(t)
	v := h.as("anna")
	f := v.page("/profilo").form(t, "/profilo/gettoni")
	if a := v.submit(f, url.Values{"name": {""}, "days": {"0"}}); a.Status != 422 || a.errorOf(t, "name") == "" {
		t.Errorf("a token without a name: %d %q", a.Status, a.errorOf(t, "name"))
	}
	a := v.submit(f, url.Values{"name": {"prova"}, "days": {"3"}})
	_, rest, found := strings.Cut(a.Body, "aula_")
	if a.Status != 200 || !found || !strings.Contains(a.Header.Get("Cache-Control"), "no-store") && !strings.Contains(a.Header.Get("Cache-Control"), "no-cache") {
		t.Fatalf("a new token: %d", a.Status)
	}
	secret := "aula_" + rest[:strings.Index(rest, "<")]
	again := v.page("/profilo")
	if strings.Contains(again.Body, secret) || !strings.Contains(again.Body, "prova") {
		t.Error("the secret is shown again, or the token is not listed")
	}
	if a := v.submit(again.form(t, "/revoca"), nil); a.Status != 303 || len(v.page("/profilo").formsTo(t, "/revoca")) != 0 {
		t.Errorf("revoking it: %d", a.Status)
	}
}

func (a answer) formsTo(t *testing.T, action string) []form {
	return slices.DeleteFunc(a.forms(t), func(f form) bool { return !strings.Contains(f.Action, action) })
}

// TestActivation: a link shows whose it is as often as it is opened, and sets a password once.
func TestActivation(t *testing.T) {
	h := open(t)
	admin := h.as("dario")
	f := admin.page("/amministrazione/persone/nuova").form(t, "/persone/nuova")
	a := admin.submit(f, url.Values{"given_name": {"Ines"}, "family_name": {"Nuova"}, "login": {"ines"}, "organisation": {"comune-alto"}})
	shows := a.Header.Get("Location") // the browser sends the form on, and again when the page is loaded again
	if a.Status != 307 || !strings.HasSuffix(shows, "/link") {
		t.Fatalf("a new person: %d to %q", a.Status, shows)
	}
	shown := func() string {
		a := admin.submit(form{shows, f.Fields}, nil)
		_, rest, found := strings.Cut(a.Body, "http://"+h.addr+"/attiva/")
		if a.Status != 200 || !found || !strings.Contains(a.Body, `name="da" value="`+strings.TrimSuffix(shows, "/link")+`"`) {
			t.Fatalf("%s: %d, link shown: %v", shows, a.Status, found)
		}
		return "/attiva/" + rest[:strings.IndexAny(rest, "<\" ")]
	}
	first, link := shown(), shown()
	if a := h.as("").get(first); a.Status != 404 {
		t.Errorf("the link of the page before it was loaded again: %d", a.Status)
	}
	v := h.as("")
	v.page(link)
	set := v.page(link).form(t, "/attiva/")
	for field, x := range map[string]url.Values{"again": {"password": {"una-password-lunga"}, "again": {"un-altra-cosa"}}, "password": {"password": {"corta"}, "again": {"corta"}}} {
		if a := v.submit(set, x); a.Status != 422 || a.errorOf(t, field) == "" {
			t.Errorf("%v: %d, %q", x, a.Status, a.errorOf(t, field))
		}
	}
	good := url.Values{"password": {"una-password-lunga"}, "again": {"una-password-lunga"}}
	if a := v.submit(set, good); a.Status != 303 || a.Header.Get("Set-Cookie") == "" {
		t.Errorf("a good password: %d", a.Status)
	}
	if a := v.submit(set, good); a.Status != 404 {
		t.Errorf("the link a second time: %d", a.Status)
	}
	if a := v.get(link); a.Status != 404 {
		t.Errorf("opening a used link: %d", a.Status)
	}
	if a := v.tries(1, "ines", "una-password-lunga"); a.Status != 303 {
		t.Errorf("signing in with the login name: %d", a.Status)
	}
}

// TestImport: a file is first shown, then applied, then undone; a wrong line keeps no other waiting.
func TestImport(t *testing.T) {
	h := open(t)
	v := h.as("dario")
	count := func() int {
		n, err := h.school.People.Count(t.Context(), h.actor("dario"), "valle")
		must(t, err)
		return n
	}
	before := count()
	bring := func(file string) (address string) {
		f := v.page("/amministrazione/persone/importa").form(t, "/importa")
		a := v.upload(f.Action, "file", file, f.Fields)
		if a.Status != 303 {
			t.Fatalf("a file is brought: %d\n%s", a.Status, a.Body)
		}
		return a.Header.Get("Location")
	}
	settled := func(address string) answer {
		for range 1000 {
			a := v.page(address)
			if a.Header.Get("Refresh") == "" {
				return a
			}
			time.Sleep(5 * time.Millisecond)
		}
		t.Fatal("it never ends")
		return answer{}
	}
	button := func(a answer, address, name string) {
		t.Helper()
		if !strings.Contains(a.Body, `value="`+name+`"`) {
			t.Fatalf("no button to %s", name)
		}
		forms := slices.DeleteFunc(a.formsTo(t, address), func(f form) bool { return f.Action != address })
		if got := v.submit(forms[0], url.Values{"azione": {name}}); got.Status != 303 {
			t.Fatalf("%s: %d", name, got.Status)
		}
	}
	address := bring("cognome;nome;email;ente\nVerdi;Luca;luca@prova.it;comune-alto\nNeri;<b>Pia</b>;pia@prova.it;comune-alto\nBianchi;;non-una-mail;comune-alto\n<i>Rossi;Ugo;ugo@prova.it;altrove\n")
	dry := settled(address)
	if count() != before || strings.Contains(dry.Body, "<i>Rossi") || !strings.Contains(dry.Body, "&lt;i&gt;Rossi") {
		t.Fatalf("the dry run: %d people more", count()-before)
	}
	button(dry, address, "aggiungi")
	done := settled(address)
	if count() != before+2 {
		t.Errorf("applied: %d people more", count()-before)
	}
	links := v.submit(done.form(t, "/accessi.csv"), nil)
	if links.Status != 200 || strings.Count(links.Body, "/attiva/") != 2 || !strings.HasPrefix(links.Body, "\ufeff") {
		t.Errorf("the links: %d %q", links.Status, links.Body)
	}
	button(done, address, "annulla")
	if settled(address); count() != before {
		t.Errorf("undone: %d people more", count()-before)
	}
	f := v.page("/amministrazione/persone/importa").form(t, "/importa")
	for name, file := range map[string]string{"empty": "", "only a header": "cognome;nome\n", "a picture": "\x89PNG\r\n\x1a\n\x00\x00\"x", "quotes": "cognome;nome\n\"a;b"} {
		if a := v.upload(f.Action, "file", file, f.Fields); a.Status != 422 {
			t.Errorf("a file that is none, %s: %d", name, a.Status)
		}
	}
	columns := settled(bring("a;b;c\nRosa;Verdi;rosa@prova.it\n"))
	if !strings.Contains(columns.Body, "Colonna") && !strings.Contains(columns.Body, "colonne") {
		t.Error("nobody asks what the columns are")
	}
}

// TestRevoking: a certificate is revoked with a reason, which everybody reads.
func TestRevoking(t *testing.T) {
	h := open(t)
	code := string(h.finish("anna", breve).Certificate())
	pdf := h.as("").page("/verifica/" + code + ".pdf").Body
	v := h.as("dario")
	f := v.page("/amministrazione/attestati/"+code).form(t, "/revoca")
	if a := v.submit(f, url.Values{"reason": {"  "}}); a.Status != 422 || a.errorOf(t, "reason") == "" {
		t.Errorf("without a reason: %d, %q", a.Status, a.errorOf(t, "reason"))
	}
	compare := func(file, want string) {
		t.Helper()
		f := h.as("").page("/verifica/"+code).form(t, "/verifica/"+code)
		address, _, _ := strings.Cut(f.Action, "#")
		if a := h.as("").upload(address, "pdf", file, nil); !strings.Contains(a.Body, want) {
			t.Errorf("a file of %d bytes: %d, not %s", len(file), a.Status, want)
		}
	}
	compare(pdf, "notice-success")
	compare(pdf+"\n", "notice-danger")
	compare(strings.Repeat("a", 3<<20), "notice-danger")
	compare("", "notice-warning")
	if a := v.submit(f, url.Values{"reason": {"Errore <materiale>"}}); a.Status != 303 {
		t.Errorf("with a reason: %d", a.Status)
	}
	if a := h.as("").page("/verifica/" + code); !strings.Contains(a.Body, "Errore &lt;materiale&gt;") || !strings.Contains(a.Body, "verdict-revoked") || a.Header.Get("X-Robots-Tag") != "noindex" {
		t.Error("who verifies does not read that it is revoked, and why")
	}
	if a := v.submit(f, url.Values{"reason": {"Di nuovo"}}); a.Status != 409 && a.Status != 422 {
		t.Errorf("revoked twice: %d", a.Status)
	}
}
