// Package plans is the pages of what people are to take and by when: one's own deadlines, assignments and rules, groups, whom a course is open to.
package plans

import (
	"embed"

	"aulacomune/lms/cohort"
	"aulacomune/lms/plan"
	"aulacomune/lms/web/front"
)

//go:embed templates
var templateFiles embed.FS

// Pages is what these pages ask.
type Pages struct {
	Plans   *plan.Plans
	Cohorts *cohort.Cohorts
}

// Room is these pages as the front takes them in.
func Room(p Pages) front.Room {
	return front.Room{
		Name: "lms/web/plans", Templates: templateFiles, Routes: p.routes(),
		Own: []front.Section{
			{Label: "duties.menu", Address: "/scadenze", Who: front.Signed, Place: 30},
			{Label: "groups.menu", Address: "/gruppi", Who: front.Signed, Place: 40},
		},
		Desk: []front.Section{
			{Label: "plans.menu", Address: "/amministrazione/assegnazioni", Also: []string{"/amministrazione/regole", filesPath}, Who: front.Leader, Place: 33, Group: front.Training},
			{Label: "access.courses", Address: accessesPath, Who: front.Keeper, Place: 31, Group: front.Training},
			{Label: "groups.menu", Address: "/amministrazione/gruppi", Who: front.Keeper, Place: 34, Group: front.People},
		},
	}
}
