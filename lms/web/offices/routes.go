package offices

import (
	"aulacomune/lms/roll"
	"aulacomune/lms/web/front"

	"github.com/gofiber/fiber/v2"
)

// routes is the table of this room. The services decide whose people somebody keeps.
func (p Pages) routes() []front.Route {
	const get, post = fiber.MethodGet, fiber.MethodPost
	return []front.Route{
		{Method: get, Path: "/amministrazione/persone", Who: front.Keeper, Handle: listPeople},
		{Method: get, Path: "/amministrazione/persone/nuova", Who: front.Keeper, Handle: personForm},
		{Method: post, Path: "/amministrazione/persone/nuova", Who: front.Keeper, Handle: addPerson},
		{Method: get, Path: "/amministrazione/persone/importa", Who: front.Keeper, Handle: p.importForm},
		{Method: post, Path: "/amministrazione/persone/importa", Who: front.Keeper, Handle: p.importPeople, Limit: roll.MaxFile + 1<<20},
		{Method: get, Path: "/amministrazione/persone/importa/modello.xlsx", Who: front.Keeper, Handle: template},
		{Method: get, Path: "/amministrazione/persone/importa/:intake", Who: front.Keeper, Handle: p.showIntake},
		{Method: post, Path: "/amministrazione/persone/importa/:intake", Who: front.Keeper, Handle: p.actOnIntake},
		{Method: post, Path: "/amministrazione/persone/importa/:intake/accessi.csv", Who: front.Keeper, Handle: p.intakeLinks},
		{Method: get, Path: "/amministrazione/persone/importa/:intake/righe-da-correggere.csv", Who: front.Keeper, Handle: p.wrongRows},
		{Method: get, Path: "/amministrazione/persone/:id", Who: front.Keeper, Handle: showPerson},
		{Method: get, Path: "/amministrazione/persone/:id/modifica", Who: front.Keeper, Handle: p.editForm},
		{Method: post, Path: "/amministrazione/persone/:id/modifica", Who: front.Keeper, Handle: p.edit},
		{Method: get, Path: "/amministrazione/persone/:id/unisci/:double", Who: front.Keeper, Handle: p.showMerge},
		{Method: get, Path: "/amministrazione/persone/:id/copia.zip", Who: front.Keeper, Handle: p.copyOf},
		{Method: get, Path: "/profilo/copia.zip", Who: front.Signed, Handle: p.copyOf},
		{Method: post, Path: "/amministrazione/persone/:id/link", Who: front.Keeper, Handle: newLink},
		{Method: post, Path: "/amministrazione/persone/:id/iscrizioni", Who: front.Keeper, Handle: enrolPerson},
	}
}
