package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"aulacomune/content"
	"aulacomune/content/lint"
	"aulacomune/content/markup"
	"aulacomune/course"
)

// completions are the words that the editor offers, by where they may be written.
func completions(t *testing.T) map[string][]string {
	t.Helper()
	source, err := os.ReadFile("../../lms/web/templates/parts/studio_script.html")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for _, list := range regexp.MustCompile(`(?s)<dl data-of="(\w+)">(.*?)</dl>`).FindAllStringSubmatch(string(source), -1) {
		for _, word := range regexp.MustCompile(`<dt>([^<]+)</dt>`).FindAllStringSubmatch(list[2], -1) {
			out[list[1]] = append(out[list[1]], word[1])
		}
	}
	return out
}

// judged are the findings about a course of one object.
func judged(manifest, object string) []course.Finding {
	_, findings := content.Compile(content.Folder{Texts: map[string][]byte{"course.yaml": []byte(manifest), "01-uno/01-a.md": []byte(object)}})
	return findings
}

const (
	plainCourse = "slug: a\ntitle: A\nsummary: A\nobjectives: [Provare]\nmodules:\n  - {id: uno, folder: 01-uno, title: A"
	plainObject = "---\nid: a\ntitle: A\nminutes: 1\nobjectives: [Provare]\n"
)

// TestCompletionsAreTheCompilers holds what the editor offers against what the compiler allows: no word is missing, none is wrong.
func TestCompletionsAreTheCompilers(t *testing.T) {
	const end = "---\n\nUn testo.\n"
	read := plainObject + "kind: reading\ncomplete: {read: true}\n"
	offered := completions(t)
	for _, c := range []struct{ list, rule, manifest, object string }{
		{"object", lint.UnknownKey, plainCourse + "}\n", read + "zzzzz: 1\n" + end},
		{"complete", lint.UnknownKey, plainCourse + "}\n", plainObject + "kind: reading\ncomplete: {read: true, zzzzz: 1}\n" + end},
		{"video", lint.UnknownKey, plainCourse + "}\n", read + "video: {zzzzz: 1}\n" + end},
		{"kind", lint.BadValue, plainCourse + "}\n", plainObject + "kind: zzzzz\ncomplete: {read: true}\n" + end},
		{"course", lint.UnknownKey, plainCourse + "}\nzzzzz: 1\n", read + end},
		{"modules", lint.UnknownKey, plainCourse + ", zzzzz: 1}\n", read + end},
		{"block", lint.UnknownBlock, plainCourse + "}\n", read + "---\n\n> [!ZZZZZ]\n> Un testo.\n"},
	} {
		findings := judged(c.manifest, c.object)
		i := slices.IndexFunc(findings, func(f course.Finding) bool { return f.Rule == c.rule })
		if i < 0 {
			t.Errorf("%s: no %s among %v", c.list, c.rule, findings)
			continue
		}
		_, list, _ := strings.Cut(findings[i].Hint, ": ") // "Le chiavi ammesse qui sono: id, title."
		want, got := strings.Split(strings.TrimSuffix(list, "."), ", "), slices.Clone(offered[c.list])
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: the editor offers %q, the compiler allows %q", c.list, got, want)
		}
	}
}

// TestCompletedQuestions holds the words of a question's first line: each is understood, and none that the guide shows is missing.
func TestCompletedQuestions(t *testing.T) {
	offered := completions(t)["question"]
	for _, word := range offered {
		for _, f := range judged(plainCourse+"}\n", plainObject+"kind: reading\ncomplete: {answered: 60}\n---\n\n> [!QUESTION domanda "+word+"]\n> Quale?\n") {
			if f.Rule == lint.QuestionForm {
				t.Errorf("the editor offers %q: %s", word, f)
			}
		}
	}
	shown := regexp.MustCompile(`\[!QUESTION \S+ (\w+)\]`)
	for _, c := range markup.Guide() {
		for _, word := range shown.FindAllStringSubmatch(c.Source, -1) {
			if !slices.Contains(offered, word[1]) {
				t.Errorf("the guide shows a question %q, which the editor does not offer", word[1])
			}
		}
	}
}
