package lms

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"aulacomune/course"
)

// EventKind says what a learner did.
type EventKind string

// The kinds of event.
const (
	Opened   EventKind = "opened"
	Read     EventKind = "read"
	Watched  EventKind = "watched"
	Answered EventKind = "answered"
)

// Event is something a learner did in an object. The same event again changes nothing.
type Event struct {
	ID        string
	Object    course.ObjectID
	Kind      EventKind
	Intervals []course.Interval                   // of Watched, seconds
	Answers   map[course.QuestionID]course.Answer // of Answered
	At        time.Time                           // the client's clock; it judges nothing, but nonsense is refused
}

// What one request may hold.
const (
	maxEvents    = 200
	maxIntervals = 1000
	maxAttempts  = 500
	maxAhead     = 24 * time.Hour
	pastTheEnd   = 1.0 // seconds that a player may report past the end of a video
)

// The budget of watched seconds: nobody watches at more than double speed.
const (
	budgetSpeed = 2.0
	budgetGrace = 5.0 // seconds
)

// Check says what is wrong with events before any of them counts.
func checkEvents(c *course.Course, e Enrolment, events []Event, now time.Time) error {
	if len(events) == 0 || len(events) > maxEvents {
		return Wrong("events", "error.events.count")
	}
	for i, ev := range events {
		if err := checkEvent(c, e, ev, now); err != nil {
			err.Fields = prefixed(fmt.Sprintf("events[%d].", i), err.Fields)
			return err
		}
	}
	return nil
}

func prefixed(prefix string, fields map[string]string) map[string]string {
	out := map[string]string{}
	for k, v := range fields {
		out[prefix+k] = v
	}
	return out
}

func checkEvent(c *course.Course, e Enrolment, ev Event, now time.Time) *Error {
	o, ok := e.object(c, ev.Object)
	switch {
	case ev.ID == "" || len(ev.ID) > 100:
		return Wrong("id", "error.event.id")
	case !ok:
		return Wrong("object", "error.event.object")
	case ev.At.After(now.Add(maxAhead)):
		return Wrong("at", "error.event.at")
	}
	switch ev.Kind {
	case Opened, Read:
		return nil
	case Watched:
		return checkIntervals(o, ev.Intervals)
	case Answered:
		return checkAnswers(o, ev.Answers)
	}
	return Wrong("kind", "error.event.kind")
}

func checkIntervals(o course.Object, is []course.Interval) *Error {
	switch {
	case o.Video == nil:
		return Wrong("kind", "error.event.novideo")
	case len(is) == 0 || len(is) > maxIntervals:
		return Wrong("intervals", "error.event.intervals")
	}
	for i, x := range is {
		field := fmt.Sprintf("intervals[%d]", i)
		switch {
		case math.IsNaN(x[0]) || math.IsInf(x[0], 0) || math.IsNaN(x[1]) || math.IsInf(x[1], 0) || x[0] < 0:
			return Wrong(field, "error.event.interval")
		case x[1] <= x[0]:
			return Wrong(field, "error.event.reversed")
		case x[1] > o.Length()+pastTheEnd:
			return Wrong(field, "error.event.past")
		}
		for _, before := range is[:i] {
			if x[0] < before[1] && before[0] < x[1] {
				return Wrong(field, "error.event.overlap")
			}
		}
	}
	return nil
}

func checkAnswers(o course.Object, answers map[course.QuestionID]course.Answer) *Error {
	if len(answers) == 0 {
		return Wrong("answers", "error.event.answers")
	}
	for _, id := range slices.Sorted(maps.Keys(answers)) {
		q, ok := o.Question(id)
		if !ok {
			return Wrong("answers."+string(id), "error.event.question")
		}
		if !q.Fits(answers[id]) {
			return Wrong("answers."+string(id), misfit(q, answers[id]))
		}
	}
	return nil
}

// misfit says what form an answer to a question has.
func misfit(q course.Question, a course.Answer) string {
	switch {
	case q.Kind == course.Single && len(a) > 1:
		return "error.event.single"
	case q.Kind == course.Single || q.Kind == course.Multiple:
		return "error.event.choice"
	case q.Kind == course.Ordering:
		return "error.event.order"
	}
	return "error.event.parts"
}

// apply adds checked events to the enrolment, and returns the seconds of watching that were over the budget.
func (e *Enrolment) apply(c *course.Course, events []Event, now time.Time) (dropped float64, err error) {
	for i, ev := range events {
		o, _ := e.object(c, ev.Object)
		if e.Locked(c, o.ID) {
			return 0, Wrong(fmt.Sprintf("events[%d].object", i), "error.event.locked")
		}
		p := e.open(o.ID, now)
		switch ev.Kind {
		case Read:
			p.Evidence.Read = true
		case Watched:
			dropped += p.watch(o, ev.Intervals, now)
		case Answered:
			if err := p.answer(o, ev, now); err != nil {
				err.Fields = prefixed(fmt.Sprintf("events[%d].", i), err.Fields)
				return 0, err
			}
		}
		e.settle(c, o, now)
	}
	return dropped, nil
}

// open gives the progress of an object, beginning it if need be.
func (e *Enrolment) open(id course.ObjectID, now time.Time) *Progress {
	if e.Progress == nil {
		e.Progress = map[course.ObjectID]*Progress{}
	}
	p := e.Progress[id]
	if p == nil {
		p = &Progress{Opened: now}
		e.Progress[id] = p
	}
	if e.Started.IsZero() {
		e.Started = now
	}
	return p
}

// watch merges intervals within the budget: twice the server's time since the object was opened, and five seconds.
func (p *Progress) watch(o course.Object, is []course.Interval, now time.Time) (dropped float64) {
	clipped := make([]course.Interval, 0, len(is))
	for _, i := range is {
		clipped = append(clipped, course.Interval{round(i[0]), round(min(i[1], o.Length()))})
	}
	budget := budgetSpeed*now.Sub(p.Opened).Seconds() + budgetGrace
	p.Evidence.Watched, dropped = p.Evidence.Watched.Add(clipped, budget)
	return dropped
}

// round keeps two decimals of a second: less than a frame.
func round(s float64) float64 { return math.Round(s*100) / 100 }

// answer adds an attempt. The same id with the same answers is the attempt that is there; with other answers it is a conflict.
func (p *Progress) answer(o course.Object, ev Event, now time.Time) *Error {
	for _, a := range p.Attempts {
		if a.ID != ev.ID {
			continue
		}
		if sameAnswers(o, a.Answers, ev.Answers) {
			return nil
		}
		return &Error{Kind: Conflict, Message: "error.event.other", Fields: map[string]string{"id": "error.event.other"}}
	}
	switch {
	case len(p.Attempts) >= maxAttempts:
		return Fail(TooMany, "error.event.attempts")
	case !p.Again(o, now).IsZero():
		return &Error{Kind: Conflict, Message: "error.event.tried", Fields: map[string]string{"answers": "error.event.tried"}}
	}
	answers := make(map[course.QuestionID]course.Answer, len(ev.Answers)) // the caller's may change, and the record is kept in memory
	for q, choices := range ev.Answers {
		answers[q] = slices.Clone(choices)
	}
	p.Attempts = append(p.Attempts, Attempt{ID: ev.ID, At: now, Answers: answers})
	p.Evidence = p.Evidence.Answer(o, answers)
	return nil
}

// sameAnswers says whether two attempts gave the same to every question: of choices the order does not count.
func sameAnswers(o course.Object, a, b map[course.QuestionID]course.Answer) bool {
	if len(a) != len(b) {
		return false
	}
	for id, x := range a {
		q, _ := o.Question(id)
		y, ok := b[id]
		if !ok || !q.Same(x, y) {
			return false
		}
	}
	return true
}

// settle completes the object, and the course, the moment the evidence meets the rules. It never takes a completion back.
func (e *Enrolment) settle(c *course.Course, o course.Object, now time.Time) {
	e.settleObject(o, now)
	e.settleCourse(c, now)
}

func (e *Enrolment) settleObject(o course.Object, now time.Time) {
	p := e.Progress[o.ID]
	if p != nil && p.Completed.IsZero() && o.Missing(p.Evidence).None() {
		p.Completed = now
	}
}

func (e *Enrolment) settleCourse(c *course.Course, now time.Time) {
	if !e.Completed.IsZero() {
		return
	}
	for _, each := range c.Objects() {
		if e.Of(each.ID).Completed.IsZero() {
			return
		}
	}
	e.Completed = now
}
