package content_test

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"aulacomune/content"
	"aulacomune/content/lint"
	"aulacomune/content/markup"
	"aulacomune/course"
)

// TestTemplates: a new course with an object of each kind has nothing wrong but what is left to be written and the files that are
// left to be made; when both are there it compiles clean.
func TestTemplates(t *testing.T) {
	for _, lang := range []string{"it", "en"} {
		for _, kind := range course.Kinds() {
			t.Run(lang+" "+string(kind), func(t *testing.T) {
				text := content.Template(kind, "primo-passo", `Il primo: "passo"`, lang)
				folder := content.Folder{Texts: map[string][]byte{
					"course.yaml":                   content.NewManifest(content.Start{Title: "Un corso: prova", Summary: "È un corso.", Lang: lang, Objectives: []string{"Provare"}}),
					"01-primo-modulo/01-inizio.md":  text,
					"01-first-module/01-inizio.md":  text,
					"_01-first-module/02-appunti.x": nil,
				}}
				if lang == "it" {
					delete(folder.Texts, "01-first-module/01-inizio.md")
				} else {
					delete(folder.Texts, "01-primo-modulo/01-inizio.md")
				}
				_, findings := content.Compile(folder)
				left := 0
				for _, f := range findings {
					switch {
					case f.Rule == lint.Unfinished:
						left++
					case f.Rule != lint.MissingFile:
						t.Error(f)
					}
				}
				video := kind == course.Lesson || kind == course.Pill
				if missing := len(findings) - left; left < 4 || left != bytes.Count(text, []byte("[Scrivi qui"))+bytes.Count(text, []byte("[Write here")) || video != (missing == 3) || !video && missing != 0 {
					t.Error(findings)
				}
				folder = complete(folder, kind)
				made, findings := content.Compile(folder)
				if len(findings) > 0 || made.Count() != 1 {
					t.Error(findings)
				}
				if o, ok := made.Object("primo-passo"); !ok || o.Kind != kind || o.Title != `Il primo: "passo"` {
					t.Errorf("%+v", o)
				}
			})
		}
	}
}

// complete writes what a template leaves to be written, and adds the files it names.
func complete(f content.Folder, kind course.Kind) content.Folder {
	for name, text := range f.Texts {
		if !strings.HasSuffix(name, ".md") {
			continue
		}
		n := 0
		for {
			from := bytes.IndexByte(text, '[')
			for from >= 0 && !bytes.HasPrefix(text[from:], []byte("[Scrivi")) && !bytes.HasPrefix(text[from:], []byte("[Write")) {
				next := bytes.IndexByte(text[from+1:], '[')
				if next < 0 {
					from = -1
					break
				}
				from += 1 + next
			}
			if from < 0 {
				break
			}
			n++
			to := from + bytes.IndexByte(text[from:], ']')
			words := []string{"Uno", "Due", "Tre", "Quattro", "Cinque", "Sei", "Sette", "Otto", "Nove", "Dieci", "Undici"}
			text = bytes.Join([][]byte{text[:from], []byte(words[n%len(words)] + "."), text[to+1:]}, nil)
		}
		f.Texts[name] = text
	}
	if kind == course.Lesson || kind == course.Pill {
		f.Texts["video/primo-passo.vtt"] = []byte("WEBVTT\n\n00:00.000 --> 00:03.000\nSi comincia.\n")
		f.Media = map[string]course.Media{
			"video/primo-passo.mp4": {Hash: "1", Type: "video/mp4", Seconds: 60}, "video/primo-passo.jpg": {Hash: "2", Type: "image/jpeg", Width: 16, Height: 9},
		}
	}
	return f
}

// TestNewManifest: a new course lacks nothing but an object.
func TestNewManifest(t *testing.T) {
	for _, title := range []string{"Il corso: prova", "# commento?", "- a", "Tutto \"vero\" \\ e 'falso'", "true", "2026", "Più su\ne giù", "@chi & {che}", "null"} {
		made, findings := content.Compile(content.Folder{Texts: map[string][]byte{
			"course.yaml": content.NewManifest(content.Start{Title: title, Summary: title, Programme: title, Audience: title, Objectives: []string{title, "o"}}),
		}})
		if len(findings) != 1 || findings[0].Rule != lint.EmptyModule {
			t.Errorf("%s: %v", title, findings)
		}
		if want := strings.Join(strings.Fields(title), " "); made.Title != want || made.Summary != want || made.Objectives[0] != want || made.Programme != want {
			t.Errorf("%q became %+v", title, made)
		}
	}
}

func TestSlugify(t *testing.T) {
	for title, want := range map[string]string{
		"Il primo passo": "il-primo-passo", "Perché l'accordo è così?": "perche-l-accordo-e-cosi", "  Città & paesi — 2026  ": "citta-paesi-2026", "Media": "i-media",
		"": "oggetto", "…": "oggetto", "Straße, Čeština, Œuvre": "strasse-cestina-oeuvre", "日本": "oggetto",
		strings.Repeat("parola ", 20): "parola-parola-parola-parola-parola-parola-parola-parola-parola",
		strings.Repeat("x", 80):       strings.Repeat("x", 64),
	} {
		if got := content.Slugify(title); got != want {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		if id := content.Slugify(rapid.String().Draw(t, "title")); !markup.ValidID(id) {
			t.Errorf("%q", id)
		}
	})
}
