package content

import (
	"aulacomune/content/lint"
	"aulacomune/content/markup"
)

// glossaryNames are the files in a course's folder that may be its glossary; the first one there is.
func glossaryNames() []string { return []string{"glossario.md", "glossary.md"} }

// readGlossary parses the glossary, if there is one.
func (c *compiler) readGlossary() {
	for _, name := range glossaryNames() {
		if _, there := c.folder.Texts[name]; !there {
			continue
		}
		c.glossaryPath = name
		file, ok := c.text(&c.base, name)
		if !ok {
			return
		}
		c.words = markup.Parse(file, 0, 0, c.course.Lang, c.base.report)
		c.glossary = c.words.Glossary(c.base.report)
		return
	}
}

// renderGlossary settles the links of the glossary, writes it and judges it. Every object is parsed by now.
func (c *compiler) renderGlossary(d *desk) {
	if c.glossary == nil {
		return
	}
	c.course.Glossary = c.glossary.Terms(resolver{c, &c.base, "."}, &d.press, c.base.report)
	for page := range c.words.Pages() {
		lint.CheckPage(page, c.base.report)
	}
}
