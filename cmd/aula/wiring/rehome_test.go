package wiring

import (
	"strings"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/ledger"
	"aulacomune/lms/webinar"
	"aulacomune/storage/storagetest"
)

// was says that somebody was at the webinar from one minute of it to another.
func (s *stage) was(a lms.Actor, from, to int) {
	s.t.Helper()
	s.ok(s.Webinars.Mark(s.t.Context(), s.admin, s.webinar.ID, a.ID, webinar.Hand{
		From: s.starts.Add(time.Duration(from) * time.Minute), To: s.starts.Add(time.Duration(to) * time.Minute), Reason: "Elenco firmato in sala",
	}))
}

// merged makes two people one, twice, and sweeps.
func (s *stage) merged(keep, double lms.Actor) lms.Actor {
	s.t.Helper()
	for range 2 {
		_, err := s.Roll.Merge(s.t.Context(), s.admin, keep.ID, double.ID)
		s.ok(err)
	}
	s.settle()
	s.ok(s.Sweep(s.t.Context()))
	p, err := s.School.People.Known(s.t.Context(), keep.ID)
	s.ok(err)
	return lms.ActorOf(p, s.now(), lms.Everything)
}

// Two who turn out to be one: what one of them has of a webinar is the other's; where both were there, their time counts together and is attested once.
func TestPeopleOfWebinarsAreMerged(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store storagetest.Store) {
		s := staged(t, store, nil)
		ada2, bea2 := s.person("ada2", lms.Learner), s.person("bea2", lms.Learner)
		for _, a := range []lms.Actor{s.ada, ada2, bea2} {
			_, err := s.Webinars.Register(t.Context(), a, s.webinar.Slug, "", nil)
			s.ok(err)
		}
		s.settle()
		s.set(s.ends.Add(time.Hour))
		s.was(s.ada, 0, 60)
		s.was(ada2, 10, 120)
		s.was(bea2, 0, 100)
		_, err := s.Webinars.Conclude(t.Context(), s.admin, s.webinar.ID)
		s.ok(err)
		s.settle()
		ada, bea := s.merged(s.ada, ada2), s.merged(s.bea, bea2)
		for _, c := range []struct {
			who     lms.Actor
			minutes int
		}{{ada, 120}, {bea, 100}} {
			o, err := s.Webinars.MyOutcome(t.Context(), c.who, s.webinar.Slug)
			if err != nil || o.Minutes != c.minutes || !o.Enough || o.Code == "" || !o.Settled {
				t.Errorf("%s: %+v, %v", c.who.Name, o, err)
			}
			if v, err := s.School.Register.Verify(t.Context(), string(o.Code)); err != nil || v.State != lms.Valid {
				t.Errorf("%s: the attestato is %v, %v", c.who.Name, v.State, err)
			}
			if acc := s.year(c.who); acc.Minutes != c.minutes || acc.Kinds[ledger.Webinar] != c.minutes {
				t.Errorf("%s: %d minutes of %+v", c.who.Name, acc.Minutes, acc.Rows)
			}
			if at, err := s.Webinars.AttendedAt(t.Context(), c.who.ID, s.webinar.Slug); err != nil || at.IsZero() {
				t.Errorf("%s: attended %v, %v", c.who.Name, at, err)
			}
		}
		all, err := s.Webinars.Attendance(t.Context(), s.admin, s.webinar.ID)
		if err != nil || len(all) != 2 || all[0].Minutes != 120 || all[1].Minutes != 100 {
			t.Errorf("attendance: %+v, %v", all, err)
		}
		s.was(bea, 0, 110) // a correction goes on from what was booked before
		if acc := s.year(bea); acc.Minutes != 110 {
			t.Errorf("corrected: %d minutes of %+v", acc.Minutes, acc.Rows)
		}
		if told, err := s.Webinars.About(t.Context(), bea2.ID); err != nil || len(told.Presences)+len(told.Outcomes)+len(told.Sheets) > 0 {
			t.Errorf("left behind: %+v, %v", told, err)
		}
	})
}

// A seat goes with its person, who is never in a webinar twice; who waits gets the seat that becomes free. Links of letters go on working.
func TestSeatsOfPeopleWhoAreMerged(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store storagetest.Store) {
		s := staged(t, store, nil)
		s.ok(s.Webinars.Resize(t.Context(), s.admin, s.webinar.ID, 2))
		ada2, bea2, carla := s.person("ada2", lms.Learner), s.person("bea2", lms.Learner), s.person("carla", lms.Learner)
		for _, a := range []lms.Actor{ada2, bea2, carla, s.ada} {
			_, err := s.Webinars.Register(t.Context(), a, s.webinar.Slug, "", nil)
			s.ok(err)
		}
		s.settle()
		before, err := s.Webinars.MyPlace(t.Context(), ada2, s.webinar.Slug)
		s.ok(err)
		ada, bea := s.merged(s.ada, ada2), s.merged(s.bea, bea2)
		for _, a := range []lms.Actor{ada, bea} {
			if v, err := s.Webinars.Find(t.Context(), a, s.webinar.Slug); err != nil || v.Mine != cohort.Seated || v.Seated != 2 || v.Waiting != 1 {
				t.Errorf("%s is %q among %d and %d, %v", a.Name, v.Mine, v.Seated, v.Waiting, err)
			}
			if mine, err := s.Webinars.Mine(t.Context(), a); err != nil || len(mine) != 1 || !mine[0].Place.Has() {
				t.Errorf("%s: %+v, %v", a.Name, mine, err)
			}
		}
		rows, _, err := s.Webinars.Roster(t.Context(), s.admin, s.webinar.ID, "", lms.PageAt{Limit: 10})
		if err != nil || len(rows) != 3 {
			t.Errorf("%d in the roster, %v", len(rows), err)
		}
		if link := before.Enter[strings.LastIndexByte(before.Enter, '/')+1:]; link != "" {
			s.set(s.starts)
			if _, err := s.Webinars.EnterByLink(t.Context(), s.webinar.Slug, link); err != nil {
				t.Errorf("the link of an old letter: %v", err)
			}
		}
		if bea2 := s.merged(carla, bea); !bea2.Nobody() { // both are in: one seat is one person's, and nobody waits any more
			if v, err := s.Webinars.Find(t.Context(), bea2, s.webinar.Slug); err != nil || v.Seated != 2 || v.Waiting != 0 || !v.Mine.Has() {
				t.Errorf("both were in: %q among %d and %d, %v", v.Mine, v.Seated, v.Waiting, err)
			}
		}
	})
}
