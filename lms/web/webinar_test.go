package web_test

import (
	"testing"
	"testing/fstest"
	"time"

	"aulacomune/course"
	"aulacomune/lms/web"
	"aulacomune/lms/web/front"
)

// meeting is a course that is a webinar and a reading.
func meeting() fstest.MapFS {
	return fstest.MapFS{
		"course.yaml":       {Data: []byte("slug: incontro\ntitle: Il corso con l'incontro\nsummary: Un incontro e una lettura.\nobjectives: [Provare]\nmodules:\n  - {id: uno, folder: 01-uno, title: Modulo uno}\n")},
		"01-uno/01-ora.md":  {Data: []byte("---\nid: ora\ntitle: L'ora insieme\nkind: webinar\nwebinar: lavorare-per-obiettivi\nminutes: 90\nobjectives: [Provare]\ncomplete: {attended: true}\n---\n\nDi che cosa si parla.\n")},
		"01-uno/02-dopo.md": {Data: []byte("---\nid: dopo\ntitle: Dopo l'incontro\nkind: reading\nminutes: 1\nobjectives: [Provare]\ncomplete: {read: true}\n---\n\nUn testo.\n")},
	}
}

// The page of a webinar says what it is, what completes it, when it takes place and where to go, as far as that is known; and that one was there.
func TestWebinarOnAPage(t *testing.T) {
	known := true
	h := open(t, func(o *options) {
		o.pages.Webinars = func(_ *front.Request, name string) (web.WebinarView, bool, error) {
			start := time.Date(2026, 6, 8, 13, 0, 0, 0, time.UTC)
			return web.WebinarView{Href: "/webinar/" + name, Start: start, End: start.Add(90 * time.Minute)}, known, nil
		}
	})
	h.publish("carla", meeting())
	v := h.as("anna")
	_, err := h.school.Learning.Enrol(t.Context(), h.actor("anna"), course.Slug("incontro"))
	must(t, err)
	page := v.page("/corsi/incontro/ora")
	page.says(t, "Webinar", "partecipa al webinar", "la partecipazione al webinar", "È un incontro in diretta", "8 giugno 2026, dalle 15:00 alle 16:30", `href="/webinar/lavorare-per-obiettivi"`)
	known = false
	page = v.page("/corsi/incontro/ora")
	page.says(t, "È un incontro in diretta")
	page.keepsTo(t, "/webinar/lavorare", "8 giugno")
	must(t, h.school.Learning.Attended(t.Context(), h.people["anna"].ID, "lavorare-per-obiettivi", time.Now()))
	v.page("/corsi/incontro/ora").says(t, "Risulta che hai partecipato", "Completato il")
	v.page("/corsi/incontro").says(t, "Webinar")
}
