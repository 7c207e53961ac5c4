package signin_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/fiscal"
	"aulacomune/lms/lmstest"
	"aulacomune/lms/signin"
)

const (
	back        = "https://aula.example/accedi/con/prova/ritorno"
	brunoNumber = "RSSBRN80A01H501W"
)

type said map[string]any

// startProvider runs a real identity provider, and gives its address and the function that stops it.
func startProvider(redirect string) (issuer string, stop func(), err error) {
	c := exec.Command("node", "testdata/provider.mjs")
	c.Env = append(os.Environ(), "OIDC_REDIRECT="+redirect)
	out, err := c.StdoutPipe()
	if err != nil {
		return "", nil, err
	}
	if err := c.Start(); err != nil {
		return "", nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	return strings.TrimSpace(line), sync.OnceFunc(func() { _, _ = c.Process.Kill(), c.Wait() }), err
}

// shared is the provider of all tests but those that stop it, once one of them needs it.
var shared struct {
	once   sync.Once
	issuer string
	stop   func()
	err    error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if shared.stop != nil {
		shared.stop()
	}
	os.Exit(code)
}

// provider gives the shared provider's address.
func provider(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		missing(t, "node")
	}
	if _, err := os.Stat("../../node_modules/oidc-provider"); err != nil {
		missing(t, "oidc-provider (make assets)")
	}
	shared.once.Do(func() { shared.issuer, shared.stop, shared.err = startProvider(back) })
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	return shared.issuer
}

// missing skips a test for what this machine lacks, where that is allowed.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("AULA_TEST_STRICT") != "" {
		t.Fatalf("missing: %s", what)
	}
	t.Skipf("missing: %s", what)
}

// stage is a town with a provider.
type stage struct {
	*lmstest.Town
	s      *signin.Service
	f      *fiscal.Office
	p      signin.Provider
	people map[string]said // what the provider is to say of whom
}

func openStage(t *testing.T, people map[string]said, change ...func(*signin.Provider)) *stage {
	t.Helper()
	w := lmstest.New(t)
	w.Set(time.Now()) // the provider's tokens are of now
	w.Tree()
	x := &stage{Town: w, people: people}
	issuer := provider(t)
	file := filepath.Join(t.TempDir(), "oidc.yaml")
	w.OK(os.WriteFile(file, []byte("providers:\n- {id: prova, name: Prova, issuer: \""+issuer+"\", client_id: aula, secret_env: X, domains: [ala.example], claims: {fiscal: fiscal_number}}\n"), 0o600))
	providers, err := signin.ReadProviders(file, func(string) string { return "segreto-di-prova" })
	w.OK(err)
	x.p = providers[0]
	for _, c := range change {
		c(&x.p)
	}
	x.f = fiscal.New(w.People, fiscal.FixedRing(fiscal.NewKeyText()))
	x.s, err = signin.Open(t.Context(), signin.Ports{Engine: w.Engine, School: w.School, Fiscal: x.f, Providers: []signin.Provider{x.p, {ID: "altro", Issuer: "http://127.0.0.1:1"}}, URL: "https://aula.example", Log: w.Log, Now: w.Now})
	w.OK(err)
	return x
}

// depart begins an attempt; nobody for signing in.
func (x *stage) depart(a lms.Actor) signin.Departure {
	x.T.Helper()
	d, err := x.s.Depart(x.T.Context(), a, "prova", "/corsi", "192.0.2.1")
	x.OK(err)
	return d
}

// visit goes to the provider as somebody ("as=anna"), or lets it say no ("no=access_denied"), and gives what the browser brings back.
func (x *stage) visit(d signin.Departure, says string) signin.Return {
	x.T.Helper()
	jar, err := cookiejar.New(nil)
	x.OK(err)
	var end *url.URL
	client := &http.Client{Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.String(), back) {
			end = r.URL
			return http.ErrUseLastResponse
		}
		if strings.HasPrefix(r.URL.Path, "/chi/") {
			r.URL.RawQuery = x.saying(says)
		}
		return nil
	}}
	a, err := client.Get(d.Address)
	x.OK(err)
	body, err := io.ReadAll(a.Body)
	x.OK(err)
	x.OK(a.Body.Close())
	if end == nil {
		x.T.Fatalf("the provider did not send the browser back: %s %s", a.Status, body)
	}
	q := end.Query()
	return signin.Return{Provider: "prova", State: q.Get("state"), Code: q.Get("code"), Issuer: q.Get("iss"), Error: q.Get("error"), Browser: d.Browser, From: "192.0.2.1"}
}

// saying adds what the provider is to say of somebody.
func (x *stage) saying(says string) string {
	as, ok := strings.CutPrefix(says, "as=")
	if !ok {
		return says
	}
	b, err := json.Marshal(x.people[as])
	x.OK(err)
	return says + "&says=" + url.QueryEscape(string(b))
}

// enter goes all the way.
func (x *stage) enter(says string) (signin.Arrival, error) {
	x.T.Helper()
	return x.s.Arrive(x.T.Context(), lms.Actor{}, x.visit(x.depart(lms.Actor{}), says))
}

// linkOwn links an account while signed in.
func (x *stage) linkOwn(a lms.Actor, says string) error {
	x.T.Helper()
	_, err := x.s.Arrive(x.T.Context(), a, x.visit(x.depart(a), says))
	return err
}

// in fails the test unless somebody is in.
func (x *stage) in(says string, want lms.PersonID, way signin.Way) {
	x.T.Helper()
	a, err := x.enter(says)
	if err != nil || a.Session == "" || who(x.Town, a.Session) != want || a.Next != "/corsi" {
		x.T.Fatalf("%s: %+v, %v", says, a, err)
	}
	p, err := x.People.Known(x.T.Context(), want)
	x.OK(err)
	accounts, err := x.s.Accounts(x.T.Context(), lms.ActorOf(p, x.Now(), lms.Everything))
	if err != nil || len(accounts) != 1 || accounts[0].Way != way || accounts[0].Provider != "Prova" {
		x.T.Errorf("%s: linked accounts %+v, %v", says, accounts, err)
	}
}

// out fails the test unless somebody is refused, with a reason.
func (x *stage) out(says, reason string) signin.Arrival {
	x.T.Helper()
	a, err := x.enter(says)
	x.Kind(err, lms.Forbidden, reason)
	if a.Session != "" {
		x.T.Errorf("%s: refused, and has a session", says)
	}
	return a
}

// Each way to be found: by an address, then by the account itself, whatever the provider says of the address later.
func TestByEmail(t *testing.T) {
	x := openStage(t, map[string]said{"1": {"email": "Anna@ala.example", "email_verified": true, "roles": []string{"administrator"}, "role": "administrator"}})
	anna := x.Person("anna", "ala", lms.Learner)
	x.in("as=1", anna.ID, signin.ByEmail)
	x.in("as=1", anna.ID, signin.ByEmail)
	if p, err := x.People.Known(t.Context(), anna.ID); err != nil || len(p.Memberships) != 1 || p.Memberships[0].Role != lms.Learner {
		t.Errorf("a claim gave a role: %+v, %v", p.Memberships, err)
	}
	x.Edit("people", string(anna.ID), func(p map[string]any) { p["email"] = "altro@bosco.example" })
	x.in("as=1", anna.ID, signin.ByEmail)
	x.OK(x.linkOwn(anna, "as=1"))
	x.Edit("people", string(anna.ID), func(p map[string]any) { p["suspended"] = x.Now() })
	x.out("as=1", "error.oidc.closed")
}

// By the fiscal number, with which a manager may come in, too, and whose address is of no importance.
func TestByFiscalNumber(t *testing.T) {
	x := openStage(t, map[string]said{"s": {"fiscal_number": "TINIT-" + brunoNumber, "email": "altro@altrove.example"}, "rotto": {"fiscal_number": "TINIT-RSSBRN80A01H501X"}, "lista": {"fiscal_number": []string{brunoNumber}}})
	bruno := x.Person("bruno", "ala", lms.Manager)
	x.out("as=s", "error.oidc.unknown")
	x.OK(x.f.Set(t.Context(), bruno, bruno.ID, brunoNumber))
	x.in("as=s", bruno.ID, signin.ByFiscal)
	x.out("as=rotto", "error.oidc.unknown")
	x.out("as=lista", "error.oidc.unknown")
}

// An installation that does not name the claim reads no fiscal number.
func TestFiscalNumberOnlyWhereItIsBelieved(t *testing.T) {
	x := openStage(t, map[string]said{"s": {"fiscal_number": "TINIT-" + brunoNumber}}, func(p *signin.Provider) { p.Claims.Fiscal = "" })
	bruno := x.Person("bruno", "ala", lms.Learner)
	x.OK(x.f.Set(t.Context(), bruno, bruno.ID, brunoNumber))
	x.out("as=s", "error.oidc.unknown")
}

// Who is not let in, and why.
func TestWhoIsRefused(t *testing.T) {
	x := openStage(t, map[string]said{
		"sconosciuta": {"email": "nessuna@ala.example", "email_verified": true, "given_name": "Ines", "family_name": "Neri"},
		"incerta":     {"email": "anna@ala.example", "email_verified": false},
		"muta":        {"email": "anna@ala.example"},
		"parola":      {"email": "anna@ala.example", "email_verified": "yes"},
		"altrove":     {"email": "elena@bosco.example", "email_verified": true},
		"sotto":       {"email": "anna@sub.ala.example", "email_verified": true},
		"niente":      {},
		"manager":     {"email": "mara@ala.example", "email_verified": true},
		"admin":       {"email": "dario@ala.example", "email_verified": true, "fiscal_number": brunoNumber},
		"login":       {"email": "ugo@ala.example", "email_verified": true},
	})
	x.Person("anna", "ala", lms.Learner)
	x.Person("elena", "bosco", lms.Learner)
	x.Person("mara", "ala", lms.Manager)
	dario := x.Person("dario", "ala", lms.Administrator)
	_, err := x.People.Install(t.Context(), lms.NewPerson{Email: "vero@ala.example", Given: "Ugo", Family: "Bo", Organisation: "ala"})
	x.OK(err)
	if a := x.out("as=sconosciuta", "error.oidc.unknown"); a.Name != "Ines Neri" || a.Email != "nessuna@ala.example" {
		t.Errorf("what the provider said of her: %+v", a)
	}
	for _, says := range []string{"incerta", "muta", "altrove", "sotto", "niente", "login"} {
		x.out("as="+says, "error.oidc.unknown")
	}
	x.out("as=parola", "error.oidc.answer")
	x.out("as=manager", "error.oidc.role")
	x.out("as=admin", "error.oidc.role")
	x.Edit("people", string(dario.ID), func(p map[string]any) { p["fiscal"] = map[string]any{} })
	x.OK(x.f.Set(t.Context(), x.Person("capo", "valle", lms.Administrator), dario.ID, brunoNumber))
	x.out("as=admin", "error.oidc.role")
}

// An administrator gets in with an account that they linked while they were signed in, and with no other; what a provider's word linked is closed to
// whoever becomes one.
func TestAdministrators(t *testing.T) {
	x := openStage(t, map[string]said{"d": {"email": "dario@ala.example", "email_verified": true}, "a": {"email": "anna@ala.example", "email_verified": true}})
	ctx := t.Context()
	dario, anna := x.Person("dario", "ala", lms.Administrator), x.Person("anna", "ala", lms.Learner)
	x.out("as=d", "error.oidc.role")
	x.OK(x.linkOwn(dario, "as=d"))
	x.in("as=d", dario.ID, signin.Themselves)
	x.in("as=a", anna.ID, signin.ByEmail)
	for _, role := range []lms.Role{lms.Manager, lms.Administrator} {
		x.Edit("people", string(anna.ID), func(p map[string]any) { p["memberships"].([]any)[0].(map[string]any)["role"] = role })
		x.out("as=a", "error.oidc.role")
	}
	x.OK(x.linkOwn(x.Again(anna), "as=a"))
	x.in("as=a", anna.ID, signin.Themselves)

	x.Kind(x.linkOwn(dario, "as=a"), lms.Conflict, "error.oidc.taken")
	accounts, err := x.s.Accounts(ctx, dario)
	x.OK(err)
	x.Kind(x.s.Unlink(ctx, anna, accounts[0].ID), lms.NotFound, "error.oidc.account")
	x.Kind(x.s.Unlink(ctx, lms.Actor{}, accounts[0].ID), lms.SignIn, "")
	x.Kind(x.s.Unlink(ctx, dario, "nessuno"), lms.NotFound, "error.oidc.account")
	x.OK(x.s.Unlink(ctx, dario, accounts[0].ID))
	x.out("as=d", "error.oidc.role")
	x.OK(x.s.Forget(ctx, anna.ID))
	x.out("as=a", "error.oidc.role")
}

// An address that was given to somebody else since does not open the account of who had it.
func TestAnAddressThatChangedHands(t *testing.T) {
	x := openStage(t, map[string]said{"prima": {"email": "anna@ala.example", "email_verified": true}, "dopo": {"email": "anna@ala.example", "email_verified": true}, "spid": {"email": "bruno@ala.example", "email_verified": true, "fiscal_number": "RSSNNA80A41H501L"}})
	anna, bruno := x.Person("anna", "ala", lms.Learner), x.Person("bruno", "ala", lms.Learner)
	x.in("as=prima", anna.ID, signin.ByEmail)
	x.out("as=dopo", "error.oidc.changed")
	x.OK(x.f.Set(t.Context(), bruno, bruno.ID, brunoNumber))
	x.out("as=spid", "error.oidc.changed")
}

// Attempts that are none: forged, of another browser, used twice, too late, of another provider.
func TestAttemptsThatAreNone(t *testing.T) {
	x := openStage(t, map[string]said{"1": {"email": "anna@ala.example", "email_verified": true}})
	ctx := t.Context()
	x.Person("anna", "ala", lms.Learner)
	for name, change := range map[string]func(*signin.Return){
		"a forged state":      func(r *signin.Return) { r.State = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" },
		"no state":            func(r *signin.Return) { r.State = "" },
		"another browser":     func(r *signin.Return) { r.Browser = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" },
		"no browser":          func(r *signin.Return) { r.Browser = "" },
		"another provider":    func(r *signin.Return) { r.Provider = "altro" },
		"another's answer":    func(r *signin.Return) { r.Issuer = "https://cattivo.example" },
		"a forged code":       func(r *signin.Return) { r.Code = "x" },
		"no code":             func(r *signin.Return) { r.Code = "" },
		"too late":            func(*signin.Return) { x.Pass(signin.AttemptLife) },
		"a provider's refuse": func(r *signin.Return) { r.Error = "invalid_scope\nx" },
	} {
		r := x.visit(x.depart(lms.Actor{}), "as=1")
		change(&r)
		if a, err := x.s.Arrive(ctx, lms.Actor{}, r); !lms.Is(err, lms.Forbidden) || a.Session != "" {
			t.Errorf("%s: %+v, %v", name, a, err)
		}
	}
	x.Set(time.Now())
	r := x.visit(x.depart(lms.Actor{}), "as=1")
	errs := make([]error, 10)
	lmstest.Together(len(errs), func(i int) { _, errs[i] = x.s.Arrive(ctx, lms.Actor{}, r) })
	in := 0
	for _, err := range errs {
		if err == nil {
			in++
		} else if !lms.Is(err, lms.Forbidden) {
			t.Error(err)
		}
	}
	if in != 1 {
		t.Errorf("one return let %d in: %v", in, errs)
	}
	again := x.visit(x.depart(lms.Actor{}), "as=1") // the code of one attempt in another
	again.Code = r.Code
	_, err := x.s.Arrive(ctx, lms.Actor{}, again)
	x.Kind(err, lms.Forbidden, "error.oidc.answer")
	x.Pass(3 * signin.AttemptLife)
	x.OK(x.s.Sweep(ctx))
	if n, err := x.Engine.Count(ctx, "signin_attempts", lms.Range{Index: lms.IndexSpec{Name: "id", Unique: true}}); n != 0 || err != nil {
		t.Errorf("%d attempts are left, %v", n, err)
	}
}

// attempt changes the one attempt that is kept.
func (x *stage) attempt(change func(map[string]any)) {
	x.T.Helper()
	n := 0
	for e, err := range x.Engine.Scan(x.T.Context(), "signin_attempts", lms.Range{Index: lms.IndexSpec{Name: "id", Unique: true}}) {
		x.OK(err)
		x.Edit("signin_attempts", e.ID, change)
		n++
	}
	if n != 1 {
		x.T.Fatalf("%d attempts", n)
	}
}

// The token must be of this attempt, the code must come with its proof, and the secret must be the right one.
func TestTokensThatAreNone(t *testing.T) {
	x := openStage(t, map[string]said{"1": {"email": "anna@ala.example", "email_verified": true}})
	x.Person("anna", "ala", lms.Learner)
	for field, reason := range map[string]string{"nonce": "error.oidc.over", "verifier": "error.oidc.answer"} {
		r := x.visit(x.depart(lms.Actor{}), "as=1")
		x.attempt(func(a map[string]any) { a[field] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" })
		_, err := x.s.Arrive(t.Context(), lms.Actor{}, r)
		x.Kind(err, lms.Forbidden, reason)
	}
	x.Pass(3 * time.Hour) // our clock is wrong: tokens of an hour are over
	x.out("as=1", "error.oidc.clock")
}

func TestAWrongSecret(t *testing.T) {
	x := openStage(t, map[string]said{"1": {"email": "anna@ala.example", "email_verified": true}}, func(p *signin.Provider) { p.Secret = "sbagliato" })
	x.Person("anna", "ala", lms.Learner)
	x.out("as=1", "error.oidc.answer")
}

// A provider that says no, and one that says nothing: before somebody leaves for it, and when they are back.
func TestAProviderThatDoesNotHelp(t *testing.T) {
	provider(t)
	issuer, stop, err := startProvider(back)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	x := openStage(t, map[string]said{"1": {"email": "anna@ala.example", "email_verified": true}}, func(p *signin.Provider) { p.Issuer = issuer })
	x.Person("anna", "ala", lms.Learner)
	ctx := t.Context()
	x.out("no=access_denied", "error.oidc.denied")
	_, err = x.enter("no=temporarily_unavailable")
	x.Kind(err, lms.Unavailable, "error.oidc.down")
	r := x.visit(x.depart(lms.Actor{}), "as=1")
	stop()
	_, err = x.s.Arrive(ctx, lms.Actor{}, r)
	x.Kind(err, lms.Unavailable, "error.oidc.down")
	_, err = x.s.Depart(ctx, lms.Actor{}, "altro", "", "192.0.2.1")
	x.Kind(err, lms.Unavailable, "error.oidc.down")
	_, err = x.s.Depart(ctx, lms.Actor{}, "nessuno", "", "192.0.2.1")
	x.Kind(err, lms.NotFound, "error.oidc.provider")
}

// Only who began to link an account can end it.
func TestLinkingIsOnesOwn(t *testing.T) {
	x := openStage(t, map[string]said{"1": {}})
	anna, bruno := x.Person("anna", "ala", lms.Learner), x.Person("bruno", "ala", lms.Learner)
	for name, a := range map[string]lms.Actor{"nobody": {}, "somebody else": bruno} {
		arrived, err := x.s.Arrive(t.Context(), a, x.visit(x.depart(anna), "as=1"))
		x.Kind(err, lms.Forbidden, "error.oidc.other")
		if arrived.Session != "" {
			t.Errorf("%s is in", name)
		}
	}
	token := anna
	token.Scope = lms.ScopeRead
	_, err := x.s.Depart(t.Context(), token, "prova", "", "192.0.2.1")
	x.Kind(err, lms.Forbidden, "error.scope")
	x.out("as=1", "error.oidc.unknown")
	x.OK(x.linkOwn(anna, "as=1"))
	x.OK(x.linkOwn(anna, "as=1"))
	x.in("as=1", anna.ID, signin.Themselves)
}

// The records hold no secret, no subject and no code.
func TestWhatIsKept(t *testing.T) {
	x := openStage(t, map[string]said{"soggetto-segreto": {"email": "anna@ala.example", "email_verified": true}})
	x.Person("anna", "ala", lms.Learner)
	d := x.depart(lms.Actor{})
	r := x.visit(d, "as=soggetto-segreto")
	for _, collection := range []string{"signin_attempts", "signin_identities"} {
		for e, err := range x.Engine.Scan(t.Context(), collection, lms.Range{Index: lms.IndexSpec{Name: "id", Unique: true}}) {
			x.OK(err)
			for _, secret := range []string{r.State, d.Browser, r.Code, "soggetto-segreto"} {
				if strings.Contains(string(e.Body)+e.ID, secret) {
					t.Errorf("%s keeps %q", collection, secret)
				}
			}
		}
	}
	a, err := x.s.Arrive(t.Context(), lms.Actor{}, r)
	x.OK(err)
	for e, err := range x.Engine.Scan(t.Context(), "signin_identities", lms.Range{Index: lms.IndexSpec{Name: "id", Unique: true}}) {
		x.OK(err)
		if strings.Contains(string(e.Body)+e.ID, "soggetto-segreto") || strings.Contains(string(e.Body), a.Session) {
			t.Errorf("kept: %s", e.Body)
		}
	}
}
