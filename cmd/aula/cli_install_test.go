package main

import (
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const longPassword = "una password lunga"

// settings: every option of serve may come from the environment.
func settings(t *testing.T, h *hall) {
	texts := t.TempDir()
	if err := os.WriteFile(filepath.Join(texts, "privacy.it.md"), []byte("# Privacy\n\nIl nostro testo sui dati.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(t.TempDir(), "dati")
	s := h.install(t, "AULA_LISTEN=127.0.0.1:0", "AULA_URL=https://corsi.example.it/", "AULA_DATA="+data, "AULA_OWNER=Comune di Prova",
		"AULA_CONTACT=Ufficio formazione, 0432 000", "AULA_TEXTS="+texts, "AULA_TRUST_PROXY=127.0.0.1,10.0.0.1", "AULA_VERBOSE=true", "serve")
	for path, text := range map[string]string{"/": "Comune di Prova", "/accedi/password": "Ufficio formazione, 0432 000", "/privacy": "Il nostro testo sui dati."} {
		if page := fetch(t, http.DefaultClient, s.url+path); !strings.Contains(page, text) {
			t.Errorf("%s does not say %q", path, text)
		}
	}
	if !exists(filepath.Join(data, "aula.db")) {
		t.Error("AULA_DATA was not used")
	}
	s.stop(t)
	if !strings.Contains(s.log.String(), "msg=request") {
		t.Error("AULA_VERBOSE was not used")
	}
	for variable, text := range map[string]string{
		"AULA_DATABASE=postgres://x": "is not an address of MongoDB", "AULA_OBJECTS=ftp://x/y": "not with s3, https or http",
	} {
		h.run(t, variable, "AULA_URL=https://corsi.example.it", "AULA_LISTEN=127.0.0.1:0", "AULA_DATA="+t.TempDir(), "serve").want(1, text)
	}
	h.run(t, "AULA_DEMO=true", "AULA_LISTEN=0.0.0.0:0", "serve").want(1, "everybody knows its passwords")
}

func fetch(t *testing.T, client *http.Client, address string) string {
	t.Helper()
	res, err := client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s %v", address, res.Status, err)
	}
	return string(b)
}

// linkIn finds the activation link that a command printed, and gives its path.
func linkIn(t *testing.T, o outcome) string {
	t.Helper()
	m := regexp.MustCompile(`\n  https?://corsi\.test(/attiva/\S+)\n`).FindStringSubmatch(o.out)
	if m == nil {
		t.Fatalf("%s printed no link:\n%s", o.call, o.out)
	}
	return m[1]
}

// activate sets a password through an activation link, and gives the session.
func (s *server) activate(t *testing.T, path string) (session string) {
	t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.PostForm(s.url+path, url.Values{"password": {longPassword}, "again": {longPassword}})
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	for _, c := range res.Cookies() {
		if c.Name == "aula" {
			return c.Value
		}
	}
	b, _ := io.ReadAll(res.Body)
	t.Fatalf("%s: %s\n%s", path, res.Status, b)
	return ""
}

// firstDay: the first start says what to do; it is done beside the running server, and leads to an administrator who is signed in.
func firstDay(t *testing.T, h *hall) {
	data := t.TempDir()
	s := h.install(t, "serve", "--url", "http://corsi.test", "--listen", "127.0.0.1:0", "--data", data)
	defer s.stop(t)
	env := []string{"AULA_DATA=" + data, "AULA_URL=http://corsi.test/"}
	aula := func(words ...string) outcome { return h.run(t, append(env, words...)...) }

	said := h.run(t, append(env, "admin", "add", "ada@example.it", "--organisation", "nessuno")...)
	said.want(1, `no organisation "nessuno"`, "aula admin organisation")
	aula("admin", "organisation", "comune-di-ala", "Comune di Ala", "--place", "Ala", "--signatory", "Ada Neri").want(0, "comune-di-ala: Comune di Ala")
	aula("admin", "organisation", "comune-di-ala", "Comune di Ala", "--signatory", "Ida Neri").want(0, "comune-di-ala: changed")
	aula("admin", "organisation", "comune-di-borgo", "Comune di Borgo", "--parent", "manca").want(1, `no organisation "manca"`)
	aula("admin", "organisation", "Comune!", "Comune").want(1, "lower-case letters")
	added := aula("admin", "add", "ada@example.it", "--given", "Ada", "--family", "Neri", "--organisation", "comune-di-ala").want(0, "Activation link, once and for 7 days")
	aula("admin", "add", "ada@example.it").want(1).wantNot("error.")
	aula("admin", "add", "ada").want(1).wantNot("error.")
	h.run(t, "backup", filepath.Join(t.TempDir(), "b"), "--data", filepath.Join(t.TempDir(), "typo")).want(1, "there is no installation in")
	aula("admin", "add", "bea@example.it", "--role", "king").want(2, "administrator")

	old := linkIn(t, added)
	link := linkIn(t, aula("admin", "link", "ada@example.it").want(0))
	s.wantGone(t, old) // a new link replaces the old one
	for range 2 {
		fetch(t, http.DefaultClient, s.url+link) // looking at it, as mail scanners do, uses nothing up
	}
	session := s.activate(t, link)
	s.wantGone(t, link)
	s.caller(session).must(t, 200, "GET /people", nil, nil)
	var in struct{ Token string }
	s.caller("").must(t, 200, "POST /session", map[string]string{"email": "ada@example.it", "password": longPassword}, &in)
	s.caller(in.Token).must(t, 200, "GET /people", nil, nil)
	aula("admin", "link", "nobody@example.it").want(1, "nobody@example.it")
}

// wantGone: a link that does not work any more.
func (s *server) wantGone(t *testing.T, link string) {
	t.Helper()
	for _, method := range []string{"GET", "POST"} {
		req, err := http.NewRequest(method, s.url+link, strings.NewReader(url.Values{"password": {longPassword}, "again": {longPassword}}.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusNotFound {
			t.Errorf("%s of a link that is over: %s", method, res.Status)
		}
	}
}

// publishTwice: on this machine's data and on a server with a token, beside each other; the same content is the same edition.
func publishTwice(t *testing.T, h *hall) {
	s := h.house(t)
	data := dataOf(s)
	local := func(folder string) outcome {
		return h.run(t, "publish", folder, "--data", data, "--as", "autore@demo.aula", "-m", "Da qui")
	}
	local("testdata/breve").want(0, "prova-breve: the same content is edition 1 already")
	changed := t.TempDir()
	if err := os.CopyFS(changed, os.DirFS("testdata/breve")); err != nil {
		t.Fatal(err)
	}
	rewrite(t, filepath.Join(changed, "02-fine", "01-commiato.md"), "È tutto", "È proprio tutto")
	h.run(t, "publish", changed, "--data", data, "--as", "autore@demo.aula").want(1, "-m: Say what changes")
	local(changed).want(0, "prova-breve: edition 2 published, hash ")
	local(changed).want(0, "prova-breve: the same content is edition 2 already")

	publishToken, readToken := s.makeToken(t, "publish"), s.makeToken(t, "read")
	remote := func(folder, token string) outcome {
		return h.run(t, "AULA_SERVER="+s.url+"/", "AULA_TOKEN="+token, "publish", folder)
	}
	remote(changed, publishToken).want(0, "the same content is edition 2 already")
	rewrite(t, filepath.Join(changed, "course.yaml"), "slug: prova-breve", "slug: prova-terza")
	remote(changed, publishToken).want(0, "prova-terza: edition 1 published")
	remote(changed, publishToken).want(0, "the same content is edition 1 already")
	rewrite(t, filepath.Join(changed, "02-fine", "01-commiato.md"), "È proprio tutto", "Tutto qui")
	remote(changed, publishToken).want(1, "-m: ")
	remote(changed, "").want(1, "--token is missing", s.url+"/profilo,")
	remote(changed, readToken).want(1, s.url)
	remote(changed, "aula_nonsense").want(1, s.url)
	h.run(t, "publish", changed).want(1, "--as", "--server and --token", "aula publish "+changed+" --server https://")
	h.run(t, "publish", changed, "--data", data, "--as", "nobody@demo.aula").want(1, "nobody@demo.aula")
	h.run(t, "publish", changed, "--server", "http://127.0.0.1:1", "--token", "x").want(1, "127.0.0.1:1")
}

func rewrite(t *testing.T, name, old, with string) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	after := strings.Replace(string(text), old, with, 1)
	if after == string(text) {
		t.Fatalf("%s does not hold %q", name, old)
	}
	if err := os.WriteFile(name, []byte(after), 0o600); err != nil {
		t.Fatal(err)
	}
}

// makeToken makes a token on the profile page of the demo's author.
func (s *server) makeToken(t *testing.T, scope string) string {
	t.Helper()
	session := s.apiToken(t, "autore@demo.aula")
	page := s.page(t, session, "GET", "/profilo", nil)
	token := regexp.MustCompile(`name="csrf" value="([^"]+)"`).FindStringSubmatch(page)
	if token == nil {
		t.Fatal("the profile page has no form")
	}
	page = s.page(t, session, "POST", "/profilo/gettoni", url.Values{"csrf": {token[1]}, "name": {"Prove"}, "scope": {scope}, "days": {"30"}})
	made := regexp.MustCompile(`aula_[A-Za-z0-9_-]{10,}`).FindString(page)
	if made == "" {
		t.Fatalf("no token on the page:\n%s", page)
	}
	return made
}

// page asks for a page with a session.
func (s *server) page(t *testing.T, session, method, path string, form url.Values) string {
	t.Helper()
	req, err := http.NewRequest(method, s.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.AddCookie(&http.Cookie{Name: "aula", Value: session})
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: %s %v\n%s", method, path, res.Status, err, b)
	}
	return string(b)
}
