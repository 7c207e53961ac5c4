package studio

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"aulacomune/course"
	"aulacomune/lms"
)

// mediaFolder is where uploaded files lie in a draft.
const mediaFolder = "media"

// Upload is a file that an author sends.
type Upload struct {
	Name string // as the author's machine calls it
	Body io.ReadSeeker
}

// Upload takes a picture, a recording, an attachment or captions into the draft, and gives the path to write in a text. A picture is written
// anew, without what it tells of its author, in the widths that pages ask for; other files stay as they are. The same file again is the same path.
func (s *Studio) Upload(ctx context.Context, a lms.Actor, id DraftID, u Upload) (File, error) {
	d, err := s.Draft(ctx, a, id)
	if err != nil {
		return File{}, err
	}
	ext := strings.ToLower(path.Ext(u.Name))
	name := path.Base(strings.ReplaceAll(u.Name, `\`, "/")) // some browsers send the whole path
	stem := cmp.Or(s.tools.Slug(strings.TrimSuffix(name, path.Ext(name))), "file")
	switch {
	case slices.Contains([]string{".jpg", ".jpeg", ".png", ".gif", ".webp"}, ext):
		return s.uploadPicture(ctx, a, d, stem, u)
	case IsText(u.Name):
		return s.uploadText(ctx, a, d, stem+ext, u)
	}
	m, err := s.school.Publishing.TakeMedia(ctx, a, stem+ext, u.Body)
	if err != nil {
		return File{}, err
	}
	return s.keep(ctx, a, d, stem+ext, File{Media: &m})
}

func (s *Studio) uploadText(ctx context.Context, a lms.Actor, d Draft, name string, u Upload) (File, error) {
	b, err := io.ReadAll(io.LimitReader(u.Body, MostTextBytes+1))
	if err != nil {
		return File{}, &lms.Error{Kind: lms.Invalid, Message: "error.media.broken", Err: err}
	}
	if err := checkText(Text{Path: name, Text: string(b)}); err != nil {
		return File{}, err
	}
	return s.keep(ctx, a, d, name, File{Text: string(b)})
}

// uploadPicture keeps the widest picture under the name, the others beside it as the compiler looks for them (foto.800w.jpg).
func (s *Studio) uploadPicture(ctx context.Context, a lms.Actor, d Draft, stem string, u Upload) (File, error) {
	pictures, err := s.tools.Redraw(u.Body)
	if err != nil {
		return File{}, &lms.Error{Kind: lms.Invalid, Message: "error.media", Fields: map[string]string{"file": err.Error()}, Err: err}
	}
	var widest File
	for i, p := range pictures {
		name := stem + extension(p.Type)
		if i > 0 {
			name = fmt.Sprintf("%s.%dw%s", strings.TrimSuffix(path.Base(widest.Path), path.Ext(widest.Path)), p.Width, path.Ext(widest.Path))
		}
		m, err := s.school.Publishing.TakeMedia(ctx, a, name, bytes.NewReader(p.Bytes))
		if err != nil {
			return File{}, err
		}
		f, err := s.keep(ctx, a, d, name, File{Media: &m})
		if err != nil {
			return File{}, err
		}
		if i == 0 {
			widest = f
		}
	}
	return widest, nil
}

func extension(mediaType string) string {
	if mediaType == "image/png" {
		return ".png"
	}
	return ".jpg"
}

// keep stores an uploaded file under its name, or one near it where that is another file's.
func (s *Studio) keep(ctx context.Context, a lms.Actor, d Draft, name string, f File) (File, error) {
	stem, ext := strings.TrimSuffix(name, path.Ext(name)), path.Ext(name)
	for n := 1; ; n++ {
		f.Draft, f.Path = d.ID, path.Join(mediaFolder, stem+ext)
		if n > 1 {
			f.Path = path.Join(mediaFolder, fmt.Sprintf("%s-%d%s", stem, n, ext))
		}
		if f.Media != nil {
			f.Media.Path = f.Path // where it is written, as in files that came in a folder
		}
		old, err := s.file(ctx, d.ID, f.Path)
		switch {
		case err == nil && !old.Gone() && old.same(f):
			return old, nil
		case err == nil && !old.Gone():
			continue
		case unlessNotFound(err) != nil:
			return File{}, err
		}
		if err := s.add(ctx, a, f); err != nil {
			return File{}, err
		}
		return s.file(ctx, d.ID, f.Path)
	}
}

// same says whether two files have the same content.
func (f File) same(g File) bool {
	if f.Media != nil && g.Media != nil {
		return f.Media.Hash == g.Media.Hash
	}
	return f.Media == nil && g.Media == nil && f.Text == g.Text
}

// OpenMedia opens a media file of a draft, by its hash, for the preview: a drawing or captions are texts of the draft.
func (s *Studio) OpenMedia(ctx context.Context, a lms.Actor, id DraftID, h course.Hash) (course.Media, lms.Object, error) {
	d, err := s.Draft(ctx, a, id)
	if err != nil {
		return course.Media{}, nil, err
	}
	c, err := s.compile(ctx, d, nil)
	if err != nil {
		return course.Media{}, nil, err
	}
	for _, f := range c.Files {
		if f.Media != nil && f.Media.Hash == h {
			o, err := s.school.Library.OpenMedia(ctx, h)
			return *f.Media, o, err
		}
	}
	for _, f := range c.Files {
		if m, body, ok := s.shownText(f); ok && m.Hash == h {
			return m, textObject(m, body), nil
		}
	}
	return course.Media{}, nil, lms.Fail(lms.NotFound, "error.media.unknown")
}

// shownText is a text that pages load by itself, as media: captions or a drawing. The preview shows those that a text names before it is saved, too, so
// that it does not matter whether the draft refers to them yet.
func (s *Studio) shownText(f File) (course.Media, []byte, bool) {
	types := map[string]string{".vtt": "text/vtt", ".svg": "image/svg+xml"}
	kind, ok := types[strings.ToLower(path.Ext(f.Path))]
	if !ok || f.Media != nil {
		return course.Media{}, nil, false
	}
	body := s.tools.Canonical(f.Text)
	sum := sha256.Sum256(body)
	return course.Media{Path: f.Path, Hash: course.Hash(hex.EncodeToString(sum[:])), Type: kind, Size: int64(len(body))}, body, true
}
