package main

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"aulacomune/content"
	"aulacomune/content/lint"
	"aulacomune/course"
)

// inserted are the texts that the studio's editor puts in, by the name of their message, with the words that stand selected where the cursor is.
func inserted(t *testing.T, lang string) map[string]string {
	t.Helper()
	source, err := os.ReadFile("../../lms/web/messages/" + lang + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var messages map[string]any
	if err := json.Unmarshal(source, &messages); err != nil {
		t.Fatal(err)
	}
	said := func(key string) string {
		text, ok := messages[key].(string)
		if !ok {
			t.Fatalf("%s: no message %s", lang, key)
		}
		return text
	}
	out := map[string]string{}
	for key := range messages {
		if name, ok := strings.CutSuffix(key, ".text"); ok && strings.HasPrefix(key, "snippet.") {
			out[key] = strings.NewReplacer("${cursor}", said(name+".select"), "${n}", "1").Replace(said(key))
		}
	}
	out["studio.paste.alt"] = "![" + said("studio.paste.alt") + "](figura.jpg)\n"
	out["studio.paste.recording"] = "![" + said("studio.paste.recording") + "](firma.mp4)\n"
	out["studio.paste.document"] = "[" + said("studio.paste.document") + "](modello.pdf)\n"
	return out
}

// written is a course of one text, with the files that it may show.
func written(text string) content.Folder {
	rule := "read: true"
	if strings.Contains(text, "[!QUESTION") {
		rule = "answered: 60"
	}
	return content.Folder{
		Texts: map[string][]byte{
			"course.yaml":    []byte(plainCourse + "}\n"),
			"01-uno/01-a.md": []byte(plainObject + "kind: reading\ncomplete: {" + rule + "}\n---\n\n" + text),
			"firma.vtt":      []byte("WEBVTT\n\n00:00.500 --> 00:04.000\nSi apre il modulo.\n"),
		},
		Media: map[string]course.Media{
			"figura.jpg":  {Path: "figura.jpg", Type: "image/jpeg", Hash: "a", Size: 9, Width: 80, Height: 60},
			"firma.jpg":   {Path: "firma.jpg", Type: "image/jpeg", Hash: "b", Size: 9, Width: 80, Height: 60},
			"firma.mp4":   {Path: "firma.mp4", Type: "video/mp4", Hash: "c", Size: 9, Width: 80, Height: 60, Seconds: 20},
			"modello.pdf": {Path: "modello.pdf", Type: "application/pdf", Hash: "d", Size: 9},
		},
	}
}

// TestSnippetsAreFound holds what the editor puts in against the compiler's list: whatever is left as it came is found, and nothing else is an
// error but files and words that are not there.
func TestSnippetsAreFound(t *testing.T) {
	real := []string{"snippet.term.text"} // a word of the glossary is an example of one
	var all strings.Builder
	for _, lang := range []string{"it", "en"} {
		for key, text := range inserted(t, lang) {
			all.WriteString(text)
			folder := written(text)
			if strings.Contains(key, "cue") {
				folder = written("![Come si firma](firma.mp4)\n")
				folder.Texts["firma.vtt"] = []byte("WEBVTT\n" + text)
			}
			_, findings := content.Compile(folder)
			found := slices.ContainsFunc(findings, func(f course.Finding) bool { return f.Rule == lint.Unfinished || f.Rule == lint.LeftOver })
			if found == slices.Contains(real, key) {
				t.Errorf("%s %s: left as it is, found %t: %v", lang, key, found, findings)
			}
			missing := []string{lint.Unfinished, lint.MissingFile, lint.UnknownTerm, lint.LinkScheme} // of an address that is to be typed
			for _, f := range findings {
				if f.Severity == course.SeverityError && !slices.Contains(missing, f.Rule) {
					t.Errorf("%s %s: %s", lang, key, f)
				}
			}
			asks := strings.Contains(text, "[!QUESTION") || strings.HasPrefix(strings.TrimSpace(text), "![")
			if asks && !slices.ContainsFunc(findings, func(f course.Finding) bool { return f.Rule == lint.Unfinished }) {
				t.Errorf("%s %s: no error: %v", lang, key, findings)
			}
		}
	}
	for _, words := range append(lint.Placeholders(), lint.PlaceholderMarks()...) {
		if !strings.Contains(all.String(), words) {
			t.Errorf("the editor puts in no %q", words)
		}
	}
}

// TestEachPlaceholderIsFound: every piece of a snippet is found where it is the only one that is left.
func TestEachPlaceholderIsFound(t *testing.T) {
	for _, words := range lint.Placeholders() {
		for _, text := range []string{words, "## " + words, "- " + words, "> [!QUESTION a]\n> " + words + "\n>\n> - [x] `a` Sì.\n> - [ ] `b` No.", "> [!QUESTION a]\n> Vero?\n>\n> - [x] `a` " + words + "\n> - [ ] `b` No."} {
			_, findings := content.Compile(written(text + "\n"))
			rule := lint.LeftOver
			if strings.Contains(text, "QUESTION") {
				rule = lint.Unfinished
			}
			if !slices.ContainsFunc(findings, func(f course.Finding) bool { return f.Rule == rule }) {
				t.Errorf("%q: %v", text, findings)
			}
		}
	}
}
