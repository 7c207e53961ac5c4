package export

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html"
	"html/template"
	"strconv"
	"strings"

	"aulacomune/course"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// paper makes the one page to print.
func (x *Exporter) paper(wr *writer) (file, error) {
	s := paperSheet{sheet: wr.sheet(wr.Content.Title, ""), About: wr.about(anchorOf)}
	s.Style = template.CSS(string(x.style) + wr.margins()) //nolint:gosec // ours, and a text of which every letter is escaped
	sum := sha256.Sum256([]byte(s.Style))
	s.Policy = "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
	for i, m := range wr.Content.Modules {
		v := paperModule{module: s.About.Outline[i]}
		for k, o := range m.Objects {
			c, err := wr.content(m, o, v.Objects[k], wr.onPaper(string(o.ID), o.Title))
			if err != nil {
				return file{}, err
			}
			v.Contents = append(v.Contents, wr.still(c, o))
		}
		s.Modules = append(s.Modules, v)
	}
	var err error
	if s.Terms, err = wr.terms(wr.onPaper(glossaryID, wr.words.say("glossary"))); err != nil {
		return file{}, err
	}
	page, err := x.render(wr, "paper", s)
	return file{wr.fileName() + ".html", parts(page)}, err
}

// glossaryID stands before the ids in the glossary. No object has an underscore in its id.
const glossaryID = "_glossario"

func anchorOf(id course.ObjectID) string { return "#" + string(id) }

// still puts a picture in the place of an object's recording.
func (wr *writer) still(c content, o course.Object) content {
	c.Paper = true
	if c.Video != nil && o.Video.Poster.Hash != "" {
		p := o.Video.Poster
		c.Video.Picture = template.HTML(fmt.Sprintf(`<img src="%s" alt="%s"%s>`, wr.shelf.inline(p.Hash), html.EscapeString(o.Video.PosterAlt), dimensions(p))) //nolint:gosec // escaped
	}
	if c.Exercises != nil {
		c.Exercises.Paper = true
		for i := range c.Exercises.Questions {
			c.Exercises.Questions[i].Paper = true
		}
	}
	return c
}

func dimensions(m course.Media) string {
	if m.Width == 0 || m.Height == 0 {
		return ""
	}
	return fmt.Sprintf(` width="%d" height="%d"`, m.Width, m.Height)
}

// margins says on every sheet, below the text, which edition it is of, and which sheet this is.
func (wr *writer) margins() string {
	w := wr.words
	which := wr.Content.Title + " · " + w.say("edition.plain", wr.Edition.Number, short(wr.Edition.Hash))
	return "@page{@bottom-left{content:" + quoted(which) + "}@bottom-right{content:" + quoted(w.say("page")+" ") + ` counter(page) " / " counter(pages)}}`
}

// quoted is a text as a string of CSS, whatever it holds.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		if r == ' ' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, `\%x `, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// onPaper turns the texts of an object for the page that holds them all: ids and names bear the object's, links lead within the page, headings stand below
// those of module and object, nothing is folded, and what plays or is downloaded is named.
func (wr *writer) onPaper(object, title string) turn {
	return func(n *xhtml.Node) {
		if id := get(n, "id"); id != "" {
			set(n, "id", object+"."+id)
		}
		switch n.DataAtom {
		case atom.A:
			wr.linkOnPaper(n, object)
		case atom.Img:
			if g := goalOf(printed(n)); g.media != "" {
				set(n, "src", wr.shelf.inline(g.media))
			}
			drop(n, "loading", "srcset", "sizes")
		case atom.Video, atom.Audio:
			wr.name(n)
		case atom.Details:
			rename(n, atom.Div)
			set(n, "class", "unfolded")
		case atom.Summary:
			rename(n, atom.P)
			addClass(n, "unfolded-title")
		case atom.Div:
			if hasClass(n, "glossary") { // there is one for the whole course, at the end
				n.Parent.RemoveChild(n)
			}
			set(n, "aria-label", get(n, "aria-label")+", "+title) // every text has a first table
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			rename(n, lower(n.DataAtom))
		}
	}
}

// sharp is how many pixels wide a picture must be to look sharp on a sheet.
const sharp = 800

// printed is the address of a picture in the least of its widths that looks sharp on paper.
func printed(picture *xhtml.Node) string {
	best, width := get(picture, "src"), 0
	for _, s := range strings.Split(get(picture, "srcset"), ",") {
		address, size, _ := strings.Cut(strings.TrimSpace(s), " ")
		n, err := strconv.Atoi(strings.TrimSuffix(size, "w"))
		if err == nil && n >= sharp && (width == 0 || n < width) {
			best, width = address, n
		}
	}
	return best
}

// lower is a heading two levels down, as far as there are levels.
func lower(h atom.Atom) atom.Atom {
	switch h {
	case atom.H1:
		return atom.H3
	case atom.H2:
		return atom.H4
	case atom.H3:
		return atom.H5
	}
	return atom.H6
}

func (wr *writer) linkOnPaper(n *xhtml.Node, object string) {
	switch g := goalOf(get(n, "href")); {
	case g.outside:
		outside(n)
	case g.media != "":
		rename(n, atom.Span)
		drop(n, "href", "rel", "title")
		n.AppendChild(saying(element(atom.Span, "class", "file-about"), ", "+wr.words.say("file.online")))
	case strings.HasPrefix(g.fragment, termID): // the glossary is the whole course's
	case g.object == "":
		set(n, "href", "#"+object+"."+g.fragment)
	case g.fragment == "":
		set(n, "href", "#"+string(g.object))
	default:
		set(n, "href", "#"+string(g.object)+"."+g.fragment)
	}
}

// termID is how the ids of terms begin.
const termID = "term:"

// name writes in the place of a recording what it is, with its picture where it has one.
func (wr *writer) name(n *xhtml.Node) {
	kind := "video"
	if n.DataAtom == atom.Audio {
		kind = "sound"
	}
	text := wr.words.say(kind) + ": " + get(n, "aria-label")
	if m, ok := wr.Content.MediaByHash(goalOf(get(n, "src")).media); ok && m.Seconds > 0 {
		text += " (" + wr.words.length(m.Seconds) + ")"
	}
	if g := goalOf(get(n, "poster")); g.media != "" {
		n.Parent.InsertBefore(element(atom.Img, "src", wr.shelf.inline(g.media), "alt", ""), n)
	}
	n.Parent.InsertBefore(saying(element(atom.P, "class", "recording-name"), text), n)
	n.Parent.RemoveChild(n)
}
