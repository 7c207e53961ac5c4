// Package reports is the pages of how an ente is doing: a summary, reports row by row, views that one keeps.
package reports

import (
	"embed"

	"aulacomune/lms/report"
	"aulacomune/lms/web/front"

	"github.com/gofiber/fiber/v2"
)

//go:embed templates
var templateFiles embed.FS

// Pages are these pages with what they ask of other rooms.
type Pages struct {
	Reports *report.Reports
	Mails   bool // letters are sent: reminders can be
}

// Room is these pages as the front takes them in.
func Room(p Pages) front.Room {
	return front.Room{
		Name: "lms/web/reports", Templates: templateFiles, Routes: p.routes(),
		Desk: []front.Section{{Label: "reports.title", Address: "/rapporti", Who: front.Keeper, Place: 60}},
	}
}

// routes is the table of this room. The services decide whose people somebody keeps.
func (p Pages) routes() []front.Route {
	const get, post = fiber.MethodGet, fiber.MethodPost
	return []front.Route{
		{Method: get, Path: "/rapporti", Who: front.Keeper, Handle: p.summary},
		{Method: post, Path: "/rapporti/viste", Who: front.Keeper, Handle: p.keep},
		{Method: get, Path: "/rapporti/viste/:view", Who: front.Keeper, Handle: p.view},
		{Method: post, Path: "/rapporti/viste/:view/togli", Who: front.Keeper, Handle: p.discard},
		{Method: get, Path: "/rapporti/:report", Who: front.Keeper, Handle: p.report},
		{Method: get, Path: "/rapporti/:report/tabella.csv", Who: front.Keeper, Handle: p.csv},
		{Method: get, Path: "/rapporti/:report/tabella.xlsx", Who: front.Keeper, Handle: p.xlsx},
	}
}
