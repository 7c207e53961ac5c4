package lms

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"aulacomune/course"
)

// Media is what the school knows of a media file that was uploaded. The file lies in the object store under its hash.
type Media struct {
	course.Media
	At time.Time `json:"at"`
	By PersonID  `json:"by"`
}

// mediaFiles says how media are kept.
var mediaFiles = Noun[Media]{
	Name: "media",
	ID:   func(m Media) string { return string(m.Hash) },
}

// MaxMedia is the largest media file that is taken, in bytes.
const MaxMedia = 2 << 30

// Probe looks into a media file and says what it is: type by its content, duration, size. Its error is for the author.
type Probe func(r io.ReadSeeker, name string) (course.Media, error)

// MissingMedia says which of these hashes still have to be uploaded.
func (s *Publishing) MissingMedia(ctx context.Context, a Actor, hashes []course.Hash) ([]course.Hash, error) {
	if err := a.must(Author); err != nil {
		return nil, err
	}
	missing := []course.Hash{}
	for i, h := range hashes {
		if !validHash(h) {
			return nil, Wrong(fmt.Sprintf("hashes[%d]", i), "error.hash")
		}
		switch _, err := s.media.Find(ctx, string(h)); {
		case Is(err, NotFound):
			missing = append(missing, h)
		case err != nil:
			return nil, err
		}
	}
	return missing, nil
}

// PutMedia takes a media file. Its bytes must have the hash; its content decides what it is, and what no course may hold is refused.
func (s *Publishing) PutMedia(ctx context.Context, a Actor, h course.Hash, name string, r io.Reader) (course.Media, error) {
	if err := a.must(Author); err != nil {
		return course.Media{}, err
	}
	if !validHash(h) {
		return course.Media{}, Wrong("hash", "error.hash")
	}
	if m, err := s.media.Find(ctx, string(h)); err == nil {
		return m.Media, nil
	}
	f, err := spool(r)
	if err != nil {
		return course.Media{}, err
	}
	defer f.drop()
	if f.hash != h {
		return course.Media{}, Wrong("hash", "error.media.hash")
	}
	return s.take(ctx, a, f, name)
}

// TakeMedia takes a media file whose hash nobody worked out before: what a browser sends.
func (s *Publishing) TakeMedia(ctx context.Context, a Actor, name string, r io.Reader) (course.Media, error) {
	if err := a.must(Author); err != nil {
		return course.Media{}, err
	}
	f, err := spool(r)
	if err != nil {
		return course.Media{}, err
	}
	defer f.drop()
	if m, err := s.media.Find(ctx, string(f.hash)); err == nil {
		return m.Media, nil
	}
	return s.take(ctx, a, f, name)
}

func (s *Publishing) take(ctx context.Context, a Actor, f spooled, name string) (course.Media, error) {
	m, err := s.probe(f, name)
	if err != nil {
		return course.Media{}, &Error{Kind: Invalid, Message: "error.media", Fields: map[string]string{"file": err.Error()}}
	}
	m.Path, m.Hash, m.Size = "", f.hash, f.size
	return m, s.keepMedia(ctx, a, m, f)
}

func (s *Publishing) keepMedia(ctx context.Context, a Actor, m course.Media, r io.ReadSeeker) error {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("keep media: %w", err)
	}
	if err := s.objects.Put(ctx, mediaKey(m.Hash), r, m.Size, m.Type); err != nil {
		return err
	}
	err := s.media.Add(ctx, Media{Media: m, At: s.now(), By: a.ID})
	if IsTaken(err, "id") {
		return nil
	}
	return err
}

// spooled is a file that came, on this machine's disk until it is dropped.
type spooled struct {
	*os.File
	size int64
	hash course.Hash
}

func (f spooled) drop() { f.Close(); os.Remove(f.Name()) }

// spool writes what comes to a temporary file, and works out its hash on the way.
func spool(r io.Reader) (out spooled, err error) {
	f, err := os.CreateTemp("", "aula-media-")
	if err != nil {
		return out, fmt.Errorf("spool media: %w", err)
	}
	out = spooled{File: f}
	defer func() {
		if err != nil {
			out.drop()
		}
	}()
	sum := sha256.New()
	out.size, err = io.Copy(io.MultiWriter(f, sum), io.LimitReader(r, MaxMedia+1))
	switch {
	case err != nil:
		return out, &Error{Kind: Invalid, Message: "error.media.broken", Err: err}
	case out.size > MaxMedia:
		return out, Wrong("file", "error.media.large")
	}
	out.hash = course.Hash(hex.EncodeToString(sum.Sum(nil)))
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return out, fmt.Errorf("spool media: %w", err)
	}
	return out, nil
}

func validHash(h course.Hash) bool {
	return len(h) == 64 && strings.Trim(string(h), "0123456789abcdef") == ""
}

// OpenMedia opens a media file of an edition for who may see it: people enrolled in that edition, its authors and administrators.
func (s *Learning) OpenMedia(ctx context.Context, a Actor, slug course.Slug, h course.Hash) (course.Media, Object, error) {
	none := course.Media{}
	c, err := s.visible(ctx, a, slug)
	if err != nil {
		return none, nil, err
	}
	m, ok := c.MediaByHash(h)
	if !ok { // who takes an older edition may be an author of the course
		if latest, err := s.Preview(ctx, a, slug); err == nil {
			m, ok = latest.MediaByHash(h)
		}
	}
	if !ok {
		return none, nil, Fail(NotFound, "error.media.unknown")
	}
	return s.openMedia(ctx, m)
}

// OpenEnrolledMedia opens a media file of the edition of an enrolment: the actor's own, or one of a person whom the actor administers.
func (s *Learning) OpenEnrolledMedia(ctx context.Context, a Actor, id EnrolmentID, h course.Hash) (course.Media, Object, error) {
	e, err := s.followed(ctx, a, id)
	if err != nil {
		return course.Media{}, nil, err
	}
	c, err := s.library.Open(ctx, e.Hash)
	if err != nil {
		return course.Media{}, nil, err
	}
	m, ok := c.MediaByHash(h)
	if !ok {
		return m, nil, Fail(NotFound, "error.media.unknown")
	}
	return s.openMedia(ctx, m)
}

func (s *Learning) openMedia(ctx context.Context, m course.Media) (course.Media, Object, error) {
	o, err := s.library.objects.Open(ctx, mediaKey(m.Hash))
	if errors.Is(err, context.Canceled) {
		return course.Media{}, nil, err
	}
	return m, o, err
}

// OpenMedia opens a media file by its hash. It asks nobody who they are: whoever calls it has.
func (l *Library) OpenMedia(ctx context.Context, h course.Hash) (Object, error) {
	return l.objects.Open(ctx, mediaKey(h))
}
