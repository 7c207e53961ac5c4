package main

import (
	"time"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
)

// cohorts opens a cohort of the reference course with two seats, one of which is taken, for those who ask and whose manager agrees.
func (s *seeder) cohorts() error {
	s.clock.set(s.start.AddDate(0, 0, 38))
	administrator := s.actor("amministratore@demo.aula")
	from := s.clock.Now().AddDate(0, 0, 16)
	c, err := s.house.Cohorts.Plan(s.ctx, administrator, cohort.Start{Course: s.course.Slug, Organisation: administrator.Memberships[0].Organisation, Capacity: 2, Terms: cohort.Terms{
		Title: "Smart working, gruppo guidato", From: cohort.Day(from.Format(time.DateOnly)), To: cohort.Day(from.AddDate(0, 1, 0).Format(time.DateOnly)),
		Ways: []cohort.Way{cohort.WayRequest}, Steps: []cohort.Step{cohort.StepManager},
	}})
	if err != nil {
		return err
	}
	if _, err := s.house.Cohorts.Publish(s.ctx, administrator, c.ID); err != nil {
		return err
	}
	_, err = s.house.Cohorts.Enter(s.ctx, administrator, c.ID, s.without().ID)
	return err
}

// without is the first of the staff who has not begun a course.
func (s *seeder) without() lms.Person {
	all := demoPeople()
	for i, n := range all {
		if n.Role == "" && i >= 4 && s.plan(i, n) < 0 {
			return s.people[loginOrEmail(n)]
		}
	}
	return s.people[loginOrEmail(all[0])]
}
