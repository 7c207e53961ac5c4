package mongo

import (
	"cmp"
	"fmt"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"

	"aulacomune/lms"
)

// toBSON is a document as the server keeps it.
func toBSON(d lms.Document) (bson.D, error) {
	body, err := fromJSON(d.Body)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", d.ID, err)
	}
	return bson.D{
		{Key: "_id", Value: d.ID},
		{Key: "rev", Value: d.Rev},
		{Key: "version", Value: d.Version},
		{Key: "tokens", Value: append([]string{}, d.Tokens...)},
		{Key: "keys", Value: keysToBSON(d.Keys)},
		{Key: "body", Value: body},
	}, nil
}

// keysToBSON gathers the keys by index: a string each, or an array where there may be several.
func keysToBSON(keys []lms.Key) bson.D {
	out := bson.D{}
	for _, k := range keys {
		i := slices.IndexFunc(out, func(e bson.E) bool { return e.Key == k.Name })
		switch {
		case !k.Many:
			out = append(out, bson.E{Key: k.Name, Value: k.Value})
		case i < 0:
			out = append(out, bson.E{Key: k.Name, Value: bson.A{k.Value}})
		default:
			out[i].Value = append(out[i].Value.(bson.A), k.Value)
		}
	}
	return out
}

// stored is a document as the driver reads it.
type stored struct {
	ID      string   `bson:"_id"`
	Rev     int64    `bson:"rev"`
	Version int      `bson:"version"`
	Tokens  []string `bson:"tokens"`
	Keys    bson.Raw `bson:"keys"`
	Body    bson.Raw `bson:"body"`
}

func (e *Engine) document(collection string, s stored) (lms.Document, error) {
	d := lms.Document{ID: s.ID, Rev: s.Rev, Version: s.Version, Tokens: s.Tokens}
	var err error
	if d.Body, err = toJSON(s.Body); err != nil {
		return d, fmt.Errorf("%s: %w", s.ID, err)
	}
	if d.Keys, err = e.keysFromBSON(collection, s.Keys); err != nil {
		return d, fmt.Errorf("%s: %w", s.ID, err)
	}
	return d, nil
}

func (e *Engine) keysFromBSON(collection string, r bson.Raw) ([]lms.Key, error) {
	elements, err := r.Elements()
	if err != nil {
		return nil, fmt.Errorf("keys: %w", err)
	}
	var out []lms.Key
	for _, el := range elements {
		spec := e.spec(collection, el.Key())
		values := []bson.RawValue{el.Value()}
		if a, ok := el.Value().ArrayOK(); ok {
			spec.Many = true
			if values, err = a.Values(); err != nil {
				return nil, fmt.Errorf("keys: %w", err)
			}
		}
		for _, v := range values {
			out = append(out, lms.Key{IndexSpec: spec, Value: v.StringValue()})
		}
	}
	slices.SortFunc(out, func(a, b lms.Key) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Value, b.Value)) })
	return out, nil
}

// spec is what Prepare was told of an index.
func (e *Engine) spec(collection, index string) lms.IndexSpec {
	if specs, ok := e.specs.Load(collection); ok {
		if s, ok := specs.(map[string]lms.IndexSpec)[index]; ok {
			return s
		}
	}
	return lms.IndexSpec{Name: index}
}
