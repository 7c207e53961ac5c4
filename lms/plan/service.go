package plan

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"strings"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/cohort"
)

// Ports is what the room needs from outside.
type Ports struct {
	Engine  lms.Engine
	School  *lms.School
	Cohorts *cohort.Cohorts
	Post    lms.Post
	Note    lms.Note
	Rome    *time.Location   // Europe/Rome: days are counted there
	Log     *slog.Logger     // where faults are written that the sweep repairs
	Now     func() time.Time // nil means the clock
}

// Plans is what people do with assignments and rules.
type Plans struct {
	assignments *lms.Records[Assignment]
	rules       *lms.Records[Rule]
	school      *lms.School
	cohorts     *cohort.Cohorts
	post        lms.Post
	note        lms.Note
	rome        *time.Location
	log         *slog.Logger
	now         func() time.Time
}

// Open prepares the records.
func Open(ctx context.Context, p Ports) (s *Plans, err error) {
	s = &Plans{school: p.School, cohorts: p.Cohorts, post: p.Post, note: p.Note, rome: p.Rome, log: p.Log, now: lms.Clock(p.Now)}
	if s.assignments, err = lms.OpenRecords(ctx, p.Engine, assignments); err != nil {
		return nil, err
	}
	s.rules, err = lms.OpenRecords(ctx, p.Engine, rules)
	return s, err
}

// Collections are what a backup holds of the room.
func Collections() []lms.Collection {
	return []lms.Collection{rules.Collection(), assignments.Collection()}
}

// Today is the day it is in Italy.
func (s *Plans) Today() cohort.Day { return cohort.DayOf(s.now(), s.rome) }

// Sweep does what is due: letters that a crash left, days that are near or passed, courses to be repeated, and rules that were not applied today.
func (s *Plans) Sweep(ctx context.Context) error {
	return errors.Join(s.sweepRules(ctx), s.sweepAssignments(ctx))
}

func newID() string { return strings.ToLower(rand.Text()[:16]) }

func conflict(message string) error { return &lms.Error{Kind: lms.Conflict, Message: message} }

func unlessNotFound(err error) error {
	if lms.Is(err, lms.NotFound) {
		return nil
	}
	return err
}

// duty is how somebody stands with an assignment today.
func (s *Plans) duty(ctx context.Context, x Assignment) (Duty, History, error) {
	h, err := s.history(ctx, x.Person, x.Course)
	h.Waived = x.Waived
	return x.Terms.Of(h, s.Today()), h, err
}

// history is what somebody did about a course.
func (s *Plans) history(ctx context.Context, p lms.PersonID, slug course.Slug) (h History, err error) {
	all, err := s.school.Learning.Turns(ctx, p, slug)
	for _, e := range all {
		if !e.Completed.IsZero() {
			h.Completed = append(h.Completed, cohort.DayOf(e.Completed, s.rome))
		}
		h.Started = e.Completed.IsZero() && !e.Started.IsZero()
	}
	return h, err
}

// mayAssign refuses who neither keeps people nor manages any.
func mayAssign(a lms.Actor) error {
	if err := a.Must(lms.Learner); err != nil {
		return err
	}
	if len(a.Kept()) == 0 && !a.Is(lms.Manager) {
		return lms.Fail(lms.Forbidden, "error.role")
	}
	return nil
}
