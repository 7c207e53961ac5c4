package studio

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"aulacomune/course"
	"aulacomune/lms"
)

// Step is a way to move something in the outline.
type Step int

// The steps: past the one before or behind.
const (
	Up   Step = -1
	Down Step = +1
)

// NewObject is what is asked to add a learning object.
type NewObject struct {
	Module string // its id
	Kind   course.Kind
	Title  string
}

// AddObject adds a learning object at the end of a module, written from the template of its kind, and gives the path of its file.
func (s *Studio) AddObject(ctx context.Context, a lms.Actor, id DraftID, n NewObject) (string, error) {
	if n.Title = strings.TrimSpace(n.Title); n.Title == "" {
		return "", lms.Wrong("title", "error.required")
	}
	if !slices.Contains(course.Kinds(), n.Kind) {
		return "", lms.Wrong("kind", "error.invalid")
	}
	c, err := s.Compile(ctx, a, id)
	if err != nil {
		return "", err
	}
	i := c.Outline.module(n.Module)
	if i < 0 {
		return "", lms.Wrong("module", "error.draft.module")
	}
	oid := free(s.tools.Slug(n.Title), func(id string) bool {
		_, taken := c.Course.Object(course.ObjectID(id))
		_, file := c.Files[path.Join(c.Outline.Modules[i].Folder, id+".md")]
		return taken || file
	})
	name := path.Join(c.Outline.Modules[i].Folder, oid+".md")
	f := File{Draft: id, Path: name, Text: string(s.tools.Template(n.Kind, oid, n.Title, c.Course.Lang))}
	if err := s.add(ctx, a, f); err != nil {
		return "", err
	}
	return name, s.arrange(ctx, a, id, func(o *Outline) error {
		if i := o.module(n.Module); i >= 0 {
			o.take(name)
			o.Modules[i].Objects = append(o.Modules[i].Objects, name)
		}
		return nil
	})
}

// AddModule adds a module at the end of the course.
func (s *Studio) AddModule(ctx context.Context, a lms.Actor, id DraftID, title, summary string) error {
	if title = strings.TrimSpace(title); title == "" {
		return lms.Wrong("title", "error.required")
	}
	return s.arrange(ctx, a, id, func(o *Outline) error {
		name := free(s.tools.Slug(title), func(id string) bool {
			return slices.ContainsFunc(o.Modules, func(m Module) bool { return m.ID == id || m.Folder == folder(len(o.Modules), id) })
		})
		o.Modules = append(o.Modules, Module{ID: name, Folder: folder(len(o.Modules), name), Title: title, Summary: strings.TrimSpace(summary)})
		return nil
	})
}

// folder is where the module with an index keeps its objects.
func folder(index int, id string) string { return fmt.Sprintf("%02d-%s", index+1, id) }

// free is a name that is not taken: itself, or with a number behind.
func free(name string, taken func(string) bool) string {
	for n, try := 2, name; ; n++ {
		if !taken(try) {
			return try
		}
		try = fmt.Sprintf("%s-%d", name, n)
	}
}

// ReviseModule changes title and summary of a module.
func (s *Studio) ReviseModule(ctx context.Context, a lms.Actor, id DraftID, m Module) error {
	if m.Title = strings.TrimSpace(m.Title); m.Title == "" {
		return lms.Wrong("title", "error.required")
	}
	return s.arrange(ctx, a, id, func(o *Outline) error {
		i := o.module(m.ID)
		if i < 0 {
			return lms.Wrong("module", "error.draft.module")
		}
		o.Modules[i].Title, o.Modules[i].Summary = m.Title, strings.TrimSpace(m.Summary)
		return nil
	})
}

// RemoveModule removes a module that has no objects.
func (s *Studio) RemoveModule(ctx context.Context, a lms.Actor, id DraftID, module string) error {
	return s.arrange(ctx, a, id, func(o *Outline) error {
		i := o.module(module)
		if i < 0 {
			return lms.Wrong("module", "error.draft.module")
		}
		if len(o.Modules[i].Objects) > 0 {
			return lms.Wrong("module", "error.draft.module.full")
		}
		o.Modules = slices.Delete(o.Modules, i, i+1)
		return nil
	})
}

// StepModule moves a module by one place; at the end of the way it stays.
func (s *Studio) StepModule(ctx context.Context, a lms.Actor, id DraftID, module string, step Step) error {
	return s.arrange(ctx, a, id, func(o *Outline) error {
		i := o.module(module)
		if i < 0 {
			return lms.Wrong("module", "error.draft.module")
		}
		if j := i + int(step); j >= 0 && j < len(o.Modules) {
			o.Modules[i], o.Modules[j] = o.Modules[j], o.Modules[i]
		}
		return nil
	})
}

// StepObject moves a learning object by one place, from the edge of a module into the next one.
func (s *Studio) StepObject(ctx context.Context, a lms.Actor, id DraftID, name string, step Step) error {
	return s.arrange(ctx, a, id, func(o *Outline) error {
		m, i := o.find(name)
		if m < 0 {
			return lms.Wrong("path", "error.draft.file")
		}
		to, at := m, i+int(step)
		switch {
		case at < 0:
			if to--; to >= 0 {
				at = len(o.Modules[to].Objects)
			}
		case at >= len(o.Modules[m].Objects):
			to, at = m+1, 0
		}
		if to < 0 || to >= len(o.Modules) {
			return nil
		}
		o.place(name, to, at)
		return nil
	})
}

// Place says where a learning object is put.
type Place struct {
	Path   string
	Module string // its id
	Index  int    // among the module's objects without this one, from 0; too large is the end
}

// PlaceObject puts a learning object anywhere, as dragging does.
func (s *Studio) PlaceObject(ctx context.Context, a lms.Actor, id DraftID, p Place) error {
	return s.arrange(ctx, a, id, func(o *Outline) error {
		m, _ := o.find(p.Path)
		to := o.module(p.Module)
		if m < 0 || to < 0 || p.Index < 0 {
			return lms.Wrong("path", "error.draft.file")
		}
		o.place(p.Path, to, p.Index)
		return nil
	})
}

// unlist takes a removed file out of the order in course.yaml, where it stands there.
func (s *Studio) unlist(ctx context.Context, a lms.Actor, id DraftID, name string) error {
	return s.arrange(ctx, a, id, func(o *Outline) error {
		o.take(name)
		return nil
	})
}

// arrange changes the modules in course.yaml, and nothing else there.
func (s *Studio) arrange(ctx context.Context, a lms.Actor, id DraftID, change func(*Outline) error) error {
	all, err := s.List(ctx, a, id)
	if err != nil {
		return err
	}
	names := map[string]File{}
	for _, f := range all {
		names[f.Path] = f
	}
	folder := namesOf(names)
	_, err = s.rewrite(ctx, a, fileAt{id, Manifest}, func(f *File) error {
		folder.Texts[Manifest] = []byte(f.Text)
		o := s.tools.Outline(folder)
		if err := change(&o); err != nil {
			return err
		}
		text, err := s.tools.Arrange([]byte(f.Text), o)
		if err != nil {
			return &lms.Error{Kind: lms.Invalid, Message: "error.draft.manifest", Fields: map[string]string{"manifest": err.Error()}, Err: err}
		}
		if string(text) != f.Text {
			f.write(string(text), nil, writing{by: a.ID, at: s.now()})
		}
		return nil
	})
	return err
}

// module is the index of a module, -1 where there is none.
func (o Outline) module(id string) int {
	return slices.IndexFunc(o.Modules, func(m Module) bool { return m.ID == id })
}

// find is where an object stands, -1 where it does not.
func (o Outline) find(name string) (module, index int) {
	for m := range o.Modules {
		if i := slices.Index(o.Modules[m].Objects, name); i >= 0 {
			return m, i
		}
	}
	return -1, -1
}

// take takes an object out.
func (o *Outline) take(name string) {
	for m := range o.Modules {
		o.Modules[m].Objects = slices.DeleteFunc(slices.Clone(o.Modules[m].Objects), func(p string) bool { return p == name })
	}
}

// place puts an object into a module.
func (o *Outline) place(name string, module, index int) {
	o.take(name)
	m := &o.Modules[module]
	m.Objects = slices.Insert(m.Objects, min(index, len(m.Objects)), name)
}
