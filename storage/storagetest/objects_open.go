package storagetest

import (
	"context"
	"crypto/rand"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/storage/s3"
	"aulacomune/storage/versitygw"
)

// OpenObjects opens an empty store of objects for a test: on the embedded engine, or on another S3 when AULA_TEST_OBJECTS=minio.
func OpenObjects(t testing.TB) lms.Objects {
	t.Helper()
	if os.Getenv("AULA_TEST_OBJECTS") == "minio" {
		return OpenMinIO(t)
	}
	return OpenVersity(t)
}

// OpenVersity opens an empty store on the embedded engine.
func OpenVersity(t testing.TB) lms.Objects {
	t.Helper()
	o, err := objectEngine.use()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := objectEngine.leave(); err != nil {
			t.Error(err)
		}
	})
	o.Bucket = newBucketName()
	return openBucket(t, o)
}

// openBucket opens a store and closes it with the test.
func openBucket(t testing.TB, o s3.Options) *s3.Store {
	t.Helper()
	s, err := s3.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// newBucketName is a name that no other test has.
func newBucketName() string { return "test-" + strings.ToLower(rand.Text()[:16]) }

// startContext bounds what belongs to no single test and must not end with one: the start of a server, and cleaning up.
func startContext() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), time.Minute)
}

// objectEngine is the embedded engine of this test binary: there can be only one in a process. It starts with the first test that wants it and
// stops with the last, so that no folder is left behind; a start takes some milliseconds.
var objectEngine = new(sharedEngine)

type sharedEngine struct {
	mu     sync.Mutex
	users  int
	dir    string
	server *versitygw.Server
}

// use starts the engine if nobody did, and counts a user.
func (e *sharedEngine) use() (s3.Options, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.users == 0 {
		if err := e.start(); err != nil {
			return s3.Options{}, err
		}
	}
	e.users++
	return ObjectOptions(e.server), nil
}

func (e *sharedEngine) start() (err error) {
	if e.dir, err = os.MkdirTemp("", "aula-objects-"); err != nil {
		return err
	}
	ctx, cancel := startContext()
	defer cancel()
	if e.server, err = versitygw.Start(ctx, versitygw.Options{Dir: e.dir}); err != nil {
		os.RemoveAll(e.dir)
	}
	return err
}

// leave counts a user less, and stops the engine after the last.
func (e *sharedEngine) leave() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.users--; e.users > 0 {
		return nil
	}
	defer os.RemoveAll(e.dir)
	return e.server.Stop()
}

// ObjectOptions are what a store needs to reach the embedded engine.
func ObjectOptions(v *versitygw.Server) s3.Options {
	return s3.Options{
		Endpoint: v.Endpoint, Bucket: versitygw.Bucket, AccessKey: v.AccessKey, Secret: v.Secret,
		Region: versitygw.Region, Dial: v.Dial, Sync: v.Sync,
	}
}
