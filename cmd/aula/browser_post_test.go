package main

import "strings"

// post looks at the pages of letters: somebody forgets their password, the letter arrives in the demo's mailbox, its link opens; then the office's side.
func (in *inspection) post() {
	b := in.browser()
	for _, address := range []string{"/demo/posta?a=nessuno@demo.aula", "/accedi/password", "/accedi/password/inviata"} {
		b.open(address)
		in.look(b, "letters "+address)
	}
	b.open("/accedi/password")
	b.set("input[name=login]", " ")
	b.do("document.querySelector('main form').noValidate = true")
	b.submit("main form")
	in.look(b, "new password for nobody")
	b.set("input[name=login]", "collega@demo.aula")
	b.submit("main form")
	in.look(b, "letter asked for")
	b.until("the letter arrives", func() bool {
		b.open("/demo/posta?a=collega@demo.aula")
		ok, _ := ask[bool](b, "!!document.querySelector('tbody a')")
		return ok
	})
	b.open("/demo/posta")
	in.look(b, "mailbox of the demo")
	b.open("/demo/posta?a=collega@demo.aula")
	b.open(get[string](b, "document.querySelector('tbody a').getAttribute('href')"))
	in.look(b, "letter of the demo")
	b.open(get[string](b, "document.querySelector('article a').getAttribute('href')"))
	if !strings.HasPrefix(b.path(), "/attiva/") {
		in.t.Errorf("the link in the letter leads to %s", b.path())
	}
	in.outbox()
}

// outbox is what the office sees of the same letter.
func (in *inspection) outbox() {
	b := in.browser()
	b.enter("amministratore@demo.aula")
	for _, address := range []string{"/amministrazione/posta?stato=failed", "/amministrazione/posta?a=collega", "/amministrazione/posta"} {
		b.open(address)
		in.look(b, "letters "+address)
	}
	b.open(get[string](b, "document.querySelector('tbody a').getAttribute('href')"))
	in.look(b, "letter of the outbox")
	b.set("input[name=note]", strings.Repeat("x", 400))
	b.submit("form[action$='/tornata']")
	in.look(b, "letter with a problem")
	b.set("input[name=note]", "Casella inesistente")
	b.submit("form[action$='/tornata']")
	in.look(b, "letter that came back")
}

// acts looks at the log of what staff did, and checks its chain.
func (in *inspection) acts() {
	b := in.browser()
	b.enter("amministratore@demo.aula")
	for _, address := range []string{"/amministrazione/azioni", "/amministrazione/azioni?azione=letter.bounce", "/amministrazione/azioni?chi=nessuno"} {
		b.open(address)
		in.look(b, "acts "+address)
	}
	b.submit("form[action$='/controlla']")
	in.look(b, "chain of acts, checked")
	if len(get[string](b, "document.querySelector('main .hash').innerText")) != 64 {
		in.t.Error("no head of the chain")
	}
}
