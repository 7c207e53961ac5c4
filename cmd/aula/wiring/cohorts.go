package wiring

import (
	"context"
	"fmt"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/plan"
	"aulacomune/lms/request"
)

// openCohorts opens cohorts, requests and plans on the house's engine, school, outbox and log.
func (h *House) openCohorts(ctx context.Context, o Options) error {
	rome, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		return fmt.Errorf("time zone of Italy: %w", err)
	}
	if h.Cohorts, err = cohort.Open(ctx, cohort.Ports{Engine: h.Engine, School: h.School, Post: h.Mail.Post, Webinar: h.webinarSeat, Note: h.Audit.Note, Rome: rome, Log: o.Log, Now: o.Now}); err != nil {
		return err
	}
	h.closers = append(h.closers, h.Cohorts.Close)
	h.Requests, err = request.Open(ctx, request.Ports{
		Engine: h.Engine, School: h.School, Cohorts: h.Cohorts, Post: h.Mail.Post, Note: h.Audit.Note, Rome: rome, Log: o.Log, Now: o.Now,
	})
	if err != nil {
		return err
	}
	h.Plans, err = plan.Open(ctx, plan.Ports{
		Engine: h.Engine, School: h.School, Cohorts: h.Cohorts, Objects: h.Objects, Post: h.Mail.Post, Note: h.Audit.Note, Rome: rome, Log: o.Log, Now: o.Now,
	})
	if err == nil {
		h.closers = append(h.closers, h.Plans.Close)
	}
	return err
}

// admit refuses who may not enrol in a course by themselves, once cohorts are open: the school is opened before them.
func (h *House) admit(ctx context.Context, p lms.Person, slug course.Slug) error {
	if h.Cohorts == nil {
		return nil
	}
	return h.Cohorts.Lets(ctx, p, slug)
}
