package wiring

import (
	"context"
	"fmt"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/audit"
)

// openAudit opens the log of acts: it must be open before anybody acts.
func (h *House) openAudit(ctx context.Context, o Options) error {
	rome, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		return fmt.Errorf("time zone of Italy: %w", err)
	}
	h.Audit, err = audit.Open(ctx, audit.Ports{
		Engine: h.Engine, Rome: rome, Log: o.Log, Now: o.Now,
		Find: func(ctx context.Context, id lms.OrganisationID) (lms.Organisation, error) {
			return h.School.Organisations.Find(ctx, id)
		},
		Names: func(ctx context.Context, ids []lms.PersonID) (map[lms.PersonID]string, error) {
			return h.School.People.Names(ctx, ids)
		},
	})
	return err
}
