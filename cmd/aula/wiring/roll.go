package wiring

import (
	"context"
	"log/slog"
	"time"

	"aulacomune/lms/roll"
)

// RollPorts are what the roll of a house needs.
func RollPorts(h *House, now func() time.Time) roll.Ports {
	return roll.Ports{Engine: h.Engine, School: h.School, Objects: h.Objects, Note: h.Audit.Note, Log: slog.Default(), Now: now, Parts: []roll.Part{
		h.lettersOf(),
		h.actsOn(),
		{Name: "signin", Tell: h.SignIn.Told, Erase: h.SignIn.Forget},
		{Name: "fiscal_number", Tell: h.Fiscal.Told},
	}}
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
