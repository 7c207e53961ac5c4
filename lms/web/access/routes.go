package access

import (
	"aulacomune/lms/web/front"

	"github.com/gofiber/fiber/v2"
)

// routes is the table of this room.
func (p Pages) routes() []front.Route {
	const get, post = fiber.MethodGet, fiber.MethodPost
	return []front.Route{
		{Method: get, Path: "/accedi/collegamento", Who: front.Anyone, Handle: p.linkForm},
		{Method: post, Path: "/accedi/collegamento", Who: front.Anyone, Handle: p.askLink},
		{Method: get, Path: "/accedi/collegamento/inviato", Who: front.Anyone, Handle: p.linkSent},
		{Method: get, Path: "/accedi/collegamento/:secret", Who: front.Anyone, Handle: p.openLink},
		{Method: post, Path: "/accedi/collegamento/:secret", Who: front.Anyone, Handle: p.useLink},
		{Method: get, Path: "/accedi/password", Who: front.Anyone, Handle: p.passwordForm},
		{Method: post, Path: "/accedi/password", Who: front.Anyone, Handle: p.askPassword},
		{Method: get, Path: "/accedi/password/inviata", Who: front.Anyone, Handle: p.passwordSent},
		{Method: post, Path: "/accedi/con/:provider", Who: front.Anyone, Handle: p.depart},
		{Method: get, Path: "/accedi/con/:provider/ritorno", Who: front.Anyone, Handle: p.arrive},
		{Method: get, Path: "/profilo/accessi", Who: front.Signed, Handle: p.own},
		{Method: post, Path: "/profilo/accessi/con/:provider", Who: front.Signed, Handle: p.departToLink},
		{Method: post, Path: "/profilo/accessi/:account/scollega", Who: front.Signed, Handle: p.unlink},
		{Method: post, Path: "/profilo/codice-fiscale", Who: front.Signed, Handle: p.setOwnNumber},
		{Method: post, Path: "/profilo/codice-fiscale/elimina", Who: front.Signed, Handle: p.removeOwnNumber},
		{Method: post, Path: "/profilo/codice-fiscale/attestati", Who: front.Signed, Handle: p.printOwnNumber},
		{Method: get, Path: "/amministrazione/persone/:id/codice-fiscale", Who: front.Keeper, Handle: p.number},
		{Method: post, Path: "/amministrazione/persone/:id/codice-fiscale", Who: front.Keeper, Handle: p.setNumber},
		{Method: post, Path: "/amministrazione/persone/:id/codice-fiscale/elimina", Who: front.Keeper, Handle: p.removeNumber},
	}
}
