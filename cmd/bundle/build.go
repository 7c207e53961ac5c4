package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// entries are what pages ask for by name. Everything else is reached from them.
func entries() []string {
	return []string{"scss/style.scss", "scss/export.scss", "js/app.js", "js/video.js", "js/verify.js", "js/studio.js", "js/studio-editor.js"}
}

// checkTools says what to install before anything fails half-way.
func checkTools(h house) error {
	if _, err := exec.LookPath("node"); err != nil {
		return errors.New("node is missing: install Node.js 20 or newer (on Debian: apt-get install nodejs npm), then run `npm ci --ignore-scripts`")
	}
	for _, p := range []string{"bootstrap-italia/package.json", "sass/sass.js"} {
		if _, err := os.Stat(filepath.Join(h.root, "node_modules", p)); err != nil {
			return fmt.Errorf("the npm package %s is missing: run `npm ci --ignore-scripts` in %s", filepath.Dir(p), h.root)
		}
	}
	return nil
}

// build compiles, bundles and minifies the entries.
func build(h house) ([]file, error) {
	points := entries()
	for i, e := range points {
		points[i] = filepath.Join(h.assets, e)
	}
	r := api.Build(api.BuildOptions{
		EntryPoints:       points,
		EntryNames:        "[name]-[hash]",
		AssetNames:        "[name]-[hash]",
		Outdir:            h.dist,
		AbsWorkingDir:     h.root,
		Bundle:            true,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		Charset:           api.CharsetUTF8,
		Format:            api.FormatESModule,
		LegalComments:     api.LegalCommentsNone,
		Target:            api.ES2020,
		Engines:           []api.Engine{{Name: api.EngineChrome, Version: "88"}, {Name: api.EngineFirefox, Version: "85"}, {Name: api.EngineSafari, Version: "15"}},
		Loader:            map[string]api.Loader{".woff2": api.LoaderFile},
		Plugins:           []api.Plugin{sassPlugin(h)},
		LogLevel:          api.LogLevelWarning,
	})
	if len(r.Errors) > 0 {
		return nil, fmt.Errorf("%d errors in styles or scripts, see above", len(r.Errors))
	}
	var files []file
	for _, o := range r.OutputFiles {
		base := filepath.Base(o.Path)
		files = append(files, file{Name: logical(base), Path: base, body: o.Contents})
	}
	return files, nil
}

// logical takes the hash out of a name: "style-AB12CD34.css" is "style.css".
func logical(base string) string {
	ext := filepath.Ext(base)
	stem := strings.TrimSuffix(base, ext)
	if i := strings.LastIndexByte(stem, '-'); i > 0 {
		stem = stem[:i]
	}
	return stem + ext
}

// sassPlugin hands every .scss file to npm's sass: esbuild reads only CSS.
func sassPlugin(h house) api.Plugin {
	return api.Plugin{Name: "sass", Setup: func(b api.PluginBuild) {
		b.OnLoad(api.OnLoadOptions{Filter: `\.scss$`}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
			css, err := sass(h, a.Path)
			if err != nil {
				return api.OnLoadResult{}, err
			}
			return api.OnLoadResult{Contents: &css, Loader: api.LoaderCSS, ResolveDir: h.root}, nil
		})
	}}
}

func sass(h house, path string) (string, error) {
	modules := filepath.Join(h.root, "node_modules")
	args := []string{
		filepath.Join(modules, "sass/sass.js"), "--no-source-map", "--quiet-deps", "--load-path=" + modules,
	}
	// Bootstrap Italia is written with these; our own files import it, so sass blames us for them.
	for _, d := range []string{"import", "global-builtin", "color-functions", "if-function"} {
		args = append(args, "--silence-deprecation="+d)
	}
	cmd := exec.Command("node", append(args, path)...)
	cmd.Dir = h.root
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("sass: %w\n%s", err, errs.String())
	}
	if errs.Len() > 0 {
		fmt.Fprint(os.Stderr, errs.String())
	}
	return out.String(), nil
}

// sprite puts every icon into one SVG file, each as a symbol under its own name.
func sprite(dir string) (file, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.svg"))
	if err != nil {
		return file{}, err
	}
	if len(paths) == 0 {
		return file{}, fmt.Errorf("no icons in %s", dir)
	}
	slices.Sort(paths)
	var b bytes.Buffer
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg">`)
	for _, p := range paths {
		symbol, err := symbolOf(p)
		if err != nil {
			return file{}, err
		}
		b.WriteString(symbol)
	}
	b.WriteString("</svg>\n")
	return file{Name: "icons.svg", body: b.Bytes()}, nil
}

// symbolOf turns `<svg viewBox="0 0 24 24" …>…</svg>` into a symbol. Icons are ours: one line of opening tag, no ids.
func symbolOf(path string) (string, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	s := strings.TrimSpace(string(raw))
	if !strings.HasPrefix(s, "<svg ") || !strings.HasSuffix(s, "</svg>") || strings.Count(s, "<svg") != 1 {
		return "", fmt.Errorf("%s: an icon is one <svg> element", path)
	}
	name := strings.TrimSuffix(filepath.Base(path), ".svg")
	s = strings.Replace(s, "<svg ", `<symbol id="`+name+`" `, 1)
	s = strings.Replace(s, ` xmlns="http://www.w3.org/2000/svg"`, "", 1)
	return strings.TrimSuffix(s, "</svg>") + "</symbol>", nil
}
