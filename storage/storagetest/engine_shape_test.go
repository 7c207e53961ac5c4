package storagetest_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"aulacomune/lms"
	"aulacomune/storage/storagetest"
)

// The noun of these tests in three shapes: first {id, name}; then the name is split; then the given name is called first.
type person struct {
	ID    string `json:"id"`
	First string `json:"first"`
	Last  string `json:"last"`
	Age   int    `json:"age"`
}

func people(shape int, indexes ...lms.Index[person]) lms.Noun[person] {
	split := func(d map[string]any) error {
		name, ok := d["name"].(string)
		if !ok {
			return errors.New("no name")
		}
		d["given"], d["last"], _ = strings.Cut(name, " ")
		return nil
	}
	rename := func(d map[string]any) error { d["first"] = d["given"]; return nil }
	return lms.Noun[person]{Name: "people", ID: func(p person) string { return p.ID }, Indexes: indexes, Upgrades: []lms.Upgrade{split, rename}[:shape-1]}
}

var byLast = lms.Index[person]{Name: "last", Keys: func(p person) []string { return []string{p.Last} }}

// insertOld stores documents as earlier versions of a program did.
func insertOld(t *testing.T, e lms.Engine) {
	t.Helper()
	if err := e.Prepare(t.Context(), lms.Collection{Name: "people", Indexes: []lms.IndexSpec{{Name: "shape"}}}); err != nil {
		t.Fatal(err)
	}
	bodies := []string{`{"id":"1","name":"Ada Rossi","age":30}`, `{"id":"2","given":"Ugo","last":"Bianchi","age":40}`, `{"id":"3","first":"Eva","last":"Neri","age":50}`}
	for i, body := range bodies {
		key := lms.Key{IndexSpec: lms.IndexSpec{Name: "shape"}, Value: fmt.Sprintf("%06d", i+1)}
		d := lms.Document{ID: fmt.Sprint(i + 1), Rev: 1, Version: i + 1, Keys: []lms.Key{key}, Body: []byte(body)}
		if err := e.Insert(t.Context(), "people", d); err != nil {
			t.Fatal(err)
		}
	}
}

// Old shapes are upgraded when read, and listed by an index that did not exist when they were written.
func TestOldShapes(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		e := s.Open(t)
		insertOld(t, e)
		r := records(t, e, people(3, byLast))
		all, err := r.All(t.Context(), lms.Query{Index: "last"})
		want := []person{{"2", "Ugo", "Bianchi", 40}, {"3", "Eva", "Neri", 50}, {"1", "Ada", "Rossi", 30}}
		if err != nil || !slices.Equal(all, want) {
			t.Errorf("got %v, error %v", all, err)
		}
	})
}

// A shape of a newer program makes an older one refuse to begin.
func TestNewerShape(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		e := s.Open(t)
		insertOld(t, e)
		_, err := lms.OpenRecords(t.Context(), e, people(2, byLast))
		if err == nil || !strings.Contains(err.Error(), "document 3 has shape 3") {
			t.Errorf("got %v", err)
		}
	})
}

// Upgrading a shape alone writes nothing at the start, so that a node of the version before goes on beside the new one.
func TestShapeAloneIsLeft(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		e := s.Open(t)
		old := records(t, e, people(2, byLast))
		if err := old.Add(t.Context(), person{ID: "1", Last: "Rossi"}); err != nil {
			t.Fatal(err)
		}
		records(t, e, people(3, byLast))
		if d, err := e.Get(t.Context(), "people", "1"); err != nil || d.Version != 2 || d.Rev != 1 {
			t.Errorf("version %d, revision %d, error %v", d.Version, d.Rev, err)
		}
		records(t, e, people(2, byLast))
	})
}

// A noun whose indexes changed finds what was stored before by its new ones, whatever changed: one more, one less, unique now, other
// keys. It begins again where it was stopped, and two may do it at once.
func TestNewIndexes(t *testing.T) {
	const n = 300
	byAge := lms.Index[person]{Name: "age", Keys: func(p person) []string { return []string{fmt.Sprintf("%03d", p.Age)} }}
	byFirst := lms.Index[person]{Name: "first", Unique: true, Keys: func(p person) []string { return []string{p.First} }}
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		e := s.Open(t)
		r := records(t, e, people(1, byLast))
		parallel(8, func(w int) {
			for i := w; i < n; i += 8 {
				if err := r.Add(t.Context(), person{ID: fmt.Sprint(i), First: fmt.Sprint("f", i), Last: "x", Age: i}); err != nil {
					t.Error(err)
				}
			}
		})
		stopped := &stopping{Engine: e, after: n / 3}
		if _, err := lms.OpenRecords(t.Context(), stopped, people(1, byLast, byAge)); !errors.Is(err, errStopped) {
			t.Errorf("a stopped start: %v", err)
		}
		other := s.Open(t)
		parallel(2, func(i int) { records(t, []lms.Engine{e, other}[i], people(1, byLast, byAge)) })
		expectCount(t, records(t, e, people(1, byLast, byAge)), lms.Query{Index: "age", To: "010"}, 10)

		last := byLast
		last.Version, last.Keys = 1, func(p person) []string { return []string{"y"} }
		r = records(t, e, people(1, last, byFirst))
		expectCount(t, r, lms.Query{Index: "last", Equal: "y"}, n)
		expectCount(t, r, lms.Query{Index: "first"}, n)
		if err := r.Add(t.Context(), person{ID: "new", First: "f7"}); !lms.IsTaken(err, "first") {
			t.Errorf("the index is not unique now: %v", err)
		}
		unwritten := &stopping{Engine: e}
		if _, err := lms.OpenRecords(t.Context(), unwritten, people(1, byFirst, last)); err != nil {
			t.Errorf("where nothing changed something was written: %v", err)
		}
	})
}

// An index that can't be unique because of what is stored is refused at the start, and the record named.
func TestNewUniqueIndexRefused(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		e := s.Open(t)
		r := records(t, e, people(1, byLast))
		for _, id := range []string{"1", "2"} {
			if err := r.Add(t.Context(), person{ID: id, Last: "Rossi"}); err != nil {
				t.Fatal(err)
			}
		}
		unique := byLast
		unique.Unique = true
		_, err := lms.OpenRecords(t.Context(), e, people(1, unique))
		if !lms.IsTaken(err, "last") {
			t.Errorf("got %v", err)
		}
		expectCount(t, records(t, e, people(1, byLast)), lms.Query{Index: "last", Equal: "Rossi"}, 2)
	})
}

func expectCount(t *testing.T, r *lms.Records[person], q lms.Query, want int) {
	t.Helper()
	all, err := r.All(t.Context(), q)
	if n, err := r.Count(t.Context(), q); err != nil || n != want {
		t.Errorf("%+v counts %d, error %v, want %d", q, n, err, want)
	}
	if err != nil || len(all) != want {
		t.Errorf("%+v lists %d, error %v, want %d", q, len(all), err, want)
	}
}

var errStopped = errors.New("stopped")

// stopping is an engine that fails for good after some writes.
type stopping struct {
	lms.Engine
	after int64
}

// Replace writes over a document while it may.
func (s *stopping) Replace(ctx context.Context, collection string, next lms.Document) error {
	if atomic.AddInt64(&s.after, -1) < 0 {
		return errStopped
	}
	return s.Engine.Replace(ctx, collection, next)
}
