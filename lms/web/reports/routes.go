package reports

import (
	"aulacomune/lms/web/front"

	"github.com/gofiber/fiber/v2"
)

// routes is the table of this room. The services decide whose people somebody keeps.
func (p Pages) routes() []front.Route {
	const get, post = fiber.MethodGet, fiber.MethodPost
	return []front.Route{
		{Method: get, Path: "/rapporti", Who: front.Keeper, Handle: p.summary},
		{Method: post, Path: "/rapporti/viste", Who: front.Keeper, Handle: p.keep},
		{Method: get, Path: "/rapporti/viste/:view", Who: front.Keeper, Handle: p.view},
		{Method: post, Path: "/rapporti/viste/:view/togli", Who: front.Keeper, Handle: p.discard},
		{Method: get, Path: "/rapporti/:report", Who: front.Keeper, Handle: p.report},
		{Method: get, Path: "/rapporti/:report/tabella.csv", Who: front.Keeper, Handle: p.csv},
		{Method: get, Path: "/rapporti/:report/tabella.xlsx", Who: front.Keeper, Handle: p.xlsx},
	}
}
