package wiring

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"aulacomune/lms"
)

// openHere opens a house on the embedded engines. There is one embedded object store per process: close it before the next.
func openHere(t *testing.T, dir string) *House {
	t.Helper()
	h, err := Open(t.Context(), Options{Data: dir, URL: "http://corsi.test", Alone: true})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func closeHere(t *testing.T, h *House) {
	t.Helper()
	if err := h.Close(); err != nil {
		t.Error(err)
	}
}

// backupOf is the backup of a small house.
func backupOf(t *testing.T) []byte {
	t.Helper()
	h := openHere(t, t.TempDir())
	defer closeHere(t, h)
	ctx := t.Context()
	if _, err := h.School.Organisations.Add(ctx, lms.Organisation{ID: "ala", Name: "Comune di Ala"}, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := h.School.People.Install(ctx, lms.NewPerson{Email: "ada@example.it", Given: "Ada", Family: "Neri", Organisation: "ala"}); err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		text := strings.Repeat("x", 700*i) // the first is empty
		if err := h.Objects.Put(ctx, fmt.Sprint("media/", i), strings.NewReader(text), int64(len(text)), "video/mp4"); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if n, err := h.WriteBackup(ctx, &b); err != nil || n.Records != 4 || n.Objects != 3 {
		t.Fatalf("%+v, %v", n, err)
	}
	return b.Bytes()
}

// TestDamage flips every byte of a backup: what is accepted all the same holds the same entries.
func TestDamage(t *testing.T) {
	whole := backupOf(t)
	want := contents(t, whole)
	refused := 0
	for i := range whole {
		damaged := bytes.Clone(whole)
		damaged[i] ^= 0x01
		if err := verify(bytes.NewReader(damaged)); err != nil {
			refused++
			continue
		}
		if got := contents(t, damaged); got != want {
			t.Fatalf("byte %d changed what is restored, and was not noticed:\n%s\nbefore:\n%s", i, got, want)
		}
	}
	if refused < 1000 {
		t.Errorf("of %d bytes only %d matter", len(whole), refused)
	}
	for n := 0; n < len(whole); n += 97 { // what is cut off behind the sums, nobody misses
		if verify(bytes.NewReader(whole[:n])) == nil && contents(t, whole[:n]) != want {
			t.Errorf("the first %d bytes of %d pass for a whole backup", n, len(whole))
		}
	}
}

// contents is what a restore would write.
func contents(t *testing.T, backup []byte) string {
	t.Helper()
	var out strings.Builder
	r := tar.NewReader(bytes.NewReader(backup))
	for {
		head, err := r.Next()
		if err == io.EOF || err == nil && head.Name == sumsName {
			return out.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&out, head.Name, head.Size, head.PAXRecords[typeField])
		if _, err := io.Copy(&out, r); err != nil {
			t.Fatal(err)
		}
	}
}

// TestRestoreIsWholeOrNothing: a damaged backup leaves an empty place, a restore that was cut short leaves one that does not open.
func TestRestoreIsWholeOrNothing(t *testing.T) {
	whole := backupOf(t)
	dir := t.TempDir()
	h := openHere(t, dir)
	if _, err := Restore(t.Context(), h, bytes.NewReader(whole[:len(whole)/2])); !errors.Is(err, ErrDamaged) {
		t.Errorf("half a backup: %v", err)
	}
	if err := h.mustBeEmpty(t.Context()); err != nil {
		t.Errorf("after half a backup: %v", err)
	}

	ctx, cancel := context.WithCancel(t.Context())
	h.Objects = &cutShort{h.Objects, cancel}
	if _, err := Restore(ctx, h, bytes.NewReader(whole)); err == nil {
		t.Error("a restore that was cut short did not say so")
	}
	closeHere(t, h)
	if h, err := Open(t.Context(), Options{Data: dir, URL: "http://corsi.test"}); !errors.Is(err, ErrUnfinished) {
		t.Errorf("opening after a restore that was cut short: %v", err)
		closeHere(t, h)
	}

	h = openHere(t, t.TempDir())
	defer closeHere(t, h)
	if n, err := Restore(t.Context(), h, bytes.NewReader(whole)); err != nil || n.Records != 4 || n.Objects != 3 {
		t.Errorf("%+v, %v", n, err)
	}
	if info, err := h.Objects.Stat(t.Context(), "media/2"); err != nil || info.Type != "video/mp4" || info.Size != 1400 {
		t.Errorf("%+v, %v", info, err)
	}
	if _, err := Restore(t.Context(), h, bytes.NewReader(whole)); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("into a place that is not empty: %v", err)
	}
}

// cutShort ends a restore with its second object.
type cutShort struct {
	lms.Objects
	cancel func()
}

// Put implements lms.Objects.
func (c *cutShort) Put(ctx context.Context, key string, r io.Reader, size int64, mediaType string) error {
	if key == "media/1" {
		c.cancel()
	}
	return c.Objects.Put(ctx, key, r, size, mediaType)
}

// TestASecondServerIsRefused: a command joins the object store of a running server, a second server does not.
func TestASecondServerIsRefused(t *testing.T) {
	dir := t.TempDir()
	first := openHere(t, dir)
	defer closeHere(t, first)
	command, err := Open(t.Context(), Options{Data: dir})
	if err != nil {
		t.Fatalf("a command beside a server: %v", err)
	}
	closeHere(t, command)
	if _, err := Open(t.Context(), Options{Data: dir, Alone: true}); err == nil || !strings.Contains(err.Error(), "another aula") {
		t.Errorf("a second server on the folder: %v", err)
	}
}
