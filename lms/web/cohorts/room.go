// Package cohorts is the pages of the dated deliveries of courses: getting into one, asking for it, deciding about those who ask, and keeping cohorts.
package cohorts

import (
	"embed"

	"aulacomune/lms/cohort"
	"aulacomune/lms/request"
	"aulacomune/lms/web/front"
)

//go:embed templates
var templateFiles embed.FS

// Pages is what these pages ask.
type Pages struct {
	Cohorts  *cohort.Cohorts
	Requests *request.Requests
}

// Room is these pages as the front takes them in.
func Room(p Pages) front.Room {
	return front.Room{
		Name: "lms/web/cohorts", Templates: templateFiles, Routes: p.routes(),
		Menu: []front.Section{{Label: "cohorts.menu", Address: "/edizioni", Also: []string{"/richieste", "/scadenze", "/gruppi", "/sostituti"}, Who: front.Signed, Place: 15}},
		Own: []front.Section{
			{Label: "cohorts.menu", Address: "/edizioni", Who: front.Signed, Place: 10},
			{Label: "requests.menu", Address: "/richieste", Who: front.Signed, Place: 20},
			{Label: "deputies.menu", Address: "/sostituti", Who: front.Leader, Place: 50},
		},
		Desk: []front.Section{
			{Label: "cohorts.menu", Address: "/amministrazione/edizioni", Who: front.Keeper, Place: 30, Group: front.Training},
			{Label: "requests.menu", Address: "/amministrazione/richieste", Who: front.Keeper, Place: 32, Group: front.Training},
		},
		Waits:    []front.Wait{{Label: "wait.requests", Icon: "users", Address: "/richieste", Who: front.Leader, Place: 10, Count: p.countQueue}},
		Outcomes: map[string]string{"cohort-waiting": "info"},
	}
}
