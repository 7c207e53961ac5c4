// Package acts is the pages of the log of acts: who of the staff did what, to whom and when, the export, and whether the chain is whole.
package acts

import (
	"embed"

	"aulacomune/lms/audit"
	"aulacomune/lms/web/front"
)

//go:embed templates
var templateFiles embed.FS

// Pages is what these pages ask of other rooms.
type Pages struct{ Log *audit.Log }

// here is the address of the log.
const here = "/amministrazione/azioni"

// Room is these pages as the front takes them in.
func Room(p Pages) front.Room {
	return front.Room{
		Name: "lms/web/acts", Templates: templateFiles, Routes: p.routes(),
		Desk:     []front.Section{{Label: "acts.title", Address: here, Who: front.Keeper, Place: 85, Group: front.Office}},
		Outcomes: map[string]string{"acts-broken": "danger"},
	}
}
