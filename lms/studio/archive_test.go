package studio_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"aulacomune/content"
	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/studio"
)

// zipOf packs files; a name that ends in / is a folder.
func zipOf(t *testing.T, files map[string]string) studio.Archive {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		w, err := z.Create(name)
		if err == nil && !strings.HasSuffix(name, "/") {
			_, err = io.WriteString(w, files[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return archiveOf(b.Bytes())
}

func archiveOf(b []byte) studio.Archive {
	return studio.Archive{Body: bytes.NewReader(b), Size: int64(len(b))}
}

// read unpacks a zip: names with the hash of what they hold.
func read(t *testing.T, b []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		h := sha256.New()
		if _, err := io.Copy(h, r); err != nil {
			t.Fatal(err)
		}
		out[f.Name] = fmt.Sprintf("%x", h.Sum(nil))
	}
	return out
}

func (d *desk) download(id studio.DraftID) []byte {
	d.t.Helper()
	var b bytes.Buffer
	d.ok(d.Download(d.t.Context(), d.anna, id, &b))
	return b.Bytes()
}

// folderZip packs a folder of this repository.
func folderZip(t *testing.T, dir string) studio.Archive {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if err := z.AddFS(os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return archiveOf(b.Bytes())
}

// TestWhatAMacLeavesInAZip: nobody asked for it, and nobody is told that it was left out.
func TestWhatAMacLeavesInAZip(t *testing.T) {
	d := newDesk(t)
	in, err := d.Import(t.Context(), d.anna, "", zipOf(t, map[string]string{
		"corso/course.yaml": "title: Corso\n", "corso/.DS_Store": "x", "__MACOSX/corso/._course.yaml": "x", "corso/01-inizio/.DS_Store": "x", "corso/Thumbs.db": "x", "corso/.nascosto.md": "x",
	}))
	d.ok(err)
	if len(in.Skipped) != 1 || in.Skipped[0].Path != ".nascosto.md" {
		t.Errorf("skipped %+v", in.Skipped)
	}
}

func TestAFolderComesBackByteForByte(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	in, err := d.Import(ctx, d.anna, "", folderZip(t, "../../cmd/aula/testdata/filmato"))
	d.ok(err)
	first := d.download(in.Draft.ID)
	again, err := d.Import(ctx, d.anna, "", archiveOf(first))
	d.ok(err)
	second := d.download(again.Draft.ID)
	if a, b := read(t, first), read(t, second); !maps.Equal(a, b) || len(again.Skipped) != 0 || len(a) < 4 {
		t.Errorf("%v\n%v\nskipped %v", a, b, again.Skipped)
	}
	back, err := d.Replace(ctx, d.anna, in.Draft.ID, archiveOf(first))
	d.ok(err)
	if got := d.download(back.Draft.ID); !maps.Equal(read(t, got), read(t, first)) {
		t.Error("a replaced draft is another")
	}
	z, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	d.ok(err)
	dir := t.TempDir()
	d.ok(os.CopyFS(dir, z))
	f, err := content.ReadFolder(ctx, os.DirFS(dir))
	d.ok(err)
	made, findings := content.Compile(f)
	if course.HasErrors(findings) || made.Hash != d.compile(in.Draft.ID).Course.Hash {
		t.Errorf("what was downloaded: %v, hash %s", findings, made.Hash)
	}
}

func TestOddBytesComeBackToo(t *testing.T) {
	d := newDesk(t)
	files := map[string]string{
		"course.yaml": "\uFEFFslug: a\r\ntitle: A", "01/a.md": "e\u0301\r\nfine senza a capo", "01/vuoto.md": "", "README.md": "\n\n# Leggimi\n\n", "01/città.md": "\t\n",
	}
	in, err := d.Import(t.Context(), d.anna, "", zipOf(t, files))
	d.ok(err)
	got := read(t, d.download(in.Draft.ID))
	for name, text := range files {
		if want := fmt.Sprintf("%x", sha256.Sum256([]byte(text))); got[name] != want {
			t.Errorf("%s is another", name)
		}
	}
	if len(in.Skipped) != 0 || len(got) != len(files) {
		t.Errorf("skipped %v, got %v", in.Skipped, got)
	}
}

func TestReplacingKeepsTheHistory(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	id, name := d.begin()
	old := d.file(id, name).Text
	in, err := d.Replace(ctx, d.carlo, id, zipOf(t, map[string]string{"corso/course.yaml": "slug: nuovo\ntitle: Nuovo\n", "corso/" + name: readingText, "corso/media/": ""}))
	d.ok(err)
	if in.Draft.Title != "Nuovo" || d.file(id, name).Text != readingText {
		t.Errorf("%+v", in)
	}
	history, err := d.History(ctx, d.anna, id, name)
	d.ok(err)
	if len(history) != 1 || history[0].Text != old {
		t.Errorf("%+v", history)
	}
	if c := d.compile(id); c.Course.Slug != "nuovo" {
		t.Errorf("the desk still has %q", c.Course.Slug)
	}
	if _, err := d.Replace(ctx, d.carlo, id, zipOf(t, map[string]string{"course.yaml": "slug: nuovo\ntitle: Nuovo\n"})); err != nil {
		t.Fatal(err)
	}
	if f := d.file(id, name); !f.Gone() || f.Text != readingText {
		t.Errorf("a file that the new folder has not: %+v", f)
	}
}

func TestWhatAZipMayNotBring(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	in, err := d.Import(ctx, d.anna, "", zipOf(t, map[string]string{
		"course.yaml": "slug: a\ntitle: A\n", "../fuori.md": "x", "/radice.md": "x", `C:\a.md`: "x", ".git/config": "x", "_note/a.md": "x", "a.exe": "MZ", "latino.md": "perch\xe9",
		"grande.md": strings.Repeat("x", studio.MostTextBytes+1), "finto.jpg": "testo", "pagina.html": "<script>", "corso\n.md": "x",
	}))
	d.ok(err)
	left, err := d.List(ctx, d.anna, in.Draft.ID)
	d.ok(err)
	if len(left) != 1 || len(in.Skipped) != 11 {
		t.Errorf("kept %d files; skipped %+v", len(left), in.Skipped)
	}
	for _, s := range in.Skipped {
		if s.Reason == "" || strings.ContainsAny(s.Path, "\n\x00") {
			t.Errorf("%+v", s)
		}
	}
	for what, z := range map[string]studio.Archive{
		"no zip": archiveOf([]byte("ciao")), "nothing": archiveOf(nil), "no course.yaml": zipOf(t, map[string]string{"a.md": "x"}),
		"course.yaml too deep": zipOf(t, map[string]string{"a/b/course.yaml": "x"}),
	} {
		if _, err := d.Import(ctx, d.anna, "", z); !lms.Is(err, lms.Invalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := d.Import(ctx, d.fabio, "ala", zipOf(t, map[string]string{"course.yaml": "x"})); !lms.Is(err, lms.Invalid) {
		t.Errorf("into another ente: %v", err)
	}
	if list, err := d.Drafts(ctx, d.anna); err != nil || len(list) != 1 {
		t.Errorf("half an import: %v %v", list, err)
	}
}

func TestUploads(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	id, _ := d.begin()
	up := func(name string, body []byte) (studio.Uploaded, error) {
		return d.Upload(ctx, d.anna, id, studio.Upload{Name: name, Body: bytes.NewReader(body)})
	}
	f, err := up(`C:\Foto\Sala del Consiglio.JPG`, photo(t, 2000, 1200))
	d.ok(err)
	var names []string
	for name, f := range d.compile(id).Files {
		if f.Media != nil {
			names = append(names, fmt.Sprint(name, " ", f.Media.Width))
			if f.Media.Path != name {
				t.Errorf("the media file of %s is called %q", name, f.Media.Path)
			}
		}
	}
	slices.Sort(names)
	if want := []string{"media/sala-del-consiglio.400w.jpg 400", "media/sala-del-consiglio.800w.jpg 800", "media/sala-del-consiglio.jpg 1600"}; !slices.Equal(names, want) || f.Path != "media/sala-del-consiglio.jpg" {
		t.Errorf("%q, %s", names, f.Path)
	}
	if same, err := up("sala del consiglio.jpg", photo(t, 2000, 1200)); err != nil || same.Path != f.Path {
		t.Errorf("the same picture again: %v %v", same.Path, err)
	}
	other, err := up("Sala del consiglio.jpg", photo(t, 300, 200))
	d.ok(err)
	if other.Path != "media/sala-del-consiglio-2.jpg" {
		t.Errorf("another picture of the same name: %s", other.Path)
	}
	c, err := up("voce.vtt", []byte("WEBVTT\n\n00:00.000 --> 00:01.000\nCiao\n"))
	d.ok(err)
	if c.Path != "media/voce.vtt" || c.Media != nil {
		t.Errorf("captions: %+v", c)
	}
	for name, body := range map[string]string{"a.exe": "MZ", "a.jpg": "testo", "a.html": "<p>", "niente": "", "a.md": "perch\xe9"} {
		if _, err := up(name, []byte(body)); !lms.Is(err, lms.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	m, o, err := d.OpenMedia(ctx, d.anna, id, f.Media.Hash)
	d.ok(err)
	defer o.Close()
	b, err := io.ReadAll(o)
	if err != nil || m.Type != "image/jpeg" || int64(len(b)) != m.Size || bytes.Contains(b, []byte("Exif")) {
		t.Errorf("%+v, %d bytes, %v", m, len(b), err)
	}
	_, _, err = d.OpenMedia(ctx, d.fabio, id, f.Media.Hash)
	d.kind(err, lms.NotFound, "")
	_, _, err = d.OpenMedia(ctx, d.anna, id, course.Hash(strings.Repeat("0", 64)))
	d.kind(err, lms.NotFound, "")
}
