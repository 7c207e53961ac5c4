package post

import (
	"aulacomune/lms/web/front"

	"github.com/gofiber/fiber/v2"
)

// routes is the table of this room. The outbox decides whose letters somebody may see. Everybody may read the mailbox of a demo: its people are made up.
func (p Pages) routes() []front.Route {
	const get, post = fiber.MethodGet, fiber.MethodPost
	rows := []front.Route{
		{Method: get, Path: "/amministrazione/posta", Who: front.Keeper, Handle: p.list},
		{Method: get, Path: "/amministrazione/posta/:letter", Who: front.Keeper, Handle: p.letter},
		{Method: post, Path: "/amministrazione/posta/:letter/riprova", Who: front.Keeper, Handle: p.retry},
		{Method: post, Path: "/amministrazione/posta/:letter/tornata", Who: front.Keeper, Handle: p.bounce},
	}
	if p.Box == nil {
		return rows
	}
	return append(rows, []front.Route{
		{Method: get, Path: "/demo/posta", Who: front.Anyone, Handle: p.arrived},
		{Method: get, Path: "/demo/posta/:letter", Who: front.Anyone, Handle: p.open},
		{Method: get, Path: "/demo/posta/:letter/appuntamento.ics", Who: front.Anyone, Handle: p.calendar},
	}...)
}
