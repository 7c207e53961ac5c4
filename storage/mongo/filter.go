package mongo

import (
	"go.mongodb.org/mongo-driver/v2/bson"

	"aulacomune/lms"
)

// direction is a range's direction as the server wants it.
func direction(r lms.Range) int {
	if r.Reverse {
		return -1
	}
	return 1
}

// order sorts by key and id, or by the key alone where it stands in one document only: the unique index has no more to sort by.
func order(r lms.Range) bson.D {
	sort := bson.D{{Key: field(r.Index), Value: direction(r)}}
	if r.Index.Unique {
		return sort
	}
	return append(sort, bson.E{Key: "_id", Value: direction(r)})
}

// where finds the documents of a range in an index with one key per document.
func where(r lms.Range) bson.D {
	f := field(r.Index)
	out := bson.D{{Key: f, Value: stretch(r)}}
	if r.After.ID != "" {
		out = append(out, behind(r, f))
	}
	return out
}

// stretch is the condition on a key. It names a lowest key always, so that what has no key is not found.
func stretch(r lms.Range) bson.D {
	from := bson.E{Key: "$gte", Value: r.From}
	to := bson.E{Key: "$lt", Value: r.To}
	if r.After.ID != "" { // said again in behind, but an index needs its bounds in one piece
		if r.Reverse && (r.To == "" || r.After.Key < r.To) {
			to = bson.E{Key: "$lte", Value: r.After.Key}
		}
		if !r.Reverse {
			from.Value = max(r.From, r.After.Key)
		}
	}
	out := bson.D{from}
	if to.Key == "$lte" || r.To != "" {
		out = append(out, to)
	}
	if r.In != nil {
		out = append(out, bson.E{Key: "$in", Value: r.In})
	}
	return out
}

// behind is the condition that an entry comes after the cursor: a later key, or the same and a later id.
func behind(r lms.Range, f string) bson.E {
	later := "$gt"
	if r.Reverse {
		later = "$lt"
	}
	return bson.E{Key: "$or", Value: bson.A{
		bson.D{{Key: f, Value: bson.D{{Key: later, Value: r.After.Key}}}},
		bson.D{{Key: f, Value: r.After.Key}, {Key: "_id", Value: bson.D{{Key: later, Value: r.After.ID}}}},
	}}
}

// whereKey finds the documents that have one certain key, behind the cursor if it is at that key.
func whereKey(r lms.Range, key string) bson.D {
	out := bson.D{{Key: field(r.Index), Value: key}}
	if r.After.ID == "" || r.After.Key != key {
		return out
	}
	later := "$gt"
	if r.Reverse {
		later = "$lt"
	}
	return append(out, bson.E{Key: "_id", Value: bson.D{{Key: later, Value: r.After.ID}}})
}
