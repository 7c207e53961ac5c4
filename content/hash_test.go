package content_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"aulacomune/content"
	"aulacomune/course"
)

// TestSameFolderSameCourse writes one folder in every way an author's machine might, and wants one course.
func TestSameFolderSameCourse(t *testing.T) {
	folder := accented()
	want, findings := content.Compile(folder)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	change := func(f func([]byte) []byte) content.Folder {
		other := content.Folder{Texts: map[string][]byte{}, Media: maps.Clone(folder.Media)}
		for name, text := range folder.Texts {
			other.Texts[name] = f(text)
		}
		return other
	}
	ways := map[string]content.Folder{
		"CRLF": change(func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n")) }),
		"CR":   change(func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte("\r")) }),
		"NFD":  change(norm.NFD.Bytes),
		"BOM":  change(func(b []byte) []byte { return append([]byte("\uFEFF"), b...) }),
		"all": change(func(b []byte) []byte {
			return append([]byte("\uFEFF"), bytes.ReplaceAll(norm.NFD.Bytes(b), []byte("\n"), []byte("\r\n"))...)
		}),
	}
	ways["names in NFD"] = renamed(folder)
	ways["other files beside"] = with(folder, "_note/appunti.md", "README.md", "video/inutile.svg")
	for name, other := range ways {
		t.Run(name, func(t *testing.T) {
			got, findings := content.Compile(other)
			if diff := cmp.Diff(want, got); diff != "" || len(findings) > 0 {
				t.Error(findings, diff)
			}
		})
	}
	t.Run("another place", func(t *testing.T) {
		t.Setenv("TZ", "Pacific/Kiritimati")
		t.Setenv("LC_ALL", "tr_TR.UTF-8")
		local := time.Local
		time.Local = time.FixedZone("far", 14*3600)
		defer func() { time.Local = local }()
		if got, _ := content.Compile(folder); got.Hash != want.Hash {
			t.Error(got.Hash)
		}
	})
}

// TestHashIsAsDocumented works the edition's hash out by the words of the package comment.
func TestHashIsAsDocumented(t *testing.T) {
	folder := accented()
	made, _ := content.Compile(folder)
	var b strings.Builder
	b.WriteString("aula-edition 1\n")
	for _, name := range []string{"course.yaml", "m/1.md", "m/città.svg", "v.mp4", "v.vtt"} {
		sum := string(folder.Media[name].Hash)
		if text, ok := folder.Texts[name]; ok {
			sum = sha256Hex(text)
		}
		fmt.Fprintf(&b, "%s  %s\n", sum, name)
	}
	if want := course.Hash(sha256Hex([]byte(b.String()))); made.Hash != want {
		t.Errorf("%s, want %s", made.Hash, want)
	}
}

// TestHashSeesEveryChange changes one thing at a time.
func TestHashSeesEveryChange(t *testing.T) {
	folder := accented()
	first, _ := content.Compile(folder)
	for name := range folder.Texts {
		changed := with(folder)
		changed.Texts[name] = append(bytes.Clone(folder.Texts[name]), '\n')
		if made, _ := content.Compile(changed); made.Hash == first.Hash {
			t.Errorf("%s changed and the hash did not", name)
		}
	}
	changed := with(folder)
	changed.Media["v.mp4"] = course.Media{Hash: course.Hash(strings.Repeat("b", 64)), Type: "video/mp4", Seconds: 3}
	if made, _ := content.Compile(changed); made.Hash == first.Hash {
		t.Error("the video changed and the hash did not")
	}
}

func TestZipIsCanonical(t *testing.T) {
	folder := accented()
	one, err := content.Zip(folder)
	if err != nil {
		t.Fatal(err)
	}
	two, err := content.Zip(with(renamed(folder), "_bozza.md", "altro.svg"))
	if err != nil || !bytes.Equal(one, two) {
		t.Fatal("another order of files, other bytes", err)
	}
	texts, err := content.ReadTexts(bytes.NewReader(one), int64(len(one)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(folder.Texts, texts); diff != "" {
		t.Error(diff)
	}
	want, _ := content.Compile(folder)
	if got, _ := content.Compile(content.Folder{Texts: texts, Media: folder.Media}); got.Hash != want.Hash {
		t.Error("compiled from its own zip it is another edition")
	}
}

// accented is a course whose texts and names have accents.
func accented() content.Folder {
	return content.Folder{
		Texts: map[string][]byte{
			"course.yaml": []byte(manifest),
			"m/1.md": []byte("---\nid: uno\ntitle: Perché è così\nkind: pill\nminutes: 1\nobjectives: [Città]\ncomplete: {watched: 80}\n" +
				"video: {file: v.mp4, captions: v.vtt, poster: m/città.svg, poster_alt: Più}\n---\n\n## Libertà\n\nÈ **già** [alla libertà](#libertà).  \n\n![Città](città.svg)\n"),
			"m/città.svg": []byte("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 3\"><title>Città</title></svg>\n"),
			"v.vtt":       []byte("WEBVTT\n\n00:00.000 --> 00:02.000\nPerché no?\n"),
		},
		Media: map[string]course.Media{"v.mp4": {Hash: course.Hash(strings.Repeat("a", 64)), Type: "video/mp4", Seconds: 3}},
	}
}

// renamed is a folder whose names come decomposed, as one of the great file systems gives them.
func renamed(f content.Folder) content.Folder {
	other := content.Folder{Texts: map[string][]byte{}, Media: maps.Clone(f.Media)}
	for name, text := range f.Texts {
		other.Texts[norm.NFD.String(name)] = text
	}
	return other
}

// with is a copy of a folder with some more texts.
func with(f content.Folder, more ...string) content.Folder {
	other := content.Folder{Texts: maps.Clone(f.Texts), Media: maps.Clone(f.Media)}
	for _, name := range more {
		other.Texts[name] = []byte("Altro.\n")
	}
	return other
}

func sha256Hex(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
