package lms_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"aulacomune/lms"
)

// participation is what is attested of the learner of a classroom.
func participation(r *classroom) lms.Attestation {
	start := time.Date(2026, 6, 8, 13, 0, 0, 0, time.UTC)
	return lms.Attestation{
		Occasion: "webinar/w1/" + string(r.learner.ID), What: lms.OccasionWebinar, Issuer: "ala", Person: r.learner.ID, Name: " Anna Rossi", Organisation: "Comune di ala", Role: "funzionario",
		Lang: "it", Title: "Lavorare per obiettivi", Programme: "Esperienze a confronto.", Minutes: 80, Planned: 90, From: start, To: start.Add(90 * time.Minute),
	}
}

// A webinar's attestato is a row like any other: numbered, chained, drawn, with its person apart.
func TestAttest(t *testing.T) {
	r := newClassroom(t, reading("a"))
	r.earn(r.learner, r.course)
	a := participation(r)
	row, err := r.Register.Attest(t.Context(), a)
	r.ok(err)
	v, pdf, err := r.Register.OpenPDF(t.Context(), string(row.Code), "192.0.2.1")
	r.ok(err)
	want := lms.Printed{
		What: lms.OccasionWebinar, Lang: "it", Title: "Attestato di partecipazione", Issuer: "Comune di ala", Person: "Anna Rossi", Organisation: "Comune di ala", Role: "funzionario",
		Course: "Lavorare per obiettivi", Programme: "Esperienze a confronto.", Minutes: 80, Planned: 90, Mode: "webinar in diretta", From: a.From, To: a.To,
		Number: "2/2026", Place: "Ala", Issued: v.Row.At, Signatory: "Elena Marchetti", SignatoryAs: "Direttrice", Code: row.Code,
		Verify: "https://aula.example/verifica/" + string(row.Code), Privacy: "Privacy.",
	}
	var drawn lms.Printed
	r.ok(json.Unmarshal(pdf, &drawn))
	if !reflect.DeepEqual(v.Printed, want) || !reflect.DeepEqual(drawn, want) || v.State != lms.Valid || v.Row.Enrolment != "" {
		t.Errorf("printed %+v\ndrawn %+v\nwant %+v", v.Printed, drawn, want)
	}
	if b := encoded(t, v.Row); bytes.Contains(b, []byte("Rossi")) || bytes.Contains(b, []byte("funzionario")) {
		t.Errorf("the row names the person: %s", b)
	}
	if mine, err := r.Register.Mine(t.Context(), r.learner); err != nil || len(mine) != 2 {
		t.Errorf("%d certificates, %v", len(mine), err)
	}
	english := a
	english.Lang, english.Occasion = "en", "webinar/w2/"+string(r.learner.ID)
	row, err = r.Register.Attest(t.Context(), english)
	if v := r.verified(t, row.Code); err != nil || v.Printed.Title != "Certificate of attendance" || v.Printed.Mode != "live webinar" || r.chain(t, "ala") != 3 {
		t.Errorf("%+v, %v", v.Printed, err)
	}
}

// One occasion has one certificate, whoever attests it, and from however many processes.
func TestAnOccasionIsAttestedOnce(t *testing.T) {
	r := newClassroom(t, reading("a"))
	schools := []*lms.School{r.School, r.node()}
	a := participation(r)
	codes := make([]lms.Code, 16)
	together(t, len(codes), func(i int) error {
		row, err := schools[i%2].Register.Attest(t.Context(), a)
		codes[i] = row.Code
		return err
	})
	for _, c := range codes {
		if c == "" || c != codes[0] {
			t.Fatalf("%v", codes)
		}
	}
	a.Minutes, a.Title = 10, "Altro" // without a reason nothing is corrected
	row, err := r.Register.Attest(t.Context(), a)
	if err != nil || row.Code != codes[0] || r.chain(t, "ala") != 1 {
		t.Errorf("%+v, %v", row, err)
	}
}

// A correction is another certificate, and the earlier one's page says so and leads to it; the same correction again is none.
func TestACorrectedAttestation(t *testing.T) {
	r := newClassroom(t, reading("a"))
	a := participation(r)
	first, err := r.Register.Attest(t.Context(), a)
	r.ok(err)
	a.Reason = "Minuti contati due volte"
	same, err := r.Register.Attest(t.Context(), a)
	if err != nil || same.Code != first.Code {
		t.Fatalf("what says the same was corrected: %+v, %v", same, err)
	}
	a.Minutes, a.By = 75, r.admin.ID
	r.clock.pass(time.Hour)
	schools := []*lms.School{r.School, r.node()}
	next := make([]lms.Row, 8)
	together(t, len(next), func(i int) (err error) {
		next[i], err = schools[i%2].Register.Attest(t.Context(), a)
		return err
	})
	was, is := r.verified(t, first.Code), r.verified(t, next[0].Code)
	if was.State != lms.Superseded || was.Next != is.Row.Code || was.Reason != a.Reason || !was.Since.Equal(r.clock.now()) || was.Printed.Minutes != 80 {
		t.Errorf("%+v", was)
	}
	if is.State != lms.Valid || is.Printed.Minutes != 75 || is.Row.Turn != 2 || is.Row.Number != "2/2026" || is.Row.By != r.admin.ID || r.chain(t, "ala") != 3 {
		t.Errorf("%+v, %d rows", is, r.chain(t, "ala"))
	}
	if all, err := r.Register.Attested(t.Context(), a.Occasion); err != nil || len(all) != 2 || all[1].Code != is.Row.Code {
		t.Errorf("%+v, %v", all, err)
	}
	_, err = r.Register.Revoke(t.Context(), r.admin, string(first.Code), "errore")
	wantKind(t, err, lms.Conflict, "")
	if _, _, err := r.Register.OpenPDF(t.Context(), string(first.Code), "192.0.2.1"); err != nil {
		t.Error("what was issued is gone:", err)
	}
}

// The process stops between the new certificate and the row that supersedes the earlier one: whoever attests again adds that row.
func TestASupersedingRowThatWasLost(t *testing.T) {
	r := newClassroom(t, reading("a"))
	a := participation(r)
	first, err := r.Register.Attest(t.Context(), a)
	r.ok(err)
	a.Reason, a.Minutes = "Errore", 70
	stops := &lastRow{Engine: r.engine}
	_, err = r.node(func(p *lms.Ports) { p.Engine = stops }).Register.Attest(t.Context(), a)
	if !errors.Is(err, errBroken) || r.verified(t, first.Code).State != lms.Valid || r.chain(t, "ala") != 2 {
		t.Fatalf("%v, %d rows", err, r.chain(t, "ala"))
	}
	a.Reason = ""
	row, err := r.Register.Attest(t.Context(), a)
	if was := r.verified(t, first.Code); err != nil || was.State != lms.Superseded || was.Next != row.Code || was.Reason != "Errore" || r.chain(t, "ala") != 3 {
		t.Errorf("%+v, %v", was, err)
	}
}

// lastRow is an engine that keeps no row that supersedes.
type lastRow struct{ lms.Engine }

func (e *lastRow) Insert(ctx context.Context, collection string, d lms.Document) error {
	if bytes.Contains(d.Body, []byte(`"superseded"`)) {
		return errBroken
	}
	return e.Engine.Insert(ctx, collection, d)
}

// What was revoked is not attested again by itself; with a reason it is, and stays revoked.
func TestAnAttestationAfterARevocation(t *testing.T) {
	r := newClassroom(t, reading("a"))
	a := participation(r)
	first, err := r.Register.Attest(t.Context(), a)
	r.ok(err)
	_, err = r.Register.Revoke(t.Context(), r.admin, string(first.Code), "Persona sbagliata")
	r.ok(err)
	if again, err := r.Register.Attest(t.Context(), a); err != nil || again.Code != first.Code {
		t.Errorf("%+v, %v", again, err)
	}
	a.Reason = "Revocato per errore"
	next, err := r.Register.Attest(t.Context(), a)
	if err != nil || next.Code == first.Code || r.verified(t, first.Code).State != lms.Revoked || r.verified(t, next.Code).State != lms.Valid || r.chain(t, "ala") != 3 {
		t.Errorf("%+v, %v", next, err)
	}
}

// Where nothing is to be attested any more, what stands is revoked, once; with a reason it may be attested again.
func TestAnAttestationIsRetracted(t *testing.T) {
	r := newClassroom(t, reading("a"))
	a := participation(r)
	r.ok(r.Register.Retract(t.Context(), a.Occasion, r.admin.ID, "Non c’era"))
	first, err := r.Register.Attest(t.Context(), a)
	r.ok(err)
	for range 2 {
		r.ok(r.Register.Retract(t.Context(), a.Occasion, r.admin.ID, "Non c’era"))
	}
	if v := r.verified(t, first.Code); v.State != lms.Revoked || v.Reason != "Non c’era" || r.chain(t, "ala") != 2 {
		t.Errorf("%+v, %d rows", v, r.chain(t, "ala"))
	}
	a.Reason = "C’era"
	if next, err := r.Register.Attest(t.Context(), a); err != nil || next.Code == first.Code || r.verified(t, next.Code).State != lms.Valid {
		t.Errorf("%+v, %v", next, err)
	}
}

// A guest without an account is attested, too, and can be forgotten; so can everything of a person.
func TestForgettingWhoWasAttested(t *testing.T) {
	r := newClassroom(t, reading("a"))
	guest := participation(r)
	guest.Person, guest.Occasion, guest.Name = "", "webinar/w1/guest-1", "Ugo Ospite"
	row, err := r.Register.Attest(t.Context(), guest)
	r.ok(err)
	mine, err := r.Register.Attest(t.Context(), participation(r))
	r.ok(err)
	for range 2 {
		r.ok(r.Register.Forget(t.Context(), row.Code))
	}
	r.ok(r.Register.Erase(t.Context(), r.learner.ID))
	for _, code := range []lms.Code{row.Code, mine.Code} {
		if v := r.verified(t, code); !v.Erased || v.Printed.Person != "" {
			t.Errorf("%+v", v)
		}
		_, _, err := r.Register.OpenPDF(t.Context(), string(code), "192.0.2.1")
		wantKind(t, err, lms.NotFound, "")
	}
	r.ok(r.Register.Erase(t.Context(), "")) // nobody: not every guest
	if r.chain(t, "ala") != 2 {
		t.Error("rows are gone")
	}
}

func TestWhatCannotBeAttested(t *testing.T) {
	r := newClassroom(t, reading("a"))
	for name, change := range map[string]func(*lms.Attestation){
		"occasion": func(a *lms.Attestation) { a.Occasion = "" },
		"issuer":   func(a *lms.Attestation) { a.Issuer = "" },
		"name":     func(a *lms.Attestation) { a.Name = " " },
		"title":    func(a *lms.Attestation) { a.Title = "" },
		"what":     func(a *lms.Attestation) { a.What = "" },
		"minutes":  func(a *lms.Attestation) { a.Minutes = 91 },
	} {
		a := participation(r)
		change(&a)
		_, err := r.Register.Attest(t.Context(), a)
		wantKind(t, err, lms.Invalid, name)
	}
	a := participation(r)
	a.Issuer = "nowhere"
	if _, err := r.Register.Attest(t.Context(), a); !lms.Is(err, lms.NotFound) || r.chain(t, "ala") != 0 {
		t.Error(err)
	}
}

// Whoever chose it has their fiscal number on a certificate, apart with the rest of the person; where it cannot be read there is a certificate without.
func TestTheFiscalNumberOnACertificate(t *testing.T) {
	number, fault := "RSSNNA80A41A116X", error(nil)
	w := newTown(t, func(p *lms.Ports) {
		p.Fiscal = func(context.Context, lms.PersonID) (string, error) { return number, fault }
	})
	r := openClassroom(w, lessons("corso", reading("a")))
	code := r.earn(r.learner, r.course).Enrolment.Certificate()
	v, pdf, err := r.Register.OpenPDF(t.Context(), string(code), "192.0.2.1")
	if err != nil || v.Printed.Fiscal != number || !bytes.Contains(pdf, []byte(number)) || strings.Contains(string(encoded(t, v.Row)), number) {
		t.Errorf("%+v, %v", v.Printed, err)
	}
	fault = errBroken
	row, err := r.Register.Attest(t.Context(), participation(r))
	if v := r.verified(t, row.Code); err != nil || v.Printed.Fiscal != "" || v.Printed.Person != "Anna Rossi" {
		t.Errorf("%+v, %v", v.Printed, err)
	}
	fault = nil
	guest := participation(r)
	guest.Person, guest.Occasion = "", "webinar/w1/guest"
	row, err = r.Register.Attest(t.Context(), guest)
	if v := r.verified(t, row.Code); err != nil || v.Printed.Fiscal != "" {
		t.Errorf("a guest has a number: %+v, %v", v.Printed, err)
	}
	r.ok(r.Register.Erase(t.Context(), r.learner.ID))
	if v := r.verified(t, code); v.Printed.Fiscal != "" || r.chain(t, "ala") != 3 {
		t.Errorf("%+v", v.Printed)
	}
}
