// Package storagetest is the contract every engine passes, and opens a fresh real store for a test.
//
// Open gives a store of the default engine; Each runs a test on every engine there is. SQLite is always there. MongoDB is the server at
// AULA_TEST_MONGODB or, where that is empty, SecantusDB 0.7.0b3 (pip install SecantusDB==0.7.0b3), a MongoDB wire server that the first
// test to need it starts as a process of its own on a free loopback port, and that ends with the test binary. A test whose engine is
// missing is skipped in one sentence; with AULA_TEST_STRICT=1 it fails.
package storagetest

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"aulacomune/lms"
	"aulacomune/storage/mongo"
	"aulacomune/storage/sqlite"
)

// Open gives an empty store that lives as long as the test: SQLite, or MongoDB when AULA_TEST_ENGINE is mongo.
func Open(t testing.TB) lms.Engine {
	t.Helper()
	if os.Getenv("AULA_TEST_ENGINE") == "mongo" {
		return Mongo(t).Open(t)
	}
	return SQLite(t).Open(t)
}

// Each runs a test once for every engine, each time on an empty store.
func Each(t *testing.T, test func(t *testing.T, s Store)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("mongo", func(t *testing.T) { test(t, Mongo(t)) })
}

// Store is a place with records. It may be opened more than once, as two processes would.
type Store struct {
	Name   string // of the engine: sqlite or mongo
	Source string // the file, or the server's address with the database
	open   func(ctx context.Context, source string) (closer, error)
}

// closer is an engine that can be closed; both can.
type closer interface {
	lms.Engine
	Close() error
}

// Open gives a new handle on the store, closed when the test ends.
func (s Store) Open(t testing.TB) lms.Engine {
	t.Helper()
	e, err := s.open(t.Context(), s.Source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

// SQLite is a new store in a file of the test's own folder.
func SQLite(t testing.TB) Store {
	t.Helper()
	return Existing(t, "sqlite", filepath.Join(t.TempDir(), "records.db"))
}

// Existing is a store that is there already, by its engine's name and its source.
func Existing(t testing.TB, name, source string) Store {
	t.Helper()
	openers := map[string]func(context.Context, string) (closer, error){
		"sqlite": func(ctx context.Context, source string) (closer, error) { return sqlite.Open(ctx, source) },
		"mongo":  func(ctx context.Context, source string) (closer, error) { return mongo.Open(ctx, source) },
	}
	if openers[name] == nil {
		t.Fatalf("there is no engine %q", name)
	}
	return Store{Name: name, Source: source, open: openers[name]}
}

// withoutEngine skips a test whose engine is not there, or fails it where nothing may be missing.
func withoutEngine(t testing.TB, sentence string) {
	t.Helper()
	if os.Getenv("AULA_TEST_STRICT") != "" {
		t.Fatal(sentence)
	}
	t.Skip(sentence)
}
