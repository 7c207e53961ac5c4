package content

import (
	"path"
	"strings"

	"aulacomune/content/lint"
)

// fragments are the texts that a part may include.
type fragments struct {
	c *compiler
	p *part
}

// Fragment implements markup.Fragments: a Markdown file of the folder that is no object.
func (f fragments) Fragment(dest, from string, at lint.Place, report *lint.Report) (*lint.File, bool) {
	c := f.c
	names := resolver{c, f.p, path.Dir(from)}.paths(dest)
	for _, name := range names {
		if !c.has(name) {
			continue
		}
		if why := c.notIncluded(name); why != "" {
			report.Add(lint.BadInclude, at, dest, why)
			return nil, false
		}
		size := int64(len(c.folder.Texts[name]))
		f.p.included += size
		if c.included.Add(size) > MostBytes {
			report.Add(lint.BadInclude, at, dest, lint.WordTooMany)
			return nil, false
		}
		return c.text(f.p, name)
	}
	switch name := names[0]; {
	case name == ".." || strings.HasPrefix(name, "../"):
		report.Add(lint.BadInclude, at, dest, lint.WordOutside)
	case hidden(name):
		report.Add(lint.BadInclude, at, dest, lint.WordHidden)
	default:
		report.Add(lint.MissingFile, at, dest, c.nearest(f.p, name))
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
