package acts

import (
	"aulacomune/lms/web/front"

	"github.com/gofiber/fiber/v2"
)

// routes is the table of this room. The log decides whose acts somebody may see.
func (p Pages) routes() []front.Route {
	const get, post = fiber.MethodGet, fiber.MethodPost
	return []front.Route{
		{Method: get, Path: "/amministrazione/azioni", Who: front.Keeper, Handle: p.list},
		{Method: get, Path: "/amministrazione/azioni/registro.csv", Who: front.Keeper, Handle: p.csv},
		{Method: post, Path: "/amministrazione/azioni/controlla", Who: front.Admin, Handle: p.verify},
	}
}
