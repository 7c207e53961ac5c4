package mongo

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"aulacomune/lms"
)

// Three ways to scan, all in the order of (key, id):
//
//   - an index with one key per document: one find, sorted by the index;
//   - certain keys of an index with several: a find for each key, which the index gives in the order of the ids;
//   - a stretch of such an index: the pairs (key, id), sorted by the server, and the documents fetched a few at a time.

// Scan yields the entries of a range in order, through a cursor that the server holds.
func (e *Engine) Scan(ctx context.Context, collection string, r lms.Range) iter.Seq2[lms.Entry, error] {
	sc := scan{Engine: e, c: e.db.Collection(collection), r: r}
	entries := sc.ordered
	switch {
	case r.In != nil && len(r.In) == 0:
		return func(func(lms.Entry, error) bool) {}
	case r.Index.Many && r.In != nil:
		entries = sc.keyByKey
	case r.Index.Many:
		entries = sc.paired
	}
	return func(yield func(lms.Entry, error) bool) {
		left := r.Limit
		for entry, err := range entries(ctx) {
			if err != nil {
				yield(lms.Entry{}, fmt.Errorf("scan %s: %w", collection, fault(ctx, err)))
				return
			}
			if left--; !yield(entry, nil) || left == 0 {
				return
			}
		}
	}
}

// scan is a Scan under way.
type scan struct {
	*Engine
	c *mongo.Collection
	r lms.Range
}

// ordered scans an index with one key per document.
func (sc scan) ordered(ctx context.Context) iter.Seq2[lms.Entry, error] {
	return func(yield func(lms.Entry, error) bool) {
		for d, err := range sc.documents(ctx, where(sc.r), order(sc.r), sc.r.Limit) {
			if !yield(lms.Entry{Key: keyOf(d, sc.r.Index.Name), Document: d}, err) {
				return
			}
		}
	}
}

// keyOf is the one key of a document in an index.
func keyOf(d lms.Document, index string) string {
	if index == "id" {
		return d.ID
	}
	if i := slices.IndexFunc(d.Keys, func(k lms.Key) bool { return k.Name == index }); i >= 0 {
		return d.Keys[i].Value
	}
	return ""
}

// keyByKey scans certain keys of an index with several per document, each as a question of its own.
func (sc scan) keyByKey(ctx context.Context) iter.Seq2[lms.Entry, error] {
	return func(yield func(lms.Entry, error) bool) {
		for _, k := range inOrder(sc.r) {
			for d, err := range sc.documents(ctx, whereKey(sc.r, k), bson.D{{Key: "_id", Value: direction(sc.r)}}, sc.r.Limit) {
				if !yield(lms.Entry{Key: k, Document: d}, err) {
					return
				}
			}
		}
	}
}

// inOrder gives the keys of In that a scan passes, in its direction.
func inOrder(r lms.Range) []string {
	keys := slices.Compact(slices.Sorted(slices.Values(r.In)))
	if r.Reverse {
		slices.Reverse(keys)
	}
	return slices.DeleteFunc(keys, func(k string) bool {
		passed := r.After.ID != "" && (!r.Reverse && k < r.After.Key || r.Reverse && k > r.After.Key)
		return passed || k < r.From || r.To != "" && k >= r.To
	})
}

// A scan's first batch is small because many callers want one page.
const (
	firstBatch = 32
	laterBatch = 256
)

// documents streams what a filter finds.
func (sc scan) documents(ctx context.Context, where, sort bson.D, most int) iter.Seq2[lms.Document, error] {
	return func(yield func(lms.Document, error) bool) {
		within, cancel := limit(ctx)
		defer cancel()
		cursor, err := sc.c.Find(within, where, options.Find().SetSort(sort).SetLimit(int64(most)).SetBatchSize(firstBatch))
		for s, err := range drain[stored](ctx, cursor, err) {
			var d lms.Document
			if err == nil {
				d, err = sc.document(sc.c.Name(), s)
			}
			if !yield(d, err) || err != nil {
				return
			}
		}
	}
}

// drain yields what a cursor gives and closes it. It takes the error of asking for the cursor, so that callers have one to look at.
func drain[T any](ctx context.Context, c *mongo.Cursor, err error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		if err != nil {
			yield(none, err)
			return
		}
		defer closeCursor(c)
		for advance(ctx, c) {
			var v T
			if err := c.Decode(&v); err != nil {
				yield(none, err)
				return
			}
			if !yield(v, nil) {
				return
			}
		}
		if err := cmp.Or(ctx.Err(), c.Err()); err != nil {
			yield(none, err)
		}
	}
}

// advance moves a cursor on, with a time limit where it has to ask the server.
func advance(ctx context.Context, c *mongo.Cursor) bool {
	if ctx.Err() != nil {
		return false
	}
	if c.RemainingBatchLength() > 0 {
		return c.Next(ctx)
	}
	c.SetBatchSize(laterBatch)
	within, cancel := limit(ctx)
	defer cancel()
	return c.Next(within)
}

// closeCursor frees a cursor on the server, which frees it by itself some minutes later if this fails.
func closeCursor(c *mongo.Cursor) {
	ctx, cancel := limit(context.Background())
	defer cancel()
	_ = c.Close(ctx)
}
