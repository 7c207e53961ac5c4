package lms_test

import (
	"aulacomune/lms/codes"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
)

var errBroken = errors.New("out of order")

// faulty are ports that fail while a test wants them to.
type faulty struct {
	lms.Engine
	lms.Objects
	drawing, storing atomic.Bool
	forgetting       atomic.Bool            // an enrolment cannot be told of its certificate
	lost             atomic.Bool            // the register's rows are kept, and the answer is lost
	poisoned         atomic.Pointer[string] // whose certificate cannot be drawn
}

// breakable puts faulty ports into a school.
func (f *faulty) breakable(p *lms.Ports) {
	f.Engine, f.Objects = p.Engine, p.Objects
	p.Engine, p.Objects = faultyEngine{p.Engine, f}, faultyObjects{p.Objects, f}
	draw := p.Draw
	p.Draw = func(x lms.Printed) ([]byte, error) {
		if who := f.poisoned.Load(); f.drawing.Load() || who != nil && strings.HasPrefix(x.Person, *who) {
			return nil, errBroken
		}
		return draw(x)
	}
}

type faultyObjects struct {
	lms.Objects
	f *faulty
}

func (o faultyObjects) Put(ctx context.Context, key string, r io.Reader, size int64, mediaType string) error {
	if o.f.storing.Load() && strings.HasPrefix(key, "certificates/") {
		return errBroken
	}
	return o.Objects.Put(ctx, key, r, size, mediaType)
}

type faultyEngine struct {
	lms.Engine
	f *faulty
}

func (e faultyEngine) Insert(ctx context.Context, collection string, d lms.Document) error {
	err := e.Engine.Insert(ctx, collection, d)
	if err == nil && collection == "register" && e.f.lost.Swap(false) {
		return lms.Fail(lms.Unavailable, "error.unavailable")
	}
	return err
}

func (e faultyEngine) Replace(ctx context.Context, collection string, next lms.Document) error {
	if e.f.forgetting.Load() && collection == "enrolments" && bytes.Contains(next.Body, []byte(`"certificates"`)) {
		return errBroken
	}
	return e.Engine.Replace(ctx, collection, next)
}

func TestTheLastEventGivesTheCertificate(t *testing.T) {
	r := newClassroom(t, reading("a"), quiz("q"), reading("z"))
	r.sent(answer("q", "q", answers{"one": {"a"}, "many": {"a", "b"}}), event("a", "a", lms.Read))
	r.clock.pass(time.Hour)
	got := r.sent(event("z", "z", lms.Read))
	code := got.Enrolment.Certificate()
	if got.State != lms.Completed || got.Pending || got.Percent != 100 || code == "" {
		t.Fatalf("%s, pending %t, %d %%, code %q", got.State, got.Pending, got.Percent, code)
	}
	v, err := r.Register.Verify(t.Context(), strings.ToLower(strings.ReplaceAll(string(code), "-", " ")))
	r.ok(err)
	at := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	want := lms.Printed{
		Lang: "it", Title: "Attestato di superamento", Issuer: "Comune di ala", Person: "Anna Rossi", Organisation: "Comune di ala", Role: "funzionario",
		Course: "Corso corso", Edition: 1, EditionHash: string(got.Enrolment.Hash[:12]), Programme: "Programma", Modules: []string{"Modulo"}, Minutes: 25, Planned: 25,
		Mode: "e-learning asincrono", From: at.Add(-time.Hour), To: at, Result: "2 risposte esatte su 2", Number: "1/2026", Place: "Ala", Issued: at,
		Signatory: "Elena Marchetti", SignatoryAs: "Direttrice", Code: code, Verify: "https://aula.example/verifica/" + string(code), Privacy: "Privacy.",
	}
	if !reflect.DeepEqual(v.Printed, want) {
		t.Errorf("printed %+v\nwant %+v", v.Printed, want)
	}
	if v.State != lms.Valid || v.Erased || v.Row.Person != r.learner.ID || v.Row.Enrolment != r.id {
		t.Errorf("%+v", v)
	}
}

func TestTheRegisterHoldsTheHashOfTheBytesIssued(t *testing.T) {
	r := newClassroom(t, reading("a"))
	code := r.earn(r.learner, r.course).Enrolment.Certificate()
	v, pdf, err := r.Register.OpenPDF(t.Context(), string(code), "192.0.2.1")
	r.ok(err)
	if sum(pdf) != v.Row.PDF {
		t.Errorf("hash %s, row %s", sum(pdf), v.Row.PDF)
	}
	var drawn lms.Printed
	r.ok(json.Unmarshal(pdf, &drawn))
	if !reflect.DeepEqual(drawn, v.Printed) {
		t.Errorf("drawn %+v\nverify says %+v", drawn, v.Printed)
	}
	row := encoded(t, v.Row)
	if bytes.Contains(row, []byte("Anna")) || bytes.Contains(row, []byte("funzionario")) {
		t.Errorf("the row names the person: %s", row)
	}
}

func TestACertificateThatCannotBeMadeNowIsMadeByTheSweep(t *testing.T) {
	for _, c := range []struct {
		name string
		part func(*faulty) *atomic.Bool
	}{
		{"drawing fails", func(f *faulty) *atomic.Bool { return &f.drawing }},
		{"storing fails", func(f *faulty) *atomic.Bool { return &f.storing }},
	} {
		t.Run(c.name, func(t *testing.T) {
			var f faulty
			r := openClassroom(newTown(t, f.breakable), lessons("corso", reading("a")))
			c.part(&f).Store(true)
			got := r.earn(r.learner, r.course)
			if !got.Pending || got.State != lms.Completed || got.Percent != 100 || got.Enrolment.Certificate() != "" {
				t.Fatalf("%+v", got)
			}
			if err := r.Sweep(t.Context()); !errors.Is(err, errBroken) {
				t.Errorf("the sweep says %v", err)
			}
			if r.chain(t, "ala") != 0 {
				t.Error("a row was issued without its PDF")
			}
			if issued, pending, err := r.CountCertificates(t.Context()); err != nil || issued != 0 || pending != 1 {
				t.Errorf("%d issued, %d pending, %v", issued, pending, err)
			}
			if waits, err := r.Learning.Pending(t.Context(), r.admin); err != nil || len(waits) != 1 || waits[0].ID != r.id {
				t.Errorf("an administrator sees %+v, %v", waits, err)
			}
			elsewhere := r.admin
			elsewhere.Memberships = []lms.Membership{{Organisation: "altrove", Within: []lms.OrganisationID{"altrove"}, Role: lms.Administrator}}
			if waits, err := r.Learning.Pending(t.Context(), elsewhere); err != nil || len(waits) != 0 {
				t.Errorf("an administrator elsewhere sees %+v, %v", waits, err)
			}
			c.part(&f).Store(false)
			r.clock.pass(time.Hour)
			r.ok(r.Sweep(t.Context()))
			after := r.standing(r.learner, r.id)
			v, err := r.Register.Verify(t.Context(), string(after.Enrolment.Certificate()))
			if err != nil || after.Pending || !v.Printed.To.Equal(got.Enrolment.Completed) || !v.Printed.Issued.Equal(r.clock.now()) || r.chain(t, "ala") != 1 {
				t.Errorf("%v %+v", err, v.Printed)
			}
			r.ok(r.Sweep(t.Context()))
			if waits, err := r.Learning.Pending(t.Context(), r.admin); err != nil || len(waits) != 0 || r.chain(t, "ala") != 1 {
				t.Errorf("the second sweep issued again, or something waits: %+v, %v", waits, err)
			}
			if issued, pending, err := r.CountCertificates(t.Context()); err != nil || issued != 1 || pending != 0 {
				t.Errorf("after the sweep %d issued, %d pending, %v", issued, pending, err)
			}
		})
	}
}

func TestOneThatCannotBeIssuedKeepsNobodyElseWaiting(t *testing.T) {
	var f faulty
	r := openClassroom(newTown(t, f.breakable), lessons("corso", reading("a")))
	f.drawing.Store(true)
	r.earn(r.learner, r.course) // the first in the queue
	other := r.person("bruno", "ala", lms.Learner)
	st := r.earn(other, r.course)
	who := "Anna"
	f.poisoned.Store(&who)
	f.drawing.Store(false)
	if err := r.Sweep(t.Context()); !errors.Is(err, errBroken) {
		t.Errorf("the sweep says %v", err)
	}
	if r.standing(other, st.Enrolment.ID).Pending {
		t.Error("Bruno waits for Anna's certificate")
	}
}

func TestARowWhoseAnswerWasLostIsThereOnce(t *testing.T) {
	var f faulty
	r := openClassroom(newTown(t, f.breakable), lessons("corso", reading("a")))
	f.lost.Store(true)
	got := r.earn(r.learner, r.course)
	if got.Pending || f.lost.Load() || r.chain(t, "ala") != 1 {
		t.Errorf("%+v", got)
	}
	if _, _, err := r.Register.OpenPDF(t.Context(), string(got.Enrolment.Certificate()), "192.0.2.1"); err != nil {
		t.Error(err)
	}
}

// A node stops between the register and the enrolment, and the certificate is revoked before the sweep finds it: it stays revoked.
func TestTheSweepDoesNotUndoARevocation(t *testing.T) {
	var f faulty
	r := openClassroom(newTown(t, f.breakable), lessons("corso", reading("a")))
	f.forgetting.Store(true)
	if got := r.earn(r.learner, r.course); !got.Pending {
		t.Fatalf("%+v", got)
	}
	code := r.rowsOf(t, "ala")[0].Code
	_, err := r.Register.Revoke(t.Context(), r.admin, string(code), "errore")
	r.ok(err)
	f.forgetting.Store(false)
	r.ok(r.Sweep(t.Context()))
	st := r.standing(r.learner, r.id)
	if st.Pending || st.Enrolment.Certificate() != code || r.chain(t, "ala") != 2 {
		t.Errorf("%v", st.Enrolment.Certificates)
	}
}

func TestACourseInEnglishGivesACertificateInEnglish(t *testing.T) {
	c := lessons("corso", reading("a"))
	c.Lang = "en"
	r := openClassroom(newTown(t), c)
	v, err := r.Register.Verify(t.Context(), string(r.earn(r.learner, r.course).Enrolment.Certificate()))
	if err != nil || v.Printed.Title != "Certificate of attendance" || v.Printed.Mode != "self-paced e-learning" {
		t.Errorf("%v %+v", err, v.Printed)
	}
}

func TestUnknownAndMalformedCodesAreNotFound(t *testing.T) {
	r := newClassroom(t, reading("a"))
	good := string(r.earn(r.learner, r.course).Enrolment.Certificate())
	for _, code := range []string{"", "AAAA", codes.New(), good[:13] + "Z" + "Z", good + "A", "ciao", "\x00", strings.Repeat("A", 10_000), "../../etc", "àààà-àààà-àààà"} {
		_, err := r.Register.Verify(t.Context(), code)
		wantKind(t, err, lms.NotFound, "")
		_, _, err = r.Register.OpenPDF(t.Context(), code, "192.0.2.1")
		wantKind(t, err, lms.NotFound, "")
	}
}

// A new edition changes nothing for who takes the old one.
func TestAnEnrolmentKeepsItsEdition(t *testing.T) {
	r := newClassroom(t, reading("a"), reading("b"))
	r.sent(event("a", "a", lms.Read))
	done := r.person("bruno", "ala", lms.Learner)
	code := r.earn(done, r.course).Enrolment.Certificate()
	before, printed := r.standing(r.learner, r.id), r.verified(t, code)
	second := r.publish(r.author, lessons("corso", reading("c"), reading("d"), reading("e")))
	if second.Edition.Number != 2 {
		t.Fatalf("edition %d", second.Edition.Number)
	}
	r.clock.pass(time.Minute)
	if after := r.standing(r.learner, r.id); !reflect.DeepEqual(before, after) || after.Percent != 50 {
		t.Errorf("before %+v\nafter %+v", before, after)
	}
	if !reflect.DeepEqual(printed, r.verified(t, code)) {
		t.Error("the certificate changed")
	}
	r.refused(t, lms.Invalid, "events[0].object", event("c", "c", lms.Read))
	got := r.sent(event("b", "b", lms.Read))
	if v := r.verified(t, got.Enrolment.Certificate()); v.Printed.Edition != 1 || v.Printed.EditionHash != string(before.Enrolment.Hash[:12]) {
		t.Errorf("%+v", v.Printed)
	}
	if again := r.enrol(r.learner, "corso"); again != r.id {
		t.Error("enrolling again is another enrolment")
	}
	newcomer := r.person("carla", "ala", lms.Learner)
	if st := r.standing(newcomer, r.enrol(newcomer, "corso")); st.Enrolment.Edition != 2 || st.Enrolment.Hash != second.Edition.Hash || st.Total != 3 {
		t.Errorf("a newcomer takes edition %d", st.Enrolment.Edition)
	}
}

func (w *town) verified(t testing.TB, code lms.Code) lms.Verification {
	t.Helper()
	v, err := w.Register.Verify(t.Context(), string(code))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// chain checks a register and gives the number of its rows.
func (w *town) chain(t testing.TB, issuer lms.OrganisationID) int {
	t.Helper()
	n, err := w.Register.Check(t.Context(), issuer)
	if err != nil {
		t.Error(err)
	}
	return n
}

func TestASequentialCourseOpensOneObjectAfterTheOther(t *testing.T) {
	c := lessons("corso", reading("a"), lesson("v", 60, 100), reading("z"))
	c.Sequential = true
	r := openClassroom(newTown(t), c)
	for _, e := range []lms.Event{event("x", "z", lms.Opened), event("x", "v", lms.Opened), watch("x", "v", course.Interval{0, 1}), event("x", "z", lms.Read)} {
		r.refused(t, lms.Invalid, "events[0].object", e)
	}
	r.refused(t, lms.Invalid, "events[1].object", event("x", "a", lms.Opened), event("y", "v", lms.Opened))
	states := func() (out []lms.State) {
		for _, o := range r.standing(r.learner, r.id).Objects {
			out = append(out, o.State)
		}
		return out
	}
	if got := states(); !reflect.DeepEqual(got, []lms.State{lms.Open, lms.Locked, lms.Locked}) {
		t.Error(got)
	}
	r.sent(event("a", "a", lms.Read), event("o", "v", lms.Opened)) // the first opens the second in the same request
	if got := states(); !reflect.DeepEqual(got, []lms.State{lms.Completed, lms.InProgress, lms.Locked}) {
		t.Error(got)
	}
	r.clock.pass(time.Minute)
	r.sent(watch("w", "v", course.Interval{0, 60}), event("z", "z", lms.Read))
	if got := r.standing(r.learner, r.id); got.State != lms.Completed || got.Next != "" {
		t.Errorf("%+v", got)
	}
}
