package studio

import (
	"context"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"aulacomune/course"
	"aulacomune/lms"
)

// File is a file of a draft: a text, kept here, or a media file, kept by its hash in the object store.
type File struct {
	Draft    DraftID       `json:"draft"`
	Path     string        `json:"path"`
	Rev      int           `json:"rev"` // from 1, one more with each save
	Text     string        `json:"text,omitempty"`
	Media    *course.Media `json:"media,omitempty"` // nil for a text
	At       time.Time     `json:"at"`
	By       lms.PersonID  `json:"by"`
	Sitting  Sitting       `json:"sitting"`
	Removed  time.Time     `json:"removed,omitzero"` // it can be taken back from its history
	Comments []Comment     `json:"comments,omitempty"`
}

// Sitting is the saves that are one state of a file's history: its author's, without a long pause, a word to save or a publication between them.
type Sitting struct {
	Rev  int       `json:"rev"` // of its first save
	At   time.Time `json:"at"`
	Over bool      `json:"over,omitempty"` // its author said to save: what follows is another state
}

// Comment is a word to whoever else writes or reviews a file.
type Comment struct {
	ID   string       `json:"id"`
	By   lms.PersonID `json:"by"`
	At   time.Time    `json:"at"`
	Text string       `json:"text"`
	Done time.Time    `json:"done,omitzero"`
}

// Version is an older state of a text.
type Version struct {
	Draft DraftID      `json:"draft"`
	Path  string       `json:"path"`
	Rev   int          `json:"rev"`
	Text  string       `json:"text"`
	At    time.Time    `json:"at"`
	By    lms.PersonID `json:"by"`
}

// The most that a draft may hold; the compiler has bounds of its own.
const (
	MostFiles     = 4_000
	MostTextBytes = 1 << 20
)

// files says how files are kept.
var files = lms.Noun[File]{Name: "draft_files", ID: File.id}

// versions says how older states are kept.
var versions = lms.Noun[Version]{Name: "draft_versions", ID: Version.id}

func (f File) id() string { return fileID(f.Draft, f.Path) }

func fileID(d DraftID, path string) string { return string(d) + "/" + path }

func (v Version) id() string { return versionPrefix(v.Draft, v.Path) + fmt.Sprintf("%08d", v.Rev) }

// versionPrefix ends in what no path contains, so that no file's history is another's.
func versionPrefix(d DraftID, path string) string { return fileID(d, path) + "\n" }

// Gone says that the file was removed.
func (f File) Gone() bool { return !f.Removed.IsZero() }

// Open are the comments that nobody marked as done.
func (f File) Open() int {
	n := 0
	for _, c := range f.Comments {
		if c.Done.IsZero() {
			n++
		}
	}
	return n
}

// version is the file's present state as one of its history.
func (f File) version() Version { return Version{f.Draft, f.Path, f.Rev, f.Text, f.At, f.By} }

// records are files as records of a draft. Whoever changes one begins a sitting, so that the history has what the draft began with.
func (f Files) records(d DraftID, by lms.PersonID, at time.Time) []File {
	var out []File
	for _, p := range slices.Sorted(maps.Keys(f.Texts)) {
		out = append(out, File{Draft: d, Path: p, Rev: 1, Text: string(f.Texts[p]), At: at, By: by, Sitting: Sitting{Rev: 1}})
	}
	for _, p := range slices.Sorted(maps.Keys(f.Media)) {
		m := f.Media[p]
		out = append(out, File{Draft: d, Path: p, Rev: 1, Media: &m, At: at, By: by, Sitting: Sitting{Rev: 1}})
	}
	return out
}

// add puts a record among the files.
func (f Files) add(r File) {
	switch {
	case r.Gone():
	case r.Media != nil:
		f.Media[r.Path] = *r.Media
	default:
		f.Texts[r.Path] = []byte(r.Text)
	}
}

// IsText says that a file of this name is a text, by the compiler's list of them.
func IsText(name string) bool {
	return slices.Contains([]string{".md", ".yaml", ".vtt", ".svg"}, strings.ToLower(path.Ext(name)))
}

// goodPath says that a file may lie there: within the folder, named as every system can, and not hidden.
func goodPath(name string) bool {
	if name == "" || len(name) > 200 || path.Clean(name) != name || strings.HasPrefix(name, "/") || !utf8.ValidString(name) {
		return false
	}
	for _, part := range strings.Split(name, "/") {
		if part[0] == '.' || part[0] == '_' {
			return false
		}
	}
	return !strings.ContainsFunc(name, func(r rune) bool { return unicode.IsControl(r) || strings.ContainsRune(`\:*?"<>|`, r) })
}

// File reads a file, also one that was removed.
func (s *Studio) File(ctx context.Context, a lms.Actor, id DraftID, name string) (File, error) {
	if _, err := s.Draft(ctx, a, id); err != nil {
		return File{}, err
	}
	return s.file(ctx, id, name)
}

func (s *Studio) file(ctx context.Context, id DraftID, name string) (File, error) {
	f, err := s.files.Find(ctx, fileID(id, name))
	if lms.Is(err, lms.NotFound) {
		err = lms.Fail(lms.NotFound, "error.draft.file")
	}
	return f, err
}

// List lists the files of a draft by path, without those that were removed.
func (s *Studio) List(ctx context.Context, a lms.Actor, id DraftID) ([]File, error) {
	if _, err := s.Draft(ctx, a, id); err != nil {
		return nil, err
	}
	all, err := s.all(ctx, id)
	return slices.DeleteFunc(all, File.Gone), err
}

func (s *Studio) all(ctx context.Context, id DraftID) ([]File, error) {
	return s.files.All(ctx, lms.Query{Prefix: string(id) + "/"})
}

// Text is a text that an author wants to save, with the revision they began from.
type Text struct {
	Path  string
	Text  string
	Rev   int
	Fresh bool // what it replaces stays in the history, whoever wrote it
	Kept  bool // it stays in the history itself: its author said to save
}

// Saved is the answer to saving. When somebody else saved meanwhile nothing is written and Conflict is true: File is then what they
// saved, and the author still has their own text.
type Saved struct {
	File     File
	Conflict bool
}

// Save stores a text. A text that is stored already is no conflict, and line ends stay as they were: a browser's form changes them.
func (s *Studio) Save(ctx context.Context, a lms.Actor, id DraftID, t Text) (Saved, error) {
	if err := checkText(t); err != nil {
		return Saved{}, err
	}
	d, err := s.Draft(ctx, a, id)
	if err != nil {
		return Saved{}, err
	}
	out := Saved{}
	f, err := s.rewrite(ctx, a, fileAt{id, t.Path}, func(f *File) error {
		text := withLineEnds(t.Text, f.Text)
		switch out.Conflict = false; {
		case f.Media != nil:
			return lms.Wrong("path", "error.draft.nottext")
		case text == f.Text && !f.Gone():
		case f.Rev != t.Rev:
			out.Conflict = true
		default:
			published := !d.Published.IsZero() && !f.At.After(d.Published)
			f.write(text, nil, writing{a.ID, s.now(), t.Fresh || published})
			f.Sitting.Over = t.Kept
		}
		return nil
	})
	if err == nil && t.Kept && !out.Conflict && !f.Sitting.Over {
		f, err = s.over(ctx, f)
	}
	out.File = f
	return out, err
}

// over ends the sitting of a text that is stored already, unless somebody wrote on meanwhile.
func (s *Studio) over(ctx context.Context, saved File) (File, error) {
	return s.files.Change(ctx, saved.id(), func(f *File) error {
		f.Sitting.Over = f.Sitting.Over || f.Rev == saved.Rev
		return nil
	})
}

func checkText(t Text) error {
	switch {
	case !IsText(t.Path):
		return lms.Wrong("path", "error.draft.nottext")
	case len(t.Text) > MostTextBytes:
		return lms.Wrong("text", "error.draft.large")
	case !utf8.ValidString(t.Text) || strings.Contains(t.Text, "\x00"):
		return lms.Wrong("text", "error.draft.utf8")
	}
	return nil
}

// withLineEnds gives a text the line ends of another.
func withLineEnds(text, like string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if strings.Contains(like, "\r\n") {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	return text
}

// pause is how long an author may rest and still be in the same sitting.
const pause = 5 * time.Minute

// writing is who writes, and when.
type writing struct {
	by    lms.PersonID
	at    time.Time
	fresh bool // a sitting begins, even if its author wrote last
}

// write takes a text, or a media file in its place. With another author, or after a pause, a sitting begins.
func (f *File) write(text string, m *course.Media, w writing) {
	begins := w.fresh || f.Sitting.Over || f.By != w.by || w.at.Sub(f.Sitting.At) > pause || f.Gone() || f.Media != nil || m != nil
	f.Text, f.Media, f.Rev, f.At, f.By, f.Removed = text, m, f.Rev+1, w.at, w.by, time.Time{}
	if begins {
		f.Sitting = Sitting{Rev: f.Rev, At: w.at}
	}
}

// rewrite changes a file. Where a sitting begins, the text before goes into the history first, so that nothing that happens meanwhile loses it;
// other processes, and title and slug of the draft, follow afterwards.
func (s *Studio) rewrite(ctx context.Context, a lms.Actor, at fileAt, change func(*File) error) (File, error) {
	for {
		old, err := s.file(ctx, at.draft, at.path)
		if err != nil {
			return old, err
		}
		next := old
		if err := change(&next); err != nil || next.Rev == old.Rev {
			return old, err
		}
		if err := s.keepVersion(ctx, old, next); err != nil {
			return old, err
		}
		faster := false
		now, err := s.files.Change(ctx, old.id(), func(f *File) error {
			if faster = f.Rev != old.Rev; faster {
				return nil
			}
			return change(f)
		})
		if err != nil || !faster {
			if err != nil {
				return now, err
			}
			return now, s.announce(ctx, a, now)
		}
	}
}

// keepVersion puts a text into its history when the next one begins a sitting.
func (s *Studio) keepVersion(ctx context.Context, old, next File) error {
	if old.Media != nil || next.Sitting.Rev != next.Rev {
		return nil
	}
	err := s.versions.Add(ctx, old.version())
	if lms.IsTaken(err, "id") {
		return nil
	}
	return err
}

// announce notes in the draft that files changed.
func (s *Studio) announce(ctx context.Context, a lms.Actor, changed ...File) error {
	_, err := s.drafts.Change(ctx, string(changed[0].Draft), func(d *Draft) error {
		for _, f := range changed {
			if d.changed(a.ID, s.now(), f.Path); f.Path == Manifest {
				d.named(s.tools.Outline(Files{Texts: map[string][]byte{Manifest: []byte(f.Text)}}))
			}
		}
		return nil
	})
	return err
}

// add stores a new file, or a new state of one that is there and was removed.
func (s *Studio) add(ctx context.Context, a lms.Actor, f File) error {
	if !goodPath(f.Path) {
		return lms.Wrong("path", "error.draft.path")
	}
	n, err := s.files.Count(ctx, lms.Query{Prefix: string(f.Draft) + "/"})
	if err != nil {
		return err
	}
	if n >= MostFiles {
		return lms.Wrong("path", "error.draft.full")
	}
	f.Rev, f.At, f.By, f.Sitting = 1, s.now(), a.ID, Sitting{Rev: 1, At: s.now()}
	err = s.files.Add(ctx, f)
	if lms.IsTaken(err, "id") {
		return s.again(ctx, a, f)
	}
	if err != nil {
		return err
	}
	return s.announce(ctx, a, f)
}

// again puts a file in the place of one that was removed, or of a media file; a text that is there is a Conflict.
func (s *Studio) again(ctx context.Context, a lms.Actor, f File) error {
	_, err := s.rewrite(ctx, a, fileAt{f.Draft, f.Path}, func(old *File) error {
		if !old.Gone() && old.Media == nil {
			return lms.Taken("path")
		}
		old.write(f.Text, f.Media, writing{a.ID, s.now(), true})
		return nil
	})
	return err
}

// Remove removes a file from the draft; its history keeps it. course.yaml stays.
func (s *Studio) Remove(ctx context.Context, a lms.Actor, id DraftID, name string) error {
	if _, err := s.File(ctx, a, id, name); err != nil {
		return err
	}
	if name == Manifest {
		return lms.Wrong("path", "error.draft.manifest.needed")
	}
	if err := s.removed(ctx, a, File{Draft: id, Path: name}, s.now()); err != nil {
		return err
	}
	return s.unlist(ctx, a, id, name)
}

// Recall takes a removed file back, as it was.
func (s *Studio) Recall(ctx context.Context, a lms.Actor, id DraftID, name string) error {
	if _, err := s.File(ctx, a, id, name); err != nil {
		return err
	}
	return s.removed(ctx, a, File{Draft: id, Path: name}, time.Time{})
}

// removed says since when a file is gone, or that it is there.
func (s *Studio) removed(ctx context.Context, a lms.Actor, f File, at time.Time) error {
	now, err := s.files.Change(ctx, f.id(), func(f *File) error {
		if at.IsZero() || !f.Gone() {
			f.Removed = at
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.announce(ctx, a, now)
}

// Removed lists the files that were removed, so that they can be taken back.
func (s *Studio) Removed(ctx context.Context, a lms.Actor, id DraftID) ([]File, error) {
	if _, err := s.Draft(ctx, a, id); err != nil {
		return nil, err
	}
	all, err := s.all(ctx, id)
	return slices.DeleteFunc(all, func(f File) bool { return !f.Gone() }), err
}
