package plan

import (
	"context"
	"strings"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/cohort"
)

// Order is what is asked to assign a course.
type Order struct {
	Course course.Slug
	Terms  Terms
	Apply  bool // otherwise it is only said what would be done
}

// Outcome is what would be, or was, done for one person.
type Outcome string

// The outcomes.
const (
	New     Outcome = "new"
	Changed Outcome = "changed" // it was assigned with another day
	Same    Outcome = "same"
)

// Line is one person of an order.
type Line struct {
	Number  int // of the line in a file, or the place in a list, from 1
	Login   string
	Person  lms.PersonID
	Name    string
	Due     cohort.Day
	Outcome Outcome
	Err     *lms.Error // what is wrong with the line; nil when it can be done
}

// mostPeople is how many one order assigns to.
const mostPeople = 20_000

// Assign assigns a course to the actor's own people: those they keep, or who answer to them. Whoever has it already gets the other terms.
func (s *Plans) Assign(ctx context.Context, a lms.Actor, o Order, people []lms.PersonID) ([]Line, error) {
	if err := s.check(ctx, a, &o); err != nil {
		return nil, err
	}
	if past(o.Terms.Due, s.Today()) {
		return nil, lms.Wrong("due", "error.plan.past")
	}
	if len(people) == 0 || len(people) > mostPeople {
		return nil, lms.Wrong("people", "error.required")
	}
	var out []Line
	for i, id := range people {
		l := Line{Number: i + 1, Person: id, Due: o.Terms.Due}
		p, m, err := s.cohorts.Theirs(ctx, a, id)
		if err := s.line(ctx, a, o, &l, found{p, m, err}); err != nil {
			return out, err
		}
		out = append(out, l)
	}
	return out, nil
}

// past says whether a day by which somebody is to be done was over before they hear of it.
func past(due, today cohort.Day) bool { return due != "" && due < today }

// check says what is wrong with an order before anybody is looked at.
func (s *Plans) check(ctx context.Context, a lms.Actor, o *Order) error {
	if err := mayAssign(a); err != nil {
		return err
	}
	if err := o.Terms.tidy(); err != nil {
		return err
	}
	shown := false
	head, err := s.school.Library.Find(ctx, o.Course)
	if err == nil {
		shown, err = s.cohorts.Shows(ctx, a, o.Course)
	}
	if lms.Is(err, lms.NotFound) || err == nil && !shown {
		return lms.Wrong("course", "error.course.unknown")
	}
	if err == nil && head.Latest().Number == 0 {
		return conflict("error.course.closed")
	}
	return err
}

type found struct {
	person lms.Person
	member lms.Membership
	err    error
}

// line does one line; what is wrong with it stays in it, and only a fault of ours is returned.
func (s *Plans) line(ctx context.Context, a lms.Actor, o Order, l *Line, f found) error {
	if lms.Is(f.err, lms.NotFound) {
		l.Err = lms.Fail(lms.NotFound, "error.person.unknown")
		return nil
	}
	if f.err != nil {
		return f.err
	}
	if past(l.Due, s.Today()) {
		l.Err = lms.Wrong("due", "error.plan.past")
		return nil
	}
	l.Person, l.Name = f.person.ID, f.person.Name()
	terms := o.Terms
	terms.Due = l.Due
	give := gift{course: o.Course, terms: terms, by: a.ID, apply: o.Apply}
	var err error
	l.Outcome, err = s.give(ctx, give, f)
	if err != nil || !o.Apply || l.Outcome == Same {
		return err
	}
	return s.note(ctx, a, lms.Act{Verb: "plan.assign", Object: string(o.Course), Person: l.Person, Within: f.member.Within, Role: a.By(f.member.Within), Details: map[string]string{"due": string(l.Due)}})
}

// gift is an assignment to be made.
type gift struct {
	course course.Slug
	terms  Terms
	by     lms.PersonID
	rule   RuleID
	apply  bool
}

// give assigns, or says what assigning would do. What a rule gives changes nothing that is there.
func (s *Plans) give(ctx context.Context, g gift, f found) (Outcome, error) {
	id := assignmentID(g.course, f.person.ID)
	entry := Entry{What: Assigned, At: s.now(), By: g.by, Day: g.terms.Due}
	old, err := s.assignments.Find(ctx, id)
	switch {
	case lms.Is(err, lms.NotFound):
		if !g.apply {
			return New, nil
		}
		x := Assignment{Course: g.course, Person: f.person.ID, Member: f.member, Name: lms.Fold(f.person.Family + " " + f.person.Given), Terms: g.terms, Rule: g.rule, Check: s.Today()}
		x.happened(entry)
		err := s.assignments.Add(ctx, x)
		if lms.IsTaken(err, "id") {
			return s.give(ctx, g, f)
		}
		if err != nil {
			return New, err
		}
		s.settled(ctx, x)
		return New, nil
	case err != nil:
		return Same, err
	case g.rule != "" || old.Ended.IsZero() && old.Terms == g.terms:
		return Same, nil
	case !g.apply:
		return Changed, nil
	}
	x, err := s.assignments.Change(ctx, id, func(x *Assignment) error {
		if x.Ended.IsZero() && x.Terms == g.terms {
			return nil
		}
		x.Terms, x.Ended, x.Member, x.Check = g.terms, time.Time{}, f.member, s.Today()
		x.happened(entry)
		return nil
	})
	if err != nil {
		return Changed, err
	}
	s.settled(ctx, x)
	return Changed, nil
}

// later says what is wrong with a day that is to come.
func (s *Plans) later(day cohort.Day, ok bool) error {
	switch {
	case !ok || day == "":
		return lms.Wrong("day", "error.day")
	case day < s.Today():
		return lms.Wrong("day", "error.plan.past")
	}
	return nil
}

// Extend gives somebody another day, with a reason.
func (s *Plans) Extend(ctx context.Context, a lms.Actor, slug course.Slug, p lms.PersonID, e Entry) error {
	day, ok := cohort.ParseDay(string(e.Day))
	if err := s.later(day, ok); err != nil {
		return err
	}
	return s.act(ctx, a, target{slug, p, "plan.extend"}, Entry{What: Extended, Day: day, Reason: e.Reason}, func(x *Assignment) { x.Terms.Due = day })
}

// Waive asks nothing of somebody until a day, with a reason.
func (s *Plans) Waive(ctx context.Context, a lms.Actor, slug course.Slug, p lms.PersonID, e Entry) error {
	day, ok := cohort.ParseDay(string(e.Day))
	if err := s.later(day, ok); err != nil {
		return err
	}
	return s.act(ctx, a, target{slug, p, "plan.waive"}, Entry{What: Excused, Day: day, Reason: e.Reason}, func(x *Assignment) { x.Waived = day })
}

// TakeBack asks nothing of somebody any more, with a reason. What they did in the course stays theirs.
func (s *Plans) TakeBack(ctx context.Context, a lms.Actor, slug course.Slug, p lms.PersonID, reason string) error {
	return s.act(ctx, a, target{slug, p, "plan.withdraw"}, Entry{What: TakenBack, Reason: reason}, func(x *Assignment) { x.Ended = s.now() })
}

type target struct {
	course course.Slug
	person lms.PersonID
	verb   string
}

// act changes an assignment of one of the actor's own people.
func (s *Plans) act(ctx context.Context, a lms.Actor, t target, e Entry, change func(*Assignment)) error {
	if err := mayAssign(a); err != nil {
		return err
	}
	e.Reason = strings.TrimSpace(e.Reason)
	switch {
	case e.Reason == "":
		return lms.Wrong("reason", "error.required")
	case len(e.Reason) > 1000:
		return lms.Wrong("reason", "error.long")
	}
	_, m, err := s.cohorts.Theirs(ctx, a, t.person)
	if err != nil {
		return err
	}
	e.At, e.By = s.now(), a.ID
	x, err := s.assignments.Change(ctx, assignmentID(t.course, t.person), func(x *Assignment) error {
		if !x.Ended.IsZero() {
			return conflict("error.plan.ended")
		}
		change(x)
		x.Check = s.Today()
		x.happened(e)
		return nil
	})
	if lms.Is(err, lms.NotFound) {
		return lms.Fail(lms.NotFound, "error.plan.unknown")
	}
	if err != nil {
		return err
	}
	s.settled(ctx, x)
	return s.note(ctx, a, lms.Act{Verb: t.verb, Object: string(t.course), Person: t.person, Within: m.Within, Role: a.By(m.Within)})
}
