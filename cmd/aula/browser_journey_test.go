package main

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// cast is who takes part in the journey, so that it can be made in a demo and in an installation: both must let the same things happen.
type cast struct {
	learner, administrator account
	name, ente, issuer     string // on the learner's certificate
}

// account is what somebody types to sign in.
type account struct{ login, password string }

// journey is made in a demo: what those see who try the product.
func journey(t *testing.T, h *hall) {
	makeJourney(t, h, h.house(t), cast{
		learner: account{"dipendente@demo.aula", demoPassword}, administrator: account{"amministratore@demo.aula", demoPassword},
		name: "Lucia Ferrero", ente: "Comune di Pietralta", issuer: demoOwner,
	})
}

// makeJourney is the product's main job from end to end: sign in, enrol, learn, hold a certificate that anyone can verify, and see it revoked.
func makeJourney(t *testing.T, h *hall, s *server, who cast) certified {
	t.Helper()
	b := s.browser(t, h)
	got := earn(b, who.learner)
	stranger := verify(t, h, s, who, got)
	revoke(s.browser(t, h), who.administrator, got.code)
	stranger.reload()
	stranger.see("Attestato revocato il", "Rilasciato per prova")
	stranger.gone("Attestato valido")
	b.open("/attestati")
	b.see("Revocato")
	return got
}

// certified is what a learner holds at the end of a course.
type certified struct {
	code string
	pdf  []byte
	hash string // of the PDF
}

// earn is the learner's part: from the home page to the certificate in their hands.
func earn(b *browser, learner account) certified {
	b.t.Helper()
	b.open("/")
	b.follow("Accedi")
	b.fill("Indirizzo e-mail o nome utente", learner.login)
	b.fill("Password", learner.password)
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
	return certified{code: code, pdf: pdf, hash: hashOf(pdf)}
}

// verify is the part of those who were handed the certificate and have no account: on two other computers, the second without JavaScript.
// It gives the first, with the page open.
func verify(t *testing.T, h *hall, s *server, who cast, c certified) (stranger *browser) {
	t.Helper()
	original, altered := files(t, c.pdf)
	stranger = s.browser(t, h)
	stranger.open("/verifica/" + c.code)
	stranger.see("Attestato valido", who.name, who.ente, "Prova breve", who.issuer, "6 minuti", "Si comincia", "Si finisce", c.code)
	if got := stranger.value("Impronta del PDF (SHA-256)"); got != c.hash {
		t.Errorf("the page says that the PDF's SHA-256 is %s, the downloaded bytes have %s", got, c.hash)
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
	old.open("/verifica/" + c.code)
	old.upload(original)
	old.follow("Confronta")
	old.see("È identico all’originale")
	old.upload(altered)
	old.follow("Confronta")
	old.see("Non è il file rilasciato")
	return stranger
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
func revoke(b *browser, administrator account, code string) {
	b.t.Helper()
	b.signIn(administrator.login, administrator.password)
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
