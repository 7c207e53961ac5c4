package cohort

import (
	"context"
	"slices"
	"sync"
	"time"
)

// decision is something that somebody wants of the seats of a cohort.
type decision struct {
	cohort  Cohort // as they read it; the zero Cohort promotes nobody
	decide  func(*Seats) error
	changes []Change // that it made
	err     error
	done    chan struct{}
}

// apply decides, seats who waits where seats became free, and notes what changed. A decision that fails leaves no trace.
func (d *decision) apply(x *Seats, today Day, now time.Time) {
	before := *x
	d.changes = nil
	if d.err = d.decide(x); d.err != nil {
		*x = before
		return
	}
	if d.cohort.live(today, now) {
		x.promote(now)
	}
	d.changes = slices.DeleteFunc(slices.Clone(x.Due), func(ch Change) bool { return ch.Number <= before.Last })
}

// rush is where those stand who want seats of a cohort while others are being written: all who came meanwhile are written in one go, in the order in which
// they came. However many want a seat at once, the seats are written about as often as the engine can write them.
type rush struct {
	mu      sync.Mutex
	waiting map[ID][]*decision // a cohort stands in it while somebody writes its seats
}

// join stands in line; first says that nobody is writing.
func (r *rush) join(d *decision) (first bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	line, writing := r.waiting[d.cohort.ID]
	r.waiting[d.cohort.ID] = append(line, d)
	return !writing
}

// next takes all who stand in line; where nobody does, nobody writes any more.
func (r *rush) next(id ID) []*decision {
	r.mu.Lock()
	defer r.mu.Unlock()
	line := r.waiting[id]
	if len(line) == 0 {
		delete(r.waiting, id)
		return nil
	}
	r.waiting[id] = nil
	return line
}

// writeWithin is how long writing the seats of a cohort may take.
const writeWithin = time.Minute

// decided makes a decision about the seats of a cohort, in one write with those of all who wait, and gives what it changed. Who stops waiting may have been
// written all the same.
func (s *Cohorts) decided(ctx context.Context, c Cohort, decide func(*Seats) error) ([]Change, error) {
	d := &decision{cohort: c, decide: decide, done: make(chan struct{})}
	if s.rush.join(d) {
		s.behind.Go(func() { s.write(context.WithoutCancel(ctx), c.ID) })
	}
	select {
	case <-d.done:
		return d.changes, d.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// write writes decisions until nobody waits.
func (s *Cohorts) write(ctx context.Context, id ID) {
	for line := s.rush.next(id); len(line) > 0; line = s.rush.next(id) {
		s.writeLine(ctx, id, line)
		for _, d := range line {
			close(d.done)
		}
	}
}

func (s *Cohorts) writeLine(ctx context.Context, id ID, line []*decision) {
	ctx, stop := context.WithTimeout(ctx, writeWithin)
	defer stop()
	_, err := s.seats.Change(ctx, string(id), func(x *Seats) error {
		for _, d := range line {
			d.apply(x, s.Today(), s.now())
		}
		return nil
	})
	if err != nil {
		for _, d := range line {
			d.changes, d.err = nil, err
		}
	}
}

// settling is which cohorts have something settled behind the answers.
type settling struct {
	mu sync.Mutex
	m  map[ID]bool // true when there may be more to do than what is being done
}

// begin asks for another round; first says that none is under way.
func (r *settling) begin(id ID) (first bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, under := r.m[id]
	r.m[id] = true
	return !under
}

// again says whether a round is asked for.
func (r *settling) again(id ID) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	more := r.m[id]
	if r.m[id] = false; !more {
		delete(r.m, id)
	}
	return more
}

// settleBehind writes what follows of the seats of a cohort while people go on getting in: one round after the other, each with all that is due.
func (s *Cohorts) settleBehind(ctx context.Context, id ID) {
	if !s.settling.begin(id) {
		return
	}
	ctx = context.WithoutCancel(ctx)
	s.behind.Go(func() {
		for s.settling.again(id) {
			if err := s.settleAll(ctx, id); err != nil {
				s.log.Error("seats not settled yet", "cohort", id, "err", err)
			}
		}
	})
}

// settleSoon settles before the answer what a webinar's seats have settled behind it: the staff, who change one seat, see the list they changed. It may be
// settled by both at once.
func (s *Cohorts) settleSoon(ctx context.Context, c Cohort) {
	if c.Webinar == "" {
		return
	}
	if err := s.settleAll(ctx, c.ID); err != nil {
		s.log.Error("seats not settled yet", "cohort", c.ID, "err", err)
	}
}

// settleAll settles all that is due of a cohort.
func (s *Cohorts) settleAll(ctx context.Context, id ID) error {
	x, err := s.seats.Find(ctx, string(id))
	if err != nil || len(x.Due) == 0 {
		return err
	}
	c, err := s.cohorts.Find(ctx, string(id))
	if err != nil {
		return err
	}
	return s.settle(ctx, c, x.Due)
}

// Wait waits for what is being written behind the answers.
func (s *Cohorts) Wait() { s.behind.Wait() }

// Close ends the room, once what is being written behind the answers is written.
func (s *Cohorts) Close() error {
	s.Wait()
	return nil
}
