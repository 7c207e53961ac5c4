package course_test

import (
	"reflect"
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
		{"the language", func(c *course.Course) { c.Lang = "en" }, []course.Aspect{course.AspectLanguage}, "", "", nil, true},
		{"what a module is called", func(c *course.Course) { c.Modules[0].Title = "Prima parte" }, []course.Aspect{course.AspectModules}, "", "", nil, true},
		{"a term", func(c *course.Course) { c.Glossary = []course.Term{{ID: "pa", Name: "PA", HTML: "Pubblica"}} }, []course.Aspect{course.AspectGlossary}, "", "", nil, true},
		{"the order", func(c *course.Course) { slices.Reverse(c.Modules[0].Objects) }, []course.Aspect{course.AspectOrder}, "", "", nil, true},
		{"another order, one after the other", func(c *course.Course) { c.Sequential = true; slices.Reverse(c.Modules[0].Objects) }, []course.Aspect{course.AspectSequence}, "", "", nil, false},
		{"one after the other", func(c *course.Course) { c.Sequential = true }, []course.Aspect{course.AspectSequence}, "", "", nil, false},
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
		{"another webinar", func(c *course.Course) { object(c, 0, 0).Webinar = "altro" }, nil, "a", course.Changed, []course.Aspect{course.AspectWebinar}, false},
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

// Compiling one source again may set its texts in another way, and nothing else.
func TestBeyondRendering(t *testing.T) {
	object := func(c *course.Course, m, o int) *course.Object { return &c.Modules[m].Objects[o] }
	for _, c := range []struct {
		name   string
		change func(*course.Course)
		want   map[course.Aspect][]string
	}{
		{"texts", func(c *course.Course) {
			c.Title, c.Glossary = "«Corso»", []course.Term{{ID: "pa"}}
			object(c, 0, 0).HTML, object(c, 0, 0).Title = "<p>altro</p>", "A’"
		}, map[course.Aspect][]string{}},
		{"how questions are set", func(c *course.Course) {
			q := question("q", course.Single)
			q.HTML, q.Choices[0].HTML, q.Choices[0].Feedback = "<p>?</p>", "<b>x</b>", "<p>sì</p>"
			object(c, 1, 0).Questions = []course.Question{q}
		}, map[course.Aspect][]string{}},
		{"what is right", func(c *course.Course) {
			q := question("q", course.Single)
			q.Choices[0].Right = !q.Choices[0].Right
			object(c, 1, 0).Questions = []course.Question{q}
		}, map[course.Aspect][]string{course.AspectQuestions: {"c"}}},
		{"rules and minutes", func(c *course.Course) {
			c.Minutes++
			object(c, 0, 0).Rule.Read = false
			object(c, 0, 1).Minutes++
		}, map[course.Aspect][]string{course.AspectRule: {"a"}, course.AspectMinutes: {"b", "course"}}},
		{"objects", func(c *course.Course) { c.Modules[1].Objects[0].ID = "d" }, map[course.Aspect][]string{"added": {"d"}, "removed": {"c"}}},
		{"the language", func(c *course.Course) { c.Lang = "en" }, map[course.Aspect][]string{course.AspectLanguage: {"course"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			after := edition()
			c.change(&after)
			got := course.BeyondRendering(edition(), after)
			for _, ids := range got {
				slices.Sort(ids)
			}
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// What a learner did of an object goes on counting while the recording and the questions that they are asked are the same.
func TestContinues(t *testing.T) {
	bank := course.Object{ID: "q", Draw: []course.Draw{{Bank: "b", Count: 1}}, Questions: []course.Question{question("q1", course.Single), question("q2", course.Single)}}
	bank.Questions[0].Bank, bank.Questions[1].Bank = "b", "b"
	other := bank
	other.Questions = slices.Clone(bank.Questions)
	other.Questions[0].HTML = "<p>Un’altra domanda.</p>"
	touched := 0
	for i := range 40 {
		seed := strings.Repeat("x", i)
		asked := bank.For(seed).Questions[0].ID
		if bank.Continues(other, seed) != (asked != "q1") {
			t.Errorf("whoever is asked %s: %t", asked, bank.Continues(other, seed))
		}
		if asked == "q1" {
			touched++
		}
	}
	if touched == 0 || touched == 40 {
		t.Errorf("%d of 40 are asked the question that changed", touched)
	}
	more := bank
	more.Attempts, more.Rule.Answered, more.HTML, more.Minutes = 3, 50, "<p>x</p>", 9
	if !bank.Continues(more, "x") {
		t.Error("a limit of attempts, a rule or a text ends what was begun")
	}
	film := course.Object{Video: &course.Video{File: course.Media{Hash: "a"}}}
	for hash, want := range map[course.Hash]bool{"a": true, "b": false, "": false} {
		next := course.Object{Video: &course.Video{File: course.Media{Hash: hash}, Lang: "it"}}
		if film.Continues(next, "x") != want {
			t.Errorf("to the recording %q: %t", hash, !want)
		}
	}
}
