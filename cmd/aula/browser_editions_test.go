package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// nextEdition publishes the short course again, with a word and a question changed.
func (h *hall) nextEdition(t *testing.T, s *server) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "breve")
	if err := os.CopyFS(folder, os.DirFS("testdata/breve")); err != nil {
		t.Fatal(err)
	}
	rewrite(t, filepath.Join(folder, "02-fine", "01-commiato.md"), "È tutto", "È proprio tutto")
	rewrite(t, filepath.Join(folder, "01-inizio", "02-domande.md"), "Sette.", "Sette giorni.")
	if out, err := h.publish(s, s.apiToken(t, "autore@demo.aula"), folder); err != nil || !strings.Contains(out, "edition 2 published") {
		t.Fatalf("%v: %s", err, out)
	}
}

// editions looks at the editions of a course: as its author, who withdraws, offers and restores; as an administrator, who moves somebody and takes that
// back; and as that person.
func (in *inspection) editions() {
	learner := in.browser()
	learner.enter("dipendente@demo.aula")
	learner.open("/corsi/prova-breve")
	learner.submit("form[action$='/iscrizione']")
	in.h.nextEdition(in.t, in.s)
	learner.open("/novita/prova-breve")
	in.look(learner, "news of a newer edition")

	author := in.browser()
	author.enter("autore@demo.aula")
	for _, address := range []string{"", "/confronto?da=1&a=2", "/1/ripristina", "/2/ritira", "/sposta?a=2"} {
		author.open("/versioni/prova-breve" + address)
		in.look(author, "author, versioni"+address)
	}
	author.open("/versioni/prova-breve/2/ritira")
	author.set("textarea[name=reason]", " ")
	author.submit("form[action$=ritira]")
	in.look(author, "not withdrawn for want of a reason")
	author.set("textarea[name=reason]", "Una data è sbagliata")
	author.submit("form[action$=ritira]")
	in.look(author, "withdrawn")
	author.submit("form[action$=offri]")
	in.look(author, "offered again")

	admin := in.browser()
	admin.enter("amministratore@demo.aula")
	admin.open("/versioni/prova-breve")
	in.look(admin, "administrator, versioni")
	admin.open("/versioni/prova-breve/sposta?a=2")
	in.look(admin, "preview of a move")
	admin.leaving(func() { admin.press("move", "document.querySelector('button[value=scelte]')") })
	in.look(admin, "moved")
	learner.open("/novita/prova-breve")
	in.look(learner, "news of who was moved")
	learner.open("/corsi/prova-breve")
	in.look(learner, "course of who was moved")
	admin.submit("form[action$=annulla]")
	in.look(admin, "a move taken back")

	author.open("/versioni/prova-breve/1/ripristina")
	author.set("textarea[name=note]", "Torna la prima")
	author.submit("form[action$=ripristina]")
	in.look(author, "restored")
}
