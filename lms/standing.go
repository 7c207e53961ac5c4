package lms

import (
	"time"

	"aulacomune/course"
)

// State is how far somebody is, with an object or with a course.
type State string

// The states.
const (
	Locked     State = "locked" // an object before it has to be completed first
	Open       State = "open"
	InProgress State = "in_progress"
	Completed  State = "completed"
)

// Standing is how far a person is in a course. It is the one projection behind pages, reports and the API.
type Standing struct {
	Enrolment Enrolment
	Content   *course.Course
	State     State
	Percent   int             // completed objects of all, rounded down
	Done      int             // objects completed
	Total     int             // objects
	Minutes   int             // of the completed objects
	Planned   int             // of all objects
	Next      course.ObjectID // the first object that is not completed; "" when all are
	Pending   bool            // completed, and the certificate is still to be issued
	Objects   []ObjectStanding
}

// ObjectStanding is how far a person is in one learning object.
type ObjectStanding struct {
	Object    course.Object
	Module    course.Module
	Number    int // from 1, in the order of the course
	State     State
	Percent   int
	Missing   course.Missing
	Progress  Progress
	Completed time.Time
}

// Stand works out how far an enrolment is.
func Stand(c *course.Course, e Enrolment) Standing {
	s := Standing{Enrolment: e, Content: c, State: Open, Planned: c.Minutes, Pending: e.Pending()}
	locked := false
	for m, o := range c.Objects() {
		s.Total++
		os := standObject(m, o.For(string(e.ID)), e.Of(o.ID), locked)
		os.Number = s.Total
		s.Objects = append(s.Objects, os)
		if os.State == Completed {
			s.Done++
			s.Minutes += o.Minutes
			continue
		}
		if s.Next == "" {
			s.Next = o.ID
		}
		locked = c.Sequential
	}
	if s.Total > 0 {
		s.Percent = s.Done * 100 / s.Total
	}
	switch {
	case !e.Completed.IsZero():
		s.State, s.Percent, s.Minutes = Completed, 100, max(s.Minutes, e.attestedMinutes()) // in a newer edition something may be new, or gone
	case !e.Started.IsZero():
		s.State = InProgress
	}
	return s
}

func standObject(m course.Module, o course.Object, p Progress, locked bool) ObjectStanding {
	s := ObjectStanding{Object: o, Module: m, State: Open, Progress: p, Completed: p.Completed, Percent: o.Percent(p.Evidence), Missing: o.Missing(p.Evidence)}
	switch {
	case !p.Completed.IsZero():
		s.State, s.Percent, s.Missing = Completed, 100, course.Missing{}
	case locked:
		s.State = Locked
	case !p.Opened.IsZero():
		s.State = InProgress
	}
	return s
}

// Of finds the standing of one object.
func (s Standing) Of(id course.ObjectID) (ObjectStanding, bool) {
	for _, o := range s.Objects {
		if o.Object.ID == id {
			return o, true
		}
	}
	return ObjectStanding{}, false
}
