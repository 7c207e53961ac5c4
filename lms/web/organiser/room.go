// Package organiser is the pages of webinars for those who keep them: announcing, publishing, moving, people, presence and doubts, outcomes, the report.
package organiser

import (
	"embed"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/ledger"
	"aulacomune/lms/mail"
	"aulacomune/lms/web/front"
	"aulacomune/lms/webinar"
)

//go:embed templates
var templateFiles embed.FS

// Pages is what these pages ask.
type Pages struct {
	Webinars *webinar.Webinars
	Cohorts  *cohort.Cohorts // groups of an audience
	Ledger   *ledger.Ledger  // areas of training
	Outbox   *mail.Outbox    // how letters fare
	Rooms    bool            // a webinar without a link is held in a room of the house
	Now      func() time.Time
}

// root is the address of the list.
const root = "/amministrazione/webinar"

// Room is these pages as the front takes them in.
func Room(p Pages) front.Room {
	p.Now = lms.Clock(p.Now)
	return front.Room{
		Name: "lms/web/organiser", Templates: templateFiles, Routes: p.routes(),
		Desk: []front.Section{{Label: "organiser.menu", Address: root, Who: front.Keeper, Place: 34, Group: front.Training}},
		Waits: []front.Wait{
			{Label: "wait.organiser.doubts", Icon: "question", Address: root + "?stato=dubbi", Who: front.Keeper, Place: 30, Count: p.countDoubts},
			{Label: "wait.organiser.over", Icon: "webinar", Address: root + "?stato=held", Who: front.Keeper, Place: 32, Count: p.countOver},
		},
		Outcomes: map[string]string{"organiser-report-known": "info", "organiser-report-doubts": "warning"},
	}
}
