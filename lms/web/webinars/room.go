// Package webinars is the pages of webinars as everybody and participants see them: what is to come, one webinar, getting in with or without an account,
// the way into the meeting, what came of it, calendars.
package webinars

import (
	"embed"

	"aulacomune/lms/request"
	"aulacomune/lms/web/front"
	"aulacomune/lms/webinar"
)

//go:embed templates
var templateFiles embed.FS

// Pages is what these pages ask.
type Pages struct {
	Webinars *webinar.Webinars
	Requests *request.Requests
	File     func(i webinar.Invite) ([]byte, error) // one webinar, as a calendar file
	Calendar func(c Calendar) ([]byte, error)       // several
	Keep     string                                 // address that the id of a webinar follows, where those who keep it look after it; "" for none
}

// Calendar is webinars for programs that fetch them again and again.
type Calendar struct {
	Name, Lang string
	Page       string // path of the page that shows the same
	Of         []webinar.Invite
}

// Room is these pages as the front takes them in.
func Room(p Pages) front.Room {
	return front.Room{
		Name: "lms/web/webinars", Templates: templateFiles, Routes: p.routes(),
		Menu:     []front.Section{{Label: "webinars.menu", Address: "/webinar", Who: front.Anyone, Place: 12}},
		Own:      []front.Section{{Label: "webinars.own", Address: "/webinar/miei", Who: front.Signed, Place: 15}},
		Outcomes: map[string]string{"webinar-waiting": "info"},
	}
}
