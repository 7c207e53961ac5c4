package main

import (
	"fmt"
	"slices"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
)

// deed is something a person of the demo did, at its moment. Deeds are done in the order of time, so that the register's numbers follow the dates.
type deed struct {
	at time.Time
	do func() error
}

// learn lets the people of the demo live forty days: some have finished, some are under way, some have just enrolled, some not yet.
func (s *seeder) learn() error {
	var deeds []deed
	for i, n := range demoPeople() {
		p := s.people[loginOrEmail(n)]
		objects := s.plan(i, n)
		if objects < 0 {
			continue
		}
		deeds = append(deeds, s.story(p, i, objects)...)
	}
	slices.SortStableFunc(deeds, func(a, b deed) int { return a.at.Compare(b.at) })
	for _, d := range deeds {
		s.clock.set(d.at)
		if err := d.do(); err != nil {
			return err
		}
	}
	return nil
}

func loginOrEmail(n lms.NewPerson) string {
	if n.Email != "" {
		return n.Email
	}
	return n.Login
}

// plan is how many objects a person has done: -1 when they are not enrolled.
func (s *seeder) plan(i int, n lms.NewPerson) int {
	all := s.course.Count()
	switch {
	case n.Email == "collega@demo.aula":
		return all - 1
	case i < 4, n.Role != "": // the other accounts of the demo begin from nothing
		return -1
	}
	return []int{all, 3, -1, 9, 0, all, 6, 12, 1, -1, all, 14}[i%12]
}

// story is a person's days: enrolled, then an object every now and then.
func (s *seeder) story(p lms.Person, i, objects int) []deed {
	actor := lms.ActorOf(p, s.start, lms.Everything)
	at := s.start.Add(time.Duration(24+i*7%200) * time.Hour)
	id := lms.EnrolmentID("")
	deeds := []deed{{at, func() error {
		st, err := s.house.School.Learning.Enrol(s.ctx, actor, s.course.Slug)
		id = st.Enrolment.ID
		return err
	}}}
	n := 0
	for _, o := range s.course.Objects() {
		if n++; n > objects {
			break
		}
		at = at.Add(time.Duration(7+(i+n)%20) * time.Hour)
		open, done := at, at.Add(time.Duration(o.Minutes)*time.Minute)
		deeds = append(deeds,
			deed{open, func() error {
				return s.record(actor, id, lms.Event{ID: fmt.Sprint(o.ID, "-o"), Object: o.ID, Kind: lms.Opened})
			}},
			deed{done, func() error { return s.record(actor, id, finish(o)...) }})
	}
	return deeds
}

func (s *seeder) record(a lms.Actor, id lms.EnrolmentID, events ...lms.Event) error {
	_, err := s.house.School.Learning.Record(s.ctx, a, id, events)
	return err
}

// finish is what completes an object.
func finish(o course.Object) []lms.Event {
	var out []lms.Event
	if o.Video != nil {
		out = append(out, lms.Event{ID: string(o.ID) + "-w", Object: o.ID, Kind: lms.Watched, Intervals: []course.Interval{{0, o.Length()}}})
	}
	if len(o.Questions) > 0 {
		right := map[course.QuestionID]course.Answer{}
		for _, q := range o.Questions {
			right[q.ID] = q.Solution()
		}
		out = append(out, lms.Event{ID: string(o.ID) + "-a", Object: o.ID, Kind: lms.Answered, Answers: right})
	}
	if o.Rule.Read {
		out = append(out, lms.Event{ID: string(o.ID) + "-r", Object: o.ID, Kind: lms.Read})
	}
	return out
}
