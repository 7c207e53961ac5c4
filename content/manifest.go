package content

import (
	"bytes"
	"cmp"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"aulacomune/content/lint"
	"aulacomune/course"
)

// manifestName is the file that makes a folder a course.
const manifestName = "course.yaml"

// manifest reads course.yaml and finds the objects of its modules. It is false when there is nothing to go on with.
func (c *compiler) manifest() bool {
	if _, ok := c.folder.Texts[manifestName]; !ok {
		c.base.report.Add(lint.MissingCourse, lint.Place{File: manifestName})
		return false
	}
	file, ok := c.text(&c.base, manifestName)
	if !ok {
		return false
	}
	c.form, ok = readFields(file, file.Text, 0, c.base.report, "slug", "title", "summary", "lang", "programme", "audience", "minutes", "objectives", "sequential", "modules")
	if !ok {
		return false
	}
	f := c.form
	c.course = course.Course{
		Slug: course.Slug(f.needed("slug")), Title: f.needed("title"), Summary: f.needed("summary"), Lang: f.lang("it"),
		Programme: f.text("programme"), Audience: f.text("audience"), Objectives: f.texts("objectives"), Sequential: f.yes("sequential"),
	}
	c.minutes = f.number("minutes", lint.WordNumber, 100_000)
	if c.course.Slug != "" {
		claim(string(c.course.Slug), manifestName, f.at("slug"), map[string]string{}, f.report)
	}
	c.modules(f)
	return true
}

// lang is a language as BCP 47 writes it.
func (f fields) lang(otherwise string) string {
	lang := f.text("lang")
	if lang == "" {
		return otherwise
	}
	if _, err := language.Parse(lang); err != nil {
		f.report.Add(lint.BadValue, f.at("lang"), "lang", lang, "it, en, de, fr, sl…", lint.Meant(lang, []string{"it", "en", "de", "fr", "sl"}))
		return otherwise
	}
	return lang
}

// modules reads the modules and finds their objects: first those that a module lists, in that order, then those of its folder
// that no module lists, in the order of their names. So nothing is ever lost.
func (c *compiler) modules(f fields) {
	list := f.list("modules", "id", "folder", "title", "summary", "objects")
	if len(list) == 0 {
		f.report.Add(lint.MissingField, f.at("modules"), "modules")
	}
	ids, folders, taken := map[string]string{}, map[string]string{}, map[string]string{}
	for _, m := range list {
		module := course.Module{ID: course.ModuleID(m.needed("id")), Title: m.needed("title"), Summary: m.text("summary")}
		if module.ID != "" {
			claim(string(module.ID), manifestName, m.at("id"), ids, f.report)
		}
		folder := strings.TrimSuffix(m.needed("folder"), "/")
		o := OutlineModule{ID: string(module.ID), Folder: folder, Title: module.Title, Summary: module.Summary}
		if other, used := folders[folder]; used && folder != "" {
			f.report.Add(lint.DuplicateID, m.at("folder"), folder, other)
			m.values["folder"] = nil // it is the other's
		}
		o.Objects = c.listed(m, folder, taken)
		folders[folder] = manifestName
		c.course.Modules, c.outline = append(c.course.Modules, module), append(c.outline, o)
	}
	rest := c.unlisted(taken)
	for i := range c.outline {
		o := &c.outline[i]
		o.Objects = append(o.Objects, rest[o.Folder]...)
		delete(rest, o.Folder) // a folder is one module's
		listed := list[i].values["objects"]
		if list[i].values["folder"] != nil && (listed == nil || len(listed.Content) == 0) && len(o.Objects) == 0 {
			f.report.Add(lint.EmptyModule, list[i].at("folder"), o.Folder, c.nearestFolder(o.Folder))
		}
		for _, name := range o.Objects {
			c.byPath[name] = &object{path: name, module: i, place: len(c.objects)}
			c.objects = append(c.objects, c.byPath[name])
		}
	}
}

// listed are the files of objects that a module lists, by their path from the course's root or from the module's folder.
// taken has those that modules have listed so far, with the module.
func (c *compiler) listed(m fields, folder string, taken map[string]string) []string {
	var names []string
	for _, item := range m.items("objects") {
		written := norm.NFC.String(item.text)
		name := path.Clean(strings.TrimPrefix(written, "/"))
		if beside := path.Join(folder, written); !c.has(name) && c.has(beside) {
			name = beside
		}
		_, text := c.folder.Texts[name]
		other, again := taken[name]
		switch {
		case !c.has(name):
			m.report.Add(lint.MissingFile, item.at, item.text, cmp.Or(c.nearest(&c.base, name), c.nearest(&c.base, path.Join(folder, written))))
		case !text || path.Ext(name) != ".md" || hidden(name):
			m.report.Add(lint.BadValue, item.at, "objects", item.text, lint.WordMarkdown, "")
		case again:
			m.report.Add(lint.ListedTwice, item.at, item.text, other)
		default:
			taken[name] = m.text("id")
			names = append(names, name)
		}
	}
	return names
}

// unlisted are the files of objects that no module lists, by their folder, in the order of their names.
func (c *compiler) unlisted(listed map[string]string) map[string][]string {
	rest := map[string][]string{}
	for _, name := range c.names {
		if _, taken := listed[name]; !taken && path.Ext(name) == ".md" && !hidden(name) {
			rest[path.Dir(name)] = append(rest[path.Dir(name)], name)
		}
	}
	return rest
}

// validText says that bytes are text: UTF-8 without the byte that no text has.
func validText(b []byte) bool { return utf8.Valid(b) && bytes.IndexByte(b, 0) < 0 }

// firstNoText is where bytes stop being text; their length when they don't.
func firstNoText(b []byte) int {
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == 0 || r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(b)
}
