package plan

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
)

// settled writes what follows of what happened to an assignment. What cannot be written is logged and left to the sweep.
func (s *Plans) settled(ctx context.Context, x Assignment) {
	if err := s.settle(ctx, x); err != nil {
		s.log.Error("assignment not settled yet", "assignment", assignmentID(x.Course, x.Person), "err", err)
	}
}

// settle does what an assignment asks for today: enrol, begin again, tell of days that are near or passed. All of it can be done again.
func (s *Plans) settle(ctx context.Context, x Assignment) error {
	p, err := s.school.People.Known(ctx, x.Person)
	if lms.Is(err, lms.NotFound) {
		_, err = s.assignments.Change(ctx, assignmentID(x.Course, x.Person), func(x *Assignment) error { x.Untold, x.Check = nil, ""; return nil })
		return err // erased meanwhile
	}
	if err != nil {
		return err
	}
	if x.Ended.IsZero() {
		if x, err = s.follow(ctx, x); err != nil {
			return err
		}
	}
	var done []int
	var errs []error
	for _, n := range x.Untold {
		if err := s.tell(ctx, x, x.History[n-1], p); err != nil {
			errs = append(errs, fmt.Errorf("entry %d: %w", n, err))
			continue
		}
		done = append(done, n)
	}
	_, err = s.assignments.Change(ctx, assignmentID(x.Course, x.Person), func(x *Assignment) error {
		x.Untold = slices.DeleteFunc(slices.Clone(x.Untold), func(n int) bool { return slices.Contains(done, n) })
		return nil
	})
	return errors.Join(append(errs, err)...)
}

// follow enrols, begins the course again where it is to be repeated, and notes what the person is to be told today.
func (s *Plans) follow(ctx context.Context, x Assignment) (Assignment, error) {
	d, h, err := s.duty(ctx, x)
	if err != nil {
		return x, err
	}
	again := d.Last != "" && slices.Contains([]State{Expiring, InGrace, Overdue}, d.State)
	turn := 0
	if again {
		turn = len(h.Completed) + 1
	}
	if d.State != Waived && (d.Last == "" || again) {
		by := x.History[0].By
		if _, err := s.school.Learning.Place(ctx, lms.Placement{Person: x.Person, Course: x.Course, Member: x.Member, By: by, Turn: turn}); err != nil && !lms.Is(err, lms.Conflict) {
			return x, err // a course that takes nobody now is tried again another day
		}
	}
	return s.assignments.Change(ctx, assignmentID(x.Course, x.Person), func(x *Assignment) error {
		today := s.Today()
		x.Check = x.Terms.next(d, h, today)
		var what What
		switch {
		case d.State == Overdue || d.State == InGrace:
			what = Missed
		case d.State == Expiring:
			what = Renewed
		case d.Last == "" && d.By != "" && today >= d.By.Add(-soonDays) && d.State != Waived:
			what = Remembered
		}
		if what == "" || x.said(what, d.By) || what == Remembered && x.said(Assigned, d.By) && x.newSince(s, today) {
			return nil
		}
		x.happened(Entry{What: what, At: s.now(), Day: d.By})
		return nil
	})
}

// newSince says whether the last that was said of the assignment was said today: who was told the day this morning is not reminded of it at noon.
func (x Assignment) newSince(s *Plans, today cohort.Day) bool {
	return cohort.DayOf(x.History[len(x.History)-1].At, s.rome) == today
}

// letters are the kinds of letter about an assignment, with the words that each has besides the course.
func letters() map[What]letter {
	return map[What]letter{
		Assigned: {"plan.assigned", []string{"by", "due"}}, Extended: {"plan.extended", []string{"due", "reason"}}, TakenBack: {"plan.withdrawn", []string{"reason"}},
		Excused: {"plan.waived", []string{"due", "reason"}}, Remembered: {"due.soon", []string{"due"}}, Missed: {"due.passed", []string{"due"}}, Renewed: {"due.again", []string{"due"}},
	}
}

type letter struct {
	kind  string
	words []string
}

// tell writes to somebody what is asked of them.
func (s *Plans) tell(ctx context.Context, x Assignment, e Entry, p lms.Person) error {
	l := letters()[e.What]
	if p.Email == "" {
		return nil
	}
	_, content, err := s.school.Library.Shown(ctx, x.Course)
	if err != nil {
		return err
	}
	names, err := s.school.People.Names(ctx, []lms.PersonID{e.By})
	if err != nil {
		return err
	}
	all := map[string]string{"by": names[e.By], "due": e.Day.Words(p.Lang), "reason": e.Reason}
	words := map[string]string{"course": content.Title}
	for _, w := range l.words {
		words[w] = all[w]
	}
	return s.post(ctx, lms.Letter{
		Cause: fmt.Sprintf("plan/%s/%s/%d", x.Course, x.Person, e.Number), Kind: l.kind, To: p.Email, Person: p.ID, Name: p.Name(), Lang: p.Lang,
		Organisation: x.Member.Organisation, Words: words, Link: "/corsi/" + string(x.Course),
	})
}

// sweepAssignments settles those about which something may be to do today.
func (s *Plans) sweepAssignments(ctx context.Context) error {
	due, err := s.assignments.All(ctx, lms.Query{Index: "check", To: string(s.Today().Add(1)), Limit: 2000})
	errs := []error{err}
	for _, x := range due {
		if err := s.settle(ctx, x); err != nil {
			errs = append(errs, fmt.Errorf("sweep assignment %s: %w", assignmentID(x.Course, x.Person), err))
		}
	}
	return errors.Join(errs...)
}

// Follow gives assignments and rules the place of their organisation in the tree, when one has moved.
func (s *Plans) Follow(ctx context.Context, id lms.OrganisationID, place func(lms.OrganisationID) []lms.OrganisationID) error {
	return errors.Join(
		lms.Relocate(ctx, s.rules, id, place, func(r *Rule) (lms.OrganisationID, *[]lms.OrganisationID) { return r.Organisation, &r.Within }),
		lms.Relocate(ctx, s.assignments, id, place, func(x *Assignment) (lms.OrganisationID, *[]lms.OrganisationID) {
			return x.Member.Organisation, &x.Member.Within
		}),
	)
}
