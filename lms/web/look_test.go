package web

import (
	"aulacomune/lms"
	"aulacomune/lms/web/front"
	"bytes"
	"context"
	"fmt"
	"html/template"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// guidePage is a page with one of every part, to look at and to check: testdata/elements.html.
type guidePage struct {
	front.Frame
	States  []string
	Kinds   []string
	Choices []front.Option
	Errors  map[string]string
}

func sampleFrame() front.Frame {
	f := frameOf("/corsi/smart-working", lms.Administrator)
	f.Title, f.CSRF, f.NoIndex = "Guida agli elementi", "token", true
	f.Crumbs = []front.Crumb{{Label: "Home", Href: "/"}, {Label: "Corsi", Href: "/corsi"}, {Label: "Smart working", Href: ""}}
	return f
}

// frameOf is the frame of a page as somebody with some roles sees it; no role at all is nobody.
func frameOf(address string, roles ...lms.Role) front.Frame {
	messages, err := LoadMessages()
	if err != nil {
		panic(err)
	}
	accounts := []front.DemoAccount{{Label: "dipendente", Email: "dipendente@demo.aula"}, {Label: "collega quasi alla fine", Email: "collega@demo.aula"}, {Label: "amministratore", Email: "amministratore@demo.aula"}}
	rooms := []front.Room{{Menu: menu(), Desk: staffDesk(), Footer: footer()}}
	for _, r := range otherRooms() {
		rooms = append(rooms, front.Room{Menu: r.Menu, Desk: r.Desk, Footer: r.Footer, Demo: r.Demo})
	}
	s, err := front.New(front.Options{URL: "https://aula.example", Owner: "ANCI Demo", Assets: &front.AssetSet{}, Messages: messages, Demo: accounts, Rooms: rooms})
	if err != nil {
		panic(err)
	}
	a := lms.Actor{Name: "Chiara Bianchi"}
	for _, r := range roles {
		a.ID = "chiara"
		a.Memberships = append(a.Memberships, lms.Membership{Organisation: "valli", Role: r})
	}
	return s.FrameOf(a, "it", address)
}

func sampleGuide() *guidePage {
	p := &guidePage{
		Frame:   sampleFrame(),
		States:  []string{"locked", "open", "in_progress", "completed"},
		Kinds:   []string{"reading", "lesson", "pill", "story", "webinar"},
		Errors:  map[string]string{"email": "Manca la parte dopo la chiocciola: scrivi per esempio nome@comune.it."},
		Choices: []front.Option{{Value: "funzionario", Label: "Funzionario"}, {Value: "impiegato", Label: "Impiegato"}},
	}
	p.Notice = &front.Notice{Kind: "success", Text: "Hai completato «Oltre il telelavoro»."}
	return p
}

// TestEveryPageInABrowser looks at each page with sample content on narrow and wide screens: axe finds nothing, nothing scrolls sideways, the
// content security front.Policy holds.
func TestEveryPageInABrowser(t *testing.T) {
	chrome, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("Chromium is missing: apt-get install chromium")
	}
	assets, err := Assets()
	if err != nil {
		t.Skip(err)
	}
	violations := &violated{}
	pages := map[string][]byte{}
	for name, p := range samplePages() {
		pages["/"+name] = renderSample(t, assets, name, p)
	}
	srv := httptest.NewServer(sampleSite(assets, pages, violations))
	defer srv.Close()
	ctx := browser(t, chrome)
	only := os.Getenv("AULA_PAGE")
	for _, address := range slices.Sorted(maps.Keys(pages)) {
		for _, width := range []int64{320, 768, 1280} {
			if only != "" && address != "/"+only {
				continue
			}
			if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate(srv.URL+address)); err != nil {
				t.Fatal(err)
			}
			if ask[bool](t, ctx, `document.documentElement.scrollWidth > document.documentElement.clientWidth`) {
				t.Errorf("%s at %d px scrolls sideways", address, width)
			}
			if width == 320 || address == "/elements" {
				for _, p := range axe(t, ctx) {
					t.Errorf("%s at %d px: %s", address, width, p)
				}
			}
			shoot(t, ctx, fmt.Sprintf("%s-%d.png", address[1:], width))
		}
	}
	for _, v := range violations.all() {
		t.Errorf("the content security policy was broken: %s", v)
	}
}

func sampleSite(assets *front.AssetSet, pages map[string][]byte, violations *violated) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/csp" {
			body, _ := io.ReadAll(r.Body)
			violations.add(string(body))
			return
		}
		if a, ok := assets.Serve(r.URL.Path); ok {
			w.Header().Set("Content-Type", a.Type)
			w.Write(a.Body) //nolint:errcheck // the browser went away
			return
		}
		page, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", front.Policy+"; report-uri /csp")
		w.Write(page) //nolint:errcheck // the same
	})
}

func renderSample(t *testing.T, assets *front.AssetSet, name string, p any) []byte {
	t.Helper()
	m, err := LoadMessages()
	if err != nil {
		t.Fatal(err)
	}
	funcs, err := front.Funcs(assets, m, "it")
	if err != nil {
		t.Fatal(err)
	}
	file := "templates/" + strings.TrimRight(name, "-0123456789") + ".html"
	if name == "elements" {
		file = "testdata/elements.html"
	}
	tree := template.New("").Funcs(funcs)
	if _, err := os.Stat(file); err != nil {
		file = "*/" + file // of another room
	}
	for _, glob := range []string{"front/templates/layout*.html", "templates/parts/*.html", "*/templates/parts/*.html", file} {
		if tree, err = tree.ParseGlob(glob); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := tree.ExecuteTemplate(&b, "layout", p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func browser(t *testing.T, chrome string) context.Context {
	t.Helper()
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chrome), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 12*time.Minute) // that nothing hangs: there are more pages with every room
	t.Cleanup(cancel)
	return ctx
}

// ask evaluates an expression in the page, waiting for a promise.
func ask[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%.80s: %v", expression, err)
	}
	return v
}

// axe runs the accessibility rules of WCAG 2.2 A and AA in the page and returns what breaks them.
func axe(t *testing.T, ctx context.Context) []string {
	t.Helper()
	source, err := os.ReadFile("../../node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Skip("axe-core is missing: npm ci --ignore-scripts")
	}
	return ask[[]string](t, ctx, string(source)+`;
		axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r => r.violations.map(
			v => v.id + ": " + v.help + " – " + v.nodes.map(n => n.target.join(" ") + " " + n.failureSummary).join(" | ")))`)
}

// shoot keeps a picture of the page in the folder AULA_SHOTS, for eyes.
func shoot(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	dir := os.Getenv("AULA_SHOTS")
	if dir == "" {
		return
	}
	shot, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), shot, 0o644); err != nil {
		t.Fatal(err)
	}
}

// violated collects what browsers complain about.
type violated struct {
	mu   sync.Mutex
	list []string
}

func (r *violated) add(s string) { r.mu.Lock(); r.list = append(r.list, s); r.mu.Unlock() }

func (r *violated) all() []string { r.mu.Lock(); defer r.mu.Unlock(); return slices.Clone(r.list) }

var (
	usedMessage = regexp.MustCompile(`[{(]\s*t "([^"]+)"|\(t "([^"]+)"`)
	usedIcon    = regexp.MustCompile(`icon "([^"]+)"`)
	usedAsset   = regexp.MustCompile(`asset "([^"]+)"`)
)

func TestTemplatesUseWhatExists(t *testing.T) {
	m, err := LoadMessages()
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, glob := range []string{"templates/*.html", "templates/parts/*.html", "*/templates/*.html", "*/templates/parts/*.html"} {
		found, err := filepath.Glob(glob)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, found...)
	}
	assets, assetsErr := Assets()
	for _, p := range paths {
		raw, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, hit := range usedMessage.FindAllStringSubmatch(string(raw), -1) {
			for _, lang := range front.Langs() {
				if key := hit[1] + hit[2]; !m.Has(lang, key) {
					t.Errorf("%s: no message %q in %s", p, key, lang)
				}
			}
		}
		for _, hit := range usedIcon.FindAllStringSubmatch(string(raw), -1) {
			if _, err := os.Stat("assets/icons/" + hit[1] + ".svg"); err != nil {
				t.Errorf("%s: no icon %q", p, hit[1])
			}
		}
		for _, hit := range usedAsset.FindAllStringSubmatch(string(raw), -1) {
			if assetsErr == nil && strings.HasSuffix(assets.Path(hit[1]), "/"+hit[1]) {
				t.Errorf("%s: no asset %q", p, hit[1])
			}
		}
	}
}
