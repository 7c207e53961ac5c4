// Package reports is the pages of how an ente is doing: a summary, reports row by row, views that one keeps.
package reports

import (
	"context"
	"embed"

	"aulacomune/lms"
	"aulacomune/lms/report"
	"aulacomune/lms/web/front"
)

//go:embed templates
var templateFiles embed.FS

// Pages are these pages with what they ask of other rooms.
type Pages struct {
	Reports *report.Reports
	Mails   bool                                                                                   // letters are sent: reminders can be
	Cohorts func(ctx context.Context, a lms.Actor, org lms.OrganisationID) ([]front.Option, error) // to narrow a report to
}

// Room is these pages as the front takes them in.
func Room(p Pages) front.Room {
	return front.Room{
		Name: "lms/web/reports", Templates: templateFiles, Routes: p.routes(),
		Desk: []front.Section{{Label: "reports.title", Address: "/rapporti", Who: front.Keeper, Place: 60, Group: front.Office}},
	}
}
