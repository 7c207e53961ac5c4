package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// inserting: the buttons put one thing behind the other, the line that is written stays in sight, and a move that a session's end stops says so.
func inserting(t *testing.T, h *hall) {
	b, draft := h.house(t).author(t, h)
	b.open(draft + goodbye)
	b.write("\n\nPrima.")
	for _, name := range []string{"Risposta singola", "Vero o falso", "Lacune"} {
		b.press(name, fmt.Sprintf("[...document.querySelectorAll('[data-snippet]')].find((s) => s.textContent === %q)", name))
	}
	b.reads("Prima.\n\n> [!QUESTION domanda-1]\n> Che cosa si chiede?\n")
	b.reads("Perché non va bene.\n\n> [!QUESTION domanda-2 truefalse]\n> Un’affermazione.\n>\n> - [x] `vero` Vero\n> - [ ] `falso` Falso\n\n> [!QUESTION domanda-3 cloze]\n> Una frase con una {parola} da riempire.")
	b.press("bold", "[...document.querySelectorAll('[data-snippet]')].find((s) => s.textContent === 'Grassetto')")
	b.reads("> **Una frase con una** {parola} da riempire.")
	b.typed("Manca una")
	b.press("note", "[...document.querySelectorAll('[data-snippet]')].find((s) => s.textContent === 'Nota')")
	b.reads("> **Manca una** {parola} da riempire.\n\n> [!NOTE]\n> Una cosa da sapere.")

	for _, size := range [][2]int64{{1280, 900}, {360, 740}} {
		b.size(size[0], size[1])
		b.write(strings.Repeat("\nUna riga.", 3))
		gap := `(() => { const s = document.querySelector('.editor-host').shadowRoot; const line = s.querySelector('.cm-activeLine').getBoundingClientRect();
			return Math.min(document.querySelector('.editor-bar').getBoundingClientRect().top, innerHeight) - line.bottom })()`
		b.until(fmt.Sprintf("at %v the line that is written is above the bar", size), func() bool { px, _ := ask[float64](b, gap); return px >= 0 })
		b.typed("\n> [!TI")
		b.hangs("Un suggerimento")
		under := "document.querySelector('.editor-host').shadowRoot.querySelector('.cm-tooltip').getBoundingClientRect().bottom - document.querySelector('.editor-bar').getBoundingClientRect().top"
		if px := get[float64](b, under); px > 0 {
			t.Errorf("at %v the completions reach %v px below the bar's edge", size, px)
		}
		b.key(kb.Escape)
	}
	b.key("s", chromedp.ModifierCtrl)
	b.saved()

	b.size(1280, 2400)
	b.open(draft)
	b.watch.forgive(true)
	b.dropCookies()
	b.do("document.querySelector('[data-path$=\"01-saluto.md\"] [value=giu]').focus()")
	b.newline()
	b.see("Lo spostamento non è riuscito: la sessione è scaduta.")
	if way := get[string](b, "new URL(document.querySelector('[data-tree-problem] a').href).searchParams.get('da')"); way != draft {
		t.Errorf("the way to sign in is %q", way)
	}
}
