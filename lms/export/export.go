package export

import (
	"bytes"
	"context"
	"embed"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"html/template"
	"io"
	"path"
	"regexp"
	"strings"

	"aulacomune/lms"
)

//go:embed templates/*.html
var templateFiles embed.FS

// Exporter writes editions. It may be used by many at once.
type Exporter struct {
	school *lms.School
	url    string // public address, without a slash at the end
	style  []byte // with its fonts inside
	logo   []byte
	words  map[string]words
	pages  map[string]*template.Template // by the language of our words
}

// Options are what an exporter needs.
type Options struct {
	School *lms.School                       // whose editions it exports
	URL    string                            // public address
	Asset  func(name string) ([]byte, error) // finds what pages are drawn with: "export.css", what that refers to, "logo.svg" and the sprite "icons.svg"
}

// New prepares an exporter.
func New(o Options) (*Exporter, error) {
	asset := o.Asset
	x := &Exporter{school: o.School, url: strings.TrimSuffix(o.URL, "/"), words: map[string]words{}, pages: map[string]*template.Template{}}
	var err error
	if x.style, err = selfContained(asset); err != nil {
		return nil, err
	}
	if x.logo, err = asset("logo.svg"); err != nil {
		return nil, err
	}
	sprite, err := asset("icons.svg")
	if err != nil {
		return nil, err
	}
	icons, err := symbols(sprite)
	if err != nil {
		return nil, err
	}
	for _, lang := range langs() {
		w, err := loadWords(lang)
		if err != nil {
			return nil, err
		}
		x.words[lang] = w
		funcs := template.FuncMap{"t": w.t, "count": w.count, "icon": icons.draw, "logo": func() template.HTML { return drawing(x.logo) }}
		if x.pages[lang], err = template.New("").Funcs(funcs).ParseFS(templateFiles, "templates/*.html"); err != nil {
			return nil, fmt.Errorf("templates of export: %w", err)
		}
	}
	return x, nil
}

// selfContained is the style with what it refers to inside.
func selfContained(asset func(string) ([]byte, error)) ([]byte, error) {
	style, err := asset("export.css")
	if err != nil {
		return nil, err
	}
	var errs []error
	style = regexp.MustCompile(`url\("\./[^")]+"\)`).ReplaceAllFunc(style, func(found []byte) []byte {
		body, err := asset(path.Base(string(found[:len(found)-len(`")`)])))
		errs = append(errs, err)
		return []byte("url(data:font/woff2;base64," + base64.StdEncoding.EncodeToString(body) + ")")
	})
	return style, errors.Join(errs...)
}

// drawn are the icons by their names.
type drawn map[string]template.HTML

// symbols takes the sprite apart: a page from the disk may not point into another file.
func symbols(sprite []byte) (drawn, error) {
	var all struct {
		Symbols []struct {
			ID    string `xml:"id,attr"`
			Inner string `xml:",innerxml"`
		} `xml:"symbol"`
	}
	if err := xml.Unmarshal(sprite, &all); err != nil {
		return nil, fmt.Errorf("sprite of icons: %w", err)
	}
	out := drawn{}
	for _, s := range all.Symbols {
		out[s.ID] = template.HTML(`<svg class="icon" viewBox="0 0 24 24" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">` + s.Inner + `</svg>`) //nolint:gosec // ours
	}
	return out, nil
}

// draw draws an icon beside words that say the same.
func (d drawn) draw(name string) (template.HTML, error) {
	icon, ok := d[name]
	if !ok {
		return "", fmt.Errorf("no icon %q", name)
	}
	return icon, nil
}

// drawing is the logo as a part of a page.
func drawing(logo []byte) template.HTML {
	return template.HTML(bytes.Replace(bytes.TrimSpace(logo), []byte("<svg "), []byte(`<svg class="logo" aria-hidden="true" focusable="false" `), 1)) //nolint:gosec // ours
}

// render makes a page by its template.
func (x *Exporter) render(wr *writer, name string, data any) ([]byte, error) {
	var b bytes.Buffer
	err := x.pages[wr.words.lang].ExecuteTemplate(&b, name, data)
	return b.Bytes(), err
}

// fileName is how a download is called, without its ending.
func (wr *writer) fileName() string {
	return wr.words.say("file.name", wr.Content.Slug, wr.Edition.Number)
}

// Pack makes a parcel of an edition. When it returns, every file was found.
func (x *Exporter) Pack(ctx context.Context, o Outgoing, f Form) (Parcel, error) {
	wr := x.newWriter(o)
	switch f {
	case Folder:
		files, err := x.files(ctx, wr)
		if err != nil {
			return Parcel{}, err
		}
		size, err := packed(files)
		return Parcel{Name: wr.fileName() + ".zip", Type: "application/zip", Size: size, Write: func(ctx context.Context, w io.Writer) error {
			return pack(w, files, func(f file, w io.Writer) error { return f.write(ctx, w, o.Open) })
		}}, err
	case Page:
		page, err := x.paper(wr)
		if err == nil {
			err = measured(ctx, []file{page}, o.Open)
		}
		return Parcel{Name: page.name, Type: "text/html; charset=utf-8", Size: page.length(), Write: func(ctx context.Context, w io.Writer) error {
			return page.write(ctx, w, o.Open)
		}}, err
	}
	return Parcel{}, lms.Wrong("as", "error.export.form")
}

// files are those of the folder, found.
func (x *Exporter) files(ctx context.Context, wr *writer) ([]file, error) {
	files, err := x.folder(wr)
	if err != nil {
		return nil, err
	}
	return files, measured(ctx, files, wr.Open)
}

// Unpacked writes the web folder file by file; create makes the one of a name with slashes.
func (x *Exporter) Unpacked(ctx context.Context, o Outgoing, create func(name string) (io.WriteCloser, error)) error {
	files, err := x.files(ctx, x.newWriter(o))
	if err != nil {
		return err
	}
	for _, f := range files {
		w, err := create(f.name)
		if err != nil {
			return err
		}
		if err := errors.Join(f.write(ctx, w, o.Open), w.Close()); err != nil {
			return err
		}
	}
	return nil
}
