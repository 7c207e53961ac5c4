package wiring

import (
	"context"
	"errors"

	"aulacomune/lms"
	"aulacomune/lms/enti"
)

// openEnti opens the tree of enti on the house's engine and school. Drafts, hours, cohorts, requests, plans and webinars follow when an organisation moves.
func (h *House) openEnti(ctx context.Context, o Options) (err error) {
	h.Enti, err = enti.Open(ctx, enti.Ports{Engine: h.Engine, School: h.School, Note: h.Audit.Note, Follow: []enti.Follow{h.Studio.Follow, h.Cohorts.Follow, h.Requests.Follow, h.Plans.Follow, h.Ledger.Follow, h.webinarsFollow}, Now: o.Now})
	if err == nil {
		h.closers = append(h.closers, func() error { h.Enti.Wait(); return nil }) // an import that runs needs the engine
	}
	return err
}

// webinarsFollow lets webinars follow, once they are open: they are opened after the tree, which says where their guests belong.
func (h *House) webinarsFollow(ctx context.Context, id lms.OrganisationID, place func(lms.OrganisationID) []lms.OrganisationID) error {
	if h.Webinars == nil {
		return errors.New("webinars are not open yet")
	}
	return h.Webinars.Follow(ctx, id, place)
}
