package wiring

import (
	"context"
	"errors"
	"fmt"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/certificate"
	"aulacomune/lms/ledger"
	"aulacomune/lms/web/hours"
)

// openLedger opens the ledger of hours, once school and outbox are open.
func (h *House) openLedger(ctx context.Context, o Options) error {
	rome, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		return fmt.Errorf("time zone of Italy: %w", err)
	}
	h.Ledger, err = ledger.Open(ctx, ledger.Ports{
		Engine: h.Engine, Objects: h.Objects, School: h.School, Post: h.Mail.Post, Note: h.Audit.Note, Rome: rome, Log: o.Log, Now: o.Now,
		Due: func(ctx context.Context, e lms.Enrolment) (time.Time, error) { return h.Plans.Due(ctx, e) }, // plans are opened later
	})
	return err
}

// completed books completed courses, once the ledger is open: the school is opened before it.
func (h *House) completed(ctx context.Context, st lms.Standing) error {
	if h.Ledger == nil {
		return errors.New("the ledger is not open yet")
	}
	return h.Ledger.Completed(ctx, st)
}

// hours is what the pages of the ledger need; owner is who runs the installation.
func (h *House) hours(owner string) hours.Pages {
	return hours.Pages{Ledger: h.Ledger, Owner: owner, Draw: func(p hours.Printed) ([]byte, error) { return h.drawer.DrawBooklet(certificate.Booklet(p)) }}
}
