package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// playerServer shows one object with a real video and takes what its player sends.
type playerServer struct {
	site http.Handler

	mu     sync.Mutex
	down   bool
	answer watchAnswer
	events map[string][][2]float64 // the latest body of each event
}

func (s *playerServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path == "/corsi/a/video.mp4":
		http.ServeFile(w, r, "../../content/smart-working/video/dopo-l-emergenza.mp4")
	case r.URL.Path == "/corsi/a/video.vtt":
		http.ServeFile(w, r, "../../content/smart-working/video/dopo-l-emergenza.vtt")
	case r.URL.Path == "/corsi/a/2/visione" && r.Method == http.MethodPost:
		s.watch(w, r)
	default:
		s.site.ServeHTTP(w, r)
	}
}

func (s *playerServer) watch(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var in watchRequest
	if s.down || json.NewDecoder(r.Body).Decode(&in) != nil || r.Header.Get("X-CSRF") != "token" {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	for _, e := range in.Events {
		s.events[e.ID] = e.Intervals
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(s.answer) //nolint:errcheck // the browser went away
}

// take gives everything that arrived since the last time.
func (s *playerServer) take() [][2]float64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out [][2]float64
	for _, is := range s.events {
		out = append(out, is...)
	}
	s.events = map[string][][2]float64{}
	slices.SortFunc(out, func(a, b [2]float64) int { return int((a[0] - b[0]) * 1000) })
	return out
}

func (s *playerServer) set(down bool, answer watchAnswer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down, s.answer = down, answer
}

func openPlayer(t *testing.T) (context.Context, *playerServer) {
	t.Helper()
	chrome, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("Chromium is missing: apt-get install chromium")
	}
	assets, err := Assets()
	if err != nil {
		t.Skip(err)
	}
	p := sampleObject(sampleFrame(), sampleModules(), time.Time{})
	p.Video.Src, p.Video.Captions, p.Video.Tracks[0].Src, p.Video.Seconds = "/corsi/a/video.mp4", "/corsi/a/video.vtt", "/corsi/a/video.vtt", 60
	pages := map[string][]byte{"/corsi/a/2": renderSample(t, assets, "object", p), "/": renderSample(t, assets, "home", samplePages()["home"])}
	violations := &violated{}
	s := &playerServer{site: sampleSite(assets, pages, violations), events: map[string][][2]float64{}, answer: watchAnswer{Percent: 10}}
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	t.Cleanup(func() {
		for _, v := range violations.all() {
			t.Errorf("the content security policy was broken: %s", v)
		}
	})
	ctx := browser(t, chrome)
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1000, 900), chromedp.Navigate(srv.URL+"/corsi/a/2")); err != nil {
		t.Fatal(err)
	}
	return ctx, s
}

// play seeks, plays so many milliseconds at a speed, pauses, and waits for the message.
func play(t *testing.T, ctx context.Context, from float64, speed float64, ms int) (to float64) {
	t.Helper()
	return ask[float64](t, ctx, fmt.Sprintf(`(async () => {
		const v = document.querySelector("video"), later = ms => new Promise(r => setTimeout(r, ms));
		v.muted = true; v.currentTime = %v; v.playbackRate = %v;
		await v.play(); await later(%d); v.pause(); await later(300);
		return v.currentTime;
	})()`, from, speed, ms))
}

// covers says whether the stretches are one that goes from about a to about b.
func covers(got [][2]float64, a, b float64) bool {
	near := func(x, y float64) bool { return x-y < 0.3 && y-x < 0.3 }
	if len(got) == 0 || !near(got[0][0], a) || !near(got[len(got)-1][1], b) {
		return false
	}
	for i := 1; i < len(got); i++ {
		if !near(got[i-1][1], got[i][0]) {
			return false
		}
	}
	return true
}

func TestPlayerSendsWhatWasReallyPlayed(t *testing.T) {
	ctx, s := openPlayer(t)
	if at := ask[float64](t, ctx, `new Promise(r => setTimeout(() => r(document.querySelector("video").currentTime), 1000))`); at != 24 {
		t.Errorf("the video begins at %v, not where the first gap does", at)
	}
	if got := s.take(); got != nil {
		t.Errorf("before playing the player sent %v", got)
	}
	to := play(t, ctx, 2, 2, 1500)
	if got := s.take(); !covers(got, 2, to) {
		t.Errorf("played 2 to %.2f at double speed, sent %v", to, got)
	}
	to = play(t, ctx, 30, 1, 1000)
	if got := s.take(); !covers(got, 30, to) {
		t.Errorf("after a jump played 30 to %.2f, sent %v", to, got)
	}
	if again := play(t, ctx, 30.2, 1, 500); again < to {
		if got := s.take(); got != nil {
			t.Errorf("what was sent is sent again: %v", got)
		}
	}
}

func TestPlayerKeepsWhatCouldNotBeSent(t *testing.T) {
	ctx, s := openPlayer(t)
	s.set(true, watchAnswer{})
	to := play(t, ctx, 5, 1, 800)
	if n := ask[int](t, ctx, `Object.keys(localStorage).filter(k => k.startsWith("aula.queue.p1.")).length`); n != 1 {
		t.Fatalf("%d queues in the browser's storage, want 1", n)
	}
	if said := ask[string](t, ctx, `document.querySelector("[data-say]").textContent`); said == "" {
		t.Error("nothing is said about the line")
	}
	s.set(false, watchAnswer{Percent: 90, Completed: true, Certificate: "/verifica/ABCD", Coverage: [][2]float64{{0, 54}}})
	if err := chromedp.Do(ctx, chromedp.Reload()); err != nil {
		t.Fatal(err)
	}
	said := ask[string](t, ctx, `new Promise(r => setTimeout(() => r(document.querySelector("[data-say]").innerHTML), 800))`)
	if got := s.take(); !covers(got, 5, to) {
		t.Errorf("after the line came back got %v, want 5 to %.2f", got, to)
	}
	if n := ask[int](t, ctx, `Object.keys(localStorage).filter(k => k.startsWith("aula.queue.")).length`); n != 0 {
		t.Errorf("%d queues are left in the browser's storage", n)
	}
	if !ask[bool](t, ctx, `document.querySelector("[data-rule]").classList.contains("rule-done") && document.querySelector("[data-state] .state-completed") !== null`) {
		t.Error("the page does not say that the object is completed")
	}
	if want := `<a href="/verifica/ABCD">`; !ask[bool](t, ctx, `document.querySelector("[data-say] a")?.getAttribute("href") === "/verifica/ABCD"`) {
		t.Errorf("said %q, want a link %s", said, want)
	}
	for _, p := range axe(t, ctx) {
		t.Error(p)
	}
	shoot(t, ctx, "player-done.png")
}

func TestPlayerSendsWhenThePageGoes(t *testing.T) {
	ctx, s := openPlayer(t)
	ask[bool](t, ctx, `(async () => { const v = document.querySelector("video"); v.muted = true; v.currentTime = 10; await v.play(); await new Promise(r => setTimeout(r, 900)); location.href = "/"; return true; })()`)
	for range 30 {
		time.Sleep(100 * time.Millisecond)
		if got := s.take(); got != nil {
			if got[0][0] < 9.7 || got[0][0] > 10.3 || got[len(got)-1][1] < 10.4 {
				t.Errorf("got %v, want from 10 for most of a second", got)
			}
			return
		}
	}
	t.Error("what was watched before leaving is lost")
}

func TestSignOutForgetsTheQueue(t *testing.T) {
	ctx, s := openPlayer(t)
	s.set(true, watchAnswer{})
	play(t, ctx, 5, 1, 600)
	left := ask[int](t, ctx, `(() => {
		const form = document.querySelector("form[data-sign-out]");
		form.addEventListener("submit", e => e.preventDefault());
		form.requestSubmit();
		return Object.keys(localStorage).filter(k => k.startsWith("aula.queue.")).length;
	})()`)
	if left != 0 {
		t.Errorf("%d queues are left after signing out", left)
	}
}

func TestTranscriptSeeksAndFollows(t *testing.T) {
	ctx, _ := openPlayer(t)
	got := ask[string](t, ctx, `(async () => {
		const v = document.querySelector("video"), later = ms => new Promise(r => setTimeout(r, ms));
		v.muted = true;
		document.querySelector("[data-transcript]").open = true;
		document.querySelectorAll("button.cue-time")[1].click();
		await later(700); v.pause();
		return [v.currentTime >= 4 && v.currentTime < 6, document.querySelectorAll("li[data-from]")[1].getAttribute("aria-current")].join();
	})()`)
	if got != "true,true" {
		t.Errorf("after a press on the second line: in place, marked = %s", got)
	}
	captions := ask[string](t, ctx, `(() => {
		const b = document.querySelector("[data-captions]"), t = document.querySelector("video").textTracks[0];
		const before = t.mode; b.click();
		return [before, t.mode, localStorage.getItem("aula.player.captions")].join();
	})()`)
	if captions != "showing,hidden,off" {
		t.Errorf("captions: before, after, remembered = %s", captions)
	}
	other := ask[string](t, ctx, `(async () => {
		const b = document.querySelector("[data-captions]"), [it, en] = document.querySelector("video").textTracks, later = ms => new Promise(r => setTimeout(r, ms));
		it.mode = "disabled"; en.mode = "showing"; await later(200); // as the browser's own menu does
		const chosen = [b.getAttribute("aria-pressed"), localStorage.getItem("aula.player.captions.lang")];
		b.click(); chosen.push(it.mode, en.mode); b.click(); chosen.push(it.mode, en.mode);
		return chosen.join();
	})()`)
	if other != "true,en,hidden,hidden,hidden,showing" {
		t.Errorf("captions in another language: pressed, remembered, off, on = %s", other)
	}
}
