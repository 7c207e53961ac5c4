package web_test

import (
	"bytes"
	"context"
	"errors"
	"html/template"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/content"
	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/api"
	"aulacomune/lms/report"
	"aulacomune/lms/roll"
	"aulacomune/lms/studio"
	"aulacomune/lms/web"
	"aulacomune/lms/web/front"
	"aulacomune/storage/storagetest"

	"golang.org/x/net/html"
)

const (
	password = "una-prova-lunga"
	breve    = "prova-breve"   // published by the association, in which comune-alto is
	filmato  = "prova-filmato" // published by the organisation elsewhere
)

// house is a school on real engines behind a real listener, with a few people and two courses.
type house struct {
	t       *testing.T
	school  *lms.School
	studio  *studio.Studio
	roll    *roll.Roll
	reports *report.Reports
	site    *front.Site
	addr    string
	log     *journal
	client  *http.Client
	ahead   atomic.Int64 // how far the school's clock is ahead
	people  map[string]lms.Person
	opened  map[string]*course.Course
	close   func() error // there is one object store in a process: the next house needs this one closed
	parts   *wiring.House
}

// journal keeps what the site logs.
type journal struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write keeps a line.
func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.Write(p)
}

// String is everything so far.
func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.String()
}

// options are those of the front door and of the pages.
type options struct {
	front.Options
	pages web.Options
	parts func(*wiring.Options) // nil changes nothing
}

func markdown(name, lang string, source []byte) (template.HTML, error) {
	out, err := content.Text(name, source, lang)
	return template.HTML(out), err
}

// open opens a house; adjust may change the options of the pages.
func open(t *testing.T, adjust ...func(*options)) *house {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	h := &house{t: t, addr: l.Addr().String(), log: &journal{}, client: noRedirects(), people: map[string]lms.Person{}, opened: map[string]*course.Course{}}
	log := slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	messages, err := web.LoadMessages()
	must(t, err)
	o := options{Options: front.Options{URL: "http://" + h.addr, Owner: "Associazione della Valle", Messages: messages, Log: log}, pages: web.Options{Markdown: markdown}}
	for _, a := range adjust {
		a(&o)
	}
	began := time.Now() // the school's clock stands still unless a test moves it
	in := wiring.Options{Data: t.TempDir(), URL: o.URL, Log: log, Now: func() time.Time { return began.Add(time.Duration(h.ahead.Load())) }}
	if os.Getenv("AULA_TEST_ENGINE") == "mongo" {
		in.Database = storagetest.Mongo(t).Source
	}
	if o.parts != nil {
		o.parts(&in)
	}
	parts, err := wiring.Open(t.Context(), in)
	must(t, err)
	h.school, h.studio, h.roll, h.reports, h.parts = parts.School, parts.Studio, parts.Roll, parts.Reports, parts
	o.Mount = api.New(api.Options{School: parts.School, Shows: parts.Cohorts.Shows, Exporter: parts.Exporter, Reports: parts.Reports, URL: o.URL, Say: messages.Text, Log: log}).Mount
	h.site, err = parts.Site(o.Options, o.pages)
	must(t, err)
	app := h.site.App()
	served := make(chan error, 1)
	go func() { served <- app.Listener(l) }()
	h.close = sync.OnceValue(func() error {
		h.client.CloseIdleConnections()
		if err := app.ShutdownWithTimeout(time.Second); err != nil && !errors.Is(err, context.DeadlineExceeded) {
			return err
		}
		<-served
		return parts.Close()
	})
	t.Cleanup(func() { must(t, h.close()) })
	h.settle()
	return h
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// settle brings people and courses.
func (h *house) settle() {
	h.t.Helper()
	ctx := h.t.Context()
	for _, o := range []struct{ id, name, parent string }{{"valle", "Associazione della Valle", ""}, {"comune-alto", "Comune di Alto", "valle"}, {"altrove", "Unione di Altrove", ""}} {
		_, err := h.school.Organisations.Add(ctx, lms.Organisation{ID: lms.OrganisationID(o.id), Name: o.name}, lms.OrganisationID(o.parent))
		must(h.t, err)
	}
	hash, err := h.school.Accounts.HashPassword(ctx, password)
	must(h.t, err)
	for _, p := range []struct {
		name, organisation string
		role               lms.Role
	}{{"anna", "comune-alto", ""}, {"bruno", "comune-alto", ""}, {"carla", "valle", lms.Author}, {"dario", "valle", lms.Administrator}, {"elena", "altrove", lms.Administrator}, {"fabio", "altrove", lms.Author}} {
		h.add(lms.NewPerson{Email: p.name + "@prova.it", Given: strings.ToUpper(p.name[:1]) + p.name[1:], Family: "Prova", Organisation: lms.OrganisationID(p.organisation), Role: p.role}, hash)
	}
	h.publish("carla", os.DirFS("../../cmd/aula/testdata/breve"))
	h.publish("fabio", os.DirFS("../../cmd/aula/testdata/filmato"))
	_, err = h.school.Learning.Enrol(ctx, h.actor("anna"), breve)
	must(h.t, err)
}

func (h *house) add(n lms.NewPerson, hash string) {
	h.t.Helper()
	p, err := h.school.People.InstallActivated(h.t.Context(), n, hash)
	must(h.t, err)
	name, _, _ := strings.Cut(n.Email, "@")
	h.people[name] = p
}

func (h *house) actor(name string) lms.Actor {
	return lms.ActorOf(h.people[name], time.Now().Add(time.Minute), lms.Everything)
}

func (h *house) publish(author string, files fs.FS) {
	h.t.Helper()
	from, err := wiring.ReadSource(h.t.Context(), files)
	must(h.t, err)
	p, err := wiring.PublishHere(h.t.Context(), h.school, h.actor(author), from, wiring.Note{Text: "Per le prove"})
	if err != nil {
		h.t.Fatal(err, p.Findings)
	}
	c, err := h.school.Library.Open(h.t.Context(), p.Edition.Hash)
	must(h.t, err)
	h.opened[string(c.Slug)] = c
}

// changed is the short course with other words in a file.
func changed(t *testing.T, file, old, with string) fs.FS {
	t.Helper()
	dir := t.TempDir()
	must(t, os.CopyFS(dir, os.DirFS("../../cmd/aula/testdata/breve")))
	name := filepath.Join(dir, filepath.FromSlash(file))
	text, err := os.ReadFile(name)
	must(t, err)
	next := strings.Replace(string(text), old, with, 1)
	if next == string(text) {
		t.Fatalf("%s does not say %q", file, old)
	}
	must(t, os.WriteFile(name, []byte(next), 0o600))
	return os.DirFS(dir)
}

// finish completes a course for somebody and gives the enrolment with its certificate.
func (h *house) finish(name, slug string) lms.Enrolment {
	h.t.Helper()
	st, err := h.school.Learning.Enrol(h.t.Context(), h.actor(name), course.Slug(slug))
	must(h.t, err)
	var events []lms.Event
	for _, o := range st.Content.Objects() {
		events = append(events, lms.Event{ID: string(o.ID) + "-o", Object: o.ID, Kind: lms.Opened}, lms.Event{ID: string(o.ID) + "-r", Object: o.ID, Kind: lms.Read})
		if o.Video != nil {
			events = append(events, lms.Event{ID: string(o.ID) + "-w", Object: o.ID, Kind: lms.Watched, Intervals: []course.Interval{{0, o.Length()}}})
		}
		if len(o.Questions) > 0 {
			events = append(events, lms.Event{ID: string(o.ID) + "-a", Object: o.ID, Kind: lms.Answered, Answers: right(o)})
		}
	}
	rec, err := h.school.Learning.Record(h.t.Context(), h.actor(name), st.Enrolment.ID, events)
	must(h.t, err)
	if rec.Enrolment.Certificate() == "" {
		h.t.Fatalf("%s finished %s and has no certificate: %+v", name, slug, rec.Standing.Enrolment)
	}
	return rec.Enrolment
}

func right(o course.Object) map[course.QuestionID]course.Answer {
	out := map[course.QuestionID]course.Answer{}
	for _, q := range o.Questions {
		out[q.ID] = q.Solution()
	}
	return out
}

// visitor is somebody's browser without JavaScript; the zero name is nobody.
type visitor struct {
	h      *house
	secret string
	header http.Header
}

// as signs somebody in.
func (h *house) as(name string) *visitor {
	h.t.Helper()
	v := &visitor{h: h, header: http.Header{}}
	if name != "" {
		var err error
		v.secret, err = h.school.Accounts.Enter(h.t.Context(), name+"@prova.it")
		must(h.t, err)
	}
	return v
}

// with is the same browser with one more header.
func (v *visitor) with(name, value string) *visitor {
	w := *v
	w.header = maps.Clone(v.header)
	w.header.Set(name, value)
	return &w
}

// answer is what came back.
type answer struct {
	Status int
	Header http.Header
	Body   string
}

// noRedirects shows redirects as they are, and never asks for compression by itself.
func noRedirects() *http.Client {
	return &http.Client{
		Transport:     &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 16},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Timeout:       20 * time.Second,
	}
}

func (v *visitor) do(method, address string, body io.Reader) answer {
	v.h.t.Helper()
	req, err := http.NewRequestWithContext(v.h.t.Context(), method, "http://"+v.h.addr+address, body)
	must(v.h.t, err)
	maps.Copy(req.Header, v.header)
	if host := v.header.Get("Host"); host != "" {
		req.Host = host
	}
	if v.secret != "" {
		req.AddCookie(&http.Cookie{Name: v.h.site.SessionCookie(), Value: v.secret})
	}
	res, err := v.h.client.Do(req)
	if err != nil {
		v.h.t.Fatalf("%s %s: %v", method, address, err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		v.h.t.Fatalf("%s %s: %v", method, address, err)
	}
	return answer{res.StatusCode, res.Header, string(b)}
}

func (v *visitor) get(address string) answer {
	v.h.t.Helper()
	return v.do(http.MethodGet, address, nil)
}

// page gets a page that must be there.
func (v *visitor) page(address string) answer {
	v.h.t.Helper()
	a := v.get(address)
	if a.Status != http.StatusOK {
		v.h.t.Fatalf("GET %s: %d", address, a.Status)
	}
	return a
}

// send posts fields as they are, without a token.
func (v *visitor) send(address string, fields url.Values) answer {
	v.h.t.Helper()
	return v.with("Content-Type", "application/x-www-form-urlencoded").do(http.MethodPost, address, strings.NewReader(fields.Encode()))
}

// token is what forms of this browser carry.
func (v *visitor) token() string { return front.CSRF(v.secret) }

// post posts fields with the token of the session.
func (v *visitor) post(address string, fields url.Values) answer {
	v.h.t.Helper()
	f := maps.Clone(fields)
	if f == nil {
		f = url.Values{}
	}
	f.Set("csrf", v.token())
	return v.send(address, f)
}

// submit sends a form of a page with some fields changed, as a browser would.
func (v *visitor) submit(f form, change url.Values) answer {
	v.h.t.Helper()
	fields := maps.Clone(f.Fields)
	maps.Copy(fields, change)
	address, _, _ := strings.Cut(f.Action, "#")
	return v.send(address, fields)
}

// form is a form as a browser would send it untouched.
type form struct {
	Action string
	Fields url.Values
}

// form finds the form of a page whose action holds a text.
func (a answer) form(t *testing.T, action string) form {
	t.Helper()
	for _, f := range a.forms(t) {
		if strings.Contains(f.Action, action) {
			return f
		}
	}
	t.Fatalf("no form to %s in:\n%s", action, a.Body)
	return form{}
}

func (a answer) forms(t *testing.T) []form {
	t.Helper()
	// A browser without JavaScript reads what is in noscript.
	doc, err := html.ParseWithOptions(strings.NewReader(a.Body), html.ParseOptionEnableScripting(false))
	must(t, err)
	var out []form
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "form" {
			out = append(out, readForm(n))
		}
	}
	return out
}

func attr(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func readForm(n *html.Node) form {
	f := form{Fields: url.Values{}}
	f.Action, _ = attr(n, "action")
	for c := range n.Descendants() {
		name, named := attr(c, "name")
		if c.Type != html.ElementNode || !named {
			continue
		}
		value, _ := attr(c, "value")
		switch c.Data {
		case "input":
			kind, _ := attr(c, "type")
			if _, checked := attr(c, "checked"); (kind == "radio" || kind == "checkbox") && !checked {
				continue
			}
			f.Fields.Add(name, value)
		case "textarea":
			if c.FirstChild != nil {
				value = c.FirstChild.Data
			}
			f.Fields.Add(name, value)
		case "select":
			f.Fields.Add(name, selected(c))
		}
	}
	return f
}

func selected(n *html.Node) (value string) {
	first := true
	for c := range n.Descendants() {
		if c.Type != html.ElementNode || c.Data != "option" {
			continue
		}
		v, _ := attr(c, "value")
		if _, is := attr(c, "selected"); is || first {
			value, first = v, false
		}
	}
	return value
}

// errorOf is what a page says beside a field.
func (a answer) errorOf(t *testing.T, field string) string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(a.Body))
	must(t, err)
	for n := range doc.Descendants() {
		if id, _ := attr(n, "id"); id == field+"-error" {
			return textOf(n)
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
