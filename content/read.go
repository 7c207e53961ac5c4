package content

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"aulacomune/course"
)

// ReadFolder reads an author's folder: texts into memory, media only to hash and measure them. Files and folders whose
// names begin with _ or . are left alone. A file that a course may not hold is noted in Refused and becomes a finding if
// the course uses it. An error means that something could not be read at all.
func ReadFolder(ctx context.Context, fsys fs.FS) (Folder, error) {
	f := Folder{Texts: map[string][]byte{}, Media: map[string]course.Media{}, Refused: map[string]string{}}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case hidden(name) && d.IsDir():
			return fs.SkipDir
		case hidden(name) || d.IsDir():
			return nil
		case !d.Type().IsRegular():
			f.Refused[name] = "non è un file vero e proprio ma un rimando"
			return nil
		}
		return f.add(fsys, name)
	})
	return f, err
}

// add reads one file into the folder.
func (f Folder) add(fsys fs.FS, name string) error {
	file, err := fsys.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // it was only read
	if isText(name) {
		if len(f.Texts) >= MostTexts {
			return fmt.Errorf("%s: il corso ha più di %d testi", name, MostTexts)
		}
		// One byte more than allowed is enough for the compiler to say so.
		f.Texts[name], err = io.ReadAll(io.LimitReader(file, MostTextBytes+1))
		return err
	}
	seeker, ok := file.(io.ReadSeeker)
	if !ok {
		return fmt.Errorf("%s: %w", name, errors.ErrUnsupported)
	}
	m, err := Probe(seeker, name)
	if errors.Is(err, ErrRefused) {
		f.Refused[name] = err.Error()
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	f.Media[name] = m
	return nil
}
