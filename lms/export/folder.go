package export

import (
	"fmt"
	"html"
	"html/template"
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

// folder makes every file of the web folder.
func (x *Exporter) folder(wr *writer) ([]file, error) {
	files := []file{text(styleName, x.style), text(logoName, x.logo)}
	add := func(name, template string, data any) error {
		page, err := x.render(wr, template, data)
		if err == nil {
			files = append(files, file{name, parts(page)})
		}
		return err
	}
	index := indexSheet{wr.sheet(wr.Content.Title, ""), wr.about(wr.pageFromRoot)}
	if err := add(indexName, "index", index); err != nil {
		return nil, err
	}
	number := 0
	for m, o := range wr.Content.Objects() {
		number++
		page, err := wr.page(m, o, number)
		if err != nil {
			return nil, err
		}
		if err := add(wr.pageFromRoot(number, o.ID), "object", page); err != nil {
			return nil, err
		}
	}
	if len(wr.Content.Glossary) > 0 {
		s := glossarySheet{sheet: wr.sheet(wr.words.say("glossary"), "")}
		var err error
		if s.Terms, err = wr.terms(wr.inFolder("")); err != nil {
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

// pageName is the file of an object: numbered, so that a file manager lists them as they are read.
func (wr *writer) pageName(number int, id course.ObjectID) string {
	digits := len(fmt.Sprint(max(10, wr.Content.Count())))
	return fmt.Sprintf("%0*d-%s.html", digits, number, id)
}

func (wr *writer) pageFromRoot(number int, id course.ObjectID) string {
	return wr.words.say("file.pages") + "/" + wr.pageName(number, id)
}

// page is one object.
func (wr *writer) page(m course.Module, o course.Object, number int) (objectSheet, error) {
	s := objectSheet{sheet: wr.sheet(o.Title, upFromPage), Outline: wr.outline(wr.pageName)}
	numbers := map[course.ObjectID]int{}
	var head object
	for i := range s.Outline {
		for k := range s.Outline[i].Objects {
			each := &s.Outline[i].Objects[k]
			numbers[wr.Content.Modules[i].Objects[k].ID] = each.Number
			if each.Here = each.Number == number; each.Here {
				head = *each
			}
		}
	}
	before, after := wr.Content.Around(o.ID)
	for _, x := range []struct {
		to *course.Object
		in **link
	}{{&before, &s.Before}, {&after, &s.After}} {
		if x.to.ID != "" {
			*x.in = &link{wr.pageName(numbers[x.to.ID], x.to.ID), x.to.Title}
		}
	}
	var err error
	if s.Object, err = wr.content(m, o, head, wr.inFolder(upFromPage)); err != nil {
		return s, err
	}
	if s.Object.Video != nil {
		wr.play(s.Object.Video, *o.Video)
	}
	return s, nil
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

// inFolder turns the texts of a page from which root leads to the folder's root.
func (wr *writer) inFolder(root string) turn {
	pages := map[course.ObjectID]string{}
	number := 0
	for _, o := range wr.Content.Objects() {
		number++
		if pages[o.ID] = wr.pageFromRoot(number, o.ID); root == upFromPage {
			pages[o.ID] = wr.pageName(number, o.ID)
		}
	}
	medium := func(address string) string {
		if g := goalOf(address); g.media != "" {
			return root + wr.shelf.take(g.media)
		}
		return address
	}
	return func(n *xhtml.Node) {
		switch n.DataAtom {
		case atom.A:
			wr.linkInFolder(n, root, pages)
		case atom.Track:
			if g := goalOf(get(n, "src")); g.media != "" {
				set(n, "src", wr.shelf.inline(g.media))
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

func (wr *writer) linkInFolder(n *xhtml.Node, root string, pages map[course.ObjectID]string) {
	switch g := goalOf(get(n, "href")); {
	case g.outside:
		outside(n)
	case g.media != "":
		set(n, "href", root+wr.shelf.take(g.media))
	case g.object != "":
		set(n, "href", withFragment(pages[g.object], g.fragment))
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
