package export

import (
	"archive/zip"
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"slices"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
)

// file is one file of what leaves the house: texts, and media between them that are read when it is written.
type file struct {
	name  string // with slashes
	parts []part
}

// part is a stretch of a file.
type part struct {
	text  []byte
	media course.Hash // in the place of a text
	size  int64       // of the media, in bytes
	coded bool        // the media is written in base64
}

// length is how many bytes a part is written in.
func (p part) length() int64 {
	switch {
	case p.media == "":
		return int64(len(p.text))
	case p.coded:
		return (p.size + 2) / 3 * 4
	}
	return p.size
}

// length is how many bytes the file has.
func (f file) length() (n int64) {
	for _, p := range f.parts {
		n += p.length()
	}
	return n
}

// opener opens a media file of the edition.
type opener func(ctx context.Context, h course.Hash) (lms.Object, error)

// measured gives every medium its size: each is opened once, so that one that is missing is noticed before the first byte leaves.
func measured(ctx context.Context, files []file, open opener) error {
	known := map[course.Hash]int64{}
	for _, f := range files {
		for i, p := range f.parts {
			if p.media == "" {
				continue
			}
			if _, ok := known[p.media]; !ok {
				o, err := open(ctx, p.media)
				if err != nil {
					return err
				}
				known[p.media] = o.Info().Size
				if err := o.Close(); err != nil {
					return err
				}
			}
			f.parts[i].size = known[p.media]
		}
	}
	return nil
}

// write writes a file; media pass through, whatever their size.
func (f file) write(ctx context.Context, w io.Writer, open opener) error {
	for _, p := range f.parts {
		if err := p.write(ctx, w, open); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
	}
	return nil
}

func (p part) write(ctx context.Context, w io.Writer, open opener) error {
	if p.media == "" {
		_, err := w.Write(p.text)
		return err
	}
	o, err := open(ctx, p.media)
	if err != nil {
		return err
	}
	defer o.Close()
	from, err := o.Range(ctx, 0, p.size)
	if err != nil {
		return err
	}
	defer from.Close()
	if !p.coded {
		return p.copy(w, from)
	}
	coded := base64.NewEncoder(base64.StdEncoding, w)
	if err := p.copy(coded, from); err != nil {
		return err
	}
	return coded.Close()
}

// copy copies the media, and fails when it is not as long as was promised.
func (p part) copy(w io.Writer, from io.Reader) error {
	n, err := io.Copy(w, from)
	if err == nil && n != p.size {
		err = fmt.Errorf("media %s: %d of %d bytes: %w", p.media, n, p.size, io.ErrUnexpectedEOF)
	}
	return err
}

// sorted puts files in the order of their names.
func sorted(files []file) []file {
	slices.SortFunc(files, func(a, b file) int { return cmp.Compare(a.name, b.name) })
	return files
}

// pack writes files into a zip. They are stored as they are and bear no time of their own: the same edition gives the same bytes, whatever a newer
// compressor would do; and what is large in a course is compressed already.
func pack(w io.Writer, files []file, body func(file, io.Writer) error) error {
	out := zip.NewWriter(w)
	for _, f := range files {
		entry, err := out.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Store, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
		if err := body(f, entry); err != nil {
			return err
		}
	}
	return out.Close()
}

// packed is how large the zip of some files will be: one is made, of as many zeros as there will be bytes.
func packed(files []file) (int64, error) {
	var n tally
	err := pack(&n, files, func(f file, w io.Writer) error {
		_, err := io.CopyN(w, zeros{}, f.length())
		return err
	})
	return int64(n), err
}

// tally counts what is written.
type tally int64

// Write counts.
func (t *tally) Write(p []byte) (int, error) {
	*t += tally(len(p))
	return len(p), nil
}

// zeros never end.
type zeros struct{}

// Read gives zeros.
func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
