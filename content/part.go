package content

import (
	"path"
	"strings"
	"sync"

	"aulacomune/content/lint"
	"aulacomune/content/markup"
	"aulacomune/course"
)

// part is one text of the course with what it takes from the folder and what is found in it. Parts touch nothing of one
// another's, so that they can be worked on in any order and put together in theirs.
type part struct {
	report   *lint.Report // of whoever is working on it
	findings []course.Finding
	sources  []course.Source // texts it is made of
	media    []course.Media  // files it shows
	spoilt   []string        // texts it wanted and that cannot be read
	asked    map[string]bool // objects whose id and headings it looked up
	included int64           // bytes taken in by includes
	guesses  int             // paths that a file was looked for
}

// lay adds what the part uses to what the whole course does.
func (p *part) lay(sources map[string]course.Hash, media map[string]course.Media) {
	for _, s := range p.sources {
		sources[s.Path] = s.Hash
	}
	for _, m := range p.media {
		media[m.Path] = m
		sources[m.Path] = m.Hash
	}
}

// desk is what a worker keeps from one object to the next: memory.
type desk struct {
	press  markup.Press
	report lint.Report
}

// sharedText is a text of the folder. What several parts ask of it is worked out once.
type sharedText struct {
	name  string
	bytes []byte

	reading sync.Once
	file    *lint.File
	hash    course.Hash
	problem string     // the rule that keeps it from being read; empty when it can be
	where   lint.Place // of the problem

	looking sync.Once
	media   course.Media
	usable  bool        // as media
	found   lint.Report // when it was looked at as media
}

// read readies the text for questions about places.
func (t *sharedText) read() {
	t.reading.Do(func() {
		switch {
		case len(t.bytes) > MostTextBytes:
			t.problem, t.where = lint.TooBig, lint.Place{File: t.name}
		case !validText(t.bytes):
			t.problem, t.where = lint.NotText, lint.NewFile(t.name, t.bytes).At(firstNoText(t.bytes))
		default:
			t.file, t.hash = lint.NewFile(t.name, t.bytes), hashOf(t.bytes)
		}
	})
}

// look makes media of the text, a drawing or captions, by the hash of its canonical bytes.
func (t *sharedText) look() {
	t.looking.Do(func() {
		t.media = course.Media{Path: t.name, Hash: t.hash, Size: int64(len(t.bytes)), Type: "text/plain"}
		t.usable = true
		switch strings.ToLower(path.Ext(t.name)) {
		case ".vtt":
			t.media.Type = "text/vtt"
		case ".svg":
			t.media.Type = "image/svg+xml"
			t.media.Width, t.media.Height, t.usable = checkSVG(t.file, &t.found)
		}
	})
}

// readable is a text of the folder that can be read; ok is false, with a finding, when it can't.
func (c *compiler) readable(p *part, name string) (t *sharedText, ok bool) {
	t = c.texts[name]
	if t == nil {
		t = &sharedText{name: name}
	}
	if t.read(); t.problem != "" {
		p.report.Add(t.problem, t.where, "1 MB")
		p.spoilt = append(p.spoilt, name)
		return nil, false
	}
	return t, true
}

// text takes a text of the folder into a part, as a file with places; ok is false, with a finding, when it can't be read.
func (c *compiler) text(p *part, name string) (*lint.File, bool) {
	t, ok := c.readable(p, name)
	if !ok {
		return nil, false
	}
	p.sources = append(p.sources, course.Source{Path: name, Hash: t.hash})
	return t.file, true
}

// textMedia is a text of the folder as media.
func (c *compiler) textMedia(p *part, name string) (course.Media, bool) {
	t, ok := c.readable(p, name)
	if !ok {
		return course.Media{}, false
	}
	t.look()
	p.report.Merge(&t.found)
	return t.media, t.usable
}
