package s3_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/storage/s3"
	"aulacomune/storage/storagetest"
)

// answering is a server that gives every request the same answer, except that it has the bucket.
func answering(t *testing.T, status int, code string) s3.Options {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Trim(r.URL.Path, "/") == "bucket" && r.Method == http.MethodHead {
			return
		}
		io.Copy(io.Discard, r.Body)
		w.WriteHeader(status)
		if code != "" && r.Method != http.MethodHead {
			io.WriteString(w, "<Error><Code>"+code+"</Code><Message>the server's own words</Message></Error>")
		}
	}))
	t.Cleanup(srv.Close)
	return s3.Options{Endpoint: strings.TrimPrefix(srv.URL, "http://"), Bucket: "bucket", AccessKey: "a", Secret: "b", Region: "x"}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct {
		status int
		code   string
		want   lms.ErrorKind
	}{
		{http.StatusServiceUnavailable, "SlowDown", lms.Unavailable},
		{http.StatusInternalServerError, "InternalError", lms.Unavailable},
		{http.StatusBadGateway, "", lms.Unavailable},
		{http.StatusNotFound, "NoSuchKey", lms.NotFound},
		{http.StatusForbidden, "AccessDenied", lms.Unknown},
	} {
		t.Run(http.StatusText(c.status), func(t *testing.T) {
			t.Parallel() // because of the pauses between attempts
			store, err := s3.Open(t.Context(), answering(t, c.status, c.code))
			if err != nil {
				t.Fatal(err)
			}
			defer store.Close()
			for operation, err := range failures(t, store) {
				if err == nil || lms.KindOf(err) != c.want {
					t.Errorf("%s: %v, want %v", operation, err, c.want)
				}
				if err != nil && !strings.Contains(err.Error(), operation) {
					t.Errorf("the error does not name the operation: %v", err)
				}
			}
			if err := store.Remove(t.Context(), "key"); (c.want == lms.NotFound) != (err == nil) || err != nil && lms.KindOf(err) != c.want {
				t.Errorf("remove: %v", err)
			}
		})
	}
}

// failures tries every operation of a store on a server that fails.
func failures(t *testing.T, store *s3.Store) map[string]error {
	_, statErr := store.Stat(t.Context(), "key")
	_, openErr := store.Open(t.Context(), "key")
	putErr := store.Put(t.Context(), "key", strings.NewReader("text"), 4, "text/plain")
	var listErr error
	for _, listErr = range store.List(t.Context(), "key") {
		break
	}
	return map[string]error{"stat key": statErr, "open key": openErr, "put key": putErr, "list key": listErr}
}

func TestNobodyThere(t *testing.T) {
	o := answering(t, http.StatusOK, "")
	store, err := s3.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Ping(t.Context()); err != nil {
		t.Error(err)
	}
	store.Close()
	o.Endpoint = "127.0.0.1:1" // nobody listens
	start := time.Now()
	if _, err := s3.Open(t.Context(), o); !lms.Is(err, lms.Unavailable) {
		t.Errorf("open: %v, want Unavailable", err)
	}
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("it took %v to say so", took)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s3.Open(ctx, o); !errors.Is(err, context.Canceled) || lms.Is(err, lms.Unavailable) {
		t.Errorf("open with a cancelled context: %v", err)
	}
	if _, err := s3.Open(t.Context(), s3.Options{Endpoint: "no/host", Bucket: "bucket"}); err == nil {
		t.Error("opened an endpoint with a slash")
	}
}

func TestBucketThatMayNotBeMade(t *testing.T) {
	o := answering(t, http.StatusForbidden, "AccessDenied")
	o.Bucket = "other" // which the server denies to know
	if _, err := s3.Open(t.Context(), o); err == nil || !strings.Contains(err.Error(), "bucket other") {
		t.Errorf("%v", err)
	}
}

func TestCutConnectionIsNotTheEnd(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "1000")
		w.Header().Set("Last-Modified", "Mon, 02 Jan 2006 15:04:05 GMT")
		w.Header().Set("ETag", `"x"`)
		if r.Method == http.MethodGet {
			w.Write(make([]byte, 300))
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		}
	}))
	defer srv.Close()
	store, err := s3.Open(t.Context(), s3.Options{Endpoint: strings.TrimPrefix(srv.URL, "http://"), Bucket: "bucket", AccessKey: "a", Secret: "b", Region: "x"})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	x, err := store.Open(t.Context(), "key")
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if b, err := io.ReadAll(x); !lms.Is(err, lms.Unavailable) {
		t.Errorf("read %d bytes of 1000: %v, want Unavailable", len(b), err)
	}
	stream, err := x.Range(t.Context(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Close()
	if n, err := io.Copy(io.Discard, stream); !lms.Is(err, lms.Unavailable) {
		t.Errorf("copied %d bytes of 1000: %v, want Unavailable", n, err)
	}
}

func TestSyncIsAsked(t *testing.T) {
	o := answering(t, http.StatusOK, "")
	asked, fails := 0, errors.New("the disk is full")
	o.Sync = func() error { asked++; return fails }
	store, err := s3.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if err := store.Put(t.Context(), "key", strings.NewReader("text"), 4, "text/plain"); !errors.Is(err, fails) || asked != 1 {
		t.Errorf("asked %d times, put said %v", asked, err)
	}
	if err := store.Put(t.Context(), "key", strings.NewReader("text"), 5, "text/plain"); err == nil || asked != 1 {
		t.Errorf("after a put that failed: asked %d times, put said %v", asked, err)
	}
}

// Streams that are left half-read, failed puts and lists that are not read to the end must not pile up.
func TestNothingLeaks(t *testing.T) {
	store := storagetest.OpenVersity(t)
	b := make([]byte, 9<<20)
	use := func() {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		if err := store.Put(ctx, "leak/one", bytes.NewReader(b), int64(len(b)), "video/mp4"); err != nil {
			t.Fatal(err)
		}
		if err := store.Put(ctx, "leak/two", bytes.NewReader(b), int64(len(b))+1, "video/mp4"); err == nil {
			t.Fatal("no error")
		}
		x, err := store.Open(ctx, "leak/one")
		if err != nil {
			t.Fatal(err)
		}
		x.Read(b[:10])
		x.Seek(1000, io.SeekStart)
		x.Read(b[:10])
		stream, err := x.Range(ctx, 0, int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		stream.Read(b[:10])
		stream.Close()
		x.Close()
		for range store.List(ctx, "leak/") {
			break
		}
	}
	use()
	before := settled()
	for range 10 {
		use()
	}
	if after := settled(); after > before+5 {
		text := make([]byte, 1<<20)
		t.Errorf("%d goroutines, then %d:\n%s", before, after, text[:runtime.Stack(text, true)])
	}
}

// settled is how many goroutines there are once those that are ending have ended.
func settled() int {
	n := runtime.NumGoroutine()
	for range 20 {
		time.Sleep(20 * time.Millisecond)
		n = min(n, runtime.NumGoroutine())
	}
	return n
}
