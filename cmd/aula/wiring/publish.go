package wiring

import (
	"context"
	"errors"
	"io/fs"
	"path"

	"aulacomune/content"
	"aulacomune/course"
	"aulacomune/lms"
)

// Note is what a publication says beside its content.
type Note struct {
	Organisation lms.OrganisationID // that will own the course; "" means the author's own
	Text         string             // what changes
}

// Source is an author's folder: its files, and what content read of them.
type Source struct {
	Files  fs.FS
	Folder content.Folder
}

// ReadSource reads a folder.
func ReadSource(ctx context.Context, files fs.FS) (Source, error) {
	f, err := content.ReadFolder(ctx, files)
	return Source{files, f}, err
}

// ErrFindings says that a course was not published because of the findings that come with it.
var ErrFindings = errors.New("the course has errors: it was not published")

// PublishHere publishes a folder into a school in this process: media first, by hash, only those missing, then the texts.
func PublishHere(ctx context.Context, s *lms.School, a lms.Actor, from Source, n Note) (lms.Publication, error) {
	f := from.Folder
	c, findings := content.Compile(f)
	if course.HasErrors(findings) {
		return lms.Publication{Findings: findings}, ErrFindings
	}
	uploads := Uploads(f, c)
	hashes := make([]course.Hash, 0, len(uploads))
	for _, m := range uploads {
		hashes = append(hashes, m.Hash)
	}
	missing, err := s.Publishing.MissingMedia(ctx, a, hashes)
	if err != nil {
		return lms.Publication{}, err
	}
	need := map[course.Hash]bool{}
	for _, h := range missing {
		need[h] = true
	}
	for _, m := range uploads {
		if need[m.Hash] {
			if err := putFile(ctx, s, a, from.Files, m); err != nil {
				return lms.Publication{}, err
			}
		}
	}
	archive, err := Pack(f, c)
	if err != nil {
		return lms.Publication{}, err
	}
	return s.Publishing.Publish(ctx, a, n.Organisation, archive, n.Text)
}

func putFile(ctx context.Context, s *lms.School, a lms.Actor, fsys fs.FS, m course.Media) error {
	f, err := fsys.Open(m.Path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = s.Publishing.PutMedia(ctx, a, m.Hash, path.Base(m.Path), f)
	return err
}
