package web_test

import (
	"bufio"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/lms"
	"aulacomune/lms/signin"
)

func withMail(o *options) {
	o.parts = func(p *wiring.Options) { p.Mail = wiring.Mail{Owner: "Associazione", Box: true} }
}

// letter asks for a link and gives the address in the letter that came; "" when none did.
func (h *house) letter(login, next string) string {
	h.t.Helper()
	v := h.as("")
	ask := v.page("/accedi/collegamento?da="+url.QueryEscape(next)).form(h.t, "/accedi/collegamento")
	if a := v.submit(ask, url.Values{"email": {login}}); a.Status != http.StatusSeeOther || a.Header.Get("Location") != "/accedi/collegamento/inviato" {
		h.t.Fatalf("asking: %d %s", a.Status, a.Header.Get("Location"))
	}
	before := h.letters()
	must(h.t, h.parts.SignIn.Close())
	must(h.t, h.parts.Mail.Deliver(h.t.Context()))
	all := h.letters()
	maps.DeleteFunc(all, func(id, _ string) bool { return before[id] != "" })
	if len(all) != 1 {
		return ""
	}
	text := strings.Join(slices.Collect(maps.Values(all)), "")
	found := regexp.MustCompile(`http://` + regexp.QuoteMeta(h.addr) + `(/accedi/collegamento/[A-Z2-7]+)`).FindStringSubmatch(text)
	if found == nil {
		h.t.Fatalf("no link in %q", text)
	}
	return found[1]
}

// letters are the texts of those that arrived, by their ids.
func (h *house) letters() map[string]string {
	h.t.Helper()
	all, _, err := h.parts.Box.List(h.t.Context(), lms.PageAt{})
	must(h.t, err)
	out := map[string]string{}
	for _, l := range all {
		out[l.ID] = l.Text
	}
	return out
}

// A link is asked for, comes by mail, is looked at by a scanner, and signs in by a button, once.
func TestSigningInByMail(t *testing.T) {
	h := open(t, withMail)
	h.as("").page("/accedi?da=/corsi").says(t, `href="/accedi/collegamento?da=%2fcorsi"`, "Ricevi un collegamento")
	if link := h.letter("nessuno@prova.it", ""); link != "" {
		t.Errorf("a letter for nobody: %s", link)
	}
	link := h.letter("anna@prova.it", "/corsi/"+breve)
	v := h.as("")
	for range 2 {
		a := v.page(link)
		a.says(t, "Anna Prova", "anna@prova.it", "noindex")
		if a.Header.Get("Set-Cookie") != "" {
			t.Error("opening a link gives a cookie")
		}
	}
	if a := v.with("Sec-Fetch-Site", "cross-site").send(link, nil); a.Status != http.StatusForbidden {
		t.Errorf("another site's form: %d", a.Status)
	}
	in := v.submit(v.page(link).form(t, link), nil)
	if in.Status != http.StatusSeeOther || in.Header.Get("Location") != "/corsi/"+breve || !strings.Contains(in.Header.Get("Set-Cookie"), "HttpOnly") {
		t.Fatalf("%d to %s", in.Status, in.Header.Get("Location"))
	}
	for what, a := range map[string]answer{"opened again": v.get(link), "used again": v.send(link, nil)} {
		if a.Status != http.StatusNotFound || !strings.Contains(a.Body, "non vale più") || a.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s: %d", what, a.Status)
		}
	}
	if a := v.submit(v.page("/accedi/collegamento").form(t, "/accedi/collegamento"), url.Values{"email": {""}}); a.Status != 422 || a.errorOf(t, "email") == "" {
		t.Errorf("no address: %d", a.Status)
	}
	for _, next := range []string{"//cattivo.example", "https://cattivo.example", `/\cattivo.example`} {
		link := h.letter("bruno@prova.it", next)
		if a := v.submit(v.page(link).form(t, link), nil); a.Header.Get("Location") != "/apprendimento" {
			t.Errorf("%s leads to %s", next, a.Header.Get("Location"))
		}
	}
	if secret := link[strings.LastIndex(link, "/")+1:]; strings.Contains(h.log.String(), secret) {
		t.Error("the log holds a secret")
	}
}

// Without mail nobody is offered a link.
func TestNoLinksWithoutMail(t *testing.T) {
	h := open(t)
	h.as("").page("/accedi").keepsTo(t, "collegamento", "Altri modi")
	if a := h.as("").get("/accedi/collegamento"); a.Status != http.StatusNotFound {
		t.Errorf("%d", a.Status)
	}
}

// withProvider opens a house with a real identity provider, which is told what it is to say.
func withProvider(t *testing.T) func(*options) {
	for _, part := range []string{"../../node_modules/oidc-provider", "../signin/testdata/provider.mjs"} {
		if _, err := os.Stat(part); err != nil && os.Getenv("AULA_TEST_STRICT") == "" {
			t.Skipf("missing: %s", part)
		}
	}
	return func(o *options) {
		c := exec.Command("node", "../signin/testdata/provider.mjs")
		c.Env = append(os.Environ(), "OIDC_REDIRECT="+o.URL+"/accedi/con/prova/ritorno")
		out, err := c.StdoutPipe()
		must(t, err)
		must(t, c.Start())
		t.Cleanup(func() { _, _ = c.Process.Kill(), c.Wait() })
		issuer, err := bufio.NewReader(out).ReadString('\n')
		must(t, err)
		o.parts = func(p *wiring.Options) {
			p.Sign = []signin.Provider{
				{ID: "prova", Name: "Identità di prova", Issuer: strings.TrimSpace(issuer), ClientID: "aula", Secret: "segreto-di-prova", Scopes: []string{"openid", "profile", "email"}, Domains: []string{"prova.it"}, Claims: signin.Claims{Fiscal: "fiscal_number", Given: "given_name", Family: "family_name", Email: "email", EmailVerified: "email_verified"}},
				{ID: "spento", Name: "Spento", Issuer: "http://127.0.0.1:1", ClientID: "aula"},
			}
		}
	}
}

// browser follows redirects, here and at the provider, with cookies.
type browser struct {
	*http.Client
	h      *house
	answer string // how the provider is told who comes
}

func (h *house) browser() *browser {
	jar, err := cookiejar.New(nil)
	must(h.t, err)
	b := &browser{h: h}
	b.Client = &http.Client{Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.Path, "/chi/") {
			r.URL.RawQuery = b.answer
		}
		return nil
	}}
	return b
}

func (b *browser) read(res *http.Response, err error) (answer, string) {
	b.h.t.Helper()
	must(b.h.t, err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	must(b.h.t, err)
	return answer{res.StatusCode, res.Header, string(body)}, res.Request.URL.RequestURI()
}

func (b *browser) open(address string) (answer, string) {
	b.h.t.Helper()
	return b.read(b.Get("http://" + b.h.addr + address))
}

// through sends a form that leads to the provider, goes there as somebody, and gives the page where that ends.
func (b *browser) through(page, action string, as string, says map[string]any) (answer, string) {
	b.h.t.Helper()
	a, _ := b.open(page)
	f := a.form(b.h.t, action)
	gone, _ := b.read(b.PostForm("http://"+b.h.addr+f.Action, f.Fields))
	address, ok := strings.CutPrefix(gone.Header.Get("Refresh"), "0; url=")
	if !ok || gone.Status != http.StatusOK || !strings.Contains(gone.Body, "Continua con Identità di prova") {
		b.h.t.Fatalf("leaving: %d, Refresh %q", gone.Status, gone.Header.Get("Refresh"))
	}
	told, err := json.Marshal(says)
	must(b.h.t, err)
	b.answer = "as=" + as + "&says=" + url.QueryEscape(string(told))
	if as == "" {
		b.answer = "no=access_denied"
	}
	return b.read(b.Get(address))
}

func TestSigningInWithAProvider(t *testing.T) {
	h := open(t, withProvider(t))
	h.as("").page("/accedi").says(t, "Accedi con Identità di prova", "Altri modi")
	anna, email := h.browser(), map[string]any{"email": "anna@prova.it", "email_verified": true}
	a, at := anna.through("/accedi?da=/corsi", "/accedi/con/prova", "1", email)
	if at != "/corsi" || a.Status != http.StatusOK || !strings.Contains(a.Body, "Anna Prova") {
		t.Fatalf("%d at %s", a.Status, at)
	}
	own, _ := anna.open("/profilo/accessi")
	own.says(t, "Identità di prova", "Dall’indirizzo e-mail")

	for name, c := range map[string]struct {
		as     string
		says   map[string]any
		status int
		text   string
	}{
		"denied":           {"", nil, 403, "Hai annullato"},
		"unknown":          {"2", map[string]any{"email": "gina@prova.it", "email_verified": true, "given_name": "Gina <b>", "family_name": "Nuova"}, 403, "Gina &lt;b&gt; Nuova"},
		"an administrator": {"3", map[string]any{"email": "dario@prova.it", "email_verified": true}, 403, "collega questo servizio dal tuo profilo"},
	} {
		b := h.browser()
		a, at := b.through("/accedi", "/accedi/con/prova", c.as, c.says)
		if a.Status != c.status || !strings.Contains(a.Body, c.text) || !strings.HasPrefix(at, "/accedi/con/prova/ritorno") {
			t.Errorf("%s: %d at %s: %s", name, a.Status, at, a.Body)
		}
		sound(t, name, a)
		if a, _ := b.open("/profilo"); a.Status != http.StatusUnauthorized {
			t.Errorf("%s: the profile answers %d", name, a.Status)
		}
	}
	v := h.as("")
	if a := v.post("/accedi/con/spento", nil); a.Status != 503 || !strings.Contains(a.Body, "non risponde") {
		t.Errorf("a provider that is down: %d", a.Status)
	}
	if a := v.get("/accedi/con/prova/ritorno?state=x&code=y"); a.Status != 403 || !strings.Contains(a.Body, "scaduto") {
		t.Errorf("a forged return: %d", a.Status)
	}
	if a := v.with("Sec-Fetch-Site", "cross-site").send("/accedi/con/prova", nil); a.Status != 403 {
		t.Errorf("another site sends people to the provider: %d", a.Status)
	}
}

// An administrator links an account while signed in, gets in with it, and lets go of it.
func TestLinkingAnAccount(t *testing.T) {
	h := open(t, withProvider(t))
	b := h.browser()
	in, _ := b.open("/accedi")
	f := in.form(t, "/accedi")
	f.Fields.Set("email", "dario@prova.it")
	f.Fields.Set("password", password)
	if a, at := b.read(b.PostForm("http://"+h.addr+f.Action, f.Fields)); a.Status != 200 || at != "/apprendimento" {
		t.Fatalf("%d at %s", a.Status, at)
	}
	a, at := b.through("/profilo/accessi", "/profilo/accessi/con/prova", "d", nil)
	if !strings.HasPrefix(at, "/profilo/accessi?esito=account-linked") {
		t.Fatalf("%d at %s", a.Status, at)
	}
	a.says(t, "L’hai collegato tu", "Account collegato")
	other := h.browser()
	if a, at := other.through("/accedi", "/accedi/con/prova", "d", nil); at != "/apprendimento" || a.Status != 200 {
		t.Errorf("%d at %s", a.Status, at)
	}
	unlink := a.form(t, "/scollega")
	if a := h.as("anna").post(unlink.Action, nil); a.Status != 404 {
		t.Errorf("somebody else unlinks: %d", a.Status)
	}
	if a, at := b.read(b.PostForm("http://"+h.addr+unlink.Action, unlink.Fields)); at != "/profilo/accessi?esito=account-unlinked" || !strings.Contains(a.Body, "Nessun account") {
		t.Errorf("%d at %s", a.Status, at)
	}
	if a, _ := h.browser().through("/accedi", "/accedi/con/prova", "d", nil); a.Status != 403 {
		t.Errorf("an account that was let go of: %d", a.Status)
	}
}

// A fiscal number is set, shown in part, and removed, by its person and by the referent of their ente.
func TestFiscalNumber(t *testing.T) {
	h := open(t)
	h.hire()
	v := h.as("anna")
	set := v.page("/profilo/accessi").form(t, "/profilo/codice-fiscale")
	for typed, says := range map[string]string{"": "16 caratteri", "PRVNNA80A41H501X": "battitura", "RSSMRA80A01H501U": "non corrisponde"} {
		if a := v.submit(set, url.Values{"fiscal": {typed}}); a.Status != 422 || !strings.Contains(a.errorOf(t, "fiscal"), says) {
			t.Errorf("%q: %d, %q", typed, a.Status, a.errorOf(t, "fiscal"))
		}
	}
	const number = "PRVNNA80A41H501D"
	if a := v.submit(set, url.Values{"fiscal": {"prv nna 80a41 h501d"}}); a.Status != http.StatusSeeOther {
		t.Fatalf("%d: %s", a.Status, a.errorOf(t, "fiscal"))
	}
	page := v.page("/profilo/accessi?esito=number-set")
	page.says(t, "PRV••••••••••••D", "Codice fiscale salvato")
	page.keepsTo(t, number)
	here := "/amministrazione/persone/" + string(h.people["anna"].ID) + "/codice-fiscale"
	kept := h.as("rita").page(here)
	kept.says(t, "PRV••••••••••••D", "Anna Prova")
	kept.keepsTo(t, number)
	for _, who := range []string{"elena", "bruno"} {
		if a := h.as(who).get(here); a.Status != 404 && a.Status != 403 || strings.Contains(a.Body, "PRV") {
			t.Errorf("%s: %d", who, a.Status)
		}
	}
	r := h.as("rita")
	if a := r.submit(r.page(here).form(t, here+"/elimina"), nil); a.Status != http.StatusSeeOther {
		t.Errorf("removing: %d", a.Status)
	}
	r.page(here).says(t, "Nessun codice fiscale")
	if a := r.submit(r.page(here).form(t, here), url.Values{"fiscal": {"RSSMRA80A01H501U"}}); a.Status != http.StatusSeeOther {
		t.Errorf("a keeper sets a number that does not fit the name: %d", a.Status)
	}
}
