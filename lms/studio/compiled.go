package studio

import (
	"context"
	"slices"

	"aulacomune/course"
	"aulacomune/lms"
)

// Object is the learning object of a file as it was compiled; ok is false for a file that is none.
func (c Compiled) Object(path string) (o course.Object, ok bool) {
	m, i := c.Outline.find(path)
	if m < 0 || m >= len(c.Course.Modules) || i >= len(c.Course.Modules[m].Objects) {
		return o, false
	}
	return c.Course.Modules[m].Objects[i], true
}

// PathOf is the file of a learning object, "" where there is none of that id.
func (c Compiled) PathOf(id course.ObjectID) string {
	for m, module := range c.Course.Modules {
		for i, o := range module.Objects {
			if o.ID == id && m < len(c.Outline.Modules) && i < len(c.Outline.Modules[m].Objects) {
				return c.Outline.Modules[m].Objects[i]
			}
		}
	}
	return ""
}

// Around is the files of the learning objects before and after one, "" where there is none.
func (c Compiled) Around(path string) (before, after string) {
	var all []string
	for _, m := range c.Outline.Modules {
		all = append(all, m.Objects...)
	}
	i := slices.Index(all, path)
	if i > 0 {
		before = all[i-1]
	}
	if i >= 0 && i+1 < len(all) {
		after = all[i+1]
	}
	return before, after
}

// Cues are the captions of a text, as far as they can be read.
func (s *Studio) Cues(text string) []course.Cue { return s.tools.Cues([]byte(text)) }

// Resolve settles two texts that were written at the same time in favour of the one that is stored: the author's own goes into the history, where it
// can be found, and the other stays what it was. Where somebody saved again meanwhile that is a Conflict as before.
func (s *Studio) Resolve(ctx context.Context, a lms.Actor, id DraftID, mine Text) (Saved, error) {
	theirs, err := s.File(ctx, a, id, mine.Path)
	if err != nil {
		return Saved{}, err
	}
	mine.Fresh = true
	saved, err := s.Save(ctx, a, id, mine)
	if err != nil || saved.Conflict || saved.File.Rev == theirs.Rev {
		return saved, err
	}
	saved.File, err = s.Revert(ctx, a, id, mine.Path, theirs.Rev)
	return saved, err
}
