package web

import (
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"mime/multipart"
)

// textPages are the addresses of the footer, in its order.
func textPages() []string { return []string{"aiuto", "privacy", "accessibilita", "note-legali"} }

//go:embed texts/*.md
var ourTexts embed.FS

// loadTexts renders the footer's pages: the installation's own file where there is one ("privacy.it.md"), otherwise ours.
func loadTexts(o Options) (map[string]template.HTML, error) {
	out := map[string]template.HTML{}
	for _, page := range textPages() {
		for _, lang := range Langs() {
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
		p := &TextPage{Body: r.site.texts[page+"."+r.lang+".md"]}
		title := r.t("text." + page)
		p.Crumbs = r.crumbs(Crumb{title, ""})
		return r.show("text", title, p)
	}
}

func readUpload(h *multipart.FileHeader) (string, error) {
	f, err := h.Open()
	if err != nil {
		return "", fmt.Errorf("open upload: %w", err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		return "", fmt.Errorf("read upload: %w", err)
	}
	return string(b), nil
}
