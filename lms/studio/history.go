package studio

import (
	"context"
	"slices"
	"strings"
	"time"

	"aulacomune/lms"

	"github.com/google/uuid"
)

// History lists the older states of a text, the latest first.
func (s *Studio) History(ctx context.Context, a lms.Actor, id DraftID, name string) ([]Version, error) {
	f, err := s.File(ctx, a, id, name)
	if err != nil {
		return nil, err
	}
	all, err := s.versions.All(ctx, lms.Query{Prefix: versionPrefix(id, name), Reverse: true})
	return slices.DeleteFunc(all, func(v Version) bool { return v.Rev >= f.Rev }), err // one is kept before what replaces it is there
}

// Version reads one older state of a text.
func (s *Studio) Version(ctx context.Context, a lms.Actor, id DraftID, name string, rev int) (Version, error) {
	if _, err := s.File(ctx, a, id, name); err != nil {
		return Version{}, err
	}
	v, err := s.versions.Find(ctx, Version{Draft: id, Path: name, Rev: rev}.id())
	if lms.Is(err, lms.NotFound) {
		err = lms.Fail(lms.NotFound, "error.draft.version")
	}
	return v, err
}

// Revert writes an older state of a text as its new one; what is there now goes into the history.
func (s *Studio) Revert(ctx context.Context, a lms.Actor, id DraftID, name string, rev int) (File, error) {
	v, err := s.Version(ctx, a, id, name, rev)
	if err != nil {
		return File{}, err
	}
	return s.rewrite(ctx, a, fileAt{id, name}, func(f *File) error {
		f.write(v.Text, nil, writing{a.ID, s.now(), true})
		return nil
	})
}

// mostComment is the longest comment, in bytes.
const mostComment = 4_000

// Comment adds a comment to a file.
func (s *Studio) Comment(ctx context.Context, a lms.Actor, id DraftID, name, text string) error {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > mostComment {
		return lms.Wrong("comment", "error.draft.comment")
	}
	c := Comment{ID: uuid.NewString(), By: a.ID, At: s.now(), Text: text}
	return s.annotate(ctx, a, fileAt{id, name}, func(f *File) error {
		f.Comments = append(f.Comments, c)
		return nil
	})
}

// Done marks a comment as done, or open again.
func (s *Studio) Done(ctx context.Context, a lms.Actor, id DraftID, name, comment string) error {
	return s.annotate(ctx, a, fileAt{id, name}, func(f *File) error {
		i := slices.IndexFunc(f.Comments, func(c Comment) bool { return c.ID == comment })
		if i < 0 {
			return lms.Fail(lms.NotFound, "error.draft.comment.unknown")
		}
		c := &f.Comments[i]
		if c.Done.IsZero() {
			c.Done = s.now()
			return nil
		}
		c.Done = time.Time{}
		return nil
	})
}

// fileAt names a file of a draft.
type fileAt struct {
	draft DraftID
	path  string
}

// annotate changes what is said about a file, not the file.
func (s *Studio) annotate(ctx context.Context, a lms.Actor, at fileAt, change func(*File) error) error {
	if _, err := s.File(ctx, a, at.draft, at.path); err != nil {
		return err
	}
	f, err := s.files.Change(ctx, fileID(at.draft, at.path), change)
	if err != nil {
		return err
	}
	return s.announce(ctx, a, f)
}
