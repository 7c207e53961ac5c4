package main

import (
	"archive/zip"
	"bytes"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// author is somebody who writes, with the short course open in the studio; address is the draft's.
func (s *server) author(t *testing.T, h *hall) (b *browser, address string) {
	t.Helper()
	b = s.browser(t, h)
	b.enter("autore@demo.aula")
	b.open("/studio")
	b.submit("form[action='/studio/da-versione']:has([value=prova-breve])")
	b.see("Prova breve", "Si comincia")
	return b, b.path()
}

// The objects of the short course.
const (
	asked   = "/scrivi?file=01-inizio/02-domande.md"
	goodbye = "/scrivi?file=02-fine/01-commiato.md"
)

// writing: what one writes is shown, judged, completed and saved.
func writing(t *testing.T, h *hall) {
	b, draft := h.house(t).author(t, h)
	b.open(draft + goodbye)
	b.status("Salvato")
	b.write("\n\n## Per finire\n\nVedi [clicca qui](https://www.example.it) e questo.\n\n> [!NOTA]\nUna nota.")
	b.shown("Per finire")
	b.finding("error", "Il riquadro «[!NOTA]» non esiste")
	b.finding("warning", "clicca qui")
	b.saved()
	b.reload()
	b.reads("> [!NOTA]\n> Una nota.")
	b.shown("Per finire")

	// F8 goes through them, and says them.
	b.listen()
	b.do(editor + ".focus()")
	b.key(kb.Home, chromedp.ModifierCtrl)
	b.key(kb.F8)
	b.hangs("clicca qui")
	b.hears("Avviso, Riga 17: «clicca qui» non dice")
	b.key(kb.F8)
	b.hangs("[!NOTA]")
	b.key(kb.F8, chromedp.ModifierShift)
	b.hangs("clicca qui")
	b.key(kb.Escape)
	b.until("nothing hangs over the text", func() bool { return b.tooltip() == "" })
	b.click("Riga 19")
	if line := get[string](b, "document.querySelector('.editor-host').shadowRoot.querySelector('.cm-activeLine').textContent"); !strings.Contains(line, "[!NOTA]") {
		t.Errorf("the list leads to the line %q", line)
	}

	// Mended, the preview has the box, and nothing is left to say of it.
	b.key(kb.Home)
	for range "[!NOTA]  " {
		b.key(kb.Delete)
	}
	b.typed("> [!NOTE]")
	b.until("no error", func() bool {
		none, _ := ask[bool](b, "!document.querySelector('[data-findings] [data-severity=error]')")
		return none
	})
	b.shown("Nota Una nota.")
	b.key("s", chromedp.ModifierCtrl)
	b.saved()
	b.roundTrip()
}

// completing: words of the dialect and names of the course, by keyboard.
func completing(t *testing.T, h *hall) {
	b, draft := h.house(t).author(t, h)
	b.open(draft + goodbye)
	b.write("\n\n> [!TI")
	b.hangs("Un suggerimento")
	b.newline()
	b.typed("Comincia da poco.\n\n\nVedi [le domande](due")
	b.reads("> [!TIP]\n> Comincia da poco.\n\nVedi [le domande](due")
	b.hangs("Due domande")
	b.newline()
	b.reads("[le domande](domande)")
	b.typed(".\n\n![Barre di colore](sal")
	b.hangs("video/saluto.jpg")
	b.newline()
	b.reads("![Barre di colore](/video/saluto.jpg)")
	b.typed("\n\nÈ lo [lang=")
	b.hangs("inglese")
	b.newline()
	b.typed("smart working")
	b.reads("[lang=en]{smart working}")
	b.key(kb.End)
	b.typed("\n\n> [!QUES")
	b.hangs("Numero")
	for !strings.Contains(b.chosen(), "numeric") {
		b.key(kb.ArrowDown)
	}
	b.newline()
	b.reads("> [!QUESTION domanda-1 numeric]\n> Quale numero si chiede?\n>\n> = 40")
	b.typed("Quanti giorni ha un anno?")
	b.reads("> Quanti giorni ha un anno?\n>\n> = 40")

	b.key(kb.Home, chromedp.ModifierCtrl)
	b.key(kb.End)
	b.typed("\nattem")
	b.hangs("Quante prove al giorno")
	b.newline()
	b.typed("3\nkin")
	if s := b.tooltip(); strings.Contains(s, "kind") {
		t.Errorf("a key that is there already is offered again: %q", s)
	}
	b.key(kb.Escape)
	b.reads("---\nattempts: 3\nkin")
	for range "\nkin" {
		b.key(kb.Backspace)
	}
	b.key(kb.ArrowDown)
	b.key(kb.ArrowDown)
	b.key(kb.ArrowDown)
	b.key(kb.End)
	b.key(kb.Home, chromedp.ModifierShift)
	b.typed("kind: ")
	b.hangs("Pillola video")
	b.typed("sto")
	b.hangs("Storia di buona pratica")
	b.newline()
	b.reads("\nattempts: 3\nid: commiato\ntitle: \"Il commiato\"\nkind: story\n")
	b.shown("Storia di buona pratica")
	b.saved()
}

// together: two authors write the same text. Nothing is lost, and who comes second decides.
func together(t *testing.T, h *hall) {
	s := h.house(t)
	anna, draft := s.author(t, h)
	bruno := s.browser(t, h)
	bruno.enter("autore@demo.aula")
	for _, b := range []*browser{anna, bruno} {
		b.open(draft + goodbye)
		b.status("Salvato")
	}
	anna.write("\n\nScritto da Anna.")
	anna.saved()
	bruno.watch.forgive(true) // the answer is 409
	bruno.write("\n\nScritto da Bruno.")
	bruno.status("Non salvato: questo file è cambiato nel frattempo")
	bruno.see("ha cambiato questo file mentre scrivevi", "Il tuo testo è qui")
	bruno.write(" E ancora.")
	bruno.leaving(func() { bruno.click("Vedi le due versioni") })
	bruno.watch.forgive(false)
	bruno.see("Scritto da Anna.", "Scritto da Bruno. E ancora.")
	anna.reload()
	anna.reads("Scritto da Anna.")

	bruno.follow("Metti insieme i due testi")
	bruno.write(" Tutto insieme.")
	bruno.saved()
	anna.reload()
	anna.reads("Scritto da Bruno. E ancora. Tutto insieme.")
	anna.follow("Cronologia")
	anna.see("Scritto da Anna.")
}

// trouble: no connection, a session that ends, a tab that crashes. The text stays until it is saved, and nothing stays after signing out.
func trouble(t *testing.T, h *hall) {
	s := h.house(t)
	b, draft := s.author(t, h)
	b.open(draft + goodbye)
	b.line(false)
	b.write("\n\nScritto in galleria.")
	b.status("la linea manca")
	b.see("Anteprima non aggiornata")
	b.line(true)
	b.saved()
	b.gone("Anteprima non aggiornata")
	b.shown("Scritto in galleria.")

	b.watch.forgive(true)
	b.dropCookies()
	b.write("\n\nScritto troppo tardi.")
	b.status("Non salvato: la sessione è scaduta")
	b.see("accedi e lo salviamo")
	other := b.tab()
	other.enter("autore@demo.aula")
	b.saved() // the other tab's session serves this one, too
	b.gone("accedi e lo salviamo")
	b.dropCookies()
	other.enter("autore@demo.aula")
	b.upload(picture(t))
	b.see("foto di gruppo.png è stato caricato e inserito")
	b.saved()

	b.dropCookies()
	b.write("\n\nScritto prima del guasto.")
	b.status("Non salvato: la sessione è scaduta")
	asked := b.accept() // the page asks before it goes
	b.open("about:blank")
	other.enter("autore@demo.aula")
	if !asked() {
		t.Error("the page goes without asking, with a text that is not saved")
	}
	b.open(draft + goodbye)
	b.see("c’è un testo che non è stato salvato")
	b.click("Recupera il testo non salvato")
	b.reads("Scritto prima del guasto.")
	b.saved()

	b.open(draft) // what is saved is left without a question
	b.open(draft + goodbye)
	b.do("sessionStorage.setItem('aula.unsaved.x.y.1', 'di chi esce')")
	b.press("the person's menu", "document.querySelector('.user-menu summary')")
	b.submit("form[data-sign-out]")
	if left := get[string](b, "JSON.stringify([...Object.keys(sessionStorage), ...Object.keys(localStorage)])"); left != "[]" {
		t.Errorf("after signing out the browser keeps %s", left)
	}
}

// attaching: files come into the text with a bar that shows how far they are.
func attaching(t *testing.T, h *hall) {
	b, draft := h.house(t).author(t, h)
	b.open(draft + goodbye)
	b.write("\n\nEcco:")
	b.do(`window.bar = []; new MutationObserver(() => bar.push(document.querySelector('[data-upload-progress]').value)).observe(document.querySelector('[data-upload-progress]'), { attributes: true })`)
	b.upload(picture(t))
	b.see("foto di gruppo.png è stato caricato e inserito nel testo.")
	b.reads("Ecco:\n\n![")
	b.reads("](/media/foto-di-gruppo.jpg)\n")
	b.until("the bar moved", func() bool { n, _ := ask[float64](b, "Math.max(...bar)"); return n == 100 })
	b.until("the preview shows the picture", func() bool {
		ok, _ := ask[bool](b, "!!document.querySelector('[data-preview-pane] img')?.naturalWidth")
		return ok
	})

	// What is refused is said, and changes nothing.
	before := b.written()
	b.watch.forgive(true)
	b.upload(textFile(t, "programma.exe", "MZ"))
	b.see("programma.exe:")
	if b.written() != before {
		t.Errorf("a refused file changed the text to %q", b.written())
	}

	// Captions lie beside the text, not in it.
	b.upload(textFile(t, "saluti.vtt", "WEBVTT\n\n00:00.500 --> 00:02.500\nBuongiorno a tutti.\n"))
	b.see("saluti.vtt è stato caricato.")
	b.watch.forgive(false)
	if b.written() != before {
		t.Errorf("captions changed the text to %q", b.written())
	}

	// Pasted, and dropped two at a time.
	b.do(pictures + "; " + editor + ".dispatchEvent(new ClipboardEvent('paste', { clipboardData: await pictures('image.png'), bubbles: true, cancelable: true }))")
	b.reads("](/media/immagine.png)")
	b.do(pictures + "; const e = " + editor + "; const r = e.getBoundingClientRect(); e.dispatchEvent(new DragEvent('drop', { dataTransfer: await pictures('uno.png', 'due.png'), clientX: r.x + 40, clientY: r.bottom - 20, bubbles: true, cancelable: true }))")
	b.reads("](/media/uno.png)\n\n![")
	b.reads("](/media/due.png)")
	b.saved()
}

// pictures is a script that draws small pictures of these names, as a clipboard or a hand carries them.
const pictures = `const pictures = async (...names) => {
	const data = new DataTransfer();
	for (const [i, name] of names.entries()) {
		const canvas = Object.assign(document.createElement('canvas'), { width: 8 + i, height: 8 });
		canvas.getContext('2d').clearRect(0, 0, 8, 8);
		data.items.add(new File([await new Promise((done) => canvas.toBlob(done))], name, { type: 'image/png' }));
	}
	return data;
}`

// picture is a photograph of a size that takes a moment to send.
func picture(t *testing.T) string {
	t.Helper()
	photo := image.NewNRGBA(image.Rect(0, 0, 1000, 700))
	for i := range photo.Pix {
		photo.Pix[i] = uint8(i*i/7 + i%251) // noise packs badly
	}
	for i := 3; i < len(photo.Pix); i += 4 {
		photo.Pix[i] = 255
	}
	var b bytes.Buffer
	if err := png.Encode(&b, photo); err != nil {
		t.Fatal(err)
	}
	return textFile(t, "foto di gruppo.png", b.String())
}

func textFile(t *testing.T, name, content string) string {
	t.Helper()
	name = filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// folders: a course comes as a zip, and what it leaves out is said; files are added to its page.
func folders(t *testing.T, h *hall) {
	b := h.house(t).browser(t, h)
	b.enter("autore@demo.aula")
	b.open("/studio")
	b.upload(zipFile(t, "testdata/breve", map[string]string{"video/programma.exe": "MZ"}))
	b.click("Carica la cartella")
	b.see("Il corso è stato caricato, senza questi file", "video/programma.exe")
	b.follow("Vai al corso")
	b.see("Prova breve", "Il saluto")
	b.leaving(func() { b.upload(picture(t)) })
	b.see("media/foto-di-gruppo.jpg")
	b.open("/studio")
	b.watch.forgive(true)
	b.upload(textFile(t, "corso.zip", "non è uno zip"))
	b.click("Carica la cartella")
	b.see("corso.zip:")
	b.watch.forgive(false)
}

// zipFile is a folder as a zip, with other files besides.
func zipFile(t *testing.T, folder string, more map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if err := z.AddFS(os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	for name, content := range more {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return textFile(t, "corso.zip", b.String())
}

// arranging: objects are moved by dragging, and by buttons without leaving the page.
func arranging(t *testing.T, h *hall) {
	b, draft := h.house(t).author(t, h)
	b.size(1280, 2400)
	b.do("window.here = true; document.querySelector('[data-path$=\"01-saluto.md\"] [value=giu]').focus()")
	b.newline()
	b.see("«Il saluto» ora è il numero 2 di «Si comincia».")
	b.focusOn("Sposta giù: Il saluto")
	b.newline()
	b.see("«Il saluto» ora è il numero 1 di «Si finisce».")
	b.focusOn("Sposta giù: Il saluto")
	b.grab(mouse, "[data-path$='01-commiato.md']", b.spot("[data-path$='02-domande.md']", 0.25))()
	b.see("«Il commiato» ora è il numero 1 di «Si comincia».")
	b.grab(mouse, "[data-path$='01-saluto.md']", b.spot("[data-path$='01-commiato.md']", 0.75))()
	b.see("«Il saluto» ora è il numero 2 di «Si comincia».")
	if !get[bool](b, "window.here") {
		t.Error("moving something leaves the page")
	}
	b.see("1 errore")
	b.open(draft)
	got := get[string](b, "[...document.querySelectorAll('[data-module]')].map((m) => [...m.querySelectorAll('[data-path]')].map((o) => o.dataset.title).join(', ')).join(' | ')")
	if want := "Il commiato, Il saluto, Due domande | "; got != want {
		t.Errorf("the outline is %q, want %q", got, want)
	}

	// Into a module without objects, and Escape takes it back.
	release := b.grab(mouse, "[data-path$='01-saluto.md']", b.spot("[data-module=fine] h3", 0.75))
	b.shoot("dragging")
	b.key(kb.Escape)
	release()
	b.grab(finger, "[data-path$='02-domande.md']", b.spot("[data-module=fine] h3", 0.75))()
	b.see("«Due domande» ora è il numero 1 di «Si finisce».")
	b.gone("1 errore") // no module is empty any more, and what stands beside the outline says so
	b.shoot("arranged")
}

// byKeyboard: Tab goes into the editor and out of it again, the bar is one stop, and the enhanced page is as accessible as the plain one.
func byKeyboard(t *testing.T, h *hall) {
	b, draft := h.house(t).author(t, h)
	in := &inspection{t: t, h: h, lang: "it", visited: map[string]bool{}}
	send(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}})
	b.open(draft + asked)
	in.look(b, "editor")
	b.tabTo("Titolo")
	b.key(kb.ArrowRight)
	b.focusOn("Grassetto")
	b.key(kb.Tab)
	if !b.inEditor() {
		t.Fatalf("after the bar comes %+v", get[stop](b, focus))
	}
	if !get[bool](b, "getComputedStyle(document.querySelector('.editor-host').shadowRoot.querySelector('.cm-editor')).outlineWidth === '3px'") {
		t.Error("the focus in the editor cannot be seen")
	}
	b.typed("x")
	b.key(kb.Tab)
	b.focusOn("Salva")
	b.key(kb.Tab, chromedp.ModifierShift)
	if !b.inEditor() {
		t.Error("Shift and Tab do not go back into the editor")
	}
	b.key(kb.Tab, chromedp.ModifierShift)
	b.focusOn("Grassetto")
	b.key(kb.Tab)

	b.key("f", chromedp.ModifierCtrl)
	b.until("the search panel", func() bool {
		ok, _ := ask[bool](b, "!!document.querySelector('.editor-host').shadowRoot.querySelector('.cm-search')")
		return ok
	})
	in.look(b, "editor with search")
	b.listen()
	b.typed("settimana")
	b.newline()
	b.hears("Trovato")
	b.key(kb.Escape)
	b.until("the editor", b.inEditor)
	b.key(kb.F8)
	in.look(b, "editor with a finding")
	b.write("\n\n> [!")
	b.hangs("WARNING")
	in.look(b, "editor with completions")
	b.key(kb.Escape)
	b.saved()
	b.open(draft + "/scrivi?file=course.yaml")
	in.look(b, "editor of course.yaml")
	b.size(360, 800)
	b.open(draft + goodbye)
	b.write("\n\nSu un telefono.")
	b.shown("Su un telefono.")
	b.saved()
}

// inEditor says that keys go into the text.
func (b *browser) inEditor() bool {
	in, _ := ask[bool](b, "document.querySelector('.editor-host').shadowRoot.activeElement === "+editor)
	return in
}
