package plans

import (
	"aulacomune/lms/plan"
	"aulacomune/lms/web/front"

	"github.com/gofiber/fiber/v2"
)

// routes is the table of this room. The services decide whose assignments somebody sees, and who keeps what.
func (p Pages) routes() []front.Route {
	const get, post = fiber.MethodGet, fiber.MethodPost
	return []front.Route{
		{Method: get, Path: "/scadenze", Who: front.Signed, Handle: p.duties},
		{Method: get, Path: "/gruppi", Who: front.Signed, Handle: p.ownGroups},
		{Method: get, Path: "/gruppi/:group", Who: front.Signed, Handle: p.group},

		{Method: get, Path: "/amministrazione/assegnazioni", Who: front.Leader, Handle: p.assignments},
		{Method: get, Path: "/amministrazione/assegnazioni/nuova", Who: front.Leader, Handle: p.assignForm},
		{Method: post, Path: "/amministrazione/assegnazioni/nuova", Who: front.Leader, Handle: p.assign},
		{Method: get, Path: "/amministrazione/assegnazioni/:slug/:person", Who: front.Leader, Handle: p.assignment},
		{Method: get, Path: "/amministrazione/assegnazioni/:slug/:person/proroga", Who: front.Leader, Handle: p.asks(extend())},
		{Method: post, Path: "/amministrazione/assegnazioni/:slug/:person/proroga", Who: front.Leader, Handle: p.does(extend())},
		{Method: get, Path: "/amministrazione/assegnazioni/:slug/:person/esonero", Who: front.Leader, Handle: p.asks(waive())},
		{Method: post, Path: "/amministrazione/assegnazioni/:slug/:person/esonero", Who: front.Leader, Handle: p.does(waive())},
		{Method: get, Path: "/amministrazione/assegnazioni/:slug/:person/togli", Who: front.Leader, Handle: p.asks(takeBack())},
		{Method: post, Path: "/amministrazione/assegnazioni/:slug/:person/togli", Who: front.Leader, Handle: p.does(takeBack())},

		{Method: get, Path: "/amministrazione/assegnazioni-da-file", Who: front.Leader, Handle: p.fileForm},
		{Method: post, Path: "/amministrazione/assegnazioni-da-file", Who: front.Leader, Handle: p.bring, Limit: plan.MaxFile + 1<<20},
		{Method: get, Path: "/amministrazione/assegnazioni-da-file/modello.xlsx", Who: front.Leader, Handle: fileTemplate},
		{Method: get, Path: "/amministrazione/assegnazioni-da-file/:file", Who: front.Leader, Handle: p.showFile},
		{Method: post, Path: "/amministrazione/assegnazioni-da-file/:file", Who: front.Leader, Handle: p.actOnFile},

		{Method: get, Path: "/amministrazione/regole", Who: front.Keeper, Handle: p.rules},
		{Method: get, Path: "/amministrazione/regole/nuova", Who: front.Keeper, Handle: p.ruleForm},
		{Method: post, Path: "/amministrazione/regole/nuova", Who: front.Keeper, Handle: p.makeRule},
		{Method: post, Path: "/amministrazione/regole/:rule/ferma", Who: front.Keeper, Handle: p.stopRule},

		{Method: get, Path: "/amministrazione/gruppi", Who: front.Keeper, Handle: p.keptGroups},
		{Method: get, Path: "/amministrazione/gruppi/nuovo", Who: front.Keeper, Handle: p.newGroup},
		{Method: post, Path: "/amministrazione/gruppi/nuovo", Who: front.Keeper, Handle: p.makeGroup},
		{Method: get, Path: "/amministrazione/gruppi/:group", Who: front.Keeper, Handle: p.keptGroup},
		{Method: get, Path: "/amministrazione/gruppi/:group/modifica", Who: front.Keeper, Handle: p.editGroup},
		{Method: post, Path: "/amministrazione/gruppi/:group/modifica", Who: front.Keeper, Handle: p.reviseGroup},
		{Method: post, Path: "/amministrazione/gruppi/:group/persone", Who: front.Keeper, Handle: p.addMember},
		{Method: post, Path: "/amministrazione/gruppi/:group/togli", Who: front.Keeper, Handle: p.dropMember},
		{Method: post, Path: "/amministrazione/gruppi/:group/fine", Who: front.Keeper, Handle: p.endGroup},

		{Method: get, Path: "/amministrazione/accessi", Who: front.Keeper, Handle: p.accesses},
		{Method: get, Path: "/amministrazione/accessi/:slug", Who: front.Keeper, Handle: p.access},
		{Method: post, Path: "/amministrazione/accessi/:slug", Who: front.Keeper, Handle: p.setAccess},
	}
}
