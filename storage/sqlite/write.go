package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"aulacomune/lms"
)

// transaction is what a change works in.
type transaction struct {
	w      *writer
	broken error // SQLite gave up the whole transaction: nothing in it counts
}

// apply runs one change in a savepoint, so that when it fails only its own part is undone.
func (t *transaction) apply(c *change) {
	if c.err = c.ctx.Err(); c.err != nil {
		return
	}
	if t.broken = t.w.exec("SAVEPOINT change"); t.broken != nil {
		return
	}
	if c.err = c.apply(t); c.err != nil {
		if t.broken = t.w.exec("ROLLBACK TO change"); t.broken != nil {
			return
		}
	}
	t.broken = t.w.exec("RELEASE change")
}

// script runs several statements that are not worth caching.
func (t *transaction) script(statements string) error {
	_, err := t.w.conn.ExecContext(context.Background(), statements)
	return err
}

// stored reads what a document's row holds apart from the body.
func (t *transaction) stored(collection, id string) (rev int64, keys string, err error) {
	s, err := t.w.prepared(about(collection, `SELECT rev, keys FROM "doc_@" WHERE id = ?`))
	if err != nil {
		return 0, "", err
	}
	err = s.QueryRow(id).Scan(&rev, &keys)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, "", notFound()
	}
	return rev, keys, err
}

// Insert adds a document.
func (e *Engine) Insert(ctx context.Context, collection string, d lms.Document) error {
	r, err := newRow(d)
	if err != nil {
		return fmt.Errorf("insert %s: %w", collection, err)
	}
	err = e.writer.do(ctx, func(t *transaction) error { return t.insert(collection, r, d.Keys) })
	return wrap("insert", collection, err)
}

func (t *transaction) insert(collection string, r row, keys []lms.Key) error {
	err := t.w.exec(about(collection, `INSERT INTO "doc_@" (id, rev, version, tokens, keys, body) VALUES (?, ?, ?, ?, ?, ?)`),
		r.id, r.rev, r.version, r.tokens, r.keys, r.body)
	if isDouble(err) {
		return lms.Taken("id")
	}
	if err != nil {
		return err
	}
	return t.addKeys(collection, r.id, keys)
}

// Replace writes a document over the one of the revision before.
func (e *Engine) Replace(ctx context.Context, collection string, next lms.Document) error {
	r, err := newRow(next)
	if err != nil {
		return fmt.Errorf("replace %s: %w", collection, err)
	}
	err = e.writer.do(ctx, func(t *transaction) error { return t.replace(collection, r, next.Keys) })
	return wrap("replace", collection, err)
}

func (t *transaction) replace(collection string, r row, keys []lms.Key) error {
	rev, old, err := t.stored(collection, r.id)
	if err != nil {
		return err
	}
	if rev != r.rev-1 {
		return lms.Stale()
	}
	err = t.w.exec(about(collection, `UPDATE "doc_@" SET rev = ?, version = ?, tokens = ?, keys = ?, body = ? WHERE id = ?`),
		r.rev, r.version, r.tokens, r.keys, r.body, r.id)
	if err != nil || old == r.keys {
		return err
	}
	was, err := unpackKeys(old)
	if err != nil {
		return err
	}
	if err := t.dropKeys(collection, r.id, without(was, keys)); err != nil {
		return err
	}
	return t.addKeys(collection, r.id, without(keys, was))
}

// Delete removes a document of a revision.
func (e *Engine) Delete(ctx context.Context, collection, id string, rev int64) error {
	err := e.writer.do(ctx, func(t *transaction) error { return t.remove(collection, id, rev) })
	return wrap("delete", collection, err)
}

func (t *transaction) remove(collection, id string, rev int64) error {
	stored, old, err := t.stored(collection, id)
	if err != nil {
		return err
	}
	if stored != rev {
		return lms.Stale()
	}
	keys, err := unpackKeys(old)
	if err != nil {
		return err
	}
	if err := t.dropKeys(collection, id, keys); err != nil {
		return err
	}
	return t.w.exec(about(collection, `DELETE FROM "doc_@" WHERE id = ?`), id)
}

func (t *transaction) addKeys(collection, id string, keys []lms.Key) error {
	for _, k := range keys {
		err := t.w.exec(about(collection, `INSERT INTO "key_@" (idx, key, id, uniq) VALUES (?, ?, ?, ?)`), k.Name, k.Value, id, k.Unique)
		if isDouble(err) {
			return lms.Taken(k.Name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *transaction) dropKeys(collection, id string, keys []lms.Key) error {
	for _, k := range keys {
		err := t.w.exec(about(collection, `DELETE FROM "key_@" WHERE idx = ? AND key = ? AND id = ?`), k.Name, k.Value, id)
		if err != nil {
			return err
		}
	}
	return nil
}

// without gives the keys of a that are not in b.
func without(a, b []lms.Key) []lms.Key {
	in := make(map[lms.Key]bool, len(b))
	for _, k := range b {
		in[k] = true
	}
	return slices.DeleteFunc(slices.Clone(a), func(k lms.Key) bool { return in[k] })
}

func wrap(op, collection string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s %s: %w", op, collection, err)
}
