package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// patience is how long a step waits for what it wants.
const patience = 20 * time.Second

// browser is a tab in front of somebody. Its steps say what a person does and sees; each waits until it can be done, and fails the test if it can't.
type browser struct {
	t     *testing.T
	ctx   context.Context
	base  string
	watch *watch
	close context.CancelFunc
	plain bool // without JavaScript
}

// browser opens a tab in a profile of its own, as on another computer.
func (s *server) browser(t *testing.T, h *hall) *browser {
	t.Helper()
	return newBrowser(t, s.url, h.chrome, chromedp.WithNewBrowserContext())
}

// tab opens another tab with the same cookies and storage.
func (b *browser) tab() *browser {
	b.t.Helper()
	id := chromedp.FromContext(b.ctx).BrowserContextID
	return newBrowser(b.t, b.base, b.ctx, chromedp.WithExistingBrowserContext(id))
}

func newBrowser(t *testing.T, base string, parent context.Context, option chromedp.ContextOption) *browser {
	t.Helper()
	_, host, _ := strings.Cut(base, "://")
	w := newWatch(host)
	ctx, stop := chromedp.NewContext(parent, option, chromedp.WithListener(w.event))
	b := &browser{t: t, ctx: ctx, base: base, watch: w, close: stop}
	t.Cleanup(func() {
		for _, p := range w.take() {
			t.Errorf("the browser complains: %s", p)
		}
		stop()
	})
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1280, 900)); err != nil {
		t.Fatal(err)
	}
	send(b, log.Enable, cdp.Empty{})
	send(b, audits.Enable, cdp.Empty{})
	send(b, network.Enable, network.EnableParams{})
	return b
}

// send sends one command to the tab.
func send[P, R any](b *browser, command cdp.Command[P, R], params P) R {
	b.t.Helper()
	out, err := chromedp.Call(b.ctx, command, params)
	if err != nil {
		b.t.Fatalf("%s: %v", command.Method, err)
	}
	return out
}

// ask evaluates an expression in the page; ok is false while there is no page to ask, or no answer.
func ask[T any](b *browser, expression string) (v T, ok bool) {
	ctx, stop := context.WithTimeout(b.ctx, patience)
	defer stop()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	return v, err == nil
}

// get evaluates an expression that must have an answer.
func get[T any](b *browser, expression string) T {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, 2*time.Minute)
	defer stop()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%.100s: %v", expression, err)
	}
	return v
}

// do runs a statement in the page.
func (b *browser) do(statement string) {
	b.t.Helper()
	get[bool](b, "(async () => {"+statement+"; return true})()")
}

// until waits for something, and fails with a picture of the page in words when it does not come.
func (b *browser) until(what string, done func() bool) {
	b.t.Helper()
	for end := time.Now().Add(patience); ; {
		if done() {
			return
		}
		if time.Now().After(end) {
			where, _ := ask[string](b, "location.pathname + location.search")
			text, _ := ask[string](b, "document.body.innerText")
			b.shoot("failed")
			b.t.Fatalf("waited in vain for: %s\nat %s:\n%s", what, where, text)
		}
		time.Sleep(25 * time.Millisecond)
	}
}

// open goes to an address of the server and waits for the page.
func (b *browser) open(path string) {
	b.t.Helper()
	address := path
	if strings.HasPrefix(path, "/") {
		address = b.base + path
	}
	ctx, stop := context.WithTimeout(b.ctx, patience)
	defer stop()
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		b.t.Fatalf("open %s: %v", path, err)
	}
}

// reload opens the page anew.
func (b *browser) reload() { b.t.Helper(); b.open(get[string](b, "location.href")) }

// path is where the browser is.
func (b *browser) path() string {
	b.t.Helper()
	p, _ := ask[string](b, "location.pathname")
	return p
}

// at waits until the browser is at an address.
func (b *browser) at(path string) {
	b.t.Helper()
	b.until("address "+path, func() bool { return b.path() == path })
}

// text is what the page says.
func (b *browser) text() string {
	text, _ := ask[string](b, "document.body.innerText.replace(/\\s+/g, ' ')")
	return text
}

// see waits until the page says all of it, in capitals or not.
func (b *browser) see(words ...string) {
	b.t.Helper()
	for _, w := range words {
		b.until(fmt.Sprintf("the page says %q", w), func() bool { return strings.Contains(strings.ToLower(b.text()), strings.ToLower(w)) })
	}
}

// gone waits until the page no longer says it.
func (b *browser) gone(words string) {
	b.t.Helper()
	b.until(fmt.Sprintf("the page no longer says %q", words), func() bool {
		text := b.text()
		return text != "" && !strings.Contains(strings.ToLower(text), strings.ToLower(words))
	})
}

// controls are what can be pressed.
const controls = "a[href], button, summary, label, input[type=submit], [role=button]"

// seek is a script that finds the shown element of a kind with a name: exactly, or else in part; in the dialog that is open, or in the page.
const seek = `((kind, name) => {
  const norm = (s) => (s || '').replace(/\s+/g, ' ').trim();
  const root = document.querySelector('dialog[open]') || document;
  const shown = [...root.querySelectorAll(kind)].filter((e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length);
  const named = (e) => norm(e.getAttribute('aria-label') || e.innerText || e.value);
  return shown.find((e) => named(e) === norm(name)) || shown.find((e) => named(e).includes(norm(name)));
})`

func found(kind, name string) string {
	arguments, err := json.Marshal([]string{kind, name})
	if err != nil {
		panic(err)
	}
	return seek + "(..." + string(arguments) + ")"
}

// point is the middle of an element that nothing covers.
type point struct {
	X, Y    float64
	Covered string
}

const where = `((e) => {
  if (!e) return null;
  e.scrollIntoView({ block: 'center', behavior: 'instant' });
  const r = e.getClientRects()[0];
  const p = { X: r.x + r.width / 2, Y: r.y + r.height / 2, Covered: '' };
  const top = document.elementFromPoint(p.X, p.Y);
  if (!top || !(e.contains(top) || top.contains(e) && top.tagName === 'LABEL')) p.Covered = top ? top.outerHTML.slice(0, 200) : 'nothing';
  return p;
})`

// drawn waits until the page was drawn twice: by then it has done what it does late, like moving the focus, which scrolls. A tab that is not drawn
// is not waited for.
const drawn = `Promise.race([new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r))), new Promise((r) => setTimeout(r, 250))])`

// press clicks with the mouse in the middle of an element, once it is there, stands still, and nothing covers it.
func (b *browser) press(what, element string) {
	b.t.Helper()
	var p, last *point
	find := where + "(" + element + ")"
	if !b.plain { // without scripts nothing is late
		find = drawn + ".then(() => " + find + ")"
	}
	b.until(what+" can be pressed", func() bool {
		last = p
		p, _ = ask[*point](b, find)
		return p != nil && p.Covered == "" && last != nil && *last == *p
	})
	if err := chromedp.Do(b.ctx, chromedp.MouseClickXY(p.X, p.Y)); err != nil {
		b.t.Fatalf("press %s: %v", what, err)
	}
}

// click presses the link, button or label of a name.
func (b *browser) click(name string) {
	b.t.Helper()
	b.press(fmt.Sprintf("%q", name), found(controls, name))
}

// follow clicks and waits for the page that comes.
func (b *browser) follow(name string) { b.t.Helper(); b.leaving(func() { b.click(name) }) }

// submit presses the button of a form that a selector finds, and waits for the page that comes. Where a form has a search in it, that is not the search's.
func (b *browser) submit(form string) {
	b.t.Helper()
	b.leaving(func() {
		b.press(form, fmt.Sprintf("((f) => f?.querySelector(f.querySelector('[data-enti]') ? '.actions button' : 'button:not([type=button])'))(document.querySelector(%q))", form))
	})
}

// leaving does something that leads to another page, and waits for that page.
func (b *browser) leaving(act func()) {
	b.t.Helper()
	b.do("window.before = true")
	act()
	b.until("another page", func() bool {
		arrived, ok := ask[bool](b, "!window.before && document.readyState === 'complete'")
		return ok && arrived
	})
}

// fill types into the field of a label.
func (b *browser) fill(label, value string) {
	b.t.Helper()
	field := fmt.Sprintf("(%s?.control)", found("label", label))
	b.until(fmt.Sprintf("field %q", label), func() bool { ok, _ := ask[bool](b, "!!"+field); return ok })
	b.do(field + ".focus(); " + field + ".select?.()")
	b.keys(value)
}

// keys types where the focus is.
func (b *browser) keys(text string) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, chromedp.KeyEvent(text)); err != nil {
		b.t.Fatal(err)
	}
}

// choose picks an option of the select of a label.
func (b *browser) choose(label, option string) {
	b.t.Helper()
	q, err := json.Marshal(option)
	if err != nil {
		b.t.Fatal(err)
	}
	b.do(fmt.Sprintf(`const s = %s.control; const o = [...s.options].find((o) => o.text === %s); s.value = o.value; s.dispatchEvent(new Event('change', { bubbles: true }))`, found("label", label), q))
}

// upload chooses a file in the page's file field.
func (b *browser) upload(file string) {
	b.t.Helper()
	input := get[*runtime.RemoteObject](b, "document.querySelector('input[type=file]')")
	send(b, dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: []string{file}, ObjectID: input.ObjectID})
}

// href is the address of the link of a name, without the host.
func (b *browser) href(name string) string {
	b.t.Helper()
	var address string
	b.until(fmt.Sprintf("link %q", name), func() bool {
		address, _ = ask[string](b, found("a[href]", name)+"?.getAttribute('href') || ''")
		return address != ""
	})
	return address
}

// value is what a page lists beside a label: <dt>label</dt><dd>value</dd>.
func (b *browser) value(label string) string {
	b.t.Helper()
	q, err := json.Marshal(label)
	if err != nil {
		b.t.Fatal(err)
	}
	return get[string](b, fmt.Sprintf(`[...document.querySelectorAll('dt')].find((d) => d.innerText.trim() === %s)?.nextElementSibling.innerText.trim() || ''`, q))
}

// signIn signs in by typing.
func (b *browser) signIn(login, password string) {
	b.t.Helper()
	b.open("/accedi")
	b.fill("Indirizzo e-mail o nome utente", login)
	b.fill("Password", password)
	b.submit("form[action='/accedi']")
}

// enter becomes one of the demo's people with one click.
func (b *browser) enter(email string) {
	b.t.Helper()
	b.open("/")
	b.press("the demo's menu", "document.querySelector('.demo summary')")
	b.leaving(func() {
		b.press(email, fmt.Sprintf("document.querySelector('.demo button[name=email][value=%q]')", email))
	})
}

// dropCookies is what time does to a session.
func (b *browser) dropCookies() {
	b.t.Helper()
	u, err := url.Parse(b.base)
	if err != nil {
		b.t.Fatal(err)
	}
	send(b, network.DeleteCookies, network.DeleteCookiesParams{Name: "aula", Domain: u.Hostname()})
}

// withoutScript turns JavaScript off.
func (b *browser) withoutScript() *browser {
	b.t.Helper()
	b.scripts(false)
	return b
}

// scripts turns JavaScript on or off for the pages that are opened from here on.
func (b *browser) scripts(on bool) {
	b.t.Helper()
	send(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
	b.plain = !on
}

// size makes the window as wide as a device.
func (b *browser) size(width, height int64) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, chromedp.EmulateViewport(width, height)); err != nil {
		b.t.Fatal(err)
	}
}

// closeTab closes the tab as a person does: the page is told.
func (b *browser) closeTab() {
	b.t.Helper()
	id := chromedp.FromContext(b.ctx).Target.TargetID
	if _, err := chromedp.CallBrowser(b.ctx, target.CloseTarget, target.CloseTargetParams{TargetID: id}); err != nil {
		b.t.Fatal(err)
	}
}

// shoot keeps a picture of the page in the folder AULA_SHOTS, for eyes.
func (b *browser) shoot(name string) {
	dir := os.Getenv("AULA_SHOTS")
	if dir == "" {
		return
	}
	shot, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.t.Logf("screenshot: %v", err)
		return
	}
	name = strings.NewReplacer("/", "-", " ", "_").Replace(b.t.Name() + "-" + name + ".png")
	if err := os.WriteFile(filepath.Join(dir, name), shot, 0o600); err != nil {
		b.t.Log(err)
	}
}
