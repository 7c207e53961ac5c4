package content

import (
	"bytes"
	"maps"

	"golang.org/x/text/unicode/norm"

	"aulacomune/course"
)

// Draft is a folder that is being written: it is compiled again after every change, and only what changed is worked out
// again. It is not safe for concurrent use, and what Compile returns is only to be read, as the next one shares most of it.
type Draft struct {
	folder  Folder          // canonical
	last    *compiler       // nil when the whole has to be worked out
	changed map[string]bool // objects whose text is another since
}

// NewDraft begins with a folder, of which it keeps a copy.
func NewDraft(f Folder) *Draft {
	d := &Draft{folder: f.Canonical(), changed: map[string]bool{}}
	d.folder.Refused = maps.Clone(f.Refused)
	return d
}

// SetText adds or replaces a text. It takes the place of a media file of that path.
func (d *Draft) SetText(path string, text []byte) {
	name := norm.NFC.String(path)
	text = canonical(bytes.Clone(text))
	was, there := d.folder.Texts[name]
	if there && bytes.Equal(was, text) {
		return
	}
	if _, media := d.folder.Media[name]; media || !there {
		d.Remove(path)
	}
	d.folder.Texts[name] = text
	// An object is mended alone; what others may take text from changes them, too.
	if d.last == nil || d.last.byPath[name] == nil || name == d.last.glossaryPath {
		d.last = nil
		return
	}
	d.changed[name] = true
}

// SetMedia adds or replaces a media file. It takes the place of a text of that path.
func (d *Draft) SetMedia(path string, m course.Media) {
	name := norm.NFC.String(path)
	m.Path = name
	if was, there := d.folder.Media[name]; there && was == m {
		return
	}
	d.Remove(path)
	d.folder.Media[name] = m
}

// Remove takes a text or a media file out.
func (d *Draft) Remove(path string) {
	name := norm.NFC.String(path)
	delete(d.folder.Texts, name)
	delete(d.folder.Media, name)
	delete(d.folder.Refused, path)
	d.last = nil
}

// Compile is exactly what Compile gives of the folder as it is now.
func (d *Draft) Compile() (course.Course, []course.Finding) {
	c := d.last
	d.last = nil // until the work is done
	if c == nil || !c.mend(d.changed) {
		c = compile(d.folder)
	}
	d.last = c
	clear(d.changed)
	return c.result()
}

// mend works objects out again whose texts are others now, and those that link to a heading of theirs. It is false when
// more hangs on the change, and the whole has to be worked out anew.
//
// What other texts take from an object is its path, its id and the ids of its headings; whether it can be read; and how much
// it includes, as there is a limit for all. Nobody may include its text.
func (c *compiler) mend(changed map[string]bool) bool {
	if c.included.Load() > MostBytes {
		return false
	}
	fresh := c.anew(changed)
	asking := map[string]bool{}
	for _, o := range fresh {
		old := c.byPath[o.path]
		if old.anchors == nil || o.anchors == nil || old.ID != o.ID {
			return false
		}
		if maps.Equal(old.anchors, o.anchors) {
			continue
		}
		if c.base.asked[o.path] {
			return false // the glossary links to it, and any text may link to that
		}
		for _, other := range c.objects {
			if other.asked[o.path] && !changed[other.path] {
				asking[other.path] = true
			}
		}
	}
	fresh = append(fresh, c.anew(asking)...)
	if c.included.Load() > MostBytes {
		return false
	}
	for _, o := range fresh {
		if c.ids[string(o.ID)] == o.path {
			delete(c.ids, string(o.ID)) // it is given the same again
		}
		c.claimFor(&desk{}, o)
		c.objects[o.place], c.byPath[o.path] = o, o
	}
	sideBySide(fresh, c.render)
	return true
}

// anew parses some objects again.
func (c *compiler) anew(paths map[string]bool) []*object {
	var fresh []*object
	for _, name := range sortedKeys(paths) {
		old := c.byPath[name]
		c.included.Add(-old.included)
		c.texts[name] = &sharedText{name: name, bytes: c.folder.Texts[name]}
		fresh = append(fresh, &object{path: name, module: old.module, place: old.place})
	}
	sideBySide(fresh, c.parse)
	return fresh
}
