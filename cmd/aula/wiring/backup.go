package wiring

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"aulacomune/lms"
	"aulacomune/storage/sqlite"
)

// Counted is how much a backup or a restore moved.
type Counted struct{ Records, Objects int }

// A backup is a tar file: documents as JSON lines in parts of some megabytes (records/COLLECTION/000001.jsonl), then objects under their keys
// (objects/KEY) with their type in a PAX field, then SHA256SUMS over every entry, which a restore checks. Documents come first, from one
// moment: every object they cite was stored before them and is never removed, so it is in the backup too.
const (
	recordsDir = "records/"
	objectsDir = "objects/"
	sumsName   = "SHA256SUMS"
	typeField  = "AULA.type"
	partSize   = 4 << 20
)

// Backup writes everything of a place to a file, beside a running server. The file appears under its name only when it is whole.
func Backup(ctx context.Context, o Options, file string) (n Counted, err error) {
	house, err := Open(ctx, o)
	if err != nil {
		return n, err
	}
	defer func() { err = errors.Join(err, house.Close()) }()
	f, err := os.CreateTemp(filepath.Dir(file), ".aula-backup-")
	if err != nil {
		return n, err
	}
	defer os.Remove(f.Name())
	n, err = house.WriteBackup(ctx, f)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return n, fmt.Errorf("backup: %w", err)
	}
	return n, os.Rename(f.Name(), file)
}

// WriteBackup writes everything to a stream.
func (h *House) WriteBackup(ctx context.Context, to io.Writer) (n Counted, err error) {
	engine, done, err := h.frozen(ctx)
	if err != nil {
		return n, err
	}
	defer func() { err = errors.Join(err, done()) }()
	w := &backupWriter{tar: tar.NewWriter(to)}
	for _, c := range lms.Collections() {
		k, err := w.collection(ctx, engine, c.Name)
		if n.Records += k; err != nil {
			return n, err
		}
	}
	for info, err := range h.Objects.List(ctx, "") {
		if err != nil {
			return n, err
		}
		if err := w.object(ctx, h.Objects, info); err != nil {
			return n, err
		}
		n.Objects++
	}
	sums := w.sums.Bytes()
	if err := w.entry(&tar.Header{Name: sumsName, Size: int64(len(sums))}, bytes.NewReader(sums)); err != nil {
		return n, err
	}
	return n, w.tar.Close()
}

// frozen is the engine as it stands now. The embedded one is copied first, so that what is read is of one moment.
func (h *House) frozen(ctx context.Context) (lms.Engine, func() error, error) {
	if h.Backup == nil {
		return h.Engine, func() error { return nil }, nil
	}
	dir, err := os.MkdirTemp("", "aula-backup-")
	if err != nil {
		return nil, nil, err
	}
	path := filepath.Join(dir, "aula.db")
	clean := func() error { return os.RemoveAll(dir) }
	if err := h.Backup(ctx, path); err != nil {
		return nil, nil, errors.Join(err, clean())
	}
	copied, err := sqlite.Open(ctx, path)
	if err != nil {
		return nil, nil, errors.Join(err, clean())
	}
	return copied, func() error { return errors.Join(copied.Close(), clean()) }, nil
}

type backupWriter struct {
	tar  *tar.Writer
	sums bytes.Buffer
}

func (w *backupWriter) entry(h *tar.Header, r io.Reader) error {
	h.Mode, h.Format = 0o600, tar.FormatPAX
	if err := w.tar.WriteHeader(h); err != nil {
		return err
	}
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(w.tar, sum), r); err != nil {
		return fmt.Errorf("%s: %w", h.Name, err)
	}
	fmt.Fprintf(&w.sums, "%s  %s\n", hex.EncodeToString(sum.Sum(nil)), h.Name)
	return nil
}

func (w *backupWriter) collection(ctx context.Context, e lms.Engine, name string) (n int, err error) {
	var part bytes.Buffer
	number := 0
	flush := func() error {
		if part.Len() == 0 {
			return nil
		}
		number++
		h := &tar.Header{Name: fmt.Sprintf("%s%s/%06d.jsonl", recordsDir, name, number), Size: int64(part.Len())}
		defer part.Reset()
		return w.entry(h, &part)
	}
	for entry, err := range e.Scan(ctx, name, lms.Range{Index: lms.IndexSpec{Name: "id", Unique: true}}) {
		if err != nil {
			return n, err
		}
		if err := json.NewEncoder(&part).Encode(entry.Document); err != nil {
			return n, err
		}
		if n++; part.Len() > partSize {
			if err := flush(); err != nil {
				return n, err
			}
		}
	}
	return n, flush()
}

func (w *backupWriter) object(ctx context.Context, objects lms.Objects, info lms.ObjectInfo) error {
	o, err := objects.Open(ctx, info.Key)
	if err != nil {
		return err
	}
	defer o.Close()
	info = o.Info() // a listing may not know the type
	return w.entry(&tar.Header{Name: objectsDir + info.Key, Size: info.Size, PAXRecords: map[string]string{typeField: info.Type}}, o)
}

// ErrNotEmpty says that a backup would be mixed with what is there.
var ErrNotEmpty = errors.New("there are people here already: restore into an empty place")

// Restore brings a backup back into an empty house, of the same engines or of others. Every entry is checked against the sums at the end.
func Restore(ctx context.Context, h *House, from io.Reader) (n Counted, err error) {
	if people, err := h.School.CountPeople(ctx); err != nil || people > 0 {
		return n, errors.Join(err, ErrNotEmpty)
	}
	var sums bytes.Buffer
	r := tar.NewReader(from)
	for {
		head, err := r.Next()
		if err == io.EOF {
			return n, errors.New("the backup ends before its sums: it is not whole")
		}
		if err != nil {
			return n, fmt.Errorf("read backup: %w", err)
		}
		if head.Name == sumsName {
			want, err := io.ReadAll(r)
			if err == nil && !bytes.Equal(want, sums.Bytes()) {
				err = errors.New("the sums do not fit: the backup was changed or damaged")
			}
			return n, err
		}
		sum := sha256.New()
		if err := h.restoreEntry(ctx, head, io.TeeReader(r, sum), &n); err != nil {
			return n, fmt.Errorf("%s: %w", head.Name, err)
		}
		fmt.Fprintf(&sums, "%s  %s\n", hex.EncodeToString(sum.Sum(nil)), head.Name)
	}
}

func (h *House) restoreEntry(ctx context.Context, head *tar.Header, r io.Reader, n *Counted) error {
	if key, ok := strings.CutPrefix(head.Name, objectsDir); ok {
		n.Objects++
		return h.Objects.Put(ctx, key, r, head.Size, head.PAXRecords[typeField])
	}
	collection := filepath.Base(filepath.Dir(head.Name))
	lines := json.NewDecoder(r)
	for {
		var d lms.Document
		if err := lines.Decode(&d); err == io.EOF {
			_, err := io.Copy(io.Discard, r)
			return err
		} else if err != nil {
			return err
		}
		if err := h.Engine.Insert(ctx, collection, d); err != nil {
			return err
		}
		n.Records++
	}
}
