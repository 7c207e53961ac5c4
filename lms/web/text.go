package web

import (
	"aulacomune/lms/web/front"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
)

// textPages are the addresses of the footer, in its order.
func textPages() []string { return []string{"aiuto", "privacy", "accessibilita", "note-legali"} }

//go:embed texts/*.md
var ourTexts embed.FS

// loadTexts renders the footer's pages: the installation's own file where there is one ("privacy.it.md"), otherwise ours.
func loadTexts(o Options) (map[string]template.HTML, error) {
	out := map[string]template.HTML{}
	for _, page := range textPages() {
		for _, lang := range front.Langs() {
			name := page + "." + lang + ".md"
			source, err := readText(o, name)
			if err != nil {
				return nil, err
			}
			if out[name], err = o.Markdown(name, lang, source); err != nil {
				return nil, fmt.Errorf("text %s: %w", name, err)
			}
		}
	}
	return out, nil
}

func readText(o Options, name string) ([]byte, error) {
	if o.Texts != nil {
		b, err := fs.ReadFile(o.Texts, name)
		if !errors.Is(err, fs.ErrNotExist) {
			return b, err
		}
	}
	return ourTexts.ReadFile("texts/" + name)
}

// textPage shows one of the footer's pages.
func textPage(page string) func(*request) error {
	return func(r *request) error {
		p := &TextPage{Body: r.pages.texts[page+"."+r.Lang+".md"]}
		title := r.T("text." + page)
		p.Crumbs = r.Crumbs(front.Crumb{Label: title, Href: ""})
		return r.Show("text", title, p)
	}
}
