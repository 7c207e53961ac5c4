package web

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// Whoever reads in another zone is told what their own clock will show, and whoever reads in Italy is told nothing twice.
func TestHoursInTheReadersZone(t *testing.T) {
	ctx, _, _ := openSample(t, "webinar", samplePages()["webinar"])
	for zone, want := range map[string]string{"Europe/Rome": "", "Europe/Paris": "", "America/New_York": "– dove sei tu: mercoledì 04:00–06:00", "Pacific/Auckland": "– dove sei tu: mercoledì 22:00–00:00"} {
		if _, err := chromedp.Call(ctx, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: zone}); err != nil {
			t.Fatal(err)
		}
		if err := chromedp.Do(ctx, chromedp.Reload()); err != nil {
			t.Fatal(err)
		}
		said := ask[string](t, ctx, `document.querySelector('.lead time').textContent`)
		rome, more, _ := strings.Cut(said, "(ora italiana)")
		if rome != "mercoledì 4 marzo 2026, dalle 10:00 alle 12:00 " || strings.Join(strings.Fields(more), " ") != want {
			t.Errorf("in %s: %q, want %q besides", zone, said, want)
		}
	}
}
