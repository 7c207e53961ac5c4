package web

import (
	"aulacomune/lms/web/front"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"fmt"
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// openSample shows one sample page in a browser.
func openSample(t *testing.T, name string, p any) (context.Context, []byte, *front.AssetSet) {
	t.Helper()
	chrome, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("Chromium is missing: apt-get install chromium")
	}
	assets, err := Assets()
	if err != nil {
		t.Skip(err)
	}
	html := renderSample(t, assets, name, p)
	srv := httptest.NewServer(sampleSite(assets, map[string][]byte{"/": html}, &violated{}))
	t.Cleanup(srv.Close)
	ctx := browser(t, chrome)
	if err := chromedp.Do(ctx, chromedp.Navigate(srv.URL+"/")); err != nil {
		t.Fatal(err)
	}
	return ctx, html, assets
}

func TestFirstVisitIsLight(t *testing.T) {
	ctx, html, assets := openSample(t, "object-2", samplePages()["object-2"])
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Write(html) //nolint:errcheck // a bytes.Buffer takes everything
	w.Close()
	total := packed.Len()
	loaded := ask[[]string](t, ctx, `document.fonts.ready.then(() => performance.getEntriesByType("resource").map(e => new URL(e.name).pathname))`)
	for _, address := range loaded {
		a, ok := assets.Serve(address)
		if !ok {
			t.Errorf("the page loads %s", address)
			continue
		}
		body, _ := a.Encoded("gzip")
		total += len(body)
	}
	t.Logf("%d requests, %d bytes", len(loaded)+1, total)
	if len(loaded)+1 > 12 || total > 100_000 {
		t.Errorf("a first visit takes %d requests and %d bytes: %v", len(loaded)+1, total, loaded)
	}
}

// TestEditorIsLight holds what the editor's page loads: CodeMirror with what we use of it, and our own scripts.
func TestEditorIsLight(t *testing.T) {
	s, err := Assets()
	if err != nil {
		t.Skip(err)
	}
	a, ok := s.Serve(s.Path("studio-editor.js"))
	if !ok || len(a.Gzip) == 0 {
		t.Fatal("the editor's script is not among the assets, or not compressed")
	}
	if t.Logf("%d bytes", len(a.Gzip)); len(a.Gzip) > 180_000 {
		t.Errorf("the editor's script is %d bytes compressed, want at most 180 KB", len(a.Gzip))
	}
}

func TestPDFIsComparedInTheBrowser(t *testing.T) {
	p := samplePages()["certificate"].(*CertificatePage)
	p.Hash = fmt.Sprintf("%x", sha256.Sum256([]byte("%PDF-1.7 the real one")))
	ctx, _, _ := openSample(t, "certificate", p)
	choose := func(content string) string {
		return ask[string](t, ctx, fmt.Sprintf(`(async () => {
			const data = new DataTransfer(), input = document.querySelector("input[type=file]");
			data.items.add(new File([%q], "attestato.pdf", {type: "application/pdf"}));
			input.files = data.files;
			input.dispatchEvent(new Event("change"));
			await new Promise(r => setTimeout(r, 200));
			return document.querySelector("[data-result] .notice").className + document.querySelector("[data-result]").textContent;
		})()`, content))
	}
	if got := choose("%PDF-1.7 the real one"); !strings.Contains(got, "notice-success") || !strings.Contains(got, "attestato.pdf") {
		t.Errorf("the issued file: %s", got)
	}
	if got := choose("%PDF-1.7 another one"); !strings.Contains(got, "notice-danger") {
		t.Errorf("an altered file: %s", got)
	}
	for _, problem := range axe(t, ctx) {
		t.Error(problem)
	}
	dropped := ask[string](t, ctx, `(async () => {
		document.querySelector("[data-result]").replaceChildren();
		const data = new DataTransfer();
		data.items.add(new File(["x"], "b.pdf"));
		document.querySelector(".drop").dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
		await new Promise(r => setTimeout(r, 200));
		return document.querySelector("[data-result]").textContent;
	})()`)
	if !strings.Contains(dropped, "b.pdf") {
		t.Errorf("a dropped file: %q", dropped)
	}
}

func TestDangerousFormsAsk(t *testing.T) {
	ctx, _, _ := openSample(t, "admin_certificate", samplePages()["admin_certificate"])
	got := ask[string](t, ctx, `(async () => {
		const form = document.querySelector("form[data-confirm]"), sent = [];
		addEventListener("submit", e => { if (e.target === form && !e.defaultPrevented) { sent.push("sent"); e.preventDefault(); } });
		form.querySelector("textarea").value = "Doppione";
		const button = form.querySelector("button");
		button.click();
		const dialog = document.querySelector("dialog");
		const open = dialog.open, label = dialog.querySelector("[value=yes]").textContent === button.textContent.trim();
		dialog.querySelector("[value=no]").click();
		await new Promise(r => setTimeout(r, 100));
		const back = document.activeElement === button;
		button.click();
		document.querySelector("dialog [value=yes]").click();
		await new Promise(r => setTimeout(r, 100));
		return [open, label, back, document.querySelector("dialog") === null, sent].join();
	})()`)
	if got != "true,true,true,true,sent" {
		t.Errorf("opened, named, focus back, closed, sent once = %s", got)
	}
}

func TestMenusCloseWithEscape(t *testing.T) {
	ctx, _, _ := openSample(t, "home", samplePages()["home"])
	got := ask[string](t, ctx, `(() => {
		const menu = document.querySelector(".user-menu");
		menu.open = true;
		menu.querySelector("a").focus();
		document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "Escape", bubbles: true}));
		return [menu.open, document.activeElement === menu.querySelector("summary")].join();
	})()`)
	if got != "false,true" {
		t.Errorf("open, focus on the summary = %s", got)
	}
}
