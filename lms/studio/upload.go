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

// Uploaded is a file as it lies in the draft.
type Uploaded struct {
	File
	There bool // it was there already, the same
}

// Upload takes a picture, a recording, an attachment or captions into the draft, and gives the path to write in a text. A picture is written
// anew, without what it tells of its author, in the widths that pages ask for; other files stay as they are. The same file again is the same path. A
// glossary goes to its place in the folder; the text that was there stays in the history.
func (s *Studio) Upload(ctx context.Context, a lms.Actor, id DraftID, u Upload) (Uploaded, error) {
	d, err := s.Draft(ctx, a, id)
	if err != nil {
		return Uploaded{}, err
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
		return Uploaded{}, err
	}
	return s.keep(ctx, a, d, stem+ext, File{Media: &m})
}

func (s *Studio) uploadText(ctx context.Context, a lms.Actor, d Draft, name string, u Upload) (Uploaded, error) {
	b, err := io.ReadAll(io.LimitReader(u.Body, MostTextBytes+1))
	if err != nil {
		return Uploaded{}, &lms.Error{Kind: lms.Invalid, Message: "error.media.broken", Err: err}
	}
	if err := checkText(Text{Path: name, Text: string(b)}); err != nil {
		return Uploaded{}, err
	}
	if slices.Contains(glossaries(), name) {
		return s.replace(ctx, a, File{Draft: d.ID, Path: name, Text: string(b)})
	}
	return s.keep(ctx, a, d, name, File{Text: string(b)})
}

// glossaries are the names that a glossary may have, by the compiler's list; it lies beside course.yaml.
func glossaries() []string { return []string{"glossario.md", "glossary.md"} }

// Glossary is the path of a draft's glossary, "" without one.
func (c Compiled) Glossary() string {
	for _, name := range glossaries() {
		if _, there := c.Files[name]; there {
			return name
		}
	}
	return ""
}

// BeginGlossary puts a glossary into a draft that has none, and gives its path.
func (s *Studio) BeginGlossary(ctx context.Context, a lms.Actor, id DraftID, text string) (string, error) {
	c, err := s.Compile(ctx, a, id)
	if err != nil {
		return "", err
	}
	if name := c.Glossary(); name != "" {
		return name, nil
	}
	name := glossaries()[0]
	return name, s.add(ctx, a, File{Draft: id, Path: name, Text: text})
}

// replace stores an uploaded text at its place.
func (s *Studio) replace(ctx context.Context, a lms.Actor, f File) (Uploaded, error) {
	old, err := s.file(ctx, f.Draft, f.Path)
	switch {
	case err == nil && !old.Gone() && old.same(f):
		return Uploaded{old, true}, nil
	case lms.Is(err, lms.NotFound):
		if err := s.add(ctx, a, f); err != nil {
			return Uploaded{}, err
		}
		f, err = s.file(ctx, f.Draft, f.Path)
		return Uploaded{File: f}, err
	case err != nil:
		return Uploaded{}, err
	}
	f, err = s.rewrite(ctx, a, fileAt{f.Draft, f.Path}, func(old *File) error {
		old.write(f.Text, nil, writing{a.ID, s.now(), true})
		return nil
	})
	return Uploaded{File: f}, err
}

// uploadPicture keeps the widest picture under the name, the others beside it as the compiler looks for them (foto.800w.jpg).
func (s *Studio) uploadPicture(ctx context.Context, a lms.Actor, d Draft, stem string, u Upload) (Uploaded, error) {
	pictures, err := s.tools.Redraw(u.Body)
	if err != nil {
		return Uploaded{}, &lms.Error{Kind: lms.Invalid, Message: "error.media", Fields: map[string]string{"file": err.Error()}, Err: err}
	}
	var widest Uploaded
	for i, p := range pictures {
		name := stem + extension(p.Type)
		if i > 0 {
			name = fmt.Sprintf("%s.%dw%s", strings.TrimSuffix(path.Base(widest.Path), path.Ext(widest.Path)), p.Width, path.Ext(widest.Path))
		}
		m, err := s.school.Publishing.TakeMedia(ctx, a, name, bytes.NewReader(p.Bytes))
		if err != nil {
			return Uploaded{}, err
		}
		f, err := s.keep(ctx, a, d, name, File{Media: &m})
		if err != nil {
			return Uploaded{}, err
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
func (s *Studio) keep(ctx context.Context, a lms.Actor, d Draft, name string, f File) (Uploaded, error) {
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
			return Uploaded{old, true}, nil
		case err == nil && !old.Gone():
			continue
		case unlessNotFound(err) != nil:
			return Uploaded{}, err
		}
		if err := s.add(ctx, a, f); err != nil {
			return Uploaded{}, err
		}
		f, err = s.file(ctx, d.ID, f.Path)
		return Uploaded{File: f}, err
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
