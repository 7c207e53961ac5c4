package export

import (
	"fmt"
	"html"
	"html/template"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"aulacomune/course"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// folderPolicy lets a page load what lies in its folder and nothing else, also from a server. To some browsers a page from the disk has no origin
// that 'self' could mean: for them it names files.
const folderPolicy = "default-src 'none'; style-src 'self' file:; img-src 'self' file: data:; media-src 'self' file: data:; font-src data:; base-uri 'none'; form-action 'none'"

const (
	indexName  = "index.html"
	styleName  = "assets/style.css"
	logoName   = "assets/logo.svg"
	upFromPage = "../"
)

// binder makes the pages of a folder.
type binder struct {
	*writer
	pages   map[course.ObjectID]string // file of each object, in the folder of pages
	outline []module                   // as these see it
}

func newBinder(wr *writer) *binder {
	b := &binder{writer: wr, pages: map[course.ObjectID]string{}}
	digits, number := len(fmt.Sprint(max(10, wr.Content.Count()))), 0
	for _, o := range wr.Content.Objects() {
		number++ // so that a file manager lists them as they are read
		b.pages[o.ID] = fmt.Sprintf("%0*d-%s.html", digits, number, o.ID)
	}
	b.outline = wr.outline(b.fromPage)
	return b
}

// fromPage and fromRoot are the address of an object, seen from another one and from the folder's root.
func (b *binder) fromPage(id course.ObjectID) string { return b.pages[id] }
func (b *binder) fromRoot(id course.ObjectID) string {
	return b.words.say("file.pages") + "/" + b.pages[id]
}

// folder makes every file of the web folder.
func (x *Exporter) folder(wr *writer) ([]file, error) {
	b := newBinder(wr)
	files := []file{text(styleName, x.style), text(logoName, x.logo)}
	add := func(name, template string, data any) error {
		page, err := x.render(wr, template, data)
		if err == nil {
			files = append(files, file{name, parts(page)})
		}
		return err
	}
	if err := add(indexName, "index", indexSheet{wr.sheet(wr.Content.Title, ""), wr.about(b.fromRoot)}); err != nil {
		return nil, err
	}
	for i, m := range wr.Content.Modules {
		for k, o := range m.Objects {
			page, err := b.page(i, k)
			if err != nil {
				return nil, err
			}
			if err := add(b.fromRoot(o.ID), "object", page); err != nil {
				return nil, err
			}
		}
	}
	if len(wr.Content.Glossary) > 0 {
		s := glossarySheet{sheet: wr.sheet(wr.words.say("glossary"), "")}
		var err error
		if s.Terms, err = wr.terms(b.inFolder("", b.fromRoot)); err != nil {
			return nil, err
		}
		if err := add(s.Glossary, "glossary", s); err != nil {
			return nil, err
		}
	}
	return sorted(append(files, wr.shelf.files()...)), nil
}

// text is a file of known bytes.
func text(name string, b []byte) file { return file{name, []part{{text: b}}} }

// page is the object k of module i.
func (b *binder) page(i, k int) (objectSheet, error) {
	m := b.Content.Modules[i]
	o := m.Objects[k]
	s := objectSheet{sheet: b.sheet(o.Title, upFromPage), Outline: b.outlineAt(i, k)}
	before, after := b.Content.Around(o.ID)
	s.Before, s.After = b.link(before), b.link(after)
	var err error
	if s.Object, err = b.content(m, o, b.outline[i].Objects[k], b.inFolder(upFromPage, b.fromPage)); err != nil {
		return s, err
	}
	if s.Object.Video != nil {
		b.play(s.Object.Video, *o.Video)
	}
	return s, nil
}

// link leads to an object before or after; nil where there is none.
func (b *binder) link(o course.Object) *link {
	if o.ID == "" {
		return nil
	}
	return &link{b.fromPage(o.ID), o.Title}
}

// wholeOutline is how many objects a course may have for every page to list them all.
const wholeOutline = 60

// outlineAt is the outline as the object k of module i shows it. A long one holds the objects of this module, and of the others the titles: a
// thousand pages would list a thousand pages each.
func (b *binder) outlineAt(i, k int) []module {
	out := slices.Clone(b.outline)
	if b.Content.Count() > wholeOutline {
		for n := range out {
			out[n].Objects = nil
		}
	}
	out[i].Objects = slices.Clone(b.outline[i].Objects)
	out[i].Objects[k].Here = true
	return out
}

// play puts into a page of the folder what plays the recording.
func (wr *writer) play(v *video, r course.Video) {
	v.Src = upFromPage + wr.shelf.take(r.File.Hash)
	if r.Poster.Hash != "" {
		v.Poster = upFromPage + wr.shelf.take(r.Poster.Hash)
	}
	tracks := r.Tracks
	if r.Captions.Hash != "" {
		tracks = append([]course.Track{{Lang: r.Lang, File: r.Captions}}, tracks...)
	}
	for i, t := range tracks {
		track := subtitles{Src: wr.shelf.inline(t.File.Hash), Lang: t.Lang, Label: wr.words.say("captions"), Own: i == 0 && r.Captions.Hash != ""}
		if len(tracks) > 1 {
			track.Label = languageName(t.Lang)
		}
		v.Tracks = append(v.Tracks, track.element())
	}
}

// subtitles are what is said, in one language.
type subtitles struct {
	Src, Lang, Label string
	Own              bool // in the language that is spoken
}

// element writes the track, whose address no template would let pass.
func (s subtitles) element() template.HTML {
	shown := ""
	if s.Own {
		shown = " default"
	}
	return template.HTML(fmt.Sprintf(`<track kind="captions" src="%s" srclang="%s" label="%s"%s>`, s.Src, html.EscapeString(s.Lang), html.EscapeString(s.Label), shown)) //nolint:gosec // escaped
}

// languageName is what a language is called in itself.
func languageName(tag string) string {
	name := display.Self.Name(language.Make(tag))
	first, size := utf8.DecodeRuneInString(name)
	if size == 0 {
		return tag
	}
	return string(unicode.ToUpper(first)) + name[size:]
}

// inFolder turns the texts of a page from which root leads to the folder's root, and object to an object.
func (b *binder) inFolder(root string, object func(course.ObjectID) string) turn {
	medium := func(address string) string {
		if g := goalOf(address); g.media != "" {
			return root + b.shelf.take(g.media)
		}
		return address
	}
	return func(n *xhtml.Node) {
		switch n.DataAtom {
		case atom.A:
			b.turnLink(n, root, object)
		case atom.Track:
			if g := goalOf(get(n, "src")); g.media != "" {
				set(n, "src", b.shelf.inline(g.media))
			}
		case atom.Img, atom.Video, atom.Audio, atom.Source:
			for _, name := range []string{"src", "poster"} {
				if address := get(n, name); address != "" {
					set(n, name, medium(address))
				}
			}
			set(n, "srcset", eachSource(get(n, "srcset"), medium))
			drop(n, "loading") // nothing is far away
		}
	}
}

func (b *binder) turnLink(n *xhtml.Node, root string, object func(course.ObjectID) string) {
	switch g := goalOf(get(n, "href")); {
	case g.outside:
		outside(n)
	case g.media != "":
		set(n, "href", root+b.shelf.take(g.media))
	case g.object != "":
		set(n, "href", withFragment(object(g.object), g.fragment))
	}
}

func withFragment(address, fragment string) string {
	if fragment == "" {
		return address
	}
	return address + "#" + fragment
}

// eachSource changes every address of a srcset.
func eachSource(srcset string, change func(string) string) string {
	sources := strings.Split(srcset, ",")
	for i, s := range sources {
		address, size, sized := strings.Cut(strings.TrimSpace(s), " ")
		if sources[i] = change(address); sized {
			sources[i] += " " + size
		}
	}
	return strings.Join(sources, ", ")
}
