// Package sqlite keeps records in one SQLite file: the embedded engine of lms.Records.
//
// # How it is laid out
//
// A collection has two tables: documents by id, and their index keys in the order (index, key, id). A document's row also holds the
// list of its keys as they were stored, so that a write removes exactly what was there and touches only the keys that changed.
//
// # How it writes
//
// One connection writes. Whoever wants to write hands the change to one goroutine, which takes all that are waiting into one
// transaction, each in a savepoint of its own, and answers them after the commit. So one flush to the disk serves many writers, and a
// change that fails undoes only itself. Synchronous is FULL: what was answered survives a power cut.
//
// # How it reads
//
// A few connections read, never behind the writer (WAL). A scan reads in small steps and holds nothing between them.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	_ "modernc.org/sqlite" // the driver registers itself

	"aulacomune/lms"
)

// Engine is an open file. It is safe for use by many goroutines.
type Engine struct {
	path    string
	readers *sql.DB
	queries sync.Map // of the readers: SQL text to *sql.Stmt
	writer  *writer
}

var _ lms.Engine = (*Engine)(nil)

// layout is the version of the tables' shape, kept in the file's user_version.
const layout = 1

// Open opens the file, and makes it when there is none; its folder must exist.
func Open(ctx context.Context, path string) (*Engine, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	if err := create(path); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	w, err := openWriter(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, translate(err))
	}
	readers, err := sql.Open("sqlite", source(path, "_query_only=1"))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), w.close())
	}
	n := max(4, 2*runtime.NumCPU())
	readers.SetMaxOpenConns(n)
	readers.SetMaxIdleConns(n)
	return &Engine{path: path, readers: readers, writer: w}, nil
}

// create makes an empty file that only its owner may read; the files beside it take over its mode.
func create(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// source is the data source name of the file with settings that every connection needs.
func source(path, more string) string {
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(path)}
	return u.String() + "?_busy_timeout=10000&_pragma=cache_size(-8000)&" + more
}

// Close waits for the writes that are under way and closes the file.
func (e *Engine) Close() error {
	e.queries.Range(func(_, s any) bool { _ = s.(*sql.Stmt).Close(); return true })
	if err := errors.Join(e.readers.Close(), e.writer.close()); err != nil {
		return fmt.Errorf("close %s: %w", e.path, err)
	}
	return nil
}

// Ping says whether the file can be read.
func (e *Engine) Ping(ctx context.Context) error {
	var n int
	if err := e.readers.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&n); err != nil {
		return fmt.Errorf("ping %s: %w", e.path, fault(ctx, err))
	}
	return nil
}

// Backup writes a consistent copy to a new file while reading and writing go on. The copy is durable when it returns nil.
func (e *Engine) Backup(ctx context.Context, path string) error {
	if err := e.backup(ctx, path); err != nil {
		return fmt.Errorf("backup %s: %w", path, fault(ctx, err))
	}
	return nil
}

func (e *Engine) backup(ctx context.Context, path string) (err error) {
	if err := create(path); err != nil {
		return err
	}
	db, err := sql.Open("sqlite", source(e.path, ""))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
