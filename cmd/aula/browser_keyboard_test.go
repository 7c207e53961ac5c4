package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// key presses one key, perhaps with others held.
func (b *browser) key(key string, held ...chromedp.Modifier) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, chromedp.KeyEvent(key, chromedp.KeyModifiers(held...))); err != nil {
		b.t.Fatal(err)
	}
}

// stop is where the focus is: what a person hears, and whether they see it.
type stop struct {
	Name, HTML string
	Seen       bool // an outline or a shadow, on it or on what stands for it
	Shown      bool // on the screen, not under anything
	Body       bool // nowhere: the round is over
}

// focus describes the element with the focus. A radio or a tick may show the focus on its label; the
// controls inside a video are the browser's own.
const focus = `(() => {
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return { Name: '', HTML: '', Body: true, Seen: false, Shown: false };
  const norm = (s) => (s || '').replace(/\s+/g, ' ').trim();
  const ring = (x, pseudo) => {
    const s = getComputedStyle(x, pseudo);
    if (pseudo && s.content === 'none') return false;
    return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1 && !/, 0\)$|transparent/.test(s.outlineColor)) || s.boxShadow !== 'none';
  };
  const stands = [e, ...(e.labels || [])];
  const r = e.getBoundingClientRect();
  const x = Math.min(Math.max(r.x + r.width / 2, 1), innerWidth - 1), y = Math.min(Math.max(r.y + Math.min(r.height / 2, 20), 1), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  return {
    Name: norm(e.getAttribute('aria-label') || e.labels?.[0]?.innerText || e.innerText || e.title || e.tagName), HTML: e.outerHTML.slice(0, 150), Body: false,
    Seen: e.tagName === 'VIDEO' || stands.some((x) => ring(x) || ring(x, '::before') || ring(x, '::after')),
    Shown: r.bottom > 0 && r.top < innerHeight && !!top && (e.contains(top) || top.contains(e) || stands.some((l) => l.contains(top))),
  };
})()`

// tabTo presses Tab until the focus is on what has a name, and sees it on the way.
func (b *browser) tabTo(name string) {
	b.t.Helper()
	var heard []string
	for range 120 {
		b.key(kb.Tab)
		s := get[stop](b, focus)
		if s.Name == name || strings.HasPrefix(s.Name, name) {
			if !s.Seen {
				b.t.Errorf("the focus on %q cannot be seen at %s: %s", name, b.path(), s.HTML)
			}
			return
		}
		heard = append(heard, s.Name)
	}
	b.t.Fatalf("the keyboard does not get to %q at %s; it gets to: %s", name, b.path(), strings.Join(heard, " | "))
}

// enterOn goes to a link or button by keyboard and presses Enter, which leads to another page.
func (b *browser) enterOn(name string) {
	b.t.Helper()
	b.tabTo(name)
	b.leaving(func() { b.key(kb.Enter) })
}

// focusOn waits until the focus is on what has a name, or says something.
func (b *browser) focusOn(words string) {
	b.t.Helper()
	b.until(fmt.Sprintf("the focus is on %q", words), func() bool {
		s, _ := ask[stop](b, focus)
		return strings.Contains(s.Name, words)
	})
}

// keyboard is the journey without a mouse.
func keyboard(t *testing.T, h *hall) {
	b := h.house(t).browser(t, h)
	b.open("/")
	b.key(kb.Tab)
	if s := get[stop](b, focus); s.Name != "Vai al contenuto" || !s.Seen || !s.Shown {
		t.Errorf("the first stop should be the skip link, to be seen: %+v", s)
	}
	b.key(kb.Enter)
	b.tabTo("Guarda i corsi") // the first of the content: the header is skipped
	if n := get[int](b, "[...document.querySelectorAll('main a, main button, main input')].indexOf(document.activeElement)"); n != 0 {
		t.Errorf("after the skip link the next stop is number %d of the content", n)
	}

	b.enterOn("Accedi")
	b.tabTo("Indirizzo e-mail o nome utente")
	b.keys("dipendente@demo.aula")
	b.tabTo("Password")
	b.keys(demoPassword)
	b.leaving(func() { b.key(kb.Enter) })
	b.at("/apprendimento")

	b.enterOn("Scegli un corso")
	b.enterOn("Prova breve")
	b.enterOn("Iscriviti")
	b.focusOn("Iscrizione fatta")
	b.enterOn("Due domande")
	b.tabTo("Cinque.")
	b.key(kb.ArrowDown)
	b.tabTo("Due.")
	b.key(" ")
	b.tabTo("Quattro.")
	b.key(" ")
	b.enterOn("Invia le risposte")
	b.see("Risposte esatte: 2 su 2")
	b.focusOn("Risposte esatte: 2 su 2")

	b.enterOn("Successivo Il commiato")
	b.enterOn("Ho letto")
	b.see("Segnato come letto")

	b.open("/corsi/prova-breve/saluto")
	b.do("document.querySelector('video').focus()") // between the browser's own controls, which Tab visits one by one
	b.key("k")
	b.see("Video guardato: 100 %", "Vedi l’attestato")
	b.enterOn("Vedi l’attestato")
	b.see("Attestato valido")

	b.tabTo("LF Lucia Ferrero")
	b.key(kb.Enter)
	b.tabTo("Il mio profilo")
	b.key(kb.Escape)
	b.focusOn("LF Lucia Ferrero") // the menu is closed
	b.key(kb.Enter)
	b.enterOn("Esci")
	b.see("Sei uscito")
}

// focusSeen walks every stop of the main pages with Tab: each can be seen, each is on the screen, and the round ends.
func focusSeen(t *testing.T, h *hall) {
	s := h.house(t)
	b := s.browser(t, h)
	// Without motion the page is where the focus is at once.
	send(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}})
	for _, page := range []struct {
		who, address string
		width        int64
	}{
		{"", "/", 1280}, {"", "/", 360}, {"", "/accedi", 1280}, {"", "/verifica", 360}, {"", "/corsi/smart-working", 1280},
		{"collega@demo.aula", "/corsi/smart-working/oltre-il-telelavoro", 1280}, {"", "/corsi/smart-working/oltre-il-telelavoro", 360}, {"", "/apprendimento", 360}, {"", "/profilo", 1280},
		{"amministratore@demo.aula", "/amministrazione/persone/nuova", 1280}, {"", "/amministrazione/registro/associazione-val-fiorita", 360},
	} {
		b.size(1280, 900)
		if page.who != "" {
			b.enter(page.who)
		}
		b.size(page.width, 800)
		b.open(page.address)
		b.do("document.activeElement.blur()")
		b.round(fmt.Sprintf("%s at %d", page.address, page.width))
	}
}

// round presses Tab from the top of the page to its end.
func (b *browser) round(name string) {
	b.t.Helper()
	const most = 250
	for n := range most {
		b.key(kb.Tab)
		s := get[stop](b, focus)
		switch {
		case s.Body && n < 3:
			b.t.Fatalf("%s: Tab leads nowhere", name)
		case s.Body || n > 3 && strings.Contains(s.Name, "Vai al contenuto"):
			return
		case !s.Seen:
			b.t.Errorf("%s: the focus cannot be seen on %q: %s", name, s.Name, s.HTML)
		case !s.Shown:
			b.t.Errorf("%s: the focus is hidden on %q: %s", name, s.Name, s.HTML)
		}
	}
	b.t.Errorf("%s: more than %d stops, or a trap", name, most)
}
