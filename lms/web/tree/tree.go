// Package tree is the pages of the tree of enti: what lies below an organisation, open data with a dry run, and who waits to be let in.
package tree

import (
	"embed"

	"aulacomune/lms"
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
		Desk:  []front.Section{{Label: "enti.title", Address: treeAddress, Also: []string{waitingAddress}, Who: front.Keeper, Place: 25, Group: front.People}},
		Waits: []front.Wait{{Label: "wait.proposals", Icon: "user", Address: waitingAddress, Who: front.Keeper, Place: 30, Count: p.countWaiting}},
		Outcomes: map[string]string{
			"proposal-refused": "info",
		},
	}
}

// mostCounted is how many people who wait are counted for each organisation.
const mostCounted = 500

// countWaiting counts who asks to be let in, wherever the reader keeps people.
func (p Pages) countWaiting(r *front.Request) (n int, err error) {
	for _, root := range r.Actor.Kept() {
		found, _, err := p.Enti.Waiting(r.Ctx(), r.Actor, root, lms.PageAt{Limit: mostCounted})
		if err != nil {
			return n, err
		}
		n += len(found)
	}
	return n, nil
}
