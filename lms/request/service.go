package request

import (
	"context"
	"log/slog"
	"time"

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
	Rome    *time.Location   // Europe/Rome: deputies act on its days
	Log     *slog.Logger     // where faults are written that the sweep repairs
	Now     func() time.Time // nil means the clock
}

// Requests is what people do with requests.
type Requests struct {
	requests *lms.Records[Request]
	policies *lms.Records[Policy]
	deputies *lms.Records[Deputy]
	school   *lms.School
	cohorts  *cohort.Cohorts
	post     lms.Post
	note     lms.Note
	rome     *time.Location
	log      *slog.Logger
	now      func() time.Time
}

// Open prepares the records.
func Open(ctx context.Context, p Ports) (s *Requests, err error) {
	s = &Requests{school: p.School, cohorts: p.Cohorts, post: p.Post, note: p.Note, rome: p.Rome, log: p.Log, now: lms.Clock(p.Now)}
	if s.requests, err = lms.OpenRecords(ctx, p.Engine, requests); err != nil {
		return nil, err
	}
	if s.policies, err = lms.OpenRecords(ctx, p.Engine, policies); err != nil {
		return nil, err
	}
	s.deputies, err = lms.OpenRecords(ctx, p.Engine, deputies)
	return s, err
}

// Collections are what a backup holds of the room.
func Collections() []lms.Collection {
	return []lms.Collection{policies.Collection(), deputies.Collection(), requests.Collection()}
}

func (s *Requests) today() cohort.Day { return cohort.DayOf(s.now(), s.rome) }

func conflict(message string) error { return &lms.Error{Kind: lms.Conflict, Message: message} }

// asUnknown says of what is not there the same as of what is another's.
func asUnknown(err error, message string) error {
	if lms.Is(err, lms.NotFound) {
		return lms.Fail(lms.NotFound, message)
	}
	return err
}
