package studio_test

import (
	"path"
	"strings"
	"testing"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/studio"
)

// shelf is a draft with two modules of two objects and an empty one: a b | c d |
func shelf(t *testing.T) (*desk, studio.DraftID) {
	t.Helper()
	d := newDesk(t)
	b, err := d.Begin(t.Context(), d.anna, studio.Start{Title: "Corso"})
	d.ok(err)
	d.ok(d.RemoveModule(t.Context(), d.anna, b.ID, d.compile(b.ID).Outline.Modules[0].ID)) // a course begins with one
	for _, m := range []string{"Uno", "Due", "Tre"} {
		d.ok(d.AddModule(t.Context(), d.anna, b.ID, m, ""))
	}
	for _, o := range []struct{ module, title string }{{"uno", "a"}, {"uno", "b"}, {"due", "c"}, {"due", "d"}} {
		_, err := d.AddObject(t.Context(), d.anna, b.ID, studio.NewObject{Module: o.module, Kind: course.Reading, Title: o.title})
		d.ok(err)
	}
	return d, b.ID
}

// at is the path of an object of the shelf.
func at(name string) string {
	if name < "c" {
		return path.Join("01-uno", name+".md")
	}
	return path.Join("02-due", name+".md")
}

// order is the outline in the letters of the shelf.
func (d *desk) order(id studio.DraftID) string {
	return strings.NewReplacer("01-uno/", "", "02-due/", "", ".md", "").Replace(d.objects(id))
}

func TestMovingObjectsAndModules(t *testing.T) {
	d, id := shelf(t)
	ctx := t.Context()
	for _, c := range []struct {
		what string
		do   func() error
		want string
	}{
		{"as it began", func() error { return nil }, "a b | c d | "},
		{"up", func() error { return d.StepObject(ctx, d.anna, id, at("b"), studio.Up) }, "b a | c d | "},
		{"up at the top", func() error { return d.StepObject(ctx, d.anna, id, at("b"), studio.Up) }, "b a | c d | "},
		{"down over the edge", func() error { return d.StepObject(ctx, d.anna, id, at("a"), studio.Down) }, "b | a c d | "},
		{"up over the edge", func() error { return d.StepObject(ctx, d.anna, id, at("a"), studio.Up) }, "b a | c d | "},
		{"into the empty module", func() error { return d.StepObject(ctx, d.anna, id, at("d"), studio.Down) }, "b a | c | d"},
		{"down at the end", func() error { return d.StepObject(ctx, d.anna, id, at("d"), studio.Down) }, "b a | c | d"},
		{"placed", func() error {
			return d.PlaceObject(ctx, d.carlo, id, studio.Place{Path: at("d"), Module: "uno", Index: 1})
		}, "b d a | c | "},
		{"placed too far", func() error {
			return d.PlaceObject(ctx, d.anna, id, studio.Place{Path: at("b"), Module: "due", Index: 99})
		}, "d a | c b | "},
		{"a module down", func() error { return d.StepModule(ctx, d.anna, id, "uno", studio.Down) }, "c b | d a | "},
		{"a module up at the top", func() error { return d.StepModule(ctx, d.anna, id, "due", studio.Up) }, "c b | d a | "},
		{"removed", func() error { return d.Remove(ctx, d.anna, id, at("d")) }, "c b | a | "},
		{"an empty module removed", func() error { return d.RemoveModule(ctx, d.anna, id, "tre") }, "c b | a"},
	} {
		if err := c.do(); err != nil {
			t.Fatalf("%s: %v", c.what, err)
		}
		if got := d.order(id); strings.TrimSpace(got) != strings.TrimSpace(c.want) {
			t.Fatalf("%s: %q, want %q", c.what, got, c.want)
		}
	}
	removed, err := d.Removed(ctx, d.anna, id)
	d.ok(err)
	if len(removed) != 1 || removed[0].Path != at("d") {
		t.Fatalf("removed %+v", removed)
	}
	d.ok(d.Recall(ctx, d.anna, id, at("d")))
	if got := d.order(id); !strings.Contains(got, "d") {
		t.Errorf("taken back: %q", got)
	}
	before := d.file(id, studio.Manifest)
	d.save(d.anna, id, studio.Text{Path: studio.Manifest, Text: "# del corso\n" + before.Text, Rev: before.Rev})
	d.ok(d.StepModule(ctx, d.anna, id, "uno", studio.Up))
	if got := d.file(id, studio.Manifest).Text; !strings.HasPrefix(got, "# del corso\n") {
		t.Errorf("a comment was lost:\n%s", got)
	}
}

func TestWhatCannotBeArranged(t *testing.T) {
	d, id := shelf(t)
	ctx := t.Context()
	before := d.objects(id)
	for _, c := range []struct {
		what  string
		err   error
		kind  lms.ErrorKind
		field string
	}{
		{"an object that is not there", d.StepObject(ctx, d.anna, id, "x.md", studio.Up), lms.Invalid, "path"},
		{"a module that is not there", d.StepModule(ctx, d.anna, id, "x", studio.Up), lms.Invalid, "module"},
		{"into a module that is not there", d.PlaceObject(ctx, d.anna, id, studio.Place{Path: at("a"), Module: "x"}), lms.Invalid, "path"},
		{"at a place before the first", d.PlaceObject(ctx, d.anna, id, studio.Place{Path: at("a"), Module: "uno", Index: -1}), lms.Invalid, "path"},
		{"a module with objects removed", d.RemoveModule(ctx, d.anna, id, "uno"), lms.Invalid, "module"},
		{"a module without a title", d.AddModule(ctx, d.anna, id, " ", ""), lms.Invalid, "title"},
		{"course.yaml removed", d.Remove(ctx, d.anna, id, studio.Manifest), lms.Invalid, "path"},
		{"a module's title taken away", d.ReviseModule(ctx, d.anna, id, studio.Module{ID: "uno"}), lms.Invalid, "title"},
	} {
		t.Run(c.what, func(t *testing.T) { (&desk{t: t}).kind(c.err, c.kind, c.field) })
	}
	for _, n := range []studio.NewObject{{Module: "uno", Kind: course.Reading}, {Module: "x", Kind: course.Reading, Title: "T"}, {Module: "uno", Kind: "lettura", Title: "T"}} {
		_, err := d.AddObject(ctx, d.anna, id, n)
		d.kind(err, lms.Invalid, "")
	}
	if got := d.objects(id); got != before {
		t.Errorf("%q became %q", before, got)
	}
	f := d.file(id, studio.Manifest)
	d.save(d.anna, id, studio.Text{Path: studio.Manifest, Text: "title: [\n", Rev: f.Rev})
	d.kind(d.StepModule(ctx, d.anna, id, "uno", studio.Up), lms.Invalid, "")
	if got := d.file(id, studio.Manifest).Text; got != "title: [\n" {
		t.Errorf("a broken course.yaml became %q", got)
	}
}

func TestTitlesAlikeGetIDsOfTheirOwn(t *testing.T) {
	d, id := shelf(t)
	var paths []string
	for range 3 {
		name, err := d.AddObject(t.Context(), d.anna, id, studio.NewObject{Module: "tre", Kind: course.Story, Title: "Perché è così?"})
		d.ok(err)
		paths = append(paths, name)
	}
	if paths[0] == paths[1] || paths[1] == paths[2] || d.compile(id).Course.Count() != 7 {
		t.Errorf("%q, %d objects", paths, d.compile(id).Course.Count())
	}
	d.ok(d.ReviseModule(t.Context(), d.anna, id, studio.Module{ID: "tre", Title: "Terzo", Summary: "E ultimo."}))
	if m := d.compile(id).Outline.Modules[2]; m.Title != "Terzo" || m.Summary != "E ultimo." || m.ID != "tre" || len(m.Objects) != 3 {
		t.Errorf("%+v", m)
	}
}
