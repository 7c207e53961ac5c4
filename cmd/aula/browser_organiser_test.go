package main

import "time"

// organiser keeps a webinar: announced with problems, published, with somebody in it, and every page of it before its hour.
func (in *inspection) organiser() {
	b := in.browser()
	b.enter("amministratore@demo.aula")
	for _, address := range []string{"/amministrazione/webinar", "/amministrazione/webinar/nuovo"} {
		b.open(address)
		in.look(b, address)
	}
	day := time.Now().AddDate(0, 2, 0).Format(time.DateOnly)
	b.set("input[name=title]", "Lavoro agile "+in.lang)
	b.set("input[name=starts]", day+"T10:00")
	b.set("input[name=ends]", day+"T09:00")
	b.submit("main form")
	in.look(b, "webinar with problems")
	b.set("input[name=ends]", day+"T11:30")
	b.set("input[name=link]", "https://meet.example.org/abc")
	b.set("input[name='speaker-0-name']", "Elena Guidi")
	b.submit("main form")
	in.look(b, "webinar that is a draft")
	kept := b.path()
	b.submit("form[action$='/pubblica']")
	in.look(b, "webinar that is published")
	b.open(kept + "/persone")
	b.set("input[name=login]", "dipendente@demo.aula")
	b.submit("form[method=post][action$='/persone']")
	in.look(b, "people of a webinar")
	b.open(get[string](b, "document.querySelector('a[href*=\"togli=\"]').getAttribute('href')"))
	in.look(b, "somebody to be taken out")
	person := get[string](b, "document.querySelector('input[name=persona]').value")
	for _, page := range []string{"/modifica", "/sposta", "/annulla", "/messaggio", "/materiale", "/foto", "/presenze", "/resoconti", "/dubbi", "/persone/" + person + "/presenza", "/chiudi", "/esiti", "/rapporto"} {
		b.open(kept + page)
		in.look(b, "webinar "+page)
	}
	b.open(kept + "/sposta")
	b.set("input[name=starts]", day+"T15:00")
	b.set("input[name=ends]", day+"T16:00")
	b.submit("main form")
	in.look(b, "webinar about to be moved")
}
