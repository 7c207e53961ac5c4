package wiring

import (
	"context"

	"aulacomune/lms/enti"
)

// openEnti opens the tree of enti on the house's engine and school. Drafts, hours, cohorts, requests and plans follow when an organisation moves.
func (h *House) openEnti(ctx context.Context, o Options) (err error) {
	h.Enti, err = enti.Open(ctx, enti.Ports{Engine: h.Engine, School: h.School, Note: h.Audit.Note, Follow: []enti.Follow{h.Studio.Follow, h.Cohorts.Follow, h.Requests.Follow, h.Plans.Follow, h.Ledger.Follow}, Now: o.Now})
	if err == nil {
		h.closers = append(h.closers, func() error { h.Enti.Wait(); return nil }) // an import that runs needs the engine
	}
	return err
}
