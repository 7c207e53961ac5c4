package storagetest_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/storage/storagetest"
)

// A call whose context ended answers with the context's error and does nothing.
func TestCancelledBefore(t *testing.T) {
	calls := map[string]func(context.Context, *lms.Records[thing]) error{
		"find":   func(ctx context.Context, r *lms.Records[thing]) error { _, err := r.Find(ctx, "a"); return err },
		"add":    func(ctx context.Context, r *lms.Records[thing]) error { return r.Add(ctx, thing{ID: "b"}) },
		"remove": func(ctx context.Context, r *lms.Records[thing]) error { return r.Remove(ctx, "a") },
		"count": func(ctx context.Context, r *lms.Records[thing]) error {
			_, err := r.Count(ctx, lms.Query{})
			return err
		},
		"list": func(ctx context.Context, r *lms.Records[thing]) error {
			_, err := r.All(ctx, lms.Query{Index: "surname"})
			return err
		},
		"many": func(ctx context.Context, r *lms.Records[thing]) error {
			_, err := r.All(ctx, lms.Query{Index: "tags"})
			return err
		},
		"page": func(ctx context.Context, r *lms.Records[thing]) error {
			_, _, err := r.Page(ctx, lms.Query{Limit: 1})
			return err
		},
		"change": func(ctx context.Context, r *lms.Records[thing]) error {
			_, err := r.Change(ctx, "a", func(x *thing) error { x.N++; return nil })
			return err
		},
	}
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		r := open(t, s, "things")
		if err := r.Add(t.Context(), thing{ID: "a", Tags: []string{"x"}}); err != nil {
			t.Fatal(err)
		}
		over, cancel := context.WithCancel(t.Context())
		cancel()
		late, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
		defer cancel()
		for name, call := range calls {
			if err := call(over, r); !errors.Is(err, context.Canceled) {
				t.Errorf("%s: %v", name, err)
			}
			if err := call(late, r); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%s, late: %v", name, err)
			}
		}
		if got, err := r.Find(t.Context(), "a"); err != nil || got.N != 0 {
			t.Errorf("a is %+v, error %v", got, err)
		}
		if n, err := r.Count(t.Context(), lms.Query{}); err != nil || n != 1 {
			t.Errorf("%d records, error %v", n, err)
		}
	})
}

// A context that ends in the middle of a list ends the list with its error.
func TestCancelledList(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		r := open(t, s, "things")
		for i := range 100 {
			if err := r.Add(t.Context(), thing{ID: fmt.Sprint(i), Tags: []string{"x", "y"}}); err != nil {
				t.Fatal(err)
			}
		}
		for _, index := range []string{"", "surname", "tags"} {
			ctx, cancel := context.WithCancel(t.Context())
			n := 0
			var last error
			for _, err := range r.List(ctx, lms.Query{Index: index}) {
				if last = err; err == nil {
					n++
				}
				if n == 3 {
					cancel()
				}
			}
			cancel()
			if !errors.Is(last, context.Canceled) || n != 3 {
				t.Errorf("index %s: %d records, then %v", index, n, last)
			}
		}
	})
}

// Writers whose contexts end at any moment leave whole writes only: a write that was acknowledged is there, one that answered with the
// context's error may be, and nothing is there by half.
func TestCancelledInTheMiddle(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		r := open(t, s, "things")
		const writers, rounds = 8, 30
		parallel(writers, func(w int) {
			id := fmt.Sprint("w", w)
			if err := r.Add(t.Context(), thing{ID: id}); err != nil {
				t.Error(err)
			}
			acknowledged, failed := 0, 0
			for i := range rounds {
				ctx, cancel := context.WithTimeout(t.Context(), rand.N(3*time.Millisecond))
				_, err := r.Change(ctx, id, func(x *thing) error {
					x.N++
					x.Code, x.Tags = fmt.Sprint(id, " ", i), []string{fmt.Sprint(i), fmt.Sprint(i + 1)}
					return nil
				})
				cancel()
				switch {
				case err == nil:
					acknowledged++
				case errors.Is(err, context.DeadlineExceeded):
					failed++
				default:
					t.Error(err)
				}
			}
			// A write that was given up may still be on its way; one more change makes it come too late.
			if _, err := r.Change(t.Context(), id, func(x *thing) error { x.Surname = "last"; return nil }); err != nil {
				t.Error(err)
			}
			if got, err := r.Find(t.Context(), id); err != nil || got.N < acknowledged || got.N > acknowledged+failed {
				t.Errorf("%d changes of %d acknowledged and %d given up, error %v", got.N, acknowledged, failed, err)
			}
		})
		consistent(t, r)
	})
}
