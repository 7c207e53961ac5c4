package mail_test

import (
	"context"
	"fmt"
	"log/slog"
	stdmail "net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/mail"
	"aulacomune/storage/storagetest"
)

// office is an outbox on a real engine, with a clock that the test sets and three enti: valle over ala, and bosco.
type office struct {
	*mail.Outbox
	t      testing.TB
	engine lms.Engine
	clock  *clock
	ports  mail.Ports
}

type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func newOffice(t testing.TB, s *server) *office {
	t.Helper()
	o := &office{t: t, engine: storagetest.Open(t), clock: &clock{at: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}}
	o.ports = portsOf(t, o.engine, s)
	o.ports.Now = o.clock.now
	o.Outbox = o.node()
	return o
}

// portsOf are the ports of an outbox; without a server nothing leaves.
func portsOf(t testing.TB, e lms.Engine, s *server) mail.Ports {
	t.Helper()
	p := mail.Ports{
		Engine: e, From: stdmail.Address{Address: "noreply@aula.example"}, URL: "https://aula.example", Owner: "Associazione della Valle",
		Log: slog.New(slog.DiscardHandler), Find: findOrganisation,
	}
	if s != nil {
		carrier, err := mail.ParseSMTP(s.url(""), "")
		if err != nil {
			t.Fatal(err)
		}
		carrier.Timeout = 5 * time.Second
		p.Carrier = carrier
	}
	return p
}

// findOrganisation knows three enti.
func findOrganisation(_ context.Context, id lms.OrganisationID) (lms.Organisation, error) {
	within := map[lms.OrganisationID][]lms.OrganisationID{"valle": {"valle"}, "ala": {"valle", "ala"}, "bosco": {"bosco"}}
	if within[id] == nil {
		return lms.Organisation{}, lms.Fail(lms.NotFound, "error.organisation.unknown")
	}
	return lms.Organisation{ID: id, Name: "Comune di " + string(id), Within: within[id]}, nil
}

// node opens the same outbox once more, as another process would.
func (o *office) node() *mail.Outbox {
	o.t.Helper()
	out, err := mail.Open(o.t.Context(), o.ports)
	o.ok(err)
	return out
}

func (o *office) ok(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// letter is one of a cause.
func letter(cause string) lms.Letter {
	return lms.Letter{
		Cause: cause, Kind: "person.activate", To: "maria.rossi@example.it", Person: "p-maria", Name: "Maria Rossi", Lang: "it", Organisation: "ala",
		Words: map[string]string{"organisation": "Comune di Ala", "login": "maria.rossi@example.it", "until": "29 novembre 2026"}, Link: "/attiva/SEGRETISSIMO",
	}
}

func (o *office) post(l lms.Letter) {
	o.t.Helper()
	o.ok(o.Post(o.t.Context(), l))
}

// one is the only letter there is.
func (o *office) one() mail.Letter {
	o.t.Helper()
	all, _, err := o.ListAll(o.t.Context(), "", lms.PageAt{})
	o.ok(err)
	if len(all) != 1 {
		o.t.Fatalf("%d letters, want 1", len(all))
	}
	return all[0]
}

// keeper keeps the people of an organisation.
func keeper(id lms.OrganisationID, role lms.Role) lms.Actor {
	org, _ := findOrganisation(context.Background(), id)
	return lms.Actor{ID: lms.PersonID("keeper-" + id), Memberships: []lms.Membership{{Organisation: id, Within: org.Within, Role: role}}}
}

// stored is a letter's document, as whoever reads the database sees it.
func (o *office) stored(id string) string {
	o.t.Helper()
	d, err := o.engine.Get(o.t.Context(), "letters", id)
	o.ok(err)
	return string(d.Body)
}

func causes(n int) []string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf("cause/%d", i))
	}
	return out
}

func contains(t *testing.T, where, text string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("%s lacks %q:\n%s", where, w, text)
		}
	}
}

func lacks(t *testing.T, where, text string, words ...string) {
	t.Helper()
	for _, w := range words {
		if strings.Contains(text, w) {
			t.Errorf("%s holds %q:\n%s", where, w, text)
		}
	}
}
