package content

import (
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"aulacomune/content/lint"
	"aulacomune/content/markup"
	"aulacomune/content/video"
	"aulacomune/course"
)

// resolver answers what the texts of one folder lead to.
type resolver struct {
	c   *compiler
	dir string
}

// paths are what a path written in a text may mean: from the text's own folder, or from the course's root.
func (r resolver) paths(dest string) []string {
	dest = norm.NFC.String(dest)
	if rooted, ok := strings.CutPrefix(dest, "/"); ok {
		return []string{path.Clean(rooted)}
	}
	return []string{path.Join(r.dir, dest), path.Clean(dest)}
}

// Object implements markup.Targets.
func (r resolver) Object(dest string) (course.ObjectID, map[string]bool, bool) {
	for _, name := range r.paths(dest) {
		if o := r.c.byPath[name]; o != nil && o.page != nil && o.ID != "" {
			return o.ID, o.page.Anchors, true
		}
	}
	if o := r.c.byPath[r.c.ids[dest]]; o != nil {
		return o.ID, o.page.Anchors, true
	}
	return "", nil, false
}

// Media implements markup.Targets.
func (r resolver) Media(dest, kind string, at lint.Place, report *lint.Report) (course.Media, bool) {
	names := r.paths(dest)
	for _, name := range names {
		if r.c.has(name) {
			return r.c.use(name, kind, at)
		}
	}
	report.Add(lint.MissingFile, at, dest, r.c.nearest(names[0]))
	return course.Media{}, false
}

// Glossary implements markup.Targets.
func (r resolver) Glossary(dest string) (*markup.Glossary, bool) {
	if r.c.glossaryPath != "" && slices.Contains(r.paths(dest), r.c.glossaryPath) {
		return r.c.glossary, true
	}
	if _, object := r.c.ids[dest]; object || slices.ContainsFunc(r.paths(dest), r.c.has) {
		return nil, false
	}
	names := glossaryNames()
	short := slices.Contains(names, dest+".md")
	return r.c.glossary, short || r.c.glossaryPath == "" && slices.Contains(names, path.Base(dest))
}

// Beside implements markup.Targets.
func (r resolver) Beside(file string) markup.Targets { return resolver{r.c, path.Dir(file)} }

// Nearest implements markup.Targets.
func (r resolver) Nearest(dest string) string {
	if near := lint.Nearest(dest, sortedKeys(r.c.ids)); near != "" {
		return near
	}
	return r.c.nearest(r.paths(dest)[0])
}

// has says that the folder holds a file.
func (c *compiler) has(name string) bool {
	_, text := c.folder.Texts[name]
	_, media := c.folder.Media[name]
	_, refused := c.folder.Refused[name]
	return text || media || refused
}

// nearest is the file whose name is nearest to one that is not there.
func (c *compiler) nearest(name string) string {
	return lint.Nearest(name, append(sortedKeys(c.folder.Texts), sortedKeys(c.folder.Media)...))
}

// use takes a file into the edition if it is of the kind its place needs ("image/", "video/", "text/vtt"; "" for any).
func (c *compiler) use(name, kind string, at lint.Place) (course.Media, bool) {
	if reason, refused := c.folder.Refused[name]; refused {
		c.report.Add(lint.RefusedFile, at, name, reason)
		return course.Media{}, false
	}
	m, ok := c.folder.Media[name]
	if _, text := c.folder.Texts[name]; text {
		m, ok = c.textMedia(name)
	} else if !ok {
		c.report.Add(lint.MissingFile, at, name, c.nearest(name))
	}
	if !ok {
		return m, false
	}
	if !strings.HasPrefix(m.Type, kind) {
		c.report.Add(lint.WrongMedia, at, name, m.Type, kindWord(kind))
		return m, false
	}
	c.media[name] = m
	return m, true
}

// kindWord names what a place needs, in a finding.
func kindWord(kind string) string {
	switch kind {
	case "video/":
		return lint.WordVideo
	case "text/vtt":
		return lint.WordCaptions
	default:
		return lint.WordImage
	}
}

// textMedia makes media of a text: a drawing or captions, by the hash of its canonical bytes.
func (c *compiler) textMedia(name string) (course.Media, bool) {
	if m, ok := c.media[name]; ok {
		return m, true
	}
	if c.bad[name] {
		return course.Media{}, false
	}
	file, ok := c.text(name)
	if !ok {
		return course.Media{}, false
	}
	m := course.Media{Path: name, Hash: c.sources[name], Size: int64(len(file.Text)), Type: "text/plain"}
	delete(c.sources, name) // it counts when it is used
	switch strings.ToLower(path.Ext(name)) {
	case ".vtt":
		m.Type = "text/vtt"
	case ".svg":
		m.Type = "image/svg+xml"
		if m.Width, m.Height, ok = checkSVG(file, c.report); !ok {
			c.bad[name] = true
		}
	}
	return m, ok
}

// video reads the video of an object's front matter.
func (c *compiler) video(f fields) *course.Video {
	v, ok := f.sub("video", "file", "captions", "poster", "poster_alt", "lang")
	if !ok {
		return nil
	}
	out := &course.Video{PosterAlt: v.text("poster_alt"), Lang: c.lang(v, c.course.Lang)}
	out.File, _ = c.named(v, "file", "video/")
	if v.values["file"] == nil {
		v.need("file")
	}
	if v.values["captions"] == nil {
		c.report.Add(lint.MissingCaptions, v.whole)
	} else if out.Captions, ok = c.named(v, "captions", "text/vtt"); ok {
		out.Cues = c.captions(out)
	}
	if v.values["poster"] == nil {
		c.report.Add(lint.MissingPoster, v.whole)
	} else if out.Poster, ok = c.named(v, "poster", "image/"); ok && out.PosterAlt == "" {
		c.report.Add(lint.MissingAlt, v.at("poster"), out.Poster.Path)
	}
	return out
}

// captions reads and judges the captions of a video.
func (c *compiler) captions(v *course.Video) []course.Cue {
	file := lint.NewFile(v.Captions.Path, c.folder.Texts[v.Captions.Path])
	captions, ok := video.Captions(file, c.report)
	if !ok {
		return nil
	}
	captions.Seconds, captions.Lang = v.File.Seconds, v.Lang
	captions.File = file
	lint.CheckCaptions(captions, c.report)
	return captions.Cues
}

// named takes the file that a key names, by its path from the course's root.
func (c *compiler) named(f fields, key, kind string) (course.Media, bool) {
	name := f.text(key)
	if name == "" {
		return course.Media{}, false
	}
	return c.use(path.Clean(strings.TrimPrefix(name, "/")), kind, f.at(key))
}
