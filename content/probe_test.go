package content_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

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
