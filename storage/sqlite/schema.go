package sqlite

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"aulacomune/lms"
)

// tables makes the two tables of a collection. Bodies come last, so that the short columns lie on the row's first page; text is
// compared bytewise, which is SQLite's default; a unique key is found through an index of its own.
const tables = `
CREATE TABLE IF NOT EXISTS "doc_@" (
	id TEXT NOT NULL PRIMARY KEY, rev INTEGER NOT NULL, version INTEGER NOT NULL,
	tokens TEXT NOT NULL, keys TEXT NOT NULL, body BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS "key_@" (
	idx TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL, uniq INTEGER NOT NULL,
	PRIMARY KEY (idx, key, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS "uniq_@" ON "key_@" (idx, key) WHERE uniq;`

// about puts a collection's name into a statement.
func about(collection, statement string) string {
	return strings.ReplaceAll(statement, "@", collection)
}

// Prepare makes a collection's tables. Indexes need no tables of their own.
func (e *Engine) Prepare(ctx context.Context, c lms.Collection) error {
	if !isName(c.Name) {
		return fmt.Errorf("prepare %q: a collection's name is lower-case letters and underscores", c.Name)
	}
	err := e.writer.do(ctx, func(t *transaction) error {
		return t.script(about(c.Name, tables))
	})
	if err != nil {
		return fmt.Errorf("prepare %s: %w", c.Name, err)
	}
	return nil
}

func isName(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz_") == ""
}

// row is a document as its table holds it.
type row struct {
	id           string
	rev          int64
	version      int
	tokens, keys string // JSON
	body         []byte
}

func newRow(d lms.Document) (row, error) {
	tokens, err := json.Marshal(d.Tokens)
	if err != nil {
		return row{}, fmt.Errorf("tokens of %s: %w", d.ID, err)
	}
	keys, err := packKeys(d.Keys)
	if err != nil {
		return row{}, fmt.Errorf("keys of %s: %w", d.ID, err)
	}
	return row{id: d.ID, rev: d.Rev, version: d.Version, tokens: string(tokens), keys: keys, body: d.Body}, nil
}

func (r row) document() (lms.Document, error) {
	d := lms.Document{ID: r.id, Rev: r.rev, Version: r.version, Body: r.body}
	if err := json.Unmarshal([]byte(r.tokens), &d.Tokens); err != nil {
		return d, fmt.Errorf("tokens of %s: %w", r.id, err)
	}
	keys, err := unpackKeys(r.keys)
	if err != nil {
		return d, fmt.Errorf("keys of %s: %w", r.id, err)
	}
	d.Keys = keys
	return d, nil
}

// packed is a key as a document's row lists it: index, key, and "u" for unique, "m" for many.
type packed [3]string

func packKeys(keys []lms.Key) (string, error) {
	list := make([]packed, len(keys))
	for i, k := range keys {
		list[i] = packed{k.Name, k.Value, flags(k.IndexSpec)}
	}
	b, err := json.Marshal(list)
	return string(b), err
}

func flags(s lms.IndexSpec) string {
	var f string
	if s.Unique {
		f += "u"
	}
	if s.Many {
		f += "m"
	}
	return f
}

// unpackKeys reads what packKeys wrote. Every reading of a document does: where nothing is escaped, its texts are what stands between quotation marks.
func unpackKeys(s string) ([]lms.Key, error) {
	if parts := strings.Split(s, `"`); len(parts)%6 == 1 && !strings.Contains(s, `\`) {
		list := make([]packed, len(parts)/6)
		for i := range list {
			list[i] = packed{parts[6*i+1], parts[6*i+3], parts[6*i+5]}
		}
		return unpacked(list), nil
	}
	var list []packed
	if err := json.Unmarshal([]byte(s), &list); err != nil {
		return nil, err
	}
	return unpacked(list), nil
}

// unpacked gives the keys that a row lists.
func unpacked(list []packed) []lms.Key {
	keys := make([]lms.Key, len(list))
	for i, p := range list {
		spec := lms.IndexSpec{Name: p[0], Unique: strings.Contains(p[2], "u"), Many: strings.Contains(p[2], "m")}
		keys[i] = lms.Key{IndexSpec: spec, Value: p[1]}
	}
	return keys
}
