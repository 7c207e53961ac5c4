package main

import (
	"testing"
	"time"
)

// withoutScript is the whole journey with JavaScript turned off: forms and links alone, and for the video the rule that the page states.
func withoutScript(t *testing.T, h *hall) {
	b := h.house(t).browser(t, h).withoutScript()
	b.signIn("dipendente@demo.aula", demoPassword)
	b.at("/apprendimento")
	b.open("/corsi/prova-breve")
	b.submit("form[action$='/iscrizione']")
	b.see("Iscrizione fatta")
	b.follow("Inizia")

	b.see("Senza JavaScript la pagina non può seguire il video", "Ho guardato il video")
	b.follow("Ho guardato il video")
	b.see("È passato meno tempo della durata del video")
	b.until("the rule of the video is met", func() bool {
		time.Sleep(500 * time.Millisecond) // a person who watches meanwhile
		b.follow("Ho guardato il video")
		done, _ := ask[bool](b, "document.body.innerText.includes('Video segnato come visto')")
		return done
	})
	b.see("Completato il")

	b.follow("Due domande")
	b.click("Sette.")
	b.follow("Invia le risposte")
	b.see("Manca la risposta a 1 domanda")
	if kept := get[bool](b, "document.querySelector('#q-giorni-b').checked"); !kept {
		t.Error("the answer that was given is lost when another is missing")
	}
	b.click("Due.")
	b.click("Quattro.")
	b.follow("Invia le risposte")
	b.see("Risposte esatte: 2 su 2")
	code := complete(b)

	b.follow("Scarica il PDF")
	b.open("/attestati")
	b.see("Prova breve", code)
	b.open("/verifica")
	b.fill("Codice dell’attestato", code)
	b.follow("Verifica")
	b.at("/verifica/" + code)

	b.open("/")
	b.submit("form.langs")
	b.see("How it works")
	b.open("/corsi")
	b.press("the person's menu", "document.querySelector('.user-menu summary')")
	b.submit("form[action='/esci']")
	b.see("You are signed out")
}
