package records

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"aulacomune/lms/memory"
)

// Noun says how records of one type are kept: their collection, id, shape and indexes.
type Noun[T any] struct {
	Name     string // of the collection: lower-case letters and underscores
	ID       func(T) string
	Indexes  []Index[T]
	Upgrades []Upgrade // from shape 1 to 2, from 2 to 3, …: the current shape is len(Upgrades)+1
	Shared   int       // so many decoded records are kept in memory: whoever reads one, or gets one from Change, must not change it
	Clone    func(T) T // a copy that may be changed without the other's noticing; without it, Change decodes afresh
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

// Collection is what an engine must prepare for the noun.
func (n Noun[T]) Collection() Collection {
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
	queue  *memory.Queue
	shared *memory.Decoded[T]
	shape  string // key in the shape index of what is written now
	writer string // of the tokens
	writes atomic.Int64
}

// Open prepares a noun's collection. It refuses documents of a shape newer than this binary knows, and gives their new keys to
// those that were stored with other indexes.
func Open[T any](ctx context.Context, e Engine, n Noun[T]) (*Records[T], error) {
	for _, i := range n.Indexes {
		if i.Name == "id" || i.Name == shapeIndex.Name {
			return nil, fmt.Errorf("open %s: the index name %s is taken", n.Name, i.Name)
		}
	}
	if err := e.Prepare(ctx, n.Collection()); err != nil {
		return nil, fmt.Errorf("prepare %s: %w", n.Name, err)
	}
	r := &Records[T]{noun: n, engine: e, queue: memory.NewQueue(), shared: memory.NewDecoded[T](n.Shared), shape: shapeKey(n.version(), n.Indexes), writer: newWriter()}
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

// ID is the identifier of a record.
func (r *Records[T]) ID(t T) string { return r.noun.ID(t) }

// Add stores a new record; Conflict (see IsTaken) when its id or one of its unique keys is there.
func (r *Records[T]) Add(ctx context.Context, t T) error {
	d, err := r.encode(t)
	if err != nil {
		return err
	}
	leave, err := r.queue.Enter(ctx, d.ID)
	if err != nil {
		return r.wrap("add", d.ID, err)
	}
	defer leave()
	d.Rev, d.Tokens = 1, []string{r.newToken()}
	err = r.again(ctx, func() error { return r.engine.Insert(ctx, r.noun.Name, d) })
	if Is(err, Conflict) {
		err = r.unlessOurs(ctx, d, err)
	}
	return r.wrap("add", d.ID, err)
}

// together is how many records AddAll has under way: engines make writes that come together durable together.
const together = 512

// AddAll stores new records, many at a time and about in their order, each as Add does. The first fault ends it: others may be stored by then.
func (r *Records[T]) AddAll(ctx context.Context, all iter.Seq[T]) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	next := make(chan T)
	var workers sync.WaitGroup
	for range together {
		workers.Go(func() {
			for t := range next {
				if err := r.Add(ctx, t); err != nil {
					stop(err)
				}
			}
		})
	}
	for t := range all {
		select {
		case next <- t:
			continue
		case <-ctx.Done():
		}
		break
	}
	close(next)
	workers.Wait()
	return context.Cause(ctx)
}

// Change reads a record, lets decide change it, and writes it if nobody did meanwhile; otherwise it begins again. decide must be pure and
// quick: it may run more than once. When it returns an error nothing is written and the error is returned as it is. When it changes nothing,
// nothing is written. The record as it is afterwards is returned.
func (r *Records[T]) Change(ctx context.Context, id string, decide func(*T) error) (T, error) {
	var none T
	leave, err := r.queue.Enter(ctx, id)
	if err != nil {
		return none, r.wrap("change", id, err)
	}
	defer leave()
	token := r.newToken()
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
	if t, err = r.own(old); err != nil || slices.Contains(old.Tokens, token) {
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
	if done, err = r.replace(ctx, next); done {
		r.shared.Put(next.ID, lastToken(next), t)
	}
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
	leave, err := r.queue.Enter(ctx, id)
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

// RemoveAll deletes what a query finds. Another process may be doing the same.
func (r *Records[T]) RemoveAll(ctx context.Context, q Query) error {
	all, err := r.All(ctx, q)
	for _, t := range all {
		if err := r.Remove(ctx, r.noun.ID(t)); err != nil && !Is(err, NotFound) {
			return err
		}
	}
	return err
}

// tries are how often a thing is tried where the engine cannot be reached: with what lies between, within a second.
const tries = 5

// again repeats what failed because the engine could not be reached.
func (r *Records[T]) again(ctx context.Context, f func() error) error {
	for i := 0; ; i++ {
		err := f()
		if !Is(err, Unavailable) || i == tries-1 {
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
	if !IsClean(id) {
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
