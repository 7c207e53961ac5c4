package content_test

import (
	"strings"
	"testing"

	"aulacomune/content"
	"aulacomune/content/lint"
	"aulacomune/content/markup"
)

// TestGuide: every example of the guide compiles without findings and gives something to see.
func TestGuide(t *testing.T) {
	seen := map[string]bool{}
	for _, shown := range markup.Guide() {
		if shown.Name == "" || seen[shown.Name] || !strings.HasSuffix(shown.Purpose, ".") {
			t.Errorf("%q: %q", shown.Name, shown.Purpose)
		}
		seen[shown.Name] = true
		made, findings := content.Compile(content.Sample(shown.Source))
		if len(findings) > 0 {
			t.Errorf("%s: %v", shown.Name, findings)
		}
		if o, _ := made.Object("esempio"); strings.TrimSpace(o.HTML) == "" && len(o.Questions) == 0 {
			t.Errorf("%s shows nothing", shown.Name)
		}
	}
}

// untold are rules whose examples can't be written as texts, with the reason.
func untold() map[string]string {
	return map[string]string{
		lint.NotText: "bytes that are no text", lint.TooBig: "a megabyte", lint.TooLong: "ten thousand characters", lint.RefusedFile: "a file's bytes",
		lint.TooMany: "a thousand findings",
	}
}

// TestRules: each rule says why it is there, in two languages; its bad example gives exactly that rule and its good one nothing.
func TestRules(t *testing.T) {
	for _, r := range lint.All() {
		t.Run(r.ID, func(t *testing.T) {
			if r.Why == "" || r.English.Message == "" || r.English.Hint == "" || r.English.Why == "" {
				t.Error("it does not say why in both languages")
			}
			if holders(r.Message) != holders(r.English.Message) || holders(r.Hint) != holders(r.English.Hint) || (r.Otherwise == "") != (r.English.Otherwise == "") {
				t.Error("the two languages name different things")
			}
			if untold()[r.ID] != "" {
				return
			}
			for example, want := range map[string]string{r.Bad: r.ID, r.Good: ""} {
				if example == "" {
					t.Error("an example is missing")
				}
				folder := content.Sample(example)
				if want == lint.MissingCourse {
					delete(folder.Texts, "course.yaml")
				}
				_, findings := content.Compile(folder)
				if want != "" && len(findings) == 0 {
					t.Errorf("nothing is found in\n%s", example)
				}
				for _, f := range findings {
					if f.Rule != want {
						t.Errorf("want %q, got %s in\n%s", want, f, example)
					}
					if in := lint.In(f, "en"); in.Message == f.Message || strings.Contains(in.Message+in.Hint, "@") {
						t.Errorf("not in English: %s", in)
					}
				}
			}
		})
	}
}

// holders are the places for arguments in a text.
func holders(text string) (found string) {
	for _, h := range []string{"{0}", "{1}", "{2}", "{3}"} {
		if strings.Contains(text, h) {
			found += h
		}
	}
	return found
}
