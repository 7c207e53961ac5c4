package roll

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/sheet"
)

const (
	leaseFor = 30 * time.Second // a process that is gone is followed by another after that
	reportAt = 250              // rows between two words on how far it is
	atOnce   = 8                // people added at a time: an engine writes many together faster than one after the other
)

// begin goes on with an intake behind the pages.
func (r *Roll) begin(i Intake) {
	if !i.working() || r.ctx.Err() != nil {
		return
	}
	r.working.Go(func() {
		if err := r.work(r.ctx, i.ID); err != nil && r.ctx.Err() == nil {
			r.log.Error("file of people", "intake", i.ID, "err", err)
		}
	})
}

// Sweep goes on with what a process that is gone left.
func (r *Roll) Sweep(ctx context.Context) error {
	left, err := r.intakes.All(ctx, lms.Query{Index: "working", To: lms.TimeKey(r.now())})
	for _, i := range left {
		r.begin(i)
	}
	return err
}

// work takes the lease of an intake, and does what its state says.
func (r *Roll) work(ctx context.Context, id IntakeID) error {
	i, err := r.intakes.Change(ctx, string(id), func(i *Intake) error {
		if !i.working() || i.Lease.After(r.now()) {
			return lms.Fail(lms.Conflict, "error.intake.state")
		}
		i.Lease = r.now().Add(leaseFor)
		return nil
	})
	if lms.Is(err, lms.Conflict) || lms.Is(err, lms.NotFound) {
		return nil // another is at it
	}
	if err != nil {
		return err
	}
	if i.State == Undoing {
		return r.undo(ctx, i)
	}
	return r.pass(ctx, i)
}

// outcome is what a row does.
type outcome int

const (
	isNew outcome = iota
	isChanged
	isKept
	isWrong
)

// tally counts what rows do, and says now and then how far it is.
type tally struct {
	mu       sync.Mutex
	count    Count
	done     int
	problems []Problem
	glances  []Glance
	likely   []Likely
}

// add counts a row; it gives true when it is time to say how far.
func (t *tally) add(j judged) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch j.outcome {
	case isNew:
		t.count.New++
	case isChanged:
		t.count.Changed++
	case isKept:
		t.count.Kept++
	case isWrong:
		if t.count.Wrong++; len(t.problems) < maxProblems {
			t.problems = append(t.problems, j.problem)
		}
	}
	if j.outcome == isNew || j.outcome == isChanged {
		t.glances = insert(t.glances, j.glance, func(g Glance) int { return g.Line }, maxGlances)
	}
	if j.likely != nil {
		t.likely = insert(t.likely, *j.likely, func(l Likely) int { return l.Line }, maxLikely)
	}
	t.done++
	return t.done%reportAt == 0
}

// pass goes through a file once: it judges each row, and does what it says where the intake is being applied. What was done before it was cut off
// is found done.
func (r *Roll) pass(ctx context.Context, i Intake) error {
	reader, err := r.reader(ctx, i)
	if err != nil {
		return r.fail(ctx, i, err)
	}
	t := &tally{}
	var wait sync.WaitGroup
	slots := make(chan struct{}, atOnce)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	for row, err := range reader.rows {
		if err != nil {
			cancel(err)
			break
		}
		it := reader.item(row)
		slots <- struct{}{}
		wait.Go(func() {
			defer func() { <-slots }()
			j, err := reader.row(ctx, it)
			if err == nil && t.add(j) {
				err = r.report(ctx, i, t)
			}
			if err != nil {
				cancel(err)
			}
		})
		if ctx.Err() != nil {
			break
		}
	}
	wait.Wait()
	if err := context.Cause(ctx); err != nil {
		return r.fail(context.WithoutCancel(ctx), i, err)
	}
	return r.finish(ctx, i, t)
}

// report says how far it is, and holds the lease.
func (r *Roll) report(ctx context.Context, i Intake, t *tally) error {
	t.mu.Lock()
	count, done := t.count, t.done
	t.mu.Unlock()
	_, err := r.intakes.Change(ctx, string(i.ID), func(x *Intake) error {
		if x.State != i.State {
			return errors.New("somebody else is at it")
		}
		x.Lease, x.Done, x.Count = r.now().Add(leaseFor), max(done, x.Done), count
		return nil
	})
	return err
}

// finish keeps what a pass found.
func (r *Roll) finish(ctx context.Context, i Intake, t *tally) error {
	_, err := r.intakes.Change(ctx, string(i.ID), func(x *Intake) error {
		x.State, x.Glances, x.Likely = Checked, t.glances, t.likely
		if i.State == Applying { // who came can be looked up now: their names need not stay here
			x.State, x.Ended, x.Glances, x.Likely = Applied, r.now(), nil, nil
		}
		x.Count, x.Done, x.Total, x.Lease = t.count, t.done, t.done, time.Time{}
		x.Problems = sorted(t.problems)
		return nil
	})
	return err
}

// fail keeps what is wrong with a file as a whole, for a person to read; a fault of ours is left to the next sweep.
func (r *Roll) fail(ctx context.Context, i Intake, err error) error {
	e, ok := errors.AsType[*lms.Error](err)
	if !ok || e.Kind != lms.Invalid && e.Kind != lms.Forbidden {
		return err
	}
	line := 0
	if of, ok := errors.AsType[*sheet.Error](err); ok {
		line = of.Line
	}
	_, err = r.intakes.Change(ctx, string(i.ID), func(x *Intake) error {
		x.State, x.Fault, x.FaultLine, x.Lease = Mapping, e.Message, line, time.Time{}
		if m := e.Fields["file"]; m != "" {
			x.Fault = m
		}
		return nil
	})
	return err
}

// undo takes back what an intake did, person by person.
func (r *Roll) undo(ctx context.Context, i Intake) error {
	var ids []lms.PersonID
	for p, err := range r.school.People.FromFile(ctx, string(i.ID)) {
		if err != nil {
			return err
		}
		ids = append(ids, p.ID)
	}
	left := map[remains]int{}
	for n, id := range ids {
		why, err := r.undoOne(ctx, i, id)
		if err != nil {
			return err
		}
		left[why]++
		if (n+1)%reportAt == 0 {
			if err := r.report(ctx, i, &tally{done: n + 1, count: i.Count}); err != nil {
				return err
			}
		}
	}
	_, err := r.intakes.Change(ctx, string(i.ID), func(x *Intake) error {
		x.State, x.Stayed, x.Entered = Undone, left[entered]+left[takes], left[entered]
		x.Done, x.Lease, x.Ended = len(ids), time.Time{}, r.now()
		return nil
	})
	return err
}

// remains says why undoing leaves somebody.
type remains int

const (
	gone remains = iota
	entered
	takes
)

// undoOne removes somebody whom the file brought and who did nothing since, or gives back the membership that the file ended.
func (r *Roll) undoOne(ctx context.Context, i Intake, id lms.PersonID) (remains, error) {
	p, err := r.school.People.Known(ctx, id)
	if lms.Is(err, lms.NotFound) {
		return gone, nil
	}
	if err != nil || p.Intake != string(i.ID) {
		_, err = r.school.People.Amend(ctx, id, func(p *lms.Person) error { p.Memberships = before(p.Memberships, string(i.ID)); return nil })
		return gone, err
	}
	if !p.Activated.IsZero() {
		return entered, nil
	}
	if taken, err := r.school.Learning.Of(ctx, id); err != nil || len(taken) > 0 {
		return takes, err
	}
	if err := r.school.People.Drop(ctx, id); err != nil && !lms.Is(err, lms.NotFound) {
		return gone, err
	}
	return gone, nil
}

// before are the memberships as they were before a file: those it began are gone, those it ended last.
func before(ms []lms.Membership, intake string) (out []lms.Membership) {
	var begun []lms.Membership
	for _, m := range ms {
		if m.Intake == intake {
			begun = append(begun, m)
			continue
		}
		out = append(out, m)
	}
	for _, b := range begun {
		for k := range out {
			if out[k].Organisation == b.Organisation && out[k].Role == b.Role && out[k].To.Equal(b.From) {
				out[k].To = time.Time{}
			}
		}
	}
	return out
}

// name is how a row's person is called, as far as the row says.
func name(n lms.NewPerson) string { return strings.TrimSpace(n.Family + " " + n.Given) }
