package lms

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Noun says how records of one type are kept: their collection, id, shape and indexes.
type Noun[T any] struct {
	Name     string // of the collection: lower-case letters and underscores
	ID       func(T) string
	Indexes  []Index[T]
	Upgrades []Upgrade // from shape 1 to 2, from 2 to 3, …: the current shape is len(Upgrades)+1
	Shared   int       // so many decoded records are kept in memory: whoever reads one must not change it
}

// Index is a name and the order-preserving keys by which a record is found.
type Index[T any] struct {
	Name   string
	Unique bool
	Many   bool // several keys may be given
	Keys   func(T) []string

	// Version is raised when Keys gives other keys than it did, so that what is stored gets its new keys.
	Version int
}

// Upgrade turns a document of one shape into the next.
type Upgrade func(document map[string]any) error

func (n Noun[T]) version() int { return len(n.Upgrades) + 1 }

func (i Index[T]) spec() IndexSpec { return IndexSpec{Name: i.Name, Unique: i.Unique, Many: i.Many} }

func (n Noun[T]) collection() Collection {
	c := Collection{Name: n.Name, Indexes: []IndexSpec{shapeIndex}}
	for _, i := range n.Indexes {
		c.Indexes = append(c.Indexes, i.spec())
	}
	return c
}

// Records keeps the records of one noun in an engine.
type Records[T any] struct {
	noun   Noun[T]
	engine Engine
	queue  *queue
	shared *shared[T]
	shape  string // key in the shape index of what is written now
}

// OpenRecords prepares a noun's collection. It refuses documents of a shape newer than this binary knows, and gives their new keys to
// those that were stored with other indexes.
func OpenRecords[T any](ctx context.Context, e Engine, n Noun[T]) (*Records[T], error) {
	for _, i := range n.Indexes {
		if i.Name == "id" || i.Name == shapeIndex.Name {
			return nil, fmt.Errorf("open %s: the index name %s is taken", n.Name, i.Name)
		}
	}
	if err := e.Prepare(ctx, n.collection()); err != nil {
		return nil, fmt.Errorf("prepare %s: %w", n.Name, err)
	}
	r := &Records[T]{noun: n, engine: e, queue: newQueue(), shared: newShared[T](n.Shared), shape: shapeKey(n.version(), n.Indexes)}
	if err := r.refuseNewer(ctx); err != nil {
		return nil, fmt.Errorf("open %s: %w", n.Name, err)
	}
	if err := r.rekey(ctx); err != nil {
		return nil, fmt.Errorf("open %s: %w", n.Name, err)
	}
	return r, nil
}

// Find reads one record; NotFound when there is none.
func (r *Records[T]) Find(ctx context.Context, id string) (T, error) {
	d, err := r.get(ctx, id)
	if err != nil {
		var none T
		return none, r.wrap("find", id, err)
	}
	return r.read(d)
}

// Add stores a new record; Conflict (see IsTaken) when its id or one of its unique keys is there.
func (r *Records[T]) Add(ctx context.Context, t T) error {
	d, err := r.encode(t)
	if err != nil {
		return err
	}
	d.Rev, d.Tokens = 1, []string{newToken()}
	err = r.again(ctx, func() error { return r.engine.Insert(ctx, r.noun.Name, d) })
	if Is(err, Conflict) {
		err = r.unlessOurs(ctx, d, err)
	}
	return r.wrap("add", d.ID, err)
}

// Change reads a record, lets decide change it, and writes it if nobody did meanwhile; otherwise it begins again. decide must be pure and
// quick: it may run more than once. When it returns an error nothing is written and the error is returned as it is. When it changes nothing,
// nothing is written. The record as it is afterwards is returned.
func (r *Records[T]) Change(ctx context.Context, id string, decide func(*T) error) (T, error) {
	var none T
	leave, err := r.queue.enter(ctx, id)
	if err != nil {
		return none, r.wrap("change", id, err)
	}
	defer leave()
	token := newToken()
	for {
		t, done, err := r.tryChange(ctx, id, token, decide)
		if err != nil {
			return none, err
		}
		if done {
			return t, nil
		}
	}
}

// tryChange is one round of Change; done is false when another process was faster, or seemed so: a write whose answer was lost, here
// or in a driver, is refused when it is made again, and the next round finds its token.
func (r *Records[T]) tryChange(ctx context.Context, id, token string, decide func(*T) error) (t T, done bool, err error) {
	old, err := r.get(ctx, id)
	if err != nil {
		return t, false, r.wrap("change", id, err)
	}
	if t, err = r.decode(old); err != nil || slices.Contains(old.Tokens, token) {
		return t, err == nil, err
	}
	if err := decide(&t); err != nil {
		return t, false, err
	}
	next, err := r.encode(t)
	if err != nil {
		return t, false, err
	}
	if slices.Equal(next.Body, old.Body) && next.Version == old.Version {
		return t, true, nil
	}
	if next.ID != old.ID {
		return t, false, fmt.Errorf("change %s %s: the id was changed to %s", r.noun.Name, id, next.ID)
	}
	next.Rev, next.Tokens = old.Rev+1, lastTokens(old.Tokens, token)
	done, err = r.replace(ctx, next)
	return t, done, r.wrap("change", id, err)
}

// replace writes; it gives false when what is stored is not what was read.
func (r *Records[T]) replace(ctx context.Context, next Document) (bool, error) {
	err := r.again(ctx, func() error { return r.engine.Replace(ctx, r.noun.Name, next) })
	if IsStale(err) {
		return false, ctx.Err()
	}
	return err == nil, err
}

// Remove deletes a record; NotFound when there is none.
func (r *Records[T]) Remove(ctx context.Context, id string) error {
	leave, err := r.queue.enter(ctx, id)
	if err != nil {
		return r.wrap("remove", id, err)
	}
	defer leave()
	lost := false
	for {
		d, err := r.get(ctx, id)
		if err == nil {
			err = r.again(ctx, func() error {
				err := r.engine.Delete(ctx, r.noun.Name, id, d.Rev)
				if lost && Is(err, NotFound) {
					return nil
				}
				lost = lost || Is(err, Unavailable)
				return err
			})
		}
		if !IsStale(err) {
			return r.wrap("remove", id, err)
		}
		if err := ctx.Err(); err != nil {
			return r.wrap("remove", id, err)
		}
	}
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
	q.Limit = 0
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
		rg.From, rg.To = q.Prefix, afterPrefix(q.Prefix)
	}
	for _, k := range slices.Concat(rg.In, []string{rg.From, rg.To}) {
		if !isClean(k) {
			return Range{}, Wrong("query", "error.invalid")
		}
	}
	after, err := parseCursor(q.After)
	rg.After = after
	return rg, err
}

// afterPrefix is a key behind every key that begins with the prefix: no key contains the last code point.
func afterPrefix(p string) string { return p + "\U0010FFFF" }

func cursor(p Position) string {
	return base64.RawURLEncoding.EncodeToString([]byte(p.Key + "\x00" + p.ID))
}

func parseCursor(s string) (Position, error) {
	if s == "" {
		return Position{}, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	key, id, ok := strings.Cut(string(b), "\x00")
	if err != nil || !ok || !isClean(key) || !isClean(id) {
		return Position{}, Wrong("cursor", "error.cursor")
	}
	return Position{key, id}, nil
}

// again repeats what failed because the engine could not be reached, three times in all.
func (r *Records[T]) again(ctx context.Context, f func() error) error {
	for i := 0; ; i++ {
		err := f()
		if !Is(err, Unavailable) || i == 2 {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(time.Duration(50<<i) * time.Millisecond):
		}
	}
}

func (r *Records[T]) get(ctx context.Context, id string) (d Document, err error) {
	if !isClean(id) {
		return d, Fail(NotFound, "error.notfound")
	}
	err = r.again(ctx, func() error {
		d, err = r.engine.Get(ctx, r.noun.Name, id)
		return err
	})
	return d, err
}

// unlessOurs gives nil when the document is stored and bears our token: the write whose answer was lost had been made.
func (r *Records[T]) unlessOurs(ctx context.Context, ours Document, conflict error) error {
	switch d, err := r.get(ctx, ours.ID); {
	case Is(err, NotFound):
		return conflict
	case err != nil:
		return err
	case slices.Contains(d.Tokens, ours.Tokens[0]):
		return nil
	default:
		return conflict
	}
}

func (r *Records[T]) wrap(op, id string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s %s %s: %w", op, r.noun.Name, id, err)
}

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

// read decodes a document to be looked at only.
func (r *Records[T]) read(d Document) (T, error) {
	if t, ok := r.shared.get(d); ok {
		return t, nil
	}
	t, err := r.decode(d)
	if err == nil {
		r.shared.put(d, t)
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
	if !isClean(d.ID) {
		return Wrong("id", "error.invalid")
	}
	for i, k := range d.Keys {
		if !isClean(k.Value) {
			return Wrong(k.Name, "error.invalid")
		}
		if i > 0 && !k.Many && d.Keys[i-1].Name == k.Name {
			return fmt.Errorf("encode %s %s: index %s gave several keys and is not Many", r.noun.Name, d.ID, k.Name)
		}
	}
	return nil
}

// isClean says whether both engines can keep a string as id or key, and a cursor can hold it.
func isClean(s string) bool { return utf8.ValidString(s) && !strings.Contains(s, "\x00") }

// keptTokens is how many writes by others may pass before a writer whose answer was lost looks for its own.
const keptTokens = 8

func lastTokens(old []string, token string) []string {
	all := append(slices.Clone(old), token)
	return all[max(0, len(all)-keptTokens):]
}

func newToken() string { return rand.Text()[:16] }
