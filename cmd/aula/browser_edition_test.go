package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// aNewObject is what the author writes: a picture, a video whose captions are not there yet, and a question.
const aNewObject = `---
id: buone-maniere
title: "Le buone maniere"
kind: pill
minutes: 1
objectives:
  - "Salutare con garbo"
complete:
  watched: 80
  answered: 100
video:
  file: media/otto.mp4
  poster: media/otto.jpg
  poster_alt: "Il numero otto su fondo blu"
---

## Un saluto fa bene

Chi entra in municipio si aspetta un saluto. Costa poco e cambia la giornata.

![Un foglio pieno di puntini colorati](/media/foto-di-gruppo.jpg)

> [!QUESTION saluto single]
> Che cosa si dice entrando?
>
` + "> - [x] `buongiorno` Buongiorno\n> - [ ] `niente` Niente\n"

// edition is the life of a second edition: an author writes a new object with a picture, a video and a question, is stopped by a missing caption,
// mends that and publishes; an administrator moves a learner who has finished, after a look at what that does; the old certificate stands.
func edition(t *testing.T, h *hall) {
	s := h.house(t)
	learner := s.browser(t, h)
	got := earn(learner, account{"dipendente@demo.aula", demoPassword})

	b, draft := s.author(t, h)
	media, err := filepath.Abs("testdata/filmato/video")
	if err != nil {
		t.Fatal(err)
	}
	writeObject(b, draft, picture(t), filepath.Join(media, "otto.mp4"), filepath.Join(media, "otto.jpg"))
	b.finding("error", "sottotitoli")

	b.open(draft + "/pubblica")
	b.see("Il video non ha sottotitoli", "Le buone maniere", "c’è 1 errore da correggere")
	if !get[bool](b, "document.querySelector('form[action$=\"/pubblica\"] button').disabled") {
		t.Error("what has errors can be published")
	}

	mend(b, draft, filepath.Join(media, "otto.vtt"))
	b.open(draft + "/pubblica")
	b.see("Le buone maniere", "Nuovo")
	b.fill("Che cosa cambia", "Un oggetto nuovo, sulle buone maniere")
	b.submit("form[action$='/pubblica']")
	b.see("versione 2", "Un oggetto nuovo, sulle buone maniere")

	moveEverybody(s.browser(t, h))

	learner.open("/corsi/prova-breve")
	learner.see("versione 2", "Le buone maniere", "Completato")
	learner.follow("Cosa è cambiato da quando lo segui")
	learner.see("Un oggetto nuovo, sulle buone maniere", "Le buone maniere")

	// A typo moves everybody along, unless the author unticks it.
	b.open(draft + goodbye)
	b.write("\n\nA presto, e buon lavoro.")
	b.saved()
	b.open(draft + "/pubblica")
	b.see("Sposta subito a questa versione chi sta seguendo il corso")
	b.shoot("harmless")
	b.fill("Che cosa cambia", "Un saluto in fondo")
	b.submit("form[action$='/pubblica']")
	b.see("La versione nuova è pubblicata", "1 persona è nella versione 3", "Annulla lo spostamento")
	learner.open("/corsi/prova-breve")
	learner.see("Versione 3 del corso", "3 oggetti su 4")

	stranger := s.browser(t, h)
	stranger.open("/verifica/" + got.code)
	stranger.see("Attestato valido", "6 minuti", got.code)
	stranger.gone("Le buone maniere")
	if hash := stranger.value("Impronta del PDF (SHA-256)"); hash != got.hash {
		t.Errorf("the certificate's PDF has another hash: %s, it was %s", hash, got.hash)
	}
	learner.open("/attestati")
	if pdf := download(learner); hashOf(pdf) != got.hash {
		t.Error("the learner's PDF is another")
	}
}

// writeObject adds an object, writes it, and sends what it shows.
func writeObject(b *browser, draft string, files ...string) {
	b.t.Helper()
	b.open(draft)
	b.do("document.querySelector('form.add-object').closest('details').open = true")
	b.do("document.querySelector('form.add-object [value=pill]').click()")
	b.set("form.add-object [name=title]", "Le buone maniere")
	b.submit("form.add-object")
	b.see("Le buone maniere")
	for _, f := range files {
		b.upload(f)
		b.see(filepath.Base(f) + " è stato caricato")
	}
	b.replace(aNewObject)
	b.shown("Un saluto fa bene")
	b.shown("Che cosa si dice entrando?")
	b.saved()
}

// mend sends the captions and names them.
func mend(b *browser, draft, captions string) {
	b.t.Helper()
	b.open(draft + "/scrivi?file=01-inizio/le-buone-maniere.md")
	b.upload(captions)
	b.see("otto.vtt è stato caricato")
	b.replace(strings.Replace(aNewObject, "  poster:", "  captions: media/otto.vtt\n  poster:", 1))
	b.until("no error", func() bool {
		none, _ := ask[bool](b, "!document.querySelector('[data-findings] [data-severity=error]')")
		return none
	})
	b.saved()
}

// moveEverybody is the administrator's part: a look at what a move does, and the move.
func moveEverybody(b *browser) {
	b.t.Helper()
	b.enter("amministratore@demo.aula")
	b.open("/versioni/prova-breve/sposta?a=2")
	b.see("Lucia Ferrero", "Ha già concluso il corso: l’attestato non cambia", "1 oggetto in più da fare")
	b.submit("form.on-paper")
	b.see("1 persona è nella versione 2 per questo spostamento", "Annulla lo spostamento")
}
