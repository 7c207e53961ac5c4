package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
)

// filmato is a learning object that is a video of eight seconds.
const filmato = "/corsi/prova-filmato/otto"

// viewer is somebody new who has the video of eight seconds before them.
func viewer(t *testing.T, s *server, h *hall, email string) *browser {
	t.Helper()
	b := s.browser(t, h)
	b.signIn(email, demoPassword)
	b.open("/corsi/prova-filmato")
	b.follow("Iscriviti")
	b.open(filmato)
	b.see("Video guardato: 0 %")
	return b
}

// play starts the video with its key, as a person would.
func (b *browser) play() {
	b.t.Helper()
	b.do("document.querySelector('video').focus()")
	b.key("k")
	b.until("the video plays", func() bool { ok, _ := ask[bool](b, "!document.querySelector('video').paused"); return ok })
}

// pause stops it.
func (b *browser) pause() {
	b.t.Helper()
	b.do("document.querySelector('video').pause()")
}

// plays waits until the video has come to a second.
func (b *browser) plays(to float64) {
	b.t.Helper()
	b.until(fmt.Sprintf("the video is at %.1f s", to), func() bool {
		at, _ := ask[float64](b, "document.querySelector('video').currentTime")
		return at >= to
	})
}

// watched is the percentage that the page says.
func (b *browser) watched() int {
	b.t.Helper()
	return get[int](b, `Number(document.querySelector('[data-watched]').innerText.replace(/\D/g, ''))`)
}

// keptOnServer opens the page anew until the server has at least so much.
func (b *browser) keptOnServer(percent int) {
	b.t.Helper()
	b.until(fmt.Sprintf("the server has %d %%", percent), func() bool {
		b.open(filmato)
		return b.watched() >= percent
	})
}

// queued is how many messages wait in the browser's storage.
func (b *browser) queued() int {
	b.t.Helper()
	return get[int](b, `Object.keys(localStorage).filter((k) => k.startsWith('aula.queue.')).length`)
}

// videoSeek: whoever jumps to the end has not watched.
func videoSeek(t *testing.T, h *hall) {
	b := viewer(t, h.house(t), h, "dipendente@demo.aula")
	b.do("document.querySelector('video').currentTime = 7.2")
	b.play()
	b.until("the end", func() bool { ok, _ := ask[bool](b, "document.querySelector('video').ended"); return ok })
	b.until("what was played is counted", func() bool { return b.watched() > 0 })
	if n := b.watched(); n > 20 {
		t.Errorf("the last second counts as %d %%", n)
	}
	b.see("Ti manca")
	b.open(filmato)
	b.gone("Completato il")
}

// videoClosed: the tab is closed in the middle; what was watched is kept, and the next visit goes on from there.
func videoClosed(t *testing.T, h *hall) {
	b := viewer(t, h.house(t), h, "dipendente@demo.aula")
	second := b.tab()
	second.open(filmato)
	second.play()
	second.plays(3.5)
	second.closeTab()
	b.keptOnServer(40)
	b.open(filmato)
	b.see("Riprendi da 0:0")
	at := get[float64](b, "document.querySelector('video').currentTime")
	if at < 3 {
		t.Errorf("the video goes on at %.1f s", at)
	}
	b.click("Ricomincia dall’inizio")
	b.until("the beginning", func() bool {
		at, _ := ask[float64](b, "document.querySelector('video').currentTime")
		return at < 3
	})
}

// videoOffline: the line goes while the video plays; what was watched waits, and is sent when it is back.
func videoOffline(t *testing.T, h *hall) {
	b := viewer(t, h.house(t), h, "dipendente@demo.aula")
	b.play()
	b.plays(1)
	b.line(false)
	b.plays(4)
	b.pause()
	b.see("La linea manca")
	if n := b.queued(); n != 1 {
		t.Errorf("%d queues wait in the browser, want one", n)
	}
	b.line(true)
	b.until("what waited was sent", func() bool { return b.queued() == 0 && b.watched() >= 45 })
	b.gone("La linea manca")
	b.keptOnServer(45)
}

// line is the connection of the browser to the world.
func (b *browser) line(on bool) {
	b.t.Helper()
	b.watch.forgive(!on)
	send(b, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{{Offline: !on, DownloadThroughput: -1, UploadThroughput: -1}},
	})
	send(b, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: !on, DownloadThroughput: -1, UploadThroughput: -1})
}

// videoTwoTabs: two halves in two tabs are one whole, and nothing counts twice.
func videoTwoTabs(t *testing.T, h *hall) {
	first := viewer(t, h.house(t), h, "dipendente@demo.aula")
	second := first.tab()
	second.open(filmato)
	second.do("document.querySelector('video').currentTime = 3.6")
	first.play()
	second.play()
	first.plays(4)
	first.pause()
	first.until("the first half is counted", func() bool { return first.watched() >= 45 })
	second.see("Completato.")
	second.open(filmato)
	second.see("Completato il")
	if n := second.watched(); n < 90 {
		t.Errorf("both halves are %d %%", n)
	}
}

// videoDouble: double speed counts in full.
func videoDouble(t *testing.T, h *hall) {
	b := viewer(t, h.house(t), h, "dipendente@demo.aula")
	b.choose("Velocità", "2×")
	b.play()
	b.see("Completato.")
	b.gone("non sono stati contati")
	b.open(filmato)
	b.see("Video guardato: 100 %", "Completato il")
	if speed := get[string](b, "document.querySelector('[data-speed]').value"); speed != "2" {
		t.Errorf("the speed is not remembered: %s", speed)
	}
	if code := strings.TrimPrefix(b.href("Vedi l’attestato"), "/verifica/"); code == "" {
		t.Error("the certificate is missing")
	}
}

// videoShared: on a shared computer the next person finds nothing of the one before.
func videoShared(t *testing.T, h *hall) {
	b := viewer(t, h.house(t), h, "dipendente@demo.aula")
	b.play()
	b.plays(1)
	b.watch.forgive(true)
	b.block("/otto*")
	b.pause()
	b.see("La linea manca")
	if b.queued() == 0 {
		t.Error("nothing waits in the browser")
	}
	b.click("Lucia Ferrero")
	b.follow("Esci")
	b.see("Sei uscito")
	if n := b.queued(); n != 0 {
		t.Errorf("%d queues are left behind at sign-out", n)
	}
}

// block loses the requests to an address.
func (b *browser) block(end string) {
	b.t.Helper()
	send(b, network.SetBlockedURLs, network.SetBlockedURLsParams{URLPatterns: []*network.BlockPattern{{URLPattern: b.base + "/*" + end, Block: true}}})
}
