package mongo

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"aulacomune/lms"
)

// pair is an entry of an index without its document.
type pair struct {
	Key string `bson:"k"`
	ID  string `bson:"_id"`
}

// pipeline gives the pairs of a stretch of an index with several keys per document, unsorted.
func pipeline(r lms.Range) mongo.Pipeline {
	f := field(r.Index)
	ofKey := bson.D{{Key: "k", Value: stretch(r)}}
	if r.After.ID != "" {
		ofKey = append(ofKey, behind(r, "k"))
	}
	return mongo.Pipeline{
		{{Key: "$match", Value: bson.D{{Key: f, Value: bson.D{{Key: "$elemMatch", Value: stretch(r)}}}}}},
		{{Key: "$project", Value: bson.D{{Key: "k", Value: "$" + f}}}},
		{{Key: "$unwind", Value: "$k"}},
		{{Key: "$match", Value: ofKey}},
	}
}

// pairs streams the pairs of a stretch in order.
func (sc scan) pairs(ctx context.Context) iter.Seq2[pair, error] {
	p := append(pipeline(sc.r), bson.D{{Key: "$sort", Value: bson.D{{Key: "k", Value: direction(sc.r)}, {Key: "_id", Value: direction(sc.r)}}}})
	if sc.r.Limit > 0 {
		p = append(p, bson.D{{Key: "$limit", Value: sc.r.Limit}})
	}
	return func(yield func(pair, error) bool) {
		within, cancel := limit(ctx)
		defer cancel()
		cursor, err := sc.c.Aggregate(within, p, options.Aggregate().SetBatchSize(firstBatch).SetAllowDiskUse(true))
		drain[pair](ctx, cursor, err)(yield)
	}
}

// paired scans a stretch of an index with several keys per document. The pairs are sorted without the documents, which may be many and
// large; a document that lost its key or is gone since is passed over.
func (sc scan) paired(ctx context.Context) iter.Seq2[lms.Entry, error] {
	return func(yield func(lms.Entry, error) bool) {
		var group []pair
		for p, err := range sc.pairs(ctx) {
			if err != nil {
				yield(lms.Entry{}, err)
				return
			}
			if group = append(group, p); len(group) < firstBatch {
				continue
			}
			if !sc.yieldGroup(ctx, group, yield) {
				return
			}
			group = group[:0]
		}
		sc.yieldGroup(ctx, group, yield)
	}
}

// yieldGroup fetches the documents of some pairs and yields them in the order of the pairs. It says whether more are wanted.
func (sc scan) yieldGroup(ctx context.Context, group []pair, yield func(lms.Entry, error) bool) bool {
	if len(group) == 0 {
		return true
	}
	found, err := sc.fetch(ctx, group)
	if err != nil {
		yield(lms.Entry{}, err)
		return false
	}
	for _, p := range group {
		d, ok := found[p.ID]
		if !ok || !slices.ContainsFunc(d.Keys, func(k lms.Key) bool { return k.Name == sc.r.Index.Name && k.Value == p.Key }) {
			continue
		}
		if err := ctx.Err(); err != nil {
			yield(lms.Entry{}, err)
			return false
		}
		if !yield(lms.Entry{Key: p.Key, Document: d}, nil) {
			return false
		}
	}
	return true
}

func (sc scan) fetch(ctx context.Context, group []pair) (map[string]lms.Document, error) {
	ids := bson.A{}
	for _, p := range group {
		ids = append(ids, p.ID)
	}
	found := map[string]lms.Document{}
	for d, err := range sc.documents(ctx, bson.D{{Key: "_id", Value: bson.D{{Key: "$in", Value: ids}}}}, bson.D{}, 0) {
		if err != nil {
			return nil, err
		}
		found[d.ID] = d
	}
	return found, nil
}

// Count counts the entries of a range.
func (e *Engine) Count(ctx context.Context, collection string, r lms.Range) (int, error) {
	r.After, r.Limit = lms.Position{}, 0
	sc := scan{Engine: e, c: e.db.Collection(collection), r: r}
	n, err := sc.count(ctx)
	if err != nil {
		return 0, fmt.Errorf("count %s: %w", collection, fault(ctx, err))
	}
	return n, nil
}

func (sc scan) count(ctx context.Context) (int, error) {
	within, cancel := limit(ctx)
	defer cancel()
	switch {
	case sc.r.In != nil && len(sc.r.In) == 0:
		return 0, nil
	case !sc.r.Index.Many:
		n, err := sc.c.CountDocuments(within, where(sc.r))
		return int(n), err
	case sc.r.In != nil:
		sum := 0
		for _, k := range inOrder(sc.r) {
			n, err := sc.c.CountDocuments(within, whereKey(sc.r, k))
			if err != nil {
				return 0, err
			}
			sum += int(n)
		}
		return sum, nil
	}
	cursor, err := sc.c.Aggregate(within, append(pipeline(sc.r), bson.D{{Key: "$count", Value: "n"}}))
	for v, err := range drain[struct{ N int }](ctx, cursor, err) {
		return v.N, err
	}
	return 0, nil // a count of nothing is no document
}
