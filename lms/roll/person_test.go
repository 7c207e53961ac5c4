package roll_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/lms"
	"aulacomune/lms/roll"
)

// Who keeps people changes theirs, and nobody else's.
func TestEveryDeedAsEverybody(t *testing.T) {
	o := newOffice(t)
	author, manager := o.person("aldo", "ala", lms.Author), o.person("mina", "ala", lms.Manager)
	foreign := o.person("gino", "mare", lms.Administrator)
	sleepy := o.person("nino", "ala", lms.Learner)
	double := o.person("leone", "ala", lms.Learner)
	ctx := t.Context()
	before := o.state()
	for name, do := range map[string]func(a lms.Actor) error{
		"Correct": func(a lms.Actor) error {
			_, err := o.Correct(ctx, a, sleepy.ID, roll.Correction{Given: "N", Family: "R", Login: "nn"})
			return err
		},
		"Transfer": func(a lms.Actor) error {
			_, err := o.Transfer(ctx, a, sleepy.ID, roll.Place{Organisation: "ala", Office: "Nuovo"})
			return err
		},
		"Give": func(a lms.Actor) error {
			_, err := o.Give(ctx, a, sleepy.ID, roll.Place{Organisation: "ala", Role: lms.Manager})
			return err
		},
		"Take":    func(a lms.Actor) error { _, err := o.Take(ctx, a, manager.ID, lms.Manager, "ala"); return err },
		"Leave":   func(a lms.Actor) error { _, err := o.Leave(ctx, a, sleepy.ID); return err },
		"Suspend": func(a lms.Actor) error { _, err := o.Suspend(ctx, a, sleepy.ID, "assente"); return err },
		"Resume":  func(a lms.Actor) error { _, err := o.Resume(ctx, a, sleepy.ID); return err },
		"Merge":   func(a lms.Actor) error { _, err := o.Merge(ctx, a, o.learner.ID, double.ID); return err },
		"Erase":   func(a lms.Actor) error { return o.Erase(ctx, a, sleepy.ID, roll.Erasure{Reason: "chiesto"}) },
		"Copy":    func(a lms.Actor) error { return o.Copy(ctx, a, sleepy.ID, io.Discard) },
		"Doubles": func(a lms.Actor) error { _, err := o.Doubles(ctx, a, "ala", 10); return err },
		"Bring": func(a lms.Actor) error {
			_, err := o.Bring(ctx, a, roll.File{Bytes: []byte("nome;cognome;login\nA;B;c"), Organisation: "ala"})
			return err
		},
		"Intakes": func(a lms.Actor) error { _, _, err := o.Intakes(ctx, a, "ala", lms.PageAt{}); return err },
	} {
		for who, a := range map[string]lms.Actor{"nobody": {}, "a learner": o.learner, "an author": author, "a manager": manager, "the referent of another ente": o.beside, "a foreign administrator": foreign} {
			if err := do(a); !lms.Is(err, lms.SignIn) && !lms.Is(err, lms.Forbidden) && !lms.Is(err, lms.NotFound) && !lms.Is(err, lms.Invalid) {
				t.Errorf("%s as %s: %v", name, who, err)
			}
		}
		token := o.referent
		token.Scope = lms.ScopeRead
		if err := do(token); err != nil && !lms.Is(err, lms.Forbidden) || err == nil && !slices.Contains([]string{"Intakes", "Copy"}, name) {
			t.Errorf("%s with a token that reads: %v", name, err)
		}
	}
	if o.state() != before {
		t.Error("a refused deed changed something")
	}
}

// A referent has no way to the account of an administrator.
func TestAReferentGetsNoFurtherThanTheirOwn(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	chief := o.person("capo", "ala", lms.Administrator)
	for name, err := range map[string]error{
		"correct": func() error {
			_, err := o.Correct(ctx, o.referent, chief.ID, roll.Correction{Given: "C", Family: "P", Email: "mine@prova.example", Login: "capo"})
			return err
		}(),
		"suspend": func() error { _, err := o.Suspend(ctx, o.referent, chief.ID, "per gioco"); return err }(),
		"transfer": func() error {
			_, err := o.Transfer(ctx, o.referent, chief.ID, roll.Place{Organisation: "ala", Office: "Cantina"})
			return err
		}(),
		"merge": func() error { _, err := o.Merge(ctx, o.referent, o.learner.ID, chief.ID); return err }(),
		"leave": func() error { _, err := o.Leave(ctx, o.referent, chief.ID); return err }(),
	} {
		o.kind(err, lms.Forbidden, "")
		if t.Failed() {
			t.Fatal(name)
		}
	}
	for role, may := range map[lms.Role]bool{lms.Manager: true, lms.Instructor: true, lms.Author: false, lms.Referent: false, lms.Administrator: false} {
		_, err := o.Give(ctx, o.referent, o.learner.ID, roll.Place{Organisation: "ala", Role: role})
		if may != (err == nil) {
			t.Errorf("gives %s: %v", role, err)
		}
	}
	_, err := o.Give(ctx, o.referent, o.learner.ID, roll.Place{Organisation: "bosco", Role: lms.Manager})
	o.kind(err, lms.Invalid, "organisation")
	_, err = o.Take(ctx, o.referent, o.referent.ID, lms.Referent, "ala")
	o.kind(err, lms.Invalid, "role")
}

func TestWhoMovesToAnotherEnteKeepsWhatTheyDid(t *testing.T) {
	o := newOffice(t)
	earned := o.earn(o.learner)
	_, err := o.Transfer(t.Context(), o.referent, o.learner.ID, roll.Place{Organisation: "bosco"})
	o.kind(err, lms.Invalid, "organisation") // the referent of one ente has no say in another
	o.clock.pass(24 * time.Hour)
	p, err := o.Transfer(t.Context(), o.admin, o.learner.ID, roll.Place{Organisation: "bosco", Office: "Anagrafe", Category: lms.CategoryOfficer})
	o.ok(err)
	if m := p.Current(o.clock.now()); m.Organisation != "bosco" || m.Office != "Anagrafe" || len(p.Memberships) != 2 || !p.Memberships[1].To.Equal(o.clock.now()) {
		t.Errorf("%+v", p.Memberships)
	}
	again, err := o.Transfer(t.Context(), o.admin, o.learner.ID, roll.Place{Organisation: "bosco", Office: "Anagrafe", Category: lms.CategoryOfficer})
	o.ok(err)
	if len(again.Memberships) != 2 {
		t.Error("the same transfer again is another")
	}
	mine, err := o.house.School.Register.Mine(t.Context(), lms.ActorOf(p, o.clock.now(), lms.Everything))
	if err != nil || len(mine) != 1 || mine[0].Printed.Organisation != "Comune di ala" {
		t.Errorf("%v %+v", err, mine)
	}
	of, err := o.house.School.Learning.OfPerson(t.Context(), o.referent, o.learner.ID)
	if err != nil || len(of) != 1 || of[0].Enrolment.ID != earned {
		t.Errorf("the ente they left no longer sees what they did for it: %v", err)
	}
	if _, err := o.Suspend(t.Context(), o.referent, o.learner.ID, "x"); !lms.Is(err, lms.Forbidden) {
		t.Errorf("the ente they left suspends them: %v", err)
	}
}

func TestWhoIsSuspendedIsOutAtOnce(t *testing.T) {
	o := newOffice(t)
	accounts := o.house.School.Accounts
	secret, err := accounts.Enter(t.Context(), "leo")
	o.ok(err)
	token, err := accounts.AddToken(t.Context(), o.learner, "lettore", lms.ScopeRead, 10)
	o.ok(err)
	added, err := o.house.School.People.NewLink(t.Context(), o.referent, o.learner.ID)
	o.ok(err)
	_, err = o.Suspend(t.Context(), o.referent, o.learner.ID, " ")
	o.kind(err, lms.Invalid, "reason")
	_, err = o.Suspend(t.Context(), o.referent, o.learner.ID, "In aspettativa")
	o.ok(err)
	for _, s := range []string{secret, token} {
		if a, err := accounts.Bearer(t.Context(), s); err != nil || !a.Nobody() {
			t.Errorf("still in: %v %+v", err, a)
		}
	}
	if _, err := accounts.OpenLink(t.Context(), added.Link); !lms.Is(err, lms.NotFound) {
		t.Errorf("a link lets them in: %v", err)
	}
	_, err = o.Resume(t.Context(), o.referent, o.learner.ID)
	o.ok(err)
	if a, err := accounts.Bearer(t.Context(), token); err != nil || a.ID != o.learner.ID {
		t.Errorf("not in again: %v", err)
	}
}

func TestTwoAreFoundToBeOne(t *testing.T) {
	o := newOffice(t)
	twin := o.person("leonardo", "ala", lms.Learner)
	_, err := o.Correct(t.Context(), o.referent, twin.ID, roll.Correction{Given: "LÉO", Family: "Prova", Email: "leonardo@prova.example", Login: "leonardo"})
	o.ok(err)
	pairs, err := o.Doubles(t.Context(), o.referent, "ala", 10)
	if err != nil || len(pairs) != 1 || len(pairs[0]) != 2 {
		t.Fatalf("%v %+v", err, pairs)
	}
	first, second := o.earn(o.learner), o.earn(twin)
	for range 2 { // the same again changes nothing
		_, err = o.Merge(t.Context(), o.referent, o.learner.ID, twin.ID)
		o.ok(err)
	}
	p := o.again(o.learner.ID)
	me := lms.ActorOf(p, o.clock.now(), lms.Everything)
	of, err := o.house.School.Learning.Of(t.Context(), p.ID)
	if err != nil || len(of) != 2 || of[0].Enrolment.Turn == of[1].Enrolment.Turn || of[0].Enrolment.Completed.IsZero() || of[1].Enrolment.Completed.IsZero() {
		t.Errorf("%v %+v of %s and %s", err, of, first, second)
	}
	if mine, err := o.house.School.Register.Mine(t.Context(), me); err != nil || len(mine) != 2 {
		t.Errorf("%v, %d certificates", err, len(mine))
	}
	if _, err := o.house.School.People.ByLogin(t.Context(), "leonardo"); !lms.Is(err, lms.NotFound) {
		t.Errorf("the double can still be found: %v", err)
	}
	if n := o.count("ala"); n != 2 {
		t.Errorf("%d people", n)
	}
	for _, c := range [][2]lms.PersonID{{p.ID, p.ID}, {twin.ID, p.ID}} {
		_, err := o.Merge(t.Context(), o.referent, c[0], c[1])
		if !lms.Is(err, lms.Invalid) && !lms.Is(err, lms.NotFound) {
			t.Errorf("%v into %v: %v", c[1], c[0], err)
		}
	}
	if n, err := o.house.School.Register.Check(t.Context(), "valle"); err != nil || n != 2 {
		t.Errorf("the register: %d rows, %v", n, err)
	}
}

func TestAPersonsCopyAndTheirErasure(t *testing.T) {
	o := newOffice(t)
	o.earn(o.learner)
	var b bytes.Buffer
	o.ok(o.Copy(t.Context(), o.learner, "", &b))
	files := unzip(t, b.Bytes())
	var me struct {
		Given       string `json:"given_name"`
		Memberships []struct{ Organisation string }
	}
	o.ok(json.Unmarshal(files["person.json"], &me))
	if me.Given != "Leo" || len(me.Memberships) != 1 || !bytes.Contains(files["courses.json"], []byte(`"completed"`)) {
		t.Errorf("%s\n%s", files["person.json"], files["courses.json"])
	}
	pdfs := 0
	for name, body := range files {
		if strings.HasSuffix(name, ".pdf") && bytes.HasPrefix(body, []byte("%PDF-")) {
			pdfs++
		}
		for _, secret := range []string{"argon2", `"password"`} {
			if bytes.Contains(body, []byte(secret)) {
				t.Errorf("%s holds %q", name, secret)
			}
		}
	}
	if pdfs != 1 {
		t.Errorf("%d certificates", pdfs)
	}

	o.kind(o.Erase(t.Context(), o.referent, o.learner.ID, roll.Erasure{Reason: "chiesto"}), lms.NotFound, "") // an administrator's word is asked
	o.kind(o.Erase(t.Context(), o.admin, o.learner.ID, roll.Erasure{}), lms.Invalid, "reason")
	for range 2 {
		o.ok(o.Erase(t.Context(), o.admin, o.learner.ID, roll.Erasure{Reason: "chiesto", Certificates: true}))
	}
	for _, c := range lms.Collections() {
		for e, err := range o.house.Engine.Scan(t.Context(), c.Name, lms.Range{Index: lms.IndexSpec{Name: "id", Unique: true}}) {
			o.ok(err)
			for _, trace := range []string{"Leo", "leo@prova", `"leo"`, "prova leo"} {
				if bytes.Contains(e.Body, []byte(trace)) {
					t.Errorf("%s %s still holds %q: %s", c.Name, e.ID, trace, e.Body)
				}
			}
		}
	}
	for info, err := range o.house.Objects.List(t.Context(), "certificates/") {
		t.Errorf("%v %v is left", info, err)
	}
	if n, err := o.house.School.Register.Check(t.Context(), "valle"); err != nil || n != 1 {
		t.Errorf("the register: %d rows, %v", n, err)
	}
}

func unzip(t *testing.T, b []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if out[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// earn is somebody who completes a course of one reading, certificate and all.
func (o *office) earn(a lms.Actor) lms.EnrolmentID {
	o.t.Helper()
	ctx := o.t.Context()
	if _, err := o.house.School.Library.Find(ctx, "lettura"); lms.Is(err, lms.NotFound) {
		source, err := wiring.ReadSource(ctx, fstest.MapFS{
			"course.yaml":       {Data: []byte("slug: lettura\ntitle: Una lettura\nsummary: Una sola lettura, per le prove.\nlang: it\nprogramme: Una lettura.\naudience: Chi prova.\nobjectives:\n  - Leggere\nmodules:\n  - id: m\n    folder: 01-m\n    title: Modulo\n")},
			"01-m/01-saluto.md": {Data: []byte("---\nid: saluto\ntitle: Il saluto\nkind: reading\nminutes: 1\ncomplete:\n  read: true\nobjectives:\n  - Salutare\n---\n\nChi entra saluta.\n")},
		})
		o.ok(err)
		p, err := wiring.PublishHere(ctx, o.house.School, o.person("vera", "valle", lms.Author), source, wiring.Note{Text: "prima"})
		if err != nil {
			o.t.Fatal(err, p.Findings)
		}
	}
	st, err := o.house.School.Learning.Enrol(ctx, a, "lettura")
	o.ok(err)
	for _, k := range []lms.EventKind{lms.Opened, lms.Read} {
		_, err = o.house.School.Learning.Record(ctx, a, st.Enrolment.ID, []lms.Event{{ID: string(k), Object: "saluto", Kind: k}})
		o.ok(err)
	}
	if st, err = o.house.School.Learning.Mine(ctx, a, "lettura"); err != nil || st.Enrolment.Certificate() == "" {
		o.t.Fatalf("%v: no certificate: %+v", err, st.Enrolment)
	}
	return st.Enrolment.ID
}

// A merge passes on no roles, and nothing by which somebody with a role signed in.
func TestAMergePassesOnNoRoles(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	boss := o.person("sandra", "ala", lms.Manager)
	pair, err := o.Compare(ctx, o.referent, o.learner.ID, boss.ID)
	o.ok(err)
	if !pair.Names || !pair.Roles || len(pair.InTheWay) != 1 || pair.InTheWay[0].Role != lms.Manager || pair.PassedOn != "" || pair.Ending != "sandra@prova.example, sandra" {
		t.Errorf("%+v", pair)
	}
	before := o.state()
	for _, c := range []struct {
		name         string
		keep, double lms.PersonID
	}{{"a role", o.learner.ID, boss.ID}, {"oneself", o.learner.ID, o.referent.ID}, {"the same", o.learner.ID, o.learner.ID}} {
		if _, err := o.Merge(ctx, o.referent, c.keep, c.double); !lms.Is(err, lms.Invalid) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if o.state() != before {
		t.Error("a refused merge changed something")
	}
	_, err = o.Take(ctx, o.referent, boss.ID, lms.Manager, "ala")
	o.ok(err)
	_, err = o.Merge(ctx, o.referent, o.learner.ID, boss.ID)
	o.ok(err)
	leo := o.again(o.learner.ID)
	if leo.Login != "leo" || leo.Email != "leo@prova.example" || len(leo.Memberships) != 1 || leo.Memberships[0].Role != lms.Learner {
		t.Errorf("%+v", leo)
	}

	first, second := o.person("mina", "ala", lms.Manager), o.person("mirna", "ala", lms.Manager)
	_, err = o.Merge(ctx, o.referent, first.ID, second.ID)
	o.ok(err)
	holders, err := o.house.School.People.Holders(ctx, lms.Manager, "ala")
	if err != nil || len(holders) != 1 || holders[0].ID != first.ID {
		t.Errorf("who manages: %v %+v", err, holders)
	}
}

// Who has no login takes over that of the double, where neither has a role.
func TestAMergePassesOnWhatALearnerSignsInWith(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	twin := o.person("leonardo", "ala", lms.Learner)
	_, err := o.Correct(ctx, o.referent, o.learner.ID, roll.Correction{Given: "Leo", Family: "Prova", Email: "leo@prova.example"})
	o.ok(err)
	pair, err := o.Compare(ctx, o.referent, o.learner.ID, twin.ID)
	o.ok(err)
	if pair.Roles || pair.PassedOn != "leonardo" || pair.Ending != "leonardo@prova.example" {
		t.Errorf("%+v", pair)
	}
	_, err = o.Merge(ctx, o.referent, o.learner.ID, twin.ID)
	o.ok(err)
	if p, err := o.house.School.People.ByLogin(ctx, "leonardo"); err != nil || p.ID != o.learner.ID {
		t.Errorf("%v %+v", err, p)
	}
}
