package web

import (
	"context"
	"embed"
	"html/template"
	"io/fs"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/export"
	"aulacomune/lms/studio"
	"aulacomune/lms/web/front"
)

// Options are what these pages need beside the school.
type Options struct {
	Studio   *studio.Studio
	Exporter *export.Exporter
	Contact  string // whom to ask: an address or a sentence
	Texts    fs.FS  // the installation's own privacy.it.md and the like; nil means ours
	Markdown func(name, lang string, source []byte) (template.HTML, error)
	Guide    Guide
	Say      func(lang string, f course.Finding) course.Finding                     // a finding in another language; nil means that it stays as it is
	Demo     *Demo                                                                  // nil outside a demo
	Shows    func(ctx context.Context, a lms.Actor, slug course.Slug) (bool, error) // whether the catalogue shows a course to somebody; nil shows all
	Offers   Offers                                                                 // nil where there are none
	Webinars Webinars                                                               // nil where there are none
}

// Offers are the cohorts of a course that its page leads the reader to, and whether the course is taken without one, too.
type Offers func(r *front.Request, slug course.Slug) (cohorts []front.Crumb, alone bool, err error)

// Webinars tells what the page of a learning object says of the webinar that it is, by its name; false where the reader may see nothing of it.
type Webinars func(r *front.Request, name string) (WebinarView, bool, error)

// Demo is what a demo adds to the pages.
type Demo struct {
	Accounts []front.DemoAccount
	Restart  func() // begins again, after this request was answered
}

// pages is this room, open.
type pages struct {
	o     Options
	texts map[string]template.HTML
}

// request is a request to one of these pages.
type request struct {
	*front.Request
	pages *pages
}

//go:embed templates
var templateFiles embed.FS

//go:embed messages/*.json
var messageFiles embed.FS

//go:embed all:dist
var distFiles embed.FS

// Assets loads what the bundler wrote. It returns front.ErrAssets when that was not done.
func Assets() (*front.AssetSet, error) {
	dist, err := fs.Sub(distFiles, "dist")
	if err != nil {
		return nil, err
	}
	return front.LoadAssets(dist)
}

// LoadMessages reads the texts of every room.
func LoadMessages() (*front.Messages, error) {
	files, err := fs.Sub(messageFiles, "messages")
	if err != nil {
		return nil, err
	}
	return front.LoadMessages(files)
}

// Room opens the pages of learners, catalogue, studio and administration.
func Room(o Options) (front.Room, error) {
	texts, err := loadTexts(o)
	p := &pages{o, texts}
	return front.Room{Name: "lms/web", Routes: p.routes(), Templates: templateFiles, Menu: menu(), Desk: staffDesk(), Footer: footer(), Outcomes: outcomes()}, err
}

// menu is what every reader sees.
func menu() []front.Section {
	return []front.Section{
		{Label: "nav.courses", Address: "/corsi", Who: front.Anyone, Place: 10},
		{Label: "nav.learning", Address: "/apprendimento", Who: front.Signed, Place: 20},
		{Label: "nav.certificates", Address: "/attestati", Who: front.Signed, Place: 30},
		{Label: "nav.verify", Address: "/verifica", Who: front.Anyone, Place: 40, Brand: true},
		{Label: "nav.studio", Address: "/studio", Who: front.Writer, Place: 50},
		{Label: "nav.admin", Address: "/amministrazione", Who: front.Signed, Place: 60, Desk: true},
		{Label: "nav.help", Address: "/aiuto", Who: front.Anyone, Place: 90},
	}
}

// staffDesk is what administrators see.
func staffDesk() []front.Section {
	return []front.Section{
		{Label: "admin.overview", Address: "/amministrazione", Who: front.Admin, Place: 10, Group: front.Training},
		{Label: "admin.register", Address: "/amministrazione/registro", Also: []string{"/amministrazione/attestati"}, Who: front.Admin, Place: 80, Group: front.Office},
	}
}

// footer are the texts of the installation.
func footer() []front.Section {
	var out []front.Section
	for i, p := range textPages() {
		out = append(out, front.Section{Label: "text." + p, Address: "/" + p, Who: front.Anyone, Place: i})
	}
	return out
}

// outcomes are what was done without success.
func outcomes() map[string]string {
	return map[string]string{"enrol-first": "info", "moved-nobody": "info", "moved-partly": "warning", "published-partly": "warning", "published-unmoved": "warning"}
}
