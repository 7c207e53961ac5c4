package main

import (
	"fmt"
	"strings"
)

// webinars looks at webinars as everybody, as a guest and as who has a seat, by the first of those to come.
func (in *inspection) webinars() {
	nobody := in.browser()
	for _, address := range []string{"/webinar/passati", "/webinar?q=nessuno", "/webinar"} {
		nobody.open(address)
		in.look(nobody, address)
	}
	b := in.browser()
	b.enter("dipendente@demo.aula") // who has a seat
	b.open("/webinar/miei")
	in.look(b, "webinars of one's own")
	page := get[string](nobody, "document.querySelector('main .card-link')?.getAttribute('href') ?? ''")
	if page == "" {
		return // nothing is announced
	}
	for _, address := range []string{page, page + "/locandina", page + "/ospite/inviata"} {
		nobody.open(address)
		in.look(nobody, "webinar "+address)
	}
	in.guest(nobody, page)
	b.open(page)
	if get[bool](b, "!!document.querySelector(\"form[action$='/iscrizione']\")") {
		b.submit("form[action$='/iscrizione']")
	}
	for _, address := range []string{page, page + "/entra", page + "/questionario"} {
		b.open(address)
		in.look(b, "seated "+address)
	}
	nobody.open(in.letterTo(nobody, "dipendente@demo.aula", "/posto/"))
	in.look(nobody, "place by a letter")
	nobody.open(get[string](nobody, "document.querySelector('main a[href*=\"/entra/\"]').getAttribute('href')"))
	in.look(nobody, "door by a letter")
	b.open("/webinar/miei")
	b.submit("form[action='/webinar/miei/calendario']")
	in.look(b, "private calendar")
}

// guest fills in the form of who has no account, wrongly and rightly, and confirms.
func (in *inspection) guest(b *browser, page string) {
	b.open(page + "/ospite")
	in.look(b, "guest of a webinar")
	email := "ospite." + in.lang + "@lontano.example"
	for field, value := range map[string]string{"given_name": "Ada", "family_name": "Lontana", "email": email, "enti_cerca": "comune"} {
		b.set("input[name="+field+"]", value)
	}
	b.do("document.querySelector('main form').noValidate = true")
	b.submit("main form")
	in.look(b, "guest who searched an ente")
	b.submit("main form")
	in.look(b, "guest with problems")
	b.do("document.querySelector('input[name=organisation]').click()")
	b.do("for (const s of document.querySelectorAll('main select')) s.selectedIndex = s.options.length - 1")
	b.submit("main form")
	b.at(page + "/ospite/inviata")
	b.open(in.letterTo(b, email, "/conferma/"))
	in.look(b, "guest who confirms")
	b.submit("main form")
	in.look(b, "guest who confirmed")
}

// letterTo is where the latest letter to somebody with such a link leads, once there is one.
func (in *inspection) letterTo(b *browser, email, with string) (address string) {
	b.until("a letter to "+email, func() bool {
		b.open("/demo/posta?a=" + email)
		for _, letter := range get[[]string](b, "[...document.querySelectorAll('tbody a')].map((a) => a.getAttribute('href'))") {
			b.open(letter)
			if address = get[string](b, fmt.Sprintf("document.querySelector('article a[href*=%q]')?.getAttribute('href') ?? ''", with)); address != "" {
				return true
			}
		}
		return false
	})
	return strings.TrimPrefix(address, in.s.url)
}
