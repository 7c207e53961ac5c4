package organiser

import (
	"aulacomune/lms/web/front"

	"github.com/gofiber/fiber/v2"
)

// routes is the table of this room. The service decides who keeps which webinar; to everybody else there is none here.
func (p Pages) routes() []front.Route {
	const get, post = fiber.MethodGet, fiber.MethodPost
	return []front.Route{
		{Method: get, Path: "/amministrazione/webinar", Who: front.Keeper, Handle: p.list},
		{Method: get, Path: "/amministrazione/webinar/nuovo", Who: front.Keeper, Handle: p.newForm},
		{Method: post, Path: "/amministrazione/webinar/nuovo", Who: front.Keeper, Handle: p.announce},
		{Method: get, Path: "/amministrazione/webinar/:webinar", Who: front.Keeper, Handle: p.show},
		{Method: get, Path: "/amministrazione/webinar/:webinar/modifica", Who: front.Keeper, Handle: p.editForm},
		{Method: post, Path: "/amministrazione/webinar/:webinar/modifica", Who: front.Keeper, Handle: p.revise},
		{Method: post, Path: "/amministrazione/webinar/:webinar/pubblica", Who: front.Keeper, Handle: p.publish},
		{Method: post, Path: "/amministrazione/webinar/:webinar/tenuto", Who: front.Keeper, Handle: p.hold},
		{Method: post, Path: "/amministrazione/webinar/:webinar/posti", Who: front.Keeper, Handle: p.resize},
		{Method: get, Path: "/amministrazione/webinar/:webinar/sposta", Who: front.Keeper, Handle: p.moveForm},
		{Method: post, Path: "/amministrazione/webinar/:webinar/sposta", Who: front.Keeper, Handle: p.move},
		{Method: get, Path: "/amministrazione/webinar/:webinar/annulla", Who: front.Keeper, Handle: p.cancelForm},
		{Method: post, Path: "/amministrazione/webinar/:webinar/annulla", Who: front.Keeper, Handle: p.cancel},
		{Method: get, Path: "/amministrazione/webinar/:webinar/messaggio", Who: front.Keeper, Handle: p.messageForm},
		{Method: post, Path: "/amministrazione/webinar/:webinar/messaggio", Who: front.Keeper, Handle: p.message},
		{Method: get, Path: "/amministrazione/webinar/:webinar/materiale", Who: front.Keeper, Handle: p.materialForm},
		{Method: post, Path: "/amministrazione/webinar/:webinar/materiale", Who: front.Keeper, Handle: p.material},
		{Method: get, Path: "/amministrazione/webinar/:webinar/foto", Who: front.Keeper, Handle: p.photoForm},
		{Method: post, Path: "/amministrazione/webinar/:webinar/foto", Who: front.Keeper, Handle: p.photo, Limit: front.InMemory},

		{Method: get, Path: "/amministrazione/webinar/:webinar/persone", Who: front.Keeper, Handle: p.people},
		{Method: post, Path: "/amministrazione/webinar/:webinar/persone", Who: front.Keeper, Handle: p.put},
		{Method: post, Path: "/amministrazione/webinar/:webinar/togli", Who: front.Keeper, Handle: p.remove},
		{Method: get, Path: "/amministrazione/webinar/:webinar/persone.csv", Who: front.Keeper, Handle: p.peopleFile},
		{Method: get, Path: "/amministrazione/webinar/:webinar/persone.xlsx", Who: front.Keeper, Handle: p.peopleFile},

		{Method: get, Path: "/amministrazione/webinar/:webinar/presenze", Who: front.Keeper, Handle: p.presence},
		{Method: post, Path: "/amministrazione/webinar/:webinar/presenze", Who: front.Keeper, Handle: p.bring, Limit: reportLimit},
		{Method: get, Path: "/amministrazione/webinar/:webinar/foglio-firme.xlsx", Who: front.Keeper, Handle: p.signList},
		{Method: get, Path: "/amministrazione/webinar/:webinar/foglio-firme.csv", Who: front.Keeper, Handle: p.signList},
		{Method: get, Path: "/amministrazione/webinar/:webinar/resoconti", Who: front.Keeper, Handle: p.reports},
		{Method: get, Path: "/amministrazione/webinar/:webinar/resoconti/:resoconto/originale", Who: front.Keeper, Handle: p.original},
		{Method: get, Path: "/amministrazione/webinar/:webinar/dubbi", Who: front.Keeper, Handle: p.doubts},
		{Method: post, Path: "/amministrazione/webinar/:webinar/dubbi", Who: front.Keeper, Handle: p.resolve},
		{Method: get, Path: "/amministrazione/webinar/:webinar/persone/:person/presenza", Who: front.Keeper, Handle: p.times},
		{Method: post, Path: "/amministrazione/webinar/:webinar/persone/:person/presenza", Who: front.Keeper, Handle: p.mark},

		{Method: get, Path: "/amministrazione/webinar/:webinar/chiudi", Who: front.Keeper, Handle: p.closeForm},
		{Method: post, Path: "/amministrazione/webinar/:webinar/chiudi", Who: front.Keeper, Handle: p.conclude},
		{Method: get, Path: "/amministrazione/webinar/:webinar/esiti", Who: front.Keeper, Handle: p.outcomes},
		{Method: get, Path: "/amministrazione/webinar/:webinar/rapporto", Who: front.Keeper, Handle: p.report},
		{Method: get, Path: "/amministrazione/webinar/:webinar/rapporto.csv", Who: front.Keeper, Handle: p.reportFile},
		{Method: get, Path: "/amministrazione/webinar/:webinar/rapporto.xlsx", Who: front.Keeper, Handle: p.reportFile},
	}
}
