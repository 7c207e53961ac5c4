package content

import (
	"bytes"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/unicode/norm"

	"aulacomune/content/markup"
	"aulacomune/course"
)

// Start is what a new course begins with.
type Start struct {
	Slug, Title, Summary, Lang string // without a slug it is made of the title; without a language the course is Italian
	Programme, Audience        string
	Objectives                 []string
}

// NewManifest is the course.yaml of a new course with one module: it compiles clean as soon as that has an object.
func NewManifest(s Start) []byte {
	lang, module := s.Lang, "Primo modulo"
	if lang == "" {
		lang = "it"
	}
	if base(lang) != "it" {
		module = "First module"
	}
	slug := s.Slug
	if slug == "" {
		slug = Slugify(s.Title)
	}
	var b bytes.Buffer
	key := func(name, value string) {
		if value != "" {
			b.WriteString(name + ": " + quoted(value) + "\n")
		}
	}
	key("slug", slug)
	key("title", s.Title)
	key("summary", s.Summary)
	key("lang", lang)
	key("programme", s.Programme)
	key("audience", s.Audience)
	if len(s.Objectives) > 0 {
		b.WriteString("objectives:\n")
	}
	for _, o := range s.Objectives {
		b.WriteString("  - " + quoted(o) + "\n")
	}
	id := Slugify(module)
	b.WriteString("modules:\n  - id: " + id + "\n    folder: 01-" + id + "\n    title: " + module + "\n")
	return b.Bytes()
}

// quoted is a text as YAML writes it on one line.
func quoted(text string) string {
	n := yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Style: yaml.DoubleQuotedStyle, Value: strings.Join(strings.Fields(text), " ")}
	if text == Slugify(text) && unicode.IsLetter([]rune(text)[0]) && text != "true" && text != "false" && text != "null" {
		n.Style = 0
	}
	out, err := yaml.Marshal(&n)
	if err != nil {
		return `""` // a scalar can always be written
	}
	return strings.TrimSpace(string(out))
}

// base is a language without its region.
func base(lang string) string {
	b, _, _ := strings.Cut(strings.ToLower(lang), "-")
	return b
}

// Slugify makes an id of a title: lower case without accents, digits, and a hyphen for what is between words. It always gives one
// that is allowed, but not always one that nothing else has.
func Slugify(title string) string {
	const most = 64
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(title)) {
		letters, known := spelt(r)
		switch {
		case unicode.Is(unicode.Mn, r):
		case known:
			b.WriteString(letters)
		default:
			b.WriteByte(' ')
		}
	}
	id := ""
	for _, word := range strings.Fields(b.String()) {
		if id != "" {
			word = "-" + word
		}
		if len(id)+len(word) > most {
			break
		}
		id += word
	}
	switch {
	case id == "" && b.Len() > most && strings.TrimSpace(b.String()) != "":
		return strings.Fields(b.String())[0][:most]
	case id == "":
		return "oggetto"
	case id == "media": // the name of the folder that addresses of files begin with
		return "i-media"
	}
	return id
}

// spelt is a letter without an accent or a digit in letters of an id; known is false when it is neither.
func spelt(r rune) (letters string, known bool) {
	switch r {
	case 'ß':
		return "ss", true
	case 'æ':
		return "ae", true
	case 'œ':
		return "oe", true
	case 'ø':
		return "o", true
	case 'đ':
		return "d", true
	case 'ł':
		return "l", true
	}
	return string(r), markup.ValidID(string(r))
}

// Template is a learning object to begin with, in Italian or in English: its front matter is filled in, and what is left to
// be written is in brackets, which the compiler finds, as it finds the files that are not there yet.
func Template(kind course.Kind, id, title string, lang string) []byte {
	t := templates(base(lang) == "it")
	var b strings.Builder
	b.WriteString("---\nid: " + quoted(id) + "\ntitle: " + quoted(title) + "\nkind: " + string(kind) + "\n")
	minutes, complete := "4", "complete:\n  read: true\n"
	if kind == course.Lesson || kind == course.Pill {
		complete = "complete:\n  watched: 80\n  answered: 60\n"
	}
	if kind == course.Webinar {
		minutes, complete = "60", "complete:\n  attended: true\nwebinar: "+quoted(id)+"\n"
	}
	if kind == course.Pill {
		minutes, complete = "2", "complete:\n  watched: 80\n"
	}
	b.WriteString("minutes: " + minutes + "\nobjectives:\n  - " + quoted(t.objective) + "\n" + complete)
	if kind == course.Lesson || kind == course.Pill {
		b.WriteString("video:\n  file: video/" + id + ".mp4\n  captions: video/" + id + ".vtt\n  poster: video/" + id + ".jpg\n  poster_alt: " + quoted(t.poster) + "\n")
	}
	b.WriteString("---\n\n" + t.body[kind])
	return []byte(b.String())
}
