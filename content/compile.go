package content

import (
	"maps"
	"path"
	"slices"
	"strings"

	"aulacomune/content/lint"
	"aulacomune/content/markup"
	"aulacomune/course"
)

// compiler holds what is known so far of the course being compiled.
type compiler struct {
	folder  Folder
	names   []string // of the texts, in order
	report  *lint.Report
	course  course.Course
	form    fields // of course.yaml
	minutes int    // declared in course.yaml
	objects []*object
	byPath  map[string]*object
	ids     map[string]string // object ids with the file that has them
	sources map[string]course.Hash
	media   map[string]course.Media // used
	press   markup.Press
	bad     map[string]bool // texts that were refused, so that they are reported once

	included int // bytes taken in by all includes

	glossaryPath string // of the file; empty when there is none
	glossary     *markup.Glossary
	words        *markup.Page // the glossary's
}

// Compile makes a course of an author's folder. Findings with errors mean that it may not be published; the course is
// then what could be read, for a preview. It never fails in another way, and the same folder always gives the same.
func Compile(f Folder) (course.Course, []course.Finding) {
	c := &compiler{
		folder: f.Canonical(), report: &lint.Report{}, byPath: map[string]*object{}, ids: map[string]string{},
		sources: map[string]course.Hash{}, media: map[string]course.Media{}, bad: map[string]bool{},
	}
	c.names = sortedKeys(c.folder.Texts)
	c.paths()
	if c.manifest() {
		c.readGlossary()
		for _, o := range c.objects {
			c.parse(o)
		}
		c.renderGlossary()
		for _, o := range c.objects {
			c.render(o)
		}
		c.finish()
	}
	return c.course, c.report.Findings()
}

// paths reports names that cannot travel.
func (c *compiler) paths() {
	folded := map[string]bool{}
	for _, name := range slices.Concat(c.names, sortedKeys(c.folder.Media)) {
		c.path(name, folded)
	}
}

func (c *compiler) path(name string, folded map[string]bool) {
	fold := strings.ToLower(name)
	if !goodPath(name) || folded[fold] {
		c.report.Add(lint.BadPath, lint.Place{File: name}, name)
	}
	folded[fold] = true
}

// text reads a text of the folder into a file with places; ok is false, with a finding, when it can't be read.
func (c *compiler) text(name string) (*lint.File, bool) {
	b := c.folder.Texts[name]
	at := lint.Place{File: name}
	problem := ""
	switch {
	case len(b) > MostTextBytes:
		problem = lint.TooBig
	case !validText(b):
		problem = lint.NotText
	}
	if problem != "" && !c.bad[name] {
		c.report.Add(problem, at, "1 MB")
	}
	if problem != "" {
		c.bad[name] = true
		return nil, false
	}
	c.sources[name] = hashOf(b)
	return lint.NewFile(name, b), true
}

// finish adds up what the objects came to, and judges the whole.
func (c *compiler) finish() {
	c.course.Media = slices.SortedFunc(maps.Values(c.media), func(a, b course.Media) int { return strings.Compare(a.Path, b.Path) })
	for _, m := range c.course.Media {
		c.sources[m.Path] = m.Hash
	}
	for _, name := range sortedKeys(c.sources) {
		c.course.Sources = append(c.course.Sources, course.Source{Path: name, Hash: c.sources[name]})
	}
	c.course.Hash = editionHash(c.course.Sources)
	for _, o := range c.objects {
		c.course.Minutes += o.Minutes
		m := &c.course.Modules[o.module]
		m.Objects = append(m.Objects, o.Object)
	}
	lint.CheckCourse(lint.Course{Course: c.course, Declared: c.minutes, At: c.form.at}, c.report)
	c.unused()
}

// unused reports Markdown files that are in no module and that nothing includes.
func (c *compiler) unused() {
	for _, name := range c.names {
		if _, used := c.sources[name]; used {
			continue
		}
		if path.Ext(name) == ".md" && c.byPath[name] == nil && !strings.EqualFold(path.Base(name), "README.md") && !hidden(name) {
			c.report.Add(lint.UnusedFile, lint.Place{File: name})
		}
	}
}

// claim takes an id for an object; one that is bad or taken is reported.
func (c *compiler) claim(id, file string, at lint.Place, taken map[string]string) {
	switch other, used := taken[id]; {
	case !markup.ValidID(id) || id == "media":
		c.report.Add(lint.BadID, at, id)
	case used:
		c.report.Add(lint.DuplicateID, at, id, other)
	default:
		taken[id] = file
	}
}
