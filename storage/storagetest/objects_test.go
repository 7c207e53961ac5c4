package storagetest

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"aulacomune/storage/s3"
	"aulacomune/storage/versitygw"
)

func TestObjectsOnVersity(t *testing.T) {
	OpenVersity(t) // keep the engine running from row to row
	Objects(t, OpenVersity)
}

func TestObjectsOnMinIO(t *testing.T) {
	MinIO(t)
	Objects(t, OpenMinIO)
}

// Whatever the tests put, only its owner may read, and nothing is left of what failed.
func TestObjectsAreClosedAndClean(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "objects")
	v := startVersity(t, dir)
	c := objectsTest{t, openBucket(t, ObjectOptions(v))}
	c.put("media/one", objectBytes(1000, 1))
	c.put("media/two", objectBytes(sizeLarge, 1))
	c.wrongSize()
	c.failingReader()
	c.cancelled()
	// A part that was under way when its upload was given up may come after the cleaning; the next start cleans again.
	if err := v.Stop(); err != nil {
		t.Error(err)
	}
	startVersity(t, dir)
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		if !d.IsDir() && strings.Contains(path, ".sgwtmp") {
			t.Errorf("left behind: %s", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// A request that leaves bytes on its connection spoils the next one on it. The engine closes a spoilt connection, so they can be counted.
func TestObjectsKeepTheConnection(t *testing.T) {
	o := ObjectOptions(startVersity(t, t.TempDir()))
	dial, dialled := o.Dial, 0
	o.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		dialled++
		return dial(ctx, network, address)
	}
	c := objectsTest{t, openBucket(t, o)}
	for _, n := range []int{0, sizeOne, 100_000, sizeSmall, sizeLarge} {
		for range 3 {
			c.put("one/key", objectBytes(n, 1))
			time.Sleep(20 * time.Millisecond) // the engine finds the left bytes when it looks for the next request
			c.read("one/key")
			c.absent("another/key")
			if err := c.store.Put(t.Context(), "another/key", strings.NewReader("x"), 2, "text/plain"); err == nil {
				t.Error("no error")
			}
			if err := c.store.Remove(t.Context(), "another/key"); err != nil {
				t.Error(err)
			}
		}
		if dialled != 1 {
			t.Errorf("%d connections by %d bytes", dialled, n)
			dialled = 1
		}
	}
}

// startVersity starts an engine of the test's own.
func startVersity(t *testing.T, dir string) *versitygw.Server {
	t.Helper()
	v, err := versitygw.Start(t.Context(), versitygw.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := v.Stop(); err != nil {
			t.Error(err)
		}
	})
	return v
}

// childDir names the folder to the process that TestObjectsSurviveKill kills.
const childDir = "AULA_TEST_OBJECTS_CHILD"

// TestObjectsSurviveKill kills a process with an engine while it puts; what it acknowledged must be there, and what it did not, whole or not.
func TestObjectsSurviveKill(t *testing.T) {
	if dir := os.Getenv(childDir); dir != "" {
		putUntilKilled(t, dir)
		return
	}
	for round := range 2 {
		dir := t.TempDir()
		acknowledged := killWhilePutting(t, dir, 25+round*17)
		v := startVersity(t, dir)
		store := openBucket(t, ObjectOptions(v))
		c := objectsTest{t, store}
		for _, key := range acknowledged {
			if info, err := store.Stat(t.Context(), key); err != nil || info.Type != "video/mp4" {
				t.Errorf("%s was acknowledged: %+v (%v)", key, info, err)
			}
		}
		for _, key := range c.keys("") {
			if got := c.read(key); !bytes.Equal(got, childBytes(key)) {
				t.Errorf("%s has %d bytes that were never put", key, len(got))
			}
		}
		t.Logf("%d acknowledged, %d there", len(acknowledged), len(c.keys("")))
		store.Close()
		if err := v.Stop(); err != nil {
			t.Error(err)
		}
	}
}

// killWhilePutting runs the child until it has acknowledged n puts, kills it, and gives the keys.
func killWhilePutting(t *testing.T, dir string, n int) []string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestObjectsSurviveKill$")
	cmd.Env = append(os.Environ(), childDir+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var acknowledged []string
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		key, ok := strings.CutPrefix(lines.Text(), "put ")
		if !ok {
			continue
		}
		if acknowledged = append(acknowledged, key); len(acknowledged) == n {
			if err := cmd.Process.Kill(); err != nil { // SIGKILL
				t.Fatal(err)
			}
		}
	}
	if err := cmd.Wait(); err == nil || len(acknowledged) < n {
		t.Fatalf("the child ended by itself after %d puts: %v", len(acknowledged), err)
	}
	return acknowledged
}

// putUntilKilled is the child: four writers put objects of all sizes and print each key once it is acknowledged.
func putUntilKilled(t *testing.T, dir string) {
	store, err := s3.Open(t.Context(), ObjectOptions(startVersity(t, dir)))
	if err != nil {
		t.Fatal(err)
	}
	lines := make(chan string)
	for writer := range 4 {
		go func() {
			for i := 0; ; i++ {
				key := fmt.Sprintf("kill/%d/%d-%d", writer, time.Now().UnixNano(), []int{0, 10, 100_000, 10, 9 << 20}[i%5])
				b := childBytes(key)
				if err := store.Put(t.Context(), key, struct{ io.Reader }{bytes.NewReader(b)}, int64(len(b)), "video/mp4"); err != nil {
					fmt.Fprintln(os.Stderr, "child:", err)
					os.Exit(3)
				}
				lines <- "put " + key
			}
		}()
	}
	for line := range lines {
		fmt.Println(line)
	}
}

// childBytes is what the child puts under a key, which ends with the size.
func childBytes(key string) []byte {
	var n int
	fmt.Sscan(key[strings.LastIndex(key, "-")+1:], &n)
	return objectBytes(n, uint64(len(key))+uint64(n))
}
