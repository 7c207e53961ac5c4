package tree

import (
	"aulacomune/lms/web/front"

	"github.com/gofiber/fiber/v2"
)

// Where the pages are.
const (
	treeAddress    = "/amministrazione/enti"
	importAddress  = "/amministrazione/enti/importa"
	waitingAddress = "/amministrazione/ingressi"
)

// routes is the table of this room. The services decide whose tree somebody keeps.
func (p Pages) routes() []front.Route {
	const get, post = fiber.MethodGet, fiber.MethodPost
	return []front.Route{
		{Method: get, Path: "/amministrazione/enti", Who: front.Keeper, Handle: p.show},
		{Method: post, Path: "/amministrazione/enti/riapri", Who: front.Admin, Handle: p.reopen},
		{Method: get, Path: "/amministrazione/enti/importa", Who: front.Admin, Handle: p.form},
		{Method: post, Path: "/amministrazione/enti/importa", Who: front.Admin, Handle: p.check, Limit: front.InMemory},
		{Method: get, Path: "/amministrazione/enti/importa/:import", Who: front.Admin, Handle: p.look},
		{Method: post, Path: "/amministrazione/enti/importa/:import", Who: front.Admin, Handle: p.start},
		{Method: get, Path: "/amministrazione/ingressi", Who: front.Keeper, Handle: p.waiting},
		{Method: post, Path: "/amministrazione/ingressi/:proposal", Who: front.Keeper, Handle: p.decide},
	}
}
