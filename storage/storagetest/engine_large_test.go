package storagetest_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"aulacomune/lms"
	"aulacomune/storage/storagetest"
)

const (
	manyThings = 10_000
	textSize   = 2 << 10
	heapBound  = 8 << 20 // of the 20 MB and more that all of them are
)

// Ten thousand documents are listed without loading them all, by the ids, by an index with one key and by one with several; other calls
// may be made meanwhile, and to stop early costs next to nothing.
func TestLargeList(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		r := open(t, s, "things")
		fill(t, r)
		for _, index := range []string{"", "surname", "tags"} {
			before := heap()
			n, last := 0, ""
			for x, err := range r.List(t.Context(), lms.Query{Index: index}) {
				if err != nil {
					t.Fatal(err)
				}
				if n++; n%1000 == 0 {
					if grown := heap() - before; grown > heapBound {
						t.Errorf("index %s: the heap grew by %d KB at record %d", index, grown>>10, n)
					}
					meanwhile(t, r, x.ID)
				}
				last = x.ID
			}
			if n != manyThings || last == "" {
				t.Errorf("index %s: %d records", index, n)
			}
			stopEarly(t, r, index)
		}
	})
}

// fill adds the things by many hands.
func fill(t testing.TB, r *lms.Records[thing]) {
	t.Helper()
	text := strings.Repeat("parola ", textSize/7)
	parallel(16, func(w int) {
		for i := w; i < manyThings; i += 16 {
			key := fmt.Sprintf("%05d", (i*7919)%manyThings)
			if err := r.Add(t.Context(), thing{ID: fmt.Sprint(i), Surname: key, Tags: []string{"t" + key}, Text: text}); err != nil {
				t.Error(err)
			}
		}
	})
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// meanwhile reads and writes while a list is under way.
func meanwhile(t *testing.T, r *lms.Records[thing], id string) {
	t.Helper()
	if _, err := r.Change(t.Context(), id, func(x *thing) error { x.N++; return nil }); err != nil {
		t.Error(err)
	}
	if got, err := r.Find(t.Context(), id); err != nil || got.N == 0 {
		t.Errorf("%+v, error %v", got.N, err)
	}
}

func stopEarly(t *testing.T, r *lms.Records[thing], index string) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	n := 0
	for _, err := range r.List(t.Context(), lms.Query{Index: index}) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n == 10 {
			break
		}
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > heapBound/4 {
		t.Errorf("index %s: ten records cost %d KB", index, used>>10)
	}
}
