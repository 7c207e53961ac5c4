package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"
)

// file is one thing to write, as the manifest names it.
type file struct {
	Name    string `json:"-"`                 // what pages call it, "style.css"
	Path    string `json:"path"`              // what it is called in dist, with its hash
	Private bool   `json:"private,omitempty"` // for the program alone: never served
	Gzip    bool   `json:"gzip,omitempty"`    // PATH.gz exists
	Brotli  bool   `json:"br,omitempty"`      // PATH.br exists
	Size    int    `json:"size"`

	body     []byte
	gzip, br []byte
}

// pdfFonts are the faces that certificates are set in. Pages get their woff2 through the styles.
func pdfFonts(h house) ([]file, error) {
	var files []file
	for name, source := range map[string]string{"titillium-regular.ttf": "regular", "titillium-bold.ttf": "700"} {
		path := filepath.Join(h.root, "node_modules/bootstrap-italia/src/fonts/Titillium_Web/titillium-web-v10-latin-ext_latin-"+source+".ttf")
		f, err := read(name, path)
		if err != nil {
			return nil, err
		}
		f.Private = true
		files = append(files, f)
	}
	return files, nil
}

func read(name, path string) (file, error) {
	body, err := os.ReadFile(path)
	return file{Name: name, body: body}, err
}

// write empties dist (but for .keep) and fills it.
func write(dist string, files []file) error {
	if err := empty(dist); err != nil {
		return err
	}
	manifest := map[string]file{}
	for _, f := range files {
		f = f.hashed().compressed()
		for suffix, body := range map[string][]byte{"": f.body, ".gz": f.gzip, ".br": f.br} {
			if body == nil {
				continue
			}
			if err := os.WriteFile(filepath.Join(dist, f.Path+suffix), body, 0o644); err != nil {
				return err
			}
		}
		manifest[f.Name] = f
	}
	report(manifest)
	out, err := json.MarshalIndent(manifest, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dist, "manifest.json"), append(out, '\n'), 0o644)
}

func empty(dist string) error {
	if err := os.MkdirAll(dist, 0o755); err != nil {
		return err
	}
	old, err := os.ReadDir(dist)
	if err != nil {
		return err
	}
	for _, e := range old {
		if e.Name() == ".keep" {
			continue
		}
		if err := os.RemoveAll(filepath.Join(dist, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// hashed gives a name with a hash to a file that the bundler did not name.
func (f file) hashed() file {
	f.Size = len(f.body)
	if f.Path == "" {
		sum := sha256.Sum256(f.body)
		ext := filepath.Ext(f.Name)
		f.Path = strings.TrimSuffix(f.Name, ext) + "-" + strings.ToUpper(hex.EncodeToString(sum[:4])) + ext
	}
	return f
}

// compressed makes the variants that browsers accept, for text only: fonts are compressed already.
func (f file) compressed() file {
	if f.Private || strings.HasSuffix(f.Name, ".woff2") {
		return f
	}
	var gz, br bytes.Buffer
	g, _ := gzip.NewWriterLevel(&gz, gzip.BestCompression) // fails only for a level that does not exist
	b := brotli.NewWriterLevel(&br, brotli.BestCompression)
	g.Write(f.body) //nolint:errcheck // a bytes.Buffer takes everything
	b.Write(f.body) //nolint:errcheck // the same
	g.Close()
	b.Close()
	if gz.Len() < len(f.body) {
		f.gzip, f.Gzip = gz.Bytes(), true
	}
	if br.Len() < len(f.body) {
		f.br, f.Brotli = br.Bytes(), true
	}
	return f
}

// report prints what a browser will load.
func report(manifest map[string]file) {
	fmt.Printf("%-48s %9s %9s %9s\n", "asset", "bytes", "gzip", "brotli")
	for _, name := range slices.Sorted(maps.Keys(manifest)) {
		f := manifest[name]
		if f.Private {
			continue
		}
		fmt.Printf("%-48s %9d %9s %9s\n", name, f.Size, size(f.gzip), size(f.br))
	}
}

func size(b []byte) string {
	if b == nil {
		return "–"
	}
	return fmt.Sprint(len(b))
}
