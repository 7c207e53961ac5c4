package content

import (
	"math"
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"aulacomune/content/lint"
	"aulacomune/content/markup"
	"aulacomune/course"
)

// resolver answers what the texts of one folder lead to, and notes in their part what they use.
type resolver struct {
	c   *compiler
	p   *part
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
		if o := r.c.byPath[name]; o != nil && o.anchors != nil && o.ID != "" {
			return r.ask(o)
		}
	}
	if o := r.c.byPath[r.c.ids[dest]]; o != nil {
		return r.ask(o)
	}
	return "", nil, false
}

// ask notes that the part has to know an object.
func (r resolver) ask(o *object) (course.ObjectID, map[string]bool, bool) {
	if r.p.asked == nil {
		r.p.asked = map[string]bool{}
	}
	r.p.asked[o.path] = true
	return o.ID, o.anchors, true
}

// Media implements markup.Targets.
func (r resolver) Media(dest, kind string, at lint.Place, report *lint.Report) (course.Media, bool) {
	if lint.Local(dest) {
		report.Add(lint.LocalPath, at, dest)
		return course.Media{}, false
	}
	names := r.paths(dest)
	for _, name := range names {
		if r.c.has(name) {
			return r.c.use(r.p, name, kind, at)
		}
	}
	report.Add(lint.MissingFile, at, dest, r.c.nearest(r.p, names[0]))
	return course.Media{}, false
}

// Narrower implements markup.Targets: beside foto.jpg lie foto.400w.jpg and foto.800w.jpg.
func (r resolver) Narrower(picture course.Media, at lint.Place, report *lint.Report) []course.Media {
	var list []course.Media
	ext := path.Ext(picture.Path)
	for _, width := range []int{400, 800} {
		name := strings.TrimSuffix(picture.Path, ext) + "." + strconv.Itoa(width) + "w" + ext
		m, there := r.c.folder.Media[name]
		switch {
		case !there:
		case m.Width != width || !sameShape(m, picture):
			report.Add(lint.OtherPicture, at, name, picture.Path, strconv.Itoa(width))
		default:
			if m, ok := r.c.use(r.p, name, "image/", at); ok {
				list = append(list, m)
			}
		}
	}
	return list
}

// sameShape says that one picture is the other made narrower.
func sameShape(narrower, picture course.Media) bool {
	if narrower.Width >= picture.Width {
		return false
	}
	height := float64(picture.Height) * float64(narrower.Width) / float64(picture.Width)
	return math.Abs(height-float64(narrower.Height)) <= 1
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
func (r resolver) Beside(file string) markup.Targets { return resolver{r.c, r.p, path.Dir(file)} }

// Nearest implements markup.Targets.
func (r resolver) Nearest(dest string) string {
	if r.p.guesses < mostGuesses {
		if near := lint.Nearest(dest, sortedKeys(r.c.ids)); near != "" {
			r.p.guesses++
			return near
		}
	}
	return r.c.nearest(r.p, r.paths(dest)[0])
}

// has says that the folder holds a file.
func (c *compiler) has(name string) bool {
	_, text := c.folder.Texts[name]
	_, media := c.folder.Media[name]
	_, refused := c.folder.Refused[name]
	return text || media || refused
}

// use takes a file into the edition if it is of the kind its place needs ("image/", "video/", "text/vtt"; "" for any).
func (c *compiler) use(p *part, name, kind string, at lint.Place) (course.Media, bool) {
	if reason, refused := c.folder.Refused[name]; refused {
		p.report.Add(lint.RefusedFile, at, name, reason)
		return course.Media{}, false
	}
	m, ok := c.folder.Media[name]
	if _, text := c.folder.Texts[name]; text {
		m, ok = c.textMedia(p, name)
	} else if !ok {
		p.report.Add(lint.MissingFile, at, name, c.nearest(p, name))
	}
	if !ok {
		return m, false
	}
	if !strings.HasPrefix(m.Type, kind) {
		p.report.Add(lint.WrongMedia, at, name, m.Type, kindWord(kind))
		return m, false
	}
	p.media = append(p.media, m)
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
