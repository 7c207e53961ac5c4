package lms_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
)

// webinar is an object of an hour that is attended.
func webinar(id course.ObjectID, name string) course.Object {
	return course.Object{ID: id, Title: string(id), Kind: course.Webinar, Webinar: name, Minutes: 60, Rule: course.Rule{Attended: true}}
}

// recorded is the same webinar with its recording.
func recorded(id course.ObjectID, name string, seconds float64, hash course.Hash) course.Object {
	o := webinar(id, name)
	o.Rule.Watched = 80
	o.Video = &course.Video{File: course.Media{Seconds: seconds, Hash: hash}, Live: true}
	return o
}

// Attendance completes the object, and with it the course, whose certificate is issued: once, whoever says it again.
func TestAttendanceCompletes(t *testing.T) {
	var told atomic.Int32
	w := newTown(t, func(p *lms.Ports) {
		p.Completed = func(context.Context, lms.Standing) error { told.Add(1); return nil }
	})
	r := openClassroom(w, lessons("corso", reading("a"), webinar("w", "agile")))
	ended := r.clock.now().Add(-time.Minute)
	r.ok(r.Learning.Attended(t.Context(), r.learner.ID, "altro", ended)) // another webinar
	r.ok(r.Learning.Attended(t.Context(), r.learner.ID, "", ended))
	if st, _ := r.standing(r.learner, r.id).Of("w"); st.State != lms.Open || !st.Missing.Attended {
		t.Errorf("%+v", st)
	}
	r.ok(r.Learning.Attended(t.Context(), r.learner.ID, "agile", ended))
	first := r.standing(r.learner, r.id)
	if st, _ := first.Of("w"); st.State != lms.Completed || !st.Progress.Evidence.Attended || first.State != lms.InProgress || first.Enrolment.Started.Before(first.Enrolment.At) {
		t.Fatalf("%+v", first)
	}
	r.clock.pass(time.Hour)
	r.ok(r.Learning.Attended(t.Context(), r.learner.ID, "agile", ended))
	if again := r.standing(r.learner, r.id); again.Enrolment.Of("w").Completed != first.Enrolment.Of("w").Completed {
		t.Error("attending again completed again")
	}
	if got := r.sent(event("a", "a", lms.Read)); got.State != lms.Completed || got.Enrolment.Certificate() == "" || told.Load() != 1 {
		t.Errorf("%+v, told %d times", got.Standing, told.Load())
	}
	other := r.person("bruno", "ala", lms.Learner)
	id := r.enrol(other, "corso")
	r.record(other, id, event("a", "a", lms.Read))
	together(t, 8, func(int) error { return r.Learning.Attended(t.Context(), other.ID, "agile", r.clock.now()) })
	if st := r.standing(other, id); st.State != lms.Completed || len(st.Enrolment.Certificates) != 1 || r.chain(t, "ala") != 2 || told.Load() < 2 { // of one completion it may be told again
		t.Errorf("attendance last: %+v, told %d times", st.Enrolment, told.Load())
	}
}

// No event of a learner says that they attended; the recording does instead, where there is one.
func TestOnlyTheServerSaysWhoAttended(t *testing.T) {
	r := openClassroom(newTown(t), lessons("corso", webinar("w", "agile"), recorded("v", "altro", 100, "h")))
	r.refused(t, lms.Invalid, "events[0].kind", event("x", "w", "attended"))
	r.refused(t, lms.Invalid, "events[0].kind", watch("x", "w", course.Interval{0, 10})) // it has no recording
	r.sent(event("o", "v", lms.Opened))
	r.clock.pass(time.Minute)
	got := r.sent(watch("w", "v", course.Interval{0, 80}))
	if st, _ := got.Of("v"); st.State != lms.Completed || st.Progress.Evidence.Attended {
		t.Errorf("%+v", st)
	}
}

// Who was there before a course had the webinar, or before they took the course, is asked for: when they enrol, and when they open the object.
func TestAttendanceFromBefore(t *testing.T) {
	there, asked, broken := map[lms.PersonID]time.Time{}, 0, false
	w := newTown(t, func(p *lms.Ports) {
		p.Attended = func(_ context.Context, id lms.PersonID, name string) (time.Time, error) {
			asked++
			if broken {
				return time.Time{}, errors.New("no answer")
			}
			if name != "agile" {
				t.Errorf("asked for %q", name)
			}
			return there[id], nil
		}
	})
	r := openClassroom(w, lessons("corso", reading("a"), webinar("w", "agile")))
	early := r.person("bruno", "ala", lms.Learner)
	there[early.ID] = r.clock.now().Add(-time.Hour)
	id := r.enrol(early, "corso")
	if st := r.standing(early, id); st.Done != 1 || !st.Enrolment.Started.Equal(st.Enrolment.At) {
		t.Errorf("%+v", st.Enrolment)
	}
	broken = true
	late := r.person("carla", "ala", lms.Learner)
	id = r.enrol(late, "corso") // nobody answers, and she is enrolled all the same
	broken, there[late.ID] = false, r.clock.now()
	asked = 0
	r.record(late, id, event("a", "a", lms.Opened))
	if asked != 0 {
		t.Error("asked at an object that is no webinar")
	}
	if got := r.record(late, id, event("o", "w", lms.Opened)); got.Done != 1 || asked != 1 {
		t.Errorf("%+v, asked %d times", got.Standing, asked)
	}
	r.record(late, id, event("p", "w", lms.Opened))
	if asked != 1 {
		t.Error("asked again of who is known to have attended")
	}
	alone := lessons("solo", webinar("w", "agile"))
	r.publish(r.author, alone)
	if st, err := r.Learning.Enrol(t.Context(), late, "solo"); err != nil || st.State != lms.Completed || st.Enrolment.Certificate() == "" {
		t.Errorf("a course that is a webinar: %+v, %v", st, err)
	}
}

// Whoever takes a course again has to attend, or watch, again: what they attended before they completed it the last time does not count twice.
func TestAttendanceCountsForOneTurn(t *testing.T) {
	r := openClassroom(newTown(t), lessons("corso", webinar("w", "agile")))
	attended := r.clock.now()
	r.clock.pass(time.Hour)
	r.ok(r.Learning.Attended(t.Context(), r.learner.ID, "agile", attended))
	p, err := r.People.Known(t.Context(), r.learner.ID)
	r.ok(err)
	r.clock.pass(365 * 24 * time.Hour)
	again, err := r.Learning.Place(t.Context(), lms.Placement{Person: p.ID, Course: "corso", Member: p.Current(r.clock.now()), Turn: 2, By: p.ID})
	r.ok(err)
	r.ok(r.Learning.Attended(t.Context(), p.ID, "agile", attended))
	if st := r.standing(r.learner, again.Enrolment.ID); st.Enrolment.Turn != 2 || st.Done != 0 {
		t.Errorf("%+v", st.Enrolment)
	}
	r.ok(r.Learning.Attended(t.Context(), p.ID, "agile", r.clock.now()))
	if st := r.standing(r.learner, again.Enrolment.ID); st.State != lms.Completed || len(st.Enrolment.Certificates) != 1 {
		t.Errorf("%+v", st.Enrolment)
	}
}

// An object before it may still be open: who was there, was.
func TestAttendanceInASequence(t *testing.T) {
	c := lessons("corso", reading("a"), webinar("w", "agile"), reading("z"))
	c.Sequential = true
	r := openClassroom(newTown(t), c)
	r.ok(r.Learning.Attended(t.Context(), r.learner.ID, "agile", r.clock.now()))
	st := r.standing(r.learner, r.id)
	if w, _ := st.Of("w"); w.State != lms.Completed || st.Next != "a" {
		t.Errorf("%+v", st)
	}
	if got := r.sent(event("a", "a", lms.Read), event("z", "z", lms.Read)); got.State != lms.Completed {
		t.Errorf("%+v", got.Standing)
	}
}

// People are moved to the edition with the recording, and later to one with another: that they were there goes with them, and back.
func TestAttendanceIsMoved(t *testing.T) {
	r := &removal{region: newRegionIn(newTown(t))}
	quizzed := func(o course.Object) course.Object {
		q := quiz("q")
		o.Questions, o.Rule.Answered = q.Questions, 100
		return o
	}
	r.publish(r.author, lessons("agile", reading("a"), quizzed(webinar("w", "incontro"))))
	id := r.enrol(r.learner, "agile")
	r.ok(r.Learning.Attended(t.Context(), r.learner.ID, "incontro", r.clock.now()))
	r.record(r.learner, id, event("a", "a", lms.Read))
	for _, c := range []struct {
		object course.Object
		stays  bool
	}{{quizzed(recorded("w", "incontro", 100, "uno")), true}, {quizzed(recorded("w", "incontro", 90, "due")), true}, {quizzed(recorded("w", "un-altro", 90, "due")), false}} {
		to := r.publish(r.author, lessons("agile", reading("a"), c.object)).Edition.Number
		got := r.move(r.admin, lms.MoveOrder{To: to, Organisation: "ala"})
		if is := r.standing(r.learner, id).Enrolment; is.Edition != to || is.Of("w").Evidence.Attended != c.stays {
			t.Errorf("edition %d: %+v", to, is.Of("w"))
		}
		if c.stays {
			continue
		}
		_, err := r.Learning.UndoMove(t.Context(), r.admin, "agile", got.Batch.ID)
		r.ok(err)
		if is := r.standing(r.learner, id).Enrolment; is.Edition != to-1 || !is.Of("w").Evidence.Attended {
			t.Errorf("back in edition %d: %+v", is.Edition, is.Of("w"))
		}
	}
}
