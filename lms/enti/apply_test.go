package enti_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/enti"
	"aulacomune/storage/storagetest"
)

// before is the tree into which the edge files are imported.
func (w *town) before() {
	w.t.Helper()
	for _, o := range standing() {
		_, err := w.Organisations.Add(w.t.Context(), o, o.Parent())
		w.ok(err)
	}
}

func (w *town) plan(f enti.Files) enti.Plan {
	w.t.Helper()
	r, err := enti.Read(f)
	w.ok(err)
	p, err := w.enti.Prepare(w.t.Context(), r, enti.Order{Under: "associazione", Cease: true})
	w.ok(err)
	return p
}

// A plan that was carried out is empty, on every engine, and what is there is what was said.
func TestAppliedTwiceNothingChanges(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		w := townOn(t, s.Open(t))
		w.before()
		first := w.plan(edges(t))
		told := 0
		w.ok(w.enti.Install(t.Context(), first, func(done, of int) { told = max(told, done*100/of) }))
		if told != 100 {
			t.Errorf("told of %d percent", told)
		}
		after := w.revisions()
		again := w.plan(edges(t))
		if !again.Empty() || again.Refused() {
			t.Errorf("%+v", again.Steps)
		}
		w.ok(w.enti.Install(t.Context(), again, nil))
		w.ok(w.enti.Install(t.Context(), first, nil)) // the old plan, by a second click
		if now := w.revisions(); now != after {
			t.Errorf("something was written again:\n%s\n%s", after, now)
		}
		if o := w.find("comune-san-bernardo"); o.Name != "Comune di San Bernardo in Monte" || o.FormerNames[0] != "Comune di San Bernardo" ||
			!within(o, "associazione", "provincia-montelago", "unione-dei-comuni-dell-alta-fiorita", "comune-san-bernardo") || o.Domains[0] != "comune.sanbernardo.ml.example" {
			t.Errorf("%+v", o)
		}
		if o := w.find("comune-frati"); o.Name != "Città di Ca’ dei Frati" || o.Codes.ISTAT != "092004" {
			t.Errorf("what was renamed by hand: %+v", o)
		}
		if o := w.find("ufficio-x"); !within(o, "associazione", "provincia-montelago", "unione-dei-comuni-dell-alta-fiorita", "comune-pietralta-roccalago", "comune-pietralta", "ufficio-x") {
			t.Errorf("%v", o.Within)
		}
		if o := w.find("comune-pietralta-roccalago"); len(o.From) != 2 || o.From[0] != "comune-pietralta" {
			t.Errorf("%+v", o)
		}
		if o := w.find("comune-ponte"); o.Ceased.IsZero() || o.Into != "" {
			t.Errorf("%+v", o)
		}
	})
}

// revisions are the revisions of all organisations: equal when nothing was written.
func (w *town) revisions() string {
	w.t.Helper()
	var b strings.Builder
	for e, err := range w.engine.Scan(w.t.Context(), "organisations", lms.Range{Index: lms.IndexSpec{Name: "id"}}) {
		w.ok(err)
		b.WriteString(e.ID + " " + e.Tokens[len(e.Tokens)-1] + "\n")
	}
	return b.String()
}

// cutting is an engine that fails after so many writes, as a power cut would.
type cutting struct {
	lms.Engine
	left atomic.Int64 // several write at once
}

func cutAfter(engine lms.Engine, writes int) *cutting {
	c := &cutting{Engine: engine}
	c.left.Store(int64(writes))
	return c
}

var errCut = errors.New("cut")

func (c *cutting) Insert(ctx context.Context, collection string, d lms.Document) error {
	if c.left.Add(-1) < 0 {
		return errCut
	}
	return c.Engine.Insert(ctx, collection, d)
}

func (c *cutting) Replace(ctx context.Context, collection string, d lms.Document) error {
	if c.left.Add(-1) < 0 {
		return errCut
	}
	return c.Engine.Replace(ctx, collection, d)
}

// Wherever it is cut, doing it again makes it whole: the same tree, the same memberships.
func TestCutAnywhereAndBegunAgain(t *testing.T) {
	whole := ""
	for cut := 0; cut < 60; cut += 2 {
		engine := storagetest.Open(t)
		w := townOn(t, engine)
		w.before()
		w.person("anna", "comune-pietralta", lms.Learner)
		w.person("bruno", "comune-rocca", lms.Referent)
		w.person("carla", "ufficio-x", lms.Manager)
		w.person("dario", "comune-di-agria", lms.Learner)
		if cut > 0 {
			broken := townOn(t, cutAfter(engine, cut-1))
			r, err := enti.Read(edges(t))
			w.ok(err)
			p, err := broken.enti.Prepare(t.Context(), r, enti.Order{Under: "associazione", Cease: true})
			w.ok(err)
			err = broken.enti.Install(t.Context(), p, nil)
			if err == nil && cut > 26 {
				break // that was all
			}
			if !errors.Is(err, errCut) {
				t.Fatalf("cut after %d: %v", cut-1, err)
			}
		}
		node := townOn(t, engine)
		node.install(edges(t))
		if again := node.plan(edges(t)); !again.Empty() {
			t.Errorf("cut after %d: %d steps are left", cut-1, len(again.Steps))
		}
		got := node.told()
		if whole == "" {
			whole = got
		}
		if got != whole {
			t.Fatalf("cut after %d:\n%s\nwhole:\n%s", cut-1, got, whole)
		}
	}
	for _, want := range []string{"anna: comune-pietralta until, comune-pietralta-roccalago", "carla: ufficio-x, ufficio-x", "dario: comune-di-agria"} {
		if !strings.Contains(whole, want) {
			t.Errorf("no %q in\n%s", want, whole)
		}
	}
}

// told is the tree with its people, as text.
func (w *town) told() string {
	w.t.Helper()
	var b strings.Builder
	for _, o := range w.all() {
		for _, above := range o.Within {
			b.WriteString(string(above) + "/")
		}
		b.WriteString(" " + o.Name + " " + string(o.Into) + "\n")
	}
	for p, err := range w.People.Within(w.t.Context(), "associazione") {
		w.ok(err)
		var ms []string
		for _, m := range p.Memberships {
			text := string(m.Organisation)
			if !m.To.IsZero() {
				text += " until"
			}
			ms = append(ms, text)
			if place := w.find(m.Organisation).Within; len(place) != len(m.Within) {
				w.t.Errorf("%s is kept at %v, %s lies at %v", p.Login, m.Within, m.Organisation, place)
			}
		}
		b.WriteString(p.Login + ": " + strings.Join(ms, ", ") + "\n")
	}
	return b.String()
}

// The mark that something is still to follow goes when nobody can have read the tree as it was.
func TestWhatIsUnsettledSettles(t *testing.T) {
	w := newTown(t)
	w.before()
	w.install(edges(t))
	unsettled := func() int {
		n := 0
		for _, o := range w.all() {
			if !o.Unsettled.IsZero() {
				n++
			}
		}
		return n
	}
	w.ok(w.enti.Sweep(t.Context()))
	if n := unsettled(); n == 0 {
		t.Error("settled at once")
	}
	w.clock.pass(2 * time.Minute)
	w.ok(w.enti.Sweep(t.Context()))
	if n := unsettled(); n != 0 {
		t.Errorf("%d organisations never settle", n)
	}
}

func TestWhoMayImport(t *testing.T) {
	w := newTown(t)
	w.before()
	r, err := enti.Read(edges(t))
	w.ok(err)
	admin := w.person("capo", "associazione", lms.Administrator)
	p, err := w.enti.Plan(t.Context(), admin, r, enti.Order{Under: "associazione", Cease: true})
	w.ok(err)
	for _, c := range []struct {
		who  lms.Actor
		kind lms.ErrorKind
	}{
		{lms.Actor{}, lms.SignIn},
		{w.person("leo", "associazione", lms.Learner), lms.Forbidden},
		{w.person("rita", "associazione", lms.Referent), lms.Forbidden},
		{w.person("altro", "fuori", lms.Administrator), lms.NotFound},
		{w.person("sotto", "comune-castro", lms.Administrator), lms.NotFound},
	} {
		_, err := w.enti.Plan(t.Context(), c.who, r, enti.Order{Under: "associazione"})
		w.kind(err, c.kind, "")
		w.kind(w.enti.Apply(t.Context(), c.who, p, nil), c.kind, "")
	}
	if n := len(w.all()); n != len(standing()) {
		t.Errorf("%d organisations", n)
	}
	_, err = w.enti.Plan(t.Context(), admin, r, enti.Order{Under: "comune-castro"})
	w.kind(err, lms.Invalid, "under")
	w.ok(w.enti.Apply(t.Context(), admin, p, nil))
	if len(w.acts) != 1 || w.acts[0].Verb != "enti.import" || w.acts[0].Details["merged"] != "2" {
		t.Errorf("%+v", w.acts)
	}
}

// What people change between the dry run and the confirmation stays.
func TestWhatPeopleChangeMeanwhileStays(t *testing.T) {
	w := newTown(t)
	w.before()
	p := w.plan(edges(t))
	_, err := w.Organisations.Amend(t.Context(), "comune-frati", func(o *lms.Organisation) error { o.Name, o.Signatory = "Città dei Frati", "Il Sindaco"; return nil })
	w.ok(err)
	w.ok(w.enti.Install(t.Context(), p, nil))
	if o := w.find("comune-frati"); o.Name != "Città dei Frati" || o.Signatory != "Il Sindaco" || o.Codes.ISTAT != "092004" {
		t.Errorf("%+v", o)
	}
}
