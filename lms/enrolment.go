package lms

import (
	"context"
	"fmt"
	"slices"
	"time"

	"aulacomune/course"
)

// EnrolmentID names an enrolment.
type EnrolmentID string

// Enrolment is a person who takes one edition of a course, with the evidence of what they did. Evidence only grows, and a completion is never taken back.
type Enrolment struct {
	ID           EnrolmentID                   `json:"id"`
	Course       course.Slug                   `json:"course"`
	Owner        OrganisationID                `json:"owner"` // of the course: it issues the certificate
	Edition      int                           `json:"edition"`
	Hash         course.Hash                   `json:"hash"`
	Person       PersonID                      `json:"person"`
	Turn         int                           `json:"turn"`   // 1 the first time a person takes the course
	Member       Membership                    `json:"member"` // who the person was when enrolled
	Name         string                        `json:"name"`   // folded, to list by
	At           time.Time                     `json:"at"`
	By           PersonID                      `json:"by"`
	Started      time.Time                     `json:"started,omitzero"`
	Progress     map[course.ObjectID]*Progress `json:"progress,omitempty"`
	Completed    time.Time                     `json:"completed,omitzero"`
	Certificates []Code                        `json:"certificates,omitempty"` // the latest last
	Moves        []Move                        `json:"moves,omitempty"`        // from edition to edition, the latest last
	Told         bool                          `json:"told,omitempty"`         // whoever keeps account of hours knows of the completion
}

// Progress is what a learner did in one object.
type Progress struct {
	Opened    time.Time       `json:"opened"` // the server's time
	Evidence  course.Evidence `json:"evidence"`
	Attempts  []Attempt       `json:"attempts,omitempty"`
	Completed time.Time       `json:"completed,omitzero"`
}

// attemptsLife is how long an attempt counts against an object's limit: who has used them up sleeps on it, and nobody is locked out for good.
const attemptsLife = 24 * time.Hour

// AttemptsLeft is how often an object's questions may still be answered now, where it sets a limit.
func (p Progress) AttemptsLeft(o course.Object, now time.Time) int {
	left := o.Attempts
	for _, a := range p.Attempts {
		if now.Sub(a.At) < attemptsLife {
			left--
		}
	}
	return max(0, left)
}

// Again is when an object's questions may be answered again; the zero time when that is now.
func (p Progress) Again(o course.Object, now time.Time) time.Time {
	if o.Attempts == 0 || p.AttemptsLeft(o, now) > 0 {
		return time.Time{}
	}
	return p.Attempts[len(p.Attempts)-o.Attempts].At.Add(attemptsLife)
}

// Attempt is one answer to questions, kept with its id: the same id again is the same attempt.
type Attempt struct {
	ID      string                              `json:"id"`
	At      time.Time                           `json:"at"`
	Answers map[course.QuestionID]course.Answer `json:"answers"`
}

// enrolments says how enrolments are kept.
var enrolments = Noun[Enrolment]{
	Name:   "enrolments",
	ID:     func(e Enrolment) string { return string(e.ID) },
	Shared: 2048,
	Clone:  Enrolment.clone,
	Indexes: []Index[Enrolment]{
		{Name: "person", Keys: func(e Enrolment) []string { return []string{string(e.Person)} }},
		{Name: "taking", Unique: true, Version: 1, Keys: func(e Enrolment) []string { return []string{takingKey(e.Course, e.Person, e.Turn)} }},
		{Name: "within", Many: true, Keys: func(e Enrolment) []string {
			var keys []string
			for _, o := range e.Member.Within {
				keys = append(keys, string(o)+"/"+string(e.Course)+"/"+e.Name)
			}
			return keys
		}},
		{Name: "ente", Keys: func(e Enrolment) []string { return []string{string(e.Member.Organisation) + "/" + TimeKey(e.Turned())} }},
		{Name: "edition", Many: true, Keys: func(e Enrolment) []string {
			keys := []string{editionIndex("", e.Course, e.Edition) + e.Name}
			for _, o := range e.Member.Within {
				keys = append(keys, editionIndex(o, e.Course, e.Edition)+e.Name)
			}
			return keys
		}},
		{Name: "batch", Many: true, Keys: func(e Enrolment) []string {
			var keys []string
			for _, m := range e.Moves {
				if m.Undone.IsZero() {
					keys = append(keys, string(m.Batch))
				}
			}
			return keys
		}},
		{Name: "pending", Keys: func(e Enrolment) []string {
			if e.Pending() {
				return []string{string(e.Owner)}
			}
			return nil
		}},
		{Name: "untold", Keys: func(e Enrolment) []string {
			if len(e.Certificates) > 0 && !e.Told {
				return []string{string(e.Owner)}
			}
			return nil
		}},
	},
	Upgrades: []Upgrade{
		asItIs, // people may be moved: a program that does not know that would forget from where
		asItIs, // they may have attended webinars: it would forget that
	},
}

// Turned is when the enrolment last turned from one state into the next: begun, started, completed.
func (e Enrolment) Turned() time.Time {
	return slices.MaxFunc([]time.Time{e.At, e.Started, e.Completed}, time.Time.Compare)
}

// editionIndex begins the keys of the people of an organisation, or with "" of everybody, who take one edition of a course. The editions stand in
// their order.
func editionIndex(org OrganisationID, c course.Slug, number int) string {
	return fmt.Sprintf("%s/%s/%06d/", org, c, number)
}

func takingKey(c course.Slug, p PersonID, turn int) string {
	return fmt.Sprintf("%s/%s/%03d", c, p, turn)
}

// clone is a copy to which events can be applied while others read the original: evidence is replaced as a whole, lists only grow.
func (e Enrolment) clone() Enrolment {
	progress := make(map[course.ObjectID]*Progress, len(e.Progress))
	for id, p := range e.Progress {
		c := *p
		c.Attempts = slices.Clip(c.Attempts)
		progress[id] = &c
	}
	if e.Progress != nil {
		e.Progress = progress
	}
	e.Certificates, e.Moves = slices.Clip(e.Certificates), slices.Clone(e.Moves)
	return e
}

// Pending says that the course is completed and its certificate not yet issued.
func (e Enrolment) Pending() bool { return !e.Completed.IsZero() && len(e.Certificates) == 0 }

// Of is the progress in one object; the zero Progress before it was opened.
func (e Enrolment) Of(id course.ObjectID) Progress {
	if p := e.Progress[id]; p != nil {
		return *p
	}
	return Progress{}
}

// Certificate is the code of the latest certificate, "" before there is one.
func (e Enrolment) Certificate() Code {
	if n := len(e.Certificates); n > 0 {
		return e.Certificates[n-1]
	}
	return ""
}

// object is one of the enrolment's learning objects, with the questions that are asked of this person.
func (e Enrolment) object(c *course.Course, id course.ObjectID) (course.Object, bool) {
	o, ok := c.Object(id)
	return o.For(string(e.ID)), ok
}

// Locked says whether an object waits for one before it. Only courses that are taken in order have such objects.
func (e Enrolment) Locked(c *course.Course, id course.ObjectID) bool {
	if !c.Sequential {
		return false
	}
	for _, o := range c.Objects() {
		if o.ID == id {
			return false
		}
		if e.Of(o.ID).Completed.IsZero() {
			return true
		}
	}
	return false
}

// tell hands a completed course to whoever keeps account of hours, and notes that it did. A failure is logged and left to the sweep.
func (s *Learning) tell(ctx context.Context, e Enrolment) Enrolment {
	if s.completed == nil || e.Told {
		return e
	}
	st, err := s.standing(ctx, e.attested(), nil)
	if err == nil {
		err = s.completed(ctx, st)
	}
	if err == nil {
		var told Enrolment
		if told, err = s.enrolments.Change(ctx, string(e.ID), func(e *Enrolment) error { e.Told = true; return nil }); err == nil {
			return told
		}
	}
	s.log.Error("hours not booked yet", "enrolment", e.ID, "err", err)
	return e
}
