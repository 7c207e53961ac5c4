package webinar

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
)

// Outcome is what came of a webinar for somebody. The first is written when it is closed; a later one supersedes the one before, for a reason.
type Outcome struct {
	Webinar ID             `json:"webinar"`
	Person  lms.PersonID   `json:"person"`
	As      lms.PersonID   `json:"as,omitempty"` // who they were known as before they turned out to be this person: what is booked and attested goes by it
	Turn    int            `json:"turn"`         // 0 for the first
	Member  lms.Membership `json:"member"`
	Minutes int            `json:"minutes"`
	Planned int            `json:"planned"`
	Percent int            `json:"percent"`
	Enough  bool           `json:"enough"` // the threshold is reached
	At      time.Time      `json:"at"`
	By      lms.PersonID   `json:"by,omitempty"`
	Reason  string         `json:"reason,omitempty"`
	Code    lms.Code       `json:"code,omitempty"`    // of the attestato
	Settled bool           `json:"settled,omitempty"` // hours, attestato, object and letter are written
}

// outcomes says how outcomes are kept.
var outcomes = lms.Noun[Outcome]{
	Name: "webinar_outcomes",
	ID:   func(o Outcome) string { return o.id() },
	Indexes: []lms.Index[Outcome]{
		{Name: "webinar", Keys: func(o Outcome) []string { return []string{fmt.Sprintf("%s/%s/%04d", o.Webinar, o.Person, o.Turn)} }},
		{Name: "person", Keys: func(o Outcome) []string { return []string{string(o.Person) + "/" + lms.TimeKey(o.At)} }},
		{Name: "unsettled", Keys: func(o Outcome) []string {
			if o.Settled {
				return nil
			}
			return []string{lms.TimeKey(o.At)}
		}},
	},
}

// id can be computed, so that one outcome is written once: two cannot follow the same one.
func (o Outcome) id() string {
	if o.Turn == 0 {
		return sheetID(o.Webinar, o.Person)
	}
	return fmt.Sprintf("%s+%d", sheetID(o.Webinar, o.Person), o.Turn)
}

// Conclude closes a webinar that is over: for everybody who had a seat or was there, their outcome is written, and what follows of it: hours in the ledger, the
// attestato, the learning objects that are this webinar, and a letter. It goes on behind the answer.
func (s *Webinars) Conclude(ctx context.Context, a lms.Actor, id ID) (Webinar, error) {
	if _, err := s.kept(ctx, a, id); err != nil {
		return Webinar{}, err
	}
	w, err := s.decide(ctx, a, id, "webinar.close", func(w *Webinar) error {
		if err := w.Permit(DeedClose, s.now()); err != nil {
			return err
		}
		if w.Held.IsZero() {
			w.Held = w.Terms.Ends
		}
		w.Closed, w.ClosedBy, w.Concluding = s.now(), a.ID, true
		return nil
	})
	if err != nil {
		return w, err
	}
	ctx = context.WithoutCancel(ctx)
	s.behind.Go(func() {
		if err := s.conclude(ctx, w); err != nil {
			s.in.Log.Error("webinar not concluded yet", "webinar", id, "err", err)
		}
	})
	return w, nil
}

// conclude writes the outcomes of a closed webinar. It may be done again.
func (s *Webinars) conclude(ctx context.Context, w Webinar) error {
	all, err := s.attendance(ctx, w)
	if err != nil {
		return err
	}
	errs := []error(nil)
	for _, a := range all {
		o := w.outcome(a, s.now())
		err := s.outcomes.Add(ctx, o)
		if lms.IsTaken(err, "id") {
			continue // the sweep settles it
		}
		if err == nil {
			err = s.settle(ctx, w, o)
		}
		errs = append(errs, err)
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	_, err = s.webinars.Change(ctx, string(w.ID), func(w *Webinar) error { w.Concluding = false; return nil })
	return err
}

// outcome is the first of somebody.
func (w Webinar) outcome(a Attended, at time.Time) Outcome {
	return Outcome{Webinar: w.ID, Person: a.Person, Member: bare(a.Member), Minutes: a.Minutes, Planned: w.Planned(), Percent: a.Percent, Enough: a.Enough, At: at}
}

// bare is a membership without what says nothing of who somebody was.
func bare(m lms.Membership) lms.Membership {
	m.Reports, m.From, m.To = nil, time.Time{}, time.Time{}
	return m
}

// chain are the outcomes of somebody in a webinar, the first first.
func (s *Webinars) chain(ctx context.Context, w ID, p lms.PersonID) ([]Outcome, error) {
	return s.outcomes.All(ctx, lms.Query{Index: "webinar", Prefix: sheetID(w, p) + "/"})
}

// reassess writes another outcome of somebody, where a closed webinar's presence adds up to something else than their last one says.
func (s *Webinars) reassess(ctx context.Context, by lms.PersonID, w Webinar, p lms.PersonID, reason string) error {
	if w.State() != Closed || p == "" {
		return nil
	}
	for {
		before, err := s.chain(ctx, w.ID, p)
		if err != nil {
			return err
		}
		o, err := s.assess(ctx, w, p)
		if err != nil {
			return err
		}
		if n := len(before); n > 0 {
			last := before[n-1]
			if last.Minutes == o.Minutes && last.Enough == o.Enough {
				return nil
			}
			o.Turn, o.Member, o.As = last.Turn+1, last.Member, last.As
		}
		o.By, o.Reason = by, reason
		err = s.outcomes.Add(ctx, o)
		if lms.IsTaken(err, "id") {
			continue // somebody else corrected them at the same time
		}
		if err != nil {
			return err
		}
		if err := s.settle(ctx, w, o); err != nil {
			s.in.Log.Error("outcome not settled yet", "outcome", o.id(), "err", err)
		}
		return nil
	}
}

// reassessAll reassesses everybody in a closed webinar.
func (s *Webinars) reassessAll(ctx context.Context, by lms.PersonID, w Webinar, reason string) error {
	if w.State() != Closed {
		return nil
	}
	all, err := s.attendance(ctx, w)
	if err != nil {
		return err
	}
	for _, a := range all {
		if err := s.reassess(ctx, by, w, a.Person, reason); err != nil {
			return err
		}
	}
	return nil
}

// assess is somebody's outcome as it would be now.
func (s *Webinars) assess(ctx context.Context, w Webinar, p lms.PersonID) (Outcome, error) {
	rows, err := s.rowsOf(ctx, w.ID, p)
	if err != nil {
		return Outcome{}, err
	}
	reported, err := s.reported(ctx, w.ID)
	if err != nil {
		return Outcome{}, err
	}
	who, err := s.in.School.People.Known(ctx, p)
	if err != nil {
		return Outcome{}, err
	}
	return w.outcome(w.attended(Attended{Person: p, Member: who.Current(w.Terms.Starts)}, rows, reported), s.now()), nil
}

// worth is what the rows of a ledger say of a chain of outcomes: the row that the last one makes, and how many there were before it. There is none where
// the last one says what the ledger says already.
func worth(chain []Outcome) (minutes, before int, row bool) {
	stands := 0
	for i, o := range chain {
		want := 0
		if o.Enough {
			want = o.Minutes
		}
		if want == stands {
			row = false
			continue
		}
		if row = true; i < len(chain)-1 {
			before++
		}
		stands = want
	}
	return stands, before, row
}

// settle writes what follows of an outcome: hours, attestato, learning object, letter. Each can be written again.
func (s *Webinars) settle(ctx context.Context, w Webinar, o Outcome) error {
	chain, err := s.chain(ctx, w.ID, o.Person)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(chain, func(c Outcome) bool { return c.Turn == o.Turn })
	chain = chain[:i+1]
	code := lms.Code("")
	if i > 0 {
		code = chain[i-1].Code
	}
	if minutes, before, row := worth(chain); row {
		if code, err = s.reward(ctx, w, o, minutes, before); err != nil {
			return err
		}
	}
	if o.Enough && s.in.Complete != nil {
		if err := s.in.Complete(ctx, o.Person, w.Slug, w.Terms.Ends); err != nil {
			return err
		}
	}
	if err := s.thank(ctx, w, o); err != nil {
		return err
	}
	_, err = s.outcomes.Change(ctx, o.id(), func(o *Outcome) error { o.Settled, o.Code = true, code; return nil })
	return err
}

// reward books the hours of an outcome, or strikes them, and has the attestato drawn, or revoked.
func (s *Webinars) reward(ctx context.Context, w Webinar, o Outcome, minutes, before int) (lms.Code, error) {
	org, err := s.in.School.Organisations.Find(ctx, w.Organisation)
	if err != nil {
		return "", err
	}
	cause := fmt.Sprintf("webinar/%s/%s", w.ID, cmp.Or(o.As, o.Person))
	by := o.By
	if s.in.Book != nil {
		err := s.in.Book(ctx, Booking{
			Cause: cause, Slug: w.Slug, Correction: before, Person: o.Person, Minutes: minutes, Area: w.Terms.Area, Title: w.Terms.Title, Provider: org.Name,
			Day: cohort.DayOf(w.Terms.Starts, s.in.Rome), By: by, Reason: o.Reason,
		})
		if err != nil {
			return "", fmt.Errorf("book hours: %w", err)
		}
	}
	if s.in.Attest == nil {
		return "", nil
	}
	code, err := s.in.Attest(ctx, Attestation{
		Cause: cause, Turn: before + 1, Issuer: w.Organisation, Person: o.Person, Member: o.Member, Title: w.Terms.Title, Series: w.Terms.Series, Minutes: minutes,
		Planned: o.Planned, Starts: w.Terms.Starts, Ends: w.Terms.Ends, Revoke: minutes == 0, By: by, Reason: o.Reason,
	})
	if err != nil {
		return "", fmt.Errorf("attest: %w", err)
	}
	return code, nil
}

// thank writes to somebody how long they were there, and what there is to read or watch; below the threshold, what is missing.
func (s *Webinars) thank(ctx context.Context, w Webinar, o Outcome) error {
	p, err := s.in.School.People.Known(ctx, o.Person)
	if err != nil {
		return unlessNotFound(err)
	}
	l := letter{cause: fmt.Sprintf("webinar/%s/outcome/%d/%s", w.ID, o.Turn, o.Person), kind: "webinar.missed", words: w.outcomeWords(o)}
	if o.Enough {
		l.kind = "webinar.thanks"
	}
	return s.send(ctx, w, p, l)
}

// sweepOutcomes settles those that a crash left.
func (s *Webinars) sweepOutcomes(ctx context.Context) error {
	left, err := s.outcomes.All(ctx, lms.Query{Index: "unsettled", Limit: 500})
	errs := []error{err}
	for _, o := range left {
		w, err := s.byID(ctx, o.Webinar)
		if err == nil {
			err = s.settle(ctx, w, o)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("outcome %s: %w", o.id(), err))
		}
	}
	return errors.Join(errs...)
}

// Outcomes lists what came of a webinar for everybody, each person's outcomes from the first to the last: for who keeps it.
func (s *Webinars) Outcomes(ctx context.Context, a lms.Actor, id ID) ([]Outcome, error) {
	w, err := s.kept(ctx, a, id)
	if err != nil {
		return nil, err
	}
	all, err := s.outcomes.All(ctx, lms.Query{Index: "webinar", Prefix: string(id) + "/"})
	if err != nil {
		return nil, err
	}
	return all, s.noted(ctx, a, w, lms.Act{Verb: "webinar.attendance"})
}

// AttendedAt says until when somebody attended a webinar long enough, by the name it has in addresses; the zero time when they did not. It asks nobody who
// they are, as lms.Attendance.
func (s *Webinars) AttendedAt(ctx context.Context, p lms.PersonID, slug string) (time.Time, error) {
	w, err := s.bySlug(ctx, slug)
	if err != nil {
		return time.Time{}, unlessNotFound(err)
	}
	chain, err := s.chain(ctx, w.ID, p)
	if err != nil || len(chain) == 0 || !chain[len(chain)-1].Enough {
		return time.Time{}, err
	}
	return w.Terms.Ends, nil
}

// MyOutcome is what came of a webinar for the actor; the zero Outcome while it is not closed.
func (s *Webinars) MyOutcome(ctx context.Context, a lms.Actor, slug string) (Outcome, error) {
	v, err := s.Find(ctx, a, slug)
	if err != nil || a.Nobody() {
		return Outcome{}, err
	}
	chain, err := s.chain(ctx, v.ID, a.ID)
	if err != nil || len(chain) == 0 {
		return Outcome{}, err
	}
	return chain[len(chain)-1], nil
}
