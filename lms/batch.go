package lms

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"aulacomune/course"
	"aulacomune/lms/records"

	"github.com/google/uuid"
)

// Batch is an act that moved people. Which, their enrolments say.
type Batch struct {
	ID           BatchID                `json:"id"`
	Course       course.Slug            `json:"course"`
	To           int                    `json:"to"`
	Organisation OrganisationID         `json:"organisation,omitempty"` // whose people; "" for everybody
	By           PersonID               `json:"by"`
	At           time.Time              `json:"at"`
	Undone       time.Time              `json:"undone,omitzero"`
	Back         int                    `json:"back,omitempty"`   // people who went back when it was taken back
	Failed       int                    `json:"failed,omitempty"` // people with whom that went wrong
	Stays        map[Stay][]EnrolmentID `json:"stays,omitempty"`  // and who stayed, by name
}

// batches says how batches are kept.
var batches = Noun[Batch]{
	Name: "moves",
	ID:   func(b Batch) string { return string(b.ID) },
	Indexes: []Index[Batch]{
		{Name: "course", Keys: func(b Batch) []string { return []string{string(b.Course) + "/" + b.At.Format(time.RFC3339)} }},
	},
}

// act is an act about a batch; it belongs to the course's organisation.
func (b Batch) act(verb string, head Course) Act {
	a := Act{Verb: verb, Object: string(b.ID), Within: head.Within, Details: edition(b.To)}
	a.Details["course"], a.Details["organisation"] = string(b.Course), string(b.Organisation)
	return a
}

// undoLife is how long a move can be taken back.
const undoLife = 24 * time.Hour

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
	stays := map[Stay][]EnrolmentID{}
	for why, es := range out.Stay {
		slices.SortFunc(es, byName)
		for _, e := range es {
			stays[why] = append(stays[why], e.ID)
		}
	}
	head, err := s.library.Find(ctx, slug)
	if err != nil {
		return out, err
	}
	out.Batch, err = s.batches.Change(ctx, string(id), func(b *Batch) error {
		b.Undone, b.Back, b.Failed, b.Stays = s.now(), b.Back+len(out.Back), len(out.Failed), stays
		return nil
	})
	return out, s.note.of(ctx, err, a, out.Batch.act("edition.move.undo", head))
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
	p.Standings, p.Next, err = s.standings(ctx, Query{Index: "batch", Equal: string(id), After: at.After, Limit: at.Limit})
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
	for b, err := range s.batches.List(ctx, Query{Index: "course", From: since, To: records.AfterPrefix(string(slug) + "/"), Reverse: true}) {
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
