package api

import "net/http"

// table is every route there is.
func (a *API) table() []Route {
	const get, post, put, del = http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete
	const conflict, tooMany = http.StatusConflict, http.StatusTooManyRequests
	return []Route{
		row(post, "/session", Anyone, "Sign in with e-mail address (or login name) and password", a.signIn).also(tooMany),
		row(del, "/session", Signed, "Sign out", a.signOut),

		row(get, "/courses", Anyone, "List the courses by title", a.courses),
		row(get, "/courses/:slug", Anyone, "Show a course with its modules and learning objects", a.course),
		row(post, "/courses/:slug/enrolments", Signed, "Enrol in the latest edition; who is enrolled gets the enrolment they have", a.enrol).also(conflict),

		row(get, "/enrolments", Signed, "List your enrolments, the latest first", a.enrolments),
		row(get, "/enrolments/:id", Signed, "Show how far an enrolment is", a.enrolment),
		row(get, "/enrolments/:id/objects/:object", Signed, "Show a learning object: text, video, questions, your answers", a.object).also(conflict),
		row(get, "/enrolments/:id/media/:hash", Signed, "Fetch a file of the course, whole or by range: video, captions, picture, document", a.media),
		row(post, "/enrolments/:id/events", Signed, "Record what you did; the same event again changes nothing", a.record).also(conflict, tooMany),

		row(get, "/certificates/:code.pdf", Anyone, "Fetch the bytes of a certificate as they were issued", a.pdf).also(tooMany),
		row(get, "/certificates/:code", Anyone, "Verify a certificate", a.certificate).also(tooMany),
		row(post, "/certificates/:code/revoke", Administrator, "Revoke a certificate", a.revoke).also(conflict),

		row(get, "/webinars", Anyone, "List the public webinars, to come or past", a.webinars),
		row(get, "/webinars/:slug", Anyone, "Show a public webinar", a.webinar),
		row(get, "/webinars/:slug/registration", Signed, "Show your place in a webinar", a.myRegistration),
		row(post, "/webinars/:slug/registration", Signed, "Register for a webinar: a seat, or a place on the waiting list; who is in it stays where they are", a.register).also(conflict, tooMany),
		row(del, "/webinars/:slug/registration", Signed, "Withdraw from a webinar, or from its waiting list", a.unregister).also(conflict),
		row(get, "/webinars/:slug/roster", Keeper, "List who is or was in a webinar, by name", a.roster),
		row(get, "/webinars/:slug/attendance", Keeper, "Say how long everybody was in a webinar, for who keeps it: never when they came and left", a.attendance),
		row(get, "/registrations", Signed, "List your places in webinars, by their beginning", a.registrations),

		row(get, "/people", Administrator, "List or search the people of an organisation, by name", a.people).also(http.StatusNotFound),
		row(post, "/people", Administrator, "Add a person; the answer holds their activation link, once", a.addPerson).also(conflict),

		row(get, "/reports", Keeper, "List the reports there are: what each may be narrowed by, and its columns", a.reports),
		row(get, "/reports/:report", Keeper, "Show the rows of a report about an organisation and those below it; the pages and exports show the same", a.report),

		row(post, "/courses", Author, "Publish an edition from a zip of texts", a.publish).also(conflict),
		row(get, "/courses/:slug/editions", Author, "List the editions of a course, the newest first", a.editions),
		row(get, "/courses/:slug/diff", Author, "Say what changes from one edition to another", a.diff),
		row(get, "/courses/:slug/editions/:number/source", Author, "Fetch the zip of texts that an edition was compiled from", a.source),
		row(get, "/courses/:slug/editions/:number/content", Author, "Fetch an edition as it was compiled, with the right answers; its form may change", a.content),
		row(post, "/courses/:slug/editions/:number/withdraw", Author, "Let nobody enrol in an edition any more; who takes it goes on", a.withdraw),
		row(post, "/courses/:slug/editions/:number/offer", Author, "Take the withdrawal of an edition back", a.offer),
		row(post, "/courses/:slug/editions/:number/restore", Author, "Make an older edition the newest, under a new number", a.restore).also(conflict),
		row(get, "/courses/:slug/editions/:number/export", Signed, "Fetch an edition to carry it out of the house, without right answers; for its authors and administrators", a.export),
		row(post, "/media/missing", Author, "Say which media files still have to be uploaded", a.missingMedia),
		row(put, "/media/:hash", Author, "Upload a media file", a.putMedia),

		row(get, "/openapi.json", Anyone, "This description", a.openAPI),
	}
}
