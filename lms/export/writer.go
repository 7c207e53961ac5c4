package export

import (
	"fmt"

	"aulacomune/course"
)

// writer makes the pages of one edition.
type writer struct {
	Outgoing
	words words
	shelf *shelf
	lang  string // of the course, where it is not that of our words
}

// newWriter picks the language of the course, where we speak it.
func (x *Exporter) newWriter(o Outgoing) *writer {
	wr := &writer{Outgoing: o, words: x.words[langs()[0]], shelf: newShelf(o.Content)}
	if own, ok := x.words[base(o.Content.Lang)]; ok {
		wr.words = own
	} else {
		wr.lang = o.Content.Lang
	}
	return wr
}

// sheet is what a page shows of the edition.
func (wr *writer) sheet(title, root string) sheet {
	s := sheet{
		Lang: wr.words.lang, ContentLang: wr.lang, Title: title, Course: wr.Content.Title, Owner: wr.Owner, Address: wr.Address, Root: root, Policy: folderPolicy,
		Edition: wr.words.say("edition.plain", wr.Edition.Number, short(wr.Edition.Hash)),
	}
	if !wr.Edition.At.IsZero() {
		s.Edition = wr.words.say("edition", wr.Edition.Number, wr.words.date(wr.Edition.At), short(wr.Edition.Hash))
	}
	if wr.lang == "" {
		s.Lang = wr.Content.Lang // with its region
	}
	if len(wr.Content.Glossary) > 0 {
		s.Glossary = wr.words.say("file.glossary") + ".html"
	}
	return s
}

// about is what the course is; href gives the address of an object.
func (wr *writer) about(href func(course.ObjectID) string) about {
	c := wr.Content
	return about{
		Title: c.Title, Summary: c.Summary, Programme: c.Programme, Audience: c.Audience, Objectives: c.Objectives, Duration: wr.words.duration(c.Minutes),
		Modules: wr.words.count("modules", len(c.Modules)), Objects: wr.words.count("objects", c.Count()), Outline: wr.outline(href),
	}
}

// outline is the modules with their objects.
func (wr *writer) outline(href func(course.ObjectID) string) []module {
	var out []module
	number := 0
	for i, m := range wr.Content.Modules {
		v := module{ID: string(m.ID), Number: i + 1, Title: m.Title, Summary: m.Summary}
		for _, o := range m.Objects {
			number++
			v.Objects = append(v.Objects, object{Href: href(o.ID), Title: o.Title, Kind: string(o.Kind), Duration: wr.words.duration(o.Minutes), Number: number})
		}
		out = append(out, v)
	}
	return out
}

// content gives an object with its texts turned.
func (wr *writer) content(m course.Module, o course.Object, head object, each turn) (content, error) {
	v := content{object: head, ID: string(o.ID), Module: m.Title, Total: wr.Content.Count(), Lang: wr.lang, Objectives: o.Objectives}
	var err error
	if v.Body, err = rewrite(o.HTML, each); err != nil {
		return v, fmt.Errorf("object %s: %w", o.ID, err)
	}
	if o.Video != nil {
		v.Video = wr.video(o)
	}
	if len(o.Questions) > 0 {
		v.Exercises, err = wr.exercises(o, each)
	}
	return v, err
}

// terms are the words of the glossary.
func (wr *writer) terms(each turn) ([]term, error) {
	var out []term
	for _, t := range wr.Content.Glossary {
		text, err := rewrite(t.HTML, each)
		if err != nil {
			return nil, fmt.Errorf("term %s: %w", t.ID, err)
		}
		out = append(out, term{string(t.ID), t.Name, text})
	}
	return out, nil
}
