package mail

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"text/template"

	"aulacomune/lms"
)

// templateFiles hold one kind of letter each: KIND.txt. Three parts, "-- it --", "-- en --" and "-- sample --", of which the last gives every word
// an example. A text begins with its subject and goes on in blocks with an empty line between them. A block is a paragraph, a list (each line
// begins with "- "), or the link of the letter ("=> Choose a password"). What stands in {{.word}} is a word of the letter, or owner: who runs the installation.
//
//go:embed templates/*.txt
var templateFiles embed.FS

// kind is a kind of letter: its texts, and the words they need.
type kind struct {
	name   string
	texts  map[string]text // by language
	sample map[string]string
}

// text is what a letter says in one language.
type text struct {
	subject *template.Template
	blocks  []block
}

// block is a paragraph, an item of a list, or the link.
type block struct {
	item, link bool
	words      *template.Template
}

// languages are those that every letter is written in, the first where a person has none.
func languages() []string { return []string{"it", "en"} }

// linked says whether letters of the kind have a link.
func (k kind) linked() bool {
	return slices.ContainsFunc(k.texts["it"].blocks, func(b block) bool { return b.link })
}

// kinds are all kinds, read once.
var kinds = sync.OnceValues(func() (map[string]kind, error) {
	files, err := fs.Glob(templateFiles, "templates/*.txt")
	if err != nil {
		return nil, err
	}
	out := map[string]kind{}
	for _, f := range files {
		b, err := templateFiles.ReadFile(f)
		if err != nil {
			return nil, err
		}
		name := strings.TrimSuffix(path.Base(f), ".txt")
		if out[name], err = readKind(name, string(b)); err != nil {
			return nil, fmt.Errorf("letter %s: %w", name, err)
		}
	}
	return out, nil
})

// Kinds lists the kinds of letter there are.
func Kinds() ([]string, error) {
	all, err := kinds()
	return slices.Sorted(maps.Keys(all)), err
}

// Sample is a letter of a kind as an example: its words are those of the template's file.
func Sample(name, lang string) (lms.Letter, error) {
	all, err := kinds()
	if err != nil {
		return lms.Letter{}, err
	}
	k, ok := all[name]
	if !ok {
		return lms.Letter{}, lms.Wrong("kind", "error.invalid")
	}
	l := lms.Letter{Cause: "sample/" + name, Kind: name, To: "maria.rossi@example.it", Name: "Maria Rossi", Lang: lang, Words: k.sample}
	if k.linked() {
		l.Link = "/esempio/SEGRETO"
	}
	return l, nil
}

func readKind(name, file string) (kind, error) {
	k := kind{name: name, texts: map[string]text{}, sample: map[string]string{}}
	parts := map[string]string{}
	part := ""
	for line := range strings.Lines(file) {
		if mark := strings.TrimSpace(line); strings.HasPrefix(mark, "-- ") && strings.HasSuffix(mark, " --") {
			part = strings.Trim(mark, "- ")
			continue
		}
		parts[part] += line
	}
	for _, lang := range languages() {
		t, err := readText(parts[lang])
		if err != nil {
			return k, fmt.Errorf("%s: %w", lang, err)
		}
		k.texts[lang] = t
	}
	for line := range strings.Lines(parts["sample"]) {
		if word, value, ok := strings.Cut(strings.TrimSpace(line), ":"); ok {
			k.sample[word] = strings.ReplaceAll(strings.TrimSpace(value), `\n`, "\n")
		}
	}
	return k, nil
}

// readText reads the structure of a text before any word is put in: no word can make a paragraph or a link.
func readText(s string) (t text, err error) {
	subject, rest, ok := strings.Cut(strings.TrimSpace(s), "\n")
	if !ok {
		return t, fmt.Errorf("no text")
	}
	if t.subject, err = readTemplate(subject); err != nil {
		return t, err
	}
	for part := range strings.SplitSeq(rest, "\n\n") {
		part = strings.TrimSpace(part)
		lines := []string{strings.Join(strings.Fields(part), " ")}
		if strings.HasPrefix(part, "- ") {
			lines = strings.Split(part, "\n")
		}
		for _, line := range lines {
			if line == "" {
				continue
			}
			b := block{item: strings.HasPrefix(line, "- "), link: strings.HasPrefix(line, "=> ")}
			if b.words, err = readTemplate(strings.TrimPrefix(strings.TrimPrefix(line, "- "), "=> ")); err != nil {
				return t, err
			}
			t.blocks = append(t.blocks, b)
		}
	}
	return t, nil
}

func readTemplate(s string) (*template.Template, error) {
	return template.New("").Option("missingkey=error").Parse(s)
}

// say puts the words into a template.
func say(t *template.Template, words map[string]string) (string, error) {
	var b bytes.Buffer
	err := t.Execute(&b, words)
	return strings.TrimSpace(b.String()), err
}
