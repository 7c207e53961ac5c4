package webinar

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
)

// The kinds of errand, as they stand in causes.
const (
	errandMoved   = "seq"     // hour, title or link are others; its key is the sequence
	errandDay     = "day"     // a reminder a day before; its key is the start
	errandHour    = "hour"    // a reminder an hour before
	errandMessage = "message" // of those who keep it; its key is a hash of what it says on which day
)

// Errand is one letter to everybody in a webinar, for one cause. Whoever runs it again sends nothing twice.
type Errand struct {
	Webinar ID           `json:"webinar"`
	Kind    string       `json:"kind"`
	Key     string       `json:"key"`
	At      time.Time    `json:"at"`
	Until   time.Time    `json:"until,omitzero"`    // from then on it says nothing any more
	Subject string       `json:"subject,omitempty"` // of a message
	Text    string       `json:"text,omitempty"`
	By      lms.PersonID `json:"by,omitempty"`
	Done    time.Time    `json:"done,omitzero"`
}

// errands says how errands are kept.
var errands = lms.Noun[Errand]{
	Name: "webinar_errands",
	ID:   func(e Errand) string { return e.id() },
	Indexes: []lms.Index[Errand]{
		{Name: "due", Keys: func(e Errand) []string {
			if !e.Done.IsZero() {
				return nil
			}
			return []string{lms.TimeKey(e.At)}
		}},
	},
}

func (e Errand) id() string { return fmt.Sprintf("%s/%s/%s", e.Webinar, e.Kind, e.Key) }

// cause is of the letter to one person.
func (e Errand) cause(p lms.PersonID) string { return fmt.Sprintf("webinar/%s/%s", e.id(), p) }

// leave leaves an errand, once, and begins with it behind the answer.
func (s *Webinars) leave(ctx context.Context, e Errand) error {
	e.At = s.now()
	if err := s.errands.Add(ctx, e); err != nil {
		if lms.IsTaken(err, "id") {
			return nil
		}
		return err
	}
	ctx = context.WithoutCancel(ctx)
	s.behind.Go(func() {
		if err := s.run(ctx, e); err != nil {
			s.in.Log.Error("errand not done yet", "errand", e.id(), "err", err)
		}
	})
	return nil
}

// sweepErrands runs those that a crash left.
func (s *Webinars) sweepErrands(ctx context.Context) error {
	due, err := s.errands.All(ctx, lms.Query{Index: "due", Limit: 200})
	errs := []error{err}
	for _, e := range due {
		if err := s.run(ctx, e); err != nil {
			errs = append(errs, fmt.Errorf("errand %s: %w", e.id(), err))
		}
	}
	return errors.Join(errs...)
}

// run posts the letters of an errand, and notes that it is done.
func (s *Webinars) run(ctx context.Context, e Errand) error {
	w, err := s.byID(ctx, e.Webinar)
	if err != nil {
		return err
	}
	if e.meant(w, s.now()) {
		var errs []error
		for r, err := range s.in.Cohorts.Everyone(ctx, string(w.ID)) {
			if err != nil {
				return err
			}
			errs = append(errs, s.runFor(ctx, e, w, r))
		}
		if err := errors.Join(errs...); err != nil {
			return err
		}
	}
	_, err = s.errands.Change(ctx, e.id(), func(e *Errand) error { e.Done = s.now(); return nil })
	return err
}

// meant says whether an errand still says something: nobody is reminded of what was cancelled, moved away or has begun.
func (e Errand) meant(w Webinar, now time.Time) bool {
	switch {
	case w.State() == Cancelled || over(e.Until, now):
		return false
	case e.Kind == errandMoved:
		return e.Key == strconv.Itoa(w.Sequence) // a later errand tells what changed since
	case e.Kind == errandMessage:
		return true
	}
	return e.Until.Equal(w.Terms.Starts)
}

// runFor posts the letter of an errand to somebody, where it is for them.
func (s *Webinars) runFor(ctx context.Context, e Errand, w Webinar, r cohort.Registration) error {
	place := r.Place()
	waits := place == cohort.Waiting && (e.Kind == errandMoved || e.Kind == errandMessage)
	if !place.Has() && !waits {
		return nil
	}
	p, err := s.in.School.People.Known(ctx, r.Person)
	if err != nil {
		return unlessNotFound(err)
	}
	l := letter{cause: e.cause(p.ID), kind: map[string]string{
		errandMoved: "webinar.moved", errandDay: "webinar.tomorrow", errandHour: "webinar.soon", errandMessage: "webinar.message",
	}[e.Kind], until: e.Until}
	switch e.Kind {
	case errandMoved:
		l.calendar = place.Has()
	case errandHour, errandDay:
		l.enter = true
	case errandMessage:
		l.words = map[string]string{"subject": e.Subject, "text": e.Text}
	}
	return s.send(ctx, w, p, l)
}

// Message writes to everybody who is in a webinar or waits, in the words of those who keep it.
func (s *Webinars) Message(ctx context.Context, a lms.Actor, id ID, subject, text string) error {
	w, err := s.kept(ctx, a, id)
	if err != nil {
		return err
	}
	if err := w.Permit(DeedMessage, s.now()); err != nil {
		return err
	}
	f := faults{}
	f.text("subject", &subject, 150, true)
	f.text("text", &text, 3500, true)
	if err := f.err(); err != nil {
		return err
	}
	e := Errand{Webinar: w.ID, Kind: errandMessage, Key: messageKey(subject, text, cohort.DayOf(s.now(), s.in.Rome)), Subject: subject, Text: text, By: a.ID}
	if err := s.leave(ctx, e); err != nil {
		return err
	}
	return s.noted(ctx, a, w, lms.Act{Verb: "webinar.message"})
}

// messageKey makes the same message on the same day one errand, however often it is sent.
func messageKey(subject, text string, day cohort.Day) string {
	sum := sha256.Sum256([]byte(subject + "\x00" + text + "\x00" + string(day)))
	return hex.EncodeToString(sum[:8])
}
