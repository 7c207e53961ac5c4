package front

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"
)

func sampleDist() fstest.MapFS {
	return fstest.MapFS{
		"manifest.json": {Data: []byte(`{
			"style.css": {"path": "style-AB.css", "gzip": true, "br": true},
			"app.js": {"path": "app-CD.js"},
			"titillium-bold.ttf": {"path": "titillium-bold-EF.ttf", "private": true}
		}`)},
		"style-AB.css":          {Data: []byte("body{}")},
		"style-AB.css.gz":       {Data: []byte("gz")},
		"style-AB.css.br":       {Data: []byte("br")},
		"app-CD.js":             {Data: []byte("1")},
		"titillium-bold-EF.ttf": {Data: []byte("ttf")},
	}
}

func TestAssetsAreServedByHashedName(t *testing.T) {
	s, err := LoadAssets(sampleDist())
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Path("style.css"); got != "/risorse/style-AB.css" {
		t.Errorf("Path = %q", got)
	}
	a, ok := s.Serve("/risorse/style-AB.css")
	if !ok || string(a.Body) != "body{}" || a.Type != "text/css; charset=utf-8" {
		t.Errorf("Serve = %+v, %v", a, ok)
	}
	if _, ok := s.Serve("/risorse/titillium-bold-EF.ttf"); ok {
		t.Error("a private font is served")
	}
	if b, err := s.Font("titillium-bold.ttf"); err != nil || string(b) != "ttf" {
		t.Errorf("Font = %q, %v", b, err)
	}
	if _, err := s.Font("style.css"); err == nil {
		t.Error("a style sheet passes for a font")
	}
	if got := string(s.Icon(`a"b`)); strings.Contains(got, `a"b`) || !strings.Contains(got, `aria-hidden="true"`) {
		t.Errorf("Icon = %s", got)
	}
}

func TestAssetEncoding(t *testing.T) {
	s, err := LoadAssets(sampleDist())
	if err != nil {
		t.Fatal(err)
	}
	style, _ := s.Serve("/risorse/style-AB.css")
	app, _ := s.Serve("/risorse/app-CD.js")
	for _, c := range []struct {
		asset        Asset
		accept, want string
	}{
		{style, "gzip, deflate, br, zstd", "br"},
		{style, "gzip, deflate", "gzip"},
		{style, "br;q=0, gzip;q=0.5", "gzip"},
		{style, "gzip; q=0.0", ""},
		{style, "", ""},
		{style, "brotli", ""},
		{app, "gzip, br", ""},
	} {
		if _, got := c.asset.Encoded(c.accept); got != c.want {
			t.Errorf("%s with %q: encoding %q, want %q", c.asset.Path, c.accept, got, c.want)
		}
	}
}

func TestMissingAssetsSayWhatToDo(t *testing.T) {
	if _, err := LoadAssets(fstest.MapFS{".keep": {}}); !errors.Is(err, ErrAssets) {
		t.Errorf("err = %v", err)
	}
	broken := sampleDist()
	delete(broken, "style-AB.css.br")
	if _, err := LoadAssets(broken); err == nil || !strings.Contains(err.Error(), "style.css") {
		t.Errorf("a lost variant gives %v", err)
	}
}
