package front

import (
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"mime"
	"path"
	"slices"
	"strings"
)

// AssetsPrefix is where assets are served. Their names carry a hash, so that a browser may keep them for ever.
const AssetsPrefix = "/risorse/"

// ErrAssets says that the styles and scripts were not built into this binary.
var ErrAssets = errors.New("the styles and scripts are not in this binary: run `make assets` and build again")

// Asset is one file of a page: its bytes, and the same bytes compressed where that is shorter.
type Asset struct {
	Path   string // address, "/risorse/style-AB12CD34.css"
	Type   string // media type, "text/css; charset=utf-8"
	Body   []byte
	Gzip   []byte // nil where compressing does not pay
	Brotli []byte // the same
}

// Encoded picks the shortest form that an Accept-Encoding header allows, with the value of Content-Encoding (empty for plain).
func (a Asset) Encoded(accept string) (body []byte, encoding string) {
	switch {
	case a.Brotli != nil && accepts(accept, "br"):
		return a.Brotli, "br"
	case a.Gzip != nil && accepts(accept, "gzip"):
		return a.Gzip, "gzip"
	}
	return a.Body, ""
}

// accepts says whether a coding is named in the header and not ruled out with q=0.
func accepts(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, param, _ := strings.Cut(strings.TrimSpace(part), ";")
		if !strings.EqualFold(strings.TrimSpace(name), coding) {
			continue
		}
		q := strings.TrimPrefix(strings.ReplaceAll(param, " ", ""), "q=")
		return strings.Trim(q, "0.") != "" || q == ""
	}
	return false
}

// AssetSet is every asset of the pages and the fonts of the certificates.
type AssetSet struct {
	byName map[string]Asset // as templates call them, "style.css"
	byPath map[string]Asset // as browsers ask for them
	fonts  map[string][]byte
}

// entry is a line of the bundler's manifest.json.
type entry struct {
	Path    string `json:"path"`
	Private bool   `json:"private"`
	Gzip    bool   `json:"gzip"`
	Brotli  bool   `json:"br"`
}

// LoadAssets reads what the bundler wrote. It returns ErrAssets when that was not done.
func LoadAssets(dist fs.FS) (*AssetSet, error) {
	raw, err := fs.ReadFile(dist, "manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrAssets
	}
	if err != nil {
		return nil, err
	}
	var manifest map[string]entry
	if err := json.Unmarshal(raw, &manifest); err != nil {
		return nil, fmt.Errorf("manifest.json of the assets: %w", err)
	}
	s := &AssetSet{byName: map[string]Asset{}, byPath: map[string]Asset{}, fonts: map[string][]byte{}}
	for name, e := range manifest {
		a, err := loadAsset(dist, e)
		if err != nil {
			return nil, fmt.Errorf("asset %s: %w", name, err)
		}
		if e.Private {
			s.fonts[name] = a.Body
			continue
		}
		s.byName[name], s.byPath[a.Path] = a, a
	}
	return s, nil
}

func loadAsset(dist fs.FS, e entry) (Asset, error) {
	a := Asset{Path: AssetsPrefix + e.Path, Type: mediaType(e.Path)}
	var err error
	if a.Body, err = fs.ReadFile(dist, e.Path); err != nil {
		return a, err
	}
	if e.Gzip {
		if a.Gzip, err = fs.ReadFile(dist, e.Path+".gz"); err != nil {
			return a, err
		}
	}
	if e.Brotli {
		if a.Brotli, err = fs.ReadFile(dist, e.Path+".br"); err != nil {
			return a, err
		}
	}
	return a, nil
}

// mediaType does not ask the machine for what it must always be the same.
func mediaType(name string) string {
	switch ext := path.Ext(name); ext {
	case ".woff2":
		return "font/woff2"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	default:
		if t := mime.TypeByExtension(ext); t != "" {
			return t
		}
		return "application/octet-stream"
	}
}

// Path is the address of an asset for templates. One that does not exist gives an address that is not found, which a test of the templates reports.
func (s *AssetSet) Path(name string) string {
	if a, ok := s.byName[name]; ok {
		return a.Path
	}
	return AssetsPrefix + name
}

// Serve finds what a browser asked for, by its full address.
func (s *AssetSet) Serve(address string) (Asset, bool) {
	a, ok := s.byPath[address]
	return a, ok
}

// Body gives the bytes of an asset, by the name that templates use or by that of its file, which styles use.
func (s *AssetSet) Body(name string) ([]byte, error) {
	a, ok := s.byName[name]
	if !ok {
		a, ok = s.byPath[AssetsPrefix+name]
	}
	if !ok {
		return nil, fmt.Errorf("no %q among the assets", name)
	}
	return a.Body, nil
}

// Names lists every asset a template may ask for.
func (s *AssetSet) Names() []string { return slices.Sorted(maps.Keys(s.byName)) }

// Font gives a face for certificates: "titillium-regular.ttf" or "titillium-bold.ttf".
func (s *AssetSet) Font(name string) ([]byte, error) {
	b, ok := s.fonts[name]
	if !ok {
		return nil, fmt.Errorf("no font %q among the assets", name)
	}
	return b, nil
}

// Icon draws one symbol of the icon sprite beside text that says the same: it is hidden from screen readers.
func (s *AssetSet) Icon(name string) template.HTML {
	return template.HTML(`<svg class="icon" aria-hidden="true" focusable="false"><use href="` + s.Path("icons.svg") + `#` + template.HTMLEscapeString(name) + `"/></svg>`)
}
