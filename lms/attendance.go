package lms

import (
	"context"
	"time"

	"aulacomune/course"
)

// Attendance says when somebody attended a webinar long enough, by the name that the webinar has in addresses; the zero time when they did not. Whoever
// keeps attendance answers it.
type Attendance func(ctx context.Context, p PersonID, webinar string) (time.Time, error)

// Attended notes that somebody attended a webinar: in every course that they take, in whose edition an object is that webinar, the object's rule has that
// part. What is completed by it is completed, and certified, as by anything else. Again it changes nothing. It asks nobody who they are: whoever closes
// a webinar decided it, and it is never taken back.
func (s *Learning) Attended(ctx context.Context, p PersonID, webinar string, at time.Time) error {
	all, err := s.enrolments.All(ctx, Query{Index: "person", Equal: string(p)})
	if err != nil {
		return err
	}
	for _, e := range all {
		last, ok, err := s.Taken(ctx, p, e.Course)
		if err == nil && ok && last.ID == e.ID {
			_, err = s.attend(ctx, e, webinar, at)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// attend notes in one enrolment that the person attended a webinar.
func (s *Learning) attend(ctx context.Context, e Enrolment, webinar string, at time.Time) (Enrolment, error) {
	since, err := s.since(ctx, e)
	if err != nil || !at.After(since) {
		return e, err
	}
	c, err := s.library.Open(ctx, e.Hash)
	if err != nil || !e.lacks(c, webinar) {
		return e, err
	}
	_, e, err = s.within(ctx, e, func(c *course.Course, e *Enrolment) error {
		e.attend(c, webinar, at, s.now())
		return nil
	})
	if err == nil && e.Pending() {
		e = s.certify(ctx, e)
	}
	return e, err
}

// since is the moment from which a webinar counts for an enrolment: for whoever takes a course again, when they completed it the last time.
func (s *Learning) since(ctx context.Context, e Enrolment) (time.Time, error) {
	if e.Turn == 1 {
		return time.Time{}, nil
	}
	all, err := s.Turns(ctx, e.Person, e.Course)
	var since time.Time
	for _, before := range all {
		if before.Turn == e.Turn-1 {
			since = before.Completed
		}
	}
	return since, err
}

// recall asks whether the person attended the webinars of their edition before they took the course, or before it had them. That nobody can tell now is
// logged and keeps nothing waiting: it is asked again whenever such an object is opened.
func (s *Learning) recall(ctx context.Context, e Enrolment) Enrolment {
	if s.attendance == nil {
		return e
	}
	c, err := s.library.Open(ctx, e.Hash)
	if err != nil {
		s.log.Error("attendance not asked", "enrolment", e.ID, "err", err)
		return e
	}
	for _, o := range c.Objects() {
		name := e.awaits(c, o.ID)
		if name == "" {
			continue
		}
		at, err := s.attendance(ctx, e.Person, name)
		if err == nil && !at.IsZero() {
			e, err = s.attend(ctx, e, name, at)
		}
		if err != nil {
			s.log.Error("attendance not known yet", "enrolment", e.ID, "webinar", name, "err", err)
		}
	}
	return e
}

// awaits is the webinar of an object that the person is not known to have attended; "" for an object that is none, or done.
func (e Enrolment) awaits(c *course.Course, id course.ObjectID) string {
	o, _ := c.Object(id)
	if p := e.Of(id); p.Evidence.Attended || !p.Completed.IsZero() {
		return ""
	}
	return o.Webinar
}

// lacks says whether a webinar's attendance is still to be noted in some object.
func (e Enrolment) lacks(c *course.Course, webinar string) bool {
	for _, o := range c.Objects() {
		if webinar != "" && o.Webinar == webinar && !e.Of(o.ID).Evidence.Attended {
			return true
		}
	}
	return false
}

// attend notes the attendance in every object that is this webinar, though an object before it may still be open: somebody who was there, was. A course
// is begun by it, at the earliest when it was taken.
func (e *Enrolment) attend(c *course.Course, webinar string, at, now time.Time) {
	for _, o := range c.Objects() {
		if o.Webinar != webinar || e.Of(o.ID).Evidence.Attended {
			continue
		}
		if e.Started.IsZero() {
			e.Started = latest(e.At, earliest(at, now))
		}
		e.open(o.ID, now).Evidence.Attended = true
		o, _ = e.object(c, o.ID)
		e.settle(c, o, now)
	}
}

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
