package plan

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/sheet"
)

const (
	leaseFor = time.Minute // a process that is gone is followed by another after that
	reportAt = 100         // rows between two words on how far it is
)

// begin goes on with a file behind whoever asked.
func (s *Plans) begin(f File) {
	if !f.Working() || s.ctx.Err() != nil {
		return
	}
	s.running.Go(func() {
		if err := s.work(s.ctx, f.ID); err != nil && s.ctx.Err() == nil {
			s.log.Error("file of assignments", "file", f.ID, "err", err)
		}
	})
}

// sweepFiles goes on with what a process that is gone left, and forgets what is old.
func (s *Plans) sweepFiles(ctx context.Context) error {
	left, err := s.files.All(ctx, lms.Query{Index: "working", To: lms.TimeKey(s.now()), Limit: sweptAtOnce})
	for _, f := range left {
		s.begin(f)
	}
	old, oldErr := s.files.All(ctx, lms.Query{Index: "at", To: lms.TimeKey(s.now().Add(-fileLife)), Limit: sweptAtOnce})
	errs := []error{err, oldErr}
	for _, f := range old {
		errs = append(errs, s.forget(ctx, f))
	}
	return errors.Join(errs...)
}

// work takes the lease of a file, and does what its state says.
func (s *Plans) work(ctx context.Context, id FileID) error {
	f, err := s.files.Change(ctx, string(id), func(f *File) error {
		if !f.Working() || f.Lease.After(s.now()) {
			return conflict("error.plan.file.state")
		}
		f.Lease = s.now().Add(leaseFor)
		return nil
	})
	if lms.Is(err, lms.Conflict) || lms.Is(err, lms.NotFound) {
		return nil // another is at it
	}
	if err != nil {
		return err
	}
	p, err := s.passOver(ctx, f)
	if err != nil {
		return s.fail(ctx, f, err)
	}
	for row, err := range p.rows {
		if err == nil {
			err = p.row(ctx, row)
		}
		if err != nil {
			return s.fail(ctx, f, err)
		}
	}
	return p.finish(ctx)
}

// pass goes once over the rows of a file, for whoever brought it and with the roles they have now.
type pass struct {
	plans *Plans
	file  File
	actor lms.Actor
	order Order
	rows  iter.Seq2[sheet.Row, error]
	seen  map[lms.PersonID]bool
	skip  int // rows that were done before it was cut off
	at    int
}

func (s *Plans) passOver(ctx context.Context, f File) (*pass, error) {
	by, err := s.school.People.Known(ctx, f.By)
	if err != nil {
		return nil, err
	}
	p := &pass{plans: s, file: f, actor: lms.ActorOf(by, s.now(), lms.Everything), seen: map[lms.PersonID]bool{}, skip: f.Done}
	p.order = Order{Course: f.Course, Terms: f.Terms, Apply: f.State == FileGiving}
	if err := s.check(ctx, p.actor, &p.order); err != nil {
		return nil, err
	}
	b, err := s.read(ctx, f)
	if err != nil {
		return nil, err
	}
	all, err := fileLimits().Read(b)
	p.rows = behindHeadings(all)
	return p, err
}

// behindHeadings are the rows without the first.
func behindHeadings(all iter.Seq2[sheet.Row, error]) iter.Seq2[sheet.Row, error] {
	return func(yield func(sheet.Row, error) bool) {
		first := true
		for row, err := range all {
			if first && err == nil {
				first = false
				continue
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// row does one row. Of one that was done before, it only notes whose it was.
func (p *pass) row(ctx context.Context, row sheet.Row) error {
	l := Line{Number: row.Line, Login: strings.TrimSpace(row.Cell(p.file.Columns.Login)), Due: p.order.Terms.Due}
	f := p.find(ctx, l.Login)
	if p.at++; p.at <= p.skip {
		p.seen[f.person.ID] = true
		return nil
	}
	if err := p.judge(ctx, &l, strings.TrimSpace(row.Cell(p.file.Columns.Due)), f); err != nil {
		return err
	}
	p.count(l)
	if p.at%reportAt == 0 {
		return p.report(ctx)
	}
	return nil
}

// find is whom a row means. Somebody of another ente is as unknown as somebody who does not exist.
func (p *pass) find(ctx context.Context, login string) (f found) {
	if login == "" {
		return f
	}
	f.person, f.err = p.plans.school.People.ByLogin(ctx, login)
	if f.err == nil {
		f.person, f.member, f.err = p.plans.cohorts.Theirs(ctx, p.actor, f.person.ID)
	}
	if lms.Is(f.err, lms.Invalid) {
		f.err = lms.Fail(lms.NotFound, "error.person.unknown")
	}
	return f
}

// judge says what a row does, and does it where the file is being given; what is wrong stays in the line.
func (p *pass) judge(ctx context.Context, l *Line, due string, f found) error {
	if due != "" {
		t, ok := sheet.Date(due)
		if !ok {
			l.Err = lms.Wrong("due", "error.day")
			return nil
		}
		l.Due = cohort.Day(t.Format(time.DateOnly))
	}
	switch {
	case l.Login == "":
		l.Err = lms.Wrong("login", "error.required")
		return nil
	case f.err == nil && p.seen[f.person.ID]:
		l.Err = lms.Wrong("login", "error.import.twice")
		return nil
	}
	p.seen[f.person.ID] = true
	return p.plans.line(ctx, p.actor, p.order, l, f)
}

// count adds a row that was judged.
func (p *pass) count(l Line) {
	c := &p.file.Count
	switch {
	case l.Err != nil:
		c.Wrong++
		problem := FileProblem{Line: l.Number, Login: clipped(l.Login), Field: "login", Message: l.Err.Message}
		for field, message := range l.Err.Fields {
			problem.Field, problem.Message = field, message
		}
		if len(p.file.Problems) < maxProblems {
			p.file.Problems = append(p.file.Problems, problem)
		}
	case l.Outcome == New:
		c.New++
	case l.Outcome == Changed:
		c.Changed++
	default:
		c.Same++
	}
}

// report says how far it is, and holds the lease.
func (p *pass) report(ctx context.Context) error {
	_, err := p.plans.files.Change(ctx, string(p.file.ID), func(f *File) error {
		if f.State != p.file.State {
			return fmt.Errorf("file %s is %s: somebody else is at it", f.ID, f.State)
		}
		f.Lease, f.Done, f.Count, f.Problems = p.plans.now().Add(leaseFor), p.at, p.file.Count, p.file.Problems
		return nil
	})
	return err
}

// finish keeps what a pass found. Of a file that was given, the people's data are not needed any more.
func (p *pass) finish(ctx context.Context) error {
	given := p.file.State == FileGiving
	_, err := p.plans.files.Change(ctx, string(p.file.ID), func(f *File) error {
		f.Count, f.Problems, f.Done, f.Total, f.Lease = p.file.Count, p.file.Problems, p.at, p.at, time.Time{}
		if f.State = FileChecked; given {
			f.State, f.Sample = FileGiven, nil
		}
		return nil
	})
	if err != nil || !given {
		return err
	}
	return p.plans.objects.Remove(ctx, p.file.Object)
}

// fail keeps what is wrong with a file as a whole, for a person to read; a fault of ours is left to the next sweep.
func (s *Plans) fail(ctx context.Context, f File, err error) error {
	e, ok := errors.AsType[*lms.Error](err)
	if !ok || e.Kind == lms.Unavailable {
		return err
	}
	line := 0
	if of, ok := errors.AsType[*sheet.Error](err); ok {
		line = of.Line
	}
	_, err = s.files.Change(ctx, string(f.ID), func(x *File) error {
		x.State, x.Fault, x.FaultLine, x.Lease, x.Sample = FileFailed, e.Message, line, time.Time{}, nil
		for _, m := range e.Fields {
			x.Fault = m
		}
		return nil
	})
	return err
}
