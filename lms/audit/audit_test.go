package audit_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/audit"
	"aulacomune/lms/sheet"
	"aulacomune/storage/storagetest"
)

// archive is a log on a real engine, with a clock that the test sets and three enti: valle over ala, and bosco.
type archive struct {
	*audit.Log
	t      testing.TB
	engine lms.Engine
	ports  audit.Ports
	at     atomic.Pointer[time.Time]
}

func newArchive(t testing.TB) *archive {
	t.Helper()
	rome, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		t.Fatal(err)
	}
	w := &archive{t: t, engine: storagetest.Open(t)}
	w.set(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
	w.ports = audit.Ports{
		Engine: w.engine, Find: findOrganisation, Rome: rome, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return *w.at.Load() },
		Names: func(_ context.Context, ids []lms.PersonID) (map[lms.PersonID]string, error) {
			out := map[lms.PersonID]string{}
			for _, id := range ids {
				out[id] = "Nome di " + string(id)
			}
			return out, nil
		},
	}
	w.Log = w.node()
	return w
}

func (w *archive) set(at time.Time)     { w.at.Store(&at) }
func (w *archive) pass(d time.Duration) { w.set(w.at.Load().Add(d)) }

// node opens the same log once more, as another process would.
func (w *archive) node(change ...func(*audit.Ports)) *audit.Log {
	w.t.Helper()
	p := w.ports
	for _, c := range change {
		c(&p)
	}
	l, err := audit.Open(w.t.Context(), p)
	w.ok(err)
	return l
}

func (w *archive) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func findOrganisation(_ context.Context, id lms.OrganisationID) (lms.Organisation, error) {
	if within[id] == nil {
		return lms.Organisation{}, lms.Fail(lms.NotFound, "error.organisation.unknown")
	}
	return lms.Organisation{ID: id, Within: within[id]}, nil
}

//nolint:gochecknoglobals // a table of the tests
var within = map[lms.OrganisationID][]lms.OrganisationID{"valle": {"valle"}, "ala": {"valle", "ala"}, "bosco": {"bosco"}}

// keeper is somebody with a role in an organisation.
func keeper(org lms.OrganisationID, role lms.Role) lms.Actor {
	return lms.Actor{ID: lms.PersonID("k-" + org), Memberships: []lms.Membership{{Organisation: org, Within: within[org], Role: role}}}
}

// added is that a person was added to an organisation.
func added(person lms.PersonID, org lms.OrganisationID) lms.Act {
	return lms.Act{
		Verb: "person.add", Object: string(person), Person: person, Within: within[org], Details: map[string]string{"role": "learner"},
		Personal: map[string]string{"name": "Maria Rossi"}, Key: "person.add/" + string(person),
	}
}

func (w *archive) note(a lms.Actor, act lms.Act) {
	w.t.Helper()
	w.ok(w.Note(w.t.Context(), a, act))
}

func (w *archive) check() audit.Checked {
	w.t.Helper()
	c, err := w.Check(w.t.Context(), 0, "")
	w.ok(err)
	return c
}

// edit changes a stored document behind the log's back.
func (w *archive) edit(collection, id string, change func(map[string]any)) {
	w.t.Helper()
	d, err := w.engine.Get(w.t.Context(), collection, id)
	w.ok(err)
	var body map[string]any
	w.ok(json.Unmarshal(d.Body, &body))
	change(body)
	d.Body, err = json.Marshal(body)
	w.ok(err)
	d.Rev, d.Tokens = d.Rev+1, []string{"edit"}
	w.ok(w.engine.Replace(w.t.Context(), collection, d))
}

// Every verb that is noted anywhere in the program is known, with words in both languages, and every known one is noted.
func TestVerbs(t *testing.T) {
	noted := map[string]bool{}
	literal := regexp.MustCompile(`(?:Verb: +|act\((?:ctx, a, )?)"([a-z.]+)"`)
	w := newArchive(t)
	err := filepath.WalkDir("../..", func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && d.Name() != "..") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		text, err := os.ReadFile(path)
		for _, m := range literal.FindAllSubmatch(text, -1) {
			noted[string(m[1])] = true
		}
		return err
	})
	w.ok(err)
	if len(noted) < 5 {
		t.Fatalf("only %d verbs are noted: is this the repository?", len(noted))
	}
	for v := range noted {
		if audit.Words(v, "it") == v || audit.Words(v, "en") == v || audit.Words(v, "en") == audit.Words(v, "it") {
			t.Errorf("%s has no words: add it to verbs in lms/audit", v)
		}
	}
	for _, v := range audit.Verbs() {
		if audit.Words(v, "it") == "" || audit.Words(v, "en") == "" || audit.Words(v, "en") == audit.Words(v, "it") {
			t.Errorf("%s lacks words", v)
		}
	}
	w.ok(w.Note(t.Context(), lms.Actor{}, lms.Act{Verb: "person.unheard"})) // noted all the same
	if err := w.Note(t.Context(), lms.Actor{}, lms.Act{Verb: "person/eat"}); err == nil {
		t.Error("what is no verb was noted")
	}
}

// The chain grows without gaps from several processes at once, each act once where it has a key, and verifies.
func TestChain(t *testing.T) {
	w := newArchive(t)
	const nodes, each = 4, 25
	var all sync.WaitGroup
	for n := range nodes {
		l := w.node()
		all.Go(func() {
			for i := range each {
				act := added(lms.PersonID(fmt.Sprintf("p-%d-%d", n, i)), "ala")
				if i%5 == 0 {
					act = added(lms.PersonID(fmt.Sprintf("everybody-%d", i)), "ala")
				}
				if err := l.Note(t.Context(), keeper("valle", lms.Administrator), act); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if c := w.check(); c.Rows != nodes*each*4/5+each/5 || c.Erased != 0 {
		t.Errorf("%+v", c)
	}
}

// Whoever changes a row, takes one out, cuts the end off or changes a personal part is found out; a person who is erased breaks nothing.
func TestTampering(t *testing.T) {
	for name, c := range map[string]struct {
		harm func(*archive)
		want string
	}{
		"a row changed":           {func(w *archive) { w.edit("acts", "000000000002", func(r map[string]any) { r["by"] = "k-bosco" }) }, "breaks at row 000000000003"},
		"the last row changed":    {func(w *archive) { w.edit("acts", "000000000005", func(r map[string]any) { r["by"] = "k-bosco" }) }, "not the one that was noted"},
		"a row taken out":         {func(w *archive) { w.remove("acts", "000000000003") }, "breaks at row 000000000004"},
		"the first row taken out": {func(w *archive) { w.remove("acts", "000000000001") }, "breaks at row 000000000002"},
		"the end cut off":         {func(w *archive) { w.remove("acts", "000000000005") }, "its end was cut off"},
		"a personal part changed": {func(w *archive) {
			w.edit("acts_private", w.privateOf("000000000002"), func(p map[string]any) { p["words"] = map[string]any{"name": "Altri"} })
		}, "the personal part of row 2"},
		"a person erased": {func(w *archive) { w.ok(w.Erase(t.Context(), "p-2")) }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := newArchive(t)
			for i := range 5 {
				w.note(keeper("valle", lms.Administrator), added(lms.PersonID(fmt.Sprint("p-", i+1)), "ala"))
			}
			before := w.check()
			c.harm(w)
			got, err := w.node().Check(t.Context(), before.Rows, before.Head)
			if c.want == "" {
				if err != nil || got.Head != before.Head || got.Erased != 1 {
					t.Errorf("%+v, %v", got, err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func (w *archive) remove(collection, id string) {
	w.t.Helper()
	d, err := w.engine.Get(w.t.Context(), collection, id)
	w.ok(err)
	w.ok(w.engine.Delete(w.t.Context(), collection, id, d.Rev))
}

func (w *archive) privateOf(row string) string {
	w.t.Helper()
	d, err := w.engine.Get(w.t.Context(), "acts", row)
	w.ok(err)
	var r audit.Row
	w.ok(json.Unmarshal(d.Body, &r))
	return r.Private
}

// An erased person's name is nowhere, and the page can say that there was something.
func TestErased(t *testing.T) {
	w := newArchive(t)
	w.note(keeper("ala", lms.Referent), added("p-1", "ala"))
	w.ok(w.Erase(t.Context(), "p-1"))
	found, _, err := w.Search(t.Context(), keeper("ala", lms.Referent), audit.Asked{Person: "p-1"}, lms.PageAt{})
	if err != nil || len(found) != 1 || !found[0].Erased || found[0].Personal != nil {
		t.Fatalf("%+v, %v", found, err)
	}
	if b, err := json.Marshal(found); err != nil || strings.Contains(string(b), "Maria") {
		t.Errorf("%s, %v", b, err)
	}
}

// Reading the same person again on a day is one row, in Italian time; on the next day, by another or of another it is a new one.
func TestReadingIsOneRowADay(t *testing.T) {
	w := newArchive(t)
	read := func(l *audit.Log, by lms.Actor, of lms.PersonID) {
		t.Helper()
		w.ok(l.Note(t.Context(), by, lms.Act{Verb: "person.read", Object: string(of), Person: of, Within: within["ala"]}))
	}
	anna, carlo := keeper("ala", lms.Referent), keeper("valle", lms.Administrator)
	for range 3 {
		read(w.Log, anna, "p-1")
		read(w.node(), anna, "p-1")
	}
	read(w.Log, anna, "p-2")
	read(w.Log, carlo, "p-1")
	w.set(time.Date(2026, 3, 2, 23, 30, 0, 0, time.UTC)) // the next day in Italy
	read(w.Log, anna, "p-1")
	if c := w.check(); c.Rows != 4 {
		t.Errorf("%d rows, want 4", c.Rows)
	}
}

// Each sees what happened where they keep the people, whatever they ask for; roles are those they acted by.
func TestSearch(t *testing.T) {
	w := newArchive(t)
	valle, ala, bosco := keeper("valle", lms.Administrator), keeper("ala", lms.Referent), keeper("bosco", lms.Administrator)
	w.note(valle, added("p-1", "ala"))
	w.pass(time.Hour)
	w.note(ala, lms.Act{Verb: "enrolment.add", Object: "e-1", Person: "p-1", Within: within["ala"]})
	w.pass(24 * time.Hour)
	w.note(bosco, lms.Act{Verb: "person.link", Object: "p-1", Person: "p-1", Within: within["bosco"]})
	w.note(valle, added("p-2", "valle"))
	w.note(lms.Actor{}, added("p-3", "bosco"))
	second := time.Date(2026, 3, 3, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		who  lms.Actor
		ask  audit.Asked
		want string
	}{
		"all of the valley":    {valle, audit.Asked{}, "p-2 e-1 p-1"},
		"all of ala":           {ala, audit.Asked{}, "e-1 p-1"},
		"ala from above":       {valle, audit.Asked{Organisation: "ala"}, "e-1 p-1"},
		"about a person":       {valle, audit.Asked{Person: "p-1"}, "e-1 p-1"},
		"the same, elsewhere":  {bosco, audit.Asked{Person: "p-1"}, "p-1"},
		"by somebody":          {valle, audit.Asked{By: "k-valle"}, "p-2 p-1"},
		"by somebody, in ala":  {valle, audit.Asked{By: "k-valle", Organisation: "ala"}, "p-1"},
		"by, seen from below":  {ala, audit.Asked{By: "k-valle"}, "p-1"},
		"by and about":         {valle, audit.Asked{By: "k-ala", Person: "p-1"}, "e-1"},
		"a verb":               {valle, audit.Asked{Verb: "person.add"}, "p-2 p-1"},
		"a verb about":         {valle, audit.Asked{Verb: "enrolment.add", Person: "p-1"}, "e-1"},
		"from a day":           {valle, audit.Asked{From: second}, "p-2"},
		"to a day":             {valle, audit.Asked{To: second}, "e-1 p-1"},
		"the command line's":   {bosco, audit.Asked{}, "p-3 p-1"},
		"a person of another":  {ala, audit.Asked{Person: "p-3"}, ""},
		"between":              {valle, audit.Asked{Person: "p-1", From: second.Add(-14 * time.Hour), To: second}, "e-1"},
		"nothing of that kind": {ala, audit.Asked{Verb: "certificate.revoke"}, ""},
	} {
		for _, limit := range []int{0, 1, 2} {
			var got []string
			at := lms.PageAt{Limit: limit}
			for {
				found, next, err := w.Search(t.Context(), c.who, c.ask, at)
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				for _, e := range found {
					got = append(got, e.Object)
				}
				if at.After = next; next == "" {
					break
				}
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%s, %d a page: %v, want %s", name, limit, got, c.want)
			}
		}
	}
	found, _, err := w.Search(t.Context(), valle, audit.Asked{Person: "p-1"}, lms.PageAt{})
	if err != nil || found[0].Role != lms.Referent || found[1].Role != lms.Administrator || found[0].ByName != "Nome di k-ala" || found[1].Personal["name"] != "Maria Rossi" {
		t.Errorf("%+v, %v", found, err)
	}
}

// Who keeps no people reads nothing, and nobody reads another ente's.
func TestWhoMayRead(t *testing.T) {
	w := newArchive(t)
	w.note(keeper("ala", lms.Administrator), added("p-1", "ala"))
	for name, c := range map[string]struct {
		who  lms.Actor
		ask  audit.Asked
		want lms.ErrorKind
	}{
		"nobody":           {lms.Actor{}, audit.Asked{}, lms.SignIn},
		"a learner":        {keeper("ala", lms.Learner), audit.Asked{}, lms.Forbidden},
		"a manager":        {keeper("ala", lms.Manager), audit.Asked{Person: "p-1"}, lms.Forbidden},
		"an author":        {keeper("ala", lms.Author), audit.Asked{By: "k-ala"}, lms.Forbidden},
		"another ente's":   {keeper("bosco", lms.Administrator), audit.Asked{Organisation: "ala"}, lms.NotFound},
		"from below":       {keeper("ala", lms.Referent), audit.Asked{Organisation: "valle"}, lms.NotFound},
		"an unknown ente":  {keeper("ala", lms.Referent), audit.Asked{Organisation: "x/y"}, lms.NotFound},
		"a strange verb":   {keeper("ala", lms.Referent), audit.Asked{Verb: "x/y"}, lms.Invalid},
		"a strange person": {keeper("ala", lms.Referent), audit.Asked{Person: "\x00"}, lms.Invalid},
	} {
		_, _, err := w.Search(t.Context(), c.who, c.ask, lms.PageAt{})
		if !lms.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if each, err := w.Each(t.Context(), c.who, c.ask); err == nil {
			for _, err = range each {
				break
			}
			if !lms.Is(err, c.want) {
				t.Errorf("%s exports: %v, want %v", name, err, c.want)
			}
		}
	}
}

// Looking through the log is one act a day, which whoever keeps the organisation sees.
func TestLookingIsAnAct(t *testing.T) {
	w := newArchive(t)
	ala := keeper("ala", lms.Referent)
	w.note(ala, added("p-1", "ala"))
	for range 2 {
		found, _, err := w.Look(t.Context(), ala, audit.Asked{Verb: "person.add"}, lms.PageAt{})
		if err != nil || len(found) != 1 {
			t.Fatalf("%v, %v", found, err)
		}
	}
	if _, _, err := w.Look(t.Context(), keeper("bosco", lms.Administrator), audit.Asked{Organisation: "ala"}, lms.PageAt{}); !lms.Is(err, lms.NotFound) {
		t.Errorf("another ente's: %v", err)
	}
	found, _, err := w.Search(t.Context(), ala, audit.Asked{Verb: "audit.read"}, lms.PageAt{})
	if err != nil || len(found) != 1 || found[0].By != "k-ala" {
		t.Errorf("%+v, %v", found, err)
	}
}

// An administrator checks the chain from a page, and what was found is remembered.
func TestVerify(t *testing.T) {
	w := newArchive(t)
	valle := keeper("valle", lms.Administrator)
	w.note(valle, added("p-1", "ala"))
	for name, who := range map[string]lms.Actor{"nobody": {}, "a referent": keeper("ala", lms.Referent)} {
		if _, err := w.Verify(t.Context(), who); !lms.Is(err, lms.Forbidden) && !lms.Is(err, lms.SignIn) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if v, err := w.Verdict(t.Context()); !v.At.IsZero() || err != nil {
		t.Errorf("%+v, %v", v, err)
	}
	v, err := w.Verify(t.Context(), valle)
	if err != nil || v.Break != nil || v.Rows != 1 || v.At.IsZero() {
		t.Fatalf("%+v, %v", v, err)
	}
	other := w.node()
	if seen, err := other.Verdict(t.Context()); err != nil || seen.Rows != 1 || seen.Head != v.Head || !seen.At.Equal(v.At) {
		t.Errorf("another process shows %+v, %v", seen, err)
	}
	w.edit("acts", "000000000001", func(b map[string]any) { b["verb"] = "person.erase" })
	if v, err = other.Verify(t.Context(), valle); err != nil || v.Break == nil || v.Break.Row != 1 || v.Break.Personal {
		t.Fatalf("%+v, %v", v, err)
	}
	if seen, err := w.Verdict(t.Context()); err != nil || seen.Break == nil || *seen.Break != *v.Break || seen.Break.Error() == "" {
		t.Errorf("this process shows %+v, %v", seen, err)
	}
	if v, err = w.Verify(t.Context(), valle); err != nil || v.Break == nil || v.Break.Row != 2 { // no head is known any more that was whole
		t.Fatalf("%+v, %v", v, err)
	}
}

// A chain whose end was cut off since the check before is found broken, whichever process checks.
func TestVerifyRemembersTheEnd(t *testing.T) {
	w := newArchive(t)
	valle := keeper("valle", lms.Administrator)
	w.note(valle, added("p-1", "ala"))
	w.note(valle, added("p-2", "ala"))
	v, err := w.Verify(t.Context(), valle)
	if err != nil || v.Break != nil || v.Rows != 2 {
		t.Fatalf("%+v, %v", v, err)
	}
	for _, id := range []string{"000000000003", "000000000002"} { // the check itself is an act
		w.remove("acts", id)
	}
	if v, err = w.node().Verify(t.Context(), valle); err != nil || v.Break == nil || v.Break.Row != 2 {
		t.Errorf("cut off: %+v, %v", v, err)
	}
}

// The export holds what the page shows, no cell is a formula, and exporting is an act.
func TestExport(t *testing.T) {
	w := newArchive(t)
	ala := keeper("ala", lms.Referent)
	act := added("p-1", "ala")
	act.Personal = map[string]string{"name": "=HYPERLINK(\"http://evil.example\")", "note": "a;b\n\"c\""}
	act.Object = "-1+1"
	w.note(ala, act)
	w.note(keeper("bosco", lms.Administrator), added("p-9", "bosco"))
	each, err := w.Each(t.Context(), ala, audit.Asked{})
	w.ok(err)
	var b bytes.Buffer
	w.ok(sheet.CSV(&b, w.Table("it", audit.Plain(), each)))
	if !bytes.HasPrefix(b.Bytes(), []byte("\ufeffN.;Data e ora;Chi")) || strings.Contains(b.String(), "p-9") {
		t.Errorf("%s", b.String())
	}
	for _, want := range []string{"2026-03-02 10:00:00", "Nome di k-ala", "referent", "ha aggiunto una persona", "'-1+1", "ha esportato"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
	got, err := sheet.All(sheet.Read(b.Bytes()))
	if err != nil || len(got) != 3 {
		t.Errorf("%d rows, %v", len(got), err)
	}
	if c := w.check(); c.Rows != 3 {
		t.Errorf("%d rows in the chain, want the two acts and the export", c.Rows)
	}
}

// away is an engine whose log cannot be written while broken is set.
type away struct {
	lms.Engine
	broken atomic.Bool
}

func (e *away) Insert(ctx context.Context, collection string, d lms.Document) error {
	if e.broken.Load() {
		return errors.New("disk full")
	}
	return e.Engine.Insert(ctx, collection, d)
}

// An act that cannot be written is said in the process's log, waits, and is written by the sweep; the personal part of it is not in that log.
func TestNotLost(t *testing.T) {
	w := newArchive(t)
	e := &away{Engine: w.engine}
	var said bytes.Buffer
	l := w.node(func(p *audit.Ports) { p.Engine, p.Log = e, slog.New(slog.NewTextHandler(&said, nil)) })
	e.broken.Store(true)
	act := added("p-1", "ala")
	w.ok(l.Note(t.Context(), keeper("ala", lms.Referent), act))
	if err := l.Sweep(t.Context()); err == nil {
		t.Error("the sweep wrote on a full disk")
	}
	if !strings.Contains(said.String(), "person.add") || strings.Contains(said.String(), "Maria") {
		t.Errorf("the process's log: %s", said.String())
	}
	at := *w.at.Load()
	w.pass(time.Hour)
	e.broken.Store(false)
	w.ok(l.Sweep(t.Context()))
	w.ok(l.Sweep(t.Context()))
	found, _, err := w.Search(t.Context(), keeper("ala", lms.Referent), audit.Asked{}, lms.PageAt{})
	if err != nil || len(found) != 1 || !found[0].At.Equal(at) || found[0].Personal["name"] != "Maria Rossi" {
		t.Errorf("%+v, %v", found, err)
	}
}

// A browser that goes away takes no act with it.
func TestGoneClient(t *testing.T) {
	w := newArchive(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w.ok(w.Note(ctx, keeper("ala", lms.Referent), added("p-1", "ala")))
	if w.check().Rows != 1 {
		t.Error("it was not noted")
	}
}

// One chain is no bottleneck: staff of a whole region do not act two hundred times a second.
func BenchmarkNote(b *testing.B) {
	w := newArchive(b)
	who := keeper("ala", lms.Referent)
	var n atomic.Int64
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := w.Note(b.Context(), who, added(lms.PersonID(fmt.Sprint("p-", n.Add(1))), "ala")); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "acts/s")
}
