package main

import (
	"net/url"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
)

// budget: a first visit to a reading object costs at most 150 KB of page, style, script and font, in at most 12 requests, all to this host.
func budget(t *testing.T, h *hall) {
	b := h.house(t).browser(t, h)
	b.enter("collega@demo.aula")
	b.open("about:blank")
	send(b, network.ClearBrowserCache, cdp.Empty{})
	b.watch.all()
	b.open("/corsi/smart-working/il-tuo-prossimo-passo")
	var total float64
	var requests []request
	b.until("every request of the page has ended", func() bool {
		requests = append(requests, b.watch.all()...)
		ok, _ := ask[bool](b, "document.readyState === 'complete'")
		return ok
	})
	for _, r := range requests {
		u, err := url.Parse(r.url)
		if err != nil || "http://"+u.Host != b.base {
			t.Errorf("a request to another host: %s", r.url)
		}
		if r.bytes == 0 && !r.cached {
			t.Errorf("%s has no size", r.url)
		}
		total += r.bytes
		t.Logf("%7.0f bytes %-4s %-10s %s", r.bytes, r.encoding, r.kind, u.Path)
		switch r.kind {
		case network.ResourceTypeDocument, network.ResourceTypeStylesheet, network.ResourceTypeScript:
			if r.encoding == "" {
				t.Errorf("%s is not compressed", r.url)
			}
		}
	}
	if total > 150_000 || len(requests) > 12 {
		t.Errorf("the page costs %.0f bytes in %d requests, want at most 150 KB in 12", total, len(requests))
	}

	// What does not change is not fetched again.
	b.open("/corsi/smart-working")
	for _, r := range b.watch.all() {
		if !r.cached && (r.kind == network.ResourceTypeStylesheet || r.kind == network.ResourceTypeFont) {
			t.Errorf("%s is fetched again on the second page", r.url)
		}
	}
}
