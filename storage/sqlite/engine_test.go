package sqlite

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"aulacomune/lms"
)

func open(t *testing.T, path string) *Engine {
	t.Helper()
	e, err := Open(t.Context(), path)
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

func put(t *testing.T, e *Engine, id string) {
	t.Helper()
	ctx := t.Context()
	if err := e.Prepare(ctx, lms.Collection{Name: "notes"}); err != nil {
		t.Fatal(err)
	}
	if err := e.Insert(ctx, "notes", lms.Document{ID: id, Rev: 1, Version: 1, Body: []byte(`{}`)}); err != nil {
		t.Fatal(err)
	}
}

// A copy that was made while the file was open holds what was there, and nothing overwrites an older copy.
func TestBackup(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a folder, 50 % #full?")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	e := open(t, filepath.Join(dir, "records.db"))
	put(t, e, "a")
	copied := filepath.Join(dir, "copy.db")
	if err := e.Backup(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	if err := e.Backup(t.Context(), copied); err == nil {
		t.Error("a copy was overwritten")
	}
	put(t, e, "b")
	c := open(t, copied)
	if _, err := c.Get(t.Context(), "notes", "a"); err != nil {
		t.Error(err)
	}
	if _, err := c.Get(t.Context(), "notes", "b"); !lms.Is(err, lms.NotFound) {
		t.Errorf("b: %v, want not found", err)
	}
}

// The file holds personal data, so only its owner may read it and the files beside it.
func TestFileMode(t *testing.T) {
	dir := t.TempDir()
	put(t, open(t, filepath.Join(dir, "records.db")), "a")
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if i, err := f.Info(); err != nil || i.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: mode %v, error %v", f.Name(), i.Mode(), err)
		}
	}
}

func TestNewerLayoutIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "records.db")
	e := open(t, path)
	if err := e.writer.exec("PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), path); err == nil || !strings.Contains(err.Error(), "layout is 99") {
		t.Errorf("got %v", err)
	}
}

// Every statement must be answered from an index: a scan of a table would not show until a collection is large.
func TestStatementsUseTheirIndexes(t *testing.T) {
	e := open(t, filepath.Join(t.TempDir(), "records.db"))
	put(t, e, "a")
	for _, statement := range []string{selectOne, selectKeys, selectKeysBack, countKeys, selectIDs, selectIDsBack, countIDs} {
		plan := explain(t, e, about("notes", statement))
		if strings.Contains(plan, "SCAN") || strings.Contains(plan, "TEMP B-TREE") {
			t.Errorf("%s\n%s", statement, plan)
		}
		t.Log(plan)
	}
}

func explain(t *testing.T, e *Engine, statement string) string {
	t.Helper()
	args := make([]any, strings.Count(statement, "?"))
	for i := range args {
		args[i] = "1"
	}
	rows, err := e.readers.QueryContext(context.Background(), "EXPLAIN QUERY PLAN "+statement, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var plan strings.Builder
	for rows.Next() {
		var a, b, c int
		var detail string
		if err := rows.Scan(&a, &b, &c, &detail); err != nil {
			t.Fatal(err)
		}
		plan.WriteString(detail + "\n")
	}
	return plan.String()
}

// After Close every call says that the store does not answer, and a second Close does no harm.
func TestClosed(t *testing.T) {
	e := open(t, filepath.Join(t.TempDir(), "records.db"))
	put(t, e, "a")
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if err := e.Delete(t.Context(), "notes", "a", 1); !lms.Is(err, lms.Unavailable) {
		t.Errorf("delete: %v", err)
	}
	if _, err := e.Get(t.Context(), "notes", "a"); err == nil {
		t.Error("get: no error")
	}
}
