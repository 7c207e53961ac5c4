package content_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"aulacomune/content"
	"aulacomune/course"
)

// TestSampleCourse: a second course, written by the same rules on another subject, has nothing to mend either. It shows what
// the reference course has no need of.
func TestSampleCourse(t *testing.T) {
	folder, err := content.ReadFolder(context.Background(), os.DirFS("accessible-documents"))
	if err != nil || len(folder.Refused) > 0 {
		t.Fatal(folder.Refused, err)
	}
	made, findings := content.Compile(folder)
	if len(findings) > 0 || made.Slug != "documenti-accessibili" || made.Count() != 3 {
		t.Fatalf("%s with %d objects\n%s", made.Slug, made.Count(), report(findings))
	}
	var all strings.Builder
	kinds := map[course.QuestionKind]bool{}
	for _, o := range made.Objects() {
		harmless(t, o.HTML)
		all.WriteString(o.HTML)
		for _, q := range o.Questions {
			kinds[q.Kind] = true
		}
	}
	for _, part := range []string{
		"callout-note", "callout-tip", "callout-important", "callout-warning", "<details", "footnote", `class="glossary"`, "<dl", "<pre", "<audio",
		`lang="en"`, "file-about", `class="credit"`, "<table", "task",
	} {
		if !strings.Contains(all.String(), part) {
			t.Errorf("%s is nowhere", part)
		}
	}
	for _, kind := range []course.QuestionKind{course.Single, course.Multiple, course.Numeric, course.Short, course.Matching, course.Ordering, course.Cloze, course.Scale} {
		if !kinds[kind] {
			t.Errorf("no question is %s", kind)
		}
	}
	if last, ok := made.Object("il-pdf-e-il-controllo"); !ok || len(last.Draw) != 1 || last.Attempts != 3 {
		t.Errorf("draws %v, %d attempts", last.Draw, last.Attempts)
	}
	pill, _ := made.Object("il-testo-alternativo")
	if pill.Video == nil || pill.Video.File.Seconds < 40 || pill.Video.File.Seconds > 70 || pill.Video.File.Size > 1_500_000 || len(pill.Video.Cues) == 0 {
		t.Errorf("%+v", pill.Video)
	}
}
