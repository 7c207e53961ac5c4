package webinars

import (
	"aulacomune/lms/web/front"

	"github.com/gofiber/fiber/v2"
)

// routes is the table of this room. Who sees which webinar, and who may do what, lms/webinar decides.
func (p Pages) routes() []front.Route {
	const get, post = fiber.MethodGet, fiber.MethodPost
	return []front.Route{
		{Method: get, Path: "/webinar", Who: front.Anyone, Handle: p.list},
		{Method: get, Path: "/webinar/passati", Who: front.Anyone, Handle: p.past},
		{Method: get, Path: "/webinar.rss", Who: front.Anyone, Handle: p.rss},
		{Method: get, Path: "/webinar.ics", Who: front.Anyone, Handle: p.calendar},
		{Method: get, Path: "/calendario/:secret.ics", Who: front.Anyone, Handle: p.feed},

		{Method: get, Path: "/webinar/miei", Who: front.Signed, Handle: p.mine},
		{Method: post, Path: "/webinar/miei/calendario", Who: front.Signed, Handle: p.newFeed},
		{Method: post, Path: "/webinar/miei/calendario/fine", Who: front.Signed, Handle: p.endFeed},

		{Method: get, Path: "/webinar/:slug", Who: front.Anyone, Handle: p.show},
		{Method: get, Path: "/webinar/:slug/calendario.ics", Who: front.Anyone, Handle: p.file},
		{Method: get, Path: "/webinar/:slug/locandina", Who: front.Anyone, Handle: p.poster},
		{Method: get, Path: "/webinar/:slug/foto/:hash", Who: front.Anyone, Handle: p.photo},

		{Method: post, Path: "/webinar/:slug/iscrizione", Who: front.Signed, Handle: p.register},
		{Method: post, Path: "/webinar/:slug/richiesta", Who: front.Signed, Handle: p.ask},
		{Method: post, Path: "/webinar/:slug/ritira", Who: front.Signed, Handle: p.withdraw},
		{Method: get, Path: "/webinar/:slug/ospite", Who: front.Anyone, Handle: p.guestForm},
		{Method: post, Path: "/webinar/:slug/ospite", Who: front.Anyone, Handle: p.guest},
		{Method: get, Path: "/webinar/:slug/ospite/inviata", Who: front.Anyone, Handle: p.guestSent},
		{Method: get, Path: "/webinar/:slug/conferma/:secret", Who: front.Anyone, Handle: p.openGuest},
		{Method: post, Path: "/webinar/:slug/conferma/:secret", Who: front.Anyone, Handle: p.confirmGuest},

		{Method: get, Path: "/webinar/:slug/posto/:token", Who: front.Anyone, Handle: p.place},
		{Method: post, Path: "/webinar/:slug/posto/:token/ritira", Who: front.Anyone, Handle: p.withdrawByLink},
		{Method: post, Path: "/webinar/:slug/posto/:token/questionario", Who: front.Anyone, Handle: p.opineByLink},
		{Method: get, Path: "/webinar/:slug/entra", Who: front.Signed, Handle: p.entrance},
		{Method: post, Path: "/webinar/:slug/entra", Who: front.Signed, Handle: p.enter},
		{Method: get, Path: "/webinar/:slug/entra/:token", Who: front.Anyone, Handle: p.linkedEntrance},
		{Method: post, Path: "/webinar/:slug/entra/:token", Who: front.Anyone, Handle: p.enterByLink},
		{Method: get, Path: "/webinar/:slug/questionario", Who: front.Signed, Handle: p.survey},
		{Method: post, Path: "/webinar/:slug/questionario", Who: front.Signed, Handle: p.opine},
	}
}
