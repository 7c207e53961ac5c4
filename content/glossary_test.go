package content_test

import (
	"fmt"
	"strings"
	"testing"

	"aulacomune/content"
	"aulacomune/content/lint"
)

// TestLargeGlossary: a glossary whose words all refer to one another does not come with every page.
func TestLargeGlossary(t *testing.T) {
	var words strings.Builder
	for i := range 5_000 {
		fmt.Fprintf(&words, "## Voce %d\n\nVedi [la voce dopo](#voce-%d), e altre parole per spiegare.\n\n", i, (i+1)%5_000)
	}
	texts := map[string][]byte{"course.yaml": []byte(manifest), "glossario.md": []byte(words.String())}
	for i := range 50 {
		texts[fmt.Sprintf("m/%d.md", i)] = object(fmt.Sprint("o", i), "Una [voce](glossario#voce-7).\n")
	}
	made, findings := content.Compile(content.Folder{Texts: texts})
	if len(findings) != 50 || findings[0].Rule != lint.GlossaryForm {
		t.Fatalf("%d findings: %.3v", len(findings), findings)
	}
	for _, o := range made.Objects() {
		if len(o.HTML) > 200_000 {
			t.Fatal(o.ID, len(o.HTML))
		}
	}
}
