package lms

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"aulacomune/course"
)

// MoveOrder says whom to move to which edition of a course.
type MoveOrder struct {
	Course       course.Slug
	To           int            // number of the edition
	From         int            // only who takes this edition; 0 means every older one
	Organisation OrganisationID // whose people, for its administrators
	Everybody    bool           // in place of an organisation, for authors of the course: everybody, from the editions from which it is harmless
	Only         []EnrolmentID  // of those only these; nil means all
	Named        string         // in a preview, only whose family name begins so
	Batch        BatchID        // one that is to go on; "" begins one
}

// movers is how many people are moved at a time: an engine writes many together faster than one after the other.
const movers = 16

// MovePreview says what an order would do.
type MovePreview struct {
	Course Course
	To     Edition
	People int         // whom it would move
	From   map[int]int // how many of them take which edition
	Page   []Moving    // what it does to each, one page of them; none for authors, who do not see people
	Next   string      // cursor of the next page
}

// Moved is what an order did.
type Moved struct {
	Batch     Batch
	People    int         // moved now
	Completed []Enrolment // who has completed the course by it
	Failed    map[EnrolmentID]error
}

// movement is an order that was found to be allowed.
type movement struct {
	MoveOrder
	head    Course
	target  Edition
	content *course.Course
	from    map[int]int // older editions that people are in, and how many
}

// PreviewMove says what a move would do, without doing it.
func (s *Learning) PreviewMove(ctx context.Context, a Actor, o MoveOrder, at PageAt) (MovePreview, error) {
	m, err := s.movement(ctx, a, o)
	if err != nil {
		return MovePreview{}, err
	}
	p := MovePreview{Course: m.head, To: m.target, From: m.from}
	for _, n := range m.from {
		p.People += n
	}
	if o.Everybody {
		return p, nil
	}
	var found []Enrolment
	if found, p.Next, err = s.page(ctx, m, at); err != nil {
		return p, err
	}
	for _, e := range found {
		past, err := s.past(ctx, e)
		if err != nil {
			return p, err
		}
		_, what := e.moved(past, m.content, m.move(a, "", s.now()))
		p.Page = append(p.Page, what)
	}
	return p, nil
}

// page lists an organisation's people of a movement, edition by edition and by name. Those found by their name are on one page.
func (s *Learning) page(ctx context.Context, m movement, at PageAt) (found []Enrolment, next string, err error) {
	in := func(number int) string { return editionIndex(m.Organisation, m.Course, number) }
	if m.Named == "" && m.From == 0 {
		return s.enrolments.Page(ctx, Query{Index: "edition", From: in(1), To: in(m.To), After: at.After, Limit: at.Limit})
	}
	if m.Named == "" {
		return s.enrolments.Page(ctx, Query{Index: "edition", Prefix: in(m.From), After: at.After, Limit: at.Limit})
	}
	for _, n := range slices.Sorted(maps.Keys(m.from)) {
		more, _, err := s.enrolments.Page(ctx, Query{Index: "edition", Prefix: in(n) + Fold(m.Named), Limit: at.Limit})
		if found = append(found, more...); err != nil {
			return nil, "", err
		}
	}
	return found, "", nil
}

func (m movement) move(a Actor, batch BatchID, now time.Time) Move {
	return Move{Batch: batch, To: m.target.Number, ToHash: m.target.Hash, At: now, By: a.ID}
}

// movement looks at an order: whether the actor may give it, and whom it means.
func (s *Learning) movement(ctx context.Context, a Actor, o MoveOrder) (m movement, err error) {
	m = movement{MoveOrder: o, from: map[int]int{}}
	if m.head, err = s.library.Find(ctx, o.Course); err != nil {
		return m, asUnknown(err, "error.course.unknown")
	}
	if err = s.mayMove(ctx, a, o, m.head); err != nil {
		return m, err
	}
	if m.target, err = m.head.edition(o.To); err != nil {
		return m, err
	}
	if !m.target.Withdrawn.IsZero() {
		return m, &Error{Kind: Conflict, Message: "error.move.withdrawn"}
	}
	if o.From != 0 && (o.From < 1 || o.From >= o.To) {
		return m, Wrong("from", "error.move.from")
	}
	if m.content, err = s.library.Open(ctx, m.target.Hash); err != nil {
		return m, err
	}
	for _, e := range m.head.Editions {
		if e.Number < o.To && (o.From == 0 || o.From == e.Number) {
			if err := s.countFrom(ctx, &m, e); err != nil {
				return m, err
			}
		}
	}
	return m, nil
}

// mayMove refuses whoever is neither an administrator of the people nor, for everybody, an author of the course.
func (s *Learning) mayMove(ctx context.Context, a Actor, o MoveOrder, head Course) error {
	if !o.Everybody {
		_, err := s.scope(ctx, a, o.Organisation, o.Course)
		return err
	}
	if err := a.must(Author); err != nil && (a.Scope != ScopeRead || !a.Is(Author)) {
		return err
	}
	if !a.Has(Author, head.Within) {
		return Fail(NotFound, "error.course.unknown")
	}
	return nil
}

// countFrom notes how many people of a movement take an older edition. Everybody is moved only where that is harmless.
func (s *Learning) countFrom(ctx context.Context, m *movement, e Edition) error {
	n, err := s.enrolments.Count(ctx, Query{Index: "edition", Prefix: editionIndex(m.Organisation, m.Course, e.Number)})
	if err != nil || n == 0 {
		return err
	}
	if m.Everybody {
		older, err := s.library.Open(ctx, e.Hash)
		if err != nil || !course.Harmless(*older, *m.content) {
			return err
		}
	}
	m.from[e.Number] = n
	return nil
}

// past is the content of the editions that a learner was in, the present one first.
func (s *Learning) past(ctx context.Context, e Enrolment) ([]*course.Course, error) {
	hashes := []course.Hash{e.Hash}
	for _, m := range slices.Backward(e.Moves) {
		if !m.Undone.IsZero() {
			hashes = append(hashes, m.ToHash)
		}
		hashes = append(hashes, m.FromHash)
	}
	var out []*course.Course
	for _, h := range hashes {
		c, err := s.library.Open(ctx, h)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// Move moves people to a newer edition. One who cannot be moved keeps no other waiting, and the same order again moves the rest.
func (s *Learning) Move(ctx context.Context, a Actor, o MoveOrder) (Moved, error) {
	role := Administrator
	if o.Everybody {
		role = Author
	}
	if err := a.must(role); err != nil {
		return Moved{}, err
	}
	m, err := s.movement(ctx, a, o)
	if err != nil {
		return Moved{}, err
	}
	ids, err := s.ordered(ctx, m)
	if err != nil {
		return Moved{}, err
	}
	out := Moved{Failed: map[EnrolmentID]error{}}
	if out.Batch, err = s.batch(ctx, a, m, len(ids) == 0); err != nil {
		return out, err
	}
	var mu sync.Mutex
	s.each(ids, func(id EnrolmentID) {
		e, did, err := s.moveOne(ctx, a, m, out.Batch.ID, id)
		mu.Lock()
		defer mu.Unlock()
		switch {
		case err != nil:
			out.Failed[id] = err
		case did.Completes:
			out.People++
			out.Completed = append(out.Completed, e)
		case did.After.Content != nil:
			out.People++
		}
	})
	if out.People > 0 {
		err = s.note.of(ctx, nil, a, out.Batch.act("edition.move", m.head))
	}
	return out, cmpErr(err, ctx.Err())
}

// each does something for every enrolment, some at a time.
func (s *Learning) each(ids []EnrolmentID, do func(EnrolmentID)) {
	var all sync.WaitGroup
	slots := make(chan struct{}, movers)
	for _, id := range ids {
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			do(id)
		})
	}
	all.Wait()
}

// ordered lists the enrolments of a movement.
func (s *Learning) ordered(ctx context.Context, m movement) ([]EnrolmentID, error) {
	if m.Only != nil {
		return m.Only, nil
	}
	var ids []EnrolmentID
	for _, n := range slices.Sorted(maps.Keys(m.from)) {
		for e, err := range s.enrolments.List(ctx, Query{Index: "edition", Prefix: editionIndex(m.Organisation, m.Course, n)}) {
			if err != nil {
				return nil, err
			}
			ids = append(ids, e.ID)
		}
	}
	return ids, nil
}

// moveOne moves one enrolment, and issues the certificate where that completes the course. Who is no longer meant stays: the Moving is empty then.
func (s *Learning) moveOne(ctx context.Context, a Actor, m movement, batch BatchID, id EnrolmentID) (Enrolment, Moving, error) {
	var did Moving
	e, err := s.changeMoved(ctx, id, func(e *Enrolment, past []*course.Course) error {
		did = Moving{}
		switch {
		case e.Course != m.Course || m.Organisation != "" && !slices.Contains(e.Member.Within, m.Organisation):
			return Fail(NotFound, "error.enrolment.unknown")
		case m.from[e.Edition] == 0:
			return nil // moved already, or in an edition that is not meant
		}
		*e, did = e.moved(past, m.content, m.move(a, batch, s.now()))
		return nil
	})
	if err == nil && e.Pending() && did.Completes {
		e = s.certify(ctx, e)
	}
	return e, did, asUnknown(err, "error.enrolment.unknown")
}

// changeMoved changes an enrolment that may be moved, together with the content of the editions it was in.
func (s *Learning) changeMoved(ctx context.Context, id EnrolmentID, decide func(*Enrolment, []*course.Course) error) (Enrolment, error) {
	for {
		was, err := s.enrolments.Find(ctx, string(id))
		if err != nil {
			return was, err
		}
		past, err := s.past(ctx, was)
		if err != nil {
			return was, err
		}
		e, err := s.enrolments.Change(ctx, string(id), func(e *Enrolment) error {
			if e.Edition != was.Edition || len(e.Moves) != len(was.Moves) {
				return errMoved
			}
			return decide(e, past)
		})
		if err != errMoved { //nolint:errorlint // ours, as it is
			return e, err
		}
	}
}
