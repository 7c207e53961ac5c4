package storagetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"aulacomune/lms"
)

// Objects is the contract of lms.Objects. open gives an empty store, and may skip.
func Objects(t *testing.T, open func(testing.TB) lms.Objects) {
	for _, row := range []struct {
		name string
		test func(objectsTest)
	}{
		{"what is put is read back", objectsTest.putAndRead},
		{"a range has its edges", objectsTest.rangeEdges},
		{"ranges are independent", objectsTest.rangesTogether},
		{"seek", objectsTest.seek},
		{"stat tells size, type and time", objectsTest.stat},
		{"list in order, by prefix", objectsTest.list},
		{"list ends when told to", objectsTest.listEnds},
		{"remove twice", objectsTest.removeTwice},
		{"missing is NotFound", objectsTest.missing},
		{"a wrong size is refused", objectsTest.wrongSize},
		{"a failing reader leaves nothing", objectsTest.failingReader},
		{"cancelled in the middle, nothing is left", objectsTest.cancelled},
		{"odd keys", objectsTest.oddKeys},
		{"the same key by many", objectsTest.sameKey},
		{"put again", objectsTest.putAgain},
		{"a closed object does not read", objectsTest.closed},
	} {
		t.Run(row.name, func(t *testing.T) { row.test(objectsTest{t, open(t)}) })
	}
}

// Sizes around what the store and the server treat differently: nothing, one byte, one request, several parts.
const (
	sizeOne   = 1
	sizeSmall = 5 << 20
	sizeLarge = 20<<20 + 7
)

// objectsTest is one row of the contract on one empty store.
type objectsTest struct {
	*testing.T
	store lms.Objects
}

// objectBytes is n bytes that look random and are always the same; seed gives other ones.
func objectBytes(n int, seed uint64) []byte {
	b := make([]byte, n)
	var key [32]byte
	key[0], key[1] = byte(seed), byte(seed>>8)
	rand.NewChaCha8(key).Read(b)
	return b
}

// put puts or ends the test. It hides what a bytes.Reader can do beyond reading: a caller's stream can only read.
func (t objectsTest) put(key string, b []byte) {
	t.Helper()
	if err := t.store.Put(t.Context(), key, iotest.DataErrReader(struct{ io.Reader }{bytes.NewReader(b)}), int64(len(b)), "application/octet-stream"); err != nil {
		t.Fatalf("put %s: %v", key, err)
	}
}

// read reads a whole object.
func (t objectsTest) read(key string) []byte {
	t.Helper()
	x, err := t.store.Open(t.Context(), key)
	if err != nil {
		t.Fatalf("open %s: %v", key, err)
	}
	defer x.Close()
	b, err := io.ReadAll(x)
	if err != nil {
		t.Fatalf("read %s: %v", key, err)
	}
	return b
}

// open opens or ends the test.
func (t objectsTest) open(key string) lms.Object {
	t.Helper()
	x, err := t.store.Open(t.Context(), key)
	if err != nil {
		t.Fatalf("open %s: %v", key, err)
	}
	t.Cleanup(func() { x.Close() })
	return x
}

// keys lists the keys under a prefix.
func (t objectsTest) keys(prefix string) []string {
	t.Helper()
	var all []string
	for info, err := range t.store.List(t.Context(), prefix) {
		if err != nil {
			t.Fatalf("list %q: %v", prefix, err)
		}
		all = append(all, info.Key)
	}
	return all
}

// absent checks that nothing is left of a key.
func (t objectsTest) absent(key string) {
	t.Helper()
	if _, err := t.store.Stat(t.Context(), key); !lms.Is(err, lms.NotFound) {
		t.Errorf("stat %s: %v, want NotFound", key, err)
	}
	if left := t.keys(key); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func (t objectsTest) putAndRead() {
	for _, n := range []int{0, sizeOne, sizeSmall, sizeLarge} {
		key, b := fmt.Sprintf("media/%d", n), objectBytes(n, 1)
		t.put(key, b)
		if got := t.read(key); !bytes.Equal(got, b) {
			t.Errorf("%d bytes: read back %d, not the same", n, len(got))
		}
		x := t.open(key)
		stream, err := x.Range(t.Context(), 0, int64(n))
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		if _, err := io.Copy(&got, stream); err != nil || !bytes.Equal(got.Bytes(), b) {
			t.Errorf("%d bytes: range gave %d, not the same (%v)", n, got.Len(), err)
		}
		if err := stream.Close(); err != nil {
			t.Error(err)
		}
	}
}

func (t objectsTest) rangeEdges() {
	const size = 100_000
	b := objectBytes(size, 2)
	t.put("a/range", b)
	x := t.open("a/range")
	for _, c := range []struct{ from, n, want int64 }{
		{0, 1, 1}, {size - 1, 1, 1}, {0, size, size}, {1, 70_000, 70_000}, {0, 0, 0}, {size / 2, 0, 0},
		{size - 1, 10, 1}, {0, size + 1, size}, {10, 1 << 40, size - 10}, {size, 1, 0}, {size + 100, 10, 0},
	} {
		stream, err := x.Range(t.Context(), c.from, c.n)
		if err != nil {
			t.Errorf("range %d+%d: %v", c.from, c.n, err)
			continue
		}
		got, err := io.ReadAll(stream)
		stream.Close()
		from := min(c.from, size)
		if err != nil || !bytes.Equal(got, b[from:from+c.want]) {
			t.Errorf("range %d+%d: %d bytes, want %d (%v)", c.from, c.n, len(got), c.want, err)
		}
	}
	for _, c := range [][2]int64{{-1, 1}, {0, -1}} {
		if _, err := x.Range(t.Context(), c[0], c[1]); err == nil {
			t.Errorf("range %d+%d: no error", c[0], c[1])
		}
	}
}

func (t objectsTest) rangesTogether() {
	b := objectBytes(sizeSmall, 3)
	t.put("a/together", b)
	x := t.open("a/together")
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			from := i * 100_000
			stream, err := x.Range(t.Context(), int64(from), 300_000)
			if err != nil {
				t.Error(err)
				return
			}
			defer stream.Close()
			got, err := io.ReadAll(stream)
			if err != nil || !bytes.Equal(got, b[from:from+300_000]) {
				t.Errorf("reader %d: %d bytes (%v)", i, len(got), err)
			}
		})
	}
	wg.Wait()
	// A stream that is left half-read must not disturb the next.
	stream, err := x.Range(t.Context(), 0, sizeSmall)
	if err != nil {
		t.Fatal(err)
	}
	stream.Read(make([]byte, 10))
	stream.Close()
	if !bytes.Equal(t.read("a/together"), b) {
		t.Error("not the same after a half-read stream")
	}
}

func (t objectsTest) seek() {
	b := objectBytes(50_000, 4)
	t.put("a/seek", b)
	x := t.open("a/seek")
	for _, c := range []struct {
		offset int64
		whence int
		at     int64
	}{{0, io.SeekEnd, 50_000}, {100, io.SeekStart, 100}, {100, io.SeekCurrent, 300}, {-50, io.SeekEnd, 49_950}, {-1000, io.SeekCurrent, 49_000}, {60_000, io.SeekStart, 60_000}, {0, io.SeekStart, 0}} {
		at, err := x.Seek(c.offset, c.whence)
		if err != nil || at != c.at {
			t.Fatalf("seek %d,%d: at %d, want %d (%v)", c.offset, c.whence, at, c.at, err)
		}
		got := make([]byte, 100)
		n, err := io.ReadFull(x, got)
		from := min(c.at, 50_000)
		want := b[from:min(from+100, 50_000)]
		if !bytes.Equal(got[:n], want) || (len(want) == 100) != (err == nil) {
			t.Errorf("after seek %d,%d: %d bytes, want %d (%v)", c.offset, c.whence, n, len(want), err)
		}
	}
	if _, err := x.Seek(-1, io.SeekStart); err == nil {
		t.Error("sought to before the start")
	}
}

func (t objectsTest) stat() {
	for key, media := range map[string]string{"v/video": "video/mp4", "v/captions": "text/vtt; charset=utf-8", "v/certificate": "application/pdf"} {
		for _, n := range []int{11, sizeLarge} {
			if err := t.store.Put(t.Context(), key, bytes.NewReader(objectBytes(n, 5)), int64(n), media); err != nil {
				t.Fatal(err)
			}
			info, err := t.store.Stat(t.Context(), key)
			if err != nil || info.Key != key || info.Size != int64(n) || info.Type != media || info.Modified.IsZero() {
				t.Errorf("stat %s: %+v (%v)", key, info, err)
			}
			if opened := t.open(key).Info(); opened != info {
				t.Errorf("info of the open object %+v, of stat %+v", opened, info)
			}
		}
	}
}

func (t objectsTest) list() {
	const n = 1500 // more than a page of the server's
	var want []string
	for i := range n {
		want = append(want, fmt.Sprintf("blobs/%02x/%04d", i%7, i))
	}
	want = append(want, "blobs-b/1", "blobs.c", "blob", "blobs0", "certificates/1", "blobs/00.x", "blobs/00-x")
	slices.Sort(want)
	work := make(chan string)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for key := range work {
				if err := t.store.Put(t.Context(), key, strings.NewReader(key), int64(len(key)), "text/plain"); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for _, key := range want {
		work <- key
	}
	close(work)
	wg.Wait()
	for _, prefix := range []string{"", "blobs", "blobs/", "blobs/03/", "blobs/03/00", "blobs/00", "certificates/1", "none/"} {
		var part []string
		for _, key := range want {
			if strings.HasPrefix(key, prefix) {
				part = append(part, key)
			}
		}
		if got := t.keys(prefix); !slices.Equal(got, part) {
			t.Errorf("list %q: %d keys, want %d; first difference: %s", prefix, len(got), len(part), firstDifference(got, part))
		}
	}
	for info, err := range t.store.List(t.Context(), "blobs/03/") {
		if err != nil || info.Size != int64(len(info.Key)) || info.Modified.IsZero() {
			t.Fatalf("%+v (%v)", info, err)
		}
	}
}

// firstDifference shows where two lists part.
func firstDifference(got, want []string) string {
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			return fmt.Sprintf("at %d %q, want %q", i, got[i], want[i])
		}
	}
	return "one is longer"
}

func (t objectsTest) listEnds() {
	for i := range 5 {
		t.put(fmt.Sprintf("e/%d", i), []byte("x"))
	}
	seen := 0
	for range t.store.List(t.Context(), "e/") {
		if seen++; seen == 2 {
			break
		}
	}
	if seen != 2 {
		t.Errorf("saw %d", seen)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, err := range t.store.List(ctx, "e/") {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("with a cancelled context: %v", err)
		}
		return
	}
	t.Error("with a cancelled context: an empty list and no error")
}

func (t objectsTest) removeTwice() {
	t.put("r/one", []byte("1"))
	t.put("r/two", []byte("2"))
	for range 2 {
		if err := t.store.Remove(t.Context(), "r/one"); err != nil {
			t.Error(err)
		}
	}
	t.absent("r/one")
	if err := t.store.Remove(t.Context(), "never/there/at/all"); err != nil {
		t.Error(err)
	}
	if got := t.read("r/two"); string(got) != "2" {
		t.Errorf("the neighbour is now %q", got)
	}
	// The beginning of a key is not a key, whatever a server keeps under such names.
	t.put("r/meta/etag", []byte("3"))
	for _, key := range []string{"r", "r/meta", "r/two/meta"} {
		if err := t.store.Remove(t.Context(), key); err != nil {
			t.Errorf("remove %s: %v", key, err)
		}
	}
	if info, err := t.store.Stat(t.Context(), "r/meta/etag"); err != nil || info.Size != 1 || info.Type != "application/octet-stream" {
		t.Errorf("after its beginnings were removed: %+v (%v)", info, err)
	}
	t.put("r/one", []byte("again"))
	if got := t.read("r/one"); string(got) != "again" {
		t.Errorf("put after remove: %q", got)
	}
}

func (t objectsTest) missing() {
	t.absent("no/such")
	if _, err := t.store.Open(t.Context(), "no/such"); !lms.Is(err, lms.NotFound) {
		t.Errorf("open: %v, want NotFound", err)
	}
	// The beginning of a key is not a key.
	t.put("a/b/c", []byte("x"))
	for _, key := range []string{"a", "a/b", "a/b/c/d", "a/b/cc"} {
		if _, err := t.store.Stat(t.Context(), key); !lms.Is(err, lms.NotFound) {
			t.Errorf("stat %s: %v, want NotFound", key, err)
		}
	}
}
