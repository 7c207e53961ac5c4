package main

import "strings"

// cohorts looks at the pages of cohorts and requests: an administrator plans one, an employee asks for the demo's, a manager decides.
func (in *inspection) cohorts() {
	admin := in.browser()
	admin.enter("amministratore@demo.aula")
	for _, address := range []string{"/amministrazione/edizioni", "/amministrazione/richieste", "/sostituti", "/amministrazione/edizioni/nuova"} {
		admin.open(address)
		in.look(admin, address)
	}
	admin.set("input[name=title]", " ")
	admin.submit("main form")
	in.look(admin, "cohort with problems")
	admin.set("input[name=title]", "Primavera "+in.lang)
	admin.do("document.querySelector('input[name=way_free]').checked = true")
	admin.submit("main form")
	in.look(admin, "cohort that is planned")
	kept := admin.path()
	admin.open(kept + "/condizioni")
	in.look(admin, "terms of a cohort")

	b := in.browser()
	b.enter("dipendente@demo.aula")
	for _, address := range []string{"/edizioni", "/richieste", "/richieste/decidi/manca"} {
		b.open(address)
		in.look(b, address)
	}
	b.open("/edizioni")
	b.open(get[string](b, "document.querySelector('main a[href^=\"/edizioni/\"]').getAttribute('href')"))
	in.look(b, "cohort")
	b.set("[name=why]", " ")
	b.submit("form[action$='/richiesta']")
	in.look(b, "asked without a why")
	b.set("[name=why]", "Comincio a lavorare da casa.")
	b.submit("form[action$='/richiesta']")
	in.look(b, "request")
	request := b.path()

	manager := in.browser()
	manager.enter("responsabile@demo.aula")
	for _, address := range []string{"/richieste", request} {
		manager.open(address)
		in.look(manager, "manager, "+strings.Replace(address, request, "request", 1))
	}
	manager.leaving(func() { manager.press("agree", "document.querySelector('button[name=answer][value=si]')") })
	in.look(manager, "request agreed to")
}

// ways looks at the pages of signing in without a password.
func (in *inspection) ways() {
	nobody := in.browser()
	for _, address := range []string{"/accedi/collegamento", "/accedi/collegamento/manca", "/accedi/con/nessuno/ritorno"} {
		nobody.open(address)
		in.look(nobody, address)
	}
	nobody.open("/accedi/collegamento")
	nobody.set("input[name=email]", "dipendente@demo.aula")
	nobody.submit("main form")
	in.look(nobody, "a link was sent")

	b := in.browser()
	b.enter("dipendente@demo.aula")
	b.open("/profilo/accessi")
	in.look(b, "ways to sign in")
	b.set("input[name=fiscal]", "SBAGLIATO")
	b.submit("form[action='/profilo/codice-fiscale']")
	in.look(b, "fiscal number with a problem")

	admin := in.browser()
	admin.enter("amministratore@demo.aula")
	admin.open("/amministrazione/persone?q=Ferrero")
	admin.open(get[string](admin, "document.querySelector('tbody a[href^=\"/amministrazione/persone/\"]').getAttribute('href')") + "/codice-fiscale")
	in.look(admin, "fiscal number of somebody")
}
