package web_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image"
	"image/png"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/calendar"
	"aulacomune/lms/cohort"
	"aulacomune/lms/webinar"
)

// webinarOf announces a webinar in somebody's name and publishes it: in ten days from ten to noon, free, unless the terms are changed.
func (h *house) webinarOf(who string, st webinar.Start, change func(*webinar.Input)) webinar.Webinar {
	h.t.Helper()
	x := h.announced(who, st, change)
	x, err := h.parts.Webinars.Publish(h.t.Context(), h.actor(who), x.ID)
	must(h.t, err)
	return x
}

func (h *house) announced(who string, st webinar.Start, change func(*webinar.Input)) webinar.Webinar {
	h.t.Helper()
	day := time.Now().AddDate(0, 0, 10).Format(time.DateOnly)
	st.Input = webinar.Input{
		Terms:  webinar.Terms{Title: "Lavoro agile nei comuni", Abstract: "Che cosa cambia.", Link: "https://meet.example.org/abc?pwd=1", Ways: []cohort.Way{cohort.WayFree}},
		Starts: webinar.Moment{Local: day + "T10:00"}, Ends: webinar.Moment{Local: day + "T12:00"},
	}
	if change != nil {
		change(&st.Input)
	}
	x, err := h.parts.Webinars.Announce(h.t.Context(), h.actor(who), st)
	must(h.t, err)
	return x
}

// settled waits for what is written behind the answers.
func (h *house) settled() {
	h.parts.Cohorts.Wait()
	h.parts.Webinars.Wait()
}

// at lets the school's clock show a moment.
func (h *house) at(t time.Time) { h.ahead.Store(int64(time.Until(t))) }

// swept is what a process does every minute.
func (h *house) swept() {
	h.t.Helper()
	must(h.t, h.parts.Webinars.Sweep(h.t.Context()))
	h.settled()
}

// goesTo fails unless an answer leads to an address.
func (a answer) goesTo(t *testing.T, address string) {
	t.Helper()
	if got := a.Header.Get("Location"); a.Status != http.StatusSeeOther || got != address {
		t.Fatalf("%d to %q, want %q: %.400s", a.Status, got, address, a.Body)
	}
}

// Two people and one seat: a question that must be answered, the waiting list said before and after, withdrawing in one click, which seats who waits, and can
// be undone.
func TestRegisteringForAWebinar(t *testing.T) {
	h := open(t)
	x := h.webinarOf("dario", webinar.Start{Organisation: "valle", Capacity: 1}, func(in *webinar.Input) {
		in.Title, in.Series, in.Number = `Lavoro <script>alert(1)</script> agile`, "Primavera agile", 1
		in.Speakers = []webinar.Speaker{{Name: "Ada <b>Neri</b>", As: "Comune di Alto", Bio: "Prima riga.\nSeconda <i>riga</i>."}}
		in.Questions = []webinar.Question{{Text: "Perché <u>vieni</u>?", Required: true}, {Text: "Agile?", Choices: []string{"sì", "no"}}}
	})
	page := "/webinar/" + x.Slug
	nobody := h.as("")
	nobody.page("/webinar").says(t, "Lavoro &lt;script&gt;alert(1)&lt;/script&gt; agile", "Primavera agile, incontro 1", `href="`+page+`"`, "Ada &lt;b&gt;Neri&lt;/b&gt;", `<time datetime="`+x.Terms.Starts.UTC().Format(time.RFC3339)+`"`)
	nobody.page("/webinar?q=agile").says(t, `href="`+page+`"`, "Trovato 1 webinar")
	nobody.page("/webinar?q=%3Czzz%3E").says(t, "Trovati 0 webinar per «&lt;zzz&gt;»")
	nobody.page("/webinar/passati").says(t, "Non si è ancora tenuto nessun webinar.")
	seen := nobody.page(page)
	seen.says(t, "Accedi e iscriviti", `href="/accedi?da=%2Fwebinar%2F`+x.Slug+`"`, "1 libero su 1", "Seconda &lt;i&gt;riga&lt;/i&gt;.", `property="og:title" content="Lavoro &lt;script&gt;`, `rel="canonical"`)
	seen.keepsTo(t, "meet.example.org", "<script>alert", "Gestisci")
	h.as("dario").page(page).says(t, `href="/amministrazione/webinar/`+string(x.ID)+`"`)

	anna, bruno := h.as("anna"), h.as("bruno")
	if a := anna.submit(anna.page(page).form(t, "/iscrizione"), url.Values{"answers.q2": {"sì"}}); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "answers.q1") == "" || !strings.Contains(a.Body, `value="sì" selected`) {
		t.Errorf("without an answer: %d %q", a.Status, a.errorOf(t, "answers.q1"))
	}
	answers := url.Values{"answers.q1": {"Per <i>curiosità</i>"}, "answers.q2": {"no"}}
	anna.submit(anna.page(page).form(t, "/iscrizione"), answers).goesTo(t, page+"?esito=webinar-seated")
	anna.page(page).says(t, "Hai un posto.", "Si entra da qui")
	bruno.page(page).says(t, "chi si iscrive adesso è il numero 1", "Mettiti in lista d’attesa")
	bruno.submit(bruno.page(page).form(t, "/iscrizione"), answers).goesTo(t, page+"?esito=webinar-waiting")
	bruno.page(page).says(t, "Sei in lista d’attesa: numero 1.", "Posti", "1 persona in lista d’attesa")
	h.settled()
	bruno.page("/webinar").says(t, "Sei in lista d’attesa")
	bruno.page("/webinar/miei").says(t, "Sei in lista d’attesa.", "In programma")
	if a := bruno.post(page+"/entra", nil); a.Status != http.StatusConflict || strings.Contains(a.Body, "meet.example.org") {
		t.Errorf("who waits is let in: %d", a.Status)
	}
	anna.submit(anna.page(page).form(t, "/ritira"), nil).goesTo(t, page+"?esito=webinar-left")
	h.settled()
	bruno.page(page).says(t, "Hai un posto.")
	left := anna.page(page + "?esito=webinar-left")
	left.says(t, "Se è stato uno sbaglio, iscriviti di nuovo.")
	anna.submit(left.form(t, "/iscrizione"), answers).goesTo(t, page+"?esito=webinar-waiting")
	seat := "/webinar/" + x.Slug + "/posto/"
	link := seat + h.linkIn("webinar.promoted", seat)
	byLink := nobody.page(link)
	byLink.says(t, "Bruno Prova", "Hai un posto.", "noindex")
	nobody.submit(byLink.form(t, "/ritira"), nil).goesTo(t, link+"?esito=webinar-left")
	h.settled()
	nobody.page(link).says(t, "Ti sei ritirata o ritirato.")
	anna.page(page).says(t, "Hai un posto.")
	if a := nobody.get(seat + "falso.AAAA"); a.Status != http.StatusNotFound {
		t.Errorf("a link of nobody: %d", a.Status)
	}
}

// A guest finds their ente by name, is told the same whatever their address, confirms by a button, and has a place; one whose address proves nothing waits for
// their referent.
func TestGuestOfAWebinar(t *testing.T) {
	h := open(t, withMail)
	h.domain()
	x := h.webinarOf("dario", webinar.Start{Organisation: "valle"}, nil)
	page := "/webinar/" + x.Slug
	v := h.as("")
	v.page(page).says(t, `href="`+page+`/ospite"`)
	fields := url.Values{"given_name": {"Lia <i>"}, "family_name": {"Ospite"}, "email": {"lia"}, "enti_cerca": {"comune"}}
	form := v.page(page+"/ospite").form(t, "/ospite")
	searched := v.submit(form, fields)
	searched.says(t, "Comune di Alto", `value="Lia &lt;i&gt;"`, "Trovato 1 ente")
	form = searched.form(t, "/ospite")
	if a := v.submit(form, nil); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "email") == "" || a.errorOf(t, "organisation") == "" || a.errorOf(t, "given_name") != "" {
		t.Errorf("wrong: %d, %q, %q", a.Status, a.errorOf(t, "email"), a.errorOf(t, "organisation"))
	}
	for i, email := range []string{"lia@comune-alto.example", "anna@prova.it", "ugo@lontano.example"} {
		fields := url.Values{"given_name": {"Lia"}, "family_name": {"Ospite"}, "email": {email}, "enti_cerca": {"comune di alto"}, "organisation": {""}}
		if i > 0 {
			fields.Set("organisation", "comune-alto")
			fields.Set("enti_cercato", "comune di alto")
		}
		v.submit(form, fields).goesTo(t, page+"/ospite/inviata")
	}
	v.page(page+"/ospite/inviata").says(t, "Guarda nella tua posta")
	h.settled()
	must(t, h.parts.Mail.Deliver(t.Context()))
	for email, wants := range map[string]string{"lia@comune-alto.example": "Lia, hai un posto.", "anna@prova.it": "Lia, hai un posto.", "ugo@lontano.example": "il referente del tuo ente"} {
		link := h.confirmation(email, page)
		for range 2 { // mail scanners open links
			v.page(link).says(t, "Conferma e iscriviti")
		}
		if a := v.submit(v.page(link).form(t, "/conferma/"), nil); a.Status != http.StatusOK || !strings.Contains(a.Body, wants) {
			t.Errorf("%s: %d %s", email, a.Status, a.Body)
		}
	}
	h.as("anna").page(page).says(t, "Hai un posto.")
	h.settled()
	if seats := h.as("").page(page); !strings.Contains(seats.Body, "2 iscrizioni") {
		t.Errorf("not two seats: %s", seats.Body)
	}
	if a := v.get(page + "/conferma/falso"); a.Status != http.StatusNotFound {
		t.Errorf("a confirmation of nobody: %d", a.Status)
	}
	if strings.Contains(h.log.String(), "ugo@lontano") {
		t.Error("an address is in the log")
	}
}

// domain lets addresses of comune-alto say so.
func (h *house) domain() {
	h.t.Helper()
	_, err := h.school.Organisations.Amend(h.t.Context(), "comune-alto", func(o *lms.Organisation) error { o.Domains = []string{"comune-alto.example"}; return nil })
	must(h.t, err)
}

// confirmation is the link in the letter to a guest.
func (h *house) confirmation(email, page string) string {
	h.t.Helper()
	found, _, err := h.parts.Box.To(h.t.Context(), email, lms.PageAt{})
	must(h.t, err)
	for _, l := range found {
		if m := regexp.MustCompile(regexp.QuoteMeta(page) + `/conferma/[A-Za-z0-9_-]+`).FindString(l.Text); m != "" {
			return m
		}
	}
	h.t.Fatalf("no letter to %s", email)
	return ""
}

// The door: before its hour it says when it opens and changes nothing, then it lets in and notes that they came, then it is over; by the link of a letter and
// signed in. The page leads to the meeting by itself, because where forms lead is this site.
func TestTheDoorOfAWebinar(t *testing.T) {
	h := open(t)
	x := h.webinarOf("dario", webinar.Start{Organisation: "valle"}, func(in *webinar.Input) { in.Survey = webinar.UsualSurvey("it") })
	page := "/webinar/" + x.Slug
	anna, bruno, nobody := h.as("anna"), h.as("bruno"), h.as("")
	for _, who := range []*visitor{anna, bruno} {
		who.submit(who.page(page).form(t, "/iscrizione"), nil)
	}
	mine, err := h.parts.Webinars.MyPlace(t.Context(), h.actor("anna"), x.Slug)
	must(t, err)
	link := mine.Enter
	early := nobody.page(link)
	early.says(t, "La porta si apre il", "Aspetta qui", "noindex")
	early.keepsTo(t, "<button class=\"btn btn-primary\">", "meet.example.org")
	if early.Header.Get("Refresh") != "" {
		t.Error("the page moves, and nobody asked for it")
	}
	waits := nobody.page(link + "?aspetta=si")
	waits.says(t, "ogni 30 secondi", "Ferma l’aggiornamento")
	if waits.Header.Get("Refresh") != "30" {
		t.Errorf("the page that waits: Refresh %q", waits.Header.Get("Refresh"))
	}
	if a := nobody.post(link, nil); a.Status != http.StatusConflict || strings.Contains(a.Body, "meet.example.org") {
		t.Errorf("entered early: %d", a.Status)
	}
	h.at(x.Terms.Starts.Add(-10 * time.Minute))
	anna, bruno = h.as("anna"), h.as("bruno") // their sessions have ended meanwhile
	for range 3 {
		nobody.page(link).says(t, "Entri come Anna Prova.")
	}
	anna.page(page+"/entra").says(t, "Quando premi «Entra» risulta")
	if rows := h.presences(x, "anna"); len(rows) != 0 {
		t.Errorf("looking at the door is being there: %+v", rows)
	}
	in := nobody.submit(nobody.page(link).form(t, "/entra/"), nil)
	if in.Status != http.StatusOK || in.Header.Get("Refresh") != "0; url=https://meet.example.org/abc?pwd=1" || !strings.Contains(in.Body, `href="https://meet.example.org/abc?pwd=1"`) {
		t.Fatalf("entering: %d %q", in.Status, in.Header.Get("Refresh"))
	}
	anna.submit(anna.page(page+"/entra").form(t, "/entra"), nil).says(t, "Vai all’incontro")
	if rows := h.presences(x, "anna"); len(rows) != 1 || !rows[0].Open {
		t.Errorf("anna came, twice by the same door: %+v", rows)
	}
	h.as("carla").page(page+"/entra").says(t, "prima iscriviti")
	if a := h.as("carla").post(page+"/entra", nil); a.Status != http.StatusConflict {
		t.Errorf("somebody without a seat: %d", a.Status)
	}
	h.at(x.Terms.Ends.Add(time.Minute))
	nobody.page(link).says(t, "L’incontro è finito.")
	if a := nobody.post(link, nil); a.Status != http.StatusConflict {
		t.Errorf("entered after the end: %d", a.Status)
	}
	h.swept()
	h.after(x, anna, bruno)
}

// after closes the webinar: anna was there, bruno was not; both may say what they think, once.
func (h *house) after(x webinar.Webinar, anna, bruno *visitor) {
	t, page := h.t, "/webinar/"+x.Slug
	t.Helper()
	h.as("").page("/webinar").keepsTo(t, page+`"`)
	h.as("").page("/webinar/passati").says(t, page+`"`, "tenuto")
	must(t, h.parts.Webinars.Mark(t.Context(), h.actor("dario"), x.ID, h.people["anna"].ID, webinar.Hand{Reason: "L’ho vista"}))
	_, err := h.parts.Webinars.SetMaterial(t.Context(), h.actor("dario"), x.ID, []webinar.Material{{Title: "La registrazione", Link: "https://video.example.org/1"}})
	must(t, err)
	_, err = h.parts.Webinars.Conclude(t.Context(), h.actor("dario"), x.ID)
	must(t, err)
	h.swept()
	own := anna.page("/webinar/miei")
	own.says(t, "Passati", "La tua presenza: 2 ore (100", "Le ore sono nel tuo registro.", `href="/verifica/`, page+"/questionario")
	own.keepsTo(t, "L’ho vista")
	anna.page(page).says(t, "è chiuso", "https://video.example.org/1")
	bruno.page("/webinar/miei").says(t, "serviva almeno il 75", "https://video.example.org/1")
	form := anna.page(page+"/questionario").form(t, "/questionario")
	if a := anna.submit(form, url.Values{"survey.s1": {"3"}}); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "survey.s2") == "" || !strings.Contains(a.Body, `id="survey.s1-3" value="3" required checked`) {
		t.Errorf("half a questionnaire: %d %s", a.Status, a.Body)
	}
	whole := url.Values{"survey.s1": {"3"}, "survey.s2": {"2"}, "survey.s3": {"0"}, "survey.s4": {"3"}, "comment": {"<b>Bello</b>"}}
	anna.submit(form, whole).goesTo(t, "/webinar/miei?esito=webinar-opined")
	anna.page(page+"/questionario").says(t, "Per te non c’è un questionario")
	if a := anna.submit(form, whole); a.Status != http.StatusConflict {
		t.Errorf("a second opinion: %d", a.Status)
	}
	seat := page + "/posto/" + string(h.people["bruno"].ID) + "."
	seat += h.linkIn("webinar.seated", seat)
	nobody := h.as("")
	nobody.submit(nobody.page(seat).form(t, "/questionario"), whole).goesTo(t, seat+"?esito=webinar-opined")
	nobody.page(seat).keepsTo(t, "survey.s1")
}

func (h *house) presences(x webinar.Webinar, who string) []webinar.Presence {
	h.t.Helper()
	rows, err := h.parts.Webinars.Times(h.t.Context(), h.actor("dario"), x.ID, h.people[who].ID)
	must(h.t, err)
	return rows
}

// What is not for everybody is there for nobody else: a draft, and one that is reserved.
func TestHiddenWebinars(t *testing.T) {
	h := open(t)
	draft := h.announced("dario", webinar.Start{Organisation: "valle"}, func(in *webinar.Input) { in.Title = "Una bozza" })
	reserved := h.webinarOf("dario", webinar.Start{Organisation: "valle"}, func(in *webinar.Input) {
		in.Title, in.Reserved, in.Audience = "Riservato", true, cohort.Audience{Enti: []lms.OrganisationID{"comune-alto"}}
	})
	for _, x := range []webinar.Webinar{draft, reserved} {
		page := "/webinar/" + x.Slug
		for who, sees := range map[string]bool{"": false, "elena": false, "fabio": false, "anna": x.ID == reserved.ID, "dario": true} {
			for _, address := range []string{page, page + "/locandina", page + "/calendario.ics"} {
				if a := h.as(who).get(address); a.Status != map[bool]int{true: http.StatusOK, false: http.StatusNotFound}[sees] {
					t.Errorf("%s as %q: %d", address, who, a.Status)
				}
			}
			if a := h.as(who).page("/webinar"); strings.Contains(a.Body, x.Slug) != (sees && x.ID == reserved.ID) {
				t.Errorf("the list of %q has %s: %t", who, x.Slug, !sees)
			}
		}
		for _, address := range []string{"/webinar.rss", "/webinar.ics", "/webinar?q=riservato", "/webinar?q=bozza"} {
			if a := h.as("").page(address); strings.Contains(a.Body, x.Slug) {
				t.Errorf("%s has %s", address, x.Slug)
			}
		}
		if a := h.as("").get(page + "/ospite"); a.Status != http.StatusNotFound {
			t.Errorf("the form for guests of %s: %d", x.Slug, a.Status)
		}
		if a := h.as("elena").post(page+"/iscrizione", nil); a.Status != http.StatusNotFound {
			t.Errorf("a stranger registers for %s: %d", x.Slug, a.Status)
		}
	}
	h.as("dario").page("/webinar/"+draft.Slug).says(t, "È ancora una bozza", "noindex")
	page := "/webinar/" + reserved.Slug
	anna := h.as("anna")
	shown := anna.page(page)
	shown.says(t, "noindex")
	shown.keepsTo(t, "og:title")
	anna.submit(shown.form(t, "/iscrizione"), nil).goesTo(t, page+"?esito=webinar-seated")
	h.settled()
	anna.page("/webinar").says(t, reserved.Slug, "Hai un posto.")
	_, err := h.parts.Webinars.Cancel(t.Context(), h.actor("dario"), reserved.ID, "La sala <non> c’è")
	must(t, err)
	h.settled()
	anna.page(page).says(t, "Questo webinar è annullato.", "Motivo: La sala &lt;non&gt; c’è")
	anna.page(page+"/entra").says(t, "annullato")
}

// What programs fetch is well formed, says that it has not changed, and the private calendar works until it is replaced or ended.
func TestCalendarsOfWebinars(t *testing.T) {
	h := open(t)
	for _, address := range []string{"/webinar.rss", "/webinar.ics"} { // empty ones, too
		wellFormed(t, address, h.as("").page(address))
	}
	x := h.webinarOf("dario", webinar.Start{Organisation: "valle"}, func(in *webinar.Input) {
		in.Title, in.Abstract = "Agile & <vivace>; «sì, certo»", "Riga uno;\ndue, \\ e ]]> tre 😀."
	})
	page := "/webinar/" + x.Slug
	for _, address := range []string{"/webinar.rss", "/webinar.ics", page + "/calendario.ics"} {
		a := h.as("").page(address)
		wellFormed(t, address, a)
		if tag := a.Header.Get("ETag"); tag != "" {
			if again := h.as("").with("If-None-Match", tag).get(address); again.Status != http.StatusNotModified || again.Body != "" {
				t.Errorf("%s again: %d, %d bytes", address, again.Status, len(again.Body))
			}
		} else if !strings.HasSuffix(address, "calendario.ics") {
			t.Errorf("%s has no ETag", address)
		}
		if strings.Contains(a.Body, "meet.example.org") {
			t.Errorf("%s tells where one enters", address)
		}
	}
	h.as("").page("/webinar").says(t, `<link rel="alternate" type="application/rss&#43;xml"`)
	anna := h.as("anna")
	anna.submit(anna.page(page).form(t, "/iscrizione"), nil)
	feed := h.newFeed(anna)
	got := h.as("").page(feed)
	wellFormed(t, feed, got)
	if !strings.Contains(got.Body, string(x.ID)+"-"+string(h.people["anna"].ID)+"@") || strings.Contains(got.Body, "entra") || strings.Contains(got.Body, "meet.example.org") {
		t.Errorf("the private calendar: %s", got.Body)
	}
	if a := anna.page(page + "/calendario.ics"); !strings.Contains(a.Body, string(h.people["anna"].ID)) {
		t.Error("the file of who has a seat is another appointment than that of the letters")
	}
	anna.page("/webinar/miei").keepsTo(t, strings.TrimSuffix(strings.TrimPrefix(feed, "/calendario/"), ".ics"))
	second := h.newFeed(anna)
	if a := h.as("").get(feed); a.Status != http.StatusNotFound {
		t.Errorf("the replaced calendar: %d", a.Status)
	}
	h.as("").page(second)
	anna.submit(anna.page("/webinar/miei").form(t, "/calendario/fine"), nil).goesTo(t, "/webinar/miei?esito=webinar-feed-ended")
	if a := h.as("").get(second); a.Status != http.StatusNotFound {
		t.Errorf("the calendar that was ended: %d", a.Status)
	}
	if strings.Contains(h.log.String(), strings.TrimPrefix(second, "/calendario/")) {
		t.Error("the secret is in the log")
	}
}

// newFeed makes a private calendar, and gives its address.
func (h *house) newFeed(v *visitor) string {
	h.t.Helper()
	a := v.submit(v.page("/webinar/miei").form(h.t, "/webinar/miei/calendario"), nil)
	found := regexp.MustCompile(`http://` + regexp.QuoteMeta(h.addr) + `(/calendario/[A-Za-z0-9_-]+\.ics)`).FindStringSubmatch(a.Body)
	if a.Status != http.StatusOK || found == nil {
		h.t.Fatalf("%d, no address in %s", a.Status, a.Body)
	}
	return found[1]
}

// wellFormed reads what programs fetch by the letter.
func wellFormed(t *testing.T, address string, a answer) {
	t.Helper()
	if strings.HasSuffix(address, ".ics") {
		if err := calendar.Check([]byte(a.Body)); err != nil {
			t.Errorf("%s: %v", address, err)
		}
		if kind := a.Header.Get("Content-Type"); kind != "text/calendar; charset=utf-8" {
			t.Errorf("%s is %q", address, kind)
		}
		return
	}
	d := xml.NewDecoder(strings.NewReader(a.Body))
	d.Strict = true
	names := map[string]int{}
	for {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("%s: %v in %s", address, err, a.Body)
		}
		if e, is := tok.(xml.StartElement); is {
			names[e.Name.Space+" "+e.Name.Local]++
		}
	}
	if names[" rss"] != 1 || names[" channel"] != 1 || names["http://www.w3.org/2005/Atom link"] != 1 || names[" item"] != names[" guid"] {
		t.Errorf("%s has %v", address, names)
	}
}

// The page shows the picture of who speaks, also to who passes its link on; the poster has a code and the address.
func TestPictureAndPoster(t *testing.T) {
	h := open(t)
	x := h.webinarOf("dario", webinar.Start{Organisation: "valle"}, func(in *webinar.Input) { in.Speakers = []webinar.Speaker{{Name: "Ada Neri"}} })
	var b bytes.Buffer
	must(t, png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 600, 600))))
	_, err := h.parts.Webinars.SetPhoto(t.Context(), h.actor("dario"), x.ID, 0, bytes.NewReader(b.Bytes()))
	must(t, err)
	page := "/webinar/" + x.Slug
	shown := h.as("").page(page)
	photo := regexp.MustCompile(`<img src="(` + regexp.QuoteMeta(page) + `/foto/[0-9a-f]+)"`).FindStringSubmatch(shown.Body)
	if photo == nil {
		t.Fatalf("no picture: %s", shown.Body)
	}
	shown.says(t, `property="og:image" content="http://`+h.addr+photo[1]+`"`)
	if a := h.as("").page(photo[1]); !strings.HasPrefix(a.Header.Get("Content-Type"), "image/") || !strings.Contains(a.Header.Get("Cache-Control"), "immutable") || len(a.Body) == 0 {
		t.Errorf("the picture: %v, %d bytes", a.Header, len(a.Body))
	}
	if a := h.as("").get(page + "/foto/" + strings.Repeat("0", 64)); a.Status != http.StatusNotFound {
		t.Errorf("another picture: %d", a.Status)
	}
	h.as("").page(page+"/locandina").says(t, `<svg class="qr"`, h.addr+page, "Lavoro agile nei comuni", "Ada Neri")
	h.as("").with("Accept-Language", "en").page(page+"/locandina").says(t, "How to register", "(Italian time)")
}

// A learning object that is a webinar says when it is, where the reader is in it, and leads to its page and door.
func TestWebinarOfAnObject(t *testing.T) {
	h := open(t)
	x := h.webinarOf("dario", webinar.Start{Organisation: "valle"}, nil)
	files := meeting()
	files["01-uno/01-ora.md"] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(string(files["01-uno/01-ora.md"].Data), "lavorare-per-obiettivi", x.Slug))}
	h.publish("carla", files)
	anna := h.as("anna")
	_, err := h.school.Learning.Enrol(t.Context(), h.actor("anna"), course.Slug("incontro"))
	must(t, err)
	before := anna.page("/corsi/incontro/ora")
	before.says(t, "dalle 10:00 alle 12:00", `href="/webinar/`+x.Slug+`"`)
	before.keepsTo(t, "Hai un posto.", "/entra")
	anna.submit(anna.page("/webinar/"+x.Slug).form(t, "/iscrizione"), nil)
	anna.page("/corsi/incontro/ora").says(t, "Hai un posto.", fmt.Sprintf(`href="/webinar/%s/entra"`, x.Slug))
}

// By a code, and with somebody's leave: a wrong code is said beside its field, a request waits for who decides, and the seat follows the answer.
func TestWaysIntoAWebinar(t *testing.T) {
	h := open(t)
	h.hire()
	coded := "/webinar/" + h.webinarOf("dario", webinar.Start{Organisation: "valle"}, func(in *webinar.Input) {
		in.Title, in.Ways, in.Code = "Con il codice", []cohort.Way{cohort.WayCode}, "monte rosa"
	}).Slug
	anna := h.as("anna")
	form := anna.page(coded).form(t, "/iscrizione")
	if a := anna.submit(form, url.Values{"code": {"monviso"}}); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "code") == "" || strings.Contains(a.Body, "monte rosa") {
		t.Errorf("a wrong code: %d %q", a.Status, a.errorOf(t, "code"))
	}
	anna.submit(form, url.Values{"code": {"Monte Rosa"}}).goesTo(t, coded+"?esito=webinar-seated")
	h.as("").page(coded+"/ospite").says(t, `name="code"`)

	asked := "/webinar/" + h.webinarOf("dario", webinar.Start{Organisation: "valle"}, func(in *webinar.Input) {
		in.Title, in.Ways, in.Steps = "Su richiesta", []cohort.Way{cohort.WayRequest}, []cohort.Step{cohort.StepManager}
		in.Questions = []webinar.Question{{Text: "Che cosa fai?", Required: true}}
	}).Slug
	nobody := h.as("").page(asked)
	nobody.says(t, "Qui ci si iscrive con un account")
	nobody.keepsTo(t, asked+"/ospite")
	h.as("").do(http.MethodGet, asked+"/ospite", nil).goesTo(t, asked)
	form = anna.page(asked).form(t, "/richiesta")
	if a := anna.submit(form, url.Values{"why": {"Mi serve."}}); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "richiesta-answers.q1") == "" || !strings.Contains(a.Body, "Mi serve.") {
		t.Errorf("a request without an answer: %d %q", a.Status, a.errorOf(t, "richiesta-answers.q1"))
	}
	sent := anna.submit(form, url.Values{"why": {"Mi serve."}, "answers.q1": {"Tributi"}})
	request, _, _ := strings.Cut(sent.Header.Get("Location"), "?")
	if sent.Status != http.StatusSeeOther || !strings.HasPrefix(request, "/richieste/") {
		t.Fatalf("asked: %d %s", sent.Status, sent.Body)
	}
	waits := anna.page(asked)
	waits.says(t, "La tua richiesta aspetta una risposta.", `href="`+request+`"`)
	waits.keepsTo(t, asked+"/richiesta")
	mario := h.as("mario")
	mario.submit(mario.page(request).form(t, "/risposta"), url.Values{"answer": {"si"}})
	h.settled()
	anna.page(asked).says(t, "Hai un posto.")
}
