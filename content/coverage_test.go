package content_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"aulacomune/content"
	"aulacomune/content/lint"
	"aulacomune/content/markup"
	"aulacomune/course"
)

// marks say how a construct of the guide is recognised in the files of a course: each of them must be there. Those of the
// questions are read from the guide itself.
func marks() map[string][]string {
	return map[string][]string{
		"Il file del corso":                    {`(?m)^slug: \w`, `(?m)^    objects:$`},
		"Il file di un oggetto":                {`(?m)^id: \w`, `(?m)^complete:`},
		"Il video di una lezione":              {`(?m)^  file: .*\.mp4`, `(?m)^    en: .*\.vtt`},
		"Un webinar":                           {`(?m)^webinar: [a-z-]+$`, `(?m)attended: true`},
		"Titoli":                               {`(?m)^## `, `(?m)^### `},
		"Grassetto, corsivo, barrato":          {`\*\*\w.*?\*\*`, `(^|[^*])\*\w[^*]*\*([^*]|$)`, `~~\w.*?~~`},
		"Elenchi":                              {`(?m)^- \w`, `(?m)^1\. \w`},
		"Cose da fare":                         {`(?m)^- \[x\] [^` + "`" + `]`, `(?m)^- \[ \] [^` + "`" + `]`},
		"Collegamenti":                         {`\]\(https://`, `\]\([^):]+\.md(#[^)]+)?\)`, `\]\(#`},
		"Tabelle":                              {`(?m)^\|[ :|-]*---[ :|-]*\|$`},
		"Definizioni":                          {`(?m)^: \S`},
		"Glossario":                            {`\]\((\.\./)*glossario(\.md)?#`},
		"Note":                                 {`\[\^\w+\]`, `(?m)^\[\^\w+\]: `},
		"Citazioni":                            {`(?m)^> [^\[]`},
		"Parole in un'altra lingua":            {`\[lang=[a-z-]+\]\{`},
		"Codice":                               {"`[^`\n]+`", "(?m)^```[a-z]+$"},
		"Figure":                               {`(?m)^!\[[^\]]+\]\([^)]+\.(jpg|png|webp|svg) "[^"]+"\)$`, `(?m)^\*[^*\n]+\*$`},
		"Immagini in più larghezze":            nil, // nothing of it stands in a text
		"Video nel testo":                      {`(?m)^!\[[^\]]+\]\([^)]+\.mp4`},
		"Audio nel testo":                      {`(?m)^!\[[^\]]+\]\([^)]+\.(mp3|m4a)`, `\[!DETAILS Trascrizione`},
		"File da scaricare":                    {`[^!]\[[^\]]+\]\([^)]+\.pdf\)`},
		"Riquadri":                             {`\[!NOTE\]`, `\[!TIP\]`, `\[!IMPORTANT\]`, `\[!WARNING\]`},
		"Riquadri da aprire":                   {`\[!DETAILS [^\]]+\]`},
		"Testi condivisi":                      {`(?m)^> \[!INCLUDE\]\n> \[[^\]]+\]\([^)]+\.md\)$`},
		"Domanda a risposta singola":           nil,
		"Domanda a risposta multipla":          nil,
		"Vero o falso":                         nil,
		"Numero":                               nil,
		"Risposta breve":                       nil,
		"Abbinamento":                          nil,
		"Ordine":                               nil,
		"Testo con lacune":                     nil,
		"Scala":                                nil,
		"Punti e ordine delle risposte":        {`\[!QUESTION [^\]]*points=2`, `\[!QUESTION [^\]]*shuffle`},
		"Domande estratte, soglia e tentativi": {`(?m)^draw: \d+ of`, `(?m)^attempts: `, `\[!QUESTION [^\]]*bank=`, `answered: 60`},
	}
}

// question is the first line of a question, with the word for its kind.
var question = regexp.MustCompile(`\[!QUESTION [a-z0-9-]+ ?([a-z]*)`)

// TestGoldensCoverEveryConstruct: what the guide shows to authors stands in a golden file that compiles without errors.
func TestGoldensCoverEveryConstruct(t *testing.T) {
	good := clean(t)
	for _, construct := range markup.Guide() {
		patterns, known := marks()[construct.Name]
		if !known {
			t.Errorf("%q: nobody knows how to recognise it in a golden file", construct.Name)
		}
		for _, q := range question.FindAllStringSubmatch(construct.Source, -1) {
			patterns = append(patterns, strings.TrimSuffix(fmt.Sprintf(`\[!QUESTION [a-z0-9-]+ %s\b`, q[1]), ` \b`))
		}
		for _, pattern := range patterns {
			// A mark that the guide's own example does not have would prove nothing.
			if mark := regexp.MustCompile(pattern); !mark.MatchString(construct.Source) {
				t.Errorf("%q: %s is not in its example", construct.Name, pattern)
			} else if !mark.MatchString(good) {
				t.Errorf("%q: %s is in no golden file that compiles", construct.Name, pattern)
			}
		}
	}
}

// clean is what authors wrote in all golden files that compile without errors.
func clean(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	for _, name := range goldens(t) {
		folder, findings := compileGolden(t, name)
		if course.HasErrors(findings) {
			continue
		}
		for file, text := range folder.Texts {
			if filepath.Ext(file) == ".md" || file == "course.yaml" {
				all.WriteString("\n\n")
				all.Write(text)
			}
		}
	}
	return all.String()
}

// TestGoldensCoverEveryRule: every rule is broken in a golden file, so that its place and words are looked at.
func TestGoldensCoverEveryRule(t *testing.T) {
	found := map[string]bool{}
	for _, name := range goldens(t) {
		_, findings := compileGolden(t, name)
		for _, f := range findings {
			found[f.Rule] = true
		}
	}
	for _, rule := range lint.All() {
		if !found[rule.ID] {
			t.Errorf("%s is broken in no golden file", rule.ID)
		}
	}
}

// TestGoldensSpeakTwoLanguages: no finding of a golden file is left with a place for an argument or a word that is only ours.
func TestGoldensSpeakTwoLanguages(t *testing.T) {
	left := regexp.MustCompile(`\{\d\}|@[a-z]+-?[a-z]*`)
	for _, name := range goldens(t) {
		_, findings := compileGolden(t, name)
		for _, f := range findings {
			en := lint.In(f, "en")
			said := f.Message + f.Hint + en.Message + en.Hint
			for _, arg := range f.Args {
				if !strings.HasPrefix(arg, "@") {
					said = strings.ReplaceAll(said, arg, "") // the author's own
				}
			}
			if left.MatchString(said) || f.Hint == "" || en.Hint == "" || en.Message == f.Message {
				t.Errorf("%s: %s\n\t%s\n%s\n\t%s", filepath.Base(name), f, f.Hint, en, en.Hint)
			}
		}
	}
}

// TestGoldensCoverEveryKindOfQuestion: and every word of a question's first line that is not its kind.
func TestGoldensCoverEveryKindOfQuestion(t *testing.T) {
	kinds := map[course.QuestionKind]bool{}
	var shuffled, pointed, banked, drawn, tried bool
	for _, name := range goldens(t) {
		folder, findings := compileGolden(t, name)
		if course.HasErrors(findings) {
			continue
		}
		made, _ := content.Compile(folder)
		for _, o := range made.Objects() {
			drawn, tried = drawn || len(o.Draw) > 0, tried || o.Attempts > 0
			for _, q := range o.Questions {
				kinds[q.Kind] = true
				shuffled, pointed, banked = shuffled || q.Shuffle, pointed || q.Points > 1, banked || q.Bank != ""
			}
		}
	}
	for _, kind := range []course.QuestionKind{course.Single, course.Multiple, course.Numeric, course.Short, course.Matching, course.Ordering, course.Cloze, course.Scale} {
		if !kinds[kind] {
			t.Errorf("no golden file asks a question that is %s", kind)
		}
	}
	if !shuffled || !pointed || !banked || !drawn || !tried {
		t.Error("shuffled, with points, of a bank, drawn, with attempts:", shuffled, pointed, banked, drawn, tried)
	}
}

func compileGolden(t *testing.T, name string) (content.Folder, []course.Finding) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	folder, _ := unpack(t, parseArchive(text))
	_, findings := content.Compile(folder)
	return folder, findings
}
