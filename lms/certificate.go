package lms

import (
	"aulacomune/lms/codes"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"time"

	"aulacomune/course"
	"aulacomune/lms/memory"
)

// Register issues certificates, revokes them, and answers for them.
type Register struct {
	rows          *Records[Row]
	holders       *Records[Holder]
	organisations *Records[Organisation]
	objects       Objects
	draw          DrawCertificate
	turns         *memory.Queue // one issue at a time per issuer in this process
	guesses       *memory.Throttle
	url           string // public address, without a slash at the end
	rome          *time.Location
	fiscal        func(ctx context.Context, id PersonID) (string, error)
	log           *slog.Logger
	note          Note
	now           func() time.Time
}

// Issue gives the certificate of a completed enrolment a row of its issuer's register. If it has one already, that is the answer, unless it was
// revoked and another is to be issued again. Every part may be done again: the PDF lies under its hash, and the row's id and enrolment are unique.
func (s *Register) Issue(ctx context.Context, st Standing, p Person, again bool) (Row, error) {
	leave, err := s.turns.Enter(ctx, string(st.Enrolment.Owner))
	if err != nil {
		return Row{}, err
	}
	defer leave()
	for {
		before, err := s.issued(ctx, st.Enrolment.ID)
		if err != nil {
			return Row{}, err
		}
		if n := len(before); n > 0 {
			if state, err := s.state(ctx, before[n-1].Code); err != nil || state.State == Valid || !again {
				return before[n-1], err
			}
		}
		row, err := s.tryIssue(ctx, st, p, len(before)+1)
		if IsTaken(err, "id") || IsTaken(err, "enrolment") || IsTaken(err, "issued") {
			continue // somebody was faster: read the head again, or find the row that is there
		}
		return row, err
	}
}

// stillValid is Forbidden when a certificate was revoked.
func (s *Register) stillValid(ctx context.Context, c Code) error {
	v, err := s.state(ctx, c)
	if err == nil && v.State == Revoked {
		err = Fail(Forbidden, "error.role")
	}
	return err
}

// issued lists the certificates of an enrolment, the first one first.
func (s *Register) issued(ctx context.Context, e EnrolmentID) ([]Row, error) {
	return s.issuedUnder(ctx, string(e))
}

func (s *Register) issuedUnder(ctx context.Context, subject string) ([]Row, error) {
	all, err := s.rows.All(ctx, Query{Index: "enrolment", Prefix: subject + "/"})
	slices.SortFunc(all, func(a, b Row) int { return a.Turn - b.Turn }) // in the index, 10 stands before 2
	return all, err
}

// tryIssue enters the certificate of an enrolment.
func (s *Register) tryIssue(ctx context.Context, st Standing, p Person, turn int) (Row, error) {
	e := st.Enrolment
	return s.enter(ctx, Row{Issuer: e.Owner, Enrolment: e.ID, Turn: turn, Person: e.Person}, func(of Printed) Printed { return printed(of, st, p) })
}

// enter draws a certificate for the number that is next now, puts the PDF under its hash, and adds the row. says completes what is printed.
func (s *Register) enter(ctx context.Context, row Row, says func(Printed) Printed) (Row, error) {
	issuer, err := s.organisations.Find(ctx, string(row.Issuer))
	if err != nil {
		return Row{}, err
	}
	head, err := s.head(ctx, row.Issuer)
	if err != nil {
		return Row{}, err
	}
	row.Kind, row.At, row.Code = RowIssued, s.now(), Code(codes.New())
	row = row.after(head).numbered(s.rome)
	printed := says(s.ofIssuer(issuer, row))
	printed.Fiscal = s.fiscalOf(ctx, row.Person)
	pdf, err := s.draw(printed)
	if err != nil {
		return Row{}, fmt.Errorf("draw certificate: %w", err)
	}
	sum := sha256.Sum256(pdf)
	row.PDF = course.Hash(hex.EncodeToString(sum[:]))
	holder := printed.holder(row)
	row.Holder, row.Printed = holder.Hash(), printed.impersonal()
	return row, s.keep(ctx, row, holder, pdf)
}

// fiscalOf is the fiscal number of somebody who wants it on their certificates. Where it cannot be read the certificate is issued without.
func (s *Register) fiscalOf(ctx context.Context, id PersonID) string {
	if s.fiscal == nil || id == "" {
		return ""
	}
	n, err := s.fiscal(ctx, id)
	if err != nil {
		s.log.Error("a certificate is issued without the fiscal number", "err", err)
		return ""
	}
	return n
}

// holder is what is printed of the person.
func (p Printed) holder(row Row) Holder {
	return Holder{Code: row.Code, Issuer: row.Issuer, Salt: newSecret(), Person: p.Person, Organisation: p.Organisation, Role: p.Role, Fiscal: p.Fiscal}
}

// impersonal is what is printed without what it says of the person.
func (p Printed) impersonal() *Printed {
	p.Person, p.Organisation, p.Role, p.Fiscal = "", "", "", ""
	return &p
}

// keep stores what the row cites, then the row; if the row cannot be added, what it would have cited goes.
func (s *Register) keep(ctx context.Context, row Row, h Holder, pdf []byte) error {
	if err := s.objects.Put(ctx, certificateKey(row.PDF), bytes.NewReader(pdf), int64(len(pdf)), "application/pdf"); err != nil {
		return err
	}
	if err := s.holders.Add(ctx, h); err != nil {
		return err
	}
	err := s.rows.Add(ctx, row)
	if Is(err, Conflict) {
		return cmpErr(s.holders.Remove(ctx, string(h.Code)), s.objects.Remove(ctx, certificateKey(row.PDF)), err)
	}
	return err
}

// head is the last row of a register; the zero Row when it is empty.
func (s *Register) head(ctx context.Context, issuer OrganisationID) (Row, error) {
	for r, err := range s.rows.List(ctx, Query{Prefix: string(issuer) + "/", Reverse: true, Limit: 1}) {
		return r, err
	}
	return Row{}, nil
}

// ofIssuer is what every certificate of an issuer says for a row.
func (s *Register) ofIssuer(issuer Organisation, row Row) Printed {
	return Printed{
		Issuer: issuer.Name, Number: row.Number, Place: issuer.Place, Issued: row.At, Signatory: issuer.Signatory, SignatoryAs: issuer.SignatoryAs,
		Code: row.Code, Verify: s.url + "/verifica/" + string(row.Code), Privacy: issuer.Privacy,
	}
}

// printed is what the certificate of a course says.
func printed(out Printed, st Standing, p Person) Printed {
	c, e := st.Content, st.Enrolment
	out.Lang, out.Title, out.Mode = c.Lang, "Attestato di partecipazione", "e-learning asincrono"
	out.Person, out.Organisation, out.Role = p.Name(), e.Member.Name, string(e.Member.Category)
	out.Course, out.Edition, out.EditionHash, out.Programme = c.Title, e.Edition, string(e.Hash[:12]), c.Programme
	out.Minutes, out.Planned, out.From, out.To = st.Minutes, st.Planned, e.Started, e.Completed
	for _, m := range c.Modules {
		out.Modules = append(out.Modules, m.Title)
	}
	right, asked := 0, 0
	for _, o := range st.Objects {
		r, of := o.Object.Score(o.Progress.Evidence)
		right, asked = right+r, asked+of
	}
	if asked > 0 {
		out.Title, out.Result = "Attestato di superamento", fmt.Sprintf("%d risposte esatte su %d", right, asked)
	}
	if out.Lang == "en" {
		english(&out, right, asked)
	}
	return out
}

// english puts the fixed words of a certificate in English, for a course in English.
func english(p *Printed, right, asked int) {
	p.Title, p.Mode = "Certificate of attendance", "self-paced e-learning"
	if asked > 0 {
		p.Title, p.Result = "Certificate of achievement", fmt.Sprintf("%d right answers out of %d", right, asked)
	}
}

// Revoke adds the row that revokes a certificate, for administrators of its issuer.
func (s *Register) Revoke(ctx context.Context, a Actor, code, reason string) (Verification, error) {
	v, err := s.Administered(ctx, a, code)
	if err != nil {
		return v, err
	}
	if err := a.must(Administrator); err != nil {
		return v, err
	}
	if reason = strings.TrimSpace(reason); reason == "" || len(reason) > 1000 {
		return v, Wrong("reason", "error.revoke.reason")
	}
	leave, err := s.turns.Enter(ctx, string(v.Row.Issuer))
	if err != nil {
		return v, err
	}
	defer leave()
	for {
		switch err := s.tryRevoke(ctx, a, v.Row, reason); {
		case err == nil:
			return s.revoked(ctx, a, v.Row, reason)
		case !IsTaken(err, "id"):
			return v, err
		}
	}
}

// revoked notes that a certificate was revoked, and says what it is worth now.
func (s *Register) revoked(ctx context.Context, a Actor, of Row, reason string) (Verification, error) {
	issuer, err := s.organisations.Find(ctx, string(of.Issuer))
	act := Act{Verb: "certificate.revoke", Object: string(of.Code), Person: of.Person, Within: issuer.Within, Personal: map[string]string{"reason": reason}, Key: "certificate.revoke/" + string(of.Code)}
	if err := s.note.of(ctx, err, a, act); err != nil {
		return Verification{}, err
	}
	return s.Verify(ctx, string(of.Code))
}

// tryRevoke reads the head before the state: whoever revokes in between takes the id of the row that would follow that head.
func (s *Register) tryRevoke(ctx context.Context, a Actor, of Row, reason string) error {
	head, err := s.head(ctx, of.Issuer)
	if err != nil {
		return err
	}
	now, err := s.state(ctx, of.Code)
	if err != nil {
		return err
	}
	switch now.State {
	case Revoked:
		return &Error{Kind: Conflict, Message: "error.revoke.already"}
	case Superseded:
		return &Error{Kind: Conflict, Message: "error.revoke.superseded"}
	}
	row := Row{Issuer: of.Issuer, Kind: RowRevoked, At: s.now(), By: a.ID, Reason: reason, Number: of.Number, Code: of.Code, Enrolment: of.Enrolment, Occasion: of.Occasion, Turn: of.Turn, Person: of.Person}
	return s.rows.Add(ctx, row.after(head))
}

// CertificateState is what a certificate is worth now.
type CertificateState string

// The states of a certificate.
const (
	Valid      CertificateState = "valid"
	Revoked    CertificateState = "revoked"
	Superseded CertificateState = "superseded" // another took its place
)

// Verification is all that is known of a certificate: the printed fields, its state, and why.
type Verification struct {
	Row     Row // the row that issued it
	Printed Printed
	Erased  bool // the personal fields were erased by law; the register still holds their hash
	State   CertificateState
	Since   time.Time // of a revocation, or when it was superseded
	Reason  string    // of that
	Next    Code      // of a superseded one: the certificate in its place
}

// freeGuesses is how many unknown codes an address may ask for before it is slowed down: an office behind one address types many.
const freeGuesses = 30

// VerifyFrom is Verify for whoever comes with a code, from a client's address. Unknown codes are counted and slow the address down. Right ones are
// not, and neither are those whose check character does not fit: people mistype, and who guesses can work it out.
func (s *Register) VerifyFrom(ctx context.Context, code, from string) (Verification, error) {
	if _, ok := codes.Parse(code); !ok {
		return Verification{}, Fail(NotFound, "error.certificate.unknown")
	}
	key := "address " + from
	if err := s.guesses.Try(s.now(), key); err != nil {
		return Verification{}, err
	}
	v, err := s.Verify(ctx, code)
	if !Is(err, NotFound) {
		s.guesses.TakeBack(key)
	}
	return v, err
}

// Verify answers for a code that a record names. A malformed code is NotFound like an unknown one.
func (s *Register) Verify(ctx context.Context, code string) (Verification, error) {
	read, ok := codes.Parse(code)
	if !ok {
		return Verification{}, Fail(NotFound, "error.certificate.unknown")
	}
	v, err := s.state(ctx, Code(read))
	if err != nil {
		return v, err
	}
	v.Printed = *v.Row.Printed
	switch h, err := s.holders.Find(ctx, read); {
	case Is(err, NotFound):
		v.Erased = true
	case err != nil:
		return v, err
	default:
		v.Printed.Person, v.Printed.Organisation, v.Printed.Role, v.Printed.Fiscal = h.Person, h.Organisation, h.Role, h.Fiscal
	}
	return v, nil
}

// state reads the rows about a certificate, in the order of the register.
func (s *Register) state(ctx context.Context, c Code) (Verification, error) {
	var v Verification
	for r, err := range s.rows.List(ctx, Query{Index: "code", Equal: string(c)}) {
		if err != nil {
			return v, err
		}
		switch r.Kind {
		case RowIssued:
			v.Row, v.State = r, Valid
		case RowRevoked:
			v.State, v.Since, v.Reason = Revoked, r.At, r.Reason
		case RowSuperseded:
			v.State, v.Since, v.Reason, v.Next = Superseded, r.At, r.Reason, r.Next
		}
	}
	if v.State == "" {
		return v, Fail(NotFound, "error.certificate.unknown")
	}
	return v, nil
}

// Administered is Verify for an administrator of the issuer; NotFound for everyone else.
func (s *Register) Administered(ctx context.Context, a Actor, code string) (Verification, error) {
	if err := a.mayRead(); err != nil {
		return Verification{}, err
	}
	if !a.Is(Administrator) {
		return Verification{}, Fail(Forbidden, "error.role")
	}
	v, err := s.Verify(ctx, code)
	if err != nil {
		return v, err
	}
	o, err := s.organisations.Find(ctx, string(v.Row.Issuer))
	if err != nil {
		return v, err
	}
	if !a.Has(Administrator, o.Within) {
		return Verification{}, Fail(NotFound, "error.certificate.unknown")
	}
	return v, nil
}

// OpenPDF gives the exact bytes that were issued, to who has the code; from is as for VerifyFrom.
func (s *Register) OpenPDF(ctx context.Context, code, from string) (Verification, []byte, error) {
	v, err := s.VerifyFrom(ctx, code, from)
	if err != nil {
		return v, nil, err
	}
	o, err := s.objects.Open(ctx, certificateKey(v.Row.PDF))
	if err != nil {
		return v, nil, err
	}
	defer o.Close()
	b, err := io.ReadAll(o)
	if err != nil {
		return v, nil, fmt.Errorf("read certificate: %w", err)
	}
	return v, b, nil
}

// Mine lists the actor's certificates, the latest first.
func (s *Register) Mine(ctx context.Context, a Actor) ([]Verification, error) {
	if err := a.mayRead(); err != nil {
		return nil, err
	}
	var out []Verification
	for r, err := range s.rows.List(ctx, Query{Index: "person", In: a.ids()}) {
		if err != nil {
			return nil, err
		}
		if r.Kind != RowIssued {
			continue
		}
		v, err := s.Verify(ctx, string(r.Code))
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	slices.SortStableFunc(out, func(a, b Verification) int { return b.Row.At.Compare(a.Row.At) })
	return out, nil
}

// Erase removes what the certificates of a person print of them, and the PDFs. The rows of the registers stay, and their chains hold (design: a row
// has only a salted hash of it). It asks nobody: lms/roll decides it.
func (s *Register) Erase(ctx context.Context, id PersonID) error {
	for r, err := range s.rows.List(ctx, Query{Index: "person", Equal: string(id)}) {
		if err != nil {
			return err
		}
		if r.Kind != RowIssued {
			continue
		}
		if err := s.forget(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

// Rows lists a register, the latest row first, for administrators of the issuer.
func (s *Register) Rows(ctx context.Context, a Actor, issuer OrganisationID, after string, limit int) ([]Row, string, error) {
	if err := a.mayRead(); err != nil {
		return nil, "", err
	}
	o, err := s.organisations.Find(ctx, string(issuer))
	if err != nil {
		return nil, "", err
	}
	if !a.Has(Administrator, o.Within) {
		return nil, "", Fail(NotFound, "error.organisation.unknown")
	}
	return s.rows.Page(ctx, Query{Prefix: string(issuer) + "/", Reverse: true, After: after, Limit: limit})
}

// HolderName is what a row's certificate prints as the person's name; "" once it was erased.
func (s *Register) HolderName(ctx context.Context, c Code) (string, error) {
	h, err := s.holders.Find(ctx, string(c))
	return h.Person, notNotFound(err)
}

// Check reads a whole register and says whether its chain holds.
func (s *Register) Check(ctx context.Context, issuer OrganisationID) (rows int, err error) {
	all, err := s.rows.All(ctx, Query{Prefix: string(issuer) + "/"})
	if err != nil {
		return 0, err
	}
	return len(all), CheckChain(all)
}
