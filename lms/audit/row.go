package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"aulacomune/lms"
)

// Hash is a SHA-256 in hexadecimal digits.
type Hash string

// Row is an act as the chain holds it. It says nothing of a person but their id.
type Row struct {
	ID       string               `json:"id"`  // of Seq, so that ids stand in the order of the chain
	Seq      int                  `json:"seq"` // from 1, without gaps
	At       time.Time            `json:"at"`
	By       lms.PersonID         `json:"by,omitempty"` // "" for the command line of the machine itself
	Role     lms.Role             `json:"role,omitempty"`
	Verb     string               `json:"verb"`
	Object   string               `json:"object,omitempty"`
	Person   lms.PersonID         `json:"person,omitempty"`
	Within   []lms.OrganisationID `json:"within,omitempty"`
	Details  map[string]string    `json:"details,omitempty"`
	Private  string               `json:"private,omitempty"`  // id of the personal part
	Personal Hash                 `json:"personal,omitempty"` // its salted hash
	Key      string               `json:"key,omitempty"`
	Prev     Hash                 `json:"prev,omitempty"` // hash of the row before; "" in the first
}

// Private is the personal part of a row, which can be erased.
type Private struct {
	ID     string            `json:"id"`
	Person lms.PersonID      `json:"person,omitempty"`
	Salt   string            `json:"salt"`
	Words  map[string]string `json:"words"`
}

// rows says how the chain is kept.
var rows = lms.Noun[Row]{
	Name: "acts",
	ID:   func(r Row) string { return r.ID },
	Indexes: []lms.Index[Row]{
		{Name: "key", Unique: true, Keys: func(r Row) []string {
			if r.Key == "" {
				return nil
			}
			return []string{r.Key}
		}},
		{Name: "who", Many: true, Keys: func(r Row) []string {
			keys := []string{byKey(r.By) + lms.TimeKey(r.At)}
			if r.Person != "" {
				keys = append(keys, aboutKey(r.Person)+lms.TimeKey(r.At))
			}
			return keys
		}},
		{Name: "within", Many: true, Keys: func(r Row) []string {
			var keys []string
			for _, o := range append([]lms.OrganisationID{""}, r.Within...) {
				keys = append(keys, withinKey(o, "")+lms.TimeKey(r.At), withinKey(o, r.Verb)+lms.TimeKey(r.At))
			}
			return keys
		}},
	},
}

// privates says how the personal parts are kept.
var privates = lms.Noun[Private]{
	Name: "acts_private",
	ID:   func(p Private) string { return p.ID },
	Indexes: []lms.Index[Private]{
		{Name: "person", Keys: func(p Private) []string {
			if p.Person == "" {
				return nil
			}
			return []string{string(p.Person)}
		}},
	},
}

func byKey(p lms.PersonID) string                            { return "b/" + string(p) + "/" }
func aboutKey(p lms.PersonID) string                         { return "p/" + string(p) + "/" }
func withinKey(o lms.OrganisationID, verbName string) string { return string(o) + "/" + verbName + "/" }

// rowID keeps the order of the chain.
func rowID(seq int) string { return fmt.Sprintf("%012d", seq) }

// after is the row behind another in the chain.
func (r Row) after(head Row) Row {
	r.Seq, r.Prev = head.Seq+1, ""
	if head.Seq > 0 {
		r.Prev = head.Hash()
	}
	r.ID = rowID(r.Seq)
	return r
}

// Hash is what the next row holds of this one.
func (r Row) Hash() Hash { return hashOf(r) }

// Hash is what the row holds of its personal part.
func (p Private) Hash() Hash { return hashOf(p) }

func hashOf(v any) Hash {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // plain data
	}
	sum := sha256.Sum256(b)
	return Hash(hex.EncodeToString(sum[:]))
}
