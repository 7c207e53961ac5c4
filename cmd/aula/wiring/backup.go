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
	"os"
	"path/filepath"
	"slices"

	"aulacomune/lms"
	"aulacomune/lms/audit"
	"aulacomune/lms/cohort"
	"aulacomune/lms/enti"
	"aulacomune/lms/ledger"
	"aulacomune/lms/mail"
	"aulacomune/lms/plan"
	"aulacomune/lms/report"
	"aulacomune/lms/request"
	"aulacomune/lms/roll"
	"aulacomune/lms/signin"
	"aulacomune/lms/studio"
	"aulacomune/lms/webinar"
	"aulacomune/storage/sqlite"
)

// Counted is how much a backup or a restore moved.
type Counted struct{ Records, Objects int }

// A backup is a tar file: documents as JSON lines in parts of some megabytes (records/COLLECTION/000001.jsonl), then objects under their keys
// (objects/KEY) with their type in a PAX field, then SHA256SUMS over every entry, in the form of sha256sum with the types as comments. What
// cites is written before what it cites: documents before objects, rows of the register before holders, holders before people. The cited is
// stored first and not removed while it is cited, so it is in the backup too, even from an engine that others write to meanwhile.
const (
	recordsDir = "records/"
	objectsDir = "objects/"
	sumsName   = "SHA256SUMS"
	typeField  = "AULA.type"
	partSize   = 4 << 20
)

// collections are what a backup holds: what is cited comes before what cites it.
func collections() []lms.Collection {
	return slices.Concat(
		lms.Collections(),
		studio.Collections(),
		cohort.Collections(),
		request.Collections(),
		webinar.Collections(),
		plan.Collections(),
		mail.Collections(),
		enti.Collections(),
		ledger.Collections(),
		roll.Collections(),
		signin.Collections(),
		report.Collections(),
		audit.Collections(),
	)
}

// Backup writes everything of a place to a file, beside a running server. The file appears under its name only when it is whole.
func Backup(ctx context.Context, o Options, file string) (n Counted, err error) {
	if err := o.mustExist(); err != nil {
		return n, err
	}
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

// mustExist refuses a folder without an installation: a mistyped one would be backed up as nothing at all.
func (o Options) mustExist() error {
	if o.Database != "" {
		return nil
	}
	if _, err := os.Stat(filepath.Join(o.Data, "aula.db")); err != nil {
		return fmt.Errorf("there is no installation in %s: %w", o.Data, err)
	}
	return nil
}

// WriteBackup writes everything to a stream.
func (h *House) WriteBackup(ctx context.Context, to io.Writer) (n Counted, err error) {
	engine, done, err := h.frozen(ctx)
	if err != nil {
		return n, err
	}
	defer func() { err = errors.Join(err, done()) }()
	w := &backupWriter{tar: tar.NewWriter(to)}
	for _, c := range slices.Backward(collections()) {
		k, err := w.collection(ctx, engine, c.Name)
		if n.Records += k; err != nil {
			return n, err
		}
	}
	for info, err := range h.Objects.List(ctx, "") {
		if err != nil {
			return n, err
		}
		switch err := w.object(ctx, h.Objects, info); {
		case lms.Is(err, lms.NotFound): // a drawing that nothing cites, removed since it was listed
		case err != nil:
			return n, err
		default:
			n.Objects++
		}
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
	w.sums.WriteString(sumLine(h, sum.Sum(nil)))
	return nil
}

// sumLine is what SHA256SUMS says of an entry.
func sumLine(h *tar.Header, sum []byte) string {
	line := fmt.Sprintf("%x  %s\n", sum, h.Name)
	if t := h.PAXRecords[typeField]; t != "" {
		line += fmt.Sprintf("# %s is %s\n", h.Name, t)
	}
	return line
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
