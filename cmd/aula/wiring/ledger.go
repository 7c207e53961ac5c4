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
		Ahead: h.seats,
		Due:   func(ctx context.Context, e lms.Enrolment) (time.Time, error) { return h.Plans.Due(ctx, e) }, // plans are opened later
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

// seats are the webinars in which somebody has a seat, once webinars are open: the ledger is opened before them.
func (h *House) seats(ctx context.Context, p lms.PersonID, from, to ledger.Day) (out []ledger.Expected, err error) {
	if h.Webinars == nil {
		return nil, nil
	}
	all, err := h.Webinars.Seats(ctx, p)
	if err != nil {
		return nil, err
	}
	rome, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		return nil, fmt.Errorf("time zone of Italy: %w", err)
	}
	for _, w := range all {
		if day := ledger.DayOf(w.Terms.Starts, rome); day >= from && day <= to {
			minutes := int(w.Terms.Ends.Sub(w.Terms.Starts) / time.Minute)
			out = append(out, ledger.Expected{Title: w.Terms.Title, Webinar: w.Slug, Area: ledger.AreaID(w.Terms.Area), Kind: ledger.Webinar, Minutes: minutes, Due: day})
		}
	}
	return out, nil
}
