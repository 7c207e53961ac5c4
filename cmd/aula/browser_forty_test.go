package main

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"aulacomune/lms/sheet"
)

// fortyHours is a year of an ente in short: its enti come from open data, its people from a file, an employee asks for a cohort, the manager agrees behind the
// link of a letter, who waited moves up when a seat is free, completes the course, and the page of their hours says what its workbook says.
func fortyHours(t *testing.T, h *hall) {
	s := h.house(t)
	admin := s.browser(t, h)
	admin.enter("amministratore@demo.aula")
	ada, bea := playYear(admin, demoMailbox, func() *browser { return s.browser(t, h) })
	token := s.apiToken(t, "autore@demo.aula")
	playWebinar(admin, demoMailbox, ada, bea, func(folder string) (string, error) { return h.publish(s, token, folder) })
}

// mailbox finds the latest letter to an address that says something.
type mailbox func(b *browser, to, says string) received

// received is a letter as a mail program gives it to its reader: the first link in it, and its calendar part, "" where it has none.
type received struct{ link, calendar string }

// playYear plays it with an administrator, whose installation has the course "Prova breve", and with browsers for everybody else: two employees among them.
func playYear(admin *browser, letter mailbox, another func() *browser) (ada, bea *browser) {
	importEnti(admin)
	importPeople(admin)
	ada, bea = another(), another()
	welcome(ada, letter, "ada.prima@nuovo.example", "Ada")
	welcome(bea, letter, "bea.seconda@nuovo.example", "Bea")
	cohort := planCohort(admin)

	askFor(ada, cohort)
	agree(another(), letter, "Ada Prima")
	ada.open(cohort)
	ada.see("Hai un posto.")
	askFor(bea, cohort)
	agree(another(), letter, "Bea Seconda")
	bea.open(cohort)
	bea.see("Sei in lista d’attesa: numero 1.")
	ada.open(cohort)
	ada.submit("form[action$='/lascia']")
	bea.open(cohort)
	bea.see("Hai un posto.")

	bea.open("/corsi/prova-breve")
	bea.follow("Inizia")
	watchTheVideo(bea)
	answerTheQuestions(bea)
	complete(bea)
	agreeOnHours(bea)
	return ada, bea
}

func importEnti(b *browser) {
	b.t.Helper()
	b.open("/amministrazione/enti/importa")
	b.set("input[name=region]", "Terra Fiorita")
	b.upload(fileOf(b.t, "comuni.csv", "Codice Comune formato alfanumerico;Denominazione in italiano;Denominazione Regione;Denominazione provincia\n91009;Nuovo;Terra Fiorita;Fiorino\n"))
	b.submit("form[enctype]")
	b.until("the list is compared", func() bool { ok, _ := ask[bool](b, "!!document.querySelector('#coverage')"); return ok })
	b.see("Comune di Nuovo")
	b.do("const leave = document.querySelector('input[name=leave]'); if (leave) leave.checked = true") // where other comuni are: they stay open
	b.submit("main form:not([role=search])")
	b.until("the enti are there", func() bool {
		b.open("/amministrazione/enti?q=Nuovo")
		return strings.Contains(b.text(), "Comune di Nuovo")
	})
}

func importPeople(b *browser) {
	b.t.Helper()
	b.open("/amministrazione/persone/importa")
	b.choose("Ente", "Comune di Nuovo")
	b.upload(fileOf(b.t, "persone.csv", "cognome;nome;email;ruolo\nPrima;Ada;ada.prima@nuovo.example;\nSeconda;Bea;bea.seconda@nuovo.example;\nCapo;Carlo;carlo.capo@nuovo.example;responsabile\n"))
	b.submit("form[enctype]")
	b.until("the file is read", func() bool { ok, _ := ask[bool](b, "!!document.querySelector('button[value=aggiungi]')"); return ok })
	b.submit("form:has([value=aggiungi])")
	b.until("the people are added", func() bool {
		ok, _ := ask[bool](b, "!!document.querySelector('form[action$=\"accessi.csv\"]')")
		return ok
	})
}

// fileOf is a file with a text.
func fileOf(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// demoMailbox is a page of the demo.
func demoMailbox(b *browser, to, says string) received {
	b.t.Helper()
	b.until("a letter to "+to+" that says "+says, func() bool {
		b.open("/demo/posta?a=" + to)
		for _, href := range get[[]string](b, "[...document.querySelectorAll('tbody th a')].map((a) => a.getAttribute('href'))") {
			b.open(href)
			if strings.Contains(b.text(), says) {
				return true
			}
		}
		return false
	})
	return received{
		link:     get[string](b, "document.querySelector('article a').getAttribute('href')"),
		calendar: get[string](b, "(async () => { const a = document.querySelector('a[href$=\".ics\"]'); return a ? (await fetch(a.href)).text() : '' })()"),
	}
}

// welcome is somebody's first day: the letter that the import sent them, its link, a password.
func welcome(b *browser, letter mailbox, email, given string) {
	b.t.Helper()
	b.open(letter(b, email, "ti ha registrato").link)
	b.see(given)
	b.fill("Password", longPassword)
	b.fill("Ripeti la password", longPassword)
	b.submit("main form")
	b.at("/apprendimento")
}

// planCohort opens a cohort with one seat, for those whose manager agrees.
func planCohort(b *browser) (address string) {
	b.t.Helper()
	b.open("/amministrazione/edizioni/nuova")
	b.choose("Corso", "Prova breve")
	b.fill("Nome dell’edizione", "Prima edizione")
	b.set("input[name=capacity]", "1")
	b.do("document.querySelector('input[name=way_free]').checked = false; document.querySelector('input[name=way_request]').checked = true; document.querySelector('select[name=steps]').value = 'manager'")
	b.submit("main form")
	kept := b.path()
	b.leaving(func() {
		b.press("open", "document.querySelector('[name=atto][value=open]').closest('form').querySelector('button')")
	})
	return strings.TrimPrefix(kept, "/amministrazione")
}

func askFor(b *browser, cohort string) {
	b.t.Helper()
	b.open(cohort)
	b.set("[name=why]", "Mi serve per il mio lavoro.")
	b.submit("form[action$='/richiesta']")
	b.see("Carlo Capo")
}

// agree is the manager's part, without an account: the letter, its link, a click.
func agree(b *browser, letter mailbox, who string) {
	b.t.Helper()
	b.open(letter(b, "carlo.capo@nuovo.example", who).link)
	b.see(who, "Mi serve per il mio lavoro.")
	b.leaving(func() { b.press("agree", "document.querySelector('button[name=answer][value=si]')") })
	b.see("ha dato l’accordo")
}

// agreeOnHours holds that the page of one's hours and its workbook say the same.
func agreeOnHours(b *browser) {
	b.t.Helper()
	b.open("/ore")
	b.see("Prova breve", "0:06")
	file := get[string](b, `(async () => {
		const bytes = new Uint8Array(await (await fetch('/ore/libretto.xlsx')).arrayBuffer());
		return btoa(String.fromCharCode(...bytes));
	})()`)
	raw, err := base64.StdEncoding.DecodeString(file)
	if err != nil {
		b.t.Fatal(err)
	}
	rows, err := sheet.Read(raw)
	if err != nil {
		b.t.Fatal(err)
	}
	found, lines := false, []string{}
	for row, err := range rows {
		if err != nil {
			b.t.Fatal(err)
		}
		line := strings.Join(row.Cells, " ")
		lines = append(lines, line)
		found = found || strings.Contains(line, "Bea Seconda") && strings.Contains(line, " 0:06 ")
	}
	if !found {
		b.t.Errorf("the workbook does not hold the course’s hours: %q", lines)
	}
}
