package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/storage/s3"
	"aulacomune/storage/storagetest"
)

// pair is two servers on one database and one bucket, as behind a load balancer.
type pair struct {
	stores
	t     *testing.T
	h     *hall
	a, b  *server
	admin caller // on a
}

// stores is a database and a bucket of the test's own, where an installation keeps what many nodes share.
type stores struct {
	env  []string       // of the program's commands: these stores, the public address, any free port
	open wiring.Options // for a look at them past the program
}

// newStores skips the test where the servers of one of them are missing.
func newStores(t *testing.T, url string) stores {
	t.Helper()
	m, db := storagetest.MinIO(t), storagetest.Mongo(t).Source
	keys := map[string]string{s3.EnvAccessKey: m.AccessKey, s3.EnvSecretKey: m.Secret}
	bucket := fmt.Sprintf("s3://%s/aula-nodes-%d?tls=0", m.Endpoint, time.Now().UnixNano())
	s := stores{open: wiring.Options{Data: t.TempDir(), Database: db, Objects: bucket, Env: func(name string) string { return keys[name] }}}
	s.env = []string{"AULA_DATABASE=" + db, "AULA_OBJECTS=" + bucket, "AULA_URL=" + url, "AULA_LISTEN=127.0.0.1:0"}
	for name, value := range keys {
		s.env = append(s.env, name+"="+value)
	}
	return s
}

// at is a command on these stores, with the folder that a node has to itself.
func (s stores) at(data string, words ...string) []string {
	return slices.Concat(s.env, []string{"AULA_DATA=" + data}, words)
}

// twoNodes: two processes on one MongoDB and one S3 behave as one.
func twoNodes(t *testing.T, h *hall) {
	p := newPair(t, h)
	for _, step := range []struct {
		name string
		do   func(*pair, *testing.T)
	}{
		{"journey", (*pair).journey}, {"session", (*pair).session}, {"publication", (*pair).publication}, {"register", (*pair).register}, {"death", (*pair).death},
	} {
		t.Run(step.name, func(t *testing.T) { step.do(p, t) })
	}
}

func newPair(t *testing.T, h *hall) *pair {
	t.Helper()
	p := &pair{stores: newStores(t, "http://corsi.test"), t: t, h: h}
	p.aula(t, "admin", "organisation", "ala", "Comune di Ala").want(0)
	link := linkIn(t, p.aula(t, "admin", "add", "capo@example.it", "--organisation", "ala"))
	author := linkIn(t, p.aula(t, "admin", "add", "autrice@example.it", "--organisation", "ala", "--role", "author"))
	var wg sync.WaitGroup // two nodes that start at the same moment
	for _, node := range []**server{&p.a, &p.b} {
		wg.Go(func() { *node = p.start(t) })
	}
	wg.Wait()
	t.Cleanup(func() { p.b.stop(t) })
	p.admin = p.a.caller(p.a.activate(t, link))
	token := p.b.activate(t, author)
	for _, folder := range []string{"breve", "filmato"} {
		h.run(t, "publish", filepath.Join("testdata", folder), "--server", p.a.url, "--token", token).want(0, "edition 1 published")
	}
	return p
}

// aula runs a command on the pair's database and bucket; each has a folder of its own, as nodes have.
func (p *pair) aula(t *testing.T, words ...string) outcome {
	return p.h.run(t, p.at(t.TempDir(), words...)...)
}

func (p *pair) start(t *testing.T) *server {
	return p.h.install(t, p.at(t.TempDir(), "serve")...)
}

// person adds a learner through one node and lets them activate on the other.
func (p *pair) person(t *testing.T, name string) caller {
	t.Helper()
	var added struct{ Activation string }
	p.admin.must(t, 201, "POST /people", map[string]string{"email": name + "@example.it", "given_name": name, "family_name": "Nodi"}, &added)
	return p.b.caller(p.b.activate(t, strings.TrimPrefix(added.Activation, "http://corsi.test")))
}

// on is the same person on the other node.
func (c caller) on(s *server) caller { return caller{s.url, c.token} }

// journey: every step on the other node than the one before.
func (p *pair) journey(t *testing.T) {
	p.person(t, "giro")
	var in struct{ Token string }
	p.a.caller("").must(t, 200, "POST /session", map[string]string{"email": "giro@example.it", "password": longPassword}, &in)
	c := p.b.caller(in.Token)
	var at progress
	c.must(t, 200, "POST /courses/prova-breve/enrolments", nil, &at)
	here := "/enrolments/" + at.ID
	for i, step := range breve() {
		node := []*server{p.a, p.b}[i%2]
		c.on(node).must(t, 200, "POST "+here+"/events", step, &at)
		c.on(node).must(t, 200, "POST "+here+"/events", step, &at) // the same again
	}
	if at.State != "completed" || at.Certificate == nil || !strings.HasPrefix(at.Certificate.Number, "1/") {
		t.Fatalf("%+v", at)
	}
	code := at.Certificate.Code
	var one, other []byte
	p.a.caller("").must(t, 200, "GET /certificates/"+code+".pdf", nil, &one)
	p.b.caller("").must(t, 200, "GET /certificates/"+code+".pdf", nil, &other)
	if hashOf(one) != hashOf(other) {
		t.Error("two nodes serve different bytes")
	}
	p.b.checkPDF(t, code, hashOf(one))
	c.must(t, 403, "POST /certificates/"+code+"/revoke", map[string]string{"reason": "No"}, nil)
	p.admin.on(p.b).must(t, 200, "POST /certificates/"+code+"/revoke", map[string]string{"reason": "Prova"}, nil)
	p.a.caller("").must(t, 200, "GET /certificates/"+code, nil, &at)
	if at.State != "revoked" {
		t.Errorf("the other node says %s", at.State)
	}
	p.a.caller("").must(t, 404, "GET /certificates/ZZZZ", nil, nil)
	p.b.caller("").must(t, 401, "GET /enrolments", nil, nil)
}

// session: made on one node it is good on the other, as cookie and as bearer, until somebody signs out.
func (p *pair) session(t *testing.T) {
	p.person(t, "seduta")
	var in struct{ Token string }
	p.a.caller("").must(t, 200, "POST /session", map[string]string{"email": "seduta@example.it", "password": longPassword}, &in)
	if page := p.b.page(t, in.Token, "GET", "/profilo", nil); !strings.Contains(page, "seduta Nodi") {
		t.Error("the cookie of one node is not good on the other")
	}
	c := p.b.caller(in.Token)
	c.must(t, 200, "GET /enrolments", nil, nil)
	c.on(p.a).must(t, 204, "DELETE /session", nil, &[]byte{})
	begin := time.Now()
	for {
		if status, err := c.ask("GET", "/enrolments", nil, &[]byte{}); err == nil && status == http.StatusUnauthorized {
			break
		}
		if time.Since(begin) > 6*time.Second {
			t.Fatal("signed out on one node, still in on the other after 6 s")
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Logf("a sign-out is seen on the other node after %d ms", time.Since(begin).Milliseconds())
}

// publication: a new edition that came through one node is the latest on the other within 5 s.
func (p *pair) publication(t *testing.T) {
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS("testdata/filmato")); err != nil {
		t.Fatal(err)
	}
	rewrite(t, filepath.Join(folder, "01-video", "01-otto.md"), "Un video", "Un bel video")
	edition := func() int {
		var c struct{ Edition int }
		p.b.caller("").must(t, 200, "GET /courses/prova-filmato", nil, &c)
		return c.Edition
	}
	if n := edition(); n != 1 {
		t.Fatalf("edition %d", n)
	}
	link := linkIn(t, p.aula(t, "admin", "link", "autrice@example.it"))
	p.h.run(t, "publish", folder, "--server", p.a.url, "--token", p.a.activate(t, link), "-m", "Seconda versione").want(0, "edition 2 published")
	begin := time.Now()
	for edition() != 2 {
		if time.Since(begin) > 5*time.Second {
			t.Fatal("a publication is not seen on the other node after 5 s")
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Logf("a publication is seen on the other node after %d ms", time.Since(begin).Milliseconds())
}

// register: twenty people complete the course in the same moment, half on each node. The numbers are without gaps and doubles.
func (p *pair) register(t *testing.T) {
	const people = 20
	all := make([]*finisher, people)
	for i := range all {
		f := &finisher{caller: p.person(t, fmt.Sprintf("persona%02d", i)).on([]*server{p.a, p.b}[i%2])}
		var at progress
		f.must(t, 200, "POST /courses/prova-breve/enrolments", nil, &at)
		f.enrolment = at.ID
		for j, step := range breve()[:2] {
			if err := f.step(j, step); err != nil {
				t.Fatal(err)
			}
		}
		all[i] = f
	}
	begin := time.Now()
	var wg sync.WaitGroup
	start := make(chan struct{})
	for _, f := range all {
		wg.Go(func() {
			<-start
			if err := f.step(2, breve()[2]); err != nil {
				t.Error(err)
			}
		})
	}
	close(start)
	wg.Wait()
	t.Logf("%d people completed at once on two nodes in %d ms", people, time.Since(begin).Milliseconds())
	rows := registerOf(t, p.open, "capo@example.it", "ala")
	// The journey took number 1 and a row to revoke it.
	if len(rows) != people+2 {
		t.Errorf("%d rows", len(rows))
	}
	seen := map[string]bool{}
	for _, r := range rows[:people] {
		seen[regexp.MustCompile(`/.*`).ReplaceAllString(r.Number, "")] = true
	}
	for n := 2; n <= people+1; n++ {
		if !seen[fmt.Sprint(n)] {
			t.Errorf("number %d is missing: %v", n, seen)
		}
	}
	for _, f := range all {
		if f.code == "" {
			t.Error("completed, and no certificate in the same answer")
			continue
		}
		f.check(t, p.a)
		f.check(t, p.b)
	}
}

// death: one node is killed while people work on it. What it acknowledged, the other knows; and the other goes on.
func (p *pair) death(t *testing.T) {
	var work []func() error
	var watchers []*watcher
	for i := range 3 {
		w := newWatcher(t, p.person(t, fmt.Sprint("vivo", i)).on(p.a))
		watchers, work = append(watchers, w), append(work, w.watch)
	}
	f := &finisher{caller: p.person(t, "ultimo").on(p.a)}
	work = append(work, f.finish)
	killAmid(t, p.a, work, 700*time.Millisecond)
	kept := 0
	for _, w := range watchers {
		kept += len(w.acked)
		w.check(t, p.b, w.acknowledged())
	}
	f.check(t, p.b)
	t.Logf("a node was killed: %d acknowledged events, none lost", kept+len(f.done))
	if kept == 0 {
		t.Error("nothing was acknowledged before the kill")
	}
	if err := (&finisher{caller: p.b.caller(f.token)}).finishRest(f.enrolment); err != nil {
		t.Errorf("the other node does not go on: %v", err)
	}
	registerOf(t, p.open, "capo@example.it", "ala")
}

// finishRest takes every step of an enrolment once more: those that were taken change nothing.
func (f *finisher) finishRest(enrolment string) error {
	if enrolment == "" {
		return f.finish()
	}
	f.enrolment = enrolment
	for i, step := range breve() {
		if err := f.step(i, step); err != nil {
			return err
		}
	}
	return nil
}
