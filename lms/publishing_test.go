package lms_test

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"aulacomune/content"
	"aulacomune/course"
	"aulacomune/lms"
)

// press is a town with two authors of different enti.
type press struct {
	*town
	author, other lms.Actor
}

func newPress(t testing.TB) *press {
	t.Helper()
	w := newTown(t)
	w.org("ala", "")
	w.org("bosco", "")
	return &press{w, w.person("autrice", "ala", lms.Author), w.person("autore", "bosco", lms.Author)}
}

func (p *press) editions(t *testing.T, slug course.Slug) []lms.Edition {
	t.Helper()
	c, err := p.node().Library.Find(t.Context(), slug)
	if err != nil {
		t.Fatal(err)
	}
	return c.Editions
}

func TestTheSameContentIsTheSameEdition(t *testing.T) {
	p := newPress(t)
	first := p.publish(p.author, lessons("corso", reading("a")))
	if !first.New || first.Edition.Number != 1 || first.Edition.Objects != 1 || first.Edition.By != p.author.ID || first.Edition.Note != "first" {
		t.Errorf("%+v", first)
	}
	before := p.state(t)
	again := p.publish(p.author, lessons("corso", reading("a")))
	if again.New || again.Edition != first.Edition || !slices.Equal(before, p.state(t)) {
		t.Errorf("%+v", again)
	}
	second := p.publish(p.author, lessons("corso", reading("a"), reading("b")))
	if !second.New || second.Edition.Number != 2 || second.Course.Latest() != second.Edition {
		t.Errorf("%+v", second)
	}
	old := p.publish(p.author, lessons("corso", reading("a")))
	if !old.New || old.Edition.Number != 3 || old.Edition.Restores != 1 || old.Edition.Hash != first.Edition.Hash || old.Course.Latest() != old.Edition {
		t.Errorf("the first content, after the second: %+v", old.Edition)
	}
	if e, ok := old.Course.WithHash(first.Edition.Hash); !ok || e != old.Edition {
		t.Errorf("the first content is found as %+v", e)
	}
	if again = p.publish(p.author, lessons("corso", reading("a"))); again.New || again.Edition != old.Edition || len(p.editions(t, "corso")) != 3 {
		t.Errorf("the same once more: %+v", again)
	}
}

func TestAPublicationIsSeenAtOnceHereAndSoonElsewhere(t *testing.T) {
	p := newPress(t)
	there := p.node()
	p.publish(p.author, lessons("corso", reading("a")))
	if c, err := there.Library.Find(t.Context(), "corso"); err != nil || c.Latest().Number != 1 {
		t.Fatal(c, err)
	}
	p.publish(p.author, lessons("corso", reading("a"), reading("b")))
	if c, err := p.Library.Find(t.Context(), "corso"); err != nil || c.Latest().Number != 2 {
		t.Errorf("here: %+v %v", c, err)
	}
	p.clock.pass(5e9)
	if c, err := there.Library.Find(t.Context(), "corso"); err != nil || c.Latest().Number != 2 {
		t.Errorf("elsewhere: %+v %v", c, err)
	}
}

func TestWhatMayNotBePublished(t *testing.T) {
	p := newPress(t)
	p.publish(p.other, lessons("preso", reading("a")))
	good := lessons("corso", reading("a"))
	missing := good
	missing.Media = []course.Media{{Path: "video.mp4", Hash: sum([]byte("video"))}}
	finding := course.Finding{File: "a.md", Line: 1, Severity: course.SeverityError, Rule: "missing-alt", Message: "x"}
	warning := finding
	warning.Severity = course.SeverityWarning
	for _, c := range []struct {
		name  string
		org   lms.OrganisationID
		body  []byte
		kind  lms.ErrorKind
		field string
	}{
		{"no zip", "", []byte("no"), lms.Invalid, "body"},
		{"nothing", "", nil, lms.Invalid, "body"},
		{"errors among the findings", "", encoded(t, draft{good, []course.Finding{warning, finding}}), lms.Invalid, "body"},
		{"media that were not uploaded", "", encoded(t, draft{Course: missing}), lms.Invalid, "body"},
		{"a slug of another ente", "", encoded(t, draft{Course: lessons("preso", reading("a"), reading("b"))}), lms.Conflict, "slug"},
		{"for another ente", "bosco", encoded(t, draft{Course: good}), lms.Invalid, "organisation"},
		{"for no ente", "nowhere", encoded(t, draft{Course: good}), lms.Invalid, "organisation"},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := p.state(t)
			got, err := p.Publishing.Publish(t.Context(), p.author, c.org, c.body, "")
			wantKind(t, err, c.kind, c.field)
			if strings.Contains(c.name, "findings") && len(got.Findings) != 2 {
				t.Errorf("findings %v", got.Findings)
			}
			if !slices.Equal(before, p.state(t)) {
				t.Error("something changed")
			}
		})
	}
	got, err := p.Publishing.Publish(t.Context(), p.author, "", encoded(t, draft{good, []course.Finding{warning}}), "")
	if err != nil || !got.New || len(got.Findings) != 1 {
		t.Errorf("a warning: %v %+v", err, got)
	}
}

func TestPublicationsAtOnceAreAllThere(t *testing.T) {
	p := newPress(t)
	schools := []*lms.School{p.School, p.node()}
	numbers := make([]int, 12)
	together(t, len(numbers), func(i int) error {
		c := lessons("corso", reading(course.ObjectID(fmt.Sprint("o", i/2)))) // each content twice
		got, err := schools[i%2].Publishing.Publish(t.Context(), p.author, "", encoded(t, draft{Course: c}), fmt.Sprint(i))
		if err != nil {
			return err
		}
		content, err := schools[i%2].Library.Open(t.Context(), got.Edition.Hash)
		if err == nil && content.Modules[0].Objects[0].ID != c.Modules[0].Objects[0].ID {
			err = fmt.Errorf("was told of edition %d, which holds %s", got.Edition.Number, content.Modules[0].Objects[0].ID)
		}
		numbers[i] = got.Edition.Number
		return err
	})
	all := p.editions(t, "corso")
	if len(all) < 6 || len(all) > 12 || slices.Max(numbers) != len(all) {
		t.Errorf("numbers %v of %d editions", numbers, len(all))
	}
	for i, e := range all {
		if e.Number != i+1 || !slices.Contains(numbers, e.Number) {
			t.Errorf("edition %d stands at %d, and these were told of: %v", e.Number, i+1, numbers)
		}
		if i > 0 && e.Hash == all[i-1].Hash {
			t.Errorf("editions %d and %d have the same content", i, i+1)
		}
		if again := slices.ContainsFunc(all[:i], func(old lms.Edition) bool { return old.Hash == e.Hash }); again != (e.Restores > 0) {
			t.Errorf("edition %d says that it restores %d", e.Number, e.Restores)
		}
	}
}

func TestASlugPublishedAtOnceByTwoEntiIsOnes(t *testing.T) {
	p := newPress(t)
	for round := range 8 {
		slug := course.Slug(fmt.Sprint("corso", round))
		authors := []lms.Actor{p.author, p.other}
		won := make([]bool, 2)
		together(t, 2, func(i int) error {
			_, err := p.Publishing.Publish(t.Context(), authors[i], "", encoded(t, draft{Course: lessons(slug, reading(course.ObjectID(fmt.Sprint("o", i))))}), "")
			won[i] = err == nil
			if lms.Is(err, lms.Conflict) {
				return nil
			}
			return err
		})
		if n := len(p.editions(t, slug)); won[0] == won[1] || n != 1 {
			t.Errorf("%v published, %d editions", won, n)
		}
	}
}

// recording is a real one, from the reference course.
func recording(t testing.TB) (name string, b []byte) {
	t.Helper()
	all, err := fs.Glob(content.Reference(), "*/*.mp4")
	if err != nil || len(all) == 0 {
		all, err = fs.Glob(content.Reference(), "*/*/*.mp4")
	}
	if err != nil || len(all) == 0 {
		t.Fatal("the reference course has no recordings", err)
	}
	b, err = fs.ReadFile(content.Reference(), all[0])
	if err != nil {
		t.Fatal(err)
	}
	return all[0], b
}

func TestMediaAreKeptByTheirHash(t *testing.T) {
	p := newPress(t)
	_, b := recording(t)
	missing, err := p.Publishing.MissingMedia(t.Context(), p.author, []course.Hash{sum(b), sum(nil)})
	if err != nil || len(missing) != 2 {
		t.Fatal(missing, err)
	}
	m, err := p.Publishing.PutMedia(t.Context(), p.author, sum(b), "../../lezione.mp4", bytes.NewReader(b))
	if err != nil || m.Type != "video/mp4" || m.Seconds < 10 || m.Width != 640 || m.Size != int64(len(b)) || m.Hash != sum(b) {
		t.Errorf("%v %+v", err, m)
	}
	again, err := p.Publishing.PutMedia(t.Context(), p.author, sum(b), "x.mp4", strings.NewReader("ignored: it is there"))
	if err != nil || again != m {
		t.Errorf("%v %+v", err, again)
	}
	if missing, err = p.Publishing.MissingMedia(t.Context(), p.other, []course.Hash{sum(b), sum(nil)}); err != nil || !slices.Equal(missing, []course.Hash{sum(nil)}) {
		t.Errorf("%v %v", missing, err)
	}
}

func TestWhatIsNoMediaIsRefused(t *testing.T) {
	p := newPress(t)
	_, video := recording(t)
	before := p.state(t)
	for _, c := range []struct {
		name, file, field string
		body              []byte
		hash              course.Hash
	}{
		{"a page", "pagina.html", "file", []byte("<!doctype html><script>alert(1)</script>"), ""},
		{"a page that says it is a picture", "foto.png", "file", []byte("<!doctype html><script>alert(1)</script>"), ""},
		{"a drawing", "disegno.svg", "file", []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), ""},
		{"a drawing that says it is a picture", "disegno.png", "file", []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), ""},
		{"a video that says it is a picture", "video.png", "file", video, ""},
		{"the beginning of a video", "video.mp4", "file", video[:200], ""},
		{"nothing", "video.mp4", "file", nil, ""},
		{"a program", "video.exe", "file", []byte("MZ"), ""},
		{"without a name", "", "file", video, ""},
		{"another hash", "video.mp4", "hash", video, sum(nil)},
		{"half a hash", "video.mp4", "hash", video, sum(video)[:32]},
		{"a path for a hash", "video.mp4", "hash", video, "../../../../etc/passwd"},
		{"a hash in capitals", "video.mp4", "hash", video, course.Hash(strings.ToUpper(string(sum(video))))},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.hash == "" {
				c.hash = sum(c.body)
			}
			_, err := p.Publishing.PutMedia(t.Context(), p.author, c.hash, c.file, bytes.NewReader(c.body))
			wantKind(t, err, lms.Invalid, c.field)
		})
	}
	_, err := p.Publishing.PutMedia(t.Context(), p.author, sum(video), "video.mp4", io.MultiReader(bytes.NewReader(video[:1000]), brokenReader{}))
	wantKind(t, err, lms.Invalid, "")
	_, err = p.Publishing.MissingMedia(t.Context(), p.author, []course.Hash{sum(nil), "x"})
	wantKind(t, err, lms.Invalid, "hashes[1]")
	if !slices.Equal(before, p.state(t)) {
		t.Error("something changed")
	}
	for o, err := range p.objects.List(t.Context(), "media/") {
		t.Errorf("%s was kept (%v)", o.Key, err)
	}
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errBroken }

func TestOnlyAuthorsUpload(t *testing.T) {
	p := newPress(t)
	_, video := recording(t)
	reader := p.author
	reader.Scope = lms.ScopeRead
	for name, a := range map[string]lms.Actor{"nobody": {}, "a learner": p.person("anna", "ala", lms.Learner), "an administrator": p.person("capo", "ala", lms.Administrator), "a token that reads": reader} {
		_, put := p.Publishing.PutMedia(t.Context(), a, sum(video), "v.mp4", bytes.NewReader(video))
		_, ask := p.Publishing.MissingMedia(t.Context(), a, nil)
		for _, err := range []error{put, ask} {
			if !lms.Is(err, lms.Forbidden) && !lms.Is(err, lms.SignIn) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	publisher := p.author
	publisher.Scope = lms.ScopePublish
	if _, err := p.Publishing.PutMedia(t.Context(), publisher, sum(video), "v.mp4", bytes.NewReader(video)); err != nil {
		t.Errorf("a token that publishes: %v", err)
	}
}
