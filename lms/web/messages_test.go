package web

import (
	"aulacomune/lms/web/front"
	"encoding/json"
	"fmt"
	"testing"
)

func TestEveryLanguageHasEveryMessage(t *testing.T) {
	keys := map[string]map[string]any{}
	for _, lang := range front.Langs() {
		raw, err := messageFiles.ReadFile("messages/" + lang + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var all map[string]any
		if err := json.Unmarshal(raw, &all); err != nil {
			t.Fatal(err)
		}
		keys[lang] = all
	}
	for lang, own := range keys {
		for other, theirs := range keys {
			for key, v := range own {
				if w, ok := theirs[key]; !ok {
					t.Errorf("%s has %q, %s has not", lang, key, other)
				} else if fmt.Sprintf("%T", v) != fmt.Sprintf("%T", w) {
					t.Errorf("%q is plural in one of %s and %s only", key, lang, other)
				}
			}
		}
	}
}
