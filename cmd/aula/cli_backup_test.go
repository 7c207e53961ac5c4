package main

import (
	"archive/tar"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/lms"
	"aulacomune/storage/storagetest"
)

// backupRestore: a backup is taken while people learn, and brought back elsewhere: all records and objects are the same, the chain holds,
// the certificates have their bytes.
func backupRestore(t *testing.T, h *hall) {
	s := h.house(t)
	file, again := filepath.Join(t.TempDir(), "aula.backup"), filepath.Join(t.TempDir(), "again.backup")
	var watchers []*watcher
	var wg sync.WaitGroup
	failed := make(chan error, 8)
	for _, email := range demoStaff(0, 3) {
		w := newWatcher(t, s.caller(s.apiToken(t, email)))
		if err := w.post(0); err != nil {
			t.Fatal(err)
		}
		watchers = append(watchers, w)
		wg.Go(func() { failed <- w.watch() })
	}
	f := &finisher{caller: s.caller(s.apiToken(t, demoStaff(3, 1)[0]))}
	wg.Go(func() { failed <- f.finish() })
	var before [][][2]float64
	for _, w := range watchers {
		before = append(before, w.acknowledged())
	}
	h.run(t, "backup", file, "--data", dataOf(s)).want(0, file, "records", "objects")
	wg.Wait()
	close(failed)
	for err := range failed {
		if err != nil {
			t.Errorf("while the backup ran: %v", err)
		}
	}

	data := filepath.Join(t.TempDir(), "restored")
	h.run(t, "restore", file, "--data", data).want(0, "records", "objects restored")
	h.run(t, "backup", again, "--data", data).want(0)
	sameSums(t, file, again)
	h.run(t, "restore", file, "--data", data).want(1, "there are records here already")
	h.run(t, "restore", file, "--data", dataOf(s)).want(1, "there are records here already")
	h.damaged(t, file)

	restored := h.install(t, "serve", "--url", "http://corsi.test", "--listen", "127.0.0.1:0", "--data", data)
	defer restored.stop(t)
	for i, w := range watchers {
		w.check(t, restored, before[i])
	}
	samePDFs(t, s, restored, wiring.Options{Data: data})
}

// samePDFs: the chain of the restored register holds, and its certificates have the bytes that the first server serves.
func samePDFs(t *testing.T, first, restored *server, o wiring.Options) {
	t.Helper()
	issued := 0
	for _, row := range registerOf(t, o, "amministratore@demo.aula", demoIssuer) {
		if row.Kind != lms.RowIssued {
			continue
		}
		issued++
		var pdf []byte
		first.caller("").must(t, 200, "GET /certificates/"+string(row.Code)+".pdf", nil, &pdf)
		restored.checkPDF(t, string(row.Code), hashOf(pdf))
	}
	if issued == 0 {
		t.Error("the register is empty")
	}
}

// sameSums holds two backups against each other, by the hash of every part with records and of every object.
func sameSums(t *testing.T, a, b string) {
	t.Helper()
	x, y := entriesOf(t, a), entriesOf(t, b)
	if len(x) != len(y) || len(x) < 20 {
		t.Errorf("%d entries, then %d", len(x), len(y))
	}
	for name, content := range x {
		if y[name] != content {
			t.Errorf("%s differs:\n%.400s\nthen:\n%.400s", name, content, y[name])
		}
	}
}

// entriesOf is what a backup holds: records as they are, objects by hash.
func entriesOf(t *testing.T, name string) map[string]string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out := map[string]string{}
	for r := tar.NewReader(f); ; {
		head, err := r.Next()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if out[head.Name] = string(b); strings.HasPrefix(head.Name, "objects/") {
			out[head.Name] = hashOf(b) + " " + head.PAXRecords["AULA.type"]
		}
	}
}

// damaged: a backup with one byte changed, or cut off, is refused, and nothing of it is restored.
func (h *hall) damaged(t *testing.T, file string) {
	t.Helper()
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	flipped := append([]byte(nil), whole...)
	flipped[len(flipped)*2/3] ^= 0x20 // amid the objects
	for name, bytes := range map[string][]byte{"flipped": flipped, "truncated": whole[:len(whole)*9/10], "empty": nil, "something else": []byte("Cara zia,")} {
		bad := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(bad, bytes, 0o600); err != nil {
			t.Fatal(err)
		}
		data := filepath.Join(t.TempDir(), "data")
		h.run(t, "restore", bad, "--data", data).want(1, "the backup is damaged or not whole: nothing was restored")
		h.run(t, "restore", file, "--data", data).want(0) // still empty
	}
	h.run(t, "restore", filepath.Join(t.TempDir(), "nowhere")).want(2, "nowhere")
}

// restoreElsewhere: what SQLite held comes back on MongoDB, each document as it was.
func restoreElsewhere(t *testing.T, h *hall) {
	store := storagetest.Mongo(t)
	s := h.house(t)
	file, again, data := filepath.Join(t.TempDir(), "aula.backup"), filepath.Join(t.TempDir(), "again.backup"), t.TempDir()
	h.run(t, "backup", file, "--data", dataOf(s)).want(0)
	env := []string{"AULA_DATA=" + data, "AULA_DATABASE=" + store.Source}
	h.run(t, append(env, "restore", file)...).want(0, "objects restored")
	h.run(t, append(env, "backup", again)...).want(0)
	sameSums(t, file, again)
	h.run(t, append(env, "restore", file)...).want(1, "there are records here already")

	restored := h.install(t, append(env, "serve", "--url", "http://corsi.test", "--listen", "127.0.0.1:0")...)
	defer restored.stop(t)
	samePDFs(t, s, restored, wiring.Options{Data: data, Database: store.Source})
	restored.apiToken(t, "dipendente@demo.aula")
}
