package plan

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"strings"
	"sync"
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
	Objects lms.Objects // where files of people lie until they are given
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
	files       *lms.Records[File]
	objects     lms.Objects
	school      *lms.School
	cohorts     *cohort.Cohorts
	post        lms.Post
	note        lms.Note
	rome        *time.Location
	log         *slog.Logger
	now         func() time.Time

	ctx     context.Context // of what goes on behind whoever asked
	stop    context.CancelFunc
	running sync.WaitGroup
}

// Open prepares the records. Close it: a file that is being given stops between two rows, and goes on after the next start.
func Open(ctx context.Context, p Ports) (s *Plans, err error) {
	s = &Plans{objects: p.Objects, school: p.School, cohorts: p.Cohorts, post: p.Post, note: p.Note, rome: p.Rome, log: p.Log, now: lms.Clock(p.Now)}
	if s.assignments, err = lms.OpenRecords(ctx, p.Engine, assignments); err != nil {
		return nil, err
	}
	if s.rules, err = lms.OpenRecords(ctx, p.Engine, rules); err != nil {
		return nil, err
	}
	s.ctx, s.stop = context.WithCancel(context.WithoutCancel(ctx))
	s.files, err = lms.OpenRecords(ctx, p.Engine, files)
	return s, err
}

// Close stops what goes on behind whoever asked.
func (s *Plans) Close() error {
	s.stop()
	s.running.Wait()
	return nil
}

// Collections are what a backup holds of the room.
func Collections() []lms.Collection {
	return []lms.Collection{rules.Collection(), assignments.Collection(), files.Collection()}
}

// Today is the day it is in Italy.
func (s *Plans) Today() cohort.Day { return cohort.DayOf(s.now(), s.rome) }

// Sweep does what is due: letters that a crash left, days that are near or passed, courses to be repeated, rules that were not applied today,
// and files that are being given.
func (s *Plans) Sweep(ctx context.Context) error {
	return errors.Join(s.sweepRules(ctx), s.sweepAssignments(ctx), s.sweepFiles(ctx))
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
