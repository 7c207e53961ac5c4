// Package hours is the pages of the ledger: a person's year, a manager's people, an ente and a region with their sums, what waits to be validated, and the
// rules by which hours are asked for.
package hours

import (
	"embed"
	"fmt"

	"aulacomune/lms/ledger"
	"aulacomune/lms/web/front"
)

//go:embed templates
var templateFiles embed.FS

// Pages is what these pages ask of others.
type Pages struct {
	Ledger *ledger.Ledger
	Owner  string                          // who runs the installation
	Draw   func(p Printed) ([]byte, error) // the booklet as PDF
}

// Room is these pages as the front takes them in.
func Room(p Pages) front.Room {
	return front.Room{
		Name: "lms/web/hours", Templates: templateFiles, Routes: p.routes(),
		Menu: []front.Section{{Label: "nav.hours", Address: "/ore", Who: front.Signed, Place: 25}},
		Desk: []front.Section{
			{Label: "hours.desk", Address: "/amministrazione/ore", Who: front.Keeper, Place: 35, Group: front.Hours},
			{Label: "hours.queue", Address: "/amministrazione/ore/convalida", Who: front.Keeper, Place: 36, Group: front.Hours},
			{Label: "hours.people", Address: "/ore/persone", Who: front.Leader, Place: 37, Group: front.Hours},
		},
		Waits: []front.Wait{{Label: "wait.claims", Icon: "clock", Address: "/amministrazione/ore/convalida", Who: front.Keeper, Place: 20, Count: p.countWaiting}},
	}
}

// hm is a number of minutes as hours: 37:30.
func hm(minutes int) string { return fmt.Sprintf("%d:%02d", minutes/60, minutes%60) }
