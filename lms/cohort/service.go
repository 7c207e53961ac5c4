package cohort

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/memory"
)

// Ports is what the room needs from outside.
type Ports struct {
	Engine  lms.Engine
	School  *lms.School
	Post    lms.Post
	Webinar WebinarSeat // what happened to the seats of webinars; nil where there are none
	Note    lms.Note
	Rome    *time.Location   // Europe/Rome: cohorts count their days there
	Log     *slog.Logger     // where faults are written that the sweep repairs
	Now     func() time.Time // nil means the clock
}

// Cohorts is what people do with cohorts.
type Cohorts struct {
	cohorts       *lms.Records[Cohort]
	seats         *lms.Records[Seats]
	registrations *lms.Records[Registration]
	groups        *lms.Records[Group]
	accesses      *lms.Records[Access]
	school        *lms.School
	post          lms.Post
	webinar       WebinarSeat
	note          lms.Note
	guesses       *memory.Throttle
	rome          *time.Location
	log           *slog.Logger
	now           func() time.Time
	rush          rush
	settling      settling
	behind        sync.WaitGroup // what is written behind the answers
}

// freeGuesses is how many wrong access codes cost a person nothing.
const freeGuesses = 5

// Open prepares the records.
func Open(ctx context.Context, p Ports) (s *Cohorts, err error) {
	s = &Cohorts{
		school: p.School, post: p.Post, webinar: p.Webinar, note: p.Note, rome: p.Rome, log: p.Log,
		guesses: memory.NewThrottle(freeGuesses, lms.Fail(lms.TooMany, "error.toomany")),
		now:     lms.Clock(p.Now), rush: rush{waiting: map[ID][]*decision{}}, settling: settling{m: map[ID]bool{}},
	}
	if s.cohorts, err = lms.OpenRecords(ctx, p.Engine, cohorts); err != nil {
		return nil, err
	}
	if s.seats, err = lms.OpenRecords(ctx, p.Engine, seatings); err != nil {
		return nil, err
	}
	if s.registrations, err = lms.OpenRecords(ctx, p.Engine, registrations); err != nil {
		return nil, err
	}
	if s.groups, err = lms.OpenRecords(ctx, p.Engine, groups); err != nil {
		return nil, err
	}
	s.accesses, err = lms.OpenRecords(ctx, p.Engine, accesses)
	return s, err
}

// Collections are what a backup holds of the room: what is cited before what cites it.
func Collections() []lms.Collection {
	return []lms.Collection{cohorts.Collection(), seatings.Collection(), registrations.Collection(), groups.Collection(), accesses.Collection()}
}

// Today is the day it is in Italy.
func (s *Cohorts) Today() Day { return DayOf(s.now(), s.rome) }

// Sweep does what is left to do now and then: registrations that a crash left unwritten, and enrolments whose cohort begins today. What cannot be done
// keeps nothing else waiting.
func (s *Cohorts) Sweep(ctx context.Context) error {
	return errors.Join(s.sweepBehind(ctx), s.sweepSeats(ctx), s.sweepBeginnings(ctx))
}

func newID() string { return strings.ToLower(rand.Text()[:16]) }

// actor is somebody as they may act now.
func (s *Cohorts) actor(ctx context.Context, id lms.PersonID) (lms.Actor, lms.Person, error) {
	p, err := s.school.People.Known(ctx, id)
	return lms.ActorOf(p, s.now(), lms.Everything), p, err
}

// noted writes an act of staff into the log. The act is done: a fault there is reported at the top, and does not undo it.
func (s *Cohorts) noted(ctx context.Context, a lms.Actor, act lms.Act) error {
	if err := s.note(ctx, a, act); err != nil {
		return fmt.Errorf("note %s of %s: %w", act.Verb, act.Object, err)
	}
	return nil
}

// unlessNotFound is an error that is not of something missing.
func unlessNotFound(err error) error {
	if lms.Is(err, lms.NotFound) {
		return nil
	}
	return err
}
