// Package hours is the pages of the ledger: a person's year, a manager's people, an ente and a region with their sums, what waits to be validated, and the
// rules by which hours are asked for.
package hours

import (
	"embed"
	"fmt"

	"aulacomune/lms/ledger"
	"aulacomune/lms/web/front"

	"github.com/gofiber/fiber/v2"
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
			{Label: "hours.desk", Address: "/amministrazione/ore", Who: front.Keeper, Place: 35},
			{Label: "hours.queue", Address: "/amministrazione/ore/convalida", Who: front.Keeper, Place: 36},
		},
	}
}

// download says of an answer that it is a file to be saved: nothing in it may do anything on this site.
func download(r *front.Request, name, kind string) {
	r.C.Attachment(name)
	r.C.Set(fiber.HeaderContentType, kind) // Attachment guesses it by the name
	r.C.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
	r.C.Set(fiber.HeaderCacheControl, "private, no-store")
}

// hm is a number of minutes as hours: 37:30.
func hm(minutes int) string { return fmt.Sprintf("%d:%02d", minutes/60, minutes%60) }
