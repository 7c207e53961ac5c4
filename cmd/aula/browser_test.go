package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// scenarios are what people do with the whole product in a browser. Each gets a demo of its own.
func scenarios() map[string]func(*testing.T, *hall) {
	return map[string]func(*testing.T, *hall){
		"watch sees what is wrong": watchSeesWhatIsWrong,
		"journey":                  journey,
		"colleague":                colleague,
		"without JavaScript":       withoutScript,
		"keyboard":                 keyboard,
		"focus is seen":            focusSeen,
		"budget of a page":         budget,
		"session over":             session,
		"administration":           administration,
		"publishing":               publishing,
		"studio: writing":          writing,
		"studio: completing":       completing,
		"studio: two authors":      together,
		"studio: trouble":          trouble,
		"studio: files":            attaching,
		"studio: outline":          arranging,
		"studio: folders":          folders,
		"studio: keyboard":         byKeyboard,
		"studio: buttons":          inserting,
		"a second edition":         edition,
		"demo begins again":        restart,
		"copies out of the house":  copies,
		"video: seeking":           videoSeek,
		"video: closed tab":        videoClosed,
		"video: offline":           videoOffline,
		"video: two tabs":          videoTwoTabs,
		"video: double speed":      videoDouble,
		"video: shared computer":   videoShared,
		"a year of an ente":        fortyHours,
		"pages in Italian":         everyPage("it"),
		"pages in English":         everyPage("en"),
	}
}

// TestBrowser runs the program itself on a free port and drives it with Chromium. One scenario: go test -run TestBrowser/journey ./cmd/aula
func TestBrowser(t *testing.T) {
	h, missing := openHall(t)
	for name, scenario := range scenarios() {
		t.Run(name, func(t *testing.T) {
			if missing != "" {
				skip(t, missing)
			}
			t.Parallel()
			scenario(t, h)
		})
	}
}

// skip says what is missing on this machine; where nothing may be missing, that is a failure.
func skip(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("AULA_TEST_STRICT") != "" {
		t.Fatal(why)
	}
	t.Skip(why)
}

// hall is what all scenarios share: the program, a browser, and the data of a demo with two short courses more, to be copied.
type hall struct {
	program string
	demo    string // data folder
	axe     string // source of axe-core
	chrome  context.Context
}

// openHall builds and starts what the scenarios need, or says what is missing.
func openHall(t *testing.T) (h *hall, missing string) {
	t.Helper()
	axe, err := os.ReadFile("../../node_modules/axe-core/axe.min.js")
	if missing := missingForBrowser(); missing != "" {
		return nil, missing
	}
	if err != nil {
		return nil, "axe-core is missing: make assets"
	}
	h = &hall{axe: string(axe)}
	h.build(t)
	h.prepare(t)
	h.startChromium(t)
	return h, ""
}

// missingForBrowser says what this machine lacks to look at the program's pages, or nothing.
func missingForBrowser() string {
	switch {
	case findChromium() == "":
		return "Chromium is missing: apt-get install chromium"
	case !exists("../../lms/web/dist/manifest.json"):
		return "styles and scripts are missing: make assets"
	}
	return ""
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

func findChromium() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			return p
		}
	}
	return ""
}

// startChromium starts one browser; every person of a scenario gets a profile of their own in it.
func (h *hall) startChromium(t *testing.T, more ...chromedp.ExecAllocatorOption) {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(findChromium()), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(filepath.Join(t.TempDir(), "profile")),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-domain-reliability", true),
		chromedp.Flag("lang", "it-IT"), chromedp.Flag("accept-lang", "it-IT,it"), chromedp.Flag("mute-audio", true),
		chromedp.WSURLReadTimeout(time.Minute),
	)
	ctx, stop := chromedp.NewExecAllocator(context.Background(), append(options, more...)...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("Chromium does not start: %v", err)
	}
	h.chrome = ctx
}
