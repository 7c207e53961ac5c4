package lms

import (
	"context"
	"slices"

	"aulacomune/course"
)

// Followed is a course as those see it who look after it or after people who take it.
type Followed struct {
	Course        Course
	Author        bool             // the actor is an author of the course
	Organisations []OrganisationID // whose people take it and are the actor's to administer
	Editions      []FollowedEdition
}

// FollowedEdition is one edition, with how many people take it: of the actor's organisations, or of all where the actor is an author.
type FollowedEdition struct {
	Edition
	People int
	ByName string // who published it; "" where the actor has no business with that person
}

// Follow shows the editions of a course, the newest first, to its authors, to administrators of its organisation, and to administrators of people
// who take it. To everyone else the course is unknown.
func (s *Learning) Follow(ctx context.Context, a Actor, slug course.Slug) (Followed, error) {
	f, err := s.followedCourse(ctx, a, slug)
	if err != nil {
		return f, err
	}
	ours := f.Author || a.Has(Administrator, f.Course.Within)
	for i := len(f.Course.Editions) - 1; i >= 0; i-- {
		e := FollowedEdition{Edition: f.Course.Editions[i]}
		if ours {
			if p, err := s.people.Find(ctx, string(e.By)); err == nil {
				e.ByName = p.Name()
			}
		}
		counted := f.Organisations
		if f.Author {
			counted = []OrganisationID{""}
		}
		for _, org := range counted {
			n, err := s.enrolments.Count(ctx, Query{Index: "edition", Prefix: editionIndex(org, slug, e.Number)})
			if err != nil {
				return f, err
			}
			e.People += n
		}
		f.Editions = append(f.Editions, e)
	}
	return f, nil
}

func (s *Learning) followedCourse(ctx context.Context, a Actor, slug course.Slug) (f Followed, err error) {
	switch {
	case a.Nobody():
		return f, Fail(SignIn, "error.signin")
	case !a.Is(Author) && !a.Is(Administrator):
		return f, Fail(Forbidden, "error.role")
	}
	if f.Course, err = s.library.Find(ctx, slug); err != nil {
		return f, asUnknown(err, "error.course.unknown")
	}
	f.Author = a.Has(Author, f.Course.Within)
	if a.Scope != ScopePublish {
		for _, root := range a.Roots(Administrator) {
			n, err := s.enrolments.Count(ctx, Query{Index: "within", Prefix: string(root) + "/" + string(slug) + "/"})
			if err != nil {
				return f, err
			}
			if n > 0 {
				f.Organisations = append(f.Organisations, root)
			}
		}
	}
	administers := a.Scope != ScopePublish && a.Has(Administrator, f.Course.Within)
	if !f.Author && !administers && len(f.Organisations) == 0 {
		return Followed{}, Fail(NotFound, "error.course.unknown")
	}
	return f, nil
}

// Comparison is what changes from one edition of a course to another.
type Comparison struct {
	Course   Course
	From, To Edition
	Lang     string // of the newer edition's texts
	Diff     course.Diff
}

// Compare compares two editions, for whoever may Follow the course. Only its authors are told what is right in its questions.
func (s *Learning) Compare(ctx context.Context, a Actor, slug course.Slug, from, to int) (Comparison, error) {
	f, err := s.followedCourse(ctx, a, slug)
	if err != nil {
		return Comparison{}, err
	}
	return s.compare(ctx, f.Course, from, to, f.Author)
}

func (s *Learning) compare(ctx context.Context, head Course, from, to int, author bool) (c Comparison, err error) {
	c.Course = head
	if c.From, err = head.edition(from); err != nil {
		return c, err
	}
	if c.To, err = head.edition(to); err != nil {
		return c, err
	}
	before, err := s.library.Open(ctx, c.From.Hash)
	if err != nil {
		return c, err
	}
	after, err := s.library.Open(ctx, c.To.Hash)
	if err != nil {
		return c, err
	}
	c.Lang, c.Diff = after.Lang, course.Compare(*before, *after).For(author)
	return c, nil
}

// Content is the compiled content of an edition, for the course's authors: it holds the right answers.
func (s *Learning) Content(ctx context.Context, a Actor, slug course.Slug, number int) (*course.Course, error) {
	f, err := s.followedCourse(ctx, a, slug)
	if err != nil {
		return nil, err
	}
	if !f.Author {
		return nil, Fail(Forbidden, "error.role")
	}
	e, err := f.Course.edition(number)
	if err != nil {
		return nil, err
	}
	return s.library.Open(ctx, e.Hash)
}

// Changes is what changed in a course since a learner took it up.
type Changes struct {
	Comparison
	Mine  Edition   // that the learner takes now
	Moves []Passage // that brought the learner there, the latest first
	Notes []Edition // the editions since, the newest first, each with its note; not those that were withdrawn
}

// Passage is a move as the learner is told of it.
type Passage struct {
	Move
	Again []string // titles of what began again by it
}

// WhatChanged compares the edition that the actor took up, or in which they completed the course, with the newest one that is offered, or with their own
// where they were moved to a newer one still. NotFound for who is not enrolled.
func (s *Learning) WhatChanged(ctx context.Context, a Actor, slug course.Slug) (Changes, error) {
	st, err := s.Mine(ctx, a, slug)
	if err != nil {
		return Changes{}, err
	}
	head, err := s.library.Find(ctx, slug)
	if err != nil {
		return Changes{}, err
	}
	from, to := st.Enrolment.Span(head)
	var out Changes
	if out.Comparison, err = s.compare(ctx, head, from, to, false); err != nil {
		return out, err
	}
	for _, m := range slices.Backward(st.Enrolment.movesSince()) {
		p := Passage{Move: m}
		for _, o := range st.Objects {
			if m.Aside[o.Object.ID] != nil {
				p.Again = append(p.Again, o.Object.Title)
			}
		}
		out.Moves = append(out.Moves, p)
	}
	out.Mine, _ = head.Edition(st.Enrolment.Edition)
	for n := to; n > from; n-- {
		if e, ok := head.Edition(n); ok && e.Withdrawn.IsZero() {
			out.Notes = append(out.Notes, e)
		}
	}
	return out, nil
}

// movesSince are the moves, but those taken back, since the learner began the course, or completed it.
func (e Enrolment) movesSince() []Move {
	return slices.DeleteFunc(slices.Clone(e.Moves), func(m Move) bool { return !m.Undone.IsZero() || m.At.Before(e.Completed) })
}

// Span is from which edition to which a course changed for a learner: from the one they began with, or completed the course in, to the newest that is
// offered, or to theirs. The two are the same where nothing changed.
func (e Enrolment) Span(head Course) (from, to int) {
	from, to = e.Edition, max(e.Edition, head.Latest().Number)
	if since := e.movesSince(); len(since) > 0 {
		from = since[0].From
	}
	first, _ := head.Edition(from)
	if last, _ := head.Edition(to); first.Hash == last.Hash {
		return to, to
	}
	return from, to
}
