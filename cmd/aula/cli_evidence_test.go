package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/lms"
)

const demoIssuer lms.OrganisationID = "associazione-val-fiorita"

// watcher is a person who watches the film of prova-filmato in tiny pieces, and remembers each that the server acknowledged.
type watcher struct {
	caller
	enrolment string
	mu        sync.Mutex
	acked     [][2]float64
}

// pieces is how many pieces of watcher.post the film has. They are too far from each other to be counted as one, and all together are
// within the grace of the budget.
const pieces = 97

func newWatcher(t *testing.T, c caller) *watcher {
	t.Helper()
	var p progress
	c.must(t, 200, "POST /courses/prova-filmato/enrolments", nil, &p)
	w := &watcher{caller: c, enrolment: p.ID}
	c.must(t, 200, "POST /enrolments/"+p.ID+"/events", facts(fact("o", "otto", "opened", nil)), nil)
	return w
}

// post watches a piece, and remembers it if the server says that it is kept.
func (w *watcher) post(i int) error {
	from := 0.08*float64(i) + 0.01
	piece := [2]float64{from, from + 0.01}
	var p progress
	status, err := w.ask("POST", "/enrolments/"+w.enrolment+"/events",
		facts(fact(fmt.Sprint("w", i), "otto", "watched", map[string]any{"intervals": [][2]float64{piece}})), &p)
	if err != nil || status != 200 || p.Dropped > 0 {
		return fmt.Errorf("piece %d: %d, dropped %v, %w", i, status, p.Dropped, err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.acked = append(w.acked, piece)
	return nil
}

// watch posts every piece until one is not acknowledged.
func (w *watcher) watch() error {
	for i := range pieces {
		if err := w.post(i); err != nil {
			return err
		}
	}
	return nil
}

func (w *watcher) acknowledged() [][2]float64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.acked)
}

// check: every piece is there, on a server that may be another.
func (w *watcher) check(t *testing.T, s *server, want [][2]float64) {
	t.Helper()
	var p progress
	s.caller(w.token).must(t, 200, "GET /enrolments/"+w.enrolment, nil, &p)
	const tolerance = 1e-6
	for _, piece := range want {
		if !slices.ContainsFunc(p.Objects[0].Coverage, func(c [2]float64) bool { return c[0] <= piece[0]+tolerance && piece[1] <= c[1]+tolerance }) {
			t.Errorf("an acknowledged piece is lost: %v of %d, %d are there", piece, len(want), len(p.Objects[0].Coverage))
		}
	}
}

// finisher is a person who completes prova-breve, and remembers what the server acknowledged.
type finisher struct {
	caller
	enrolment string
	done      []string // objects
	code      string
	pdf       string // hash of the bytes, if they were fetched
}

// finish goes as far as it gets.
func (f *finisher) finish() error {
	var p progress
	if status, err := f.ask("POST", "/courses/prova-breve/enrolments", nil, &p); err != nil || status != 200 {
		return fmt.Errorf("enrol: %d %w", status, err)
	}
	f.enrolment = p.ID
	for i, step := range breve() {
		if err := f.step(i, step); err != nil {
			return err
		}
	}
	if f.code == "" {
		return nil
	}
	var pdf []byte
	if status, err := f.ask("GET", "/certificates/"+f.code+".pdf", nil, &pdf); err != nil || status != 200 {
		return fmt.Errorf("pdf: %d %w", status, err)
	}
	f.pdf = hashOf(pdf)
	return nil
}

// step sends the events of one object.
func (f *finisher) step(i int, step map[string]any) error {
	var p progress
	if status, err := f.ask("POST", "/enrolments/"+f.enrolment+"/events", step, &p); err != nil || status != 200 {
		return fmt.Errorf("step %d: %d %w", i, status, err)
	}
	if p.Objects[i].State != "completed" {
		return fmt.Errorf("step %d: %s", i, p.Objects[i].State)
	}
	f.done = append(f.done, p.Objects[i].ID)
	if p.Certificate != nil {
		f.code = p.Certificate.Code
	}
	return nil
}

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// check: what was acknowledged is there, the certificate among it, with the bytes that were issued.
func (f *finisher) check(t *testing.T, s *server) {
	t.Helper()
	if f.enrolment == "" {
		return
	}
	c := s.caller(f.token)
	var p progress
	c.must(t, 200, "GET /enrolments/"+f.enrolment, nil, &p)
	for i, id := range f.done {
		if p.Objects[i].ID != id || p.Objects[i].State != "completed" {
			t.Errorf("%s was acknowledged and is %s", id, p.Objects[i].State)
		}
	}
	if f.code == "" {
		return
	}
	if p.Certificate == nil || p.Certificate.Code != f.code {
		t.Fatalf("certificate %s was acknowledged; there is %+v", f.code, p.Certificate)
	}
	s.checkPDF(t, f.code, f.pdf)
}

// checkPDF: the bytes are those of the register and, where known, those of before.
func (s *server) checkPDF(t *testing.T, code, before string) {
	t.Helper()
	var v struct {
		State string
		PDF   string `json:"pdf_sha256"`
	}
	s.caller("").must(t, 200, "GET /certificates/"+code, nil, &v)
	var pdf []byte
	s.caller("").must(t, 200, "GET /certificates/"+code+".pdf", nil, &pdf)
	if got := hashOf(pdf); got != v.PDF || before != "" && got != before {
		t.Errorf("certificate %s: bytes %s, register %s, before %s", code, got, v.PDF, before)
	}
}

// demoStaff are people of the demo with an address, so many from a place in the list.
func demoStaff(from, n int) []string {
	var out []string
	for _, p := range demoPeople()[4:] {
		if p.Email != "" {
			out = append(out, p.Email)
		}
	}
	return out[from : from+n]
}

// registerOf opens the house of a running server beside it, checks the chain, and gives the rows, the latest first.
func registerOf(t *testing.T, o wiring.Options, login string, issuer lms.OrganisationID) []lms.Row {
	t.Helper()
	o.URL = "http://corsi.test"
	house, err := wiring.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer house.Close()
	n, err := house.School.Register.Check(t.Context(), issuer)
	if err != nil {
		t.Errorf("the chain of the register: %v", err)
	}
	actor, err := house.School.Accounts.ActorByLogin(t.Context(), login)
	if err != nil {
		t.Fatal(err)
	}
	rows, _, err := house.School.Register.Rows(t.Context(), actor, issuer, "", 1000)
	if err != nil || len(rows) != n {
		t.Fatalf("%d rows, %d in the chain, %v", len(rows), n, err)
	}
	return rows
}

// kill: the program is killed in mid-write, three times; everything it acknowledged is there.
func kill(t *testing.T, h *hall) {
	data := h.copyDemo(t)
	var watchers []*watcher
	var finishers []*finisher
	checkAll := func(s *server) {
		for _, w := range watchers {
			w.check(t, s, w.acknowledged())
		}
		for _, f := range finishers {
			f.check(t, s)
		}
	}
	for round := range 3 {
		s := h.serve(t, data)
		checkAll(s)
		people := demoStaff(round*8, 8)
		var work []func() error
		for _, email := range people[:3] {
			w := newWatcher(t, s.caller(s.apiToken(t, email)))
			watchers, work = append(watchers, w), append(work, w.watch)
		}
		var those []*finisher
		for _, email := range people[3:] {
			those = append(those, &finisher{caller: s.caller(s.apiToken(t, email))})
		}
		finishers = append(finishers, those...)
		work = append(work, func() error {
			for _, f := range those {
				if err := f.finish(); err != nil {
					return err
				}
			}
			return nil
		})
		killAmid(t, s, work, time.Duration(60+round*90)*time.Millisecond)
	}
	s := h.serve(t, data)
	defer s.stop(t)
	checkAll(s)
	registerOf(t, wiring.Options{Data: data}, "amministratore@demo.aula", demoIssuer)
	kept, certified := 0, 0
	for _, w := range watchers {
		kept += len(w.acked)
	}
	for _, f := range finishers {
		kept += len(f.done)
		if f.code != "" {
			certified++
		}
	}
	t.Logf("killed three times: %d acknowledged events and %d certificates, none lost", kept, certified)
	if kept < 10 {
		t.Errorf("only %d events were acknowledged: the kill came too early to prove anything", kept)
	}
}

// killAmid lets clients work and kills the server under them.
func killAmid(t *testing.T, s *server, work []func() error, after time.Duration) {
	t.Helper()
	var wg sync.WaitGroup
	cut := make(chan bool, len(work))
	for _, f := range work {
		wg.Go(func() { cut <- f() != nil })
	}
	time.Sleep(after)
	s.kill(t)
	wg.Wait()
	close(cut)
	for was := range cut {
		if was {
			return
		}
	}
	t.Log("everybody was done before the kill")
}
