package wiring

import (
	"context"
	"encoding/base64"
	"fmt"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/report"
	"aulacomune/lms/web/front"
)

// openReports opens the room of reports, once ledger, cohorts and plans are open: they know of hours, of places in cohorts, and until when somebody is to
// complete a course.
func (h *House) openReports(ctx context.Context, o Options) error {
	rome, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		return fmt.Errorf("time zone of Italy: %w", err)
	}
	h.Reports, err = report.Open(ctx, report.Ports{
		Engine: h.Engine, School: h.School, Due: h.Plans.Due, Sources: []report.Source{h.cohortSource(rome), h.hoursSource(), h.hoursOfEnti(), h.hoursOfAreas()},
		Post: h.Mail.Post, Rome: rome, Now: o.Now,
	})
	return err
}

// cohortOptions are the cohorts that a report about an organisation may be narrowed to: those that the reader keeps or may see, of that organisation, of one
// above it, or of one below it.
func (h *House) cohortOptions(ctx context.Context, a lms.Actor, id lms.OrganisationID) ([]front.Option, error) {
	org, err := h.School.Organisations.Find(ctx, id)
	if err != nil {
		return nil, err
	}
	kept, err := h.Cohorts.Kept(ctx, a)
	if err != nil {
		return nil, err
	}
	shown, err := h.Cohorts.Catalogue(ctx, a)
	if err != nil {
		return nil, err
	}
	var out []front.Option
	known := map[string]bool{}
	for _, c := range append(kept, shown...) {
		if known[string(c.ID)] || !inLine(org.Within, c.Within) {
			continue
		}
		known[string(c.ID)] = true
		label := c.Terms.Title
		if c.Terms.From != "" {
			label += " · " + c.Terms.From.Words(a.Lang)
		}
		out = append(out, front.Option{Value: string(c.ID), Label: label})
	}
	return out, nil
}

// inLine says whether one of two organisations lies above the other, or is it.
func inLine(x, y []lms.OrganisationID) bool {
	n := min(len(x), len(y))
	for i := range n {
		if x[i] != y[i] {
			return false
		}
	}
	return n > 0
}

// pageOf cuts a page out of rows that are all there, by their keys, which rise.
func pageOf[T any](all []T, key func(T) string, at lms.PageAt) (page []T, next string, err error) {
	after, err := base64.RawURLEncoding.DecodeString(at.After)
	if err != nil {
		return nil, "", lms.Wrong("cursor", "error.cursor")
	}
	for i, x := range all {
		if len(after) > 0 && key(x) <= string(after) {
			continue
		}
		if page = append(page, x); at.Limit > 0 && len(page) == at.Limit && i < len(all)-1 {
			return page, base64.RawURLEncoding.EncodeToString([]byte(key(x))), nil
		}
	}
	return page, "", nil
}
