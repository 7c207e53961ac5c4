package web

import (
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Langs are the languages pages speak; the first is the default.
func Langs() []string { return []string{"it", "en"} }

//go:embed messages/*.json
var messageFiles embed.FS

// Messages is every text of the pages that is not content, in every language.
type Messages struct {
	plain   map[string]map[string]string // language → key → text that needs no filling in
	filling map[string]*i18n.Localizer   // language → the texts with blanks and plurals
}

// LoadMessages reads the texts: one flat file per language, "key": "text", or "key": {"one": …, "other": …}.
func LoadMessages() (*Messages, error) {
	bundle := i18n.NewBundle(language.Italian)
	m := &Messages{plain: map[string]map[string]string{}, filling: map[string]*i18n.Localizer{}}
	for _, lang := range Langs() {
		name := lang + ".json"
		raw, err := messageFiles.ReadFile(path.Join("messages", name))
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
