package content

import (
	"path"
	"strings"

	"aulacomune/content/lint"
)

// Fragment implements markup.Fragments: a Markdown file of the folder that is no object.
func (c *compiler) Fragment(dest, from string, at lint.Place, report *lint.Report) (*lint.File, bool) {
	names := resolver{c, path.Dir(from)}.paths(dest)
	for _, name := range names {
		if !c.has(name) {
			continue
		}
		if why := c.notIncluded(name); why != "" {
			report.Add(lint.BadInclude, at, dest, why)
			return nil, false
		}
		if c.included += len(c.folder.Texts[name]); c.included > MostBytes {
			report.Add(lint.BadInclude, at, dest, lint.WordTooMany)
			return nil, false
		}
		return c.text(name)
	}
	switch name := names[0]; {
	case name == ".." || strings.HasPrefix(name, "../"):
		report.Add(lint.BadInclude, at, dest, lint.WordOutside)
	case hidden(name):
		report.Add(lint.BadInclude, at, dest, lint.WordHidden)
	default:
		report.Add(lint.MissingFile, at, dest, c.nearest(name))
	}
	return nil, false
}

// notIncluded says why a file of the folder is nothing to include; empty when it may be.
func (c *compiler) notIncluded(name string) string {
	switch {
	case c.byPath[name] != nil:
		return lint.WordObject
	case path.Ext(name) != ".md":
		return lint.WordNoMarkdown
	case hidden(name):
		return lint.WordHidden
	}
	return ""
}
