package records

import (
	"context"
	"encoding/base64"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// PageAt says which page of a list: behind a cursor, of so many.
type PageAt struct {
	After string // what the page before gave as next; "" for the first
	Limit int
}

// Query is a question to one index. At most one of Equal, In, Prefix and From/To is given; none of them means all.
type Query struct {
	Index   string // "" means the ids
	Equal   string
	In      []string
	Prefix  string
	From    string // keys from here…
	To      string // …and before this
	After   string // cursor: what Page gave as next
	Reverse bool
	Limit   int
}

// List yields the records of a query in the order of (key, id), without loading them all. In an index with several keys a record may come more than once.
func (r *Records[T]) List(ctx context.Context, q Query) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for e, err := range r.scan(ctx, q) {
			var t T
			if err == nil {
				t, err = r.read(e.Document)
			}
			if !yield(t, err) || err != nil {
				return
			}
		}
	}
}

// All collects what List yields.
func (r *Records[T]) All(ctx context.Context, q Query) ([]T, error) {
	var out []T
	for t, err := range r.List(ctx, q) {
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

// Page is one page of a query, each record once, and the cursor of the next; "" when there is none.
func (r *Records[T]) Page(ctx context.Context, q Query) (items []T, next string, err error) {
	limit := q.Limit
	if q.Limit = 0; limit > 0 && r.findsOnce(q) {
		q.Limit = limit + 1 // one more, to know whether there is a next page
	}
	seen := map[string]bool{}
	for e, err := range r.scan(ctx, q) {
		if err != nil {
			return nil, "", err
		}
		if limit > 0 && len(items) == limit && !seen[e.ID] {
			return items, next, nil
		}
		next = cursor(Position{e.Key, e.ID})
		if seen[e.ID] {
			continue
		}
		seen[e.ID] = true
		t, err := r.read(e.Document)
		if err != nil {
			return nil, "", err
		}
		items = append(items, t)
	}
	return items, "", nil
}

// findsOnce says whether a query finds each record once at most.
func (r *Records[T]) findsOnce(q Query) bool {
	several := func(i Index[T]) bool { return i.Name == q.Index && i.Many }
	return q.Equal != "" || !slices.ContainsFunc(r.noun.Indexes, several)
}

// Count counts the entries of a query.
func (r *Records[T]) Count(ctx context.Context, q Query) (int, error) {
	rg, err := r.scope(q)
	if err != nil {
		return 0, err
	}
	n := 0
	err = r.again(ctx, func() (err error) {
		n, err = r.engine.Count(ctx, r.noun.Name, rg)
		return err
	})
	return n, r.wrap("count", q.Index, err)
}

// scan yields the entries of a query. Where the engine could not be reached meanwhile it goes on behind the last entry.
func (r *Records[T]) scan(ctx context.Context, q Query) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		rg, err := r.scope(q)
		if err == nil {
			err = r.again(ctx, func() error { return r.pass(ctx, &rg, yield) })
			err = r.wrap("list", q.Index, err)
		}
		if err != nil {
			yield(Entry{}, err)
		}
	}
}

// pass yields the entries of a range and moves the range's beginning behind each.
func (r *Records[T]) pass(ctx context.Context, rg *Range, yield func(Entry, error) bool) error {
	for e, err := range r.engine.Scan(ctx, r.noun.Name, *rg) {
		if err != nil {
			return err
		}
		last := rg.Limit == 1
		rg.After, rg.Limit = Position{e.Key, e.ID}, max(0, rg.Limit-1)
		if !yield(e, nil) || last {
			return nil
		}
	}
	return nil
}

// scope turns a query into a range, and refuses what no index serves.
func (r *Records[T]) scope(q Query) (Range, error) {
	rg := Range{In: q.In, From: q.From, To: q.To, Reverse: q.Reverse, Limit: q.Limit}
	switch i := slices.IndexFunc(r.noun.Indexes, func(i Index[T]) bool { return i.Name == q.Index }); {
	case q.Index == "" || q.Index == "id":
		rg.Index = IndexSpec{Name: "id", Unique: true}
	case i >= 0:
		rg.Index = r.noun.Indexes[i].spec()
	default:
		return Range{}, fmt.Errorf("list %s: no index %q serves this query", r.noun.Name, q.Index)
	}
	if q.Equal != "" {
		rg.In = []string{q.Equal}
	}
	if q.Prefix != "" {
		rg.From, rg.To = q.Prefix, AfterPrefix(q.Prefix)
	}
	for _, k := range slices.Concat(rg.In, []string{rg.From, rg.To}) {
		if !IsClean(k) {
			return Range{}, Wrong("query", "error.invalid")
		}
	}
	after, err := parseCursor(q.After)
	rg.After = after
	return rg, err
}

// AfterPrefix is a key behind every key that begins with the prefix: no key contains the last code point.
func AfterPrefix(p string) string { return p + "\U0010FFFF" }

func cursor(p Position) string {
	return base64.RawURLEncoding.EncodeToString([]byte(p.Key + "\x00" + p.ID))
}

func parseCursor(s string) (Position, error) {
	if s == "" {
		return Position{}, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	key, id, ok := strings.Cut(string(b), "\x00")
	if err != nil || !ok || !IsClean(key) || !IsClean(id) {
		return Position{}, Wrong("cursor", "error.cursor")
	}
	return Position{key, id}, nil
}
