package storagetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"testing/iotest"
	"time"
)

func (t objectsTest) wrongSize() {
	for _, n := range []int{0, sizeOne, 100_000, sizeLarge} {
		b := objectBytes(n, 6)
		for _, size := range []int64{int64(n) - 1, int64(n) + 1, int64(n) * 3} {
			if size == int64(n) {
				continue
			}
			if err := t.store.Put(t.Context(), "w/size", struct{ io.Reader }{bytes.NewReader(b)}, size, "video/mp4"); err == nil {
				t.Errorf("%d bytes put as %d: no error", n, size)
			}
			t.absent("w/size")
		}
	}
	// What was there before stays.
	t.put("w/size", []byte("before"))
	if err := t.store.Put(t.Context(), "w/size", bytes.NewReader(objectBytes(sizeLarge, 6)), sizeLarge+1, "video/mp4"); err == nil {
		t.Error("no error")
	}
	if got := t.read("w/size"); string(got) != "before" {
		t.Errorf("now %d bytes", len(got))
	}
}

func (t objectsTest) failingReader() {
	broken := errors.New("the disk is broken")
	for _, n := range []int{0, 1000, sizeLarge / 2} {
		r := io.MultiReader(bytes.NewReader(objectBytes(n, 7)), iotest.ErrReader(broken))
		if err := t.store.Put(t.Context(), "f/one", r, sizeLarge, "video/mp4"); !errors.Is(err, broken) {
			t.Errorf("after %d bytes: %v, want the reader's error", n, err)
		}
		t.absent("f/one")
	}
}

// slowReader gives some bytes, then waits for the context and gives the rest: the cut comes in the middle of a request or between two.
type slowReader struct {
	io.Reader
	before int
	cut    context.CancelFunc
}

// Read reads.
func (s *slowReader) Read(p []byte) (int, error) {
	if s.before <= 0 {
		s.cut()
		time.Sleep(time.Millisecond) // let the cancellation overtake the bytes
	}
	n, err := s.Reader.Read(p[:min(len(p), 64<<10)])
	s.before -= n
	return n, err
}

func (t objectsTest) cancelled() {
	for _, before := range []int{0, 1000, sizeLarge / 3, sizeLarge / 2, sizeLarge - 1000} {
		ctx, cancel := context.WithCancel(t.Context())
		err := t.store.Put(ctx, "c/one", &slowReader{bytes.NewReader(objectBytes(sizeLarge, 8)), before, cancel}, sizeLarge, "video/mp4")
		cancel()
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cut after %d bytes: %v", before, err)
		}
		t.absent("c/one")
	}
	t.put("c/one", objectBytes(sizeLarge, 8))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	x, err := t.store.Open(ctx, "c/one")
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	stream, err := x.Range(ctx, 0, sizeLarge)
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Close()
	cancel()
	if _, err := io.Copy(io.Discard, stream); !errors.Is(err, context.Canceled) {
		t.Errorf("read with a cancelled context: %v", err)
	}
	if _, err := t.store.Stat(ctx, "c/one"); !errors.Is(err, context.Canceled) {
		t.Errorf("stat with a cancelled context: %v", err)
	}
}

func (t objectsTest) oddKeys() {
	for _, key := range []string{
		"x", "a-b_c.d", "~tilde/!bang/(round)", "quote'/comma,", "plus+plus", "at@sign", "equals=1&b=2", "per%20cent", "percent%2fslash", "semi;colon", "col:on", "star*", "dollar$",
		"with space/in it", "question?mark=1", "hash#tag", ".hidden/.file", "a..b/c...d", "0123456789abcdef/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
		"deep/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16",
	} {
		t.put(key, []byte("content of "+key))
		if got := t.read(key); string(got) != "content of "+key {
			t.Errorf("%q: read %q", key, got)
		}
		if got := t.keys(key); len(got) != 1 || got[0] != key {
			t.Errorf("list %q: %q", key, got)
		}
		if err := t.store.Remove(t.Context(), key); err != nil {
			t.Errorf("remove %q: %v", key, err)
		}
		t.absent(key)
	}
}

func (t objectsTest) sameKey() {
	for i, n := range []int{1000, sizeLarge} {
		key, b := fmt.Sprintf("s/%d", i), objectBytes(n, 9)
		var wg sync.WaitGroup
		for range 6 {
			wg.Go(func() {
				if err := t.store.Put(t.Context(), key, bytes.NewReader(b), int64(n), "video/mp4"); err != nil {
					t.Errorf("%d bytes: %v", n, err)
				}
			})
		}
		wg.Wait()
		if got := t.read(key); !bytes.Equal(got, b) {
			t.Errorf("%d bytes: read back %d, not the same", n, len(got))
		}
	}
}

func (t objectsTest) putAgain() {
	first, second := objectBytes(sizeSmall, 10), objectBytes(1000, 11)
	t.put("p/again", first)
	x := t.open("p/again")
	t.put("p/again", second)
	if got := t.read("p/again"); !bytes.Equal(got, second) {
		t.Errorf("the second put left %d bytes, not its own", len(got))
	}
	// Who has it open reads what it was, or fails; never a mixture.
	if got, err := io.ReadAll(x); err == nil && !bytes.Equal(got, first) {
		t.Errorf("the open object gave %d bytes that were never put", len(got))
	}
	// Writers with different bytes: one of them wins whole.
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			if err := t.store.Put(t.Context(), "p/race", bytes.NewReader(objectBytes(200_000, uint64(i))), 200_000, "video/mp4"); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	got := t.read("p/race")
	for i := range 6 {
		if bytes.Equal(got, objectBytes(200_000, uint64(i))) {
			return
		}
	}
	t.Error("what is there is none of what was put")
}

func (t objectsTest) closed() {
	t.put("c/losed", []byte("text"))
	x := t.open("c/losed")
	for range 2 {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := x.Read(make([]byte, 1)); err == nil || errors.Is(err, io.EOF) {
		t.Errorf("read: %v", err)
	}
	if _, err := x.Range(t.Context(), 0, 1); err == nil {
		t.Error("range: no error")
	}
}
