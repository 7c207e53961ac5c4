package front

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Langs are the languages pages speak; the first is the default.
func Langs() []string { return []string{"it", "en"} }

// Messages is every text of the pages that is not content, in every language.
type Messages struct {
	plain   map[string]map[string]string // language → key → text that needs no filling in
	filling map[string]*i18n.Localizer   // language → the texts with blanks and plurals
	filled  *filled
}

// filled keeps texts whose blanks were filled with numbers: there are few of them, and many pages say the same.
type filled struct {
	mu sync.RWMutex
	m  map[string]string
}

// mostFilled bounds the memory.
const mostFilled = 20_000

func (f *filled) get(key string) (string, bool) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	s, ok := f.m[key]
	return s, ok
}

func (f *filled) put(key, s string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.m) >= mostFilled {
		clear(f.m)
	}
	f.m[key] = s
}

// numbered is what a text with nothing but numbers in it is kept under.
func numbered(lang, key string, args []any) (string, bool) {
	b := append(make([]byte, 0, 64), lang+" "+key...)
	for i, a := range args {
		switch a := a.(type) {
		case int:
			b = strconv.AppendInt(append(b, ' '), int64(a), 10)
		case string:
			if i%2 == 1 {
				return "", false
			}
			b = append(append(b, ' '), a...)
		default:
			return "", false
		}
	}
	return string(b), true
}

// LoadMessages reads the texts: one flat file per language, "it.json", "key": "text", or "key": {"one": …, "other": …}.
func LoadMessages(files fs.FS) (*Messages, error) {
	bundle := i18n.NewBundle(language.Italian)
	m := &Messages{plain: map[string]map[string]string{}, filling: map[string]*i18n.Localizer{}, filled: &filled{m: map[string]string{}}}
	for _, lang := range Langs() {
		name := lang + ".json"
		raw, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		if _, err := bundle.ParseMessageFileBytes(raw, name); err != nil {
			return nil, fmt.Errorf("messages/%s: %w", name, err)
		}
		if m.plain[lang], err = plainTexts(raw); err != nil {
			return nil, fmt.Errorf("messages/%s: %w", name, err)
		}
		m.filling[lang] = i18n.NewLocalizer(bundle, lang)
	}
	return m, nil
}

// plainTexts keeps what can be shown as it is: most texts, and the fastest.
func plainTexts(raw []byte) (map[string]string, error) {
	var all map[string]any
	if err := json.Unmarshal(raw, &all); err != nil {
		return nil, err
	}
	plain := map[string]string{}
	for key, v := range all {
		if s, ok := v.(string); ok && !strings.Contains(s, "{{") {
			plain[key] = s
		}
	}
	return plain, nil
}

// Text is a message in a language. The arguments are names and values by turns ("Count", 3): Count chooses between
// one and many. A key that does not exist is shown itself, which a test of the templates reports.
func (m *Messages) Text(lang, key string, args ...any) string {
	if _, ok := m.plain[lang]; !ok {
		lang = Langs()[0]
	}
	if s, ok := m.plain[lang][key]; ok {
		return s
	}
	name, keep := numbered(lang, key, args)
	if keep {
		if s, ok := m.filled.get(name); ok {
			return s
		}
	}
	s := m.fill(lang, key, args)
	if keep {
		m.filled.put(name, s)
	}
	return s
}

// fill puts the arguments into a text.
func (m *Messages) fill(lang, key string, args []any) string {
	data := map[string]any{}
	for i := 0; i+1 < len(args); i += 2 {
		data[fmt.Sprint(args[i])] = args[i+1]
	}
	s, err := m.filling[lang].Localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: data, PluralCount: data["Count"]})
	if err != nil {
		return key
	}
	return s
}

// Has says whether a language has a message.
func (m *Messages) Has(lang, key string) bool {
	if _, ok := m.plain[lang][key]; ok {
		return true
	}
	_, err := m.filling[lang].Localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: map[string]any{"Count": 2}, PluralCount: 2})
	return err == nil
}
