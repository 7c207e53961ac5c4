package wiring

import (
	"context"
	"fmt"
	"time"

	"aulacomune/lms/report"
)

// openReports opens the room of reports, once plans are open: they know until when somebody is to complete a course.
func (h *House) openReports(ctx context.Context, o Options) error {
	rome, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		return fmt.Errorf("time zone of Italy: %w", err)
	}
	h.Reports, err = report.Open(ctx, report.Ports{Engine: h.Engine, School: h.School, Due: h.Plans.Due, Post: h.Mail.Post, Rome: rome, Now: o.Now})
	return err
}
