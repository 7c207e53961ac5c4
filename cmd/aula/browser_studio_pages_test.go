package main

import (
	"os"
	"path/filepath"
	"strings"
)

// writer looks at the studio's pages: a new course and what is wrong with it, texts, captions, pictures and recordings, two texts at the same time,
// publishing.
func (in *inspection) writer() {
	b := in.browser()
	b.enter("autore@demo.aula")
	b.open("/studio")
	b.set("form[action='/studio/nuovo'] input[name=title]", " ")
	b.set("form[action='/studio/nuovo'] textarea", "In breve.")
	b.submit("form[action='/studio/nuovo']")
	in.look(b, "studio with a problem")
	b.submit("form:has([name=slug][value='smart-working'])")
	draft := b.path()
	in.look(b, "tree of a course")
	for name, file := range map[string]string{
		"editor of a lesson": "01-contesto/01-oltre-il-telelavoro.md", "editor of the course": "course.yaml", "editor of captions": "video/oltre-il-telelavoro.vtt",
		"editor of a drawing": "01-contesto/tre-modi.svg", "page of a recording": "video/oltre-il-telelavoro.mp4", "page of a picture": "video/oltre-il-telelavoro.jpg",
	} {
		b.open(draft + "/scrivi?file=" + file)
		in.look(b, name)
	}
	b.open(draft)
	b.press("up", "document.querySelector('.tree-module:last-child .tree-object:last-child form button')")
	b.until("an object moved", func() bool { ok, _ := ask[bool](b, "!!document.querySelector('.moved')"); return ok })
	in.look(b, "tree with an object that moved")
	b.open(draft + "/pubblica")
	in.look(b, "review of a second edition")
	b.open("/studio")
	in.look(b, "studio with a draft")
	in.newCourse(b)
}

// newCourse writes a course of one reading, and publishes it.
func (in *inspection) newCourse(b *browser) {
	b.open("/studio")
	b.set("form[action='/studio/nuovo'] input[name=title]", "Prova "+in.lang)
	b.set("form[action='/studio/nuovo'] textarea", "In breve.")
	b.submit("form[action='/studio/nuovo']")
	draft := b.path()
	b.set(".add-object input[name=title]", " ")
	b.submit(".add-object")
	in.look(b, "tree with a problem")
	b.set(".add-object input[name=title]", "Una lettura")
	b.submit(".add-object")
	in.look(b, "editor of a new reading")
	file := get[string](b, "document.getElementById('scrivi_').getAttribute('action')")
	b.open(draft + "/pubblica")
	in.look(b, "review with errors")
	const reading = "---\nid: una-lettura\ntitle: \"Una lettura\"\nkind: reading\nminutes: 1\nobjectives:\n  - \"Leggere con calma\"\ncomplete:\n  read: true\n---\n\nUn testo breve, che si legge con calma.\n"
	in.write(b, file, "Due.")
	in.twice(b, file)
	in.look(b, "two texts at the same time")
	b.submit("form:has([value=insieme])")
	in.look(b, "two texts written together")
	b.accept() // it asks whether to leave a text that is not saved
	in.twice(b, file)
	b.leaving(func() { b.press("mine", "document.querySelector('main [name=azione][value=salva]')") })
	b.open(strings.Replace(file, "/scrivi", "/cronologia", 1))
	in.look(b, "history")
	b.submit("li:last-child form[action*='/ripristina']")
	in.write(b, file, reading)
	in.comment(b)
	in.attach(b, file)
	b.open(draft + "/pubblica")
	b.submit("#pubblica form")
	in.look(b, "published")
	b.open(draft)
	b.press("discard", "document.querySelector('form[action$=elimina]').closest('details').querySelector('summary')")
	b.press("discard", "document.querySelector('form[action$=elimina] button')")
	b.leaving(func() { b.press("yes", "document.querySelector('dialog [value=yes]')") })
	in.look(b, "studio with a draft that was thrown away")
}

// plainly opens a page whose scripts don't run; those of the page that it leads to do.
func (in *inspection) plainly(b *browser, address string) {
	in.t.Helper()
	b.scripts(false)
	b.open(address)
	b.scripts(true)
}

// twice saves a text that was begun before another was saved.
func (in *inspection) twice(b *browser, file string) {
	in.plainly(b, file)
	b.do("document.querySelector('[name=rev]').value = 1; document.querySelector('[name=text]').value = 'Tre, e molto altro.'")
	b.submit("#scrivi_")
}

// write saves a text.
func (in *inspection) write(b *browser, file, text string) {
	in.plainly(b, file)
	b.set("[name=text]", text)
	b.submit("#scrivi_")
}

func (in *inspection) comment(b *browser) {
	b.set("form[action*=commenti] textarea", " ")
	b.submit("form[action*=commenti]:has(textarea)")
	in.look(b, "editor with a problem")
	b.set("form[action*=commenti] textarea", "Da rileggere.")
	b.submit("form[action*=commenti]:has(textarea)")
	in.look(b, "editor with a comment")
}

// attach sends a file that cannot be taken, and one that can.
func (in *inspection) attach(b *browser, file string) {
	in.t.Helper()
	for name, body := range map[string]string{"note.vtt": "WEBVTT\n\n00:00.000 --> 00:02.000\nCiao.\n", "finta.jpg": "testo"} {
		path := filepath.Join(in.t.TempDir(), name)
		if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
			in.t.Fatal(err)
		}
		in.plainly(b, file)
		b.upload(path)
		b.submit("form[action*='/allegati']")
		in.look(b, "editor with the file "+name)
	}
}
