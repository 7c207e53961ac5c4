package lms

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"aulacomune/course"
)

// RowKind says what a row of a register records.
type RowKind string

// The kinds of row.
const (
	RowIssued     RowKind = "issued"     // a certificate was issued
	RowRevoked    RowKind = "revoked"    // a certificate was revoked
	RowSuperseded RowKind = "superseded" // a certificate was replaced by a later one
)

// Row is one row of an issuer's register. Rows are only added, each holds the hash of the one before, and none ever changes. A row holds
// nothing of the person but their id and a salted hash: what was printed of them lies apart (Holder) and can be erased without breaking the chain.
type Row struct {
	ID        string         `json:"id"` // issuer/seq
	Issuer    OrganisationID `json:"issuer"`
	Seq       int            `json:"seq"` // from 1, without gaps
	Kind      RowKind        `json:"kind"`
	At        time.Time      `json:"at"`
	By        PersonID       `json:"by,omitempty"` // who revoked; empty when the system issued
	Reason    string         `json:"reason,omitempty"`
	Year      int            `json:"year"`      // of the last number given, in Europe/Rome
	Last      int            `json:"last"`      // the last number given in that year
	Number    string         `json:"number"`    // n./year of the certificate it is about
	Code      Code           `json:"code"`      // of the certificate it is about
	Enrolment EnrolmentID    `json:"enrolment"` // whose certificate it is
	Turn      int            `json:"turn"`      // 1 for the first certificate of the enrolment
	Person    PersonID       `json:"person"`
	Holder    course.Hash    `json:"holder,omitempty"`   // salted hash of the personal fields
	PDF       course.Hash    `json:"pdf,omitempty"`      // of the exact bytes issued
	Printed   *Printed       `json:"printed,omitempty"`  // what was printed, without the personal fields
	Occasion  string         `json:"occasion,omitempty"` // in the place of an enrolment: what is attested of whom, "webinar/ID/PERSON"
	Next      Code           `json:"next,omitempty"`     // of a superseded one: the certificate in its place
	Prev      course.Hash    `json:"prev"`               // hash of the row before; empty in the first
}

// Holder is what a certificate prints of its person, apart from the register so that it can be erased.
type Holder struct {
	Code         Code           `json:"code"`
	Issuer       OrganisationID `json:"issuer"`
	Salt         string         `json:"salt"`
	Person       string         `json:"person"`
	Organisation string         `json:"organisation"`
	Role         string         `json:"role"`
	Fiscal       string         `json:"fiscal,omitempty"` // fiscal number, where the person wanted it printed
}

// rows says how register rows are kept.
var rows = Noun[Row]{
	Name: "register",
	ID:   func(r Row) string { return r.ID },
	Indexes: []Index[Row]{
		{Name: "code", Keys: func(r Row) []string { return []string{string(r.Code)} }},
		{Name: "issued", Unique: true, Keys: func(r Row) []string {
			if r.Kind != RowIssued {
				return nil
			}
			return []string{string(r.Code)}
		}},
		{Name: "enrolment", Unique: true, Keys: func(r Row) []string {
			if r.Kind != RowIssued {
				return nil
			}
			return []string{issuedKey(r.subject(), r.Turn)}
		}},
		{Name: "person", Keys: func(r Row) []string {
			if r.Person == "" { // a guest without an account
				return nil
			}
			return []string{string(r.Person)}
		}},
	},
	Upgrades: []Upgrade{asItIs}, // rows of occasions, and which certificate supersedes another: without that, a hash would be another's
}

// holders says how the personal fields of certificates are kept.
var holders = Noun[Holder]{
	Name: "holders",
	ID:   func(h Holder) string { return string(h.Code) },
	Indexes: []Index[Holder]{
		{Name: "name", Keys: func(h Holder) []string { return []string{string(h.Issuer) + "/" + Fold(h.Person)} }},
	},
	Upgrades: []Upgrade{asItIs}, // fiscal numbers may be printed: without that, a hash would be another's
}

// subject is what a certificate is about: an enrolment, or an occasion.
func (r Row) subject() string {
	if r.Occasion != "" {
		return r.Occasion
	}
	return string(r.Enrolment)
}

func issuedKey(subject string, turn int) string { return subject + "/" + strconv.Itoa(turn) }

// rowID is order-preserving within an issuer.
func rowID(issuer OrganisationID, seq int) string { return fmt.Sprintf("%s/%09d", issuer, seq) }

// Hash is what the next row holds of this one: SHA-256 over its JSON.
func (r Row) Hash() course.Hash {
	b, err := json.Marshal(r)
	if err != nil {
		panic(err) // a Row is plain data
	}
	sum := sha256.Sum256(b)
	return course.Hash(hex.EncodeToString(sum[:]))
}

// Hash is what the register keeps of the personal fields.
func (h Holder) Hash() course.Hash {
	b, err := json.Marshal(h)
	if err != nil {
		panic(err) // a Holder is plain data
	}
	sum := sha256.Sum256(b)
	return course.Hash(hex.EncodeToString(sum[:]))
}

// after makes the row that follows head: its place in the chain, and the counter of numbers carried on.
func (r Row) after(head Row) Row {
	r.Seq, r.Year, r.Last = head.Seq+1, head.Year, head.Last
	if head.Seq > 0 {
		r.Prev = head.Hash()
	}
	r.ID = rowID(r.Issuer, r.Seq)
	return r
}

// numbered gives an issued row the next number of its year. The year never goes back: of two nodes at midnight one has a clock that is behind.
func (r Row) numbered(rome *time.Location) Row {
	if year := r.At.In(rome).Year(); year > r.Year {
		r.Year, r.Last = year, 0
	}
	r.Last++
	r.Number = fmt.Sprintf("%d/%d", r.Last, r.Year)
	return r
}

// CheckChain says where a register breaks: a gap, a row that does not hold the hash of the one before, a number that does not follow.
func CheckChain(rows []Row) error {
	var head Row
	for _, r := range rows {
		want := Row{Issuer: r.Issuer}.after(head)
		switch {
		case r.Seq != want.Seq || r.ID != want.ID:
			return fmt.Errorf("row %s: expected %s", r.ID, want.ID)
		case r.Prev != want.Prev:
			return fmt.Errorf("row %s: does not hold the hash of the row before", r.ID)
		case !r.follows(head):
			return fmt.Errorf("row %s: the number %s, %d of %d, does not follow %d of %d", r.ID, r.Number, r.Last, r.Year, head.Last, head.Year)
		}
		head = r
	}
	return nil
}

// follows says whether a row carries the counter of numbers on: an issued row takes the next number of the year or the first of a later one, any other row none.
func (r Row) follows(head Row) bool {
	if r.Kind != RowIssued {
		return r.Year == head.Year && r.Last == head.Last
	}
	next := r.Year == head.Year && r.Last == head.Last+1 || r.Year > head.Year && r.Last == 1
	return next && r.Number == fmt.Sprintf("%d/%d", r.Last, r.Year)
}
