package region

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/ledger"
)

// book adds the hours: those of completed courses, and of webinars that people attended.
func (f *filler) book(ctx context.Context) error {
	var fault error
	err := f.house.Ledger.Load(ctx, func(yield func(ledger.Hours, lms.Person) bool) {
		next := 0
		for i, p := range f.people {
			for ; next < len(f.takes) && f.takes[next].person == i; next++ {
				t := f.takes[next]
				if t.ended.IsZero() {
					continue
				}
				h, err := f.house.Ledger.Earned(ctx, lms.Stand(f.courses[t.course], f.enrolment(t)), p)
				if fault = err; err != nil || !f.booked(h, p, yield) {
					return
				}
			}
			for n := range f.chance.IntN(4) {
				if !f.booked(f.webinar(p, n), p, yield) {
					return
				}
			}
			f.told("hours", i+1, len(f.people))
		}
	})
	return errors.Join(fault, err)
}

func (f *filler) booked(h ledger.Hours, p lms.Person, yield func(ledger.Hours, lms.Person) bool) bool {
	f.made.Hours++
	return yield(h, p)
}

// webinar is somebody's attendance of a webinar: of every second or third week of the two years, one in four each.
func (f *filler) webinar(p lms.Person, n int) ledger.Hours {
	weeks := int(f.now.Sub(f.began()) / (7 * 24 * time.Hour))
	week := (n*weeks + f.chance.IntN(max(1, weeks))) / 4
	s := subjects()[week%len(subjects())]
	day := ledger.DayOf(f.began().AddDate(0, 0, 7*week+2), time.UTC)
	m := p.Memberships[0]
	return ledger.Hours{
		ID: ledger.HoursID(fmt.Sprintf("webinar/%03d-%d/%s", week, n, p.ID)), Person: p.ID, Member: m, Minutes: 60 + 30*(week%4), Kind: ledger.Webinar, Area: s.area,
		Title: fmt.Sprintf("Webinar %d: %s", week+1, s.title), Provider: f.enti[0].Name, From: day, To: day, Outcome: ledger.Attended, Evidence: ledger.Evidence{Attendance: fmt.Sprintf("webinar-%03d", week)},
	}
}

// claimants is how many people there are for one who declares training held elsewhere.
const claimants = 25

// declare has people declare training held elsewhere, as they do, and the referents of their enti decide on two of three.
func (f *filler) declare(ctx context.Context) error {
	type claim struct {
		by      int
		minutes int
		back    int // days
	}
	work := make(chan claim)
	var workers sync.WaitGroup
	var faults errs
	for range 16 {
		workers.Go(func() {
			for c := range work {
				faults.add(f.declareOne(ctx, c.by, c.minutes, c.back))
			}
		})
	}
	of := len(f.people) / claimants
	for n := range of {
		work <- claim{n*claimants + claimants - 1, 60 * (1 + f.chance.IntN(12)), f.chance.IntN(max(1, f.now.YearDay()))}
		f.told("claims", n+1, of)
	}
	close(work)
	workers.Wait()
	f.made.Claims = of
	return faults.err
}

// errs keeps the first error of several goroutines.
type errs struct {
	mu  sync.Mutex
	err error
}

func (e *errs) add(err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.err == nil {
		e.err = err
	}
}

func (f *filler) declareOne(ctx context.Context, by, minutes, back int) error {
	p, s := f.people[by], subjects()[by%len(subjects())]
	day := ledger.DayOf(f.now.AddDate(0, 0, -back), time.UTC)
	c, err := f.house.Ledger.Declare(ctx, lms.ActorOf(p, f.now, lms.Everything), ledger.Claim{
		Title: "Corso in aula: " + s.title, Provider: "Scuola inventata", Kind: ledger.External, Area: s.area, From: day, To: day, Minutes: minutes, Outcome: ledger.Attended,
	}, "attestato.pdf", specimen())
	if err != nil || by/claimants%3 == 0 {
		return err
	}
	referent := by
	for referent > 0 && f.at[referent-1] == f.at[by] {
		referent--
	}
	if referent == by { // who is alone waits
		return nil
	}
	d := ledger.Decision{Accept: by/claimants%9 != 1}
	if !d.Accept {
		d.Reason = "L’attestato non dice le ore."
	}
	_, err = f.house.Ledger.Decide(ctx, lms.ActorOf(f.people[referent], f.now, lms.Everything), c.ID, d)
	return err
}

// count has all sums counted: those of hours, which every ente has for this year and the one before, and those of progress.
func (f *filler) count(ctx context.Context) error {
	f.told("sums", 0, 2)
	if err := f.house.Ledger.Sweep(ctx); err != nil {
		return err
	}
	if _, _, err := f.house.Ledger.Rebuild(ctx, true); err != nil {
		return err
	}
	f.told("sums", 1, 2)
	if _, err := f.house.Reports.Summary(ctx, f.admin, Root, ""); err != nil {
		return err
	}
	f.told("sums", 2, 2)
	f.made.Tallies = 2 * len(f.enti)
	return nil
}
