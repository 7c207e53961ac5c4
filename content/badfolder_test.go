package content_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"aulacomune/content"
	"aulacomune/content/lint"
)

// TestReadFolderOfBadThings reads a folder of the disk with what authors' folders should not hold: nothing outside is opened,
// nothing that is no file is waited for, and no file is read further than it takes to say that it is too long.
func TestReadFolderOfBadThings(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	for name, text := range map[string]string{
		"course.yaml": manifest, "m/1.md": string(object("uno", "![a](fuori.png)\n\n![b](tubo.png)\n\n![c](giù.jpg)\n\n![d](A.svg)\n\n[e](fuori/segreto.pdf)\n\n> [!INCLUDE]\n> [f](../giro/segreto.md)\n")),
		"m/grande.md": strings.Repeat("parole ", 10<<20/7), "m/grande.png": strings.Repeat("\x00", 10<<20),
		"m/a.svg": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>`, "m/A.svg": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>`,
		strings.Repeat("d/", 60) + "fondo.md": "Testo.\n", "m/riga\nnuova.md": string(object("due", "Testo.\n")),
	} {
		if err := errors.Join(os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700), os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(
		os.WriteFile(filepath.Join(outside, "segreto.md"), []byte("Segreto.\n"), 0o600), os.WriteFile(filepath.Join(outside, "segreto.pdf"), []byte("%PDF-1.7\n"), 0o600),
		os.Symlink(outside, filepath.Join(dir, "m/fuori")), os.Symlink(outside, filepath.Join(dir, "giro")), os.Symlink(dir, filepath.Join(dir, "m/se-stessa")),
		os.Symlink(filepath.Join(outside, "manca"), filepath.Join(dir, "m/fuori.png")), os.Symlink("giù.jpg", filepath.Join(dir, "m/giù.jpg")), syscall.Mkfifo(filepath.Join(dir, "m/tubo.png"), 0o600),
	); err != nil {
		t.Fatal(err)
	}
	var folder content.Folder
	_, most := peak(func() {
		var err error
		if folder, err = content.ReadFolder(context.Background(), os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
	})
	if most > mostMemory || len(folder.Texts["m/grande.md"]) != content.MostTextBytes+1 {
		t.Errorf("%d MB, %d bytes of the long text", most>>20, len(folder.Texts["m/grande.md"]))
	}
	for _, name := range []string{"m/fuori", "giro", "m/se-stessa", "m/fuori.png", "m/giù.jpg", "m/tubo.png", "m/grande.png"} {
		if folder.Refused[name] == "" {
			t.Errorf("%s is not refused", name)
		}
	}
	_, findings := content.Compile(folder)
	said := map[string]int{}
	for _, f := range findings {
		said[f.Rule]++
		if strings.Contains(f.String(), "Segreto") || strings.Contains(f.String(), outside) {
			t.Error(f)
		}
	}
	// The names by case and with a new line; the long text; three files that are none; what lies outside, three times.
	if said[lint.BadPath] != 2 || said[lint.TooBig] != 1 || said[lint.RefusedFile] != 3 || said[lint.MissingFile] != 2 {
		t.Errorf("%v\n%s", said, report(findings))
	}
}

// TestReadFolderOfTooMuch: more texts than a course may hold are an error, not a full memory.
func TestReadFolderOfTooMuch(t *testing.T) {
	dir := t.TempDir()
	for i := range content.MostTexts + 1 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(i, ".md")), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := content.ReadFolder(context.Background(), os.DirFS(dir)); err == nil || !strings.Contains(err.Error(), "2000") {
		t.Error(err)
	}
}

// TestBombs unpacks archives that claim one size and hold another, that hold far more than they weigh, or hold another archive.
func TestBombs(t *testing.T) {
	zeros := bytes.Repeat([]byte("a"), 900<<10)
	many := make([]entry, 30)
	for i := range many {
		many[i] = entry{name: fmt.Sprint("m/", i, ".md"), data: zeros}
	}
	inner := pack(t, []entry{{name: "a.md", data: zeros}})
	for name, b := range map[string][]byte{
		"less than it holds": claimed(t, 10, bytes.Repeat(zeros, 40)),
		"more than it holds": claimed(t, 1<<40, []byte("a")),
		"a hundred MB":       claimed(t, 100<<20, bytes.Repeat(zeros, 114)),
		"many texts":         pack(t, many),
		"an archive":         pack(t, []entry{{name: "a.zip", data: inner}}),
		"an archive as text": pack(t, []entry{{name: "a.md", data: inner}}),
		"two names but case": twice(t),
	} {
		t.Run(name, func(t *testing.T) {
			var texts map[string][]byte
			var err error
			took, most := peak(func() { texts, err = content.ReadTexts(bytes.NewReader(b), int64(len(b))) })
			var refused *content.ArchiveError
			if !errors.As(err, &refused) || texts != nil {
				t.Errorf("%d texts, %v", len(texts), err)
			}
			if took > mostTime || most > mostMemory {
				t.Errorf("%v, %d MB for an archive of %d KB", took, most>>20, len(b)>>10)
			}
		})
	}
}

// claimed is an archive of a text whose head claims another size.
func claimed(t *testing.T, size uint64, data []byte) []byte {
	t.Helper()
	var deflated, b bytes.Buffer
	inner := zip.NewWriter(&deflated)
	f, err := inner.Create("a.md")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := inner.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := zip.NewReader(bytes.NewReader(deflated.Bytes()), int64(deflated.Len()))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := r.File[0].OpenRaw()
	if err != nil {
		t.Fatal(err)
	}
	w := zip.NewWriter(&b)
	out, err := w.CreateRaw(&zip.FileHeader{Name: "a.md", Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(data), CompressedSize64: r.File[0].CompressedSize64, UncompressedSize64: size})
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	if _, err := packed.ReadFrom(raw); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Write(packed.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// twice is an archive with two texts under names that are one on some disks.
func twice(t *testing.T) []byte {
	t.Helper()
	b := pack(t, []entry{{name: "m/a.md", data: []byte("uno"), mode: fs.ModePerm}, {name: "m/b.md", data: []byte("due"), mode: fs.ModePerm}})
	return bytes.ReplaceAll(b, []byte("m/b.md"), []byte("M/A.MD"))
}
