package content

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"aulacomune/course"
)

// pieces are what the texts of the edited course are put together of: each has to do with another file.
func pieces() []string {
	return []string{
		"## Libertà\n\nTesto.", "## Un titolo\n\nTesto.", "### Sotto\n", "Il [primo](uno#libertà) e [il suo titolo](../m/1.md#un-titolo).", "Il [secondo](due).",
		"Vedi [qui](tre#un-titolo), [là](../n/3.md#libertà) e [giù](#libertà).", "> [!INCLUDE]\n> [aiuto](../c/aiuto.md)", "> [!INCLUDE]\n> [altro](../c/altro.md)",
		"[Agile](../glossario.md#agile)", "[Ente](glossario#ente)", "![Una figura](../f.svg)", "![](../foto.jpg)", "![Come si firma](../v.mp4)", "[modulo](../m.pdf)",
		"> [!QUESTION q]\n> Vero?\n>\n> - [x] `a` Sì\n> - [ ] `b` No", "<script>alert(1)</script>", "Un'altra parola.", "![x](../m/1.md)", "> [!INCLUDE]\n> [no](../n/3.md)",
	}
}

// draw is a text put together of some of these pieces.
func draw(t *rapid.T, from []string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(from), 0, 4).Draw(t, "pieces"), "\n\n") + "\n"
}

func drawObject(t *rapid.T) string {
	heads := []string{
		"---\nid: %s\ntitle: T\nkind: reading\nminutes: 1\nobjectives: [o]\ncomplete: {read: true}\n---\n\n",
		"---\nid: %s\ntitle: Altro\nkind: pill\nminutes: 9\ncomplete: {watched: 80}\nvideo: {file: v.mp4, captions: v.vtt, poster: foto.jpg}\n---\n\n",
		"---\nid: %s\ntitle: T\nkind: story\nminutes: 2\ncomplete: {answered: 60}\ndraw: 1 of b\n---\n\n", "---\nid: [%s\n---\n", "%s\n",
	}
	id := rapid.SampledFrom([]string{"uno", "uno", "due", "tre", "Non va", ""}).Draw(t, "id")
	return fmt.Sprintf(rapid.SampledFrom(slices.Concat(heads[:1], heads[:1], heads[:1], heads)).Draw(t, "head"), id) + draw(t, pieces())
}

// edit changes one file of the folder, in a draft and in what it should be.
func edit(t *rapid.T, d *Draft, f Folder) {
	texts := map[string][]string{
		"course.yaml": {manifestOfTwo, strings.Replace(manifestOfTwo, "folder: n", "folder: assente", 1), "slug: [\n", strings.Replace(manifestOfTwo, "lang: it", "lang: en", 1), "minutes: 5\n" + manifestOfTwo,
			strings.Replace(manifestOfTwo, "modules: [", "modules: [{id: r, folder: ., title: R}, ", 1)},
		"glossario.md": {"## Agile\n\nSvelto.\n", "## Agile\n\nVedi [ente](#ente).\n\n## Ente\n\nIl [primo](uno#libertà).\n", "Niente.\n",
			"---\nid: voci\ntitle: Voci\n---\n\n## Agile\n\nLesto.\n", "---\nid: voci\ntitle: Voci\n---\n\n## Agile\n\nRapido.\n"},
		"c/aiuto.md": {"Aiuto.\n", "## Libertà\n\nAiuto al [secondo](due#un-titolo).\n", "> [!INCLUDE]\n> [a](altro.md)\n"}, "c/altro.md": {"Altro ![Figura](../f.svg)\n", "\xff"},
		"f.svg":  {`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"/>`, `<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`, "no"},
		"v.vtt":  {"WEBVTT\n\n00:00.000 --> 00:02.000\nChe cosa si dice\n", "WEBVTT\n\n00:09.000 --> 00:12.000\nTroppo tardi\n", "no"},
		"m/1.md": nil, "m/2.md": nil, "n/3.md": nil, "n/citta\u0300.md": nil, "appunti.md": {"Appunti.\n"},
	}
	media := map[string]course.Media{
		"foto.jpg": {Hash: "1", Type: "image/jpeg", Width: 3, Height: 2}, "v.mp4": {Hash: "2", Type: "video/mp4", Seconds: 4}, "m.pdf": {Hash: "3", Type: "application/pdf", Size: 9},
	}
	names := slices.Concat(slices.Repeat([]string{"m/1.md", "m/2.md", "n/3.md", "n/citta\u0300.md"}, 4), sortedKeys(texts), sortedKeys(media))
	name := rapid.SampledFrom(names).Draw(t, "file")
	m, isMedia := media[name]
	switch {
	case rapid.IntRange(0, 9).Draw(t, "remove") == 0:
		d.Remove(name)
		delete(f.Texts, name)
		delete(f.Media, name)
	case isMedia:
		m.Seconds += float64(rapid.IntRange(0, 2).Draw(t, "seconds"))
		d.SetMedia(name, m)
		f.Media[name] = m
	default:
		text := ""
		if texts[name] != nil {
			text = rapid.SampledFrom(texts[name]).Draw(t, "text")
		} else {
			text = drawObject(t)
		}
		d.SetText(name, []byte(text))
		f.Texts[name] = []byte(text)
	}
}

const manifestOfTwo = "slug: prova\ntitle: T\nsummary: S\nlang: it\nobjectives: [o]\nmodules: [{id: m, folder: m, title: M}, {id: n, folder: n, title: N}]\n"

// written is a course that compiles, to begin with.
func written() Folder {
	head := "---\nid: %s\ntitle: T\nkind: reading\nminutes: 1\nobjectives: [o]\ncomplete: {read: true}\n---\n\n%s\n"
	text := func(id, body string) []byte { return fmt.Appendf(nil, head, id, body) }
	return Folder{
		Texts: map[string][]byte{
			"course.yaml": []byte(manifestOfTwo), "m/1.md": text("uno", "## Libertà\n\nTesto."), "m/2.md": text("due", "Il [primo](uno#libertà)."), "n/3.md": text("tre", "Testo."),
			norm.NFD.String("n/città.md"): text("quattro", "Un [terzo](tre)."),
		},
		Media: map[string]course.Media{"foto.jpg": {Hash: "1", Type: "image/jpeg", Width: 3, Height: 2}},
	}
}

// TestDraftIsCompile: whatever is edited, a draft gives what compiling its folder gives.
func TestDraftIsCompile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := written()
		d := NewDraft(f)
		f.Texts, f.Media = maps.Clone(f.Texts), maps.Clone(f.Media)
		for range rapid.IntRange(1, 12).Draw(t, "rounds") {
			for range rapid.IntRange(0, 3).Draw(t, "edits") {
				edit(t, d, f)
			}
			got, found := d.Compile()
			want, finds := Compile(f)
			if diff := cmp.Diff(want, got) + cmp.Diff(finds, found); diff != "" {
				t.Fatalf("want (-), got (+)\n%s", diff)
			}
		}
	})
}

// TestDraftMendsWhatChanged: an edit of an object works out that object again, with those that link to a heading that is no more, and no other.
func TestDraftMendsWhatChanged(t *testing.T) {
	for _, c := range []struct{ name, from, to, again string }{
		{"words", "Testo.", "Altro testo.", "m/1.md"},
		{"a heading", "Libertà", "Vincoli", "m/1.md m/2.md"},
		{"minutes", "minutes: 1", "minutes: 2", "m/1.md"},
		{"the id", "id: uno", "id: primo", "m/1.md m/2.md n/3.md n/città.md"},
		{"no front matter", "---\n", "", "m/1.md m/2.md n/3.md n/città.md"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := written()
			d := NewDraft(f)
			d.Compile()
			before := slices.Clone(d.last.objects)
			d.SetText("m/1.md", []byte(strings.Replace(string(f.Texts["m/1.md"]), c.from, c.to, 1)))
			_, findings := d.Compile()
			var again []string
			for i, o := range d.last.objects {
				if o != before[i] {
					again = append(again, o.path)
				}
			}
			if got := strings.Join(again, " "); got != c.again {
				t.Errorf("again: %s, want %s", got, c.again)
			}
			if broken := strings.Contains(fmt.Sprint(findings), "broken-anchor"); broken != (c.name == "a heading") {
				t.Error(findings)
			}
		})
	}
}

// TestDraftForgetsWhoWantedAFile: a text that cannot be read, and that an object wanted once, is a text that nobody uses when the object wants it no more.
func TestDraftForgetsWhoWantedAFile(t *testing.T) {
	f := written()
	head, _, _ := strings.Cut(string(f.Texts["m/1.md"]), "## ")
	wanting := head + "> [!INCLUDE]\n> [altro](../c/altro.md)\n"
	f.Texts["c/altro.md"], f.Texts["m/1.md"] = []byte("\xff"), []byte(wanting)
	d := NewDraft(f)
	for _, c := range []struct{ text, found string }{{wanting, "not-text"}, {head + "## Libertà\n", "unused-file"}, {wanting, "not-text"}} {
		d.SetText("m/1.md", []byte(c.text))
		_, findings := d.Compile()
		if said := fmt.Sprint(findings); !strings.Contains(said, c.found) || strings.Contains(said, "not-text") && strings.Contains(said, "unused-file") {
			t.Errorf("want %s: %s", c.found, said)
		}
	}
}
