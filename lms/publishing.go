package lms

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"aulacomune/course"
)

// Compiled is what a compiler makes of an author's folder.
type Compiled struct {
	Course   course.Course
	Findings []course.Finding
	Texts    map[course.Hash]TextMedia // captions and drawings: texts that browsers ask for as media
}

// TextMedia is a text that is served as a media file.
type TextMedia struct {
	Type  string
	Bytes []byte
}

// Compile makes an edition from a zip of texts. media tells what an uploaded file is, by its hash. Its error is for the author: the zip could not be read.
type Compile func(zip []byte, media func(course.Hash) (course.Media, bool)) (Compiled, error)

// Publishing is how authors bring courses in.
type Publishing struct {
	courses       *Records[Course]
	media         *Records[Media]
	organisations *Records[Organisation]
	objects       Objects
	library       *Library
	compile       Compile
	probe         Probe
	note          Note
	now           func() time.Time
}

// Publication is the answer to publishing.
type Publication struct {
	Course   Course
	Edition  Edition
	New      bool // false: the same content is there already
	Findings []course.Finding
}

// Publish compiles a zip of texts, whose media were uploaded before, into the next edition of a course of an organisation ("" means the
// author's own). The content of the newest edition, or of the one that is offered, is that edition; that of another one comes back under a new
// number (see Restore). note says what changes; only a course's first edition may say nothing. With errors among the findings nothing is published
// and the error is Invalid.
func (s *Publishing) Publish(ctx context.Context, a Actor, org OrganisationID, zip []byte, note string) (Publication, error) {
	within, err := s.owner(ctx, a, org)
	if err != nil {
		return Publication{}, err
	}
	if note, err = noted(note); err != nil {
		return Publication{}, err
	}
	compiled, err := s.compile(zip, func(h course.Hash) (course.Media, bool) {
		m, err := s.media.Find(ctx, string(h))
		return m.Media, err == nil
	})
	if err != nil {
		return Publication{}, &Error{Kind: Invalid, Message: "error.publish.zip", Fields: map[string]string{"body": err.Error()}, Err: err}
	}
	p := Publication{Findings: compiled.Findings}
	if course.HasErrors(compiled.Findings) {
		return p, Wrong("body", "error.publish.findings")
	}
	c := compiled.Course
	e := Edition{Hash: c.Hash, Title: c.Title, Summary: c.Summary, Lang: c.Lang, Minutes: c.Minutes, Objects: c.Count(), Modules: len(c.Modules), Note: note, By: a.ID, At: s.now()}
	if err := s.mayTake(ctx, a, Course{Slug: c.Slug, Within: within}, e); err != nil {
		return p, err
	}
	if err := s.keepBlobs(ctx, a, compiled, zip); err != nil {
		return p, err
	}
	err = s.append(ctx, Course{Slug: c.Slug, Organisation: within[len(within)-1], Within: within}, e, &p)
	if p.New {
		err = s.note.of(ctx, err, a, Act{Verb: "edition.publish", Object: string(c.Slug), Within: within, Details: edition(p.Edition.Number)})
	}
	return p, err
}

// owner is the organisation that will own the course, from the root down.
func (s *Publishing) owner(ctx context.Context, a Actor, org OrganisationID) ([]OrganisationID, error) {
	if err := a.must(Author); err != nil {
		return nil, err
	}
	if org == "" {
		org = a.Roots(Author)[0]
	}
	o, err := s.organisations.Find(ctx, string(org))
	if err != nil || !a.Has(Author, o.Within) {
		return nil, cmpErr(notNotFound(err), Wrong("organisation", "error.organisation.unknown"))
	}
	return o.Within, nil
}

// notNotFound lets an error pass unless it only says that something is not there.
func notNotFound(err error) error {
	if Is(err, NotFound) {
		return nil
	}
	return err
}

// mayTake refuses a slug that belongs to another organisation, and an edition that its course would not take.
func (s *Publishing) mayTake(ctx context.Context, a Actor, to Course, e Edition) error {
	c, err := s.courses.Find(ctx, string(to.Slug))
	switch {
	case Is(err, NotFound):
		return nil
	case err != nil:
		return err
	case c.Organisation != to.Within[len(to.Within)-1] || !a.Has(Author, c.Within):
		return &Error{Kind: Conflict, Message: "error.publish.slug", Fields: map[string]string{"slug": "taken"}}
	}
	_, _, err = c.take(e)
	return err
}

// keepBlobs stores source, compiled form and texts served as media; all of it under hashes, so that doing it again is harmless.
func (s *Publishing) keepBlobs(ctx context.Context, a Actor, c Compiled, zip []byte) error {
	for h, t := range c.Texts {
		m := course.Media{Hash: h, Size: int64(len(t.Bytes)), Type: t.Type}
		if err := s.keepMedia(ctx, a, m, bytes.NewReader(t.Bytes)); err != nil {
			return err
		}
	}
	body, err := json.Marshal(c.Course)
	if err != nil {
		return fmt.Errorf("encode edition: %w", err)
	}
	if err := s.put(ctx, sourceKey(c.Course.Hash), zip, "application/zip"); err != nil {
		return err
	}
	return s.put(ctx, editionKey(c.Course.Hash), body, "application/json")
}

// put stores bytes unless they are there.
func (s *Publishing) put(ctx context.Context, key string, b []byte, mediaType string) error {
	if _, err := s.objects.Stat(ctx, key); err == nil {
		return nil
	}
	return s.objects.Put(ctx, key, bytes.NewReader(b), int64(len(b)), mediaType)
}

// append adds the edition to its course, or finds it there.
func (s *Publishing) append(ctx context.Context, to Course, e Edition, p *Publication) (err error) {
	defer s.library.heads.Forget(to.Slug)
	first := to
	if p.Edition, p.New, err = first.take(e); err != nil {
		return err
	}
	if err = s.courses.Add(ctx, first); !IsTaken(err, "id") {
		p.Course = first
		return err
	}
	p.Course, err = s.courses.Change(ctx, string(to.Slug), func(h *Course) (err error) {
		if h.Organisation != to.Organisation { // another organisation was faster
			return &Error{Kind: Conflict, Message: "error.publish.slug", Fields: map[string]string{"slug": "taken"}}
		}
		p.Edition, p.New, err = h.take(e)
		return err
	})
	return err
}
