package storagetest_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"aulacomune/lms"
	"aulacomune/storage/storagetest"
)

// Sixteen writers change one document fifty times each: 800 changes are kept. The writers are spread over two handles on the store, as
// two processes would be, so that the queue inside one of them does not hide a race.
func TestManyWritersOneDocument(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		handles := []*lms.Records[thing]{open(t, s, "things"), open(t, s, "things")}
		if err := handles[0].Add(t.Context(), thing{ID: "a"}); err != nil {
			t.Fatal(err)
		}
		parallel(16, func(w int) {
			for i := range 50 {
				_, err := handles[w%2].Change(t.Context(), "a", func(x *thing) error {
					x.N++
					x.Surname = fmt.Sprintf("writer %d, change %d", w, i)
					x.Tags = append(x.Tags, x.Surname)[max(0, len(x.Tags)-4):]
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
		got, err := handles[1].Find(t.Context(), "a")
		if err != nil || got.N != 800 {
			t.Errorf("kept %d changes of 800, error %v", got.N, err)
		}
		consistent(t, handles[0])
	})
}

// parallel runs a function n times at once and waits.
func parallel(n int, f func(i int)) {
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { f(i) })
	}
	all.Wait()
}

// Of many who want one id or one key of a unique index at once, exactly one gets it; the others are told what was taken.
func TestUniqueUnderRace(t *testing.T) {
	claims := map[string]func(round, w int) thing{
		"id": func(round, _ int) thing { return thing{ID: fmt.Sprint("same-", round)} },
		"code": func(round, w int) thing {
			return thing{ID: fmt.Sprint(round, "-", w), Code: fmt.Sprint("code ", round)}
		},
		"logins": func(round, w int) thing {
			return thing{ID: fmt.Sprint("l", round, "-", w), Logins: []string{fmt.Sprint(round), fmt.Sprint(w, " of ", round)}}
		},
	}
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		handles := []*lms.Records[thing]{open(t, s, "things"), open(t, s, "things")}
		for index, claim := range claims {
			for round := range 10 {
				var won sync.Map
				parallel(8, func(w int) {
					switch err := handles[w%2].Add(t.Context(), claim(round, w)); {
					case err == nil:
						won.Store(w, true)
					case !lms.IsTaken(err, index):
						t.Errorf("%s: %v", index, err)
					}
				})
				if n := count(&won); n != 1 {
					t.Errorf("%s: %d of 8 got it", index, n)
				}
			}
		}
		consistent(t, handles[0])
	})
}

func count(m *sync.Map) (n int) {
	m.Range(func(any, any) bool { n++; return true })
	return n
}

// A change that would take another's unique key changes nothing at all, and a key that was given up is free again.
func TestUniqueOnChange(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		r := open(t, s, "things")
		for _, x := range []thing{{ID: "a", Code: "1", Surname: "old"}, {ID: "b", Code: "2", Logins: []string{"b@x"}}} {
			if err := r.Add(t.Context(), x); err != nil {
				t.Fatal(err)
			}
		}
		take := func(id, code string, logins ...string) error {
			_, err := r.Change(t.Context(), id, func(x *thing) error {
				x.Surname, x.Code, x.Logins = "new "+code, code, logins
				return nil
			})
			return err
		}
		if err := take("a", "2"); !lms.IsTaken(err, "code") {
			t.Errorf("code: %v", err)
		}
		if err := take("a", "3", "a@x", "b@x"); !lms.IsTaken(err, "logins") {
			t.Errorf("logins: %v", err)
		}
		if got, err := r.Find(t.Context(), "a"); err != nil || got.Surname != "old" || got.Code != "1" {
			t.Errorf("a is %+v, error %v", got, err)
		}
		consistent(t, r)
		if err := r.Remove(t.Context(), "b"); err != nil {
			t.Fatal(err)
		}
		if err := take("a", "2", "b@x", "c@x"); err != nil {
			t.Errorf("what was free again: %v", err)
		}
		consistent(t, r)
	})
}

// What is there or not there, a query that no index serves, and keys that no engine could keep: each is said clearly.
func TestRefusals(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		r := open(t, s, "things")
		ctx := t.Context()
		if err := r.Add(ctx, thing{ID: "a"}); err != nil {
			t.Fatal(err)
		}
		_, err := r.Find(ctx, "b")
		expectKind(t, "find", err, lms.NotFound)
		_, err = r.Find(ctx, "a\x00")
		expectKind(t, "find what can't be", err, lms.NotFound)
		_, err = r.Change(ctx, "b", func(*thing) error { return nil })
		expectKind(t, "change", err, lms.NotFound)
		expectKind(t, "remove", r.Remove(ctx, "b"), lms.NotFound)
		expectKind(t, "add again", r.Add(ctx, thing{ID: "a"}), lms.Conflict)
		expectKind(t, "add a key with a null", r.Add(ctx, thing{ID: "c", Surname: "\x00"}), lms.Invalid)
		expectKind(t, "add a key that is not UTF-8", r.Add(ctx, thing{ID: "c", Tags: []string{"\xff"}}), lms.Invalid)
		_, err = r.All(ctx, lms.Query{Index: "surname", Prefix: "\xff"})
		expectKind(t, "list what can't be", err, lms.Invalid)
		_, _, err = r.Page(ctx, lms.Query{After: "???"})
		expectKind(t, "a cursor that is none", err, lms.Invalid)
		for _, q := range []lms.Query{{Index: "share"}, {Index: "n", Equal: "1"}, {Index: "text", Prefix: "x"}} {
			if _, err := r.All(ctx, q); err == nil || !strings.Contains(err.Error(), "no index") {
				t.Errorf("%+v: %v", q, err)
			}
			if _, err := r.Count(ctx, q); err == nil {
				t.Errorf("%+v is counted", q)
			}
		}
		mine := errors.New("no")
		if _, err := r.Change(ctx, "a", func(x *thing) error { x.N = 9; return mine }); err != mine {
			t.Errorf("the function's error came back as %v", err)
		}
		if got, err := r.Find(ctx, "a"); err != nil || got.N != 0 {
			t.Errorf("a refused change was written: %+v, %v", got, err)
		}
	})
}

func expectKind(t *testing.T, what string, err error, k lms.ErrorKind) {
	t.Helper()
	if !lms.Is(err, k) {
		t.Errorf("%s: %v, want %v", what, err, k)
	}
}
