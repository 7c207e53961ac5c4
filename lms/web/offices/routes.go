package offices

import (
	"aulacomune/lms/web/front"

	"github.com/gofiber/fiber/v2"
)

// routes is the table of this room. The services decide whose people somebody keeps.
func routes() []front.Route {
	const get, post = fiber.MethodGet, fiber.MethodPost
	return []front.Route{
		{Method: get, Path: "/amministrazione/persone", Who: front.Keeper, Handle: listPeople},
		{Method: get, Path: "/amministrazione/persone/nuova", Who: front.Keeper, Handle: personForm},
		{Method: post, Path: "/amministrazione/persone/nuova", Who: front.Keeper, Handle: addPerson},
		{Method: get, Path: "/amministrazione/persone/importa", Who: front.Keeper, Handle: importForm},
		{Method: post, Path: "/amministrazione/persone/importa", Who: front.Keeper, Handle: importPeople, Limit: 4 << 20},
		{Method: get, Path: "/amministrazione/persone/:id", Who: front.Keeper, Handle: showPerson},
		{Method: post, Path: "/amministrazione/persone/:id/link", Who: front.Keeper, Handle: newLink},
		{Method: post, Path: "/amministrazione/persone/:id/iscrizioni", Who: front.Keeper, Handle: enrolPerson},
	}
}
