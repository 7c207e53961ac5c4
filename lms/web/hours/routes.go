package hours

import (
	"aulacomune/lms/web/front"

	"github.com/gofiber/fiber/v2"
)

// routes is the table of this room. The ledger decides whose hours somebody may see.
func (p Pages) routes() []front.Route {
	const get, post = fiber.MethodGet, fiber.MethodPost
	return []front.Route{
		{Method: get, Path: "/ore", Who: front.Signed, Handle: p.mine},
		{Method: get, Path: "/ore/libretto.pdf", Who: front.Signed, Handle: p.bookletPDF},
		{Method: get, Path: "/ore/libretto.json", Who: front.Signed, Handle: p.bookletJSON},
		{Method: get, Path: "/ore/libretto.csv", Who: front.Signed, Handle: p.bookletTable},
		{Method: get, Path: "/ore/libretto.xlsx", Who: front.Signed, Handle: p.bookletTable},
		{Method: get, Path: "/ore/dichiara", Who: front.Signed, Handle: p.claimForm},
		{Method: post, Path: "/ore/dichiara", Who: front.Signed, Handle: p.declare, Limit: front.InMemory},
		{Method: get, Path: "/ore/dichiarazioni/:claim/attestato", Who: front.Signed, Handle: p.attestato},
		{Method: post, Path: "/ore/dichiarazioni/:claim/ritira", Who: front.Signed, Handle: p.withdraw},
		{Method: get, Path: "/ore/confronto", Who: front.Leader, Handle: p.compare},
		{Method: get, Path: "/ore/persone", Who: front.Leader, Handle: p.people},
		{Method: get, Path: "/ore/persone.csv", Who: front.Leader, Handle: p.peopleTable},
		{Method: get, Path: "/ore/persone.xlsx", Who: front.Leader, Handle: p.peopleTable},
		{Method: get, Path: "/ore/persone/:id", Who: front.Leader, Handle: p.person},
		{Method: post, Path: "/ore/persone/:id/piano", Who: front.Leader, Handle: p.assign},
		{Method: post, Path: "/ore/persone/:id/piano/togli", Who: front.Leader, Handle: p.unassign},
		{Method: post, Path: "/ore/persone/:id/condizioni", Who: front.Keeper, Handle: p.setTerms},
		{Method: get, Path: "/ore/righe/:row/correggi", Who: front.Keeper, Handle: p.correctForm},
		{Method: post, Path: "/ore/righe/:row/correggi", Who: front.Keeper, Handle: p.correct},
		{Method: get, Path: "/amministrazione/ore", Who: front.Keeper, Handle: p.ente},
		{Method: get, Path: "/amministrazione/ore.csv", Who: front.Keeper, Handle: p.peopleTable},
		{Method: get, Path: "/amministrazione/ore.xlsx", Who: front.Keeper, Handle: p.peopleTable},
		{Method: get, Path: "/amministrazione/ore/convalida", Who: front.Keeper, Handle: p.queue},
		{Method: get, Path: "/amministrazione/ore/convalida/:claim", Who: front.Keeper, Handle: p.claimPage},
		{Method: post, Path: "/amministrazione/ore/convalida/:claim", Who: front.Keeper, Handle: p.decide},
		{Method: get, Path: "/amministrazione/ore/regole", Who: front.Keeper, Handle: p.policyForm},
		{Method: post, Path: "/amministrazione/ore/regole", Who: front.Keeper, Handle: p.setPolicy},
		{Method: get, Path: "/amministrazione/ore/aree", Who: front.Admin, Handle: p.areasPage},
		{Method: post, Path: "/amministrazione/ore/aree", Who: front.Admin, Handle: p.changeAreas},
	}
}
