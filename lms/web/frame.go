package web

import (
	"fmt"
	"html/template"
	"strings"
	"unicode"
	"unicode/utf8"

	"aulacomune/lms"

	"github.com/google/uuid"
)

// Frame is what surrounds every page.
type Frame struct {
	Lang         string
	ContentLang  string // of the course's own words, "" when it is the page's
	Title        string
	Description  string
	Path         string        // of this page, without query
	Here         string        // the same, as the address to come back to
	Script       string        // name of a script of its own, "" without one
	Head         template.HTML // the three parts that all pages share; a template without them renders them in place
	Header       template.HTML
	Bottom       template.HTML
	Canonical    string
	NoIndex      bool
	User         *FrameUser // nil when nobody is signed in
	Demo         bool
	DemoAccounts []DemoAccount
	CSRF         string
	Crumbs       []Crumb
	Notice       *Notice
	Owner        string // of this installation
	Footer       []Crumb
}

// FrameUser is who is signed in.
type FrameUser struct {
	Name, Initials string
	Admin, Author  bool
}

// DemoAccount is one of "Entra come …".
type DemoAccount struct{ Label, Email string }

// Crumb is a link with its words; without Href it is where the reader is.
type Crumb struct{ Label, Href string }

// Notice is a message above the page.
type Notice struct{ Kind, Text string } // success | info | warning | danger

// fill sets what every page's frame shows.
func (r *request) fill(f *Frame) (err error) {
	o := r.site.o
	f.Lang, f.Path, f.Here, f.Owner, f.CSRF = r.lang, r.path, r.path, o.Owner, csrf(r.secret)
	f.Canonical = o.URL + r.path
	if !r.actor.Nobody() {
		f.User = &FrameUser{Name: r.actor.Name, Initials: initials(r.actor.Name), Admin: r.actor.Is(lms.Administrator), Author: r.actor.Is(lms.Author)}
	}
	if o.Demo != nil {
		f.Demo, f.DemoAccounts = true, o.Demo.Accounts
	}
	for _, p := range textPages() {
		f.Footer = append(f.Footer, Crumb{r.t("text." + p), "/" + p})
	}
	if key := "outcome." + r.query("esito"); f.Notice == nil && key != "outcome." && o.Messages.Has(r.lang, key) {
		f.Notice = &Notice{"success", r.t(key)}
		switch key {
		case "outcome.enrol-first", "outcome.moved-nobody": // nothing was done
			f.Notice.Kind = "info"
		case "outcome.moved-partly":
			f.Notice.Kind = "warning"
		}
	}
	r.frame = f
	return r.share(f)
}

// share puts in what all pages share.
func (r *request) share(f *Frame) (err error) {
	if f.Head, err = r.head(f); err != nil {
		return err
	}
	if f.Header, err = r.header(f); err != nil {
		return err
	}
	f.Bottom, err = r.fragment("frame/footer", "", func() any { return f })
	return err
}

// head gives what stands in the page's head: rendered once for what there is to be said, then filled with it.
func (r *request) head(f *Frame) (template.HTML, error) {
	blank := Frame{Title: blankIf(f.Title, blankTitle), Description: blankIf(f.Description, blankDescription), CSRF: blankIf(f.CSRF, blankCSRF), NoIndex: f.NoIndex, Script: f.Script}
	if !f.NoIndex { // there are few of these pages, and an address is no place for a blank
		blank.Canonical = f.Canonical
	}
	return r.fragment("frame/head", fmt.Sprint(blank), func() any { return blank })
}

func initials(name string) string {
	var out []rune
	for _, w := range strings.Fields(name) {
		first, _ := utf8.DecodeRuneInString(w)
		out = append(out, unicode.ToUpper(first))
	}
	if len(out) > 2 {
		out = []rune{out[0], out[len(out)-1]}
	}
	return string(out)
}

// header gives the frame's header: rendered once for each kind of reader and place in the menu, then filled with what differs from reader to reader.
func (r *request) header(f *Frame) (template.HTML, error) {
	kind := "nobody"
	if f.User != nil {
		kind = "user"
		if f.User.Admin {
			kind = "admin"
		}
		if f.User.Author {
			kind += " author"
		}
	}
	section, _, below := strings.Cut(strings.TrimPrefix(f.Path, "/"), "/")
	switch section {
	case "corsi", "apprendimento", "attestati", "verifica", "studio", "amministrazione", "aiuto":
		if below {
			section += "/"
		}
	default: // no place in the menu: whoever makes up addresses fills no memory
		section = ""
	}
	return r.fragment("frame/top", kind+" "+section, func() any {
		blank := *f
		blank.Here = blankHere
		blank.CSRF = blankIf(f.CSRF, blankCSRF)
		if f.User != nil {
			blank.User = &FrameUser{Name: blankName, Initials: blankInit, Admin: f.User.Admin, Author: f.User.Author}
		}
		return &blank
	})
}

// The blanks of fragments: characters of Unicode's private use area.
const (
	blankName        = "\ue000"
	blankInit        = "\ue001"
	blankCSRF        = "\ue002"
	blankHere        = "\ue003"
	blankTitle       = "\ue004"
	blankDescription = "\ue005"
	blankAttempt     = "\ue006" // the id of a form's next attempt
)

// blankIf is a blank in the place of a value, if there is one.
func blankIf(value, blank string) string {
	if value == "" {
		return ""
	}
	return blank
}

// fillIn is the reader's own value for a blank, as HTML.
func (r *request) fillIn(blank string) string {
	switch blank {
	case "":
		return ""
	case blankCSRF:
		return csrf(r.secret)
	case blankAttempt:
		return uuid.NewString()
	}
	return template.HTMLEscapeString(r.frame.value(blank))
}

// value is what a frame has for a blank.
func (f *Frame) value(blank string) string {
	switch blank {
	case blankName:
		return f.User.Name
	case blankInit:
		return f.User.Initials
	case blankHere:
		return f.Here
	case blankTitle:
		return f.Title
	case blankDescription:
		return f.Description
	}
	return blank
}
