package storagetest_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"aulacomune/lms"
	"aulacomune/storage/storagetest"
)

// Many records are added at once, each with its keys; what cannot be added ends it, and so does whoever waits no longer.
func TestAddAll(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		r := open(t, s, "things")
		made := func(from, to int) func(yield func(thing) bool) {
			return func(yield func(thing) bool) {
				for i := from; i < to; i++ {
					if !yield(thing{ID: fmt.Sprintf("%04d", i), Surname: fmt.Sprint("s", i%7), Code: fmt.Sprint("c", i), Tags: []string{"all", fmt.Sprint("t", i%3)}}) {
						return
					}
				}
			}
		}
		if err := r.AddAll(t.Context(), made(0, 1000)); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			q    lms.Query
			want int
		}{{lms.Query{}, 1000}, {lms.Query{Index: "tags", Equal: "all"}, 1000}, {lms.Query{Index: "surname", Equal: "s0"}, 143}, {lms.Query{Index: "code", Equal: "c999"}, 1}} {
			if n, err := r.Count(t.Context(), c.q); err != nil || n != c.want {
				t.Errorf("%+v: %d, %v, want %d", c.q, n, err, c.want)
			}
		}
		if err := r.AddAll(t.Context(), made(999, 100_000)); !lms.Is(err, lms.Conflict) {
			t.Errorf("one that is there: %v", err)
		}
		if n, err := r.Count(t.Context(), lms.Query{}); err != nil || n > 2000 {
			t.Errorf("after a fault %d records, %v: it went on", n, err)
		}
		if err := r.AddAll(t.Context(), made(0, 0)); err != nil {
			t.Errorf("none: %v", err)
		}
		ctx, stop := context.WithCancel(t.Context())
		stop()
		if err := r.AddAll(ctx, made(200_000, 300_000)); !errors.Is(err, context.Canceled) {
			t.Errorf("nobody waits: %v", err)
		}
	})
}
