package manuscript

import (
	"fmt"
	"testing"

	"aulacomune/course"
	"aulacomune/lms/studio"
)

func media(name, kind string) studio.File {
	return studio.File{Path: name, Media: &course.Media{Path: name, Type: kind, Hash: "h", Width: 10}}
}

// list is a draft with a file of every sort, an object that is missing, and findings in all sorts of places.
func list() List {
	files := map[string]studio.File{}
	for _, f := range []studio.File{
		{Path: "course.yaml"}, {Path: "glossario.md"}, {Path: "01-a/uno.md", Text: "x"}, {Path: "media/a.vtt"}, {Path: "media/a & b.svg"},
		media("media/foto.jpg", "image/jpeg"), media("media/foto.800w.jpg", "image/jpeg"), media("media/foto.480w.jpg", "image/jpeg"), media("media/w.jpg", "image/jpeg"),
		media("media/a.mp4", "video/mp4"), media("media/a.mp3", "audio/mpeg"), media("media/a.pdf", "application/pdf"),
	} {
		files[f.Path] = f
	}
	c := studio.Compiled{
		Draft: studio.Draft{ID: "d"}, Files: files,
		Outline: studio.Outline{Modules: []studio.Module{{ID: "a", Objects: []string{"01-a/uno.md"}}, {ID: "b"}}},
		Course:  course.Course{Modules: []course.Module{{ID: "a", Objects: []course.Object{{ID: "uno", Title: "Uno", Kind: course.Lesson, Minutes: 7}}}, {ID: "b"}}},
		Findings: []course.Finding{
			{File: "media/a.vtt", Line: 2, Severity: course.SeverityWarning, Rule: "r"}, {File: "01-a/uno.md", Severity: course.SeverityError, Rule: "r"},
			{File: "manca.md", Severity: course.SeverityError, Rule: "r"}, {File: "01-a/uno.md", Severity: course.SeverityWarning, Rule: "r"},
		},
	}
	text := func(key string, _ ...any) string { return key }
	return NewList(Reader{text, func(f course.Finding) course.Finding { f.Message = "said"; return f }}, c)
}

func TestOthers(t *testing.T) {
	want := []struct{ path, sort, paste string }{
		{"course.yaml", "sheet", ""}, {"glossario.md", "text", ""}, {"media/a & b.svg", "drawing", "![studio.paste.alt](/media/a & b.svg)"}, {"media/a.mp3", "audio", "![studio.paste.recording](/media/a.mp3)"},
		{"media/a.mp4", "video", "![studio.paste.recording](/media/a.mp4)"}, {"media/a.pdf", "document", "[studio.paste.document](/media/a.pdf)"}, {"media/a.vtt", "captions", "captions: media/a.vtt"},
		{"media/foto.jpg", "picture", "![studio.paste.alt](/media/foto.jpg)"}, {"media/w.jpg", "picture", "![studio.paste.alt](/media/w.jpg)"},
	}
	got := list().Others()
	if len(got) != len(want) {
		t.Fatalf("%d files: %+v", len(got), got)
	}
	for i, w := range want {
		if f := got[i]; f.Path != w.path || f.Sort != w.sort || f.Paste != w.paste {
			t.Errorf("got %s, %s, %q; want %v", f.Path, f.Sort, f.Paste, w)
		}
	}
	if f := got[2]; f.Href != "/studio/d/scrivi?file=media/a+%26+b.svg" || f.Anchor != "f-media-a---b-svg" {
		t.Errorf("a name with signs: %s, %s", f.Href, f.Anchor)
	}
	if w := list().Widths("media/foto.jpg"); len(w) != 2 {
		t.Errorf("narrower widths: %+v", w)
	}
}

func TestModules(t *testing.T) {
	m := list().Modules()
	if len(m) != 2 || m[0].Minutes != 7 || len(m[0].Objects) != 1 || !m[0].First || !m[1].Last {
		t.Fatalf("%+v", m)
	}
	if o := m[0].Objects[0]; o.Title != "Uno" || o.Kind != "lesson" || o.Errors != 1 || o.Warnings != 1 || !o.First || o.Last {
		t.Errorf("%+v", o)
	}
	if n := list().Total(); n != (Count{2, 2}) {
		t.Errorf("in all %+v", n)
	}
}

func TestGroups(t *testing.T) {
	var got []string
	for _, g := range list().Groups() {
		got = append(got, fmt.Sprint(g.File.Path, " ", len(g.Findings), " ", g.File.Href != "", " ", g.Findings[0].Message, g.Findings[0].Why))
	}
	want := "[01-a/uno.md 2 true said/guida/regole#r media/a.vtt 1 true said/guida/regole#r manca.md 1 false said/guida/regole#r]"
	if fmt.Sprint(got) != want {
		t.Errorf("got %v\nwant %v", got, want)
	}
}

func TestRemovedFilesKeepTheirTitles(t *testing.T) {
	for text, want := range map[string]string{"---\nid: a\ntitle: \"Con le mani\"\n---\n": "Con le mani", "---\ntitle: 'Uno'": "Uno", "title:": "b.md", "": "b.md", "WEBVTT\n": "b.md"} {
		if got := list().Removed(studio.File{Path: "a/b.md", Text: text}).Title; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestCaptionsSayHowFastTheyAre(t *testing.T) {
	got := Captions([]course.Cue{{From: 0, To: 2, Text: "perché sì, così va bene"}, {From: 2, To: 3, Text: "troppo in fretta per chi legge"}, {From: 3, To: 3, Text: "mai"}})
	if got[0].Speed != 12 || got[0].TooQuick || !got[1].TooQuick || got[2].Speed != 0 || len(Captions(nil)) != 0 {
		t.Errorf("%+v", got)
	}
}
