package main

import (
	"testing"
)

// session: it ends in the middle of a form, and nothing is lost.
func session(t *testing.T, h *hall) {
	b := h.house(t).browser(t, h)
	b.signIn("dipendente@demo.aula", demoPassword)
	b.open("/corsi/prova-breve")
	b.follow("Iscriviti")
	b.open("/corsi/prova-breve/domande")
	b.click("Sette.")
	b.click("Due.")
	b.click("Quattro.")
	b.dropCookies()
	b.follow("Invia le risposte")
	b.see("La sessione è scaduta", "quello che stavi inviando è conservato")

	b.fill("Indirizzo e-mail o nome utente", "dipendente@demo.aula")
	b.fill("Password", "sbagliata")
	b.submit("form[action='/accedi']")
	b.see("Nome o password non corrispondono")
	b.fill("Password", demoPassword)
	b.submit("form[action='/accedi']")
	b.see("Bentornato: il tuo invio è qui")
	b.follow("Invia adesso")
	b.see("Risposte esatte: 2 su 2")
	b.at("/corsi/prova-breve/domande")

	// A page that needs somebody leads back to where one wanted to go.
	b.dropCookies()
	b.open("/profilo")
	b.see("Per vedere questa pagina accedi")
	b.fill("Indirizzo e-mail o nome utente", "dipendente@demo.aula")
	b.fill("Password", demoPassword)
	b.submit("form[action='/accedi']")
	b.at("/profilo")
}

// restart: the demo begins again on the same address, with everybody as they were.
func restart(t *testing.T, h *hall) {
	b := h.house(t).browser(t, h)
	b.enter("collega@demo.aula")
	b.open("/corsi/smart-working/il-tuo-prossimo-passo")
	b.follow("Ho letto")
	b.see("Hai completato tutto il corso")
	b.watch.forgive(true) // for a moment nobody answers
	b.click("Cambia persona")
	b.click("Ricomincia la demo")
	b.see("torna com’era all’inizio")
	b.follow("Sì, cancella e ricomincia")
	b.see("La demo ricomincia")
	b.until("the home page of a new demo", func() bool {
		ok, _ := ask[bool](b, "location.pathname === '/' && document.body.innerText.includes('I corsi') && document.body.innerText.includes('Accedi')")
		return ok
	})
	b.watch.forgive(false)
	b.see("Accedi") // the session is gone
	b.gone("Nicolò D’Angelo")
	b.open("/corsi/prova-breve") // published in the demo that was
	b.see("Errore 404")
	b.enter("collega@demo.aula")
	b.see("15 oggetti su 16")
}
