package mail_test

import (
	"io"
	"log/slog"
	"mime/quotedprintable"
	"regexp"
	"strings"
	"testing"
	"time"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/lms"
	"aulacomune/lms/mail"
)

// house is a whole house with a mail server, one ente and its administrator.
type house struct {
	*wiring.House
	t     *testing.T
	srv   *server
	admin lms.Actor
	clock *clock
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, srv: newServer(t, nil, false, nil), clock: &clock{at: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}}
	var err error
	h.House, err = wiring.Open(t.Context(), wiring.Options{
		Data: t.TempDir(), URL: "https://aula.example", Log: slog.New(slog.DiscardHandler), Now: h.clock.now,
		Mail: wiring.Mail{SMTP: h.srv.url(""), From: "Aula <noreply@aula.example>", Owner: "Associazione della Valle", Contact: "Tel. 0432 000"},
	})
	h.ok(err)
	t.Cleanup(func() { h.ok(h.Close()) })
	_, err = h.School.Organisations.Add(t.Context(), lms.Organisation{ID: "ala", Name: "Comune di Ala"}, "")
	h.ok(err)
	p, err := h.School.People.InstallActivated(t.Context(), lms.NewPerson{Login: "capo", Given: "Ada", Family: "Capo", Organisation: "ala", Role: lms.Administrator}, "")
	h.ok(err)
	h.admin = lms.ActorOf(p, h.clock.now(), lms.Everything)
	return h
}

func (h *house) ok(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) add(n lms.NewPerson) lms.Added {
	h.t.Helper()
	n.Given, n.Family, n.Organisation = "Niccolò", "Bruni", "ala"
	added, err := h.School.People.Add(h.t.Context(), h.admin, n)
	h.ok(err)
	h.ok(h.Mail.Deliver(h.t.Context()))
	return added
}

// secretIn is the link's secret in the latest message.
func (h *house) secretIn() string {
	h.t.Helper()
	all := h.srv.messages()
	text, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(body(all[len(all)-1]))))
	h.ok(err)
	m := regexp.MustCompile(`https://aula\.example/attiva/([A-Z0-9]+)`).FindSubmatch(text)
	if m == nil {
		h.t.Fatalf("no link:\n%s", text)
	}
	return string(m[1])
}

// Who is added with an address gets the link by mail, and nobody else sees it; without one it is shown as ever.
func TestInvite(t *testing.T) {
	h := newHouse(t)
	added := h.add(lms.NewPerson{Email: "niccolo@ala.example"})
	if added.Link != "" || !added.Sent || len(h.srv.messages()) != 1 {
		t.Fatalf("%+v, %d messages", added, len(h.srv.messages()))
	}
	contains(t, "the message", h.srv.messages()[0], `From: "Aula" <noreply@aula.example>`, "Tel. 0432 000", "9 marzo 2026", "Comune di Ala")
	if _, err := h.School.Accounts.UseLink(t.Context(), h.secretIn(), "una password lunga"); err != nil {
		t.Error(err)
	}
	if added := h.add(lms.NewPerson{Login: "bruni"}); added.Link == "" || added.Sent || len(h.srv.messages()) != 1 {
		t.Errorf("%+v, %d messages", added, len(h.srv.messages()))
	}
	letters, err := h.Mail.OfPerson(t.Context(), added.Person.ID)
	if err != nil || len(letters) != 1 || letters[0].State != mail.Sent {
		t.Errorf("%+v, %v", letters, err)
	}
}

// Who forgot their password gets one letter in ten minutes, however often somebody asks; strangers and people without an address get none, and hear the same.
func TestForgotten(t *testing.T) {
	h := newHouse(t)
	h.add(lms.NewPerson{Email: "niccolo@ala.example"})
	h.add(lms.NewPerson{Login: "bruni"})
	ask := func(login string) {
		t.Helper()
		h.ok(h.Forgotten.Ask(t.Context(), login, "192.0.2.1"))
	}
	wait := func(n int) {
		t.Helper()
		for end := time.Now().Add(5 * time.Second); len(h.srv.messages()) < n && time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
			h.ok(h.Mail.Deliver(t.Context()))
		}
		time.Sleep(50 * time.Millisecond)
		h.ok(h.Mail.Deliver(t.Context()))
		if got := len(h.srv.messages()); got != n {
			t.Fatalf("%d messages, want %d", got, n)
		}
	}
	for _, login := range []string{"nessuno@ala.example", "bruni", "x\x00y", "niccolo@ala.example", " Niccolo@ala.example", "niccolo@ala.example"} {
		ask(login)
	}
	wait(2)
	secret := h.secretIn()
	contains(t, "the message", h.srv.messages()[1], "60 minuti")
	h.clock.pass(11 * time.Minute)
	ask("niccolo@ala.example")
	wait(3)
	if _, err := h.School.Accounts.OpenLink(t.Context(), secret); !lms.Is(err, lms.NotFound) {
		t.Errorf("the older link still works: %v", err)
	}
	newer := h.secretIn()
	h.clock.pass(61 * time.Minute)
	if _, err := h.School.Accounts.OpenLink(t.Context(), newer); !lms.Is(err, lms.NotFound) {
		t.Errorf("the link works after an hour: %v", err)
	}
	if err := h.Forgotten.Ask(t.Context(), " ", "192.0.2.1"); !lms.Is(err, lms.Invalid) {
		t.Errorf("nothing was asked for: %v", err)
	}
	var err error
	for range 50 {
		err = h.Forgotten.Ask(t.Context(), "altri@ala.example", "192.0.2.1")
	}
	if !lms.Is(err, lms.TooMany) {
		t.Errorf("asked fifty times: %v", err)
	}
}

// Without a mail server nobody is promised a letter.
func TestNoMail(t *testing.T) {
	h := &house{t: t}
	var err error
	h.House, err = wiring.Open(t.Context(), wiring.Options{Data: t.TempDir(), URL: "https://aula.example", Log: slog.New(slog.DiscardHandler)})
	h.ok(err)
	t.Cleanup(func() { h.ok(h.Close()) })
	if err := h.Forgotten.Ask(t.Context(), "a@b.it", "x"); !lms.Is(err, lms.NotFound) || h.Mail.Configured() {
		t.Errorf("%v", err)
	}
	if err := h.Mail.Try(t.Context(), "a@b.it", "it"); !lms.Is(err, lms.Unavailable) {
		t.Errorf("%v", err)
	}
	for _, m := range []wiring.Mail{{SMTP: "smtp://mx.example"}, {SMTP: "smtp://mx.example", From: "Aula"}, {SMTP: "ftp://mx.example", From: "a@b.it"}} {
		if _, err := wiring.Open(t.Context(), wiring.Options{Data: t.TempDir(), URL: "https://aula.example", Mail: m}); err == nil {
			t.Errorf("%+v was taken", m)
		}
	}
}
