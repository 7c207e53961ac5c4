package main

import (
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLogicalNames(t *testing.T) {
	for base, want := range map[string]string{
		"style-AB12CD34.css": "style.css",
		"titillium-web-v10-latin-ext_latin-700-TWANDHD2.woff2": "titillium-web-v10-latin-ext_latin-700.woff2",
		"plain.js": "plain.js",
	} {
		if got := logical(base); got != want {
			t.Errorf("logical(%q) = %q, want %q", base, got, want)
		}
	}
}

func TestSpriteHoldsEveryIcon(t *testing.T) {
	dir := "../../lms/web/assets/icons"
	f, err := sprite(dir)
	if err != nil {
		t.Fatal(err)
	}
	d := xml.NewDecoder(strings.NewReader(string(f.body)))
	found := map[string]bool{}
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("the sprite is not XML: %v", err)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "symbol" {
			for _, a := range e.Attr {
				if a.Name.Local == "id" {
					found[a.Value] = true
				}
			}
		}
	}
	icons, err := filepath.Glob(dir + "/*.svg")
	if err != nil {
		t.Fatal(err)
	}
	for _, icon := range icons {
		if name := strings.TrimSuffix(filepath.Base(icon), ".svg"); !found[name] {
			t.Errorf("no symbol %q", name)
		}
	}
}

func TestBrokenIconIsNamed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "half.svg")
	if err := os.WriteFile(path, []byte(`<svg viewBox="0 0 24 24"><path d="M0 0"/>`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := symbolOf(path); err == nil || !strings.Contains(err.Error(), "half.svg") {
		t.Errorf("err = %v", err)
	}
}

func TestMissingPackagesSayWhatToRun(t *testing.T) {
	if err := checkTools(house{root: t.TempDir()}); err == nil || !strings.Contains(err.Error(), "npm ci --ignore-scripts") && !strings.Contains(err.Error(), "node is missing") {
		t.Errorf("err = %v", err)
	}
}

func TestWriteKeepsOnlyWhatItWrote(t *testing.T) {
	dist := t.TempDir()
	for _, name := range []string{".keep", "old-1.css"} {
		if err := os.WriteFile(filepath.Join(dist, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	body := []byte(strings.Repeat("a{color:red}", 50))
	if err := write(dist, []file{{Name: "style.css", Path: "style-X.css", body: body}, {Name: "f.ttf", Private: true, body: []byte("ttf")}}); err != nil {
		t.Fatal(err)
	}
	var names []string
	entries, err := os.ReadDir(dist)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	got := strings.Join(names, " ")
	if !strings.HasPrefix(got, ".keep f-") || !strings.HasSuffix(got, ".ttf manifest.json style-X.css style-X.css.br style-X.css.gz") {
		t.Errorf("dist holds %s", got)
	}
}
