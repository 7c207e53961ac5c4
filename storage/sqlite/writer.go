package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"

	"aulacomune/lms"
)

// writer is the one goroutine that writes, and the way to it.
type writer struct {
	changes chan *change // unbuffered: a change that was taken is always answered
	quit    chan struct{}
	ended   chan struct{}
	stop    sync.Once
	db      *sql.DB
	conn    *sql.Conn
	cached  map[string]*sql.Stmt // used by the goroutine alone
}

// change is a piece of work inside a transaction, and where its outcome goes.
type change struct {
	ctx    context.Context
	apply  func(*transaction) error
	answer chan error
	err    error // of apply, until the commit
}

// together is how many changes share a transaction at most, so that the first of them does not wait long.
const together = 256

func openWriter(ctx context.Context, path string) (*writer, error) {
	db, err := sql.Open("sqlite", source(path, "_txlock=immediate&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=wal_autocheckpoint(4000)&_pragma=journal_size_limit(67108864)"))
	if err != nil {
		return nil, err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	w := &writer{changes: make(chan *change), quit: make(chan struct{}), ended: make(chan struct{}), db: db, conn: conn, cached: map[string]*sql.Stmt{}}
	if err := w.checkLayout(ctx); err != nil {
		return nil, errors.Join(err, conn.Close(), db.Close())
	}
	go w.run()
	return w, nil
}

// checkLayout refuses a file that a newer binary has laid out.
func (w *writer) checkLayout(ctx context.Context) error {
	var v int
	if err := w.conn.QueryRowContext(ctx, "PRAGMA user_version").Scan(&v); err != nil {
		return err
	}
	if v > layout {
		return fmt.Errorf("its layout is %d, this version of aula knows layouts up to %d: run the newer aula", v, layout)
	}
	if v == layout {
		return nil
	}
	_, err := w.conn.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", layout))
	return err
}

// do hands a change to the goroutine and waits until it is durable. A context that ends before the change is taken revokes it;
// afterwards the answer is waited for, so that a caller always knows whether its change was made.
func (w *writer) do(ctx context.Context, apply func(*transaction) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c := &change{ctx: ctx, apply: apply, answer: make(chan error, 1)}
	select {
	case w.changes <- c:
		return translate(<-c.answer)
	case <-ctx.Done():
		return ctx.Err()
	case <-w.quit:
		return lms.Fail(lms.Unavailable, "error.unavailable")
	}
}

// run serves until close.
func (w *writer) run() {
	defer close(w.ended)
	for {
		select {
		case c := <-w.changes:
			w.commit(w.batch(c))
		case <-w.quit:
			return
		}
	}
}

// batch begins a transaction and applies the first change and all that wait behind it.
func (w *writer) batch(first *change) []*change {
	done := []*change{first}
	if first.err = w.exec("BEGIN IMMEDIATE"); first.err != nil {
		return done
	}
	t := &transaction{w: w}
	t.apply(first)
	for len(done) < together && t.broken == nil {
		select {
		case c := <-w.changes:
			t.apply(c)
			done = append(done, c)
		default:
			return done
		}
	}
	if t.broken != nil {
		fail(done, t.broken)
	}
	return done
}

// commit makes the changes durable and answers each. Nothing is sent before the commit, because until then nothing is certain.
func (w *writer) commit(done []*change) {
	if err := w.exec("COMMIT"); err != nil {
		fail(done, err)
		_ = w.exec("ROLLBACK") // there may be no transaction left to roll back
	}
	for _, c := range done {
		c.answer <- c.err
	}
}

// fail gives every change that had none an error.
func fail(done []*change, err error) {
	for _, c := range done {
		if c.err == nil {
			c.err = fmt.Errorf("commit: %w", err)
		}
	}
}

// close waits for the transaction under way and closes the connection.
func (w *writer) close() error {
	w.stop.Do(func() { close(w.quit) })
	<-w.ended
	for _, s := range w.cached {
		_ = s.Close()
	}
	return errors.Join(ignoreDone(w.conn.Close()), w.db.Close())
}

// ignoreDone lets a second Close pass.
func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrConnDone) {
		return nil
	}
	return err
}

// exec runs a statement on the writer's connection. A context is not passed: what has begun is finished, so nothing is half written.
func (w *writer) exec(statement string, args ...any) error {
	s, err := w.prepared(statement)
	if err != nil {
		return err
	}
	_, err = s.Exec(args...)
	return err
}

func (w *writer) prepared(statement string) (*sql.Stmt, error) {
	if s := w.cached[statement]; s != nil {
		return s, nil
	}
	s, err := w.conn.PrepareContext(context.Background(), statement)
	if err != nil {
		return nil, err
	}
	w.cached[statement] = s
	return s, nil
}
