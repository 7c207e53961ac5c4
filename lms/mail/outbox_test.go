package mail_test

import (
	"context"
	"fmt"
	stdmail "net/mail"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/mail"
)

// A letter arrives once, whoever posts it how often; then its words and its secret are nowhere in the record.
func TestOneCauseOneLetter(t *testing.T) {
	srv := newServer(t, nil, false, nil)
	o := newOffice(t, srv)
	for range 3 {
		o.post(letter("a"))
		o.ok(o.Deliver(t.Context()))
	}
	another := letter("a")
	another.Words = map[string]string{"organisation": "Altro", "login": "x", "until": "y"}
	o.ok(o.node().Post(t.Context(), another))
	o.ok(o.Deliver(t.Context()))
	if got := srv.messages(); len(got) != 1 {
		t.Fatalf("%d messages arrived", len(got))
	}
	contains(t, "the message", srv.messages()[0], "Maria Rossi", "To: \"Maria Rossi\" <maria.rossi@example.it>", "https://aula.example/attiva/SEGRETISSIMO")
	l := o.one()
	if l.State != mail.Sent || l.Tries != 1 || !l.Since.Equal(o.clock.now()) || l.Again {
		t.Errorf("%+v", l)
	}
	lacks(t, "the record", o.stored(l.ID), "SEGRETISSIMO", "29 novembre")
}

// Without a server letters wait, and say so; they go when there is one, and fail when it took days.
func TestWithoutServer(t *testing.T) {
	o := newOffice(t, nil)
	o.post(letter("a"))
	o.ok(o.Deliver(t.Context()))
	if l := o.one(); o.Configured() || l.State != mail.Waiting {
		t.Errorf("%+v", l)
	}
	srv := newServer(t, nil, false, nil)
	with := o.ports
	with.Carrier = portsOf(t, o.engine, srv).Carrier
	set, err := mail.Open(t.Context(), with)
	o.ok(err)
	o.ok(set.Deliver(t.Context()))
	if l := o.one(); l.State != mail.Sent || !set.Configured() {
		t.Errorf("%+v", l)
	}
	o.post(letter("b"))
	o.clock.pass(5 * 24 * time.Hour)
	o.ok(o.Sweep(t.Context()))
	late, _, err := o.ListAll(t.Context(), mail.Failed, lms.PageAt{})
	o.ok(err)
	if len(late) != 1 || !late[0].Again {
		t.Errorf("%+v", late)
	}
}

// What a server puts off is tried again, later and later, and fails after days; what it refuses for good fails at once.
func TestPutOffAndRefused(t *testing.T) {
	for name, c := range map[string]struct {
		stage   string
		code    int
		forGood bool
	}{
		"mailbox full":       {"rcpt", 452, false},
		"try later":          {"data", 451, false},
		"no such mailbox":    {"rcpt", 550, true},
		"content refused":    {"data", 554, true},
		"our sender refused": {"mail", 553, false},
		"sign in first":      {"rcpt", 530, false},
	} {
		t.Run(name, func(t *testing.T) {
			srv := newServer(t, nil, false, refuseAt(c.stage, c.code, "No <maria.rossi@example.it> here"))
			o := newOffice(t, srv)
			o.post(letter("a"))
			o.ok(o.Deliver(t.Context()))
			l := o.one()
			contains(t, "the fault", l.Fault, "here")
			if c.forGood {
				if l.State != mail.Failed || !l.Again {
					t.Errorf("%+v", l)
				}
				return
			}
			if wait := l.Next.Sub(o.clock.now()); l.State != mail.Waiting || wait < 40*time.Second || wait > 80*time.Second {
				t.Errorf("it waits %v: %+v", wait, l)
			}
			tries := 0
			for ; o.one().State == mail.Waiting && tries < 100; tries++ {
				o.clock.pass(o.one().Next.Sub(o.clock.now()) + time.Millisecond)
				o.ok(o.Deliver(t.Context()))
			}
			if l := o.one(); l.State != mail.Failed || tries < 15 || tries > 40 {
				t.Errorf("after %d tries: %+v", tries, l)
			}
		})
	}
}

// A letter is not sent before its time, and a process that died in the middle of it holds it only as long as its lease.
func TestLease(t *testing.T) {
	srv := newServer(t, nil, false, func(stage string) smtpFault { return smtpFault{cut: stage == "data"} })
	o := newOffice(t, srv)
	o.post(letter("a"))
	stuck := o.node()
	o.ok(stuck.Deliver(t.Context()))
	if l := o.one(); l.State != mail.Waiting || l.Fault == "" {
		t.Fatalf("%+v", l)
	}
	srv.heal()
	o.ok(o.Deliver(t.Context()))
	if len(srv.messages()) != 0 {
		t.Error("it was sent before its time")
	}
	o.clock.pass(2 * time.Minute)
	o.ok(o.Deliver(t.Context()))
	if len(srv.messages()) != 1 || o.one().State != mail.Sent {
		t.Errorf("%+v", o.one())
	}
}

// Many processes send at once, and no letter goes twice.
func TestManyNodes(t *testing.T) {
	srv := newServer(t, nil, false, nil)
	o := newOffice(t, srv)
	for _, c := range causes(40) {
		o.post(letter(c))
	}
	var all sync.WaitGroup
	for range 5 {
		n := o.node()
		all.Go(func() {
			if err := n.Deliver(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := len(srv.messages()); n != 40 {
		t.Errorf("%d messages, want 40", n)
	}
}

// A server that cannot be reached costs no letter a try; the outbox says why nothing leaves.
func TestServerAway(t *testing.T) {
	srv := newServer(t, nil, false, nil)
	o := newOffice(t, srv)
	away := o.ports
	gone, err := mail.ParseSMTP("smtp://127.0.0.1:1", "")
	o.ok(err)
	away.Carrier = gone
	n, err := mail.Open(t.Context(), away)
	o.ok(err)
	o.post(letter("a"))
	began := o.clock.now()
	for range 2 {
		if err := n.Deliver(t.Context()); err == nil || n.Fault() == "" || !n.Away().Equal(began) {
			t.Errorf("error %v, fault %q since %s", err, n.Fault(), n.Away())
		}
		o.clock.pass(time.Minute)
	}
	if l := o.one(); l.Tries != 0 || l.State != mail.Waiting {
		t.Errorf("%+v", l)
	}
	o.ok(o.Deliver(t.Context()))
	if o.one().State != mail.Sent || o.Fault() != "" || !o.Away().IsZero() {
		t.Errorf("%+v %q", o.one(), o.Fault())
	}
}

// A letter that says nothing any more is not sent, however long the server was away: it failed.
func TestALetterThatComesTooLate(t *testing.T) {
	srv := newServer(t, nil, false, nil)
	o := newOffice(t, srv)
	soon, later := letter("a"), letter("b")
	soon.Until, later.Until = o.clock.now().Add(time.Hour), o.clock.now().Add(2*time.Hour)
	o.post(soon)
	o.post(later)
	o.clock.pass(time.Hour)
	o.ok(o.Deliver(t.Context()))
	if got := srv.messages(); len(got) != 1 {
		t.Errorf("%d messages arrived", len(got))
	}
	late, _, err := o.ListAll(t.Context(), mail.Failed, lms.PageAt{})
	if err != nil || len(late) != 1 || late[0].Tries != 0 {
		t.Errorf("%+v, %v", late, err)
	}
}

// Who keeps the people of an ente sees its letters and those below, without what they say; nobody else does, nor can they change them.
func TestWhoSees(t *testing.T) {
	o := newOffice(t, newServer(t, nil, false, refuseAt("rcpt", 550, "no")))
	o.post(letter("a"))
	o.ok(o.Deliver(t.Context()))
	id := o.one().ID
	for name, c := range map[string]struct {
		who  lms.Actor
		kind lms.ErrorKind
	}{
		"nobody":                  {lms.Actor{}, lms.SignIn},
		"a learner":               {keeper("ala", lms.Learner), lms.Forbidden},
		"a manager":               {keeper("ala", lms.Manager), lms.Forbidden},
		"another's administrator": {keeper("bosco", lms.Administrator), lms.NotFound},
	} {
		_, _, reading := o.Read(t.Context(), c.who, id)
		_, counting := o.Counts(t.Context(), c.who, "ala")
		for what, err := range map[string]error{"retry": o.Retry(t.Context(), c.who, id), "bounce": o.Bounce(t.Context(), c.who, id, "x"), "read": reading, "count": counting} {
			if !lms.Is(err, c.kind) {
				t.Errorf("%s, %s: %v", name, what, err)
			}
		}
		if _, _, err := o.List(t.Context(), c.who, mail.Asked{Organisation: "ala"}, lms.PageAt{}); !lms.Is(err, c.kind) {
			t.Errorf("%s lists: %v", name, err)
		}
	}
	if found, _, err := o.List(t.Context(), keeper("bosco", lms.Administrator), mail.Asked{}, lms.PageAt{}); err != nil || len(found) != 0 {
		t.Errorf("%v, %v", found, err)
	}
	for _, who := range []lms.Actor{keeper("ala", lms.Referent), keeper("valle", lms.Administrator)} {
		found, _, err := o.List(t.Context(), who, mail.Asked{State: mail.Failed}, lms.PageAt{Limit: 10})
		if err != nil || len(found) != 1 || found[0].To != "maria.rossi@example.it" {
			t.Errorf("%v, %v", found, err)
		}
	}
	if _, _, err := o.List(t.Context(), keeper("ala", lms.Referent), mail.Asked{State: "x/"}, lms.PageAt{}); !lms.Is(err, lms.Invalid) {
		t.Errorf("an unknown state: %v", err)
	}
}

// Who keeps an ente's people reads what a letter says without its link, and once it was sent an example; looking and acting are acts.
func TestReading(t *testing.T) {
	o := newOffice(t, newServer(t, nil, false, nil))
	var acts []string
	o.ports.Note = func(_ context.Context, a lms.Actor, act lms.Act) error {
		acts = append(acts, fmt.Sprintf("%s by %s on %s of %s", act.Verb, a.ID, act.Object, act.Person))
		return nil
	}
	o.Outbox = o.node()
	who := keeper("ala", lms.Referent)
	english := letter("a")
	english.Lang, english.Words["organisation"] = "en", "Comune di Altrove"
	o.post(english)
	other := letter("b")
	other.To, other.Organisation = "anna@example.it", "valle"
	o.post(other)
	at := lms.PageAt{Limit: 10}
	found, _, err := o.List(t.Context(), who, mail.Asked{To: " Maria.Rossi@example.it"}, at)
	if err != nil || len(found) != 1 {
		t.Fatalf("%v, %v", found, err)
	}
	id := found[0].ID
	for _, q := range []mail.Asked{{To: "anna@example.it"}, {To: "maria.rossi@example.it", State: mail.Sent}} {
		if found, _, err := o.List(t.Context(), who, q, at); err != nil || len(found) != 0 {
			t.Errorf("%+v: %v, %v", q, found, err)
		}
	}
	if _, _, err := o.List(t.Context(), who, mail.Asked{To: "maria"}, at); !lms.Is(err, lms.Invalid) {
		t.Errorf("half an address: %v", err)
	}
	_, said, err := o.Read(t.Context(), who, id)
	o.ok(err)
	contains(t, "what it says", said.Text, "Comune di Altrove")
	lacks(t, "what it says", said.Text, "SEGRETISSIMO")
	if said.Example || said.Lang != "en" {
		t.Errorf("%+v", said)
	}
	o.ok(o.Deliver(t.Context()))
	l, said, err := o.Read(t.Context(), who, id)
	if err != nil || l.State != mail.Sent || !said.Example || said.Text == "" {
		t.Errorf("%+v %+v, %v", l, said, err)
	}
	lacks(t, "the example", said.Text, "Comune di Altrove")
	o.ok(o.Bounce(t.Context(), who, id, "chiusa"))
	counts, err := o.Counts(t.Context(), who, "")
	if err != nil || counts[mail.Bounced] != 1 || counts[mail.Sent] != 0 {
		t.Errorf("%v, %v", counts, err)
	}
	for _, want := range []string{"letter.list by keeper-ala on ala of ", "letter.read by keeper-ala on " + id + " of p-maria", "letter.bounce by keeper-ala on " + id + " of p-maria"} {
		if !slices.Contains(acts, want) {
			t.Errorf("no %q in %q", want, acts)
		}
	}
}

// A letter that failed can be sent again while its words are there; one that came back is noted.
func TestAgainAndBounce(t *testing.T) {
	srv := newServer(t, nil, false, refuseAt("rcpt", 550, "no"))
	o := newOffice(t, srv)
	who := keeper("ala", lms.Referent)
	o.post(letter("a"))
	o.ok(o.Deliver(t.Context()))
	id := o.one().ID
	if err := o.Bounce(t.Context(), who, id, "x"); !lms.Is(err, lms.Conflict) {
		t.Errorf("a letter that never left bounced: %v", err)
	}
	srv.heal()
	o.ok(o.Retry(t.Context(), who, id))
	o.ok(o.Deliver(t.Context()))
	if o.one().State != mail.Sent || len(srv.messages()) != 1 {
		t.Errorf("%+v", o.one())
	}
	if err := o.Retry(t.Context(), who, id); !lms.Is(err, lms.Conflict) {
		t.Errorf("what was sent is sent again: %v", err)
	}
	if err := o.Bounce(t.Context(), who, id, strings.Repeat("x", 301)); !lms.Is(err, lms.Invalid) {
		t.Errorf("a long note: %v", err)
	}
	o.ok(o.BounceAll(t.Context(), "Maria.Rossi@example.it", "casella\nchiusa"))
	if l := o.one(); l.State != mail.Bounced || l.Fault != "casella\nchiusa" {
		t.Errorf("%+v", l)
	}
	if err := o.BounceAll(t.Context(), "nessuno@example.it", ""); !lms.Is(err, lms.NotFound) {
		t.Errorf("nobody's letter came back: %v", err)
	}
}

// What a failed letter says is forgotten after a month, the letter after a year; a person's letters go with the person.
func TestForgetting(t *testing.T) {
	o := newOffice(t, newServer(t, nil, false, refuseAt("rcpt", 550, "no")))
	o.post(letter("a"))
	o.ok(o.Deliver(t.Context()))
	id := o.one().ID
	contains(t, "the record", o.stored(id), "SEGRETISSIMO")
	o.clock.pass(31 * 24 * time.Hour)
	o.ok(o.Sweep(t.Context()))
	lacks(t, "the record", o.stored(id), "SEGRETISSIMO")
	if n, err := o.RetryAll(t.Context(), ""); n != 0 || err != nil || o.one().Again {
		t.Errorf("%d go again, %v", n, err)
	}
	o.post(letter("b"))
	o.clock.pass(340 * 24 * time.Hour)
	o.ok(o.Sweep(t.Context()))
	if o.one().State != mail.Waiting { // no sweep forgets what nobody tried
		t.Errorf("%+v", o.one())
	}
	mine, err := o.OfPerson(t.Context(), "p-maria")
	if err != nil || len(mine) != 1 {
		t.Fatalf("%v, %v", mine, err)
	}
	o.ok(o.Erase(t.Context(), "p-maria"))
	if all, _, err := o.ListAll(t.Context(), "", lms.PageAt{}); err != nil || len(all) != 0 {
		t.Errorf("%v, %v", all, err)
	}
}

// A demo's letters arrive in its box, once each, and nowhere else.
func TestBox(t *testing.T) {
	o := newOffice(t, nil)
	box, err := mail.OpenBox(t.Context(), o.engine)
	o.ok(err)
	p := o.ports
	p.Carrier = box
	out, err := mail.Open(t.Context(), p)
	o.ok(err)
	o.ok(out.Post(t.Context(), letter("a")))
	o.ok(out.Deliver(t.Context()))
	got, _, err := box.List(t.Context(), lms.PageAt{Limit: 5})
	if err != nil || len(got) != 1 || got[0].To != "maria.rossi@example.it" || o.one().State != mail.Sent {
		t.Fatalf("%+v, %v", got, err)
	}
	contains(t, "the HTML", got[0].HTML, `href="https://aula.example/attiva/SEGRETISSIMO"`)
	o.ok(box.Send(t.Context(), mail.Message{ID: got[0].ID, At: o.clock.now()}))
	if again, err := box.Find(t.Context(), got[0].ID); err != nil || again.Subject != got[0].Subject || again.Lang != "it" {
		t.Errorf("%+v, %v", again, err)
	}
	for i, to := range []string{"maria.rossi@example.it", "anna@example.it", "maria.rossi@example.it.org"} {
		o.ok(box.Send(t.Context(), mail.Message{ID: to, To: stdmail.Address{Address: to}, At: o.clock.now().Add(time.Duration(i+1) * time.Minute)}))
	}
	mine, next, err := box.To(t.Context(), "Maria.Rossi@example.it", lms.PageAt{Limit: 1})
	if err != nil || len(mine) != 1 || mine[0].ID != "maria.rossi@example.it" || next == "" {
		t.Fatalf("%+v, %v", mine, err)
	}
	if mine, next, err = box.To(t.Context(), "maria.rossi@example.it", lms.PageAt{Limit: 1, After: next}); err != nil || len(mine) != 1 || mine[0].ID != got[0].ID || next != "" {
		t.Errorf("%+v %q, %v", mine, next, err)
	}
}
