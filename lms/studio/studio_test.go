package studio_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/studio"
)

// desk is a studio on real engines with the real compiler, and the authors of two enti.
type desk struct {
	*studio.Studio
	t     *testing.T
	house *wiring.House
	anna  lms.Actor // authors of ala
	carlo lms.Actor
	fabio lms.Actor // author of bosco
	gina  lms.Actor // author of the valley, which is above ala
	leo   lms.Actor // a learner of ala
	clock *clock
}

type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, clock: &clock{at: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}}
	var err error
	d.house, err = wiring.Open(t.Context(), wiring.Options{Data: t.TempDir(), URL: "https://aula.example", Log: slog.New(slog.DiscardHandler), Now: d.clock.now})
	d.ok(err)
	t.Cleanup(func() { d.ok(d.house.Close()) })
	d.Studio = d.house.Studio
	for _, o := range []struct{ id, parent lms.OrganisationID }{{"valle", ""}, {"ala", "valle"}, {"bosco", ""}} {
		_, err := d.house.School.Organisations.Add(t.Context(), lms.Organisation{ID: o.id, Name: "Comune di " + string(o.id)}, o.parent)
		d.ok(err)
	}
	d.anna, d.carlo, d.fabio = d.person("anna", "ala", lms.Author), d.person("carlo", "ala", lms.Author), d.person("fabio", "bosco", lms.Author)
	d.gina, d.leo = d.person("gina", "valle", lms.Author), d.person("leo", "ala", lms.Learner)
	return d
}

func (d *desk) person(login string, org lms.OrganisationID, role lms.Role) lms.Actor {
	d.t.Helper()
	p, err := d.house.School.People.InstallActivated(d.t.Context(), lms.NewPerson{Login: login, Given: login, Family: "Prova", Organisation: org, Role: role}, "")
	d.ok(err)
	return lms.ActorOf(p, d.clock.now(), lms.Everything)
}

// node is the same studio as another process would have it.
func (d *desk) node() *studio.Studio {
	d.t.Helper()
	s, err := studio.Open(d.t.Context(), studio.Ports{Engine: d.house.Engine, School: d.house.School, Tools: wiring.StudioTools(), Now: d.clock.now})
	d.ok(err)
	return s
}

func (d *desk) ok(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// kind fails unless an error is of a kind and names the field, where one is given.
func (d *desk) kind(err error, kind lms.ErrorKind, field string) {
	d.t.Helper()
	e, _ := errors.AsType[*lms.Error](err)
	if !lms.Is(err, kind) || field != "" && e.Fields[field] == "" {
		d.t.Errorf("got %v, want %v about %q", err, kind, field)
	}
}

// begin makes a draft with a module and a reading, and gives the reading's path.
func (d *desk) begin() (studio.DraftID, string) {
	d.t.Helper()
	ctx := d.t.Context()
	b, err := d.Begin(ctx, d.anna, studio.Start{Title: "Privacy in comune", Summary: "Che cosa si può scrivere in un atto pubblico, e che cosa no."})
	d.ok(err)
	name, err := d.AddObject(ctx, d.anna, b.ID, studio.NewObject{Module: d.compile(b.ID).Outline.Modules[0].ID, Kind: course.Reading, Title: "Dati e atti"})
	d.ok(err)
	return b.ID, name
}

func (d *desk) compile(id studio.DraftID) studio.Compiled {
	d.t.Helper()
	c, err := d.Compile(d.t.Context(), d.anna, id)
	d.ok(err)
	return c
}

func (d *desk) file(id studio.DraftID, name string) studio.File {
	d.t.Helper()
	f, err := d.File(d.t.Context(), d.anna, id, name)
	d.ok(err)
	return f
}

func (d *desk) save(a lms.Actor, id studio.DraftID, t studio.Text) studio.Saved {
	d.t.Helper()
	s, err := d.Save(d.t.Context(), a, id, t)
	d.ok(err)
	return s
}

// objects are the paths of a draft's objects in the course's order, modules apart.
func (d *desk) objects(id studio.DraftID) string {
	d.t.Helper()
	var modules []string
	for _, m := range d.compile(id).Outline.Modules {
		modules = append(modules, strings.Join(m.Objects, " "))
	}
	return strings.Join(modules, " | ")
}

// readingText is an object that compiles without a word from the compiler, but for the course's hours.
const readingText = `---
id: dati-e-atti
title: Dati e atti
kind: reading
minutes: 5
objectives:
  - Riconoscere un dato personale in un atto
complete:
  read: true
---

## Che cos'è un dato personale

Un nome è un dato personale. Lo è anche la targa di un'auto. Chi scrive un atto si chiede quali servono davvero.
`

func TestADraftFromNothingToAnEdition(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	id, name := d.begin()
	if got := d.file(id, name); !strings.Contains(got.Text, "Dati e atti") || got.Rev != 1 {
		t.Errorf("the template: %+v", got)
	}
	d.save(d.anna, id, studio.Text{Path: name, Text: readingText, Rev: 1})
	r, err := d.Review(ctx, d.anna, id)
	d.ok(err)
	if course.HasErrors(r.Findings) || r.Diff != nil || r.Course.Count() != 1 {
		t.Fatalf("findings %v, diff %v, %d objects", r.Findings, r.Diff, r.Course.Count())
	}
	p, err := d.Publish(ctx, d.anna, id, r.Seen(), "Prima versione")
	d.ok(err)
	if !p.New || p.Edition.Number != 1 || p.Course.Organisation != "ala" {
		t.Errorf("%+v", p)
	}
	d.save(d.carlo, id, studio.Text{Path: name, Text: readingText + "\nAnche una fotografia lo è.\n", Rev: 2})
	r, err = d.Review(ctx, d.carlo, id)
	d.ok(err)
	if r.Newest.Number != 1 || r.Diff == nil || len(r.Diff.Objects) != 1 || !r.Diff.Harmless() {
		t.Errorf("%+v", r.Diff)
	}
	p, err = d.Publish(ctx, d.carlo, id, r.Seen(), "Un esempio in più")
	d.ok(err)
	if p.Edition.Number != 2 || p.Edition.By != d.carlo.ID {
		t.Errorf("%+v", p.Edition)
	}
}

func TestOnlyWhatWasReviewedIsPublished(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	id, name := d.begin()
	d.save(d.anna, id, studio.Text{Path: name, Text: readingText, Rev: 1})
	r, err := d.Review(ctx, d.anna, id)
	d.ok(err)
	d.save(d.carlo, id, studio.Text{Path: name, Text: readingText + "\nChi lo ha letto?\n", Rev: 2})
	for _, seen := range []studio.Seen{{}, r.Seen(), {Hash: d.compile(id).Course.Hash, After: 1}} {
		_, err = d.Publish(ctx, d.anna, id, seen, "Prima versione")
		d.kind(err, lms.Conflict, "")
	}
	if _, err := d.house.School.Library.Find(ctx, r.Course.Slug); !lms.Is(err, lms.NotFound) {
		t.Errorf("a text that nobody reviewed is published: %v", err)
	}
	again, err := d.Review(ctx, d.anna, id)
	d.ok(err)
	_, err = d.Publish(ctx, d.anna, id, again.Seen(), "Prima versione")
	d.ok(err)
}

// TestAWordToSaveIsAState: what an author saves, and what is published, stays in the history; what is saved by itself in a sitting is one state.
func TestAWordToSaveIsAState(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	id, name := d.begin()
	rev := 1
	write := func(text string, kept bool) {
		t.Helper()
		s := d.save(d.anna, id, studio.Text{Path: name, Text: readingText + text, Rev: rev, Kept: kept})
		if s.Conflict {
			t.Fatal("conflict")
		}
		rev = s.File.Rev
		d.clock.pass(time.Second)
	}
	write("A", false)
	write("AB", false)
	write("AB", true) // it was saved by itself already
	write("AB", true)
	write("ABC", false)
	write("ABCD", true)
	write("ABCDE", false)
	r, err := d.Review(ctx, d.anna, id)
	d.ok(err)
	_, err = d.Publish(ctx, d.anna, id, r.Seen(), "")
	d.ok(err)
	d.clock.pass(time.Second)
	write("F", false)
	write("FG", false)
	all, err := d.History(ctx, d.anna, id, name)
	d.ok(err)
	var got []string
	for _, v := range all {
		got = append(got, strings.TrimPrefix(v.Text, readingText))
	}
	if want := []string{"ABCDE", "ABCD", "AB"}; !slices.Equal(got, want) {
		t.Errorf("the history holds %q, want %q", got, want)
	}
}

func TestWhatHasErrorsIsNotPublished(t *testing.T) {
	d := newDesk(t)
	id, name := d.begin()
	d.save(d.anna, id, studio.Text{Path: name, Text: strings.Replace(readingText, "kind: reading", "kind: lettura", 1), Rev: 1})
	r, err := d.Review(t.Context(), d.anna, id)
	d.ok(err)
	p, err := d.Publish(t.Context(), d.anna, id, r.Seen(), "Prima versione")
	d.kind(err, lms.Invalid, "body")
	if !course.HasErrors(p.Findings) {
		t.Errorf("findings %v", p.Findings)
	}
	if _, err := d.house.School.Library.Find(t.Context(), "privacy-in-comune"); !lms.Is(err, lms.NotFound) {
		t.Errorf("something was published: %v", err)
	}
}

func TestDraftsAreSeenByTheirOrganisationsAuthorsAlone(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	id, name := d.begin()
	for _, who := range []struct {
		name  string
		actor lms.Actor
		kind  lms.ErrorKind // Unknown where it is theirs
	}{
		{"its author", d.anna, lms.Unknown}, {"a colleague", d.carlo, lms.Unknown}, {"an author above", d.gina, lms.Unknown},
		{"an author elsewhere", d.fabio, lms.NotFound}, {"a learner", d.leo, lms.Forbidden}, {"nobody", lms.Actor{}, lms.SignIn},
	} {
		for what, do := range map[string]func() error{
			"draft":    func() error { _, err := d.Draft(ctx, who.actor, id); return err },
			"list":     func() error { _, err := d.List(ctx, who.actor, id); return err },
			"file":     func() error { _, err := d.File(ctx, who.actor, id, name); return err },
			"compile":  func() error { _, err := d.Compile(ctx, who.actor, id); return err },
			"preview":  func() error { _, err := d.Preview(ctx, who.actor, id, studio.Text{Path: name, Text: "x"}); return err },
			"save":     func() error { _, err := d.Save(ctx, who.actor, id, studio.Text{Path: name, Text: "x"}); return err },
			"comment":  func() error { return d.Comment(ctx, who.actor, id, name, "Bello.") },
			"history":  func() error { _, err := d.History(ctx, who.actor, id, name); return err },
			"step":     func() error { return d.StepObject(ctx, who.actor, id, name, studio.Up) },
			"download": func() error { return d.Download(ctx, who.actor, id, new(bytes.Buffer)) },
			"review":   func() error { _, err := d.Review(ctx, who.actor, id); return err },
			"upload": func() error {
				_, err := d.Upload(ctx, who.actor, id, studio.Upload{Name: "a.vtt", Body: strings.NewReader("WEBVTT\n")})
				return err
			},
		} {
			if err := do(); who.kind == lms.Unknown && err != nil || who.kind != lms.Unknown && !lms.Is(err, who.kind) {
				t.Errorf("%s, %s: %v", who.name, what, err)
			}
		}
		list, err := d.Drafts(ctx, who.actor)
		if mine := who.kind == lms.Unknown; mine != (err == nil && len(list) == 1) {
			t.Errorf("%s sees %v, %v", who.name, list, err)
		}
	}
	if _, err := d.Begin(ctx, d.anna, studio.Start{Title: "Di altri", Organisation: "bosco"}); !lms.Is(err, lms.Invalid) {
		t.Errorf("a draft for another ente: %v", err)
	}
}

func TestTwoAuthorsOfOneTextLoseNothing(t *testing.T) {
	d := newDesk(t)
	id, name := d.begin()
	there := d.node()
	first := d.save(d.anna, id, studio.Text{Path: name, Text: "anna\n", Rev: 1})
	second, err := there.Save(t.Context(), d.carlo, id, studio.Text{Path: name, Text: "carlo\n", Rev: 1})
	d.ok(err)
	if first.Conflict || !second.Conflict || second.File.Text != "anna\n" || second.File.By != d.anna.ID {
		t.Fatalf("%+v, then %+v", first, second)
	}
	if same := d.save(d.carlo, id, studio.Text{Path: name, Text: "anna\n", Rev: 1}); same.Conflict || same.File.Rev != 2 {
		t.Errorf("the same text: %+v", same)
	}
	third, err := there.Save(t.Context(), d.carlo, id, studio.Text{Path: name, Text: "carlo\n", Rev: second.File.Rev})
	d.ok(err)
	if third.Conflict || third.File.Rev != 3 {
		t.Errorf("%+v", third)
	}
	history, err := d.History(t.Context(), d.anna, id, name)
	d.ok(err)
	if len(history) != 1 || history[0].Text != "anna\n" || history[0].Rev != 2 {
		t.Errorf("history %+v", history)
	}
}

func TestManyAtOnceLoseNothing(t *testing.T) {
	d := newDesk(t)
	id, name := d.begin()
	var wg sync.WaitGroup
	for i := range 8 {
		who, s := d.anna, d.Studio
		if i%2 == 1 {
			who, s = d.carlo, d.node()
		}
		wg.Go(func() {
			for rev := 1; ; {
				out, err := s.Save(context.WithoutCancel(t.Context()), who, id, studio.Text{Path: name, Text: strings.Repeat("riga\n", i+1), Rev: rev})
				if err != nil {
					t.Error(err)
				}
				if !out.Conflict {
					return
				}
				rev = out.File.Rev
			}
		})
	}
	wg.Wait()
	if f := d.file(id, name); f.Rev != 9 {
		t.Errorf("revision %d, want 9: one for each save", f.Rev)
	}
}

func TestHistoryKeepsASittingAsOneState(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	id, name := d.begin()
	template := d.file(id, name).Text
	d.clock.pass(time.Hour)
	for rev, text := range []string{"", "uno\n", "uno due\n", "uno due tre\n"} {
		if rev > 0 {
			d.save(d.anna, id, studio.Text{Path: name, Text: text, Rev: rev})
			d.clock.pass(time.Minute)
		}
	}
	d.clock.pass(time.Hour)
	d.save(d.anna, id, studio.Text{Path: name, Text: "dopo pranzo\n", Rev: 4})
	history, err := d.History(ctx, d.anna, id, name)
	d.ok(err)
	var texts []string
	for _, v := range history {
		texts = append(texts, v.Text)
	}
	if want := []string{"uno due tre\n", template}; !slices.Equal(texts, want) {
		t.Errorf("history %q, want %q", texts, want)
	}
	f, err := d.Revert(ctx, d.carlo, id, name, history[0].Rev)
	d.ok(err)
	if f.Text != "uno due tre\n" || f.Rev != 6 || f.By != d.carlo.ID {
		t.Errorf("%+v", f)
	}
	if history, err = d.History(ctx, d.anna, id, name); err != nil || history[0].Text != "dopo pranzo\n" {
		t.Errorf("what was there before: %+v %v", history, err)
	}
	_, err = d.Revert(ctx, d.anna, id, name, 99)
	d.kind(err, lms.NotFound, "")
}

func TestLineEndsStayAsTheyWere(t *testing.T) {
	d := newDesk(t)
	id, name := d.begin()
	d.save(d.anna, id, studio.Text{Path: name, Text: "uno\r\ndue\r\n", Rev: 1}) // what a form sends
	if f := d.file(id, name); f.Text != "uno\ndue\n" {
		t.Errorf("%q", f.Text)
	}
	in, err := d.Import(t.Context(), d.anna, "", zipOf(t, map[string]string{"course.yaml": "slug: a\r\ntitle: A\r\n"}))
	d.ok(err)
	d.save(d.anna, in.Draft.ID, studio.Text{Path: "course.yaml", Text: "slug: a\ntitle: B\n", Rev: 1})
	if f := d.file(in.Draft.ID, "course.yaml"); f.Text != "slug: a\r\ntitle: B\r\n" {
		t.Errorf("%q", f.Text)
	}
	if b, err := d.Draft(t.Context(), d.anna, in.Draft.ID); err != nil || b.Title != "B" {
		t.Errorf("%+v %v", b, err)
	}
}

func TestWhatCannotBeSaved(t *testing.T) {
	d := newDesk(t)
	id, name := d.begin()
	for _, c := range []struct {
		what  string
		text  studio.Text
		kind  lms.ErrorKind
		field string
	}{
		{"no such file", studio.Text{Path: "nessuno.md"}, lms.NotFound, ""},
		{"out of the folder", studio.Text{Path: "../" + name}, lms.NotFound, ""},
		{"not a text", studio.Text{Path: "media/a.jpg"}, lms.Invalid, "path"},
		{"too large", studio.Text{Path: name, Text: strings.Repeat("x", studio.MostTextBytes+1), Rev: 1}, lms.Invalid, "text"},
		{"not UTF-8", studio.Text{Path: name, Text: "perch\xe9", Rev: 1}, lms.Invalid, "text"},
		{"U+0000", studio.Text{Path: name, Text: "a\x00b", Rev: 1}, lms.Invalid, "text"},
	} {
		_, err := d.Save(t.Context(), d.anna, id, c.text)
		t.Run(c.what, func(t *testing.T) { (&desk{t: t}).kind(err, c.kind, c.field) })
	}
	if f := d.file(id, name); f.Rev != 1 {
		t.Errorf("something was saved: %+v", f)
	}
}

func TestAnUnsavedTextIsSeenByItsAuthorAlone(t *testing.T) {
	d := newDesk(t)
	id, name := d.begin()
	d.save(d.anna, id, studio.Text{Path: name, Text: readingText, Rev: 1})
	c, err := d.Preview(t.Context(), d.anna, id, studio.Text{Path: name, Text: readingText + "\n## Prova\n\n[niente](niente.md)\n"})
	d.ok(err)
	if o, _ := c.Course.Object("dati-e-atti"); !strings.Contains(o.HTML, "Prova") || !course.HasErrors(c.Findings) {
		t.Errorf("the preview: %s %v", o.HTML, c.Findings)
	}
	c = d.compile(id)
	if o, _ := c.Course.Object("dati-e-atti"); strings.Contains(o.HTML, "Prova") || course.HasErrors(c.Findings) {
		t.Errorf("afterwards: %s %v", o.HTML, c.Findings)
	}
}

func TestOtherProcessesFollow(t *testing.T) {
	d := newDesk(t)
	id, name := d.begin()
	there := d.node()
	title := func(s *studio.Studio) string {
		c, err := s.Compile(t.Context(), d.carlo, id)
		d.ok(err)
		for _, o := range c.Course.Objects() {
			return o.Title
		}
		return ""
	}
	if got := title(there); got != "Dati e atti" {
		t.Fatalf("title %q", got)
	}
	for rev := 1; rev < 60; rev++ { // further than a draft's last changes reach
		d.save(d.anna, id, studio.Text{Path: name, Text: strings.Replace(readingText, "title: Dati e atti", "title: Titolo "+strings.Repeat("i", rev), 1), Rev: rev})
		if rev == 1 || rev == 59 {
			if got, want := title(there), "Titolo "+strings.Repeat("i", rev); got != want {
				t.Errorf("title %q, want %q", got, want)
			}
		}
	}
	d.ok(d.Remove(t.Context(), d.anna, id, name))
	if got := title(there); got != "" {
		t.Errorf("a removed object is still there: %q", got)
	}
}

func TestComments(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	id, name := d.begin()
	d.ok(d.Comment(ctx, d.carlo, id, name, "  Manca un esempio.  "))
	d.kind(d.Comment(ctx, d.carlo, id, name, " "), lms.Invalid, "comment")
	d.kind(d.Comment(ctx, d.carlo, id, name, strings.Repeat("x", 4001)), lms.Invalid, "comment")
	f := d.file(id, name)
	if len(f.Comments) != 1 || f.Comments[0].Text != "Manca un esempio." || f.Comments[0].By != d.carlo.ID || f.Open() != 1 || f.Rev != 1 {
		t.Fatalf("%+v", f)
	}
	d.ok(d.Done(ctx, d.anna, id, name, f.Comments[0].ID))
	if f = d.file(id, name); f.Open() != 0 {
		t.Errorf("%+v", f.Comments)
	}
	d.ok(d.Done(ctx, d.anna, id, name, f.Comments[0].ID))
	if f = d.file(id, name); f.Open() != 1 {
		t.Errorf("open again: %+v", f.Comments)
	}
	d.kind(d.Done(ctx, d.anna, id, name, "nessuno"), lms.NotFound, "")
}

func TestDiscardedDraftsCanBeTakenBackForAMonth(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	id, name := d.begin()
	d.kind(d.Discard(ctx, d.fabio, id), lms.NotFound, "")
	d.ok(d.Discard(ctx, d.anna, id))
	d.clock.pass(29 * 24 * time.Hour)
	d.ok(d.Sweep(ctx))
	d.ok(d.Recover(ctx, d.carlo, id))
	d.file(id, name)
	d.ok(d.Discard(ctx, d.anna, id))
	d.save(d.anna, id, studio.Text{Path: name, Text: "altro\n", Rev: 1}) // the history has something, too
	d.clock.pass(31 * 24 * time.Hour)
	d.ok(d.Sweep(ctx))
	if _, err := d.Draft(ctx, d.anna, id); !lms.Is(err, lms.NotFound) {
		t.Errorf("after a month: %v", err)
	}
	for _, c := range studio.Collections() {
		if n, err := d.house.Engine.Count(ctx, c.Name, lms.Range{Index: lms.IndexSpec{Name: "id", Unique: true}}); err != nil || n != 0 {
			t.Errorf("%s holds %d, %v", c.Name, n, err)
		}
	}
}

func TestADraftFromAnEditionIsThatEdition(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	from, err := wiring.ReadSource(ctx, os.DirFS("../../cmd/aula/testdata/filmato"))
	d.ok(err)
	p, err := wiring.PublishHere(ctx, d.house.School, d.anna, from, wiring.Note{Text: "Prima versione"})
	d.ok(err)
	b, err := d.FromEdition(ctx, d.anna, p.Course.Slug, 1)
	d.ok(err)
	r, err := d.Review(ctx, d.anna, b.ID)
	d.ok(err)
	if r.Course.Hash != p.Edition.Hash || r.Diff == nil || !r.Diff.None() || b.From != 1 {
		t.Errorf("hash %s, want %s; diff %+v", r.Course.Hash, p.Edition.Hash, r.Diff)
	}
	_, err = d.FromEdition(ctx, d.fabio, p.Course.Slug, 1)
	d.kind(err, lms.NotFound, "")
	_, err = d.FromEdition(ctx, d.anna, p.Course.Slug, 9)
	d.kind(err, lms.NotFound, "")
}

// photo is a JPEG of so many pixels.
func photo(t *testing.T, width, height int) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			m.Set(x, y, color.RGBA{uint8(x * 7), uint8(y * 5), uint8(x * y), 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
