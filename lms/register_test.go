package lms_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"aulacomune/lms"
)

// together runs f n times at once and fails with every error.
func together(t testing.TB, n int, f func(i int) error) {
	t.Helper()
	var all sync.WaitGroup
	errs := make([]error, n)
	start := make(chan struct{})
	for i := range n {
		all.Go(func() { <-start; errs[i] = f(i) })
	}
	close(start)
	all.Wait()
	for i, err := range errs {
		if err != nil {
			t.Errorf("%d: %v", i, err)
		}
	}
}

// rowsOf reads a register from the first row to the last.
func (r *classroom) rowsOf(t testing.TB, issuer lms.OrganisationID) []lms.Row {
	t.Helper()
	all, _, err := r.Register.Rows(t.Context(), r.admin, issuer, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(all)
	return all
}

func TestTwentyWhoFinishAtOnceGetTwentyNumbers(t *testing.T) {
	for _, nodes := range []int{1, 2} {
		t.Run(fmt.Sprint(nodes, " nodes"), func(t *testing.T) {
			r := newClassroom(t, reading("a"))
			schools := []*lms.School{r.School, r.School}
			if nodes == 2 {
				schools[1] = r.node()
			}
			people, ids := make([]lms.Actor, 20), make([]lms.EnrolmentID, 20)
			for i := range people {
				people[i] = r.person(fmt.Sprint("persona", i), "ala", lms.Learner)
				ids[i] = r.enrol(people[i], "corso")
			}
			together(t, len(people), func(i int) error {
				got, err := schools[i%2].Learning.Record(t.Context(), people[i], ids[i], reads(r.course))
				if err == nil && got.Pending {
					err = fmt.Errorf("pending")
				}
				return err
			})
			r.numbersFollow(t, 20)
		})
	}
}

// numbersFollow fails unless the register of ala holds n certificates numbered from 1 without a gap or a double.
func (r *classroom) numbersFollow(t *testing.T, n int) {
	t.Helper()
	rows := r.rowsOf(t, "ala")
	if r.chain(t, "ala") != n || len(rows) != n {
		t.Fatalf("%d rows, want %d", len(rows), n)
	}
	enrolments := map[lms.EnrolmentID]bool{}
	for i, row := range rows {
		if want := fmt.Sprint(i+1, "/2026"); row.Number != fmt.Sprintf("%d/2026", i+1) || row.Seq != i+1 {
			t.Errorf("row %d has the number %s, want %s", row.Seq, row.Number, want)
		}
		if enrolments[row.Enrolment] {
			t.Errorf("enrolment %s has two certificates", row.Enrolment)
		}
		enrolments[row.Enrolment] = true
		if _, pdf, err := r.Register.OpenPDF(t.Context(), string(row.Code), "192.0.2.1"); err != nil || sum(pdf) != row.PDF {
			t.Errorf("row %d: the PDF is not the one issued: %v", row.Seq, err)
		}
		if v := r.verified(t, row.Code); v.Erased || v.Printed.Person == "" {
			t.Errorf("row %d has lost its holder", row.Seq)
		}
	}
}

func TestSixteenWhoIssueForOneEnrolmentMakeOneRow(t *testing.T) {
	var f faulty
	r := openClassroom(newTown(t, f.breakable), lessons("corso", reading("a")))
	f.drawing.Store(true)
	r.earn(r.learner, r.course)
	f.drawing.Store(false)
	schools := []*lms.School{r.School, r.node()}
	codes := make([]lms.Code, 16)
	together(t, len(codes), func(i int) error {
		st, err := schools[i%2].Learning.IssueFor(t.Context(), r.admin, r.id)
		codes[i] = st.Enrolment.Certificate()
		return err
	})
	if slices.Sort(codes); codes[0] == "" || len(slices.Compact(codes)) != 1 {
		t.Errorf("%v", codes)
	}
	r.numbersFollow(t, 1)
	if n := len(r.standing(r.learner, r.id).Enrolment.Certificates); n != 1 {
		t.Errorf("the enrolment names %d certificates", n)
	}
	holders, err := r.engine.Count(t.Context(), "holders", lms.Range{Index: lms.IndexSpec{Name: "id", Unique: true}})
	if err != nil || holders != 1 {
		t.Errorf("%d holders are kept: %v", holders, err)
	}
	pdfs := 0
	for _, err := range r.objects.List(t.Context(), "certificates/") {
		r.ok(err)
		pdfs++
	}
	if pdfs != 1 {
		t.Errorf("%d PDFs are kept", pdfs)
	}
}

func TestTheYearOfANumberIsItalys(t *testing.T) {
	r := newClassroom(t, reading("a"))
	for i, c := range []struct {
		at     time.Time
		number string
	}{
		{time.Date(2026, 12, 31, 22, 59, 59, 0, time.UTC), "1/2026"},
		{time.Date(2026, 12, 31, 23, 30, 0, 0, time.UTC), "1/2027"}, // half past midnight in Rome
		{time.Date(2027, 7, 1, 0, 0, 0, 0, time.UTC), "2/2027"},
		{time.Date(2027, 12, 31, 22, 30, 0, 0, time.UTC), "3/2027"},
		{time.Date(2027, 12, 31, 23, 0, 0, 0, time.UTC), "1/2028"},
	} {
		r.clock.set(c.at)
		a := r.person(fmt.Sprint("persona", i), "ala", lms.Learner)
		if v := r.verified(t, r.earn(a, r.course).Enrolment.Certificate()); v.Printed.Number != c.number || v.Row.Number != c.number {
			t.Errorf("at %v: %s, want %s", c.at, v.Printed.Number, c.number)
		}
	}
	r.chain(t, "ala")
}

// Two nodes whose clocks differ by a second meet the new year one after the other: no number is given twice.
func TestClocksThatDisagreeAboutTheYearGiveNoNumberTwice(t *testing.T) {
	r := newClassroom(t, reading("a"))
	late := time.Date(2026, 12, 31, 22, 59, 59, 0, time.UTC)
	seen := map[string]bool{}
	for i, d := range []time.Duration{0, time.Second, 0, time.Second, 0} {
		r.clock.set(late.Add(d))
		a := r.person(fmt.Sprint("persona", i), "ala", lms.Learner)
		n := r.verified(t, r.earn(a, r.course).Enrolment.Certificate()).Row.Number
		if seen[n] {
			t.Errorf("%s was given twice", n)
		}
		seen[n] = true
	}
	r.chain(t, "ala")
}

func TestEachIssuerHasItsOwnRegister(t *testing.T) {
	r := newClassroom(t, reading("a"))
	r.org("ala-2", "") // an id that begins like the other
	author := r.person("autore2", "ala-2", lms.Author)
	other := lessons("altro", reading("x"))
	r.publish(author, other)
	first, second := r.earn(r.learner, r.course), r.earn(r.learner, other)
	for _, st := range []lms.Standing{first, second} {
		if v := r.verified(t, st.Enrolment.Certificate()); v.Row.Number != "1/2026" || v.Row.Issuer != st.Enrolment.Owner {
			t.Errorf("%s of %s", v.Row.Number, v.Row.Issuer)
		}
	}
	if r.chain(t, "ala") != 1 || r.chain(t, "ala-2") != 1 || r.chain(t, "al") != 0 {
		t.Error("the registers are not apart")
	}
	mine, err := r.Register.Mine(t.Context(), r.learner)
	if err != nil || len(mine) != 2 {
		t.Errorf("%d certificates: %v", len(mine), err)
	}
}

func TestRevokingIsANewRow(t *testing.T) {
	r := newClassroom(t, reading("a"))
	code := string(r.earn(r.learner, r.course).Enrolment.Certificate())
	before := r.rowsOf(t, "ala")
	for _, reason := range []string{"", "  ", strings.Repeat("x", 1001)} {
		_, err := r.Register.Revoke(t.Context(), r.admin, code, reason)
		wantKind(t, err, lms.Invalid, "reason")
	}
	r.clock.pass(time.Hour)
	v, err := r.Register.Revoke(t.Context(), r.admin, code, " Emesso per errore ")
	if err != nil || v.State != lms.Revoked || v.Reason != "Emesso per errore" || !v.Since.Equal(r.clock.now()) {
		t.Fatalf("%v %+v", err, v)
	}
	if _, err := r.Register.Revoke(t.Context(), r.admin, code, "di nuovo"); !lms.Is(err, lms.Conflict) {
		t.Errorf("revoked twice: %v", err)
	}
	after := r.rowsOf(t, "ala")
	if r.chain(t, "ala") != 2 || after[0].Hash() != before[0].Hash() || after[1].Kind != lms.RowRevoked || after[1].By != r.admin.ID || after[1].Number != "1/2026" {
		t.Errorf("%+v", after)
	}
	if got := r.verified(t, lms.Code(code)); got.State != lms.Revoked || got.Printed.Number != "1/2026" || got.Printed.Person != "Anna Rossi" {
		t.Errorf("%+v", got)
	}
}

func TestSixteenWhoRevokeMakeOneRow(t *testing.T) {
	r := newClassroom(t, reading("a"))
	code := string(r.earn(r.learner, r.course).Enrolment.Certificate())
	schools := []*lms.School{r.School, r.node()}
	done := make([]bool, 16)
	together(t, len(done), func(i int) error {
		_, err := schools[i%2].Register.Revoke(t.Context(), r.admin, code, "errore")
		done[i] = err == nil
		if lms.Is(err, lms.Conflict) {
			return nil
		}
		return err
	})
	if n := len(slices.DeleteFunc(done, func(d bool) bool { return !d })); n != 1 || r.chain(t, "ala") != 2 {
		t.Errorf("%d were told that they revoked it, the register has %d rows", n, r.chain(t, "ala"))
	}
}

func TestACertificateAfterARevocationHasItsOwnNumber(t *testing.T) {
	r := newClassroom(t, reading("a"))
	code := r.earn(r.learner, r.course).Enrolment.Certificate()
	again, err := r.Learning.IssueFor(t.Context(), r.admin, r.id)
	if err != nil || again.Enrolment.Certificate() != code {
		t.Fatalf("one that is valid was issued again: %v %v", err, again.Enrolment.Certificates)
	}
	for turn := 2; turn <= 12; turn++ {
		_, err := r.Register.Revoke(t.Context(), r.admin, string(code), "errore")
		r.ok(err)
		r.ok(r.Sweep(t.Context())) // it does not undo what an administrator did
		if n := len(r.standing(r.learner, r.id).Enrolment.Certificates); n != turn-1 {
			t.Fatalf("turn %d: %d certificates after the sweep", turn, n)
		}
		st, err := r.Learning.IssueFor(t.Context(), r.admin, r.id)
		r.ok(err)
		st, err = r.Learning.IssueFor(t.Context(), r.admin, r.id) // again: it is there
		r.ok(err)
		old := code
		code = st.Enrolment.Certificate()
		if v := r.verified(t, code); v.Row.Turn != turn || v.Row.Number != fmt.Sprintf("%d/2026", turn) || v.State != lms.Valid || r.verified(t, old).State != lms.Revoked {
			t.Fatalf("turn %d: %s of turn %d is %s", turn, v.Row.Number, v.Row.Turn, v.State)
		}
	}
	if n := r.chain(t, "ala"); n != 12+11 {
		t.Errorf("%d rows", n)
	}
}

func TestNothingIsIssuedBeforeCompletion(t *testing.T) {
	r := newClassroom(t, reading("a"), reading("b"))
	r.sent(event("a", "a", lms.Read))
	_, err := r.Learning.IssueFor(t.Context(), r.admin, r.id)
	wantKind(t, err, lms.Conflict, "")
	if r.chain(t, "ala") != 0 {
		t.Error("a row was issued")
	}
}

func TestATamperedRowIsFound(t *testing.T) {
	r := newClassroom(t, reading("a"))
	var people []lms.Actor
	for i := range 4 {
		people = append(people, r.person(fmt.Sprint("persona", i), "ala", lms.Learner))
		r.earn(people[i], r.course)
	}
	good := r.rowsOf(t, "ala")
	for _, c := range []struct {
		name, where string
		tamper      func(rows []lms.Row) []lms.Row
	}{
		{"a date", "ala/000000003", func(rows []lms.Row) []lms.Row { rows[1].At = rows[1].At.Add(time.Hour); return rows }},
		{"the holder", "ala/000000002", func(rows []lms.Row) []lms.Row { rows[0].Holder = "00"; return rows }},
		{"what was printed", "ala/000000004", func(rows []lms.Row) []lms.Row {
			p := *rows[2].Printed
			p.Minutes = 999
			rows[2].Printed = &p
			return rows
		}},
		{"a row taken out", "ala/000000003", func(rows []lms.Row) []lms.Row { return slices.Delete(rows, 1, 2) }},
		{"the first row taken out", "ala/000000002", func(rows []lms.Row) []lms.Row { return rows[1:] }},
		{"two rows changed places", "ala/000000003", func(rows []lms.Row) []lms.Row { rows[1], rows[2] = rows[2], rows[1]; return rows }},
		{"a number left out", "ala/000000004", func(rows []lms.Row) []lms.Row { rows[3].Number, rows[3].Last = "7/2026", 7; return rows }},
		{"a number given twice", "ala/000000004", func(rows []lms.Row) []lms.Row { rows[3].Number, rows[3].Last = "3/2026", 3; return rows }},
		{"a number that is not its own", "ala/000000004", func(rows []lms.Row) []lms.Row { rows[3].Number = "3/2026"; return rows }},
		{"a year gone back to", "ala/000000004", func(rows []lms.Row) []lms.Row {
			rows[3].Number, rows[3].Year, rows[3].Last = "1/2025", 2025, 1
			return rows
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := lms.CheckChain(c.tamper(slices.Clone(good))); err == nil || !strings.Contains(err.Error(), c.where) {
				t.Errorf("%v does not name %s", err, c.where)
			}
		})
	}
	r.edit("register", "ala/000000002", func(row map[string]any) { row["person"] = "somebody else" })
	if _, err := r.Register.Check(t.Context(), "ala"); err == nil || !strings.Contains(err.Error(), "ala/000000003") {
		t.Errorf("the stored register: %v", err)
	}
}

func TestErasingAPersonDoesNotBreakTheChain(t *testing.T) {
	r := newClassroom(t, reading("a"))
	other := r.person("bruno", "ala", lms.Learner)
	code := r.earn(r.learner, r.course).Enrolment.Certificate()
	r.earn(other, r.course)
	row := r.verified(t, code).Row
	d, err := r.engine.Get(t.Context(), "holders", string(code))
	r.ok(err)
	r.ok(r.engine.Delete(t.Context(), "holders", string(code), d.Rev))
	r.ok(r.objects.Remove(t.Context(), "certificates/"+string(row.PDF)+".pdf"))
	v := r.verified(t, code)
	if !v.Erased || v.State != lms.Valid || v.Printed.Person+v.Printed.Organisation+v.Printed.Role != "" || v.Printed.Course != "Corso corso" || r.chain(t, "ala") != 2 {
		t.Errorf("%+v", v)
	}
	_, _, err = r.Register.OpenPDF(t.Context(), string(code), "192.0.2.1")
	wantKind(t, err, lms.NotFound, "")
	if name, err := r.Register.HolderName(t.Context(), code); name != "" || err != nil {
		t.Errorf("%q %v", name, err)
	}
	if mine, err := r.Register.Mine(t.Context(), r.learner); err != nil || len(mine) != 1 {
		t.Errorf("%v %v", mine, err)
	}
	if _, err := r.Register.Revoke(t.Context(), r.admin, string(code), "errore"); err != nil || r.chain(t, "ala") != 3 {
		t.Errorf("revoke: %v", err)
	}
}

func TestTheHashOfAHolderNeedsItsSalt(t *testing.T) {
	h := lms.Holder{Code: "C", Issuer: "ala", Salt: "s", Person: "Anna Rossi", Organisation: "Ala"}
	other := h
	other.Salt = "t"
	if h.Hash() == other.Hash() || h.Hash() != (lms.Holder{Code: "C", Issuer: "ala", Salt: "s", Person: "Anna Rossi", Organisation: "Ala"}).Hash() {
		t.Error("a holder's hash is not one of all its fields")
	}
}
