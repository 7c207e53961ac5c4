package main

import (
	"os"
	"path/filepath"
	"time"
)

// hours looks at the pages of the ledger: an employee declares training, an administrator validates and corrects it.
func (in *inspection) hours() {
	b := in.browser()
	b.enter("dipendente@demo.aula")
	for _, address := range []string{"/ore", "/ore?anno=2025", "/ore/dichiara"} {
		b.open(address)
		in.look(b, "hours "+address)
	}
	file := filepath.Join(in.t.TempDir(), "attestato.pdf")
	if err := os.WriteFile(file, []byte("%PDF-1.7\n%%EOF\n"), 0o600); err != nil {
		in.t.Fatal(err)
	}
	b.set("input[name=title]", "Corso di diritto amministrativo")
	b.set("input[name=provider]", "Università")
	b.set("input[name=from]", time.Now().AddDate(0, 0, -1).Format(time.DateOnly))
	b.set("input[name=minutes]", "due")
	b.upload(file)
	b.submit("main form")
	in.look(b, "declaration with a problem")
	b.set("input[name=minutes]", "2:00")
	b.upload(file)
	b.submit("main form")
	in.look(b, "training declared")
	in.validate()
}

// validate is the other side of it.
func (in *inspection) validate() {
	b := in.browser()
	b.enter("amministratore@demo.aula")
	for _, address := range []string{"/amministrazione/ore", "/amministrazione/ore/regole", "/amministrazione/ore/aree", "/ore/persone", "/ore/confronto", "/amministrazione/ore/convalida"} {
		b.open(address)
		in.look(b, "hours "+address)
	}
	b.open(get[string](b, "document.querySelector('tbody a').getAttribute('href')"))
	in.look(b, "claim")
	person := get[string](b, "document.querySelector('a[href^=\"/ore/persone/\"]').getAttribute('href')")
	b.leaving(func() { b.press("refuse", "document.querySelector('button[value=refuse]')") })
	in.look(b, "refused without a reason")
	b.leaving(func() { b.press("accept", "document.querySelector('button[value=accept]')") })
	in.look(b, "validated")
	b.open(person)
	in.look(b, "hours of a person")
	b.open(get[string](b, "document.querySelector('a[href^=\"/ore/righe/\"]').getAttribute('href')"))
	in.look(b, "a row to correct")
}
