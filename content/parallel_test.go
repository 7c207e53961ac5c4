package content

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aulacomune/course"
)

// TestAnyProcessorsSameCourse compiles with one worker and with many, several times: what objects share (drawings, captions, texts
// that they include, ids that two want) must not depend on which comes first.
func TestAnyProcessorsSameCourse(t *testing.T) {
	for _, c := range []struct {
		name   string
		folder Folder
		rule   string
	}{
		{"shared files", sharing(200, "Aiuto.\n"), "duplicate-id"},
		{"more includes than allowed", sharing(44, "```\n"+strings.Repeat("parole ", 70_000)+"\n```\n"), "bad-include"},
	} {
		t.Run(c.name, func(t *testing.T) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
			want, finds := Compile(c.folder)
			if !strings.Contains(fmt.Sprint(finds), c.rule) {
				t.Fatal("nothing of", c.rule)
			}
			for _, processors := range []int{2, 8} {
				runtime.GOMAXPROCS(processors)
				got, found := Compile(c.folder)
				if diff := cmp.Diff(want, got) + cmp.Diff(finds, found); diff != "" {
					t.Fatalf("%d processors: %s", processors, diff)
				}
			}
		})
	}
}

// sharing is a course whose objects share a text to include, a drawing, captions and, two by two, an id.
func sharing(objects int, included string) Folder {
	f := Folder{Texts: map[string][]byte{
		"course.yaml":   []byte("slug: prova\ntitle: T\nsummary: S\nobjectives: [o]\nmodules: [{id: m, folder: m, title: M}]\n"),
		"c/aiuto.md":    []byte(strings.ReplaceAll(included, "parole parole ", "parole parole\n")),
		"f.svg":         []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script/><a/></svg>`),
		"v.vtt":         []byte("WEBVTT\n\n00:00.000 --> 00:09.000\nTroppo tardi\n"),
		"glossario.md":  []byte("## Ente\n\nIl [primo](o1#titolo-1).\n"),
		"non/usato.md":  []byte("Un testo.\n"),
		"non/testo.svg": {0xff},
	}, Media: map[string]course.Media{"v.mp4": {Hash: "1", Type: "video/mp4", Seconds: 4}}}
	for i := range objects {
		f.Texts[fmt.Sprintf("m/%04d.md", i)] = fmt.Appendf(nil, "---\nid: o%d\ntitle: T\nkind: reading\nminutes: 1\nobjectives: [o]\ncomplete: {read: true}\n---\n\n## Titolo %d\n\n"+
			"[Ente](glossario#ente) e [poi](o%d#titolo-%d).\n\n![Una figura](../f.svg)\n\n![Altro](../non/testo.svg)\n\n![Come si firma](../v.mp4)\n\n> [!INCLUDE]\n> [a](../c/aiuto.md)\n", i/2, i, i/2+1, i)
	}
	return f
}

// TestPanicReachesTheCaller: what goes wrong at a worker's desk is the caller's to see, whose request it is.
func TestPanicReachesTheCaller(t *testing.T) {
	for _, processors := range []int{1, 4} {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		got := func() (got any) {
			defer func() { got = recover() }()
			sideBySide(make([]*object, 9), func(*desk, *object) { panic("broken") })
			return nil
		}()
		if got != "broken" {
			t.Errorf("%d processors: %v", processors, got)
		}
	}
}
