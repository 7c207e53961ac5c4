package lms

import (
	"slices"
	"time"

	"aulacomune/course"
)

// BatchID names what one act moved together.
type BatchID string

// Move is how an enrolment came from one edition to another.
type Move struct {
	Batch    BatchID                       `json:"batch"`
	From     int                           `json:"from"`
	FromHash course.Hash                   `json:"from_hash"`
	To       int                           `json:"to"`
	ToHash   course.Hash                   `json:"to_hash"`
	At       time.Time                     `json:"at"`
	By       PersonID                      `json:"by"`
	Aside    map[course.ObjectID]*Progress `json:"aside,omitempty"`    // of objects that begin again: what had been done of them
	Finished bool                          `json:"finished,omitempty"` // the course was completed before
	Minutes  int                           `json:"minutes,omitempty"`  // that counted then
	Undone   time.Time                     `json:"undone,omitzero"`
}

// Moving is what a move to another edition does to one enrolment.
type Moving struct {
	Before, After Standing
	Kept          []course.Object // done or begun: it goes on counting
	Again         []course.Object // begun, and beginning again
	New           []course.Object // to do, and not in the edition before
	Gone          []course.Object // done or begun, and not in the other edition: it stays on record
	Completes     bool            // nothing is missing any more: the course is completed by the move
}

// moved is the enrolment in another edition. Evidence never goes back: all of it stays, what is completed stays completed, and what is begun goes
// on unless its recording or its questions are others; then it begins again, and what was done of it is set aside. past is the content of the
// editions that the learner was in, the present one first; the move names the edition, who, and when.
func (e Enrolment) moved(past []*course.Course, to *course.Course, m Move) (Enrolment, Moving) {
	what := Moving{Before: Stand(past[0], e)}
	out := e.clone()
	m.From, m.FromHash, m.Finished = e.Edition, e.Hash, !e.Completed.IsZero()
	if m.Finished {
		m.Minutes = what.Before.Minutes
	}
	for _, o := range to.Objects() {
		p := out.Progress[o.ID]
		switch was, met := lastMet(past, o.ID); {
		case p == nil || !p.begun():
			if _, known := past[0].Object(o.ID); !known {
				what.New = append(what.New, o)
			}
		case p.Completed.IsZero() && met && !was.Continues(o, string(e.ID)):
			if m.Aside == nil {
				m.Aside = map[course.ObjectID]*Progress{}
			}
			m.Aside[o.ID] = p
			delete(out.Progress, o.ID)
			if was.Webinar == o.Webinar && p.Evidence.Attended { // a new recording does not undo that somebody was there
				out.Progress[o.ID] = &Progress{Opened: m.At, Evidence: course.Evidence{Attended: true}}
			}
			what.Again = append(what.Again, o)
		default:
			what.Kept = append(what.Kept, o)
		}
	}
	for _, o := range past[0].Objects() {
		if _, there := to.Object(o.ID); !there && e.Of(o.ID).begun() {
			what.Gone = append(what.Gone, o)
		}
	}
	out.Edition, out.Hash = m.To, m.ToHash
	out.Moves = append(out.Moves, m)
	out.settleAll(to, m.At)
	what.After = Stand(to, out)
	what.Completes = !m.Finished && !out.Completed.IsZero()
	return out, what
}

// begun says whether there is anything to lose.
func (p Progress) begun() bool {
	return p.Evidence.Attended || p.active()
}

// active says whether the learner did something of it themselves, here.
func (p Progress) active() bool {
	return p.Evidence.Read || len(p.Evidence.Watched) > 0 || len(p.Attempts) > 0 || !p.Completed.IsZero()
}

// lastMet is an object as the learner met it last.
func lastMet(past []*course.Course, id course.ObjectID) (course.Object, bool) {
	for _, c := range past {
		if o, ok := c.Object(id); ok {
			return o, true
		}
	}
	return course.Object{}, false
}

// settleAll completes what the evidence is enough for by the rules of another edition. Who has not begun completes nothing.
func (e *Enrolment) settleAll(c *course.Course, now time.Time) {
	if e.Started.IsZero() {
		return
	}
	for _, o := range c.Objects() {
		e.settleObject(o.For(string(e.ID)), now)
	}
	e.settleCourse(c, now)
}

// Stay says why a move cannot be taken back; "" when it can.
type Stay string

// The reasons.
const (
	StayMoved     Stay = "moved"     // the person was moved on since
	StayCompleted Stay = "completed" // the course was completed in the newer edition, and its certificate names that
	StayBegun     Stay = "begun"     // something that began again was begun: in the older edition it would be lost
)

// unmoved is the enrolment back in the edition that a batch moved it from, or why it stays. What was done since goes on counting; what had been set
// aside comes back. from and to are the content of the two editions.
func (e Enrolment) unmoved(from, to *course.Course, batch BatchID, now time.Time) (Enrolment, Stay) {
	last := e.lastMove()
	if last < 0 || e.Moves[last].Batch != batch {
		return e, StayMoved
	}
	m := e.Moves[last]
	if !e.Completed.IsZero() && !m.Finished {
		return e, StayCompleted
	}
	for _, is := range to.Objects() {
		p := e.Of(is.ID)
		was, there := from.Object(is.ID)
		if there && p.active() && p.Completed.IsZero() && !was.Continues(is, string(e.ID)) {
			return e, StayBegun
		}
	}
	out := e.clone()
	out.Edition, out.Hash, out.Moves[last].Undone = m.From, m.FromHash, now
	for id, p := range m.Aside {
		if out.Of(id).Completed.IsZero() {
			back, was := *p, out.Of(id)
			back.Evidence.Attended = back.Evidence.Attended || was.Evidence.Attended && sameWebinar(from, to, id)
			out.Progress[id] = &back
		}
	}
	out.settleAll(from, now)
	return out, ""
}

// sameWebinar says whether an object is the same webinar in two editions.
func sameWebinar(a, b *course.Course, id course.ObjectID) bool {
	x, _ := a.Object(id)
	y, _ := b.Object(id)
	return x.Webinar == y.Webinar
}

// lastMove is the place of the latest move that was not taken back; -1 when there is none.
func (e Enrolment) lastMove() int {
	for i, m := range slices.Backward(e.Moves) {
		if m.Undone.IsZero() {
			return i
		}
	}
	return -1
}

// attested is the enrolment in the edition in which the course was completed: a certificate names that one, wherever the person was moved since.
func (e Enrolment) attested() Enrolment {
	if m, ok := e.firstAfter(); ok {
		e.Edition, e.Hash = m.From, m.FromHash
	}
	return e
}

// attestedMinutes is what counted of a course when it was completed, where the person was moved since.
func (e Enrolment) attestedMinutes() int {
	m, _ := e.firstAfter()
	return m.Minutes
}

// firstAfter is the first move after the course was completed.
func (e Enrolment) firstAfter() (Move, bool) {
	i := slices.IndexFunc(e.Moves, func(m Move) bool { return m.Finished })
	if i < 0 {
		return Move{}, false
	}
	return e.Moves[i], true
}
