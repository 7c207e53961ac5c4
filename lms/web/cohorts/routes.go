package cohorts

import (
	"aulacomune/lms/web/front"

	"github.com/gofiber/fiber/v2"
)

// routes is the table of this room. The services decide who sees which cohort, and who decides which request.
func (p Pages) routes() []front.Route {
	const get, post = fiber.MethodGet, fiber.MethodPost
	return []front.Route{
		{Method: get, Path: "/edizioni", Who: front.Signed, Handle: p.catalogue},
		{Method: get, Path: "/edizioni/:cohort", Who: front.Signed, Handle: p.show},
		{Method: post, Path: "/edizioni/:cohort/entra", Who: front.Signed, Handle: p.join},
		{Method: post, Path: "/edizioni/:cohort/richiesta", Who: front.Signed, Handle: p.ask},
		{Method: post, Path: "/edizioni/:cohort/lascia", Who: front.Signed, Handle: p.leave},

		{Method: get, Path: "/richieste", Who: front.Signed, Handle: p.requests},
		{Method: get, Path: "/richieste/:request", Who: front.Signed, Handle: p.request},
		{Method: post, Path: "/richieste/:request/risposta", Who: front.Signed, Handle: p.decide},
		{Method: post, Path: "/richieste/:request/ritiro", Who: front.Signed, Handle: p.withdraw},
		{Method: post, Path: "/richieste/:request/incarico", Who: front.Keeper, Handle: p.appoint},
		{Method: get, Path: "/richieste/decidi/:token", Who: front.Anyone, Handle: p.linked},
		{Method: post, Path: "/richieste/decidi/:token", Who: front.Anyone, Handle: p.decideLinked},
		{Method: get, Path: "/sostituti", Who: front.Leader, Handle: p.deputies},
		{Method: post, Path: "/sostituti", Who: front.Leader, Handle: p.deputise},
		{Method: post, Path: "/sostituti/:deputy/fine", Who: front.Signed, Handle: p.endDeputy},

		{Method: get, Path: "/amministrazione/edizioni", Who: front.Keeper, Handle: p.kept},
		{Method: get, Path: "/amministrazione/edizioni/nuova", Who: front.Keeper, Handle: p.newForm},
		{Method: post, Path: "/amministrazione/edizioni/nuova", Who: front.Keeper, Handle: p.plan},
		{Method: get, Path: "/amministrazione/edizioni/:cohort", Who: front.Keeper, Handle: p.people},
		{Method: get, Path: "/amministrazione/edizioni/:cohort/condizioni", Who: front.Keeper, Handle: p.editForm},
		{Method: post, Path: "/amministrazione/edizioni/:cohort/condizioni", Who: front.Keeper, Handle: p.revise},
		{Method: post, Path: "/amministrazione/edizioni/:cohort/stato", Who: front.Keeper, Handle: p.mark},
		{Method: post, Path: "/amministrazione/edizioni/:cohort/persone", Who: front.Keeper, Handle: p.enter},
		{Method: post, Path: "/amministrazione/edizioni/:cohort/togli", Who: front.Keeper, Handle: p.remove},
		{Method: post, Path: "/amministrazione/edizioni/:cohort/sposta", Who: front.Keeper, Handle: p.transfer},
		{Method: get, Path: "/amministrazione/edizioni/:cohort/elenco/:kind", Who: front.Keeper, Handle: p.export},
		{Method: get, Path: "/amministrazione/richieste", Who: front.Keeper, Handle: p.requestsWithin},
		{Method: post, Path: "/amministrazione/richieste/regole", Who: front.Keeper, Handle: p.setPolicy},
	}
}
