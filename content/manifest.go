package content

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

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
		f.report.Add(lint.BadValue, f.at("lang"), "lang", lang, "it, en, de, fr, sl…")
		return otherwise
	}
	return lang
}

// modules reads the modules and finds their objects.
func (c *compiler) modules(f fields) {
	list := f.list("modules", "id", "folder", "title", "summary")
	if len(list) == 0 {
		f.report.Add(lint.MissingField, f.at("modules"), "modules")
	}
	ids, folders := map[string]string{}, map[string]string{}
	for _, m := range list {
		module := course.Module{ID: course.ModuleID(m.needed("id")), Title: m.needed("title"), Summary: m.text("summary")}
		if module.ID != "" {
			claim(string(module.ID), manifestName, m.at("id"), ids, f.report)
		}
		folder := strings.TrimSuffix(m.needed("folder"), "/")
		if other, used := folders[folder]; used && folder != "" {
			f.report.Add(lint.DuplicateID, m.at("folder"), folder, other)
			folder = ""
		}
		folders[folder] = manifestName
		c.course.Modules = append(c.course.Modules, module)
		if folder != "" && !c.find(folder) {
			f.report.Add(lint.EmptyModule, m.at("folder"), folder)
		}
	}
}

// find adds the objects in a module's folder; it is false when there are none.
func (c *compiler) find(folder string) bool {
	found := false
	for _, name := range c.names {
		if path.Dir(name) == folder && path.Ext(name) == ".md" && !hidden(name) {
			o := &object{path: name, module: len(c.course.Modules) - 1, place: len(c.objects)}
			c.objects = append(c.objects, o)
			c.byPath[name] = o
			found = true
		}
	}
	return found
}

// validText says that bytes are text: UTF-8 without the byte that no text has.
func validText(b []byte) bool { return utf8.Valid(b) && bytes.IndexByte(b, 0) < 0 }
