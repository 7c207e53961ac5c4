package content_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"aulacomune/content"
)

// TestGoldensInOtherForms writes every golden file as other machines do, with a byte order mark, other line ends, letters taken
// apart: the course, and the line and column of every finding, stay what they are.
func TestGoldensInOtherForms(t *testing.T) {
	forms := map[string]func([]byte) []byte{
		"BOM":  func(b []byte) []byte { return append([]byte("\uFEFF"), b...) },
		"CRLF": func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n")) },
		"CR":   func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte("\r")) },
		"NFD":  norm.NFD.Bytes,
		"all": func(b []byte) []byte {
			return append([]byte("\uFEFF"), bytes.ReplaceAll(norm.NFD.Bytes(b), []byte("\n"), []byte("\r\n"))...)
		},
	}
	for _, name := range goldens(t) {
		folder, findings := compileGolden(t, name)
		want, wanted := content.Compile(folder)
		if diff := cmp.Diff(findings, wanted); diff != "" {
			t.Fatalf("%s: twice is not the same\n%s", name, diff)
		}
		for form, change := range forms {
			other := content.Folder{Texts: map[string][]byte{}, Media: folder.Media, Refused: folder.Refused}
			for path, text := range folder.Texts {
				if utf8.Valid(text) { // other encodings have no forms
					text = change(text)
				}
				other.Texts[path] = text
			}
			got, found := content.Compile(other)
			if diff := cmp.Diff(want, got) + cmp.Diff(wanted, found); diff != "" {
				t.Errorf("%s as %s: want (-), got (+)\n%s", strings.TrimSuffix(filepath.Base(name), ".txtar"), form, diff)
			}
		}
	}
}
