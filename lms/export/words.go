package export

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

//go:embed messages/*.json
var messageFiles embed.FS

// langs are the languages of our own words; the first is for courses in any other.
func langs() []string { return []string{"it", "en"} }

// words says things in one language.
type words struct {
	lang  string
	texts map[string]string
	rome  *time.Location
}

func loadWords(lang string) (words, error) {
	w := words{lang: lang}
	raw, err := messageFiles.ReadFile("messages/" + lang + ".json")
	if err != nil {
		return w, err
	}
	if err := json.Unmarshal(raw, &w.texts); err != nil {
		return w, fmt.Errorf("messages/%s.json: %w", lang, err)
	}
	if w.rome, err = time.LoadLocation("Europe/Rome"); err != nil {
		return w, fmt.Errorf("time zone of Italy: %w", err)
	}
	return w, nil
}

// t is a text, with its blanks filled in by turns. A key that is not there is an error, which stops a template.
func (w words) t(key string, args ...any) (string, error) {
	text, ok := w.texts[key]
	if !ok {
		return "", fmt.Errorf("no text %q in %s", key, w.lang)
	}
	if len(args) > 0 {
		text = fmt.Sprintf(text, args...)
	}
	return text, nil
}

// say is t for texts that our own code asks for: a key that is not there is shown itself, which a test reports.
func (w words) say(key string, args ...any) string {
	text, err := w.t(key, args...)
	if err != nil {
		return key
	}
	return text
}

// count is "1 modulo", "6 moduli".
func (w words) count(key string, n int) string {
	if n == 1 {
		return w.say(key+".one", n)
	}
	return w.say(key+".other", n)
}

// duration is "1 ora e 20 minuti".
func (w words) duration(minutes int) string {
	return w.together("hours", "minutes", minutes)
}

// length of a recording is "2 minuti e 5 secondi".
func (w words) length(seconds float64) string {
	return w.together("minutes", "seconds", int(seconds+0.5))
}

// together says a number of small units in large ones and small ones.
func (w words) together(large, small string, n int) string {
	switch {
	case n < 60:
		return w.count(small, n)
	case n%60 == 0:
		return w.count(large, n/60)
	}
	return w.say("length", w.count(large, n/60), w.count(small, n%60))
}

// date is "22 novembre 2026", in Italy.
func (w words) date(t time.Time) string {
	t = t.In(w.rome)
	return w.say("date", t.Day(), w.say(fmt.Sprintf("month.%d", int(t.Month()))), t.Year())
}

// base is the language of a tag without its region: "it" of "it-CH".
func base(tag string) string {
	lang, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return lang
}
