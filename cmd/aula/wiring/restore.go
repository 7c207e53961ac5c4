package wiring

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"aulacomune/lms"
)

// What a restore refuses.
var (
	ErrNotEmpty   = errors.New("there are records here already: restore into an empty place (another --data, another database and bucket)")
	ErrDamaged    = errors.New("the backup is damaged or not whole: nothing was restored")
	ErrUnfinished = errors.New("a restore into this place was cut short: empty it, or choose another, and restore again")
)

// unfinishedKey is an object that lies in the store while a restore is under way; a house does not open where it lies.
const unfinishedKey = "restore/unfinished"

// Restore brings a backup back into an empty house, of the same engines or of others. The whole backup is checked before anything is
// written, and what a restore that was cut short leaves cannot be opened.
func Restore(ctx context.Context, h *House, from io.ReadSeeker) (n Counted, err error) {
	if err := verify(from); err != nil {
		return n, fmt.Errorf("%w (%w)", ErrDamaged, err)
	}
	if err := h.mustBeEmpty(ctx); err != nil {
		return n, err
	}
	if _, err := from.Seek(0, io.SeekStart); err != nil {
		return n, err
	}
	if err := h.Objects.Put(ctx, unfinishedKey, strings.NewReader(""), 0, "text/plain"); err != nil {
		return n, err
	}
	for head, r := range entries(from, &err) {
		if err := h.restoreEntry(ctx, head, r, &n); err != nil {
			return n, fmt.Errorf("%s: %w", head.Name, err)
		}
	}
	if err != nil {
		return n, fmt.Errorf("read backup: %w", err)
	}
	return n, h.Objects.Remove(ctx, unfinishedKey)
}

// mustBeEmpty says whether a backup would be mixed with what is there.
func (h *House) mustBeEmpty(ctx context.Context) error {
	for _, c := range collections() {
		n, err := h.Engine.Count(ctx, c.Name, lms.Range{Index: lms.IndexSpec{Name: "id", Unique: true}})
		if err != nil {
			return err
		}
		if n > 0 {
			return ErrNotEmpty
		}
	}
	return nil
}

// mustBeFinished refuses a place where a restore was cut short.
func (h *House) mustBeFinished(ctx context.Context) error {
	_, err := h.Objects.Stat(ctx, unfinishedKey)
	switch {
	case lms.Is(err, lms.NotFound):
		return nil
	case err != nil:
		return fmt.Errorf("object store: %w", err)
	}
	return ErrUnfinished
}

// verify reads a backup to its sums and holds every entry against them.
func verify(from io.Reader) (err error) {
	var found bytes.Buffer
	for head, r := range entries(from, &err) {
		if head.Name == sumsName {
			want, err := io.ReadAll(r)
			if err == nil && !bytes.Equal(want, found.Bytes()) {
				err = errors.New("its sums do not fit")
			}
			return err
		}
		sum := sha256.New()
		if _, err := io.Copy(sum, r); err != nil {
			return err
		}
		found.WriteString(sumLine(head, sum.Sum(nil)))
	}
	if err == nil {
		err = errors.New("it ends before its sums")
	}
	return err
}

// entries yields what a tar file holds, each to be read before the next.
func entries(from io.Reader, err *error) func(yield func(*tar.Header, io.Reader) bool) {
	return func(yield func(*tar.Header, io.Reader) bool) {
		r := tar.NewReader(from)
		for {
			head, e := r.Next()
			if e == io.EOF {
				return
			}
			if *err = e; e != nil || !yield(head, r) {
				return
			}
		}
	}
}

func (h *House) restoreEntry(ctx context.Context, head *tar.Header, r io.Reader, n *Counted) error {
	if head.Name == sumsName {
		return nil
	}
	if key, ok := strings.CutPrefix(head.Name, objectsDir); ok {
		n.Objects++
		return h.Objects.Put(ctx, key, r, head.Size, head.PAXRecords[typeField])
	}
	collection := filepath.Base(filepath.Dir(head.Name))
	lines := json.NewDecoder(r)
	for {
		var d lms.Document
		switch err := lines.Decode(&d); {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
		if err := h.Engine.Insert(ctx, collection, d); err != nil {
			return err
		}
		n.Records++
	}
}
