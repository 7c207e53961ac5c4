package webinar

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/codes"
	"aulacomune/lms/cohort"
)

// Start is what is asked to announce a webinar.
type Start struct {
	Organisation lms.OrganisationID // "" means the first whose people the actor keeps
	Capacity     int                // 0 is no limit
	Input        Input
}

// Announce makes a webinar that only those see who keep it, until they publish it.
func (s *Webinars) Announce(ctx context.Context, a lms.Actor, st Start) (Webinar, error) {
	if err := a.MustKeep(); err != nil {
		return Webinar{}, err
	}
	org, err := s.in.School.Organisations.Find(ctx, cmp.Or(st.Organisation, a.Kept()[0]))
	if err != nil || !a.Keeps(org.Within) {
		return Webinar{}, cmp.Or(unlessNotFound(err), error(lms.Wrong("organisation", "error.organisation.unknown")))
	}
	w := Webinar{ID: ID(newID()), Key: codes.Secret(), Organisation: org.ID, Within: org.Within, At: s.now(), By: a.ID, Behind: true, Places: st.Capacity}
	if w.Terms, err = s.check(ctx, w, st.Input); err != nil {
		return Webinar{}, err
	}
	if err := cohort.CheckCapacity(st.Capacity); err != nil {
		return Webinar{}, err
	}
	if w, err = s.addNamed(ctx, w); err != nil {
		return Webinar{}, err
	}
	if err := s.follow(ctx, w); err != nil {
		return Webinar{}, err
	}
	return w, s.noted(ctx, a, w, lms.Act{Verb: "webinar.announce"})
}

// addNamed adds a webinar under the first address that is free for it.
func (s *Webinars) addNamed(ctx context.Context, w Webinar) (Webinar, error) {
	base := slugOf(w.Terms.Title, string(cohort.DayOf(w.Terms.Starts, s.in.Rome)))
	w.Slug = base
	for n := 2; ; n++ {
		err := s.webinars.Add(ctx, w)
		if !lms.IsTaken(err, "slug") {
			return w, err
		}
		w.Slug = base + "-" + strconv.Itoa(n)
	}
}

// check says all that is wrong with what was typed for a webinar, and gives the terms tidied.
func (s *Webinars) check(ctx context.Context, w Webinar, in Input) (Terms, error) {
	t, f := in.terms(s.in.Rome)
	moved := !t.Starts.Equal(w.Terms.Starts) || !t.Ends.Equal(w.Terms.Ends)
	if !t.Starts.IsZero() && moved && t.Starts.Before(s.now()) {
		f.add("starts", "error.webinar.past")
	}
	known := map[string]bool{}
	for _, sp := range w.Terms.Speakers {
		known[sp.Photo] = true
	}
	for i := range t.Speakers {
		if !known[t.Speakers[i].Photo] {
			t.Speakers[i].Photo = "" // a picture comes by SetPhoto alone
		}
	}
	if t.Title != "" && !t.Starts.IsZero() {
		c := t.cohort(s.in.Rome)
		if err := f.merge(s.in.Cohorts.Check(ctx, w.Within, &c)); err != nil {
			return t, err
		}
		t.Code, t.Invited = c.Code, c.Invited
	}
	return t, cmp.Or(s.checkSeries(ctx, w, t, f), f.err())
}

// merge takes over what is wrong with some fields; another error stays.
func (f faults) merge(err error) error {
	e, ok := errors.AsType[*lms.Error](err)
	if !ok || e.Kind != lms.Invalid {
		return err
	}
	for _, field := range slices.Sorted(maps.Keys(e.Fields)) {
		f.add(field, e.Fields[field])
	}
	return nil
}

// checkSeries looks at the other dates of the series.
func (s *Webinars) checkSeries(ctx context.Context, w Webinar, t Terms, f faults) error {
	if t.Series == "" || t.Starts.IsZero() {
		return nil
	}
	w.Terms = t
	others, err := s.webinars.All(ctx, lms.Query{Index: "series", Prefix: w.seriesKey()})
	for _, o := range others {
		if o.ID != w.ID && o.State() != Cancelled && o.Terms.Starts.Before(t.Ends) && t.Starts.Before(o.Terms.Ends) {
			f.add("starts", "error.webinar.overlap")
		}
	}
	return err
}

// seriesKey begins the keys of the dates of a webinar's series.
func (w Webinar) seriesKey() string {
	return string(w.Organisation) + "/" + lms.Fold(w.Terms.Series) + "/"
}

// kept reads a webinar that the actor keeps; NotFound for whoever may not see it, Forbidden for whoever may only see it.
func (s *Webinars) kept(ctx context.Context, a lms.Actor, id ID) (Webinar, error) {
	if a.Nobody() {
		return Webinar{}, lms.Fail(lms.SignIn, "error.signin")
	}
	w, err := s.byID(ctx, id)
	if err != nil {
		return Webinar{}, err
	}
	if !a.Keeps(w.Within) {
		if _, err := s.Find(ctx, a, w.Slug); err != nil {
			return Webinar{}, err
		}
		return Webinar{}, lms.Fail(lms.Forbidden, "error.role")
	}
	return w, a.MustKeep()
}

// Revise changes what is said of a webinar. Another hour, title or link is told to everybody registered, with their calendars. From its start on the hour
// stays as it is.
func (s *Webinars) Revise(ctx context.Context, a lms.Actor, id ID, in Input) (Webinar, error) {
	w, err := s.kept(ctx, a, id)
	if err != nil {
		return w, err
	}
	t, err := s.check(ctx, w, in)
	if err != nil {
		return w, err
	}
	verb := "webinar.revise"
	if w.shown(t) != w.shown(w.Terms) {
		verb = "webinar.move"
	}
	return s.decide(ctx, a, id, verb, func(w *Webinar) error {
		now := s.now()
		if err := w.Permit(DeedRevise, now); err != nil {
			return err
		}
		if w.shown(t) != w.shown(w.Terms) {
			if err := w.Permit(DeedMove, now); err != nil {
				return err
			}
			if w.State() == Published {
				w.Sequence++
			}
		}
		w.Terms = t
		return w.whole(s.in.Room != nil)
	})
}

// shown is what stands in calendars of a webinar with such terms.
func (w Webinar) shown(t Terms) string {
	return strings.Join([]string{t.Title, t.Link, lms.TimeKey(t.Starts), lms.TimeKey(t.Ends)}, "\n")
}

// whole says what a published webinar lacks.
func (w Webinar) whole(rooms bool) error {
	f := faults{}
	if w.State() != Draft {
		if w.Terms.Link == "" && !rooms {
			f.add("link", "error.required")
		}
		if len(w.Terms.Ways) == 0 {
			f.add("ways", "error.required")
		}
	}
	return f.err()
}

// Move lets a webinar take place at another hour.
func (s *Webinars) Move(ctx context.Context, a lms.Actor, id ID, starts, ends Moment) (Webinar, error) {
	w, err := s.kept(ctx, a, id)
	if err != nil {
		return w, err
	}
	in := InputOf(w.Terms, s.in.Rome)
	if !w.Terms.Closes.IsZero() { // as long before the start as it was
		if at, wrong := starts.At(s.in.Rome); wrong == "" && !at.IsZero() {
			in.Closes = MomentOf(at.Add(w.Terms.Closes.Sub(w.Terms.Starts)), s.in.Rome)
		}
	}
	in.Starts, in.Ends = starts, ends
	return s.Revise(ctx, a, id, in)
}

// SetMaterial changes what there is to read or watch besides, also when all is over.
func (s *Webinars) SetMaterial(ctx context.Context, a lms.Actor, id ID, m []Material) (Webinar, error) {
	w, err := s.kept(ctx, a, id)
	if err != nil {
		return w, err
	}
	f, t := faults{}, Terms{Material: m}
	t.people(f)
	if err := f.err(); err != nil {
		return w, err
	}
	return s.decide(ctx, a, id, "webinar.revise", func(w *Webinar) error {
		w.Terms.Material = t.Material
		return w.Permit(DeedMaterial, s.now())
	})
}

// Resize changes how many seats there are; never to fewer than are taken. Who waits is seated at once where seats become free.
func (s *Webinars) Resize(ctx context.Context, a lms.Actor, id ID, capacity int) error {
	w, err := s.kept(ctx, a, id)
	if err != nil {
		return err
	}
	if err := w.Permit(DeedMove, s.now()); err != nil {
		return err
	}
	if err := s.in.Cohorts.Reseat(ctx, string(id), capacity); err != nil {
		return err
	}
	return s.noted(ctx, a, w, lms.Act{Verb: "webinar.resize"})
}

// Publish shows a webinar to those it is for, and lets them register.
func (s *Webinars) Publish(ctx context.Context, a lms.Actor, id ID) (Webinar, error) {
	if _, err := s.kept(ctx, a, id); err != nil {
		return Webinar{}, err
	}
	return s.decide(ctx, a, id, "webinar.publish", func(w *Webinar) error {
		if err := w.Permit(DeedPublish, s.now()); err != nil {
			return err
		}
		if !s.now().Before(w.closes()) {
			return lms.Wrong("closes", "error.webinar.closed.already")
		}
		w.Published = s.now()
		return w.whole(s.in.Room != nil)
	})
}

// maxReason is how long a reason may be, in bytes.
const maxReason = 1000

func reasonGiven(reason string) (string, error) {
	f := faults{}
	f.text("reason", &reason, maxReason, true)
	return reason, f.err()
}

// Cancel says that a webinar does not take place, and why: everybody in it is told, and it goes from their calendars. It cannot be taken back.
func (s *Webinars) Cancel(ctx context.Context, a lms.Actor, id ID, reason string) (Webinar, error) {
	if _, err := s.kept(ctx, a, id); err != nil {
		return Webinar{}, err
	}
	reason, err := reasonGiven(reason)
	if err != nil {
		return Webinar{}, err
	}
	return s.decide(ctx, a, id, "webinar.cancel", func(w *Webinar) error {
		if err := w.Permit(DeedCancel, s.now()); err != nil {
			return err
		}
		w.Cancelled, w.Reason = s.now(), reason
		w.Sequence++
		w.Told = w.Sequence // by what happens to everybody's seat
		return nil
	})
}

// Hold says that a webinar took place. It comes by itself when it is over.
func (s *Webinars) Hold(ctx context.Context, a lms.Actor, id ID) (Webinar, error) {
	if _, err := s.kept(ctx, a, id); err != nil {
		return Webinar{}, err
	}
	return s.decide(ctx, a, id, "webinar.hold", func(w *Webinar) error {
		if err := w.Permit(DeedHold, s.now()); err != nil {
			return err
		}
		w.Held = s.now()
		return nil
	})
}

// decide changes a webinar, lets what hangs on it follow, and notes the act. What cannot follow now is left to the sweep.
func (s *Webinars) decide(ctx context.Context, a lms.Actor, id ID, verb string, change func(*Webinar) error) (Webinar, error) {
	w, err := s.webinars.Change(ctx, string(id), func(w *Webinar) error {
		if err := change(w); err != nil {
			return err
		}
		w.Changes++
		w.Behind = true
		return nil
	})
	if err != nil {
		return w, err
	}
	if err := s.follow(ctx, w); err != nil {
		s.in.Log.Error("webinar not followed yet", "webinar", id, "err", err)
	}
	return w, s.noted(ctx, a, w, lms.Act{Verb: verb})
}

// follow brings the cohort of a webinar in line with it, and leaves an errand to tell everybody what their calendars do not know. It may be done again.
func (s *Webinars) follow(ctx context.Context, w Webinar) error {
	if err := s.in.Cohorts.Host(ctx, w.hosting(s.in.Rome), w.Places); err != nil {
		return err
	}
	if w.Sequence > w.Told && w.State() != Cancelled {
		if err := s.leave(ctx, Errand{Webinar: w.ID, Kind: errandMoved, Key: strconv.Itoa(w.Sequence), Until: w.Terms.Starts}); err != nil {
			return err
		}
	}
	_, err := s.webinars.Change(ctx, string(w.ID), func(now *Webinar) error {
		if now.Changes == w.Changes {
			now.Behind, now.Told = false, max(now.Told, w.Sequence)
		}
		return nil
	})
	return err
}

// sweepWebinars does what is due of webinars by now.
func (s *Webinars) sweepWebinars(ctx context.Context) error {
	due, err := s.webinars.All(ctx, lms.Query{Index: "due", To: lms.TimeKey(s.now()) + "~", Limit: 500})
	errs := []error{err}
	for _, w := range due {
		errs = append(errs, s.sweepWebinar(ctx, w))
	}
	return errors.Join(errs...)
}

func (s *Webinars) sweepWebinar(ctx context.Context, w Webinar) error {
	if w.Behind {
		if err := s.follow(ctx, w); err != nil {
			return err
		}
	}
	if w.Concluding {
		return s.conclude(ctx, w)
	}
	if w.State() != Published {
		return nil
	}
	return s.passTime(ctx, w)
}

// passTime leaves the errands of reminders that are due, and says that a webinar took place once it is over. A reminder that would say nothing new any more
// is left out, and none goes out once it has begun.
func (s *Webinars) passTime(ctx context.Context, w Webinar) error {
	now, starts := s.now(), w.Terms.Starts
	day := !w.DayTold.Equal(starts) && !now.Before(starts.Add(-dayBefore))
	hour := !w.HourTold.Equal(starts) && !now.Before(starts.Add(-hourBefore))
	key := strconv.FormatInt(starts.Unix(), 10)
	if day && now.Before(starts.Add(-tooLateADay)) {
		if err := s.leave(ctx, Errand{Webinar: w.ID, Kind: errandDay, Key: key, Until: starts}); err != nil {
			return err
		}
	}
	if hour && now.Before(starts) {
		if err := s.leave(ctx, Errand{Webinar: w.ID, Kind: errandHour, Key: key, Until: starts}); err != nil {
			return err
		}
	}
	_, err := s.webinars.Change(ctx, string(w.ID), func(x *Webinar) error {
		if x.State() != Published || !x.Terms.Starts.Equal(starts) {
			return nil
		}
		if day {
			x.DayTold = starts
		}
		if hour {
			x.HourTold = starts
		}
		if !now.Before(x.Terms.Ends) {
			x.Held = x.Terms.Ends
		}
		return nil
	})
	return err
}

// over is a moment after which an errand says nothing any more; zero is never.
func over(until, now time.Time) bool { return !until.IsZero() && !now.Before(until) }
