package storagetest

import (
	"context"
	"crypto/rand"
	"os"
	"strings"
	"sync"
	"testing"

	"aulacomune/storage/mongo"
)

// Mongo is a new database on the MongoDB server of the tests, dropped when the test ends.
func Mongo(t testing.TB) Store {
	t.Helper()
	uri := os.Getenv("AULA_TEST_MONGODB")
	if uri == "" {
		uri = ownServer(t) + "/" + patience
	}
	return database(t, uri)
}

// patience is what the tests of many rooms at once ask of one slow server: to be met within as long as one answer may take.
const patience = "?serverSelectionTimeoutMS=15000&connectTimeoutMS=15000"

// ownServer is the address of the server that the test binary runs for itself.
func ownServer(t testing.TB) string {
	t.Helper()
	needSecantus(t)
	s, err := startOnce()
	if err != nil {
		t.Fatal(err)
	}
	return s.URI
}

func needSecantus(t testing.TB) {
	t.Helper()
	if _, ok := secantusPath(); !ok {
		withoutEngine(t, "No MongoDB: set AULA_TEST_MONGODB to the address of a server, or run pip install SecantusDB==0.7.0b3.")
	}
}

// startOnce starts one server for all tests of a binary. It ends when the binary does, or when nothing refers to it any more.
var startOnce = sync.OnceValues(func() (*Server, error) {
	dir, err := os.MkdirTemp("", "aula-secantus-")
	if err != nil {
		return nil, err
	}
	return startSecantus(dir, true)
})

// database is a database of the test's own on a server.
func database(t testing.TB, uri string) Store {
	t.Helper()
	s := Existing(t, "mongo", inDatabase(uri, "aula_test_"+strings.ToLower(rand.Text()[:12])))
	t.Cleanup(func() {
		e, err := mongo.Open(context.Background(), s.Source)
		if err != nil {
			t.Log("its database could not be dropped:", err) // the test may have ended the server
			return
		}
		if err := e.Drop(context.Background()); err != nil {
			t.Error(err)
		}
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// inDatabase puts a database's name into a server's address.
func inDatabase(uri, name string) string {
	scheme, rest, _ := strings.Cut(uri, "://")
	address, settings, asked := strings.Cut(rest, "?")
	hosts, _, _ := strings.Cut(address, "/")
	if asked {
		settings = "?" + settings
	}
	return scheme + "://" + hosts + "/" + name + settings
}
