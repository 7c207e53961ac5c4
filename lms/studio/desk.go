package studio

import (
	"context"
	"sync"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
)

// desk is a draft's Desk in memory, with how far it has followed the records.
type desk struct {
	mu     sync.Mutex
	desk   Desk
	number int       // of the last change it knows
	used   time.Time // by the studio's clock
	files  map[string]File
}

// mostDesks is how many drafts stay in memory.
const mostDesks = 16

// Compiled is a draft as it is now, compiled.
type Compiled struct {
	Draft    Draft
	Course   course.Course
	Findings []course.Finding
	Outline  Outline
	Files    map[string]File // without those that were removed
}

// Compile compiles a draft as it stands.
func (s *Studio) Compile(ctx context.Context, a lms.Actor, id DraftID) (Compiled, error) {
	d, err := s.Draft(ctx, a, id)
	if err != nil {
		return Compiled{}, err
	}
	return s.compile(ctx, d, nil)
}

// Preview compiles a draft as it would stand with a text that is not saved.
func (s *Studio) Preview(ctx context.Context, a lms.Actor, id DraftID, t Text) (Compiled, error) {
	if err := checkText(t); err != nil {
		return Compiled{}, err
	}
	d, err := s.Draft(ctx, a, id)
	if err != nil {
		return Compiled{}, err
	}
	return s.compile(ctx, d, &t)
}

func (s *Studio) compile(ctx context.Context, d Draft, unsaved *Text) (Compiled, error) {
	k := s.desk(d.ID)
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := s.follow(ctx, k, d); err != nil {
		return Compiled{}, err
	}
	out := Compiled{Draft: d, Files: make(map[string]File, len(k.files))}
	for p, f := range k.files {
		out.Files[p] = f
	}
	if unsaved != nil {
		k.desk.SetText(unsaved.Path, []byte(unsaved.Text))
		defer k.set(unsaved.Path)
		out.Files[unsaved.Path] = File{Draft: d.ID, Path: unsaved.Path, Text: unsaved.Text, Rev: unsaved.Rev}
	}
	out.Course, out.Findings = k.desk.Compile()
	out.Outline = s.tools.Outline(namesOf(out.Files))
	return out, nil
}

// namesOf are the records' files for an outline: course.yaml, and of the others only the names.
func namesOf(records map[string]File) Files {
	out := Files{Texts: map[string][]byte{}, Media: map[string]course.Media{}}
	for name, f := range records {
		switch {
		case name == Manifest:
			out.Texts[name] = []byte(f.Text)
		case f.Media == nil:
			out.Texts[name] = nil
		}
	}
	return out
}

// filesOf are the records' files.
func filesOf(records map[string]File) Files {
	out := Files{Texts: map[string][]byte{}, Media: map[string]course.Media{}}
	for _, f := range records {
		out.add(f)
	}
	return out
}

// desk finds the desk of a draft, or a place for it; the one that was used longest ago makes room.
func (s *Studio) desk(id DraftID) *desk {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := s.desks[id]
	if k == nil {
		s.makeRoom()
		k = &desk{}
		s.desks[id] = k
	}
	k.used = s.now()
	return k
}

func (s *Studio) makeRoom() {
	if len(s.desks) < mostDesks {
		return
	}
	var oldest DraftID
	for id, k := range s.desks {
		if oldest == "" || k.used.Before(s.desks[oldest].used) {
			oldest = id
		}
	}
	delete(s.desks, oldest)
}

// follow brings a desk to where the records are.
func (s *Studio) follow(ctx context.Context, k *desk, d Draft) error {
	if k.desk == nil {
		return s.fill(ctx, k, d)
	}
	if d.number() <= k.number {
		return nil
	}
	paths, ok := d.since(k.number)
	if !ok {
		return s.fill(ctx, k, d)
	}
	for _, p := range paths {
		f, err := s.file(ctx, d.ID, p)
		if unlessNotFound(err) != nil {
			return err
		}
		if k.files[p] = f; err != nil || f.Gone() {
			delete(k.files, p)
		}
		k.set(p)
	}
	k.number = d.number()
	return nil
}

// fill reads the whole draft.
func (s *Studio) fill(ctx context.Context, k *desk, d Draft) error {
	all, err := s.all(ctx, d.ID)
	if err != nil {
		return err
	}
	k.files = map[string]File{}
	for _, f := range all {
		if !f.Gone() {
			k.files[f.Path] = f
		}
	}
	k.desk, k.number = s.tools.Desk(filesOf(k.files)), d.number()
	return nil
}

// set tells the compiler what a file is now.
func (k *desk) set(path string) {
	switch f, ok := k.files[path]; {
	case !ok:
		k.desk.Remove(path)
	case f.Media != nil:
		k.desk.SetMedia(path, *f.Media)
	default:
		k.desk.SetText(path, []byte(f.Text))
	}
}
