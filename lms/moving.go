package lms

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"aulacomune/course"

	"github.com/google/uuid"
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

// Batch is an act that moved people. Which, their enrolments say.
type Batch struct {
	ID           BatchID        `json:"id"`
	Course       course.Slug    `json:"course"`
	To           int            `json:"to"`
	Organisation OrganisationID `json:"organisation,omitempty"` // whose people; "" for everybody
	By           PersonID       `json:"by"`
	At           time.Time      `json:"at"`
	Undone       time.Time      `json:"undone,omitzero"`
}

// batches says how batches are kept.
var batches = Noun[Batch]{
	Name: "moves",
	ID:   func(b Batch) string { return string(b.ID) },
	Indexes: []Index[Batch]{
		{Name: "course", Keys: func(b Batch) []string { return []string{string(b.Course) + "/" + b.At.Format(time.RFC3339)} }},
	},
}

// undoLife is how long a move can be taken back.
const undoLife = 24 * time.Hour

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
	return out, ctx.Err()
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

// batch begins a batch, or finds the one that is to go on. An order that moves nobody needs none.
func (s *Learning) batch(ctx context.Context, a Actor, m movement, nobody bool) (Batch, error) {
	b := Batch{ID: BatchID(uuid.Must(uuid.NewV7()).String()), Course: m.Course, To: m.To, Organisation: m.Organisation, By: a.ID, At: s.now()}
	if m.MoveOrder.Batch == "" {
		if nobody {
			return Batch{}, nil
		}
		return b, s.batches.Add(ctx, b)
	}
	old, err := s.batches.Find(ctx, string(m.MoveOrder.Batch))
	if err == nil && (old.Course != b.Course || old.To != b.To || old.Organisation != b.Organisation || old.By != b.By || !old.Undone.IsZero()) {
		err = Fail(NotFound, "error.move.unknown")
	}
	return old, asUnknown(err, "error.move.unknown")
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

// TakenBack is what became of a batch that was taken back.
type TakenBack struct {
	Batch  Batch
	Back   []Enrolment
	Stay   map[Stay][]Enrolment // by why they stay
	Failed map[EnrolmentID]error
}

// UndoMove takes a batch back for everybody who loses nothing by that, and says who stays, and why. The same again takes back the rest.
func (s *Learning) UndoMove(ctx context.Context, a Actor, slug course.Slug, id BatchID) (TakenBack, error) {
	b, err := s.batchFor(ctx, a, slug, id)
	if err != nil {
		return TakenBack{}, err
	}
	if s.now().Sub(b.At) > undoLife {
		return TakenBack{}, &Error{Kind: Conflict, Message: "error.move.late"}
	}
	var ids []EnrolmentID
	for e, err := range s.enrolments.List(ctx, Query{Index: "batch", Equal: string(id)}) {
		if err != nil {
			return TakenBack{}, err
		}
		ids = append(ids, e.ID)
	}
	out := TakenBack{Stay: map[Stay][]Enrolment{}, Failed: map[EnrolmentID]error{}}
	var mu sync.Mutex
	s.each(ids, func(id EnrolmentID) {
		e, stay, err := s.undoOne(ctx, b.ID, id)
		mu.Lock()
		defer mu.Unlock()
		switch {
		case err != nil:
			out.Failed[id] = err
		case stay != "":
			out.Stay[stay] = append(out.Stay[stay], e)
		default:
			out.Back = append(out.Back, e)
		}
	})
	byName := func(a, b Enrolment) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) }
	slices.SortFunc(out.Back, byName)
	for _, es := range out.Stay {
		slices.SortFunc(es, byName)
	}
	out.Batch, err = s.batches.Change(ctx, string(id), func(b *Batch) error { b.Undone = s.now(); return nil })
	return out, err
}

// batchFor is a batch of a course that the actor may take back.
func (s *Learning) batchFor(ctx context.Context, a Actor, slug course.Slug, id BatchID) (Batch, error) {
	b, err := s.batches.Find(ctx, string(id))
	if err == nil && b.Course != slug {
		err = Fail(NotFound, "error.move.unknown")
	}
	if err == nil {
		err = s.mayUndo(ctx, a, b)
	}
	return b, asUnknown(err, "error.move.unknown")
}

// MovedPeople is a batch with who is still where it moved them, one page of them.
type MovedPeople struct {
	MovedBatch
	Late      bool       // it cannot be taken back any more
	Standings []Standing // none where everybody was moved: an author does not see people
	Next      string     // cursor of the next page
}

// Batch shows a batch to whoever may take it back.
func (s *Learning) Batch(ctx context.Context, a Actor, slug course.Slug, id BatchID, at PageAt) (p MovedPeople, err error) {
	if p.Batch, err = s.batchFor(ctx, a, slug, id); err != nil {
		return p, err
	}
	p.Late = s.now().Sub(p.At) > undoLife
	if p.People, err = s.enrolments.Count(ctx, Query{Index: "batch", Equal: string(id)}); err != nil || p.Organisation == "" {
		return p, err
	}
	page, next, err := s.enrolments.Page(ctx, Query{Index: "batch", Equal: string(id), After: at.After, Limit: at.Limit})
	p.Next = next
	for _, e := range page {
		st, err := s.standing(ctx, e, nil)
		if err != nil {
			return p, err
		}
		p.Standings = append(p.Standings, st)
	}
	return p, err
}

func (s *Learning) undoOne(ctx context.Context, batch BatchID, id EnrolmentID) (Enrolment, Stay, error) {
	var stay Stay
	e, err := s.changeMoved(ctx, id, func(e *Enrolment, past []*course.Course) error {
		stay = StayMoved
		last := e.lastMove()
		if last < 0 {
			return nil
		}
		from := past[slices.IndexFunc(past, func(c *course.Course) bool { return c.Hash == e.Moves[last].FromHash })]
		*e, stay = e.unmoved(from, past[0], batch, s.now())
		return nil
	})
	if err == nil && e.Pending() {
		e = s.certify(ctx, e)
	}
	return e, stay, err
}

// mayUndo lets take back who may do the like.
func (s *Learning) mayUndo(ctx context.Context, a Actor, b Batch) error {
	role := Administrator
	if b.Organisation == "" {
		role = Author
	}
	if err := a.must(role); err != nil {
		return err
	}
	head, err := s.library.Find(ctx, b.Course)
	if err != nil {
		return err
	}
	err = s.mayMove(ctx, a, MoveOrder{Course: b.Course, Organisation: b.Organisation, Everybody: b.Organisation == ""}, head)
	return asUnknown(err, "error.move.unknown")
}

// MovedBatch is a batch with how many people are still where it moved them.
type MovedBatch struct {
	Batch
	People int
}

// Batches lists what was moved in a course and can still be taken back by the actor, the latest first.
func (s *Learning) Batches(ctx context.Context, a Actor, slug course.Slug) ([]MovedBatch, error) {
	if err := a.mayRead(); err != nil {
		return nil, err
	}
	since := string(slug) + "/" + s.now().Add(-undoLife).Format(time.RFC3339)
	var out []MovedBatch
	for b, err := range s.batches.List(ctx, Query{Index: "course", From: since, To: afterPrefix(string(slug) + "/"), Reverse: true}) {
		if err != nil {
			return nil, err
		}
		if !b.Undone.IsZero() || s.mayUndo(ctx, a, b) != nil {
			continue
		}
		n, err := s.enrolments.Count(ctx, Query{Index: "batch", Equal: string(b.ID)})
		if err != nil {
			return nil, err
		}
		out = append(out, MovedBatch{b, n})
	}
	return out, nil
}
