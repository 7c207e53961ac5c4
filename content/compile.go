package content

import (
	"path"
	"slices"
	"strings"
	"sync/atomic"

	"aulacomune/content/lint"
	"aulacomune/content/markup"
	"aulacomune/content/video"
	"aulacomune/course"
)

// compiler holds what is known so far of the course being compiled. Once the manifest is read, what its objects share is
// only read, so that they can be worked on side by side.
type compiler struct {
	folder  Folder
	names   []string // of the texts, in order
	all     []string // of texts and media
	texts   map[string]*sharedText
	course  course.Course // what course.yaml and the glossary say
	base    part          // names, course.yaml and the glossary
	form    fields        // of course.yaml
	minutes int           // declared in course.yaml
	whole   bool          // course.yaml could be read: there is something to go on with
	outline []OutlineModule
	objects []*object
	byPath  map[string]*object
	ids     map[string]string // object ids with the file that has them

	included atomic.Int64 // bytes taken in by all includes

	glossaryPath string // of the file; empty when there is none
	glossary     *markup.Glossary
	words        *markup.Page // the glossary's
}

// Compile makes a course of an author's folder. Findings with errors mean that it may not be published; the course is
// then what could be read, for a preview. It never fails in another way, and the same folder always gives the same. It uses every
// processor that it may.
func Compile(f Folder) (course.Course, []course.Finding) {
	return compile(f.Canonical()).result()
}

// begin readies a compiler for a canonical folder.
func begin(f Folder) *compiler {
	c := &compiler{folder: f, texts: make(map[string]*sharedText, len(f.Texts)), byPath: map[string]*object{}, names: sortedKeys(f.Texts)}
	c.all = slices.Concat(c.names, sortedKeys(f.Media))
	for _, name := range c.names {
		c.texts[name] = &sharedText{name: name, bytes: f.Texts[name]}
	}
	return c
}

// compile works a canonical folder out.
func compile(f Folder) *compiler {
	c, d := begin(f), &desk{}
	c.base.report = &d.report
	c.paths()
	if c.whole = c.manifest(); c.whole {
		c.readGlossary()
		c.parseAll()
		c.renderGlossary(d)
		sideBySide(c.objects, c.render)
	}
	c.base.findings = d.report.Take()
	return c
}

// parseAll parses every object and gives out the ids, in the order of the course.
func (c *compiler) parseAll() {
	sideBySide(c.objects, c.parse)
	if c.included.Load() > MostBytes { // whose include was one too many depends on the order
		c.included.Store(0)
		d := &desk{}
		for i, o := range c.objects {
			c.objects[i] = &object{path: o.path, module: o.module, place: i}
			c.byPath[o.path] = c.objects[i]
			c.parse(d, c.objects[i])
		}
	}
	c.ids = make(map[string]string, len(c.objects))
	d := &desk{}
	for _, o := range c.objects {
		c.claimFor(d, o)
	}
}

// paths reports names that cannot travel.
func (c *compiler) paths() {
	folded := map[string]string{}
	for _, name := range c.all {
		fold := strings.ToLower(name)
		if other, taken := folded[fold]; taken || !goodPath(name) {
			c.base.report.Add(lint.BadPath, lint.Place{File: name}, name, other)
		}
		folded[fold] = name
	}
}

// result adds up what the parts came to, and judges the whole. It changes nothing.
func (c *compiler) result() (course.Course, []course.Finding) {
	report := &lint.Report{}
	report.Put(c.base.findings)
	made := c.course
	if c.whole {
		made.Modules = slices.Clone(c.course.Modules)
		sources, media := map[string]course.Hash{}, map[string]course.Media{}
		wanted := slices.Clone(c.base.spoilt)
		c.base.lay(sources, media)
		for _, o := range c.objects {
			report.Put(o.findings)
			o.lay(sources, media)
			wanted = append(wanted, o.spoilt...)
			made.Minutes += o.Minutes
			m := &made.Modules[o.module]
			m.Objects = append(m.Objects, o.Object)
		}
		for _, name := range sortedKeys(media) {
			made.Media = append(made.Media, media[name])
		}
		for _, name := range sortedKeys(sources) {
			made.Sources = append(made.Sources, course.Source{Path: name, Hash: sources[name]})
		}
		made.Hash = editionHash(made.Sources)
		lint.CheckCourse(lint.Course{Course: made, Declared: c.declared(), At: c.form.at}, report)
		for _, name := range wanted { // what cannot be read was found by whoever wanted it
			sources[name] = ""
		}
		c.unused(sources, report)
	}
	return made, report.Findings()
}

// declared is how many minutes course.yaml says that the objects come to; 0 while the minutes of one are not known, and there is no sum to judge.
func (c *compiler) declared() int {
	if slices.ContainsFunc(c.objects, func(o *object) bool { return o.Minutes == 0 }) {
		return 0
	}
	return c.minutes
}

// unused reports Markdown files that are in no module and that nothing wants, and captions that nothing shows and that could not be read either.
func (c *compiler) unused(sources map[string]course.Hash, report *lint.Report) {
	for _, name := range c.names {
		if _, used := sources[name]; used || hidden(name) {
			continue
		}
		if path.Ext(name) == ".vtt" {
			c.spare(name, report)
		}
		if path.Ext(name) == ".md" && c.byPath[name] == nil && !strings.EqualFold(path.Base(name), "README.md") {
			report.Add(lint.UnusedFile, lint.Place{File: name})
		}
	}
}

// spare looks at captions that nothing uses.
func (c *compiler) spare(name string, report *lint.Report) {
	if t, ok := c.readable(&part{report: report}, name); ok {
		video.Captions(t.file, report)
	}
}

// claim takes an id for a file; one that is bad or taken is reported.
func claim(id, file string, at lint.Place, taken map[string]string, report *lint.Report) {
	switch other, used := taken[id]; {
	case !markup.ValidID(id) || id == "media":
		report.Add(lint.BadID, at, id, lint.ID(id))
	case used:
		report.Add(lint.DuplicateID, at, id, other)
	default:
		taken[id] = file
	}
}
