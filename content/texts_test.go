package content_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"aulacomune/content"
)

type entry struct {
	name string
	data []byte
	mode fs.FileMode
}

// TestReadTextsRefuses sends what nobody's own tool would: each is refused with the entry's name and a reason.
func TestReadTextsRefuses(t *testing.T) {
	many := func(n, size int) (list []entry) {
		for i := range n {
			list = append(list, entry{name: fmt.Sprintf("m/%d.md", i), data: bytes.Repeat([]byte("a"), size)})
		}
		return list
	}
	tests := map[string]struct {
		entries []entry
		want    string // part of the message
	}{
		"traversal":         {[]entry{{name: "../course.yaml"}}, "../course.yaml: il nome esce"},
		"traversal inside":  {[]entry{{name: "m/../../a.md"}}, "esce dalla cartella"},
		"absolute":          {[]entry{{name: "/etc/a.md"}}, "esce dalla cartella"},
		"drive":             {[]entry{{name: "C:a.md"}}, "percorso valido"},
		"backslash":         {[]entry{{name: `m\a.md`}}, "percorso valido"},
		"dot":               {[]entry{{name: "./a.md"}}, "percorso valido"},
		"control character": {[]entry{{name: "m/a\n.md"}}, "m/a�.md: "},
		"name not UTF-8":    {[]entry{{name: "m/\xff.md"}}, "percorso valido"},
		"symlink":           {[]entry{{name: "a.md", data: []byte("/etc/passwd"), mode: fs.ModeSymlink | 0o777}}, "file vero e proprio"},
		"device":            {[]entry{{name: "a.md", mode: fs.ModeDevice}}, "file vero e proprio"},
		"twice":             {[]entry{{name: "a.md"}, {name: "a.md"}}, "due volte"},
		"twice but case":    {[]entry{{name: "a.md"}, {name: "A.md"}}, "due volte"},
		"twice but form":    {[]entry{{name: "è.md"}, {name: "e\u0300.md"}}, "due volte"},
		"media":             {[]entry{{name: "a.png"}}, "non è un testo"},
		"hidden":            {[]entry{{name: ".git/a.md"}}, "non è un testo"},
		"not UTF-8":         {[]entry{{name: "a.md", data: []byte("\xff\xfe")}}, "a.md: non è scritto in UTF-8"},
		"zero byte":         {[]entry{{name: "a.md", data: []byte("a\x00b")}}, "UTF-8"},
		"one too large":     {many(1, content.MostTextBytes+1), "m/0.md: supera 1 MB"},
		"all too large":     {many(21, content.MostTextBytes), "20 MB"},
		"too many":          {many(content.MostTexts+1, 1), "2000 file"},
		"far too many":      {many(2*content.MostTexts+1, 0), "2000 file"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			b := pack(t, test.entries)
			texts, err := content.ReadTexts(bytes.NewReader(b), int64(len(b)))
			var refused *content.ArchiveError
			if texts != nil || !errors.As(err, &refused) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%d texts, %v; want %q", len(texts), err, test.want)
			}
		})
	}
}

func TestReadTextsRefusesBrokenArchives(t *testing.T) {
	good := pack(t, []entry{{name: "a.md", data: bytes.Repeat([]byte("testo "), 1000)}})
	damaged := bytes.Clone(good)
	damaged[60] ^= 0xff
	for name, b := range map[string][]byte{"empty": nil, "not a zip": []byte("ciao"), "cut": good[:len(good)/2], "damaged": damaged} {
		if _, err := content.ReadTexts(bytes.NewReader(b), int64(len(b))); err == nil {
			t.Errorf("%s: read", name)
		}
	}
}

// TestReadTextsDoesNotTrustSizes unpacks a bomb: a thousand times its size, with a head that claims little.
func TestReadTextsDoesNotTrustSizes(t *testing.T) {
	b := pack(t, []entry{{name: "a.md", data: bytes.Repeat([]byte(" "), 30<<20)}})
	if len(b) > 200_000 {
		t.Fatal("no bomb", len(b))
	}
	if _, err := content.ReadTexts(bytes.NewReader(b), int64(len(b))); err == nil || !strings.Contains(err.Error(), "supera") {
		t.Error(err)
	}
}

func TestReadTextsReads(t *testing.T) {
	b := pack(t, []entry{{name: "m/", mode: fs.ModeDir | 0o755}, {name: "course.yaml", data: []byte("slug: x\r\n")}, {name: "m/e\u0300.md", data: []byte("è")}})
	texts, err := content.ReadTexts(bytes.NewReader(b), int64(len(b)))
	if err != nil || len(texts) != 2 || string(texts["m/è.md"]) != "è" {
		t.Error(texts, err)
	}
}

func pack(t testing.TB, entries []entry) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		if e.mode != 0 {
			h.SetMode(e.mode)
		}
		f, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(e.data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
