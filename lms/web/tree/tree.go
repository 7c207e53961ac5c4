// Package tree is the pages of the tree of enti: what lies below an organisation, open data with a dry run, and who waits to be let in.
package tree

import (
	"embed"

	"aulacomune/lms/enti"
	"aulacomune/lms/web/front"
)

//go:embed templates
var templateFiles embed.FS

// Pages is what the handlers ask.
type Pages struct {
	Enti *enti.Enti
}

// Room is these pages as the front takes them in.
func Room(p Pages) front.Room {
	return front.Room{
		Name: "lms/web/tree", Templates: templateFiles, Routes: p.routes(),
		Desk: []front.Section{{Label: "enti.title", Address: treeAddress, Also: []string{waitingAddress}, Who: front.Keeper, Place: 25}},
		Outcomes: map[string]string{
			"proposal-refused": "info",
		},
	}
}
