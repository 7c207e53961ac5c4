package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
)

// inspection looks at every page of the route table in the states that people meet.
type inspection struct {
	t       *testing.T
	h       *hall
	s       *server
	lang    string
	visited map[string]bool // path of every address
}

// everyPage visits every page in a language, as nobody, as learners, as an author and as an administrator. Of each it holds: no violation of WCAG 2.2 A and AA
// that axe can find, wide and narrow; nothing scrolls sideways at 320 CSS pixels (400 % of 1280) nor with text twice as large; no text is cut off;
// nothing moves for who asked for less motion. The watch of each browser adds: no broken content security policy, no error, no other host.
func everyPage(lang string) func(*testing.T, *hall) {
	return func(t *testing.T, h *hall) {
		in := &inspection{t: t, h: h, s: h.house(t), lang: lang, visited: map[string]bool{}}
		in.learner()
		code, link := in.administrator()
		in.nobody(code, link)
		in.colleague()
		in.hours()
		in.cohorts()
		in.organiser()
		in.ways()
		in.post()
		in.acts()
		in.editions()
		in.plans()
		in.webinars()
		in.writer()
		in.complete()
	}
}

// browser is somebody who reads in the language and wants less motion.
func (in *inspection) browser() *browser {
	in.t.Helper()
	b := in.s.browser(in.t, in.h)
	send(b, network.SetCookie, network.SetCookieParams{Name: "lingua", Value: in.lang, URL: b.base})
	send(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}})
	return b
}

func (in *inspection) nobody(code, link string) {
	b := in.browser()
	for _, address := range []string{"/", "/accedi", "/accedi/password", "/corsi", "/corsi/smart-working", "/corsi/smart-working/oltre-il-telelavoro",
		"/guida", "/guida/regole", "/verifica", "/verifica?codice=manca", "/verifica/" + code, "/verifica/0000-0000-0000", "/aiuto", "/privacy", "/accessibilita", "/note-legali", "/manca", "/attiva/manca", link} {
		b.open(address)
		in.look(b, address)
	}
	b.set("input[name=password]", "corta")
	b.set("input[name=again]", "lunga")
	b.submit("main form")
	in.look(b, "activation with a problem")
	b.open("/accedi")
	b.set("input[name=email]", "nessuno@demo.aula")
	b.set("input[name=password]", "sbagliata")
	b.submit("main form")
	in.look(b, "sign-in with a problem")
	b.open("/verifica/" + code)
	b.upload(in.pdf())
	b.until("a result of the comparison", func() bool { ok, _ := ask[bool](b, "!!document.querySelector('[data-result] .notice')"); return ok })
	in.look(b, "compared with another file")
	b.open("/")
	b.size(360, 800)
	b.press("menu", "document.querySelector('.menu-small summary')")
	in.axe(b, "menu open at 360")
	b.size(1280, 900)
	b.press("demo", "document.querySelector('.demo summary')")
	in.axe(b, "demo open at 1280")
}

// pdf is a file that nobody issued.
func (in *inspection) pdf() string {
	in.t.Helper()
	name := filepath.Join(in.t.TempDir(), "altro.pdf")
	if err := os.WriteFile(name, []byte("%PDF-1.7\n"), 0o600); err != nil {
		in.t.Fatal(err)
	}
	return name
}

func (in *inspection) learner() {
	b := in.browser()
	b.enter("dipendente@demo.aula")
	for _, address := range []string{"/apprendimento", "/attestati", "/profilo", "/", "/corsi", "/corsi/smart-working"} {
		b.open(address)
		in.look(b, "learner "+address)
	}
	b.submit("form[action$='/iscrizione']")
	in.look(b, "just enrolled")
	for _, object := range []string{"oltre-il-telelavoro", "storia-anci-piemonte", "dopo-l-emergenza", "fiducia-e-risultati", "storia-bologna-intranet"} {
		b.open("/corsi/smart-working/" + object)
		in.look(b, object)
	}
	b.open("/corsi/smart-working/oltre-il-telelavoro")
	b.submit(".questions form")
	in.look(b, "questions left open")
	b.do("document.querySelectorAll('.question').forEach((q) => q.querySelector('input').click())")
	b.submit(".questions form")
	in.look(b, "questions answered")
	b.open("/corsi/smart-working/manca")
	in.look(b, "unknown object")
	b.open("/amministrazione")
	in.look(b, "administration is not for learners")
	b.open("/corsi/smart-working")
	in.look(b, "course under way")
	b.open("/profilo")
	b.set("input[name=old]", "sbagliata")
	b.set("input[name=new]", "abbastanza lunga")
	b.set("input[name=again]", "abbastanza lunga")
	b.submit("form[action='/profilo/password']")
	in.look(b, "profile with a problem")
	b.open("/profilo")
	b.set("form[action='/profilo/gettoni'] input[name=name]", "portatile")
	b.submit("form[action='/profilo/gettoni']")
	in.look(b, "profile with a token")
	b.press("person", "document.querySelector('.user-menu summary')")
	in.axe(b, "menu of the person open")
	b.open("/corsi/smart-working/oltre-il-telelavoro")
	b.dropCookies()
	b.do("document.querySelectorAll('.question').forEach((q) => q.querySelector('input').click())")
	b.submit(".questions form")
	in.look(b, "session is over")
	b.set("input[name=email]", "dipendente@demo.aula")
	b.set("input[name=password]", demoPassword)
	b.submit("main form")
	in.look(b, "kept form")
}

func (in *inspection) colleague() {
	b := in.browser()
	b.enter("collega@demo.aula")
	in.look(b, "learning under way")
	b.open("/")
	in.look(b, "home of somebody under way")
	b.open("/corsi/smart-working/il-tuo-prossimo-passo")
	in.look(b, "last reading")
	b.submit("form[action$='=letto']")
	in.look(b, "just finished")
	for _, address := range []string{"/apprendimento", "/attestati", "/corsi/smart-working", "/corsi/smart-working/oltre-il-telelavoro"} {
		b.open(address)
		in.look(b, "finished "+address)
	}
}

// administrator leaves the code of a revoked certificate, and an activation link.
func (in *inspection) administrator() (code, link string) {
	b := in.browser()
	b.enter("amministratore@demo.aula")
	for _, address := range []string{"/amministrazione/da-fare", "/amministrazione/da-fare/attestati", "/amministrazione", "/amministrazione/persone", "/amministrazione/persone?q=nessuno", "/amministrazione/persone/nuova", "/amministrazione/persone/importa", "/rapporti", "/rapporti/progress", "/rapporti/late", "/rapporti/certificates",
		"/amministrazione/corsi/smart-working", "/amministrazione/corsi/prova-breve", "/amministrazione/registro", "/amministrazione/registro/associazione-val-fiorita", "/amministrazione/registro/comune-pietralta"} {
		b.open(address)
		in.look(b, address)
	}
	in.enti(b)
	in.views(b)
	b.open("/corsi/smart-working/oltre-il-telelavoro")
	in.look(b, "preview")
	b.open("/amministrazione/persone?q=rossi")
	b.open(get[string](b, "document.querySelector('tbody a').getAttribute('href')"))
	in.look(b, "person with courses")
	link = in.people(b)
	b.open("/amministrazione/registro/associazione-val-fiorita")
	b.open(get[string](b, "document.querySelector('a.code').getAttribute('href')"))
	code = b.path()[strings.LastIndex(b.path(), "/")+1:]
	in.look(b, "certificate")
	b.set("textarea[name=reason]", " ")
	in.revoke(b, "certificate not revoked for want of a reason")
	b.set("textarea[name=reason]", "Prova")
	in.revoke(b, "certificate revoked")
	b.open("/amministrazione/registro/associazione-val-fiorita")
	in.look(b, "register with a revocation")
	return code, link
}

// enti looks at the tree, and at what a list of comuni would change in it; it changes nothing.
func (in *inspection) enti(b *browser) {
	for _, address := range []string{"/amministrazione/enti", "/amministrazione/enti?q=nessuno", "/amministrazione/enti?ente=unione-alta-fiorita", "/amministrazione/ingressi", "/amministrazione/enti/importa"} {
		b.open(address)
		in.look(b, address)
	}
	b.set("input[name=region]", "Terra Fiorita")
	file := filepath.Join(in.t.TempDir(), "comuni.csv")
	list := "Codice Comune formato alfanumerico;Denominazione in italiano;Denominazione Regione;Denominazione provincia\n91001;Borgo Fiorito;Terra Fiorita;Fiorino\n91009;Nuovo;Terra Fiorita;Fiorino\n"
	if err := os.WriteFile(file, []byte(list), 0o600); err != nil {
		in.t.Fatal(err)
	}
	b.upload(file)
	b.submit("form[enctype]")
	b.until("the list is compared", func() bool { ok, _ := ask[bool](b, "!!document.querySelector('#coverage')"); return ok })
	in.look(b, "enti, dry run")
}

// views keeps a report, and comes back to it by its address, which leads there.
func (in *inspection) views(b *browser) {
	b.open("/rapporti/progress?stato=completed")
	b.do("document.querySelector('details:has([name=rapporto])').open = true")
	b.set("form[action='/rapporti/viste'] input[name=name]", "Chi ha finito")
	b.submit("form[action='/rapporti/viste']")
	b.open("/rapporti")
	b.see("Chi ha finito")
	in.look(b, "a report kept")
	kept := get[string](b, "document.querySelector('main a[href^=\"/rapporti/viste/\"]').getAttribute('href')")
	b.open(kept)
	b.at("/rapporti/progress")
	in.look(b, "report with a condition")
	in.visited[kept] = true
}

func (in *inspection) revoke(b *browser, name string) {
	b.press("revoke", "document.querySelector('form[action$=revoca] button')")
	in.axe(b, "last question")
	b.leaving(func() { b.press("yes", "document.querySelector('dialog [value=yes]')") })
	in.look(b, name)
}

// people adds a person, one file of people, and returns the first one's activation link.
func (in *inspection) people(b *browser) (link string) {
	b.open("/amministrazione/persone/nuova")
	b.set("input[name=given_name]", "Rita")
	b.set("input[name=family_name]", "Levi")
	b.submit("main form")
	in.look(b, "person with a problem")
	b.set("input[name=email]", "rita.levi."+in.lang+"@demo.aula")
	b.submit("main form")
	in.look(b, "person who is invited")
	b.submit("form[action$='/link']")
	in.look(b, "person with a link")
	link = get[string](b, "document.querySelector('.once').innerText.trim()")
	person := strings.TrimSuffix(b.path(), "/link")
	b.open("/amministrazione/persone/importa")
	file := filepath.Join(in.t.TempDir(), "persone.csv")
	if err := os.WriteFile(file, []byte("cognome;nome;email\nSpallanzani;Lazzaro;lazzaro@demo.aula\nSenza;Posta;\n"), 0o600); err != nil {
		in.t.Fatal(err)
	}
	b.upload(file)
	b.submit("form[enctype]")
	b.until("the file is read", func() bool { ok, _ := ask[bool](b, "!!document.querySelector('button[value=aggiungi]')"); return ok })
	in.look(b, "import, dry run")
	b.submit("form:has([value=aggiungi])")
	b.until("the people are added", func() bool {
		ok, _ := ask[bool](b, "!!document.querySelector('form[action$=\"accessi.csv\"]')")
		return ok
	})
	in.look(b, "import, done")
	b.open(person + "/modifica")
	in.look(b, "person, change")
	b.set("input[name=double]", "dipendente@demo.aula")
	b.submit("form:has([value=compare])")
	in.look(b, "two people, to be one")
	return strings.TrimPrefix(link, in.s.url)
}

// set puts a value into a field, opening what it is folded in.
func (b *browser) set(selector, value string) {
	b.t.Helper()
	b.do(fmt.Sprintf("const f = document.querySelector('main').querySelector(%q); for (let d = f.closest('details'); d; d = d.parentElement.closest('details')) d.open = true; f.value = %q", selector, value))
}

// look holds everything about the page as it is.
func (in *inspection) look(b *browser, name string) {
	in.t.Helper()
	in.visited[b.path()] = true
	for _, width := range []int64{1280, 360} {
		b.size(width, 900)
		in.axe(b, fmt.Sprintf("%s at %d", name, width))
		b.shoot(fmt.Sprintf("%s-%d", name, width))
	}
	b.size(320, 900)
	if over := get[[]string](b, sideways); len(over) > 0 {
		in.t.Errorf("%s scrolls sideways at 320 px: %v", name, over)
	}
	b.size(1280, 900)
	b.do("document.documentElement.style.fontSize = '200%'")
	if over := get[[]string](b, sideways); len(over) > 0 {
		in.t.Errorf("%s scrolls sideways with text twice as large: %v", name, over)
	}
	if cut := get[[]string](b, clipped); len(cut) > 0 {
		in.t.Errorf("%s cuts off text twice as large: %v", name, cut)
	}
	b.do("document.documentElement.style.fontSize = ''")
	if moving := get[int](b, "document.getAnimations().filter((a) => a.playState === 'running').length"); moving > 0 {
		in.t.Errorf("%s moves, with reduced motion wanted: %d animations", name, moving)
	}
	if lang := get[string](b, "document.documentElement.lang"); lang != in.lang {
		in.t.Errorf("%s is in %q, want %q", name, lang, in.lang)
	}
}

// sideways lists what is wider than the page, when the page is.
const sideways = `(() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const wide = [...document.body.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1);
  return ['page is ' + root.scrollWidth].concat(wide.slice(-3).map((e) => e.outerHTML.slice(0, 120)));
})()`

// clipped lists elements with text that does not fit and can't be scrolled to.
const clipped = `[...document.body.querySelectorAll('*')].filter((e) => {
  const s = getComputedStyle(e);
  if (!e.checkVisibility({ visibilityProperty: true }) || e.closest('.visually-hidden, .visually-hidden-focusable, svg, video, select, textarea')) return false;
  if (!e.innerText || !e.innerText.trim()) return false;
  const x = ['hidden', 'clip'].includes(s.overflowX) && e.scrollWidth > e.clientWidth + 1;
  const y = ['hidden', 'clip'].includes(s.overflowY) && e.scrollHeight > e.clientHeight + 1;
  return x || y;
}).map((e) => e.outerHTML.slice(0, 120))`

// axe fails for what breaks WCAG, and tells what is only good practice.
func (in *inspection) axe(b *browser, name string) {
	in.t.Helper()
	type violation struct {
		ID, Help string
		Tags     []string
		Nodes    []string
	}
	found := get[[]violation](b, `(async () => {
		if (!window.axe) { `+in.h.axe+` }
		const r = await axe.run({ resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], preload: false });
		return r.violations.map((v) => ({ ID: v.id, Help: v.help, Tags: v.tags, Nodes: v.nodes.slice(0, 5).map((n) => n.target.join(' ') + ': ' + n.failureSummary.replace(/\s+/g, ' ')) }));
	})()`)
	for _, v := range found {
		say := in.t.Errorf
		if slices.Contains(v.Tags, "best-practice") {
			say = in.t.Logf
		}
		say("axe on %s (%s): %s: %s: %s", name, b.path(), v.ID, v.Help, strings.Join(v.Nodes, " | "))
	}
}

// complete holds the visits against the table of routes: no page was forgotten.
func (in *inspection) complete() {
	in.t.Helper()
	var rows [][]string
	for _, pattern := range []string{"../../lms/web/routes.go", "../../lms/web/*/routes.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			in.t.Fatal(err)
		}
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				in.t.Fatal(err)
			}
			rows = append(rows, regexp.MustCompile(`\{(?:Method: )?get, (?:Path: )?"([^"]+)"`).FindAllStringSubmatch(string(source), -1)...)
		}
	}
	if len(rows) < 20 {
		in.t.Fatalf("only %d pages found in routes.go of the rooms", len(rows))
	}
	for _, row := range rows {
		if slices.Contains([]string{".pdf", ".zip", ".json", ".html", ".csv", ".xlsx", ".ics", ".rss"}, filepath.Ext(row[1])) || slices.ContainsFunc([]string{"/attestato", "/elenco/:kind", "/originale"}, func(end string) bool { return strings.HasSuffix(row[1], end) }) || strings.Contains(row[1], "/media/") || strings.Contains(row[1], "/foto/") {
			continue // files, not pages; copies of the edition have a scenario of their own
		}
		pattern := regexp.MustCompile("^" + regexp.MustCompile(`:\w+`).ReplaceAllString(row[1], `[^/]+`) + "$")
		if !slices.ContainsFunc(keysOf(in.visited), pattern.MatchString) {
			in.t.Errorf("no scenario looks at %s", row[1])
		}
	}
}

func keysOf(m map[string]bool) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	return out
}
