package markup_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/testutil"

	"aulacomune/content/lint"
	"aulacomune/content/markup"
	"aulacomune/course"
)

var update = flag.Bool("update", false, "write anew which examples our dialect writes differently")

// sample is an example of a specification.
type sample struct {
	name     string
	markdown string
	html     string
}

// TestCommonMark: what our dialect stands on passes every example of the CommonMark specification; and with everything of
// ours on, the examples that come out differently are those of testdata/commonmark.txt, each for the reasons given there, and no others.
func TestCommonMark(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(goldmarkFolder(t), "_test", "spec.json"))
	if err != nil {
		t.Fatal(err)
	}
	var spec []struct {
		Markdown string `json:"markdown"`
		HTML     string `json:"html"`
		Example  int    `json:"example"`
	}
	if err := json.Unmarshal(text, &spec); err != nil {
		t.Fatal(err)
	}
	var samples []sample
	for _, s := range spec {
		samples = append(samples, sample{fmt.Sprintf("%03d", s.Example), s.Markdown, s.HTML})
	}
	if len(samples) != 652 {
		t.Fatalf("the specification has %d examples", len(samples))
	}
	underneath(t, "CommonMark", samples)
	ours(t, "commonmark", samples)
}

// TestGFM is the same with goldmark's own cases for the extensions of GitHub.
func TestGFM(t *testing.T) {
	folder := filepath.Join(goldmarkFolder(t), "extension", "_test")
	var all []sample
	for name, e := range map[string]goldmark.Extender{
		"table": extension.NewTable(), "strikethrough": extension.Strikethrough, "tasklist": extension.TaskList, "linkify": extension.Linkify,
	} {
		samples := goldmarkCases(t, filepath.Join(folder, name+".txt"), name)
		underneath(t, "GFM "+name, samples, e)
		all = append(all, samples...)
	}
	slices.SortFunc(all, func(a, b sample) int { return strings.Compare(a.name, b.name) })
	ours(t, "gfm", all)
}

// goldmarkFolder is where the module that we compile with lies: its cases are read there, and are not ours to copy.
func goldmarkFolder(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/goldmark").Output()
	if folder := strings.TrimSpace(string(out)); err == nil && folder != "" {
		return folder
	}
	t.Skip("the go command does not find goldmark's module:", err)
	return ""
}

// underneath runs goldmark without anything of ours.
func underneath(t *testing.T, title string, samples []sample, with ...goldmark.Extender) {
	t.Helper()
	md := goldmark.New(goldmark.WithExtensions(with...), goldmark.WithRendererOptions(html.WithXHTML(), html.WithUnsafe()))
	passed := 0
	for _, s := range samples {
		var b bytes.Buffer
		if err := md.Convert([]byte(s.markdown), &b); err != nil {
			t.Fatal(err)
		}
		if same(tokens(s.html), tokens(b.String())) {
			passed++
			continue
		}
		t.Errorf("%s %s: %q gives\n%s\nwant\n%s", title, s.name, s.markdown, b.String(), s.html)
	}
	t.Logf("%s, our extensions off: %d of %d", title, passed, len(samples))
}

// ours runs our whole pipeline and compares what differs with the committed list.
func ours(t *testing.T, name string, samples []sample) {
	t.Helper()
	var list strings.Builder
	counts := map[string]int{}
	differ := 0
	for _, s := range samples {
		why := reasons(t, s)
		if len(why) == 0 {
			continue
		}
		differ++
		for _, r := range why {
			counts[r]++
		}
		fmt.Fprintf(&list, "%s: %s\n", s.name, strings.Join(why, ", "))
	}
	t.Logf("%s, everything on: %d of %d the same, %d differ: %v", name, len(samples)-differ, len(samples), differ, counts)
	file := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(file, []byte(list.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(list.String(), "\n")); diff != "" {
		t.Errorf("%s: listed (-), seen (+); with -update it is written anew\n%s", file, diff)
	}
}

// reasons says why our HTML of a sample differs: what was refused, and what has to be undone so that it is the same again.
func reasons(t *testing.T, s sample) []string {
	t.Helper()
	report := &lint.Report{}
	page := markup.Parse(lint.NewFile("a.md", []byte(s.markdown)), 0, 0, "it", report)
	page.Resolve(everywhere{}, report)
	body, _ := page.Render(&markup.Press{}, report)
	want, got := tokens(s.html), tokens(body)
	if same(want, got) {
		return nil
	}
	if refused := refusals(report.Findings()); len(refused) > 0 {
		return refused
	}
	var why []string
	for _, d := range differences() {
		a, b := d.undo(want), d.undo(got)
		if same(a, want) && same(b, got) {
			continue
		}
		want, got = a, b
		why = append(why, d.name)
		if same(want, got) {
			return why
		}
	}
	t.Errorf("%s: %q gives for no known reason\n%s\nwant\n%s", s.name, s.markdown, body, s.html)
	return []string{"unexplained"}
}

// refusals names the findings that take something out of a text.
func refusals(findings []course.Finding) (names []string) {
	known := map[string]string{
		lint.RawHTML: "raw HTML refused", lint.BrokenLink: "address refused", lint.LinkScheme: "address refused", lint.BrokenAnchor: "address refused",
		lint.EmptyLink: "address refused", lint.TooDeep: "too deep", lint.TooLong: "too long",
	}
	for _, f := range findings {
		if name := known[f.Rule]; name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// everywhere is a course in which every path leads somewhere, so that only what is written differs.
type everywhere struct{ nowhere }

func (everywhere) Object(dest string) (course.ObjectID, map[string]bool, bool) {
	return course.ObjectID(dest), map[string]bool{"foo": true}, true
}

func (everywhere) Media(dest, _ string, _ lint.Place, _ *lint.Report) (course.Media, bool) {
	return course.Media{Path: dest, Hash: "0", Type: "image/png"}, true
}

// goldmarkCases reads a file of goldmark's cases with goldmark's own reader: it is handed an engine that writes what no
// case wants, and each failure it reports holds a case.
func goldmarkCases(t *testing.T, file, name string) []sample {
	t.Helper()
	c := &collector{name: name}
	testutil.DoTestCaseFile(silent{goldmark.New()}, file, c)
	if len(c.samples) == 0 {
		t.Fatal("no cases in ", file)
	}
	return c.samples
}

// silent is an engine that writes nothing of use.
type silent struct{ goldmark.Markdown }

func (silent) Convert(_ []byte, w io.Writer, _ ...goldmarkOption) error {
	_, err := io.WriteString(w, "\x00")
	return err
}

// collector takes the cases out of the failures.
type collector struct {
	name    string
	samples []sample
}

// Errorf implements testutil.TestingT: number, description, Markdown and HTML come first.
func (c *collector) Errorf(_ string, args ...any) {
	c.samples = append(c.samples, sample{fmt.Sprintf("%s %03d", c.name, args[0]), fmt.Sprint(args[2]), fmt.Sprint(args[3])})
}

func (*collector) Logf(string, ...any)  {}
func (*collector) Skipf(string, ...any) {}
func (*collector) FailNow()             {}
