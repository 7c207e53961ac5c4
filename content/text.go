package content

import (
	"errors"

	"aulacomune/content/lint"
	"aulacomune/content/markup"
	"aulacomune/course"
)

// Text renders a text that stands alone, outside a course, in the same dialect: an installation's privacy notice, say. It has no pictures and links to no object.
func Text(name string, source []byte, lang string) (html string, err error) {
	report := &lint.Report{}
	page := markup.Parse(lint.NewFile(name, source), 0, 0, lang, report)
	page.Include(alone{}, report)
	page.Resolve(alone{}, report)
	html, _ = page.Render(&markup.Press{}, report)
	if fs := report.Findings(); course.HasErrors(fs) {
		return "", errors.New(fs[0].String())
	}
	return html, nil
}

// alone is what a text without a course can link to: nothing.
type alone struct{}

// Object implements markup.Targets.
func (alone) Object(string) (course.ObjectID, map[string]bool, bool) { return "", nil, false }

// Media implements markup.Targets.
func (alone) Media(dest, _ string, at lint.Place, report *lint.Report) (course.Media, bool) {
	report.Add(lint.MissingFile, at, dest, "")
	return course.Media{}, false
}

// Narrower implements markup.Targets.
func (alone) Narrower(course.Media, lint.Place, *lint.Report) []course.Media { return nil }

// Recording implements markup.Targets.
func (a alone) Recording(dest string, at lint.Place, report *lint.Report) (course.Video, bool) {
	_, ok := a.Media(dest, "", at, report)
	return course.Video{}, ok
}

// Glossary implements markup.Targets.
func (alone) Glossary(string) (*markup.Glossary, bool) { return nil, false }

// Beside implements markup.Targets.
func (a alone) Beside(string) markup.Targets { return a }

// Fragment implements markup.Fragments.
func (alone) Fragment(dest, _ string, at lint.Place, report *lint.Report) (*lint.File, bool) {
	report.Add(lint.MissingFile, at, dest, "")
	return nil, false
}

// Nearest implements markup.Targets.
func (alone) Nearest(string) string { return "" }
