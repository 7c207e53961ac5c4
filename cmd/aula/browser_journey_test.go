package main

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// journey is the product's main job from end to end: sign in, enrol, learn, hold a certificate that anyone can verify, and see it revoked.
func journey(t *testing.T, h *hall) {
	s := h.house(t)
	b := s.browser(t, h)
	b.open("/")
	b.follow("Accedi")
	b.fill("Indirizzo e-mail o nome utente", "dipendente@demo.aula")
	b.fill("Password", demoPassword)
	b.submit("form[action='/accedi']")
	b.at("/apprendimento")
	b.see("Il mio apprendimento", "Non segui ancora nessun corso")

	b.follow("Scegli un corso")
	b.follow("Prova breve")
	b.follow("Iscriviti")
	b.see("Iscrizione fatta", "0 oggetti su 3")
	b.follow("Inizia")

	watchTheVideo(b)
	answerTheQuestions(b)
	code := complete(b)
	pdf := download(b)
	sum := sha256.Sum256(pdf)
	hash := hex.EncodeToString(sum[:])

	original, altered := files(t, pdf)
	stranger := s.browser(t, h)
	stranger.open("/verifica/" + code)
	stranger.see("Attestato valido", "Lucia Ferrero", "Comune di Pietralta", "Prova breve", demoOwner, "6 minuti", "Si comincia", "Si finisce", code)
	if got := stranger.value("Impronta del PDF (SHA-256)"); got != hash {
		t.Errorf("the page says that the PDF's SHA-256 is %s, the downloaded bytes have %s", got, hash)
	}
	stranger.watch.all()
	stranger.upload(original)
	stranger.see("È identico all’originale")
	stranger.upload(altered)
	stranger.see("Non è il file rilasciato")
	if sent := stranger.watch.all(); len(sent) != 0 {
		t.Errorf("the file should stay on the computer, but the page sent %v", sent)
	}

	old := s.browser(t, h).withoutScript()
	old.open("/verifica/" + code)
	old.upload(original)
	old.follow("Confronta")
	old.see("È identico all’originale")
	old.upload(altered)
	old.follow("Confronta")
	old.see("Non è il file rilasciato")

	revoke(s.browser(t, h), code)
	stranger.reload()
	stranger.see("Attestato revocato il", "Rilasciato per prova")
	stranger.gone("Attestato valido")
	b.open("/attestati")
	b.see("Revocato")
}

// watchTheVideo plays the three seconds to their end, for real.
func watchTheVideo(b *browser) {
	b.t.Helper()
	b.at("/corsi/prova-breve/saluto")
	b.see("Il saluto", "guarda il video (almeno 90 %)", "Ti manca:", "Video guardato: 0 %")
	b.press("video", "document.querySelector('video')")
	b.see("Video guardato: 100 %", "Completato.", "Completato adesso. Non si perde più.")
	b.reload()
	b.see("Video guardato: 100 %", "Completato il")
	if n := get[int](b, "document.querySelectorAll('[data-strip] rect').length"); n != 1 {
		b.t.Errorf("the strip shows %d stretches, want one", n)
	}
}

// answerTheQuestions answers wrong, reads the feedback, and answers right.
func answerTheQuestions(b *browser) {
	b.t.Helper()
	b.follow("Due domande")
	b.see("Servono 2 risposte esatte su 2")
	b.gone("Proprio così")
	b.submit("form[action$='risposte#domande']")
	b.see("Manca la risposta a 2 domande", "Scegli una risposta")
	b.click("Cinque.")
	b.click("Due.")
	b.click("Tre.")
	b.follow("Invia le risposte")
	b.see("Risposte esatte: 0 su 2", "Non ancora: riprova", "Quelli sono i giorni di lavoro", "Tre è dispari")
	b.gone("Proprio così")
	b.gone("Quattro è pari")
	b.click("Sette.")
	b.click("Tre.")
	b.click("Quattro.")
	b.follow("Invia di nuovo")
	b.see("Risposte esatte: 2 su 2", "Proprio così", "Quattro è pari", "Completato il")
}

// complete marks the last reading as read, and finds the certificate in the same answer.
func complete(b *browser) (code string) {
	b.t.Helper()
	b.follow("Il commiato")
	b.see("2 oggetti su 3", "il pulsante «Ho letto»")
	b.follow("Ho letto")
	b.see("Hai completato tutto il corso", "3 oggetti su 3")
	code = strings.TrimPrefix(b.href("Vedi l’attestato"), "/verifica/")
	b.follow("Vedi l’attestato")
	b.at("/verifica/" + code)
	b.see("Attestato valido")
	return code
}

// download fetches the PDF behind the page's own link, as the browser gets it.
func download(b *browser) []byte {
	b.t.Helper()
	address := b.href("Scarica il PDF")
	text := get[string](b, `fetch('`+address+`').then((r) => r.blob()).then((f) => new Promise((done) => {
		const r = new FileReader();
		r.onload = () => done(r.result);
		r.readAsDataURL(f);
	}))`)
	head, data, _ := strings.Cut(text, ",")
	pdf, err := base64.StdEncoding.DecodeString(data)
	if err != nil || head != "data:application/pdf;base64" || !strings.HasPrefix(string(pdf), "%PDF-") {
		b.t.Fatalf("%s is not a PDF: %s %v", address, head, err)
	}
	return pdf
}

// files keeps the PDF, and the same with one byte altered.
func files(t *testing.T, pdf []byte) (original, altered string) {
	t.Helper()
	dir := t.TempDir()
	original, altered = filepath.Join(dir, "attestato.pdf"), filepath.Join(dir, "ritoccato.pdf")
	other := append([]byte(nil), pdf...)
	other[len(other)/2] ^= 1
	for name, data := range map[string][]byte{original: pdf, altered: other} {
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return original, altered
}

// revoke is what an administrator does: from the course to the person's certificate, a reason, and a last question.
func revoke(b *browser, code string) {
	b.t.Helper()
	b.enter("amministratore@demo.aula")
	b.open("/amministrazione")
	b.follow("Prova breve")
	b.follow("Attestato n.")
	b.at("/amministrazione/attestati/" + code)
	for _, try := range []struct{ reason, answer string }{{"   ", "Scrivi il motivo"}, {"Rilasciato per prova", "Attestato revocato"}} {
		b.fill("Motivo", try.reason)
		b.click("Revoca l’attestato")
		b.see("Revocare questo attestato?")
		b.follow("Revoca l’attestato")
		b.see(try.answer)
	}
	b.see("Rilasciato per prova")
}

// colleague is a certificate within a minute: one click to enter, one to the last reading, one to finish it.
func colleague(t *testing.T, h *hall) {
	b := h.house(t).browser(t, h)
	b.enter("collega@demo.aula")
	b.see("15 oggetti su 16")
	b.follow("Continua: Il tuo prossimo passo")
	b.watch.all()
	b.follow("Ho letto")
	b.see("Hai completato tutto il corso", "16 oggetti su 16")
	var pages []string
	for _, r := range b.watch.all() {
		if r.kind == "Document" {
			pages = append(pages, r.method+" "+strings.TrimPrefix(r.url, b.base))
		}
	}
	if len(pages) != 1 || !strings.HasPrefix(pages[0], "GET ") {
		t.Errorf("the certificate should be in the page that follows the button, but the browser loaded %v", pages)
	}
	if pdf := b.href("PDF"); !strings.HasSuffix(pdf, ".pdf") {
		t.Errorf("the PDF is one click away: the link leads to %s", pdf)
	}
	download(b)
}
