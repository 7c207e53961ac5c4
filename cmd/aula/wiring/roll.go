package wiring

import (
	"context"
	"log/slog"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/roll"
)

// RollPorts are what the roll of a house needs.
func RollPorts(h *House, now func() time.Time) roll.Ports {
	return roll.Ports{Engine: h.Engine, School: h.School, Objects: h.Objects, Note: h.Audit.Note, Log: slog.Default(), Now: now, Parts: []roll.Part{
		{Name: "hours", Tell: told(h.Ledger.Told), Files: h.Ledger.Files, Erase: h.Ledger.Erase, Rehome: h.Ledger.Rehome},
		{Name: "webinars", Tell: told(h.Webinars.About), Erase: h.Webinars.Erase, Rehome: h.Webinars.Rehome},
		{Name: "cohorts", Tell: told(h.Cohorts.Told), Erase: h.Cohorts.Erase, Rehome: h.Cohorts.Rehome},
		{Name: "requests", Tell: told(h.Requests.Told), Erase: h.Requests.Erase},
		{Name: "assignments", Tell: told(h.Plans.Told), Erase: h.Plans.Erase},
		{Name: "signin", Tell: h.SignIn.Told, Erase: h.SignIn.Forget},
		{Name: "fiscal_number", Tell: h.Fiscal.Told},
		h.lettersOf(), // behind those that write letters
		h.actsOn(),
	}}
}

// told lets a room tell in its own words.
func told[T any](tell func(context.Context, lms.PersonID) (T, error)) func(context.Context, lms.PersonID) (any, error) {
	return func(ctx context.Context, id lms.PersonID) (any, error) { return tell(ctx, id) }
}

// openRoll opens the room of who belongs where. It is closed before what it works on.
func (h *House) openRoll(ctx context.Context, o Options) (err error) {
	p := RollPorts(h, o.Now)
	p.Log = o.Log
	if h.Roll, err = roll.Open(ctx, p); err == nil {
		h.closers = append(h.closers, h.Roll.Close)
	}
	return err
}
