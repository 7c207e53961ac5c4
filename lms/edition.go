package lms

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"aulacomune/course"
)

// Edition is one published content of a course. Its content never changes; that it is withdrawn may be taken back.
type Edition struct {
	Number      int         `json:"number"` // from 1
	Hash        course.Hash `json:"hash"`
	Title       string      `json:"title"`
	Summary     string      `json:"summary"`
	Lang        string      `json:"lang"`
	Minutes     int         `json:"minutes"`
	Objects     int         `json:"objects"`
	Modules     int         `json:"modules"`
	Note        string      `json:"note"` // what changes
	By          PersonID    `json:"by"`
	At          time.Time   `json:"at"`
	Restores    int         `json:"restores,omitempty"`     // number of the older edition whose content this one brought back
	Withdrawn   time.Time   `json:"withdrawn,omitzero"`     // since when nobody enrols in it; who takes it goes on
	WithdrawnBy PersonID    `json:"withdrawn_by,omitempty"` // who withdrew it
	Reason      string      `json:"reason,omitempty"`       // why it was withdrawn
}

// Newest is the edition with the highest number, withdrawn or not.
func (c Course) Newest() Edition {
	if len(c.Editions) == 0 {
		return Edition{}
	}
	return c.Editions[len(c.Editions)-1]
}

// Latest is the edition that new enrolments take: the newest that is not withdrawn. The zero Edition says that the course takes none.
func (c Course) Latest() Edition {
	for _, e := range slices.Backward(c.Editions) {
		if e.Withdrawn.IsZero() {
			return e
		}
	}
	return Edition{}
}

// Shown is the edition that pages show to whoever takes none: Latest, or the newest where all are withdrawn.
func (c Course) Shown() Edition {
	if e := c.Latest(); e.Number > 0 {
		return e
	}
	return c.Newest()
}

// Edition finds an edition by its number.
func (c Course) Edition(number int) (Edition, bool) {
	i := slices.IndexFunc(c.Editions, func(e Edition) bool { return e.Number == number })
	if i < 0 {
		return Edition{}, false
	}
	return c.Editions[i], true
}

// edition is Edition with the error for whoever asked.
func (c Course) edition(number int) (Edition, error) {
	e, ok := c.Edition(number)
	if !ok {
		return e, Fail(NotFound, "error.edition.unknown")
	}
	return e, nil
}

// WithHash finds the newest edition of a content.
func (c Course) WithHash(h course.Hash) (Edition, bool) {
	for _, e := range slices.Backward(c.Editions) {
		if e.Hash == h {
			return e, true
		}
	}
	return Edition{}, false
}

// take adds an edition. The content of the newest edition, or of the one that is offered, is there already: that one is the answer. The content
// of another one comes back under a new number, which names it. From the second edition on a note says what changes.
func (c *Course) take(e Edition) (Edition, bool, error) {
	for _, there := range []Edition{c.Newest(), c.Latest()} {
		if there.Number > 0 && there.Hash == e.Hash {
			return there, false, nil
		}
	}
	if len(c.Editions) > 0 && e.Note == "" {
		return e, false, Wrong("note", "error.publish.note")
	}
	if old, ok := c.WithHash(e.Hash); ok && e.Restores == 0 {
		e.Restores = old.Number
	}
	e.Number = c.Newest().Number + 1
	c.Editions = append(slices.Clip(c.Editions), e)
	return e, true, nil
}

// The longest that notes and reasons may be, in characters.
const (
	maxNote   = 500
	maxReason = 1000
)

// noted is a note as it is kept.
func noted(note string) (string, error) {
	if note = strings.TrimSpace(note); utf8.RuneCountInString(note) > maxNote {
		return "", Wrong("note", "error.publish.note.long")
	}
	return note, nil
}

// authored is a course of which the actor is an author; to others it is unknown.
func (s *Publishing) authored(ctx context.Context, a Actor, slug course.Slug) (Course, error) {
	switch {
	case a.Nobody():
		return Course{}, Fail(SignIn, "error.signin")
	case !a.Is(Author):
		return Course{}, Fail(Forbidden, "error.role")
	}
	head, err := s.courses.Find(ctx, string(slug))
	if err == nil && !a.Has(Author, head.Within) {
		err = Fail(NotFound, "error.course.unknown")
	}
	return head, asUnknown(err, "error.course.unknown")
}

// Source opens the zip that an edition was compiled from, for authors of its course.
func (s *Publishing) Source(ctx context.Context, a Actor, slug course.Slug, number int) (Edition, Object, error) {
	head, err := s.authored(ctx, a, slug)
	if err != nil {
		return Edition{}, nil, err
	}
	e, err := head.edition(number)
	if err != nil {
		return e, nil, err
	}
	o, err := s.objects.Open(ctx, sourceKey(e.Hash))
	return e, o, err
}

// Restore makes an older edition the newest: a new number for the old content.
func (s *Publishing) Restore(ctx context.Context, a Actor, slug course.Slug, number int, note string) (Publication, error) {
	if note = strings.TrimSpace(note); note == "" {
		return Publication{}, Wrong("note", "error.publish.note")
	}
	note, err := noted(note)
	if err != nil {
		return Publication{}, err
	}
	var p Publication
	p.Course, err = s.change(ctx, a, slug, Act{Verb: "edition.restore", Details: edition(number)}, func(c *Course) error {
		old, err := c.edition(number)
		if err != nil {
			return err
		}
		e := old
		e.Note, e.By, e.At, e.Restores = note, a.ID, s.now(), number
		e.Withdrawn, e.WithdrawnBy, e.Reason = time.Time{}, "", ""
		p.Edition, p.New, err = c.take(e)
		if err == nil && !p.New {
			err = &Error{Kind: Conflict, Message: "error.restore.current"}
		}
		return err
	})
	return p, err
}

// Withdraw lets nobody enrol in an edition any more; who takes it goes on. When it is withdrawn already, it stays as it is.
func (s *Publishing) Withdraw(ctx context.Context, a Actor, slug course.Slug, number int, reason string) (Course, error) {
	if reason = strings.TrimSpace(reason); reason == "" || utf8.RuneCountInString(reason) > maxReason {
		return Course{}, Wrong("reason", "error.withdraw.reason")
	}
	return s.change(ctx, a, slug, Act{Verb: "edition.withdraw", Details: edition(number)}, func(c *Course) error {
		return c.mark(number, func(e *Edition) {
			if e.Withdrawn.IsZero() {
				e.Withdrawn, e.WithdrawnBy, e.Reason = s.now(), a.ID, reason
			}
		})
	})
}

// Offer takes a withdrawal back.
func (s *Publishing) Offer(ctx context.Context, a Actor, slug course.Slug, number int) (Course, error) {
	return s.change(ctx, a, slug, Act{Verb: "edition.offer", Details: edition(number)}, func(c *Course) error {
		return c.mark(number, func(e *Edition) { e.Withdrawn, e.WithdrawnBy, e.Reason = time.Time{}, "", "" })
	})
}

// mark changes what is noted of an edition.
func (c *Course) mark(number int, how func(*Edition)) error {
	if _, err := c.edition(number); err != nil {
		return err
	}
	c.Editions = slices.Clone(c.Editions)
	for i := range c.Editions {
		if c.Editions[i].Number == number {
			how(&c.Editions[i])
		}
	}
	return nil
}

// change changes a course of which the actor is an author, and notes the act.
func (s *Publishing) change(ctx context.Context, a Actor, slug course.Slug, act Act, how func(*Course) error) (Course, error) {
	if err := a.must(Author); err != nil {
		return Course{}, err
	}
	if _, err := s.authored(ctx, a, slug); err != nil {
		return Course{}, err
	}
	defer s.library.heads.Forget(slug)
	c, err := s.courses.Change(ctx, string(slug), how)
	act.Object, act.Within = string(slug), c.Within
	return c, s.note.of(ctx, err, a, act)
}
