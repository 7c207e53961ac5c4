package storagetest_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/storage/storagetest"
)

// thing is a record with every kind of index.
type thing struct {
	ID      string         `json:"id"`
	Surname string         `json:"surname"`        // one key, which may be empty
	Town    string         `json:"town,omitempty"` // one key or none
	Born    time.Time      `json:"born"`
	Points  int64          `json:"points"`
	Code    string         `json:"code,omitempty"`   // unique, or none
	Tags    []string       `json:"tags,omitempty"`   // several
	Logins  []string       `json:"logins,omitempty"` // several, each unique
	N       int            `json:"n"`
	Share   float64        `json:"share"`
	Extra   map[string]any `json:"extra,omitempty"`
	Text    string         `json:"text,omitempty"`
}

func things(name string) lms.Noun[thing] {
	return lms.Noun[thing]{Name: name, ID: func(t thing) string { return t.ID }, Indexes: []lms.Index[thing]{
		{Name: "surname", Keys: func(t thing) []string { return []string{t.Surname} }},
		{Name: "town", Keys: func(t thing) []string { return some(t.Town) }},
		{Name: "born", Keys: func(t thing) []string { return []string{lms.TimeKey(t.Born)} }},
		{Name: "points", Keys: func(t thing) []string { return []string{numberKey(t.Points)} }},
		{Name: "code", Unique: true, Keys: func(t thing) []string { return some(t.Code) }},
		{Name: "tags", Many: true, Keys: func(t thing) []string { return t.Tags }},
		{Name: "logins", Unique: true, Many: true, Keys: func(t thing) []string { return t.Logins }},
	}}
}

func some(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// numberKey is a whole number as a key in the order of the numbers.
func numberKey(n int64) string { return fmt.Sprintf("%020d", uint64(n)^(1<<63)) }

// open opens the things of a store, through a handle of their own.
func open(t testing.TB, s storagetest.Store, name string) *lms.Records[thing] {
	t.Helper()
	return records(t, s.Open(t), things(name))
}

func records[T any](t testing.TB, e lms.Engine, n lms.Noun[T]) *lms.Records[T] {
	t.Helper()
	r, err := lms.OpenRecords(t.Context(), e, n)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// pair is where the model expects an entry.
type pair struct{ key, id string }

// expect is the model: the entries of a query in bytewise order of (key, id), from all things there are.
func expect(all []thing, q lms.Query) []pair {
	keys := func(t thing) []string { return []string{t.ID} }
	for _, i := range things("").Indexes {
		if i.Name == q.Index {
			keys = i.Keys
		}
	}
	var out []pair
	for _, t := range all {
		for _, k := range keys(t) {
			if p := (pair{k, t.ID}); wanted(q, k) && !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	slices.SortFunc(out, func(a, b pair) int { return cmp.Or(strings.Compare(a.key, b.key), strings.Compare(a.id, b.id)) })
	if q.Reverse {
		slices.Reverse(out)
	}
	if q.Limit > 0 && len(out) > q.Limit {
		out = out[:q.Limit]
	}
	return out
}

func wanted(q lms.Query, key string) bool {
	switch {
	case q.Equal != "":
		return key == q.Equal
	case q.In != nil:
		return slices.Contains(q.In, key)
	case q.Prefix != "":
		return strings.HasPrefix(key, q.Prefix)
	default:
		return key >= q.From && (q.To == "" || key < q.To)
	}
}

func ids(pairs []pair) []string {
	var out []string
	for _, p := range pairs {
		out = append(out, p.id)
	}
	return out
}

// listed gives the ids that a query lists.
func listed(ctx context.Context, r *lms.Records[thing], q lms.Query) ([]string, error) {
	all, err := r.All(ctx, q)
	var out []string
	for _, t := range all {
		out = append(out, t.ID)
	}
	return out, err
}

// indexes are all that a query may ask; "" is the ids.
func indexes() []string {
	out := []string{""}
	for _, i := range things("").Indexes {
		out = append(out, i.Name)
	}
	return out
}

// consistent checks that the indexes say of the documents what the documents say of themselves: no write was made by half. A writer that
// was killed or gave up may have a write on its way to a server still, so a difference counts when it stays.
func consistent(t *testing.T, r *lms.Records[thing]) {
	t.Helper()
	var wrong []string
	for range 20 {
		if wrong = differences(t, r); wrong == nil {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Error(strings.Join(wrong, "\n"))
}

// differences compares every index with the documents.
func differences(t *testing.T, r *lms.Records[thing]) (out []string) {
	t.Helper()
	ctx := context.Background()
	all, err := r.All(ctx, lms.Query{})
	if err != nil {
		t.Fatal(err)
	}
	for _, index := range indexes() {
		q := lms.Query{Index: index}
		got, err := listed(ctx, r, q)
		if want := ids(expect(all, q)); err != nil || !slices.Equal(got, want) {
			out = append(out, fmt.Sprintf("index %s lists %d entries %.200q, error %v; the documents give %d: %.200q", index, len(got), got, err, len(want), want))
		}
	}
	return out
}
