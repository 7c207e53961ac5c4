package content_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aulacomune/content"
	"aulacomune/course"
)

var update = flag.Bool("update", false, "write what the compiler says into testdata")

// TestGolden compiles every archive in testdata: author's files in, want/course.json and want/findings.txt out. With
// "only body" in an archive's comment the course is reduced to its objects' HTML, in want/body.html. Lines of the comment say
// what can't be written as a text:
//
//	media PATH TYPE SECONDS WIDTH HEIGHT SIZE   a file by reference
//	refused PATH REASON                         a file that a course may not hold
//	bytes PATH HEX                              bytes at the end of a text
//	grow PATH TIMES WORD                        a word at the end of a text, many times; %20 is a space, %0A a new line
func TestGolden(t *testing.T) {
	for _, name := range goldens(t) {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) { golden(t, name) })
	}
}

// goldens lists the archives.
func goldens(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no testdata", err)
	}
	return files
}

func golden(t *testing.T, name string) {
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	archive := parseArchive(text)
	folder, want := unpack(t, archive)
	made, findings := content.Compile(folder)
	got := map[string]string{"want/findings.txt": report(findings)}
	switch {
	case course.HasErrors(findings):
	case strings.Contains(archive.comment, "only body"):
		got["want/body.html"] = bodies(made)
	default:
		got["want/course.json"] = asJSON(t, made)
	}
	for f := range got {
		if got[f] == "" {
			delete(got, f)
		}
	}
	if *update {
		repack(t, name, archive, got)
		return
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want (-), got (+); with -update the file is written anew\n%s", diff)
	}
}

// unpack parts an archive into the author's folder and what is expected.
func unpack(t *testing.T, a archive) (content.Folder, map[string]string) {
	t.Helper()
	folder := content.Folder{Texts: map[string][]byte{}, Media: map[string]course.Media{}, Refused: map[string]string{}}
	want := map[string]string{}
	for _, f := range a.files {
		if strings.HasPrefix(f.name, "want/") {
			want[f.name] = f.data
			continue
		}
		folder.Texts[f.name] = []byte(f.data)
	}
	for line := range strings.Lines(a.comment) {
		if w := strings.Fields(line); len(w) > 2 {
			place(t, folder, w)
		}
	}
	return folder, want
}

// place puts into a folder what a line of an archive's comment says.
func place(t *testing.T, folder content.Folder, w []string) {
	t.Helper()
	name := strings.ReplaceAll(w[1], "%20", " ")
	switch {
	case w[0] == "media" && len(w) == 7:
		folder.Media[name] = course.Media{
			Path: name, Hash: course.Hash(fmt.Sprintf("%064x", len(folder.Media)+1)), Type: w[2],
			Seconds: number(t, w[3]), Width: int(number(t, w[4])), Height: int(number(t, w[5])), Size: int64(number(t, w[6])),
		}
	case w[0] == "refused":
		folder.Refused[name] = strings.Join(w[2:], " ")
	case w[0] == "bytes":
		b, err := hex.DecodeString(w[2])
		if err != nil {
			t.Fatal(err)
		}
		folder.Texts[name] = append(folder.Texts[name], b...)
	case w[0] == "grow" && len(w) == 4:
		folder.Texts[name] = append(folder.Texts[name], strings.Repeat(strings.NewReplacer("%20", " ", "%0A", "\n").Replace(w[3]), int(number(t, w[2])))...)
	}
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// report writes findings as compilers do, each with its hint below.
func report(findings []course.Finding) string {
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "%s\n", f)
		if f.Hint != "" {
			fmt.Fprintf(&b, "\t%s\n", f.Hint)
		}
	}
	return b.String()
}

func bodies(c course.Course) string {
	var b strings.Builder
	for _, o := range c.Objects() {
		b.WriteString(o.HTML)
		if !strings.HasSuffix(o.HTML, "\n") {
			b.WriteString("\n")
		}
	}
	return b.String()
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// repack writes an archive anew with what was got.
func repack(t *testing.T, name string, a archive, got map[string]string) {
	t.Helper()
	var files []file
	for _, f := range a.files {
		if !strings.HasPrefix(f.name, "want/") {
			files = append(files, f)
		}
	}
	for _, f := range []string{"want/findings.txt", "want/course.json", "want/body.html"} {
		if got[f] != "" {
			files = append(files, file{f, got[f]})
		}
	}
	a.files = files
	if err := os.WriteFile(name, a.bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
