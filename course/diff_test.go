package course_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"aulacomune/course"
)

// edition is a course of two modules with three objects.
func edition() course.Course {
	return course.Course{Title: "Corso", Minutes: 15, Modules: []course.Module{
		{ID: "one", Objects: []course.Object{
			{ID: "a", Title: "A", Kind: course.Reading, Minutes: 5, Rule: course.Rule{Read: true}, HTML: "<p>Il lavoro agile è per obiettivi.</p>\n<p>Fine.</p>\n"},
			{ID: "b", Title: "B", Kind: course.Lesson, Minutes: 5, Rule: course.Rule{Watched: 80}, Video: &course.Video{File: course.Media{Hash: "v1"}}},
		}},
		{ID: "two", Objects: []course.Object{{ID: "c", Title: "C", Minutes: 5, Questions: []course.Question{question("q", course.Single)}}}},
	}}
}

func TestCompare(t *testing.T) {
	object := func(c *course.Course, m, o int) *course.Object { return &c.Modules[m].Objects[o] }
	for _, c := range []struct {
		name     string
		change   func(*course.Course)
		course   []course.Aspect
		object   course.ObjectID
		kind     course.ChangeKind
		aspects  []course.Aspect
		harmless bool
	}{
		{"nothing", func(*course.Course) {}, nil, "", "", nil, true},
		{"the course's title", func(c *course.Course) { c.Title = "Altro" }, []course.Aspect{course.AspectTitle}, "", "", nil, true},
		{"the order", func(c *course.Course) { slices.Reverse(c.Modules[0].Objects) }, []course.Aspect{course.AspectOrder}, "", "", nil, false},
		{"one after the other", func(c *course.Course) { c.Sequential = true }, []course.Aspect{course.AspectOrder}, "", "", nil, false},
		{"a word", func(c *course.Course) {
			object(c, 0, 0).HTML = "<p>Il lavoro agile è per risultati.</p>\n<p>Fine.</p>\n"
		}, nil, "a", course.Changed, []course.Aspect{course.AspectText}, true},
		{"title and minutes", func(c *course.Course) { o := object(c, 0, 0); o.Title, o.Minutes = "AA", 6 }, nil, "a", course.Changed, []course.Aspect{course.AspectTitle, course.AspectMinutes}, true},
		{"a rule", func(c *course.Course) { object(c, 0, 1).Rule.Watched = 90 }, nil, "b", course.Changed, []course.Aspect{course.AspectRule}, false},
		{"a recording", func(c *course.Course) { object(c, 0, 1).Video = &course.Video{File: course.Media{Hash: "v2"}} }, nil, "b", course.Changed, []course.Aspect{course.AspectVideo}, false},
		{"captions", func(c *course.Course) {
			object(c, 0, 1).Video = &course.Video{File: course.Media{Hash: "v1"}, Captions: course.Media{Hash: "x"}}
		}, nil, "b", course.Changed, []course.Aspect{course.AspectCaptions}, true},
		{"captions in another language", func(c *course.Course) {
			object(c, 0, 1).Video = &course.Video{File: course.Media{Hash: "v1"}, Tracks: []course.Track{{Lang: "en", File: course.Media{Hash: "x"}}}}
		}, nil, "b", course.Changed, []course.Aspect{course.AspectCaptions}, true},
		{"a question", func(c *course.Course) { object(c, 1, 0).Questions = []course.Question{question("q", course.Multiple)} }, nil, "c", course.Changed, []course.Aspect{course.AspectQuestions}, false},
		{"attempts", func(c *course.Course) { object(c, 1, 0).Attempts = 3 }, nil, "c", course.Changed, []course.Aspect{course.AspectQuestions}, false},
		{"one more", func(c *course.Course) {
			c.Modules[1].Objects = append(c.Modules[1].Objects, course.Object{ID: "d", Title: "D"})
		}, nil, "d", course.Added, nil, false},
		{"one less", func(c *course.Course) { c.Modules[1].Objects = nil }, nil, "c", course.Removed, nil, false},
		{"another module", func(c *course.Course) { c.Modules[1].ID = "three" }, nil, "c", course.Changed, []course.Aspect{course.AspectModule}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			after := edition()
			c.change(&after)
			d := course.Compare(edition(), after)
			if !slices.Equal(d.Aspects, c.course) || d.Harmless() != c.harmless || d.None() != (c.course == nil && c.object == "") {
				t.Errorf("%+v, harmless %v", d, d.Harmless())
			}
			if c.object == "" {
				if len(d.Objects) > 0 {
					t.Errorf("%+v", d.Objects)
				}
				return
			}
			if len(d.Objects) != 1 || d.Objects[0].ID != c.object || d.Objects[0].Kind != c.kind || !slices.Equal(d.Objects[0].Aspects, c.aspects) {
				t.Errorf("%+v", d.Objects)
			}
		})
	}
}

func TestWordsThatChanged(t *testing.T) {
	after := edition()
	after.Modules[0].Objects[0].HTML = "<p>Il <em>lavoro</em> agile è per risultati &amp; fiducia.</p>\n<p>Fine.</p>\n"
	text := course.Compare(edition(), after).Objects[0].Text
	want := []course.TextChange{{Words: "Il lavoro agile è per"}, {Kind: course.Removed, Words: "obiettivi."}, {Kind: course.Added, Words: "risultati & fiducia."}, {Words: "\n Fine. \n"}}
	if !slices.Equal(text, want) {
		t.Errorf("%q", text)
	}
	long := strings.Fields(strings.Repeat("parola ", 100))
	changed := slices.Clone(long)
	changed[50] = "altra"
	if got := course.CompareTexts(long, changed); len(got) != 4 || got[0].Words != "…"+strings.Repeat(" parola", 8) || got[3].Words != strings.Repeat("parola ", 8)+"…" {
		t.Errorf("%q", got)
	}
}

// TestTheWayBetweenTexts: what stayed and went is the first text, what stayed and came is the second.
func TestTheWayBetweenTexts(t *testing.T) {
	text := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "d"}), 0, 12)
	rapid.Check(t, func(t *rapid.T) {
		before, after := text.Draw(t, "before"), text.Draw(t, "after")
		var a, b []string
		for _, c := range course.CompareTexts(before, after) {
			if c.Kind != course.Added {
				a = append(a, strings.Fields(c.Words)...)
			}
			if c.Kind != course.Removed {
				b = append(b, strings.Fields(c.Words)...)
			}
		}
		if slices.Equal(before, after) {
			if a != nil || b != nil {
				t.Fatalf("%q is not the same as itself", before)
			}
			return
		}
		if !slices.Equal(a, before) && len(before) > 0 || !slices.Equal(b, after) && len(after) > 0 {
			t.Fatalf("%q to %q: %q, %q", before, after, a, b)
		}
	})
}
