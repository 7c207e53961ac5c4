package front

import (
	"cmp"
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
	Shared       bool       // it says to other sites what it is, for where a link to it is passed on (Open Graph)
	Picture      string     // of such a page, "" for none: an address in full
	Feeds        []Feed     // that programs find in its head
	User         *FrameUser // nil when nobody is signed in
	Demo         bool
	DemoAccounts []DemoAccount
	DemoPlaces   []Crumb // that the banner of a demo leads to
	CSRF         string
	Menu         []Entry     // what the reader sees of the rooms
	Desk         []DeskGroup // tabs of the staff's pages, for part/desk
	Crumbs       []Crumb
	Notice       *Notice
	Owner        string // of this installation
	Footer       []Crumb
}

// FrameUser is who is signed in.
type FrameUser struct {
	Name, Initials string
	Author         bool
}

// DemoAccount is one of "Entra come …".
type DemoAccount struct{ Label, Email string }

// Feed is what programs fetch of a page again and again.
type Feed struct{ Label, Href, Type string }

// Crumb is a link with its words; without Href it is where the reader is.
type Crumb struct{ Label, Href string }

// Notice is a message above the page.
type Notice struct{ Kind, Text string } // success | info | warning | danger

// FrameOf is what surrounds a page for somebody, before what belongs to one request: title, token, notice.
func (s *Site) FrameOf(a lms.Actor, lang, address string) Frame {
	f := Frame{Lang: lang, Path: address, Here: address, Owner: s.o.Owner, Canonical: s.o.URL + address}
	f.Menu, f.Desk = s.entries(s.menu, a, lang, address), s.deskOf(a, lang, address)
	if !a.Nobody() {
		f.User = &FrameUser{Name: a.Name, Initials: initials(a.Name), Author: a.Is(lms.Author)}
	}
	f.Demo, f.DemoAccounts = s.o.Demo != nil, s.o.Demo
	for _, x := range s.banner {
		f.DemoPlaces = append(f.DemoPlaces, Crumb{s.o.Messages.Text(lang, x.Label), x.Address})
	}
	for _, x := range s.footer {
		f.Footer = append(f.Footer, Crumb{s.o.Messages.Text(lang, x.Label), x.Address})
	}
	return f
}

// fill sets what every page's frame shows.
func (r *Request) fill(f *Frame) error {
	all := r.site.FrameOf(r.Actor, r.Lang, r.Path)
	f.Lang, f.Path, f.Here, f.Owner, f.CSRF, f.Canonical = all.Lang, all.Path, all.Here, all.Owner, CSRF(r.secret), all.Canonical
	f.Menu, f.Desk, f.User, f.Demo, f.DemoAccounts, f.DemoPlaces, f.Footer = all.Menu, all.Desk, all.User, all.Demo, all.DemoAccounts, all.DemoPlaces, all.Footer
	if outcome := r.Query("esito"); f.Notice == nil && outcome != "" && r.Has("outcome."+outcome) {
		f.Notice = &Notice{cmp.Or(r.site.outcomes[outcome], "success"), r.T("outcome." + outcome)}
	}
	r.frame = f
	return r.share(f)
}

// share puts in what all pages share.
func (r *Request) share(f *Frame) (err error) {
	if f.Head, err = r.head(f); err != nil {
		return err
	}
	if f.Header, err = r.header(f); err != nil {
		return err
	}
	f.Bottom, err = r.Fragment("frame/footer", "", func() any { return f })
	return err
}

// head gives what stands in the page's head: rendered once for what there is to be said, then filled with it.
func (r *Request) head(f *Frame) (template.HTML, error) {
	blank := Frame{Title: blankIf(f.Title, blankTitle), Description: blankIf(f.Description, blankDescription), CSRF: blankIf(f.CSRF, BlankCSRF), NoIndex: f.NoIndex, Script: f.Script, Lang: f.Lang, Shared: f.Shared, Picture: f.Picture, Feeds: f.Feeds}
	if !f.NoIndex { // there are few of these pages, and an address is no place for a blank
		blank.Canonical = f.Canonical
	}
	return r.Fragment("frame/head", fmt.Sprint(blank), func() any { return blank })
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
// Whoever makes up addresses fills no memory: one that is nowhere in the menu has the header of all such.
func (r *Request) header(f *Frame) (template.HTML, error) {
	kind := "nobody"
	if f.User != nil {
		kind = "user"
		if f.User.Author {
			kind = "author"
		}
	}
	for _, e := range f.Menu {
		kind += " " + e.Href + ":" + e.Current
	}
	return r.Fragment("frame/top", kind, func() any {
		blank := *f
		blank.Here = blankHere
		blank.CSRF = blankIf(f.CSRF, BlankCSRF)
		if f.User != nil {
			blank.User = &FrameUser{Name: blankName, Initials: blankInit, Author: f.User.Author}
		}
		return &blank
	})
}

// The blanks that handlers may put into the data of a Fragment.
const (
	BlankCSRF    = "\ue002" // the reader's token
	BlankAttempt = "\ue006" // the id of a form's next attempt
)

// The frame's own blanks: characters of Unicode's private use area, as are the others.
const (
	blankName        = "\ue000"
	blankInit        = "\ue001"
	blankHere        = "\ue003"
	blankTitle       = "\ue004"
	blankDescription = "\ue005"
)

// blankIf is a blank in the place of a value, if there is one.
func blankIf(value, blank string) string {
	if value == "" {
		return ""
	}
	return blank
}

// fillIn is the reader's own value for a blank, as HTML.
func (r *Request) fillIn(blank string) string {
	switch blank {
	case "":
		return ""
	case BlankCSRF:
		return CSRF(r.secret)
	case BlankAttempt:
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
