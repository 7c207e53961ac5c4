package lms

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"iter"
	"slices"

	"aulacomune/course"
	"aulacomune/lms/codes"
)

// What follows fills an installation that nobody uses yet with records that were made elsewhere. Nobody is asked, and nothing is worked out of them
// but their indexes: whoever calls it answers for what they say.

// Load adds people as they are.
func (s *People) Load(ctx context.Context, all iter.Seq[Person]) error {
	return s.people.AddAll(ctx, all)
}

// Load adds enrolments as they are. One that is completed names its certificate and was told of, or the next sweep issues it one and tells of it.
func (s *Learning) Load(ctx context.Context, all iter.Seq[Enrolment]) error {
	return s.enrolments.AddAll(ctx, all)
}

// Attested is a completed enrolment and whose it is.
type Attested struct {
	Standing Standing
	Person   Person
}

// Load enters certificates of one issuer into its register, in the order given and dated by their completions, and gives their codes. What is kept as the
// PDF of each is one and the same: a specimen, which is no certificate.
func (s *Register) Load(ctx context.Context, issuer OrganisationID, all []Attested, specimen []byte) ([]Code, error) {
	o, err := s.organisations.Find(ctx, string(issuer))
	if err != nil {
		return nil, err
	}
	leave, err := s.turns.Enter(ctx, string(issuer))
	if err != nil {
		return nil, err
	}
	defer leave()
	head, err := s.head(ctx, issuer)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(specimen)
	pdf := course.Hash(hex.EncodeToString(sum[:]))
	if err := s.objects.Put(ctx, certificateKey(pdf), bytes.NewReader(specimen), int64(len(specimen)), "application/pdf"); err != nil {
		return nil, err
	}
	var added []Row
	var held []Holder
	var out []Code
	for _, a := range all {
		e := a.Standing.Enrolment
		row := Row{Issuer: issuer, Kind: RowIssued, At: e.Completed, Code: Code(codes.New()), Enrolment: e.ID, Turn: 1, Person: e.Person, PDF: pdf}.after(head).numbered(s.rome)
		printed := printed(s.ofIssuer(o, row), a.Standing, a.Person)
		h := printed.holder(row)
		row.Holder, row.Printed = h.Hash(), printed.impersonal()
		added, held, out, head = append(added, row), append(held, h), append(out, row.Code), row
	}
	return out, cmpErr(s.holders.AddAll(ctx, slices.Values(held)), s.rows.AddAll(ctx, slices.Values(added)))
}
