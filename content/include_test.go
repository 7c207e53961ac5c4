package content_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"aulacomune/content"
	"aulacomune/content/lint"
)

// TestIncludeBomb: texts that include one another many times, or a long one often, end soon with a finding.
func TestIncludeBomb(t *testing.T) {
	texts := map[string][]byte{"course.yaml": []byte(manifest), "m/1.md": object("uno", include(0, 20))}
	for i := range 20 {
		texts[fmt.Sprintf("c/%d.md", i)] = []byte("Testo.\n\n" + include(i+1, 20))
	}
	long := map[string][]byte{
		"course.yaml": []byte(manifest), "m/1.md": object("uno", include(0, 90)), "c/0.md": []byte(strings.Repeat("parole\n", 100_000)),
	}
	for name, texts := range map[string]map[string][]byte{"many": texts, "long": long} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			_, findings := content.Compile(content.Folder{Texts: texts})
			found := 0
			for _, f := range findings {
				if f.Rule == lint.BadInclude && strings.Contains(f.Message, "troppe") {
					found++
				}
			}
			if took := time.Since(start); found == 0 || took > 10*time.Second {
				t.Error(found, took)
			}
		})
	}
}

// include includes a text a number of times.
func include(n, times int) string {
	return strings.Repeat(fmt.Sprintf("> [!INCLUDE]\n> [x](../c/%d.md)\n\n", n), times)
}
