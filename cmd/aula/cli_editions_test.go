package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/course"
)

// ofEditions: they are listed, compared, withdrawn, offered and restored, on this machine's data and on a server.
func ofEditions(t *testing.T, h *hall) {
	s := h.house(t)
	data, token := dataOf(s), s.makeToken(t, "publish")
	changed := t.TempDir()
	if err := os.CopyFS(changed, os.DirFS("testdata/breve")); err != nil {
		t.Fatal(err)
	}
	rewrite(t, filepath.Join(changed, "02-fine", "01-commiato.md"), "È tutto", "È proprio tutto")
	h.run(t, "publish", changed, "--server", s.url, "--token", token, "-m", "Una parola").want(0, "edition 2 published", s.url+"/versioni/prova-breve")

	here := func(words ...string) outcome {
		return h.run(t, append(append([]string{"editions"}, words...), "--data", data, "--as", "autore@demo.aula")...)
	}
	there := func(words ...string) outcome {
		return h.run(t, append([]string{"AULA_SERVER=" + s.url, "AULA_TOKEN=" + token, "editions"}, words...)...)
	}
	h.run(t, "editions", "list", "prova-breve", "--data", data).want(0, "Una parola (for new enrolments)", "Per le prove")
	there("list", "prova-breve").want(0, "Una parola (for new enrolments)")
	h.run(t, "editions", "list", "manca", "--data", data).want(1, "manca")
	there("list", "manca").want(1, s.url)

	here("withdraw", "prova-breve", "2").want(1, "-m: Give a reason")
	there("withdraw", "prova-breve", "2").want(1, "-m: ")
	here("withdraw", "prova-breve", "2", "-m", "Una data").want(0, "prova-breve@2: withdrawn")
	h.run(t, "editions", "list", "prova-breve", "--data", data).want(0, "withdrawn on 20", "Una data", "Per le prove (for new enrolments)")
	there("offer", "prova-breve", "2").want(0, "prova-breve@2: offered again")
	here("withdraw", "prova-breve", "9", "-m", "x").want(1, "no such version")
	there("restore", "prova-breve", "2", "-m", "x").want(1, s.url)
	there("restore", "prova-breve", "1", "-m", "Torna").want(0, "prova-breve@1: restored")
	here("list", "prova-breve").want(2) // it takes no --as
	there("list", "prova-breve").want(0, "Torna (for new enrolments; restores 1)")
	h.run(t, "editions", "offer", "prova-breve", "1").want(1, "aula editions offer prova-breve 1 --server")
	h.run(t, "AULA_SERVER="+s.url, "editions", "list", "prova-breve").want(1, "--token is missing")

	h.run(t, "AULA_SERVER="+s.url, "AULA_TOKEN="+token, "diff", "prova-breve@1", "prova-breve@2").want(0, "~ commiato", "{+proprio+}", "Harmless")
	h.run(t, "diff", "prova-breve@2", "testdata/breve", "--server", s.url, "--token", token).want(0, "[-proprio-]", "Harmless")
	h.run(t, "diff", "prova-breve@1", "testdata/breve", "--server", s.url, "--token", token).want(0, "No difference.")
	h.run(t, "diff", "prova-breve@7", "testdata/breve", "--server", s.url, "--token", token).want(1, s.url)
	h.run(t, "diff", "prova-breve@1", "testdata/breve", "--server", s.url).want(1, "--token is missing")
}

// rebuild: what the renderer would set otherwise is set anew; what would be other content is refused, and said.
func rebuild(t *testing.T, h *hall) {
	s := h.house(t)
	data := dataOf(s) // beside the server that runs
	run := func(words ...string) outcome {
		return h.run(t, append([]string{"editions", "rebuild", "--data", data}, words...)...)
	}
	run().want(0, "prova-breve@1: as it was", "smart-working@1: as it was")
	breve, filmato := compiled(t, data, "prova-breve"), compiled(t, data, "prova-filmato")
	store(t, data, strings.Replace(breve, "È tutto", "Era tutto", 1), breve)
	var c course.Course
	if err := json.Unmarshal([]byte(filmato), &c); err != nil {
		t.Fatal(err)
	}
	c.Modules[0].Objects[0].Rule.Watched = 7
	body, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	store(t, data, string(body), filmato)
	o := run().want(1, "prova-breve@1: rendered again", "prova-filmato@1: refused, as it would differ in rule ("+string(c.Modules[0].Objects[0].ID)+")", "smart-working@1: as it was", "next start", "1 refused")
	if strings.Contains(o.out, "prova-breve@1: refused") {
		t.Error(o.out)
	}
	if now := compiled(t, data, "prova-breve"); now != breve {
		t.Error("it is not as it was before")
	}
	run("prova-breve").want(0, "prova-breve@1: as it was")
	run("manca").want(1, "manca")
}

// compiled is the first edition of a course as it is stored.
func compiled(t *testing.T, data, slug string) string {
	t.Helper()
	house, err := wiring.Open(t.Context(), wiring.Options{Data: data, URL: "http://localhost", Env: os.Getenv})
	if err != nil {
		t.Fatal(err)
	}
	defer house.Close()
	head, err := house.School.Library.Find(t.Context(), course.Slug(slug))
	if err != nil {
		t.Fatal(err)
	}
	o, err := house.Objects.Open(t.Context(), "editions/"+string(head.Editions[0].Hash)+".json")
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// store puts another compiled form in the place of one.
func store(t *testing.T, data, body, of string) {
	t.Helper()
	var c course.Course
	if err := json.Unmarshal([]byte(of), &c); err != nil {
		t.Fatal(err)
	}
	house, err := wiring.Open(t.Context(), wiring.Options{Data: data, URL: "http://localhost", Env: os.Getenv})
	if err != nil {
		t.Fatal(err)
	}
	defer house.Close()
	if err := house.Objects.Put(t.Context(), "editions/"+string(c.Hash)+".json", strings.NewReader(body), int64(len(body)), "application/json"); err != nil {
		t.Fatal(err)
	}
}
