package content_test

import (
	"fmt"
	"runtime"
	"runtime/metrics"
	"slices"
	"strings"
	"testing"
	"time"

	"aulacomune/content"
	"aulacomune/content/lint"
	"aulacomune/course"
)

// What a megabyte may cost: more is a way to bring a server down. The time is many times what a quiet machine needs.
const (
	mostMemory = 64 << 20
	mostTime   = 20 * time.Second
)

// peak runs something and says how long it took and how much memory it held at most, above what there was before.
func peak(run func()) (took time.Duration, most uint64) {
	held := func() uint64 {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		metrics.Read(sample)
		return sample[0].Value.Uint64()
	}
	runtime.GC()
	before, stop, seen := held(), make(chan bool), make(chan uint64)
	go func() {
		tick := time.NewTicker(2 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				most = max(most, held())
			case <-stop:
				seen <- max(most, held())
				return
			}
		}
	}()
	start := time.Now()
	run()
	took = time.Since(start)
	stop <- true
	most = <-seen
	return took, most - min(most, before)
}

// affordable compiles a folder, fails when that costs too much, and gives back what was found.
func affordable(t *testing.T, name string, f content.Folder) (findings []course.Finding) {
	t.Helper()
	took, most := peak(func() { _, findings = content.Compile(f) })
	if took > mostTime || most > mostMemory {
		t.Errorf("%s: %v, %d MB", name, took.Round(time.Millisecond), most>>20)
	}
	t.Logf("%-40.40q %7v %3d MB %5d findings", name, took.Round(time.Millisecond), most>>20, len(findings))
	return findings
}

// pieces are what a parser must look at again and again, or keep much about.
func pieces() []string {
	return []string{
		">", "- ", "- - - - - - - - - - - - - - - - - - - - a\n", "> > > > > > > > > > > > > > > > > > > > a\n", "1. ", "* a\n", "#", "# a\n", "*", "**a ", "*a **b ", "_*_*",
		"[", "[a](", "![", "![a](b)", "[a][", "[^a]", "[^a]: b\n", "](a)", "`", "``a", "<", "<a ", "<!--", "&amp;", "|a\n|-\n", "|a|b|c|d|e|f|\n", "~~a",
		"a\n: b\n", "\\", "\"", "' ", "--", "www.a.it ", "a@b.it ", "https://a.it ", "(", "```\n", "[lang=en]{", "[lang=en]{a} ", "{", "- [x] ", "a\n\n", "è ", "THE ",
		"> [!DETAILS a]\n", "> [!NOTE]\n> a\n\n", "> [!INCLUDE]\n> [a](../c/n.md)\n\n", "> [!QUESTION a]\n> b\n>\n> - [x] `a` b\n> - [ ] `b` c\n\n", "> [!QUESTION a cloze]\n> {a} {= 2}\n\n",
		"![a](v.mp4)\n\n", "![a](a.svg \"b\")\n*c*\n\n", "[a](b.pdf) ", "[a](#b) ", "[a](manca.md) ", "[a](manca.pdf) ", "[a](glossario#b) ", "## a\n\nb\n\n", "- ✅ a\n", "• a\n", "**a**\n\n",
		"Gli uffici lavorano meglio quando gli obiettivi sono pochi, chiari e concordati. ",
	}
}

// TestLongTextsAreAffordable compiles texts of every piece, as long as one is still parsed; longer ones are refused at a glance.
func TestLongTextsAreAffordable(t *testing.T) {
	try := func(piece, line string, size int) {
		text := strings.Repeat(line, size/len(line))
		for refused(affordable(t, piece, around(text))) {
			text = text[:len(text)*2/3]
		}
	}
	for _, piece := range pieces() {
		try(piece, strings.Repeat(piece, max(1, 9_900/len(piece)))+"\n", 200_000)
	}
	for _, piece := range []string{"#", "[a](", "[^a]", "{", "[lang=en]{", "www.a.it ", "a", "\""} { // a line each
		try(piece, piece+"\n", 150_000)
	}
	for _, piece := range []string{"[", "> ", "Parola. ", "Gli uffici lavorano meglio quando gli obiettivi sono pochi, chiari e concordati. "} {
		try(piece, strings.Repeat(piece, 20)+"\n", content.MostTextBytes-1000)
	}
}

func refused(findings []course.Finding) bool {
	return slices.ContainsFunc(findings, func(f course.Finding) bool { return f.Rule == lint.TooBig })
}

// around is a course with a text and what it may refer to.
func around(text string) content.Folder {
	return content.Folder{
		Texts: map[string][]byte{
			"course.yaml": []byte(manifest), "m/1.md": object("uno", text), "c/n.md": []byte("Testo.\n"), "glossario.md": []byte("## A\n\nb\n"),
			"m/a.svg": []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>`), "m/v.vtt": []byte("WEBVTT\n\n00:00.000 --> 00:01.000\nCiao.\n"),
		},
		Media: map[string]course.Media{"m/b.pdf": {Hash: "1", Type: "application/pdf"}, "m/v.mp4": {Hash: "2", Type: "video/mp4", Seconds: 3}, "m/v.jpg": {Hash: "3", Type: "image/jpeg"}},
	}
}

// TestOtherLongTextsAreAffordable does the same for what is no object's text: YAML, captions, drawings, glossary, shared texts.
func TestOtherLongTextsAreAffordable(t *testing.T) {
	const head = "id: uno\ntitle: T\nkind: reading\nminutes: 1\nobjectives: [o]\ncomplete: {read: true}\n"
	long := func(piece string, size int) string { return strings.Repeat(piece, size/len(piece)) }
	for _, piece := range []string{"[", "{", "{a: ", "- ", "- a\n", "a: b\n", "? ", "&a ", "*a ", "\"", "'", "|\n", "#", "!!", "a: &a [*a]\n", "\t", "a:\n ", "%", "- {id: a, folder: b, title: c}\n", "@\n", "a: \"\n"} {
		for where, change := range map[string]func(content.Folder, string){
			"course.yaml ": func(f content.Folder, text string) { f.Texts["course.yaml"] = []byte(text) },
			"front matter ": func(f content.Folder, text string) {
				f.Texts["m/1.md"] = []byte("---\n" + head + text + "\n---\n\nTesto.\n")
			},
		} {
			f := around("Testo.\n")
			change(f, long(piece, 250_000)) // more is not read
			affordable(t, where+piece, f)
		}
	}
	for _, piece := range []string{"00:00.000 --> 00:00.001\na\n\n", "-->\n", "a\n", "00:00.000 --> 00:00.001 a:b\n<", "\n\n", "NOTE\n\n", "00:01.000 --> 00:02.000\n&amp;<i>\n\n"} {
		f := around("![a](v.mp4)\n")
		f.Texts["m/v.vtt"] = []byte("WEBVTT\n\n" + long(piece, 1_000_000))
		affordable(t, "captions "+piece, f)
	}
	for _, piece := range []string{"<g>", "<g/>", "<g a=\"", "<a/>", "<!--", "&lt;", "<title>", "<use href=\"#a\"/>", "<g ", "<?xml?>", "<rect fill=\"url(#a)\"/>", "<path d=\"M0 0\"/>\n"} {
		f := around("![a](a.svg)\n")
		f.Texts["m/a.svg"] = []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">` + long(piece, 1_000_000))
		affordable(t, "drawing "+piece, f)
	}
	for _, piece := range []string{"## a\n\nb\n\n", "## a\n", "[a](#a) ", "> [!QUESTION a]\n> b\n\n"} {
		f := around("[a](glossario#a)\n")
		f.Texts["glossario.md"] = []byte("## A\n\n" + strings.Repeat(piece, 30_000/len(piece)))
		affordable(t, "glossary "+piece, f)
		f = around(strings.Repeat("> [!INCLUDE]\n> [a](../c/n.md)\n\n", 100))
		f.Texts["c/n.md"] = []byte(strings.Repeat(piece, 10_000/len(piece)))
		affordable(t, "shared "+piece, f)
	}
}

// TestManyGuesses: names that are nowhere, each looked for among very many.
func TestManyGuesses(t *testing.T) {
	var headings, broken strings.Builder
	for i := range 900 {
		fmt.Fprintf(&headings, "## Parte numero %d\n\n", i)
	}
	for i := range 8_000 {
		fmt.Fprintf(&broken, "[a](#parte-nummero-%d) ", i)
		if i%50 == 0 {
			broken.WriteString("\n")
		}
	}
	f := around(headings.String() + broken.String())
	affordable(t, "anchors", f)
	f = around(strings.ReplaceAll(broken.String(), "#", "figura-"))
	f.Texts["m/2.md"] = object("due", strings.ReplaceAll(broken.String(), ") ", ".pdf) "))
	f.Texts["m/3.md"] = object("tre", strings.ReplaceAll(broken.String(), "#", "glossario#"))
	f.Texts["glossario.md"] = []byte(strings.ReplaceAll(headings.String(), "\n\n", "\n\nUna voce.\n\n"))
	for i := range 1_900 {
		f.Texts[fmt.Sprintf("c/parte-%d.md", i)] = []byte("Testo.\n")
	}
	affordable(t, "files", f)
}

// TestManyHeadings: ten thousand headings are read, and one of a wrong level is found at its place. With a text below each they are
// too much, and the finding stands where it becomes so.
func TestManyHeadings(t *testing.T) {
	for between, want := range map[string]struct {
		rule        string
		first, last int // line
	}{
		"\n":              {lint.HeadingSkipped, 9 + 2*7_000, 9 + 2*7_000},
		"\nUn testo.\n\n": {lint.TooBig, 9 + 4*5_000, 9 + 4*10_000},
	} {
		var b strings.Builder
		for i := range 10_000 {
			mark := "##"
			if i == 7_000 {
				mark = "####"
			}
			fmt.Fprintf(&b, "%s Parte %d\n%s", mark, i, between)
		}
		found := 0
		for _, f := range affordable(t, "headings", around(b.String())) {
			if f.Rule != want.rule {
				continue
			}
			if found++; f.File != "m/1.md" || f.Line < want.first || f.Line > want.last || f.Column != 1 {
				t.Error(f)
			}
		}
		if found != 1 {
			t.Errorf("%s found %d times", want.rule, found)
		}
	}
}
