package manuscript

import (
	"cmp"
	"net/url"
	"path"
	"slices"
	"strings"

	"aulacomune/course"
	"aulacomune/lms/studio"
)

// File is a file of a draft in a list.
type File struct {
	Path, Name, Anchor         string
	Href, Query                string // where it is written, and what the other addresses about it end in
	Title                      string // of a learning object; otherwise its name
	Sort                       string // object | text | sheet | captions | drawing | picture | video | audio | document
	Kind                       string // of a learning object
	Minutes                    int
	Size                       int64
	Src                        string // address of its bytes
	Width, Height              int
	Seconds                    float64
	Errors, Warnings, Comments int
	Paste                      string // the line that shows it in a text
	First, Last                bool   // in the whole course
}

// Module is a module of a draft.
type Module struct {
	Number                     int
	ID, Anchor, Title, Summary string
	Minutes                    int
	Objects                    []File
	First, Last                bool
}

// Reader says things in a reader's language.
type Reader struct {
	Text    func(key string, args ...any) string
	Finding func(course.Finding) course.Finding
}

// List is a compiled draft as its pages list it.
type List struct {
	studio.Compiled
	reader Reader
	found  map[string]Count
}

// Count is how many errors and warnings there are.
type Count struct{ Errors, Warnings int }

// NewList lists a compiled draft for a reader.
func NewList(r Reader, c studio.Compiled) List {
	l := List{c, r, map[string]Count{}}
	for _, f := range c.Findings {
		n := l.found[f.File]
		if f.Severity == course.SeverityError {
			n.Errors++
		} else {
			n.Warnings++
		}
		l.found[f.File] = n
	}
	return l
}

// Total is how many errors and warnings the whole draft has.
func (l List) Total() (all Count) {
	for _, n := range l.found {
		all.Errors, all.Warnings = all.Errors+n.Errors, all.Warnings+n.Warnings
	}
	return all
}

// Modules are the modules with their learning objects.
func (l List) Modules() []Module {
	var out []Module
	for i, m := range l.Outline.Modules {
		v := Module{Number: i + 1, ID: m.ID, Anchor: "m-" + Anchor(m.ID), Title: m.Title, Summary: m.Summary, First: i == 0, Last: i == len(l.Outline.Modules)-1}
		for k, name := range m.Objects {
			f := l.File(l.Files[name])
			f.First, f.Last = i == 0 && k == 0, v.Last && k == len(m.Objects)-1
			v.Minutes += f.Minutes
			v.Objects = append(v.Objects, f)
		}
		out = append(out, v)
	}
	return out
}

// Others are the files that are no learning objects, in the order of their paths. The narrower widths of a picture belong to it.
func (l List) Others() []File {
	objects := map[string]bool{}
	for _, m := range l.Outline.Modules {
		for _, name := range m.Objects {
			objects[name] = true
		}
	}
	var out []File
	for _, f := range l.Files {
		if !objects[f.Path] && !narrower(f.Path) {
			out = append(out, l.File(f))
		}
	}
	slices.SortFunc(out, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return out
}

// Widths are the narrower widths of a picture, the widest first.
func (l List) Widths(picture string) []File {
	stem := strings.TrimSuffix(picture, path.Ext(picture))
	var out []File
	for name, f := range l.Files {
		if narrower(name) && strings.HasPrefix(name, stem+".") {
			out = append(out, l.File(f))
		}
	}
	slices.SortFunc(out, func(a, b File) int { return cmp.Compare(b.Width, a.Width) })
	return out
}

// narrower says that a file is a narrower width of a picture: foto.800w.jpg.
func narrower(name string) bool {
	width := path.Ext(strings.TrimSuffix(name, path.Ext(name)))
	digits := strings.TrimSuffix(strings.TrimPrefix(width, "."), "w")
	return strings.HasSuffix(width, "w") && digits != "" && strings.Trim(digits, "0123456789") == ""
}

// File is a file as a list shows it.
func (l List) File(f studio.File) File {
	n := l.found[f.Path]
	v := File{
		Path: f.Path, Name: path.Base(f.Path), Anchor: "f-" + Anchor(f.Path), Href: Href(l.Draft.ID, "scrivi", f.Path), Query: "?file=" + Escape(f.Path), Title: path.Base(f.Path), Sort: Sort(f),
		Size: int64(len(f.Text)), Errors: n.Errors, Warnings: n.Warnings, Comments: f.Open(),
	}
	if o, ok := l.Object(f.Path); ok {
		v.Sort, v.Kind, v.Minutes, v.Title = "object", string(o.Kind), o.Minutes, cmp.Or(o.Title, v.Title)
	}
	switch m, shown := l.Shown(f.Path); {
	case v.Sort == "sheet":
		v.Title = l.reader.Text("studio.sheet")
	case f.Media != nil:
		v.Size, v.Width, v.Height, v.Seconds, v.Src = f.Media.Size, f.Media.Width, f.Media.Height, f.Media.Seconds, l.Address(*f.Media)
	case shown: // a drawing or captions
		v.Src = l.Address(m)
	}
	v.Paste = l.paste(v)
	return v
}

// Removed is a file that was removed: it is not compiled, and has the title that its text gives it.
func (l List) Removed(f studio.File) File {
	v := l.File(f)
	for line := range strings.Lines(f.Text) {
		if title, ok := strings.CutPrefix(line, "title:"); ok {
			v.Title = cmp.Or(strings.Trim(strings.TrimSpace(title), `"'`), v.Title)
			break
		}
	}
	return v
}

// Shown is a media file that the course shows.
func (l List) Shown(name string) (course.Media, bool) {
	for _, m := range l.Course.Media {
		if m.Path == name {
			return m, true
		}
	}
	return course.Media{}, false
}

// Address is where the bytes of a media file are.
func (l List) Address(m course.Media) string {
	return DraftHref(l.Draft.ID) + "/media/" + string(m.Hash) + "/" + path.Base(m.Path)
}

// Captions is the path of a recording's captions: those that an object names, or those that lie beside it under the same name.
func (l List) Captions(recording string) string {
	for _, o := range l.Course.Objects() {
		if o.Video != nil && o.Video.File.Path == recording && o.Video.Captions.Path != "" {
			return o.Video.Captions.Path
		}
	}
	return strings.TrimSuffix(recording, path.Ext(recording)) + ".vtt"
}

// Sort says what sort of file it is, where it is no learning object.
func Sort(f studio.File) string {
	ext := strings.ToLower(path.Ext(f.Path))
	switch {
	case f.Path == studio.Manifest:
		return "sheet"
	case f.Media == nil && ext == ".vtt":
		return "captions"
	case f.Media == nil && ext == ".svg":
		return "drawing"
	case f.Media == nil:
		return "text"
	}
	switch kind, _, _ := strings.Cut(f.Media.Type, "/"); kind {
	case "image":
		return "picture"
	case "video", "audio":
		return kind
	}
	return "document"
}

// Syntax is the language that a text is written in, by its name.
func Syntax(name string) string {
	if ext := strings.TrimPrefix(strings.ToLower(path.Ext(name)), "."); ext != "md" {
		return ext
	}
	return "markdown"
}

// paste is the line that shows a file in a text; a file of the course is found from everywhere by its path with a slash before it.
func (l List) paste(f File) string {
	switch f.Sort {
	case "picture", "drawing":
		return "![" + l.reader.Text("studio.paste.alt") + "](/" + f.Path + ")"
	case "video", "audio":
		return "![" + l.reader.Text("studio.paste.recording") + "](/" + f.Path + ")"
	case "document":
		return "[" + l.reader.Text("studio.paste.document") + "](/" + f.Path + ")"
	case "captions":
		return "captions: " + f.Path
	}
	return ""
}

// DraftHref is the address of a draft.
func DraftHref(id studio.DraftID) string { return "/studio/" + string(id) }

// Href is the address of a page about a file of a draft.
func Href(id studio.DraftID, page, name string) string {
	return DraftHref(id) + "/" + page + "?file=" + Escape(name)
}

// Escape makes a path part of an address's query; its slashes stay readable.
func Escape(name string) string { return strings.ReplaceAll(url.QueryEscape(name), "%2F", "/") }

// Anchor makes an id of a path.
func Anchor(name string) string {
	return strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' {
			return c
		}
		return '-'
	}, name)
}
