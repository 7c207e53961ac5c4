package content_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"aulacomune/content"
	"aulacomune/course"
)

// TestProbe looks at a file of each kind.
func TestProbe(t *testing.T) {
	tests := []struct {
		name string
		data []byte
		want course.Media
	}{
		{"a.png", picture(t, "png"), course.Media{Type: "image/png", Width: 30, Height: 20}},
		{"a.PNG", picture(t, "png"), course.Media{Type: "image/png", Width: 30, Height: 20}},
		{"a.jpg", picture(t, "jpeg"), course.Media{Type: "image/jpeg", Width: 30, Height: 20}},
		{"a.jpeg", picture(t, "jpeg"), course.Media{Type: "image/jpeg", Width: 30, Height: 20}},
		{"a.gif", picture(t, "gif"), course.Media{Type: "image/gif", Width: 30, Height: 20}},
		{"a.webp", webp(30, 20), course.Media{Type: "image/webp", Width: 30, Height: 20}},
		{"a.mp4", movie("isom"), course.Media{Type: "video/mp4", Width: 640, Height: 360, Seconds: 2.5}},
		{"a.m4a", movie("M4A "), course.Media{Type: "audio/mp4", Width: 640, Height: 360, Seconds: 2.5}},
		{"a.mp3", sound(), course.Media{Type: "audio/mpeg", Seconds: 1.045}},
		{"a.vtt", []byte("\uFEFFWEBVTT\n"), course.Media{Type: "text/vtt"}},
		{"a.pdf", []byte("%PDF-1.7\n"), course.Media{Type: "application/pdf"}},
		{"a.docx", zipped(t, contentTypes("wordprocessingml.document"), "word/document.xml", "<x/>"), course.Media{Type: microsoft + "wordprocessingml.document"}},
		{"a.XLSX", zipped(t, "xl/workbook.xml", "<x/>", contentTypes("spreadsheetml.sheet")), course.Media{Type: microsoft + "spreadsheetml.sheet"}},
		{"a.pptx", zipped(t, contentTypes("presentationml.presentation")), course.Media{Type: microsoft + "presentationml.presentation"}},
		{"a.odt", zipped(t, "mimetype", openDocument+"text", "Configurations2/accelerator/current.xml", ""), course.Media{Type: openDocument + "text"}},
		{"a.ods", zipped(t, "mimetype", openDocument+"spreadsheet"), course.Media{Type: openDocument + "spreadsheet"}},
		{"a.odp", zipped(t, "mimetype", openDocument+"presentation"), course.Media{Type: openDocument + "presentation"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := content.Probe(bytes.NewReader(test.data), test.name)
			test.want.Path, test.want.Size, test.want.Hash = test.name, int64(len(test.data)), course.Hash(sha256Hex(test.data))
			if err != nil || got != test.want {
				t.Errorf("%+v, %v\nwant %+v", got, err, test.want)
			}
		})
	}
}

const (
	microsoft    = "application/vnd.openxmlformats-officedocument."
	openDocument = "application/vnd.oasis.opendocument."
)

// contentTypes is what a document of Microsoft's says it is; its name goes before.
func contentTypes(kind string) string {
	return "[Content_Types].xml|" + `<?xml version="1.0"?><Types><Override PartName="/x.xml" ContentType="` + microsoft + kind + `.main+xml"/></Types>`
}

// zipped is a zip of files, each by its name and its text, or by both with a bar between.
func zipped(t *testing.T, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i++ {
		name, text, both := strings.Cut(files[i], "|")
		if !both {
			i++
			text = files[i]
		}
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestProbeDocuments: documents that are not what their names say, that hold programs, or that cost too much to look at.
func TestProbeDocuments(t *testing.T) {
	word := contentTypes("wordprocessingml.document")
	many := []string{word}
	for i := range 20_000 {
		many = append(many, fmt.Sprintf("word/una-parte-qualunque-del-documento-%d.xml|", i))
	}
	bomb := zipped(t, "[Content_Types].xml|"+strings.Repeat(" ", 50<<20)+word)
	for name, test := range map[string]struct {
		file string
		data []byte
		why  string
	}{
		"another kind":          {"a.xlsx", zipped(t, word), "non si legge"},
		"another maker":         {"a.odt", zipped(t, word), "non si legge"},
		"another OpenDocument":  {"a.odt", zipped(t, "mimetype", openDocument+"spreadsheet"), "non si legge"},
		"a template":            {"a.docx", zipped(t, strings.ReplaceAll(word, "document.main", "template.main")), "non si legge"},
		"macros by type":        {"a.docx", zipped(t, "[Content_Types].xml|<Types ContentType=\"application/vnd.ms-word.document.macroEnabled.main+xml\"/>"), "non si legge"},
		"macros":                {"a.docx", zipped(t, word, "word/vbaProject.bin", "x"), "contiene macro"},
		"macros elsewhere":      {"a.docx", zipped(t, word, "word\\VBAPROJECT.BIN", "x"), "contiene macro"},
		"controls":              {"a.xlsx", zipped(t, contentTypes("spreadsheetml.sheet"), "xl/activeX/activeX1.bin", "x"), "contiene macro"},
		"old macros":            {"a.xlsx", zipped(t, contentTypes("spreadsheetml.sheet"), "xl/macrosheets/sheet1.xml", "x"), "contiene macro"},
		"Basic":                 {"a.ods", zipped(t, "mimetype", openDocument+"spreadsheet", "Basic/Standard/Module1.xml", "x"), "contiene macro"},
		"scripts":               {"a.odt", zipped(t, "mimetype", openDocument+"text", "Scripts/python/a.py", "x"), "contiene macro"},
		"a zip":                 {"a.docx", zipped(t, "a.txt", "x"), "non si legge"},
		"cut off":               {"a.docx", zipped(t, word)[:60], "non si legge"},
		"a page":                {"a.docx", []byte("<html>"), "non è"},
		"too many parts":        {"a.docx", zipped(t, many...), "non si legge"},
		"a bomb":                {"a.docx", bomb, "non si legge"},
		"macros in its name":    {"a.docm", zipped(t, word), "non è ammesso"},
		"no list of its parts":  {"a.pptx", zipped(t, "ppt/presentation.xml", "x"), "non si legge"},
		"its kind in a comment": {"a.docx", zipped(t, "[Content_Types].xml|<!-- wordprocessingml.document.main+xml -->"), "non si legge"},
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			_, err := content.Probe(bytes.NewReader(test.data), test.file)
			if !errors.Is(err, content.ErrRefused) || !strings.Contains(err.Error(), test.why) || strings.Contains(err.Error(), "refused") {
				t.Error(err)
			}
			if took := time.Since(start); took > 2*time.Second {
				t.Error(took)
			}
		})
	}
}

// TestProbeRefuses: name and content must agree, and be of a kind that a course may hold.
func TestProbeRefuses(t *testing.T) {
	svg := []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)
	web := []byte("<!DOCTYPE html><script>alert(1)</script>")
	tests := []struct {
		name string
		data []byte
	}{
		{"a.svg", svg}, {"a.png", svg}, {"a.html", web}, {"a.png", web}, {"a.pdf", web}, {"a.mp4", web}, {"a.vtt", web},
		{"a.jpg", picture(t, "png")}, {"a.png", picture(t, "jpeg")}, {"a.exe", []byte("MZ\x90")}, {"a", picture(t, "png")},
		{"a.zip", []byte("PK\x03\x04")}, {"a.docx", []byte("PK\x03\x04")}, {"a.js", []byte("alert(1)")}, {"a.webm", []byte("\x1aE\xdf\xa3")},
		{"a.mov", movie("qt  ")}, {"a.mp4", movie("qt  ")}, {"a.mp4", movie("M4A ")}, {"a.m4a", movie("isom")},
		{"a.png", nil}, {"a.mp4", nil}, {"a.mp3", nil}, {"a.png", picture(t, "png")[:20]}, {"a.mp4", movie("isom")[:40]}, {"a.mp3", []byte("ID3")},
		{"a.webp", webp(16384, 16384)}, {"a.mp3", bytes.Repeat([]byte{0xff, 0xe2}, 100)},
	}
	for _, test := range tests {
		if got, err := content.Probe(bytes.NewReader(test.data), test.name); !errors.Is(err, content.ErrRefused) {
			t.Errorf("%s %.20q: %+v, %v", test.name, test.data, got, err)
		}
	}
}

func TestReadFolder(t *testing.T) {
	fsys := fstest.MapFS{
		"course.yaml":    {Data: []byte(manifest)},
		"m/1.md":         {Data: object("uno", "![a](a.png)\n\n![b](b.png)\n\n![c](c.png)\n\n[d](d.docx)")},
		"m/a.png":        {Data: picture(t, "png")},
		"m/b.png":        {Data: []byte("<html>")},
		"m/c.png":        {Data: []byte("m/a.png"), Mode: fs.ModeSymlink},
		"m/d.docx":       {Data: []byte("PK\x03\x04")},
		"_video/make.sh": {Data: []byte("#!/bin/sh")},
		"m/_bozza.md":    {Data: []byte("Bozza")},
		".git/config":    {Data: []byte("x")},
		"LICENSE":        {Data: []byte("x")},
	}
	folder, err := content.ReadFolder(context.Background(), fsys)
	if err != nil {
		t.Fatal(err)
	}
	if len(folder.Texts) != 2 || len(folder.Media) != 1 || len(folder.Refused) != 4 {
		t.Errorf("%d texts, media %v, refused %v", len(folder.Texts), folder.Media, folder.Refused)
	}
	_, findings := content.Compile(folder)
	refused := 0
	for _, f := range findings {
		if f.Rule == "refused-file" {
			refused++
		}
	}
	if refused != 3 {
		t.Error(findings)
	}
	stopped, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := content.ReadFolder(stopped, fsys); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestReadFolderOfTheDisk follows no link out of the folder.
func TestReadFolderOfTheDisk(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "course.yaml"), []byte(manifest), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/etc/passwd", filepath.Join(dir, "a.md")); err != nil {
		t.Skip(err)
	}
	folder, err := content.ReadFolder(context.Background(), os.DirFS(dir))
	if err != nil || len(folder.Texts) != 1 || folder.Refused["a.md"] == "" {
		t.Error(folder, err)
	}
}

// TestReference: the course that comes with the product has nothing to mend.
func TestReference(t *testing.T) {
	folder := reference(t)
	if len(folder.Refused) > 0 {
		t.Error(folder.Refused)
	}
	made, findings := content.Compile(folder)
	if course.HasErrors(findings) || len(made.Modules) != 6 || made.Count() != 16 {
		t.Error(report(findings))
	}
	for _, o := range made.Objects() {
		harmless(t, o.HTML)
		if strings.Contains(o.HTML, "style=") {
			t.Error(o.ID, "has a style attribute")
		}
	}
}

func picture(t *testing.T, format string) []byte {
	t.Helper()
	p := image.NewPaletted(image.Rect(0, 0, 30, 20), color.Palette{color.White, color.Black})
	var b bytes.Buffer
	var err error
	switch format {
	case "png":
		err = png.Encode(&b, p)
	case "jpeg":
		err = jpeg.Encode(&b, p, nil)
	default:
		err = gif.Encode(&b, p, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// webp is the head of a lossless picture: enough to know its size.
func webp(width, height uint32) []byte {
	size := (width - 1) | (height-1)<<14
	data := binary.LittleEndian.AppendUint32([]byte{0x2f}, size)
	data = append(data, 0)
	b := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(12+len(data)))
	b = append(b, "WEBPVP8L"...)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(data)))
	return append(b, data...)
}

func box(name string, content ...[]byte) []byte {
	all := bytes.Join(content, nil)
	return append(append(binary.BigEndian.AppendUint32(nil, uint32(8+len(all))), name...), all...)
}

// movie is an MP4 of 2.5 s and 640 × 360 without any pictures in it.
func movie(brand string) []byte {
	mvhd := make([]byte, 100)
	binary.BigEndian.PutUint32(mvhd[12:], 1000)
	binary.BigEndian.PutUint32(mvhd[16:], 2500)
	tkhd := make([]byte, 84)
	binary.BigEndian.PutUint32(tkhd[76:], 640<<16)
	binary.BigEndian.PutUint32(tkhd[80:], 360<<16)
	return bytes.Join([][]byte{box("ftyp", []byte(brand), make([]byte, 8)), box("mdat", make([]byte, 50)), box("moov", box("mvhd", mvhd), box("trak", box("tkhd", tkhd)))}, nil)
}

// sound is an MP3 of 40 frames at 128 kbit/s and 44.1 kHz.
func sound() []byte {
	frame := make([]byte, 418)
	copy(frame, []byte{0xff, 0xfb, 0x90, 0x00})
	return bytes.Repeat(frame, 40)
}
