package desk

import (
	"aulacomune/lms/web/front"

	"github.com/gofiber/fiber/v2"
)

// routes is the table of this room.
func routes() []front.Route {
	const get = fiber.MethodGet
	return []front.Route{
		{Method: get, Path: "/amministrazione/da-fare", Who: front.Leader, Handle: show},
		{Method: get, Path: "/amministrazione/da-fare/attestati", Who: front.Admin, Handle: showPending},
	}
}
