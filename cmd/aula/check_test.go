package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"aulacomune/content/lint"
	"aulacomune/course"
)

// spoiled is a copy of a good course with something to find in it.
func spoiled(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/breve")); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(filepath.Join(dir, "02-fine", "01-commiato.md"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString("\n![](../video/saluto.jpg)\n\n[clicca qui](https://example.org)\n"); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestFindingsForMachines(t *testing.T) {
	dir := spoiled(t)
	said := func(format, lang string) []byte {
		var b bytes.Buffer
		c := checkCmd{Dir: dir, Format: format, Lang: lang}
		if err := c.check(t.Context(), &b); err != errSaid {
			t.Fatalf("%s: %v", format, err)
		}
		return b.Bytes()
	}
	var findings []course.Finding
	if err := json.Unmarshal(said("json", "en"), &findings); err != nil || len(findings) < 2 {
		t.Fatalf("%d findings, %v", len(findings), err)
	}
	var log sarifLog
	if err := json.Unmarshal(said("sarif", "en"), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if log.Version != "2.1.0" || len(run.Results) != len(findings) || len(run.Tool.Driver.Rules) != len(lint.All()) {
		t.Fatalf("%s, %d results, %d rules", log.Version, len(run.Results), len(run.Tool.Driver.Rules))
	}
	if said := string(said("text", "it")); !strings.Contains(said, "non ha un testo alternativo") || !strings.Contains(said, "(missing-alt)") {
		t.Errorf("in Italian: %s", said)
	}
	for i, f := range findings {
		r := run.Results[i]
		at := r.Locations[0].Physical
		if r.Rule != f.Rule || r.Level != string(f.Severity) || !strings.HasPrefix(r.Message.Text, f.Message) || at.Artifact.URI != f.File || at.Region.Line != f.Line {
			t.Errorf("%+v is not %v", r, f)
		}
	}
}

func TestEveryRuleIsExplained(t *testing.T) {
	for _, r := range lint.All() {
		for _, lang := range []string{"it", "en"} {
			var b bytes.Buffer
			if err := explain(&b, r.ID, lang); err != nil || !strings.Contains(b.String(), r.In(lang).Message) {
				t.Errorf("%s in %s: %v %s", r.ID, lang, err, b.String())
			}
		}
	}
	if err := explain(&bytes.Buffer{}, "vage-link", "it"); err == nil || !strings.Contains(err.Error(), `"vague-link"`) {
		t.Errorf("a misspelt rule: %v", err)
	}
}

func TestWatchingSeesEveryChange(t *testing.T) {
	dir := spoiled(t)
	before, err := signature(dir)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := signature(dir); err != nil || again != before {
		t.Error("nothing changed")
	}
	for name, change := range map[string]func() error{
		"a new file": func() error { return os.WriteFile(filepath.Join(dir, "nuovo.md"), nil, 0o600) },
		"a longer one": func() error {
			return os.WriteFile(filepath.Join(dir, "course.yaml"), []byte("slug: altro\n"), 0o600)
		},
		"one that is gone": func() error { return os.Remove(filepath.Join(dir, "02-fine", "01-commiato.md")) },
	} {
		if err := change(); err != nil {
			t.Fatal(err)
		}
		after, err := signature(dir)
		if err != nil || after == before {
			t.Errorf("%s is not seen: %v", name, err)
		}
		before = after
	}
}
