package markup

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"aulacomune/content/lint"
	"aulacomune/course"
)

// Targets knows the rest of the course: what a destination written in a text leads to.
type Targets interface {
	// Object finds a learning object by the path of its text or by its id, with the ids a fragment may name.
	Object(dest string) (id course.ObjectID, anchors map[string]bool, ok bool)
	// Media finds a file by its path; where it can't be used it says so in the report. kind is "image/" for pictures.
	Media(dest, kind string, at lint.Place, report *lint.Report) (course.Media, bool)
	// Narrower finds the same picture in other widths, the narrowest first.
	Narrower(picture course.Media, at lint.Place, report *lint.Report) []course.Media
	// Recording finds a video or a sound with what goes with it; where it can't be used it says so in the report.
	Recording(dest string, at lint.Place, report *lint.Report) (course.Video, bool)
	// Glossary finds the course's glossary; it is nil when the course should have one and has not.
	Glossary(dest string) (g *Glossary, ok bool)
	// Beside is the same course as another text sees it: paths begin in that text's folder.
	Beside(file string) Targets
	// Nearest is what a destination that leads nowhere was probably meant to be.
	Nearest(dest string) string
}

// Resolve settles where links and pictures lead. Every other text must have been parsed by now.
func (p *Page) Resolve(t Targets, report *lint.Report) {
	for i := range p.Images {
		image := &p.Images[i]
		at := p.File.At(image.Node.Pos())
		media, ok := t.Media(plain(image.Node.Destination), "image/", at, report)
		if ok {
			image.Media = media
			image.Node.SetAttributeString("media", media)
			if narrower := t.Narrower(media, at, report); len(narrower) > 0 {
				image.Node.SetAttributeString("narrower", narrower)
			}
		}
	}
	p.resolveRecordings(t, report)
	for _, n := range p.Links {
		switch n := n.(type) {
		case *ast.Link:
			p.resolve(n, plain(n.Destination), t, report)
		case *ast.AutoLink:
			dest := string(n.URL(p.File.Text))
			if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(dest), "mailto:") {
				dest = "mailto:" + dest
			}
			p.resolve(n, dest, t, report)
		}
	}
	for _, f := range p.fragments {
		f.Resolve(t.Beside(f.File.Path), report)
	}
	if p.host == nil && len(p.terms) > 0 {
		p.showTerms(report)
	}
}

// plain undoes what Markdown allows in a destination: backslashes and character references.
func plain(dest []byte) string {
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(dest))))
}

// resolve gives a link its address, or a finding.
func (p *Page) resolve(n ast.Node, dest string, t Targets, report *lint.Report) {
	at := p.File.At(n.Pos())
	u, err := url.Parse(dest)
	switch {
	case lint.Local(dest):
		report.Add(lint.LocalPath, at, dest)
	case err != nil || dest == "":
		report.Add(lint.BrokenLink, at, dest, "")
	case external(u):
		n.SetAttributeString("href", u.String())
		if u.Scheme != "mailto" {
			n.SetAttributeString("rel", true)
		}
	case u.Scheme != "" || u.Host != "" || u.User != nil || u.Opaque != "" || u.RawQuery != "":
		report.Add(lint.LinkScheme, at, dest)
	case u.Path == "" && p.words != nil:
		p.term(n, p.words, u.Fragment, report)
	case u.Path == "":
		p.anchor(n, "", u.Fragment, p.Anchors, report)
	default:
		p.inside(n, u, t, report)
	}
}

// external says that an address is one of the kinds that may lead out of the course.
func external(u *url.URL) bool {
	switch u.Scheme {
	case "https", "http":
		return u.Host != "" && u.User == nil
	case "mailto":
		return u.Opaque != "" && strings.Contains(u.Opaque, "@")
	}
	return false
}

// inside resolves a link to another object or to a file of the course.
func (p *Page) inside(n ast.Node, u *url.URL, t Targets, report *lint.Report) {
	at := p.File.At(n.Pos())
	if g, ok := t.Glossary(u.Path); ok {
		p.term(n, g, u.Fragment, report)
		return
	}
	if id, anchors, ok := t.Object(u.Path); ok {
		p.anchor(n, string(id), u.Fragment, anchors, report)
		return
	}
	if strings.HasPrefix(u.Path, "www.") {
		report.Add(lint.BrokenLink, at, u.Path, "https://"+u.Path)
		return
	}
	name := u.Path[strings.LastIndexByte(u.Path, '/')+1:]
	if !strings.Contains(name, ".") || strings.HasSuffix(name, ".md") || u.Fragment != "" {
		report.Add(lint.BrokenLink, at, u.Path, t.Nearest(u.Path))
		return
	}
	if media, ok := t.Media(u.Path, "", at, report); ok {
		n.SetAttributeString("href", Address(media))
		n.SetAttributeString("file", media)
	}
}

// anchor gives a link the address of an object and a heading in it.
func (p *Page) anchor(n ast.Node, object, fragment string, anchors map[string]bool, report *lint.Report) {
	if fragment != "" && !anchors[fragment] {
		report.Add(lint.BrokenAnchor, p.File.At(n.Pos()), fragment, nearest(p, fragment, anchors))
		return
	}
	if object == "" && fragment == "" {
		report.Add(lint.BrokenLink, p.File.At(n.Pos()), "#", "")
		return
	}
	n.SetAttributeString("href", (&url.URL{Path: object, Fragment: fragment}).String())
}

// nearest is the name that a fragment was probably meant to be. Among very many, or very often, it does not look: a text of broken
// links would never end.
func nearest[T any](p *Page, fragment string, names map[string]T) string {
	const mostNames, mostGuesses = 1000, 100
	if p.guesses++; p.guesses > mostGuesses || len(names) > mostNames {
		return ""
	}
	return lint.Nearest(fragment, slices.Sorted(maps.Keys(names)))
}

// renderLink writes a link; one without an address is only its words.
func (r writer) renderLink(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	found, _ := n.AttributeString("href")
	href, _ := found.(string)
	if entering && href != "" {
		_, _ = w.WriteString(`<a href="`)
		_, _ = w.Write(util.EscapeHTML([]byte(href)))
		_ = w.WriteByte('"')
		if link, ok := n.(*ast.Link); ok && len(link.Title) > 0 {
			_, _ = w.WriteString(` title="`)
			r.plain.Write(w, link.Title)
			_ = w.WriteByte('"')
		}
		if _, out := n.AttributeString("rel"); out {
			_, _ = w.WriteString(` rel="noopener noreferrer"`)
		}
		if _, term := n.AttributeString("term"); term {
			_, _ = w.WriteString(` class="term"`)
		}
		if first, ok := n.AttributeString("termref"); ok {
			id, _ := first.(string)
			r.attribute(w, "id", "termref:"+id)
		}
		_ = w.WriteByte('>')
	}
	if auto, ok := n.(*ast.AutoLink); ok && entering {
		_, _ = w.Write(util.EscapeHTML(auto.Label(source)))
	}
	if !entering && href != "" {
		r.about(w, source, n)
		_, _ = w.WriteString("</a>")
	}
	return ast.WalkContinue, nil
}
