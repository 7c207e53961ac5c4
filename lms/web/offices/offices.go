// Package offices is the pages of those who keep an organisation's people: lists, a person with their courses, new people one by one and from a file.
package offices

import (
	"embed"

	"aulacomune/lms/web/front"
)

//go:embed templates
var templateFiles embed.FS

// Room is these pages as the front takes them in.
func Room() front.Room {
	return front.Room{
		Name: "lms/web/offices", Templates: templateFiles, Routes: routes(),
		Desk: []front.Section{{Label: "admin.people", Address: "/amministrazione/persone", Who: front.Keeper, Place: 20}},
	}
}
