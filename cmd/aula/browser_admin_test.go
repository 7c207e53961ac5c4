package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// administration is a week of an administrator: people one by one and by file, enrolments, progress, the register; and another ente's
// administrator, who sees nothing of it.
func administration(t *testing.T, h *hall) {
	s := h.house(t)
	b := s.browser(t, h)
	b.enter("amministratore@demo.aula")
	b.open("/amministrazione")
	b.see(demoOwner)

	b.follow("Aggiungi una persona")
	addPerson(b, "Olga", "Serra-Núñez", "olga@comune.example.it", "Comune di Pietralta", "")
	link := invited(b, "Olga")
	activate(s.browser(t, h), link, "Olga")

	b.open("/amministrazione/persone")
	b.fill("Cerca", "SERRA nu")
	b.keys("\r")
	b.follow("Serra-Núñez Olga")
	person := b.path()
	b.see("olga@comune.example.it", "Accesso attivato il")
	b.gone(link)
	b.choose("Iscrivi", "Prova breve")
	b.submit("form[action$='/iscrizioni']")
	b.see("Persona iscritta al corso", "Prova breve", "0 oggetti su 3")

	importFile(t, b)

	b.open("/amministrazione")
	b.follow("Prova breve")
	b.see("1 iscritto", "Olga Serra-Núñez", "Comune di Pietralta")
	b.open("/amministrazione/registro/associazione-val-fiorita")
	b.see("Il registro è integro", "Rilascio")

	foreigner(t, h, s, b, person)
}

// addPerson fills in the form, first without what is needed.
func addPerson(b *browser, given, family, email, organisation, role string) {
	b.t.Helper()
	b.fill("Nome", given)
	b.fill("Cognome", family)
	b.choose("Ente", organisation)
	if role != "" {
		b.choose("Ruolo", role)
	}
	b.submit("main form")
	b.see("Serve un indirizzo e-mail o un nome utente")
	b.fill("Indirizzo e-mail", email)
	b.submit("main form")
}

// invited is an installation with mail: the link has left, and one can be handed over all the same.
func invited(b *browser, given string) (link string) {
	b.t.Helper()
	b.see("è partito verso il suo indirizzo")
	b.submit("form[action$='/link']")
	return handedOver(b, given)
}

// handedOver is the link that a page shows once.
func handedOver(b *browser, given string) (link string) {
	b.t.Helper()
	b.see("Indirizzo di accesso per " + given)
	return strings.TrimPrefix(get[string](b, "document.querySelector('.once').innerText.trim()"), b.base)
}

// activate is the other side: the link is opened elsewhere, works once, and is shown once.
func activate(other *browser, link, given string) {
	other.t.Helper()
	other.open(link)
	other.see("Benvenut", given)
	other.fill("Password", longPassword)
	other.fill("Ripeti la password", "un'altra")
	other.submit("main form")
	other.see("Le due password non sono uguali")
	other.fill("Password", longPassword)
	other.fill("Ripeti la password", longPassword)
	other.submit("main form")
	other.at("/apprendimento")
	other.see("Accesso attivato")
	other.open("/accedi")
	other.at("/apprendimento") // signed in

	other.open(link)
	other.see("è già stato usato oppure è scaduto")
}

// importFile tries a file first, which changes nothing, and then adds who can be added.
func importFile(t *testing.T, b *browser) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "persone.csv")
	csv := "cognome;nome;email;ente;categoria\nVolta;Alessandra;alessandra.volta@comune.example.it;comune-pietralta;impiegato\n" +
		"Doppia;Lucia;dipendente@demo.aula;comune-pietralta;\nSenza;Recapito;;comune-pietralta;\n"
	if err := os.WriteFile(file, []byte(csv), 0o600); err != nil {
		t.Fatal(err)
	}
	b.open("/amministrazione/persone/importa")
	b.upload(file)
	b.follow("Controlla il file")
	b.see("1 persona nuova", "1 c’è già", "1 riga con un problema", "Finora non è stato cambiato niente", "Serve un indirizzo e-mail")
	other := b.tab()
	other.open("/amministrazione/persone?q=volta")
	other.gone("Volta Alessandra")
	b.follow("Aggiungi 1 persona")
	b.see("1 persona aggiunta", "Scarica gli indirizzi per accedere")
	other.open("/amministrazione/persone?q=volta")
	other.see("Volta Alessandra")
}

// foreigner administers another ente: what is not theirs is not there.
func foreigner(t *testing.T, h *hall, s *server, b *browser, person string) {
	t.Helper()
	b.open("/amministrazione/persone/nuova")
	addPerson(b, "Vito", "Lontano", "vito@comune.example.it", "Comune di Castelvecchio sul Torrente", "Amministratore")
	link := invited(b, "Vito")
	b.open("/amministrazione/registro/associazione-val-fiorita")
	certificate := get[string](b, "document.querySelector('a.code').getAttribute('href')")
	other := s.browser(t, h)
	activate(other, link, "Vito")
	other.open("/amministrazione")
	other.see("Comune di Castelvecchio sul Torrente")
	for _, address := range []string{person, certificate, "/amministrazione/registro/associazione-val-fiorita", "/amministrazione/persone?ente=comune-pietralta", "/amministrazione/corsi/prova-breve?ente=comune-pietralta"} {
		other.open(address)
		other.see("Errore 404")
		other.gone("Núñez")
	}
	other.open("/amministrazione/persone?q=serra")
	other.gone("Núñez")
}

// publishToken makes a token for publishing on the profile page, which shows it once.
func (b *browser) publishToken() string {
	b.t.Helper()
	b.open("/profilo")
	b.fill("Nome", "portatile dell’ufficio")
	b.click("Pubblicare corsi")
	b.submit("form[action='/profilo/gettoni']")
	b.see("Gettone creato")
	return get[string](b, "document.querySelector('.once').innerText.trim()")
}

// publishing is the author's side: a token from the profile page, `aula publish` from another machine, the same content twice, the token revoked.
func publishing(t *testing.T, h *hall) {
	s := h.house(t)
	b := s.browser(t, h)
	b.enter("autore@demo.aula")
	token := b.publishToken()

	folder := filepath.Join(t.TempDir(), "breve")
	if err := os.CopyFS(folder, os.DirFS("testdata/breve")); err != nil {
		t.Fatal(err)
	}
	publish := func(want string) {
		t.Helper()
		if out, _ := h.publish(s, token, folder); !strings.Contains(out, want) {
			t.Errorf("aula publish says %q, want %q", out, want)
		}
	}
	publish("the same content is edition 1 already")
	text, err := os.ReadFile(filepath.Join(folder, "02-fine", "01-commiato.md"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "02-fine", "01-commiato.md"), append(text, "\nUna frase in più.\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	publish("edition 2 published")
	b.open("/corsi/prova-breve")
	b.see("Versione 2 del corso")

	b.open("/profilo")
	b.gone(token)
	b.click("Revoca")
	b.see("Revocare questo gettone?")
	b.follow("Revoca")
	b.see("Gettone revocato")
	publish("aula: " + s.url)
}
