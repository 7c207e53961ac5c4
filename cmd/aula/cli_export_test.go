package main

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// exportEditions: an edition leaves as a folder, packed, and as a page; twice the same; never over what is there, and never with a hole.
func exportEditions(t *testing.T, h *hall) {
	data, out := filepath.Join(t.TempDir(), "data"), t.TempDir()
	if text, err := exec.Command("cp", "-a", h.demo, data).CombinedOutput(); err != nil {
		t.Fatalf("copy the demo: %v\n%s", err, text)
	}
	export := func(words ...string) outcome {
		t.Helper()
		return h.run(t, append([]string{"AULA_DATA=" + data, "export"}, words...)...)
	}
	at := func(name string) string { return filepath.Join(out, name) }
	export("smart-working", "-o", at("cartella"), "--url", "https://corsi.example.it/").want(0, "smart-working: edition 1 written to")
	export("smart-working@1", "--as", "zip", "-o", at("a.zip"), "--url", "https://corsi.example.it").want(0)
	export("smart-working", "--as", "zip", "-o", at("b.zip"), "--url", "https://corsi.example.it").want(0)
	export("prova-breve", "--as", "page", "-o", at("breve.html")).want(0)
	if a, b := read(t, at("a.zip")), read(t, at("b.zip")); !bytes.Equal(a, b) {
		t.Error("the same edition gives two different files")
	}
	sameAsFolder(t, at("a.zip"), at("cartella"))
	if page := string(read(t, at("breve.html"))); strings.Contains(page, "http://localhost") || !strings.Contains(page, "@page") {
		t.Error("the page has an address that leads nowhere, or is no page to print")
	}

	export("smart-working", "-o", at("cartella")).want(1, "is not empty: choose another folder with -o")
	export("prova-breve", "--as", "page", "-o", at("breve.html")).want(1, "is there already: choose another name with -o")
	export("niente", "-o", at("n")).want(1, "niente: not found: There is no such course.")
	export("smart-working@9", "-o", at("n")).want(1, "There is no such version.")
	export("smart-working@due", "-o", at("n")).want(1, "is no edition")
	export("smart-working", "--as", "pdf").want(2, "must be one of")

	lost := loseVideo(t, data)
	for form, name := range map[string]string{"folder": "buca", "zip": "buca.zip"} {
		export("smart-working", "--as", form, "-o", at(name)).want(1, "A file of this edition can’t be found", ".mp4 ("+lost)
		if exists(at(name)) {
			t.Errorf("%s was begun although a file is missing", name)
		}
	}
}

// loseVideo takes a video of the reference course away from the object store, and gives its hash.
func loseVideo(t *testing.T, data string) string {
	t.Helper()
	largest, size := "", int64(0)
	err := filepath.WalkDir(filepath.Join(data, "objects"), func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Base(filepath.Dir(p)) != "media" {
			return err
		}
		if info, err := d.Info(); err == nil && info.Size() > size {
			largest, size = p, info.Size()
		}
		return nil
	})
	if err != nil || largest == "" {
		t.Fatal("no media in the store", err)
	}
	if err := os.Remove(largest); err != nil {
		t.Fatal(err)
	}
	return filepath.Base(largest)
}

// sameAsFolder holds that a zip has a folder's files, and no other.
func sameAsFolder(t *testing.T, archive, folder string) {
	t.Helper()
	z, err := zip.OpenReader(archive)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	var packed, loose []string
	for _, f := range z.File {
		packed = append(packed, f.Name)
		if body, err := fs.ReadFile(z, f.Name); err != nil || !bytes.Equal(body, read(t, filepath.Join(folder, f.Name))) {
			t.Errorf("%s is not the same packed and loose: %v", f.Name, err)
		}
	}
	err = fs.WalkDir(os.DirFS(folder), ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			loose = append(loose, p)
		}
		return err
	})
	slices.Sort(loose)
	if err != nil || !slices.Equal(packed, loose) {
		t.Errorf("packed %q, loose %q %v", packed, loose, err)
	}
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
