package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"time"

	"aulacomune/content"
	"aulacomune/course"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// largeCourse is how many objects the generated course has.
const largeCourse = 1000

// measureCompile compiles a large course on one core and on two, once more in a process of its own for its memory, and again after every edit.
func measureCompile(ctx context.Context) error {
	folder := generated(largeCourse)
	if _, findings := content.Compile(folder); course.HasErrors(findings) {
		return fmt.Errorf("the generated course: %s", findings[0])
	}
	alone, err := goldmarkAlone(folder, 7)
	if err != nil {
		return err
	}
	compile := func() { content.Compile(folder) }
	work, one := worked(7, compile), timed(7, compile)
	runtime.GOMAXPROCS(2)
	two := timed(7, compile)
	memory, err := peakOfCompile(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("Compile of a generated course of %d objects: %s; goldmark alone %s: %.1f × (goal ≤ 4)\n", largeCourse, work, alone, float64(work)/float64(alone))
	fmt.Printf("The same on two cores: %s, %.2f × as fast; peak memory of a process that does it: %d MB (goal ≤ 300 MB)\n", two, float64(one)/float64(two), memory)
	fmt.Printf("One changed object of it compiled again: %s (goal ≤ 10 ms)\n", edited(folder))
	return nil
}

// goldmarkAlone is the median time that goldmark takes for the texts of a folder, with the extensions that ours has, too.
func goldmarkAlone(folder content.Folder, rounds int) (time.Duration, error) {
	markdown := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList, extension.Typographer))
	var err error
	took := worked(rounds, func() {
		for name, text := range folder.Texts {
			var b bytes.Buffer
			if strings.HasSuffix(name, ".md") {
				if e := markdown.Convert(text, &b); e != nil {
					err = e
				}
			}
		}
	})
	return took, err
}

// edited is the median time of a compile after one object's text was changed.
func edited(folder content.Folder) time.Duration {
	d := content.NewDraft(folder)
	d.Compile()
	n := 0
	return timed(101, func() {
		name := objectPath(n * 37 % largeCourse)
		d.SetText(name, fmt.Appendf(nil, "%s\nUna riga in più, la numero %d.\n", folder.Texts[name], n))
		d.Compile()
		n++
	})
}

// peakOfCompile is the most memory, in MB, of a process that compiles the course once.
func peakOfCompile(ctx context.Context) (int64, error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	c := exec.CommandContext(ctx, self, "-compile")
	if out, err := c.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("%w: %s", err, out)
	}
	usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0, fmt.Errorf("no usage of process %d", c.ProcessState.Pid())
	}
	return usage.Maxrss / 1024, nil
}

// generated is a course of so many objects of about 300 words, with the constructs that authors use most; it is always the same.
func generated(objects int) content.Folder {
	const perModule = 20
	f := content.Folder{Texts: map[string][]byte{}}
	var manifest strings.Builder
	manifest.WriteString("slug: misura\ntitle: Un corso generato\nsummary: Serve a misurare.\nobjectives: [Misurare]\nmodules:\n")
	w := &writer{rand.New(rand.NewPCG(1, 2))}
	for i := range objects {
		if i%perModule == 0 {
			fmt.Fprintf(&manifest, "  - {id: m%d, folder: m%02d, title: Modulo %d}\n", i/perModule, i/perModule, i/perModule)
		}
		f.Texts[objectPath(i)] = w.object(i, objects)
	}
	f.Texts["course.yaml"] = []byte(manifest.String())
	return f
}

func objectPath(i int) string { return fmt.Sprintf("m%02d/%04d.md", i/20, i) }

// writer makes up texts.
type writer struct{ *rand.Rand }

func (w *writer) object(i, objects int) []byte {
	var b bytes.Buffer
	complete := "read: true"
	if i%5 == 0 {
		complete = "answered: 60"
	}
	fmt.Fprintf(&b, "---\nid: o%d\ntitle: %q\nkind: reading\nminutes: 2\nobjectives: [Misurare]\ncomplete: {%s}\n---\n\n", i, w.words(4), complete)
	for n := range 3 {
		fmt.Fprintf(&b, "## %s %d\n\n%s\n\n%s\n\n", w.words(3), n, w.sentences(4), w.sentences(3))
	}
	fmt.Fprintf(&b, "- **%s**: %s\n- %s\n- %s, come dice *%s*\n\n", w.words(2), w.words(6), w.words(8), w.words(5), w.words(2))
	fmt.Fprintf(&b, "Se ne parla anche in [%s](o%d) e nel [sito del comune](https://www.example.it/%d).\n", w.words(3), (i+1)%objects, i)
	switch i % 5 {
	case 0:
		fmt.Fprintf(&b, "\n> [!QUESTION q]\n> %s?\n>\n> - [x] `a` %s.\n> - [ ] `b` %s.\n", w.words(7), w.words(4), w.words(5))
	case 1:
		fmt.Fprintf(&b, "\n| Prima | Dopo |\n|---|---|\n| %s | %s |\n| %s | %s |\n", w.words(3), w.words(2), w.words(3), w.words(4))
	case 2:
		fmt.Fprintf(&b, "\n> [!NOTE]\n> %s\n", w.sentences(2))
	}
	return b.Bytes()
}

// words is so many words, the first with a capital.
func (w *writer) words(n int) string {
	const list = "ufficio persona lavoro accordo giorno tempo regola comune sede orario scelta fiducia risultato obiettivo squadra domanda risposta pratica cittadino firma legge prova idea passo voce mano carta strada casa scuola piano conto libro gruppo posto parte cosa modo nome anno"
	all := strings.Fields(list)
	out := make([]string, n)
	for i := range out {
		out[i] = all[w.IntN(len(all))]
	}
	out[0] = strings.ToUpper(out[0][:1]) + out[0][1:]
	return strings.Join(out, " ")
}

func (w *writer) sentences(n int) string {
	out := make([]string, n)
	for i := range out {
		out[i] = w.words(6+w.IntN(9)) + "."
	}
	return strings.Join(out, " ")
}
