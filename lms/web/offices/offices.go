// Package offices is the pages of those who keep an organisation's people: lists, a person with their courses, new people one by one and from a file,
// and what happens to people in the course of time.
package offices

import (
	"embed"

	"aulacomune/lms/roll"
	"aulacomune/lms/web/front"
)

//go:embed templates
var templateFiles embed.FS

// Pages are these pages with what they ask of other rooms.
type Pages struct {
	Roll  *roll.Roll
	Mails bool // letters are sent: invitations can be
}

// Room is these pages as the front takes them in.
func Room(p Pages) front.Room {
	return front.Room{
		Name: "lms/web/offices", Templates: templateFiles, Routes: p.routes(),
		Desk: []front.Section{{Label: "admin.people", Address: "/amministrazione/persone", Who: front.Keeper, Place: 20, Group: front.People}},
	}
}
