package records

import (
	"cmp"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

func (r *Records[T]) encode(t T) (Document, error) {
	body, err := json.Marshal(t)
	if err != nil {
		return Document{}, fmt.Errorf("encode %s: %w", r.noun.Name, err)
	}
	d := Document{ID: r.noun.ID(t), Version: r.noun.version(), Keys: r.keys(t), Body: body}
	if d.ID == "" {
		return Document{}, fmt.Errorf("encode %s: no id", r.noun.Name)
	}
	return d, r.checkKeys(d)
}

// own decodes a document to be changed.
func (r *Records[T]) own(d Document) (T, error) {
	if t, ok := r.shared.Get(d.ID, lastToken(d)); ok && r.noun.Clone != nil {
		return r.noun.Clone(t), nil
	}
	return r.decode(d)
}

// read decodes a document to be looked at only.
func (r *Records[T]) read(d Document) (T, error) {
	if t, ok := r.shared.Get(d.ID, lastToken(d)); ok {
		return t, nil
	}
	t, err := r.decode(d)
	if err == nil {
		r.shared.Put(d.ID, lastToken(d), t)
	}
	return t, err
}

func (r *Records[T]) decode(d Document) (t T, err error) {
	body := d.Body
	if d.Version != r.noun.version() {
		if body, err = r.upgrade(d); err != nil {
			return t, err
		}
	}
	if err := json.Unmarshal(body, &t); err != nil {
		return t, fmt.Errorf("decode %s %s: %w", r.noun.Name, d.ID, err)
	}
	return t, nil
}

func (r *Records[T]) upgrade(d Document) ([]byte, error) {
	if d.Version > r.noun.version() || d.Version < 1 {
		return nil, fmt.Errorf("decode %s %s: shape %d is not known", r.noun.Name, d.ID, d.Version)
	}
	var doc map[string]any
	if err := json.Unmarshal(d.Body, &doc); err != nil {
		return nil, fmt.Errorf("decode %s %s: %w", r.noun.Name, d.ID, err)
	}
	for i, up := range r.noun.Upgrades[d.Version-1:] {
		if err := up(doc); err != nil {
			return nil, fmt.Errorf("upgrade %s %s from shape %d: %w", r.noun.Name, d.ID, d.Version+i, err)
		}
	}
	return json.Marshal(doc)
}

// keys gives every key of a record, sorted by index and key, each once.
func (r *Records[T]) keys(t T) []Key {
	out := []Key{{shapeIndex, r.shape}}
	for _, i := range r.noun.Indexes {
		for _, k := range i.Keys(t) {
			out = append(out, Key{i.spec(), k})
		}
	}
	slices.SortFunc(out, func(a, b Key) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Value, b.Value)) })
	return slices.Compact(out)
}

// checkKeys refuses what an engine could not keep.
func (r *Records[T]) checkKeys(d Document) error {
	if !IsClean(d.ID) {
		return Wrong("id", "error.invalid")
	}
	for i, k := range d.Keys {
		if !IsClean(k.Value) {
			return Wrong(k.Name, "error.invalid")
		}
		if i > 0 && !k.Many && d.Keys[i-1].Name == k.Name {
			return fmt.Errorf("encode %s %s: index %s gave several keys and is not Many", r.noun.Name, d.ID, k.Name)
		}
	}
	return nil
}

// IsClean says whether both engines can keep a string as id or key, and a cursor can hold it.
func IsClean(s string) bool { return utf8.ValidString(s) && !strings.Contains(s, "\x00") }

// A token is a writer's name and a number: "B2K…/17". A document keeps the last token of each of the last few writers, not the last few
// tokens: a writer changes one document at a time (see queue), so however often others write while it waits for a lost answer, its
// token stays.

// keptWriters is how many Records, in all processes together, may change a document while one of them waits for a lost answer.
const keptWriters = 8

func newWriter() string { return rand.Text()[:12] }

// newToken names one write of this process.
func (r *Records[T]) newToken() string { return fmt.Sprintf("%s/%d", r.writer, r.writes.Add(1)) }

// lastTokens puts a token in the place of its writer's one before.
func lastTokens(old []string, token string) []string {
	writer, _, _ := strings.Cut(token, "/")
	others := slices.DeleteFunc(slices.Clone(old), func(t string) bool { return strings.HasPrefix(t, writer+"/") })
	return append(others[max(0, len(others)-keptWriters+1):], token)
}

func lastToken(d Document) string {
	if n := len(d.Tokens); n > 0 {
		return d.Tokens[n-1]
	}
	return ""
}
