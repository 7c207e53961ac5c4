package storagetest_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/storage/storagetest"
)

// writerOf tells the test binary to be a writing process, and to which store: "sqlite /folder/records.db".
const writerOf = "AULA_TEST_WRITER_OF"

const crashWriters = 4

// TestWriterProcess is no test: it is what the process does that the next test kills.
func TestWriterProcess(t *testing.T) {
	name, source, ok := strings.Cut(os.Getenv(writerOf), " ")
	if !ok {
		return
	}
	r := open(t, storagetest.Existing(t, name, source), "things")
	writeAndSay(t.Context(), r, fmt.Sprint(os.Getpid()), func(id string, n int) { fmt.Printf("ack %s %d\n", id, n) })
}

// writeAndSay adds and changes records, each writer its own, until the context ends or the store is gone. Every write that was
// acknowledged is said: the record's id, and how many changes it holds.
func writeAndSay(ctx context.Context, r *lms.Records[thing], run string, say func(id string, n int)) {
	parallel(crashWriters, func(w int) {
		for i := 0; ; i++ {
			id := fmt.Sprintf("%s-%d-%d", run, w, i)
			if err := r.Add(ctx, thing{ID: id, Code: id, Tags: []string{"0"}, Text: strings.Repeat("x", 3000)}); err != nil {
				return
			}
			say(id, 0)
			for n := range 5 {
				if _, err := r.Change(ctx, id, func(x *thing) error { x.N, x.Tags = n+1, []string{fmt.Sprint(n), id}; return nil }); err != nil {
					return
				}
				say(id, n+1)
			}
		}
	})
}

// acknowledged is how many changes of each record a writer was told of.
type acknowledged struct {
	mu sync.Mutex
	m  map[string]int
}

func (a *acknowledged) say(id string, n int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.m == nil {
		a.m = map[string]int{}
	}
	a.m[id] = n
}

// check finds every acknowledged write, and the store whole.
func (a *acknowledged) check(t *testing.T, r *lms.Records[thing]) {
	t.Helper()
	if len(a.m) == 0 {
		t.Error("nothing was written before the end")
	}
	for id, n := range a.m {
		if got, err := r.Find(context.Background(), id); err != nil || got.N < n {
			t.Errorf("%s: %d changes of %d that were acknowledged, error %v", id, got.N, n, err)
		}
	}
	consistent(t, r)
}

// A process that writes is killed in the middle of it, again and again: every write that it was told of is there.
func TestKilledWriter(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		for range 4 {
			var a acknowledged
			runAndKill(t, s, &a)
			a.check(t, open(t, s, "things"))
		}
	})
}

// runAndKill starts the test binary as a writer and kills it a little after its first word.
func runAndKill(t *testing.T, s storagetest.Store, a *acknowledged) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestWriterProcess$")
	cmd.Env = append(os.Environ(), writerOf+"="+s.Name+" "+s.Source)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var kill sync.Once
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		kill.Do(func() {
			time.AfterFunc(50*time.Millisecond+rand.N(200*time.Millisecond), func() { _ = cmd.Process.Kill() })
		})
		var id string
		var n int
		if _, err := fmt.Sscanf(lines.Text(), "ack %s %d", &id, &n); err == nil {
			a.say(id, n)
		}
	}
	kill.Do(func() { _ = cmd.Process.Kill() })
	if err := cmd.Wait(); err == nil || cmd.ProcessState.Exited() {
		t.Errorf("the writer ended by itself: %v", err)
	}
}

// The server of the records is killed in the middle of writing and started again on its data: every write that it acknowledged is there.
func TestKilledServer(t *testing.T) {
	dir := t.TempDir()
	for range 4 {
		var a acknowledged
		server := storagetest.Secantus(t, dir)
		ctx, cancel := context.WithCancel(t.Context())
		r := open(t, storagetest.Existing(t, "mongo", server.URI+"/aula"), "things")
		time.AfterFunc(300*time.Millisecond+rand.N(300*time.Millisecond), func() {
			if err := server.Stop(); err != nil {
				t.Error(err)
			}
			cancel()
		})
		writeAndSay(ctx, r, fmt.Sprint(time.Now().UnixNano()), a.say)
		<-ctx.Done()
		again := storagetest.Secantus(t, dir)
		a.check(t, open(t, storagetest.Existing(t, "mongo", again.URI+"/aula"), "things"))
		if err := again.Stop(); err != nil {
			t.Error(err)
		}
	}
}
