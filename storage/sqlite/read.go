package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"math"

	"aulacomune/lms"
)

const columns = "d.id, d.rev, d.version, d.tokens, d.keys, d.body"

// Statements that read, by index or by id, forwards or backwards; a stretch gives the arguments.
const (
	selectOne      = `SELECT ` + columns + ` FROM "doc_@" d WHERE d.id = ?`
	ofKeys         = ` WHERE k.idx = ? AND (k.key, k.id) > (?, ?) AND (k.key, k.id) < (?, ?)`
	selectKeys     = `SELECT k.key, ` + columns + ` FROM "key_@" k JOIN "doc_@" d ON d.id = k.id` + ofKeys + ` ORDER BY k.key, k.id LIMIT ?`
	selectKeysBack = `SELECT k.key, ` + columns + ` FROM "key_@" k JOIN "doc_@" d ON d.id = k.id` + ofKeys + ` ORDER BY k.key DESC, k.id DESC LIMIT ?`
	countKeys      = `SELECT count(*) FROM "key_@" k` + ofKeys
	ofIDs          = ` FROM "doc_@" d WHERE d.id >= ? AND d.id < ?`
	selectIDs      = `SELECT d.id, ` + columns + ofIDs + ` ORDER BY d.id LIMIT ?`
	selectIDsBack  = `SELECT d.id, ` + columns + ofIDs + ` ORDER BY d.id DESC LIMIT ?`
	countIDs       = `SELECT count(*)` + ofIDs
)

// query gives a prepared statement of the readers.
func (e *Engine) query(collection, statement string) (*sql.Stmt, error) {
	text := about(collection, statement)
	if s, ok := e.queries.Load(text); ok {
		return s.(*sql.Stmt), nil
	}
	s, err := e.readers.Prepare(text)
	if err != nil {
		return nil, err
	}
	if first, loaded := e.queries.LoadOrStore(text, s); loaded {
		return first.(*sql.Stmt), s.Close()
	}
	return s, nil
}

// Get reads one document.
func (e *Engine) Get(ctx context.Context, collection, id string) (lms.Document, error) {
	d, err := e.get(ctx, collection, id)
	if err != nil {
		return d, fmt.Errorf("get %s: %w", collection, fault(ctx, err))
	}
	return d, nil
}

func (e *Engine) get(ctx context.Context, collection, id string) (lms.Document, error) {
	if err := ctx.Err(); err != nil {
		return lms.Document{}, err
	}
	s, err := e.query(collection, selectOne)
	if err != nil {
		return lms.Document{}, err
	}
	var r row
	// It takes microseconds: watching the context meanwhile would cost more than the reading.
	err = s.QueryRow(id).Scan(&r.id, &r.rev, &r.version, &r.tokens, &r.keys, &r.body)
	if errors.Is(err, sql.ErrNoRows) {
		return lms.Document{}, notFound()
	}
	if err != nil {
		return lms.Document{}, err
	}
	return r.document()
}

// A scan's first step is small because many callers want one page; later ones grow.
const (
	firstStep = 32
	lastStep  = 256
)

// Scan yields the entries of a range in order. It reads in steps and holds nothing while the caller works.
func (e *Engine) Scan(ctx context.Context, collection string, r lms.Range) iter.Seq2[lms.Entry, error] {
	return func(yield func(lms.Entry, error) bool) {
		sc := scan{e: e, collection: collection, r: r, left: r.Limit, size: firstStep}
		if r.Limit == 0 {
			sc.left = math.MaxInt
		}
		for _, s := range stretches(r) {
			goOn, err := sc.pass(ctx, s, yield)
			if err != nil {
				yield(lms.Entry{}, fmt.Errorf("scan %s: %w", collection, fault(ctx, err)))
			}
			if !goOn || err != nil {
				return
			}
		}
	}
}

// scan is a Scan under way.
type scan struct {
	e          *Engine
	collection string
	r          lms.Range
	left, size int // entries still wanted; of the next step
}

// pass yields a stretch. It says whether the next one is wanted.
func (sc *scan) pass(ctx context.Context, s stretch, yield func(lms.Entry, error) bool) (goOn bool, err error) {
	for {
		n := min(sc.size, sc.left)
		entries, err := sc.step(ctx, s, n)
		if err != nil {
			return false, err
		}
		for _, entry := range entries {
			if err := ctx.Err(); err != nil {
				return false, err
			}
			if !yield(entry, nil) {
				return false, nil
			}
		}
		if sc.left -= len(entries); sc.left == 0 || len(entries) < n {
			return sc.left > 0, nil
		}
		last := entries[n-1]
		s = s.behind(lms.Position{Key: last.Key, ID: last.ID}, sc.r.Reverse)
		sc.size = min(2*sc.size, lastStep)
	}
}

// step reads up to n entries from the beginning of a stretch.
func (sc *scan) step(ctx context.Context, s stretch, n int) ([]lms.Entry, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	statement, args := s.question(sc.r)
	q, err := sc.e.query(sc.collection, statement)
	if err != nil {
		return nil, err
	}
	rows, err := q.Query(append(args, n)...) // short enough not to watch the context meanwhile
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var out []lms.Entry
	for rows.Next() {
		var key string
		var r row
		if err := rows.Scan(&key, &r.id, &r.rev, &r.version, &r.tokens, &r.keys, &r.body); err != nil {
			return nil, err
		}
		d, err := r.document()
		if err != nil {
			return nil, err
		}
		out = append(out, lms.Entry{Key: key, Document: d})
	}
	return out, rows.Err()
}

// Count counts the entries of a range.
func (e *Engine) Count(ctx context.Context, collection string, r lms.Range) (int, error) {
	r.After = lms.Position{}
	sum := 0
	for _, s := range stretches(r) {
		n, err := e.count(ctx, collection, r, s)
		if err != nil {
			return 0, fmt.Errorf("count %s: %w", collection, fault(ctx, err))
		}
		sum += n
	}
	return sum, nil
}

func (e *Engine) count(ctx context.Context, collection string, r lms.Range, s stretch) (n int, err error) {
	statement, args := countIDs, s.ids()
	if r.Index.Name != "id" {
		statement, args = countKeys, s.keys(r)
	}
	q, err := e.query(collection, statement)
	if err != nil {
		return 0, err
	}
	err = q.QueryRowContext(ctx, args...).Scan(&n)
	return n, err
}
