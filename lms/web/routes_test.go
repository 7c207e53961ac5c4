package web_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/ledger"
	"aulacomune/lms/plan"
	"aulacomune/lms/report"
	"aulacomune/lms/request"
	"aulacomune/lms/roll"
	"aulacomune/lms/web"
	"aulacomune/lms/web/front"
	"aulacomune/lms/webinar"
)

// town is a house in which every address of the table can be filled in.
type town struct {
	*house
	code, link, enrolment, token string
	batch                        string // of anna, who was moved to the second edition
	hash, name, object           string
	draft                        string // of carla's organisation
	cohort, request              string // of the association; anna's, which mario decides
	mail, deputy                 string // mario's link in a letter; ivo, who acts for him
	intake                       string // that rita brought
	view                         string // that dario keeps
	imported, proposal           string // of enti below valle, and of somebody who asks for comune-alto
	letter                       string // to mario, about anna's request
	rule, group                  string // of comune-alto
	file                         string // of assignments, that dario brought
	webinar, seat, door, guest   string // of the association, in which anna has a seat; the links of her letters, and of a guest's
	claim, row                   string // hours that anna declared, and those of her course
	kept, account                string // of another one, by its id; a report of it
}

func openTown(t *testing.T) *town {
	h := open(t, withDemo, withMail)
	e := h.finish("anna", breve)
	w := &town{house: h, code: string(e.Certificate()), enrolment: string(e.ID), object: "saluto"}
	added, err := h.school.People.Add(t.Context(), h.actor("dario"), lms.NewPerson{Given: "Gina", Family: "Nuova", Login: "gina"})
	must(t, err)
	w.link = added.Link
	_, err = h.school.Accounts.AddToken(t.Context(), h.actor("anna"), "prova", lms.ScopeRead, 3)
	must(t, err)
	tokens, err := h.school.Accounts.Tokens(t.Context(), h.actor("anna"))
	must(t, err)
	w.token = tokens[0].ID
	h.publish("carla", changed(t, "02-fine/01-commiato.md", "È tutto", "È proprio tutto"))
	moved, err := h.school.Learning.Move(t.Context(), h.actor("dario"), lms.MoveOrder{Course: breve, To: 2, Organisation: "valle"})
	must(t, err)
	w.batch = string(moved.Batch.ID)
	w.hire()
	d, err := h.studio.FromEdition(t.Context(), h.actor("carla"), breve, 1)
	must(t, err)
	w.draft = string(d.ID)
	i, err := h.roll.Bring(t.Context(), h.actor("rita"), roll.File{Name: "persone.csv", Bytes: []byte("nome;cognome;login\nLia;Nuova;lia")})
	must(t, err)
	w.intake = string(i.ID)
	v, err := h.reports.Keep(t.Context(), h.actor("dario"), "In ritardo", report.Spec{Kind: report.Late, Organisation: "valle"}, report.Never)
	must(t, err)
	w.view = string(v.ID)
	w.imported, w.proposal = h.openData(), h.asks("gino@comune-alto.example")
	c, err := h.parts.Ledger.Declare(t.Context(), h.actor("anna"), ledger.Claim{Title: "Un corso", Provider: "Università", From: h.parts.Ledger.Today().Before(), Minutes: 60}, "a.pdf", []byte("%PDF-1.4\n%%EOF"))
	must(t, err)
	w.claim = string(c.ID)
	w.row = base64.RawURLEncoding.EncodeToString([]byte("course/" + w.enrolment))
	w.openCohort()
	w.openKept()
	w.openWebinar()
	w.deliver()
	h.assign("rita", "anna", "")
	made, err := h.parts.Plans.MakeRule(t.Context(), h.actor("rita"), plan.Rule{Course: breve, Audience: cohort.Audience{Categories: []lms.Category{lms.CategoryOfficer}}})
	must(t, err)
	g, err := h.parts.Cohorts.MakeGroup(t.Context(), h.actor("dario"), cohort.NewGroup{Organisation: "comune-alto", Name: "Squadra", Facilitators: []string{"mario@prova.it"}, Courses: []course.Slug{breve}})
	must(t, err)
	must(t, h.parts.Cohorts.AddMember(t.Context(), h.actor("dario"), g.ID, "anna@prova.it"))
	w.rule, w.group = string(made.Rule.ID), string(g.ID)
	f, err := h.parts.Plans.BringFile(t.Context(), h.actor("dario"), plan.Order{Course: breve}, "persone.csv", []byte("login\nanna@prova.it\n"))
	must(t, err)
	w.file = string(f.ID)
	m := h.opened[breve].Media[0]
	w.hash, w.name = string(m.Hash), m.Path[strings.LastIndex(m.Path, "/")+1:]
	return w
}

// deliver lets the letters arrive that were written so far.
func (w *town) deliver() {
	w.t.Helper()
	must(w.t, w.parts.Mail.Deliver(w.t.Context()))
	found, _, err := w.parts.Box.To(w.t.Context(), "mario@prova.it", lms.PageAt{})
	must(w.t, err)
	w.letter = found[0].ID
}

// openCohort brings a cohort into which people get in freely and by request, with a request, its letter and a deputy.
func (w *town) openCohort() {
	w.t.Helper()
	ctx := w.t.Context()
	c, err := w.parts.Cohorts.Plan(ctx, w.actor("dario"), cohort.Start{Course: breve, Organisation: "valle", Terms: cohort.Terms{
		Title: "Primavera", From: w.parts.Cohorts.Today().Add(60), Ways: []cohort.Way{cohort.WayFree, cohort.WayRequest}, Steps: []cohort.Step{cohort.StepManager},
	}})
	must(w.t, err)
	_, err = w.parts.Cohorts.Publish(ctx, w.actor("dario"), c.ID)
	must(w.t, err)
	q, err := w.parts.Requests.Ask(ctx, w.actor("anna"), c.ID, "Mi serve.")
	must(w.t, err)
	d, err := w.parts.Requests.Deputise(ctx, w.actor("mario"), request.NewDeputy{Login: "ivo@prova.it", Until: w.parts.Cohorts.Today().Add(30)})
	must(w.t, err)
	w.cohort, w.request, w.mail, w.deputy = string(c.ID), string(q.ID), w.linkIn("request.asked", "/richieste/decidi/"), d.ID
}

// openWebinar brings a webinar, public and free, with a seat of anna and a guest who has not confirmed.
func (w *town) openWebinar() {
	w.t.Helper()
	x := w.webinarOf("dario", webinar.Start{Organisation: "valle"}, nil)
	w.webinar = x.Slug
	_, err := w.parts.Webinars.Register(w.t.Context(), w.actor("anna"), x.Slug, "", nil)
	must(w.t, err)
	must(w.t, w.parts.Webinars.AskAsGuest(w.t.Context(), x.Slug, webinar.Form{Given: "Lia", Family: "Ospite", Email: "lia@altrove.example", Organisation: "comune-alto"}, "127.0.0.1"))
	w.settled()
	p, err := w.parts.Webinars.MyPlace(w.t.Context(), w.actor("anna"), x.Slug)
	must(w.t, err)
	w.seat, w.door = w.linkIn("webinar.seated", "/webinar/"+x.Slug+"/posto/"), p.Enter[strings.LastIndex(p.Enter, "/")+1:]
	w.guest = w.linkIn("webinar.confirm", "/webinar/"+x.Slug+"/conferma/")
}

// openKept brings another one, with anna in it, and a report of it that holds a doubt.
func (w *town) openKept() {
	w.t.Helper()
	ctx, dario := w.t.Context(), w.actor("dario")
	rome, err := time.LoadLocation("Europe/Rome")
	must(w.t, err)
	starts := time.Now().Add(2 * time.Hour)
	v, err := w.parts.Webinars.Announce(ctx, dario, webinar.Start{Organisation: "valle", Input: webinar.InputOf(webinar.Terms{
		Title: "Una prova", Link: "https://meet.example.org/prova", Ways: []cohort.Way{cohort.WayFree}, Starts: starts, Ends: starts.Add(time.Hour),
	}, rome)})
	must(w.t, err)
	_, err = w.parts.Webinars.Publish(ctx, dario, v.ID)
	must(w.t, err)
	_, err = w.parts.Webinars.Register(ctx, w.actor("anna"), v.Slug, "", nil)
	must(w.t, err)
	w.ahead.Store(int64(4 * time.Hour))
	r, err := w.parts.Webinars.Import(ctx, dario, v.ID, webinar.Upload{Name: "firme.csv", Bytes: []byte("Nome;E-mail;Giorno;Firma\nAnna Prova;anna@prova.it;" + starts.In(rome).Format("02/01/2006") + ";sì\npippo;;;sì\n"), Despite: true})
	must(w.t, err)
	w.ahead.Store(0)
	w.kept, w.account = string(v.ID), r.Hash
}

// linkIn is the secret in the link of the latest letter of a kind.
func (h *house) linkIn(kind, path string) (secret string) {
	h.t.Helper()
	for e, err := range h.parts.Engine.Scan(h.t.Context(), "letters", lms.Range{Index: lms.IndexSpec{Name: "id", Unique: true}}) {
		must(h.t, err)
		var l struct {
			Kind   string
			Posted time.Time
			Body   struct{ Link string }
		}
		must(h.t, json.Unmarshal(e.Body, &l))
		if s, ok := strings.CutPrefix(l.Body.Link, path); ok && l.Kind == kind {
			secret = s
		}
	}
	if secret == "" {
		h.t.Fatalf("no letter %s", kind)
	}
	return secret
}

// hire brings in who holds one of the roles that most tests do without.
func (h *house) hire() {
	h.t.Helper()
	hash, err := h.school.Accounts.HashPassword(h.t.Context(), password)
	must(h.t, err)
	for _, p := range []struct {
		name, organisation string
		role               lms.Role
	}{{"rita", "comune-alto", lms.Referent}, {"mario", "comune-alto", lms.Manager}, {"ivo", "valle", lms.Instructor}} {
		h.add(lms.NewPerson{Email: p.name + "@prova.it", Given: strings.ToUpper(p.name[:1]) + p.name[1:], Family: "Prova", Organisation: lms.OrganisationID(p.organisation), Role: p.role}, hash)
	}
}

func withDemo(o *options) {
	o.pages.Demo = &web.Demo{Accounts: []front.DemoAccount{{Label: "Anna", Email: "anna@prova.it"}}, Restart: func() {}}
}

// address fills a row's path in. An address that cannot be filled in fails the test: a new parameter needs a line here.
func (w *town) address(path string) string {
	for _, x := range [][2]string{
		{"/webinar/:slug", "/webinar/" + w.webinar}, {"/posto/:token", "/posto/" + w.seat}, {"/entra/:token", "/entra/" + w.door}, {"/conferma/:secret", "/conferma/" + w.guest},
		{":webinar", w.kept}, {":resoconto", w.account}, {":intake", w.intake}, {":view", w.view}, {":report", "progress"}, {":number", "1"}, {":batch", w.batch},
		{":letter", w.letter},
		{":import", w.imported}, {":proposal", w.proposal},
		{":claim", w.claim}, {":row", w.row}, {"/ore/persone/:id", "/ore/persone/" + string(w.people["anna"].ID)},
		{":cohort", w.cohort}, {":request", w.request}, {":token", w.mail}, {":deputy", w.deputy}, {":kind", "csv"}, {":rule", w.rule}, {":group", w.group}, {"/assegnazioni-da-file/:file", "/assegnazioni-da-file/" + w.file}, {":person", string(w.people["anna"].ID)}, {":double", string(w.people["bruno"].ID)},
		{"/amministrazione/persone/:id", "/amministrazione/persone/" + string(w.people["anna"].ID)}, {"/amministrazione/iscrizioni/:id", "/amministrazione/iscrizioni/" + w.enrolment},
		{"/profilo/gettoni/:id", "/profilo/gettoni/" + w.token}, {":draft/scrivi", ":draft/scrivi?file=course.yaml"}, {":draft/anteprima", ":draft/anteprima?file=course.yaml"},
		{":draft/cronologia", ":draft/cronologia?file=course.yaml"}, {":draft", w.draft}, {":slug", breve}, {":object", w.object}, {":hash", w.hash}, {":name", w.name},
		{":secret", w.link}, {":provider", "prova"}, {":account", "prova"}, {":code", w.code}, {":issuer", "valle"},
	} {
		path = strings.ReplaceAll(path, x[0], x[1])
	}
	if strings.HasSuffix(path, "/sposta") {
		path += "?a=2"
	}
	if strings.Contains(path, ":") {
		w.t.Fatalf("routes_test.go does not know how to fill in %s", path)
	}
	return path
}

// another says that a row is about one thing, and that it is not theirs: not of their organisation, of a course they don't take, of another person.
func another(path, who string) bool {
	switch {
	case strings.HasPrefix(path, "/studio/"):
		return strings.Contains(path, ":draft") && who != "carla"
	case strings.Contains(path, ":object"), strings.Contains(path, ":hash"):
		return who != "anna" && who != "dario" && who != "carla" // who administers the owner, or writes for it, may look
	case strings.HasPrefix(path, "/versioni/"):
		return who == "elena"
	case strings.HasPrefix(path, "/profilo/"):
		return strings.Contains(path, ":") && who != "anna"
	case strings.Contains(path, ":view"):
		return who != "dario"
	case strings.HasPrefix(path, "/ore/persone/:id"):
		return who != "dario" && who != "rita" && who != "mario"
	case strings.Contains(path, ":claim"), strings.Contains(path, ":row"):
		return who != "dario" && who != "rita" && who != "anna"
	case strings.Contains(path, ":intake"), strings.HasPrefix(path, "/amministrazione/posta/:letter"):
		return who != "dario" && who != "rita"
	case strings.HasPrefix(path, "/richieste/:request"):
		return who != "anna" && who != "mario" && who != "dario" && who != "rita"
	case strings.HasPrefix(path, "/sostituti/:deputy"):
		return who != "ivo" && who != "mario" && who != "dario" && who != "rita"
	case path == "/amministrazione/accessi/:slug":
		return who != "dario" // whose organisation it is
	case strings.HasPrefix(path, "/amministrazione/assegnazioni/:slug"):
		return who != "dario" && who != "rita" && who != "mario"
	case strings.HasPrefix(path, "/gruppi/:group"):
		return who != "anna" && who != "mario" && who != "dario" && who != "rita"
	case strings.HasPrefix(path, "/amministrazione/regole/:rule"), strings.HasPrefix(path, "/amministrazione/gruppi/:group"):
		return who != "dario" && who != "rita"
	case strings.HasPrefix(path, "/amministrazione/persone/:id"), strings.HasPrefix(path, "/amministrazione/ingressi/:proposal"):
		return who != "dario" && who != "rita" // who keep the people of comune-alto
	case strings.HasPrefix(path, "/amministrazione/"):
		return strings.Contains(path, ":") && !strings.Contains(path, ":slug") && who != "dario" // courses are everybody's
	}
	return false
}

// rightPerson is who may do what a row is for.
func rightPerson(r front.Route) string {
	switch {
	case strings.Contains(r.Path, ":number") && !isCopy(r.Path):
		return "carla"
	case slices.Contains([]front.Who{front.Admin, front.Staff, front.Keeper, front.Leader}, r.Who):
		return "dario"
	case r.Who == front.Teacher:
		return "ivo"
	case r.Who == front.Writer:
		return "carla"
	case r.Who == front.Anyone && !strings.HasPrefix(r.Path, "/demo"):
		return ""
	}
	return "anna"
}

// isCopy says that a row is a copy of an edition, which is for administrators, too.
func isCopy(path string) bool {
	return strings.HasSuffix(path, "/cartella.zip") || strings.HasSuffix(path, "/pagina.html")
}

// call posts what a row can read.
func (w *town) call(v *visitor, r front.Route, address string) answer {
	switch {
	case strings.HasSuffix(r.Path, "/visione"):
		v = v.with("Content-Type", "application/json").with("X-CSRF", v.token())
		return v.do(r.Method, address, strings.NewReader(`{"events":[{"id":"prova","intervals":[[0,1]]}]}`))
	case strings.HasSuffix(r.Path, "/:object"):
		address += "?azione=visto"
	}
	return v.post(address, nil)
}

func ok(status int) bool { return status >= 200 && status < 400 }

// expected is what the table promises to somebody.
func (w *town) expected(r front.Route, who string, status int) bool {
	switch {
	case r.Path == "/richieste/decidi/:token" && who == "anna": // the request is hers, and the letter was passed on to her
		return status == http.StatusForbidden
	case r.Who == front.Anyone: // what was sent may be wrong, or come too late, but nobody is turned away
		return ok(status) || status == http.StatusUnprocessableEntity || status == http.StatusNotFound || r.Method == http.MethodPost && status == http.StatusConflict
	case who == "":
		return status == http.StatusUnauthorized
	case !r.Who.Lets(w.actor(who)):
		return status == http.StatusForbidden
	case strings.Contains(r.Path, ":batch") && who == "carla": // an administrator moved people
		return status == http.StatusForbidden
	case isCopy(r.Path) && who == "elena":
		return status == http.StatusNotFound
	case strings.Contains(r.Path, ":number") && !isCopy(r.Path) && (who == "dario" || who == "elena"): // an author's
		return status == http.StatusForbidden || who == "elena" && status == http.StatusNotFound
	case another(r.Path, who):
		// Who is not enrolled is led from an object to the course's page, which everyone may see.
		led := r.Method == http.MethodGet && strings.Contains(r.Path, ":object") && status == http.StatusSeeOther
		return status == http.StatusNotFound || led
	}
	return ok(status) || status == http.StatusUnprocessableEntity || (r.Method == http.MethodPost && (status == http.StatusConflict || status == http.StatusNotFound))
}

// leak is what a browser must never see: words of drivers, of the language, of files.
var leak = regexp.MustCompile(`(?i)sqlite|SQL logic|mongo|bson|NoSuchKey|S3 |versity|goroutine|panic|runtime error|\.go:\d|/tmp/|no such file|EOF|context canceled|strconv|template:|no value&gt;`)

// sound checks what every answer owes, whoever asked.
func sound(t *testing.T, name string, a answer) {
	t.Helper()
	if a.Status >= 500 {
		t.Errorf("%s: %d", name, a.Status)
	}
	need := map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
	if download := a.Header.Get("Content-Disposition"); strings.HasPrefix(download, "attachment") { // not a page of this site: nothing in it may do anything here
		if csp := a.Header.Get("Content-Security-Policy"); !strings.HasSuffix(csp, "sandbox") || strings.Contains(csp, "script-src") || !strings.HasPrefix(csp, "default-src 'none'") {
			t.Errorf("%s: a download with Content-Security-Policy %q", name, csp)
		}
	} else if strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
		need["Content-Security-Policy"] = front.Policy
		if cache := a.Header.Get("Cache-Control"); !strings.Contains(cache, "private") && !strings.Contains(cache, "no-store") {
			t.Errorf("%s: a page with Cache-Control %q", name, cache)
		}
		if inline.MatchString(a.Body) {
			t.Errorf("%s: something inline: %s", name, inline.FindString(a.Body))
		}
		if found := leak.FindString(a.Body); found != "" {
			t.Errorf("%s: a page says %q", name, found)
		}
	}
	for k, v := range need {
		if a.Header.Get(k) != v {
			t.Errorf("%s: %s is %q, want %q", name, k, a.Header.Get(k), v)
		}
	}
	if csp := a.Header.Get("Content-Security-Policy"); csp == "" || strings.Contains(csp, "script-src 'unsafe") {
		t.Errorf("%s: Content-Security-Policy %q", name, csp)
	}
}

// inline is a script or style in the page itself, or a handler of an event.
var inline = regexp.MustCompile(`(?i)<script(?:[^>]*type="[^"]*")?\s*>|<style|\sstyle="|<[^>]+\son[a-z]+="|javascript:`)

// everybody is who tries a row, the right person last.
func everybody(r front.Route) []string {
	if r.Who == front.Writer {
		return []string{"", "bruno", "dario", "fabio", "carla"}
	}
	if r.Who == front.Keeper || r.Who == front.Leader || r.Who == front.Teacher {
		return []string{"", "bruno", "anna", "mario", "ivo", "rita", "elena", "dario", "carla"}
	}
	return []string{"", "bruno", "anna", "elena", "dario", "carla"}
}

// TestEveryRowOfTheTable calls every page as everybody.
func TestEveryRowOfTheTable(t *testing.T) {
	w := openTown(t)
	visitors := map[string]*visitor{}
	for _, r := range w.site.Rows() {
		if r.Path == "/esci" || strings.HasPrefix(r.Path, "/demo/ricomincia") {
			continue // called in the end: they end things
		}
		address := w.address(r.Path)
		for _, who := range everybody(r) {
			if visitors[who] == nil {
				visitors[who] = w.as(who)
			}
			v, name := visitors[who], fmt.Sprintf("%s %s as %q", r.Method, r.Path, who)
			if r.Method == http.MethodPost && r.Path == "/corsi/:slug/iscrizione" && who != "anna" && who != "" {
				v = w.as("carla") // who enrols, or administers one who does, is no longer a stranger
			}
			var a answer
			if r.Method == http.MethodGet {
				a = v.get(address)
			} else {
				a = w.call(v, r, address)
			}
			sound(t, name, a)
			if !w.expected(r, who, a.Status) {
				t.Errorf("%s: %d", name, a.Status)
			}
			if a.Status == http.StatusUnauthorized {
				a.form(t, "/accedi")
			}
			if r.Method == http.MethodPost && v.secret != "" {
				if a := v.send(address, nil); a.Status != http.StatusForbidden {
					t.Errorf("%s without a token: %d", name, a.Status)
				}
			}
		}
	}
	for _, address := range []string{"/demo/ricomincia", "/esci"} {
		for _, who := range []string{"", "bruno", "elena", "anna"} {
			a := visitors[who].post(address, nil)
			sound(t, address, a)
			if !ok(a.Status) {
				t.Errorf("POST %s as %q: %d", address, who, a.Status)
			}
		}
	}
	if a := visitors["anna"].get("/profilo"); a.Status != http.StatusUnauthorized {
		t.Errorf("after signing out, the old session still opens the profile: %d", a.Status)
	}
}

// TestHead is every page once more, without its body.
func TestHead(t *testing.T) {
	w := openTown(t)
	for _, r := range w.site.Rows() {
		if r.Method != http.MethodGet {
			continue
		}
		v, address := w.as(rightPerson(r)), w.address(r.Path)
		get, head := v.get(address), v.do(http.MethodHead, address, nil)
		if head.Status != get.Status || head.Body != "" || head.Header.Get("Content-Type") != get.Header.Get("Content-Type") {
			t.Errorf("HEAD %s: %d %q %d bytes; GET: %d %q", r.Path, head.Status, head.Header.Get("Content-Type"), len(head.Body), get.Status, get.Header.Get("Content-Type"))
		}
		growing := strings.HasSuffix(r.Path, "/copia.zip") || strings.HasPrefix(r.Path, "/amministrazione/azioni") // they tell of acts, and reading is one
		if n := head.Header.Get("Content-Length"); !growing && ok(get.Status) && n != get.Header.Get("Content-Length") && len(get.Body) != 0 && n != fmt.Sprint(len(get.Body)) {
			t.Errorf("HEAD %s: Content-Length %q, GET has %d bytes", r.Path, n, len(get.Body))
		}
		sound(t, "HEAD "+r.Path, head)
	}
}

// TestWrongMethods: what a row is not for is not found, whatever the method, and the answer is a page that helps.
func TestWrongMethods(t *testing.T) {
	w := openTown(t)
	has := map[string]bool{}
	for _, r := range w.site.Rows() {
		has[r.Method+" "+r.Path] = true
	}
	visitors := map[string]*visitor{"dario": w.as("dario"), "carla": w.as("carla")}
	for _, r := range w.site.Rows() {
		v := visitors["dario"]
		if r.Who == front.Writer {
			v = visitors["carla"]
		}
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodOptions} {
			if has[method+" "+r.Path] || (method == http.MethodGet && r.Path == "/corsi/:slug/iscrizione") { // an object could have that name
				continue
			}
			a := v.with("X-CSRF", v.token()).do(method, w.address(r.Path), nil)
			if a.Status != http.StatusNotFound && a.Status != http.StatusMethodNotAllowed && a.Status != http.StatusSeeOther {
				t.Errorf("%s %s: %d", method, r.Path, a.Status)
			}
			sound(t, method+" "+r.Path, a)
		}
	}
}

// TestUnknownPages: every address that is none answers with the page that helps.
func TestUnknownPages(t *testing.T) {
	h := open(t)
	for _, who := range []string{"", "anna"} {
		v := h.as(who)
		for _, address := range []string{"/niente", "/corsi/niente", "/corsi/" + breve + "/niente", "/corsi/" + breve + "/domande/letto", "/amministrazion", "/ACCEDI", "/verifica/AAAA-BBBB", "/attiva/niente", "/index.php", "/.env", "/.git/config", "/demo/entra", "/metrics", "/debug/pprof/"} {
			a := v.get(address)
			if a.Status != http.StatusNotFound && !(a.Status == http.StatusUnauthorized && who == "") {
				t.Errorf("%s as %q: %d", address, who, a.Status)
			}
			if !strings.Contains(a.Body, "<h1") {
				t.Errorf("%s as %q: no page: %.200q", address, who, a.Body)
			}
			sound(t, address, a)
		}
	}
}

// TestNothingStoredLeaves: what handlers decode, show and answer are structs of the rooms of pages, all the way down.
func TestNothingStoredLeaves(t *testing.T) {
	s := readSource(t)
	for name := range s.types {
		if strings.HasSuffix(name, "Page") {
			s.pure(t, name, ast.NewIdent(name), map[string]bool{})
		}
	}
	found := map[string]int{}
	for _, f := range s.files {
		for _, d := range f.Decls {
			fn, is := d.(*ast.FuncDecl)
			if !is || fn.Body == nil {
				continue
			}
			ast.Inspect(fn.Body, func(n ast.Node) bool {
				call, is := n.(*ast.CallExpr)
				if !is {
					return true
				}
				of, is := call.Fun.(*ast.SelectorExpr)
				if !is {
					return true
				}
				if from, named := of.X.(*ast.Ident); named && from.Name == "qr" { // draws
					return true
				}
				switch of.Sel.Name {
				case "Unmarshal", "Decode", "BodyParser", "QueryParser", "ParamsParser", "JSON", "Marshal", "Encode", "XML":
					if len(call.Args) > 0 {
						found[of.Sel.Name]++
						s.pure(t, fn.Name.Name+": "+of.Sel.Name, s.typeOf(fn, call.Args[len(call.Args)-1]), map[string]bool{})
					}
				}
				return true
			})
		}
	}
	if len(s.types) < 20 || found["Unmarshal"] == 0 || found["JSON"] == 0 {
		t.Errorf("the test no longer sees what it is about: %d types, calls %v", len(s.types), found)
	}
}

// source is the package as it is written.
type source struct {
	files []*ast.File
	types map[string]ast.Expr
	funcs map[string]ast.Expr // functions and methods by name: what they return
}

func readSource(t *testing.T) source {
	t.Helper()
	s := source{types: map[string]ast.Expr{}, funcs: map[string]ast.Expr{}}
	names, err := filepath.Glob("*.go")
	must(t, err)
	rooms, err := filepath.Glob("*/*.go")
	must(t, err)
	names = append(names, rooms...)
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		must(t, err)
		s.files = append(s.files, f)
		ast.Inspect(f, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.TypeSpec:
				s.types[x.Name.Name] = x.Type
			case *ast.FuncDecl:
				if r := x.Type.Results; r != nil && len(r.List) > 0 {
					s.funcs[x.Name.Name] = r.List[0].Type
				}
			}
			return true
		})
	}
	return s
}

// typeOf is the type of an argument, as far as the text says it; nil when it does not.
func (s source) typeOf(fn *ast.FuncDecl, e ast.Expr) (found ast.Expr) {
	switch x := e.(type) {
	case *ast.UnaryExpr:
		return s.typeOf(fn, x.X)
	case *ast.CompositeLit:
		return x.Type
	case *ast.CallExpr:
		if of, is := x.Fun.(*ast.SelectorExpr); is {
			return s.funcs[of.Sel.Name]
		}
	case *ast.Ident:
		ast.Inspect(fn, func(n ast.Node) bool {
			switch d := n.(type) {
			case *ast.ValueSpec:
				if slices.ContainsFunc(d.Names, func(i *ast.Ident) bool { return i.Name == x.Name }) && d.Type != nil {
					found = d.Type
				}
			case *ast.Field:
				if slices.ContainsFunc(d.Names, func(i *ast.Ident) bool { return i.Name == x.Name }) {
					found = d.Type
				}
			case *ast.AssignStmt:
				if i, is := d.Lhs[0].(*ast.Ident); is && i.Name == x.Name && d.Tok == token.DEFINE && len(d.Lhs) == len(d.Rhs) {
					found = s.typeOf(fn, d.Rhs[0])
				}
			}
			return true
		})
	}
	return found
}

// pure refuses a type that holds one of package lms, or of course anything but what a player needs.
func (s source) pure(t *testing.T, where string, e ast.Expr, seen map[string]bool) {
	t.Helper()
	if e == nil {
		t.Errorf("%s: the test cannot tell what type this is: name it", where)
		return
	}
	ast.Inspect(e, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.Field: // names of fields are not types
			s.pure(t, where, x.Type, seen)
			return false
		case *ast.SelectorExpr:
			name := fmt.Sprint(x.X, ".", x.Sel.Name)
			if room, _, _ := strings.Cut(name, "."); (room == "lms" || room == "course" || room == "studio") && !slices.Contains([]string{"course.Cue", "course.Coverage"}, name) {
				t.Errorf("%s holds %s", where, name)
			}
			if room, _, _ := strings.Cut(name, "."); room == "manuscript" || room == "front" {
				s.pure(t, where, x.Sel, seen)
			}
			return false
		case *ast.Ident:
			if under := s.types[x.Name]; under != nil && !seen[x.Name] {
				seen[x.Name] = true
				s.pure(t, where+" › "+x.Name, under, seen)
			}
		}
		return true
	})
}
