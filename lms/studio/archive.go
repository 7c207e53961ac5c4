package studio

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"aulacomune/course"
	"aulacomune/lms"
)

// Download writes a draft as a zip of its folder, every file byte for byte as it is here.
func (s *Studio) Download(ctx context.Context, a lms.Actor, id DraftID, w io.Writer) error {
	list, err := s.List(ctx, a, id)
	if err != nil {
		return err
	}
	z := zip.NewWriter(w)
	for _, f := range list {
		if err := s.pack(ctx, z, f); err != nil {
			return fmt.Errorf("download draft %s: %s: %w", id, f.Path, err)
		}
	}
	return z.Close()
}

func (s *Studio) pack(ctx context.Context, z *zip.Writer, f File) error {
	h := &zip.FileHeader{Name: f.Path, Method: zip.Deflate, Modified: f.At}
	if f.Media != nil {
		h.Method = zip.Store // recordings and pictures are compressed already
	}
	w, err := z.CreateHeader(h)
	if err != nil {
		return err
	}
	if f.Media == nil {
		_, err = io.WriteString(w, f.Text)
		return err
	}
	o, err := s.school.Library.OpenMedia(ctx, f.Media.Hash)
	if err != nil {
		return err
	}
	defer o.Close()
	_, err = io.Copy(w, o)
	return err
}

// Skipped is a file of an uploaded folder that was left out, with the reason: a message id, or words for the author.
type Skipped struct {
	Path, Reason string
}

// Imported is the answer to uploading a folder.
type Imported struct {
	Draft   Draft
	Skipped []Skipped
}

// Archive is an uploaded zip.
type Archive struct {
	Body io.ReaderAt
	Size int64
}

// Import makes a draft of a zipped folder.
func (s *Studio) Import(ctx context.Context, a lms.Actor, org lms.OrganisationID, z Archive) (Imported, error) {
	if _, err := s.owner(ctx, a, org); err != nil {
		return Imported{}, err
	}
	files, skipped, err := s.unzip(ctx, a, z)
	if err != nil {
		return Imported{}, err
	}
	d, err := s.begin(ctx, a, org, files, 0)
	return Imported{d, skipped}, err
}

// Replace puts a zipped folder in the place of a draft's files. What it replaces or removes stays in the files' histories.
func (s *Studio) Replace(ctx context.Context, a lms.Actor, id DraftID, z Archive) (Imported, error) {
	old, err := s.List(ctx, a, id)
	if err != nil {
		return Imported{}, err
	}
	files, skipped, err := s.unzip(ctx, a, z)
	if err != nil {
		return Imported{}, err
	}
	for _, f := range old {
		if !files.has(f.Path) {
			if err := s.removed(ctx, a, f, s.now()); err != nil {
				return Imported{}, err
			}
		}
	}
	for _, f := range files.records(id, a.ID, s.now()) {
		if err := s.overwrite(ctx, a, f); err != nil {
			return Imported{}, err
		}
	}
	d, err := s.Draft(ctx, a, id)
	return Imported{d, skipped}, err
}

func (f Files) has(name string) bool {
	_, text := f.Texts[name]
	_, media := f.Media[name]
	return text || media
}

// overwrite stores a file whatever is there; the text before goes into the history.
func (s *Studio) overwrite(ctx context.Context, a lms.Actor, f File) error {
	err := s.files.Add(ctx, f)
	if err == nil {
		return s.announce(ctx, a, f)
	}
	if !lms.IsTaken(err, "id") {
		return err
	}
	_, err = s.rewrite(ctx, a, fileAt{f.Draft, f.Path}, func(old *File) error {
		if !old.same(f) || old.Gone() {
			old.write(f.Text, f.Media, writing{a.ID, s.now(), true})
		}
		return nil
	})
	return err
}

// mostUnpacked is how many bytes a zip may unpack to.
const mostUnpacked = 8 << 30

// unzip reads a zipped folder and trusts nothing in it. Hidden files and kinds that a course may not hold are left out; what stands in one
// folder of its own is read as if it stood at the top.
func (s *Studio) unzip(ctx context.Context, a lms.Actor, in Archive) (Files, []Skipped, error) {
	out := Files{Texts: map[string][]byte{}, Media: map[string]course.Media{}}
	z, err := zip.NewReader(in.Body, in.Size)
	if err != nil {
		return out, nil, lms.Wrong("file", "error.draft.zip")
	}
	if len(z.File) > MostFiles {
		return out, nil, lms.Wrong("file", "error.draft.full")
	}
	var skipped []Skipped
	top, left := topFolder(z.File), int64(mostUnpacked)
	for _, entry := range z.File {
		if entry.Mode().IsDir() || littered(entry.Name) {
			continue
		}
		name := strings.TrimPrefix(entry.Name, top)
		reason, err := s.take(ctx, a, out, limited{entry, name, &left})
		if err != nil {
			return out, nil, err
		}
		if reason != "" {
			skipped = append(skipped, Skipped{printable(name), reason})
		}
	}
	if out.Texts[Manifest] == nil {
		return out, nil, lms.Wrong("file", "error.draft.nomanifest")
	}
	return out, skipped, nil
}

// littered says that an operating system left a file in a folder by itself: nobody misses it.
func littered(name string) bool {
	switch base := path.Base(name); {
	case strings.HasPrefix(name, "__MACOSX/"), strings.HasPrefix(base, "._"):
		return true
	default:
		return base == ".DS_Store" || base == "Thumbs.db" || base == "desktop.ini"
	}
}

// topFolder is the folder, with its slash, in which a zip has everything; "" when it has course.yaml at the top.
func topFolder(entries []*zip.File) string {
	for _, e := range entries {
		if dir, name := path.Split(e.Name); name == Manifest && strings.Count(dir, "/") == 1 && !strings.HasPrefix(dir, "_") {
			return dir
		}
		if e.Name == Manifest {
			return ""
		}
	}
	return ""
}

// limited is an entry of a zip with what may still be unpacked of all of them.
type limited struct {
	entry *zip.File
	name  string
	left  *int64
}

// take reads an entry into the files; reason says why it was left out.
func (s *Studio) take(ctx context.Context, a lms.Actor, into Files, e limited) (reason string, err error) {
	switch {
	case !goodPath(e.name) || !e.entry.Mode().IsRegular():
		return "error.draft.path", nil
	case into.has(e.name):
		return "error.draft.twice", nil
	}
	r, err := e.entry.Open()
	if err != nil {
		return "error.media.broken", nil
	}
	defer r.Close()
	if IsText(e.name) {
		return into.takeText(e, r)
	}
	m, err := s.school.Publishing.TakeMedia(ctx, a, path.Base(e.name), counted{r, e.left})
	if *e.left <= 0 {
		return "", lms.Wrong("file", "error.media.large")
	}
	if refused, ok := errors.AsType[*lms.Error](err); ok && refused.Kind == lms.Invalid {
		for _, field := range slices.Sorted(maps.Keys(refused.Fields)) {
			return refused.Fields[field], nil
		}
		return refused.Message, nil
	}
	if m.Path = e.name; err == nil {
		into.Media[e.name] = m
	}
	return "", err
}

func (f Files) takeText(e limited, r io.Reader) (reason string, err error) {
	b, err := io.ReadAll(io.LimitReader(counted{r, e.left}, MostTextBytes+1))
	if *e.left <= 0 {
		return "", lms.Wrong("file", "error.media.large")
	}
	if err != nil {
		return "error.media.broken", nil
	}
	if wrong, ok := errors.AsType[*lms.Error](checkText(Text{Path: e.name, Text: string(b)})); ok {
		return wrong.Fields["text"], nil
	}
	f.Texts[e.name] = b
	return "", nil
}

// counted counts down what was read.
type counted struct {
	r    io.Reader
	left *int64
}

// Read implements io.Reader.
func (c counted) Read(p []byte) (int, error) {
	if *c.left <= 0 {
		return 0, io.ErrUnexpectedEOF
	}
	n, err := c.r.Read(p[:min(int64(len(p)), *c.left)])
	*c.left -= int64(n)
	return n, err
}

// printable makes a name safe to show.
func printable(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return '\uFFFD'
		}
		return r
	}, strings.ToValidUTF8(name, "\uFFFD"))
}
