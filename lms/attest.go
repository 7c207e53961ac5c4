package lms

import (
	"context"
	"slices"
	"strings"
	"time"
)

// OccasionKind says what somebody took part in, where that is no course.
type OccasionKind string

// The occasions.
const OccasionWebinar OccasionKind = "webinar"

// Attestation is what a certificate says of somebody who took part in something that is no course here.
type Attestation struct {
	Occasion     string // names for ever what is attested of whom, without personal data: "webinar/ID/PERSON"
	What         OccasionKind
	Issuer       OrganisationID
	Person       PersonID // "" for somebody without an account
	Name         string   // given and family name, as it is printed
	Organisation string   // the person's ente then
	Role         string   // category: "funzionario"
	Lang         string   // "it" or "en"
	Title        string   // of what it was
	Programme    string   // what it was about
	Minutes      int      // attended
	Planned      int      // of the whole
	From, To     time.Time
	Reason       string   // why a certificate is corrected; "" for the first
	By           PersonID // who corrected it
}

// check refuses what no certificate could say.
func (a Attestation) check() error {
	fields := map[string]string{}
	for name, value := range map[string]string{"occasion": a.Occasion, "issuer": string(a.Issuer), "name": strings.TrimSpace(a.Name), "title": strings.TrimSpace(a.Title), "what": string(a.What)} {
		if value == "" {
			fields[name] = "error.required"
		}
	}
	if a.Minutes < 1 || a.Planned < a.Minutes || a.From.IsZero() || a.To.Before(a.From) {
		fields["minutes"] = "error.invalid"
	}
	if len(fields) > 0 {
		return &Error{Kind: Invalid, Message: "error.invalid", Fields: fields}
	}
	return nil
}

// Attest gives somebody's part in something a row of the issuer's register. An occasion has one certificate: the same again, whatever it says by then, is
// answered with the row that is there. With a Reason it is corrected: where the one that is there says something else, or was revoked, another is issued,
// and the earlier one's page says that it was superseded and by which. Every part may be done again. It asks nobody: whoever closed the occasion decided.
func (s *Register) Attest(ctx context.Context, a Attestation) (Row, error) {
	if err := a.check(); err != nil {
		return Row{}, err
	}
	leave, err := s.turns.Enter(ctx, string(a.Issuer))
	if err != nil {
		return Row{}, err
	}
	defer leave()
	for {
		before, err := s.issuedUnder(ctx, a.Occasion)
		if err != nil {
			return Row{}, err
		}
		if n := len(before); n > 0 {
			if stays, err := s.stays(ctx, before[n-1], a); err != nil || stays {
				return before[n-1], cmpErr(err, s.supersede(ctx, before[:n-1], before[n-1]))
			}
		}
		row := Row{Issuer: a.Issuer, Occasion: a.Occasion, Turn: len(before) + 1, Person: a.Person}
		if row.Turn > 1 {
			row.Reason, row.By = strings.TrimSpace(a.Reason), a.By
		}
		row, err = s.enter(ctx, row, func(of Printed) Printed { return a.printed(of) })
		if IsTaken(err, "id") || IsTaken(err, "enrolment") || IsTaken(err, "issued") {
			continue // somebody was faster: read the head again, or find the row that is there
		}
		if err == nil {
			err = s.supersede(ctx, before, row)
		}
		return row, err
	}
}

// stays says whether the certificate that is there is the answer: nobody asked for a correction, or it says the same already and still counts.
func (s *Register) stays(ctx context.Context, last Row, a Attestation) (bool, error) {
	if strings.TrimSpace(a.Reason) == "" {
		return true, nil
	}
	v, err := s.Verify(ctx, string(last.Code))
	if err != nil || v.State != Valid {
		return false, err
	}
	is, want := v.Printed, a.printed(Printed{})
	same := is.Course == want.Course && is.Programme == want.Programme && is.Minutes == want.Minutes && is.Planned == want.Planned && is.From.Equal(want.From) && is.To.Equal(want.To) && is.Lang == want.Lang
	return same && (v.Erased || is.Person == want.Person && is.Organisation == want.Organisation && is.Role == want.Role), nil
}

// printed puts what is attested beside what every certificate of the issuer says.
func (a Attestation) printed(p Printed) Printed {
	p.What, p.Lang, p.Title, p.Mode = a.What, "it", "Attestato di partecipazione", "webinar in diretta"
	if a.Lang == "en" {
		p.Lang, p.Title, p.Mode = "en", "Certificate of attendance", "live webinar"
	}
	p.Person, p.Organisation, p.Role = strings.TrimSpace(a.Name), a.Organisation, a.Role
	p.Course, p.Programme, p.Minutes, p.Planned = strings.TrimSpace(a.Title), strings.TrimSpace(a.Programme), a.Minutes, a.Planned
	p.From, p.To = a.From.UTC().Truncate(time.Second), a.To.UTC().Truncate(time.Second)
	return p
}

// supersede adds the rows that say which certificate takes the place of earlier ones of the same occasion. What was revoked stays so.
func (s *Register) supersede(ctx context.Context, earlier []Row, next Row) error {
	for _, of := range earlier {
		for {
			head, err := s.head(ctx, of.Issuer)
			if err != nil {
				return err
			}
			now, err := s.state(ctx, of.Code) // behind the head: whoever is faster takes the id of the row that would follow it
			if err != nil {
				return err
			}
			if now.State != Valid {
				break
			}
			row := Row{Issuer: of.Issuer, Kind: RowSuperseded, At: s.now(), By: next.By, Reason: next.Reason, Number: of.Number, Code: of.Code, Occasion: of.Occasion, Turn: of.Turn, Person: of.Person, Next: next.Code}
			if err := s.rows.Add(ctx, row.after(head)); err != nil && !IsTaken(err, "id") {
				return err
			}
		}
	}
	return nil
}

// Retract revokes what an occasion attests, where the attendance turned out to be too short. Where nothing stands there is nothing to do. It asks nobody:
// whoever corrected the attendance decided it.
func (s *Register) Retract(ctx context.Context, occasion string, by PersonID, reason string) error {
	before, err := s.issuedUnder(ctx, occasion)
	if err != nil || len(before) == 0 {
		return err
	}
	of := before[len(before)-1]
	leave, err := s.turns.Enter(ctx, string(of.Issuer))
	if err != nil {
		return err
	}
	defer leave()
	for {
		err := s.tryRevoke(ctx, Actor{ID: by}, of, strings.TrimSpace(reason))
		if Is(err, Conflict) && !IsTaken(err, "id") {
			return nil // it was revoked already
		}
		if !IsTaken(err, "id") {
			return err
		}
	}
}

// Attested lists the certificates of an occasion, the first one first. It asks nobody who they are.
func (s *Register) Attested(ctx context.Context, occasion string) ([]Row, error) {
	return s.issuedUnder(ctx, occasion)
}

// Forget removes what a certificate prints of its person, and its PDF. Its row stays, and the chain holds. It asks nobody: whoever keeps a guest without
// an account decides it, as Erase does for people.
func (s *Register) Forget(ctx context.Context, c Code) error {
	all, err := s.rows.All(ctx, Query{Index: "issued", Equal: string(c)})
	for _, r := range slices.Backward(all) {
		err = cmpErr(err, s.forget(ctx, r))
	}
	return err
}

func (s *Register) forget(ctx context.Context, r Row) error {
	return cmpErr(notNotFound(s.holders.Remove(ctx, string(r.Code))), s.objects.Remove(ctx, certificateKey(r.PDF)))
}
