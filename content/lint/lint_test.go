package lint_test

import (
	"regexp"
	"strings"
	"testing"

	"aulacomune/content/lint"
	"aulacomune/course"
)

// TestRules: every rule has an id of its own, words of its own, and a severity.
func TestRules(t *testing.T) {
	id := regexp.MustCompile(`^[a-z]+(-[a-z0-9]+)*$`)
	criterion := regexp.MustCompile(`^[1-4]\.[1-5]\.\d{1,2}$`)
	seen := map[string]bool{}
	for _, r := range lint.All() {
		if !id.MatchString(r.ID) || seen[r.ID] {
			t.Errorf("id %q", r.ID)
		}
		seen[r.ID] = true
		if r.Message == "" || r.Hint == "" || r.Severity != course.SeverityError && r.Severity != course.SeverityWarning {
			t.Errorf("%s says too little: %+v", r.ID, r)
		}
		if r.WCAG != "" && !criterion.MatchString(r.WCAG) {
			t.Errorf("%s: success criterion %q", r.ID, r.WCAG)
		}
	}
}

func TestReport(t *testing.T) {
	r := &lint.Report{}
	r.Add(lint.UnknownKey, lint.Place{File: "b", Line: 2, Column: 1}, "titel", "title", "id, title")
	r.Add(lint.UnknownKey, lint.Place{File: "a", Line: 9, Column: 1}, "xyz", "", "id, title")
	r.Add(lint.WrongType, lint.Place{File: "a", Line: 1, Column: 1}, strings.Repeat("parola ", 50), lint.WordText)
	r.Add("no-such-rule", lint.Place{File: "c"})
	got := r.Findings()
	if len(got) != 4 || !course.HasErrors(got) {
		t.Fatal(got)
	}
	if len([]rune(got[0].Message)) > 160 || !strings.Contains(got[0].Message, "… ") && !strings.Contains(got[0].Message, "…»") {
		t.Error("a long argument is not cut:", got[0].Message)
	}
	if got[1].Hint != "Le chiavi ammesse qui sono: id, title." || got[2].Hint != "Forse intendevi «title»?" {
		t.Error(got[1].Hint, got[2].Hint)
	}
	if got[3].Severity != course.SeverityError {
		t.Error("a rule that is not registered must not pass")
	}
}

func TestPlaces(t *testing.T) {
	f := lint.NewFile("a.md", []byte("uno\nperché no\n\nfine"))
	tests := []struct{ offset, line, column int }{{0, 1, 1}, {3, 1, 4}, {4, 2, 1}, {12, 2, 8}, {15, 3, 1}, {16, 4, 1}, {99, 4, 5}, {-5, 1, 1}}
	for _, test := range tests {
		if got := f.At(test.offset); got.Line != test.line || got.Column != test.column {
			t.Errorf("%d: %v", test.offset, got)
		}
	}
	if f.Line(99).Line != 4 || f.Line(-1).Line != 1 || f.Whole().Line != 0 {
		t.Error("lines outside the file")
	}
}

func TestNearest(t *testing.T) {
	keys := []string{"title", "minutes", "objectives", "kind", "id"}
	for word, want := range map[string]string{"titel": "title", "titolo": "title", "minute": "minutes", "objetives": "objectives", "knid": "kind", "": "", "xy": "", "autore": ""} {
		if got := lint.Nearest(word, keys); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}
