package course_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"aulacomune/course"
)

// ask gives one question of each kind.
func ask() map[course.QuestionKind]course.Question {
	choices := []course.Choice{{ID: "a"}, {ID: "b"}, {ID: "c"}}
	right := slices.Clone(choices)
	right[0].Right = true
	several := slices.Clone(right)
	several[1].Right = true
	return map[course.QuestionKind]course.Question{
		course.Single:   {ID: "q", Kind: course.Single, Choices: right},
		course.Multiple: {ID: "q", Kind: course.Multiple, Choices: several},
		course.Numeric:  {ID: "q", Kind: course.Numeric, Parts: []course.Part{{Number: &course.Number{Value: 3.5, Tolerance: 0.1}}}},
		course.Short:    {ID: "q", Kind: course.Short, Parts: []course.Part{{Accept: []string{"perché no", "Lavoro agile"}}}},
		course.Matching: {ID: "q", Kind: course.Matching, Choices: choices, Parts: []course.Part{{Choice: "b"}, {Choice: "a"}}},
		course.Ordering: {ID: "q", Kind: course.Ordering, Choices: choices},
		course.Cloze:    {ID: "q", Kind: course.Cloze, Parts: []course.Part{{Accept: []string{"81", "ottantuno"}}, {Number: &course.Number{Value: 2017}}}},
		course.Scale:    {ID: "q", Kind: course.Scale, Choices: choices, Parts: []course.Part{{Dimension: "x"}, {Dimension: "x", Reversed: true}}},
	}
}

func TestMarkEveryKind(t *testing.T) {
	type answer = course.Answer
	for _, c := range []struct {
		kind course.QuestionKind
		give answer
		fits bool
		want bool
	}{
		{course.Single, answer{"a"}, true, true},
		{course.Single, answer{"z"}, false, false},
		{course.Single, answer{"a", "b"}, false, false},
		{course.Multiple, answer{"b", "a"}, true, true},
		{course.Multiple, answer{"a", "a", "a", "a"}, false, false},
		{course.Numeric, answer{"3,5"}, true, true},
		{course.Numeric, answer{" 3.5 "}, true, true},
		{course.Numeric, answer{"3,6 %"}, true, true},
		{course.Numeric, answer{"3,61"}, true, false},
		{course.Numeric, answer{"35"}, true, false},
		{course.Numeric, answer{""}, true, false},
		{course.Numeric, answer{"tre e mezzo"}, true, false},
		{course.Numeric, nil, false, false},
		{course.Numeric, answer{"3,5", "3,5"}, false, false},
		{course.Short, answer{"PERCHE' NO!"}, true, true},
		{course.Short, answer{"  lavoro   àgile. "}, true, true},
		{course.Short, answer{"lavoro a\u0301gile"}, true, true},
		{course.Short, answer{"lavoro"}, true, false},
		{course.Short, answer{" . "}, true, false},
		{course.Short, answer{string(make([]byte, 501))}, false, false},
		{course.Matching, answer{"b", "a"}, true, true},
		{course.Matching, answer{"a", "b"}, true, false},
		{course.Matching, answer{"b", ""}, true, false},
		{course.Matching, answer{"b"}, false, false},
		{course.Matching, answer{"b", "z"}, false, false},
		{course.Ordering, answer{"a", "b", "c"}, true, true},
		{course.Ordering, answer{"a", "c", "b"}, true, false},
		{course.Ordering, answer{"a", "b"}, false, false},
		{course.Ordering, answer{"a", "b", "b"}, false, false},
		{course.Cloze, answer{"Ottantuno", "2.017"}, true, true},
		{course.Cloze, answer{"81", "2017"}, true, true},
		{course.Cloze, answer{"81", ""}, true, false},
		{course.Cloze, answer{"81", "2018"}, true, false},
		{course.Scale, answer{"a", "c"}, true, true},
		{course.Scale, answer{"a", ""}, true, false},
		{course.Scale, answer{"a", "z"}, false, false},
	} {
		t.Run(fmt.Sprint(c.kind, c.give), func(t *testing.T) {
			q := ask()[c.kind]
			if got := q.Fits(c.give); got != c.fits {
				t.Errorf("fits: %v", got)
			}
			if got := q.Mark(c.give); got != c.want {
				t.Errorf("right: %v", got)
			}
		})
	}
}

func TestSolutionIsRight(t *testing.T) {
	for kind, q := range ask() {
		if a := q.Solution(); !q.Fits(a) || !q.Mark(a) || q.Open(a) {
			t.Errorf("%s: %v", kind, a)
		}
	}
}

func TestMarkingNeverFails(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := course.Answer(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom([]string{"a", "b", "c", "", "1.234,5", "-1", "2.017"}), rapid.String()), 0, 4).Draw(t, "answer"))
		for kind, q := range ask() {
			if q.Mark(a) && !q.Fits(a) && kind != course.Multiple {
				t.Errorf("%s: %q is right, but does not fit", kind, a)
			}
			for i := range a {
				q.MarkPart(i, a)
			}
		}
	})
}

func TestNumbersAsPeopleTypeThem(t *testing.T) {
	for _, c := range []struct {
		typed string
		value float64
		want  bool
	}{
		{"1.234,5", 1234.5, true},
		{"1,234.5", 1234.5, true},
		{"1234,5", 1234.5, true},
		{"1.234", 1234, true},
		{"1.234", 1.234, true},
		{"1,234", 1.234, true},
		{"1.234.567", 1234567, true},
		{"1 234 567", 1234567, true},
		{"−5", -5, true},
		{"-5", -5, true},
		{"+5", 5, true},
		{"40 %", 40, true},
		{"€ 12,50", 12.5, true},
		{"1.23.4", 1234, false},
		{"1,2,3", 123, false},
		{"0x10", 16, false},
		{"1e3", 1000, false},
		{"Inf", 1, false},
		{"NaN", 0, false},
		{"", 0, false},
		{"-", 0, false},
		{",", 0, false},
	} {
		q := course.Question{Kind: course.Numeric, Parts: []course.Part{{Number: &course.Number{Value: c.value}}}}
		if got := q.Mark(course.Answer{c.typed}); got != c.want {
			t.Errorf("%q for %v: %v", c.typed, c.value, got)
		}
	}
}

func TestPointsWeighQuestions(t *testing.T) {
	o := course.Object{Rule: course.Rule{Answered: 75}}
	for i, points := range []int{0, 1, 2, 4} {
		q := ask()[course.Single]
		q.ID, q.Points = course.QuestionID(fmt.Sprint(i)), points
		o.Questions = append(o.Questions, q)
	}
	if !o.Weighted() || o.Points() != 8 || o.Needed() != 6 {
		t.Fatalf("%d of %d points needed", o.Needed(), o.Points())
	}
	var e course.Evidence
	e = e.Answer(o, answers{"3": {"a"}})
	if m := o.Missing(e); m.Points != 2 || m.Questions != 0 || o.Percent(e) != 66 {
		t.Errorf("%+v, %d %%", m, o.Percent(e))
	}
	e = e.Answer(o, answers{"2": {"a"}, "0": {"b"}})
	if !o.Missing(e).None() || o.Percent(e) != 100 {
		t.Errorf("%+v", o.Missing(e))
	}
	if right, asked := o.Score(e); right != 2 || asked != 4 {
		t.Errorf("%d of %d", right, asked)
	}
}

func TestAScaleCountsOnceItIsAnswered(t *testing.T) {
	o := course.Object{Rule: course.Rule{Answered: 100}, Questions: []course.Question{ask()[course.Scale]}}
	var e course.Evidence
	if o.Missing(e).None() {
		t.Error("nothing was answered")
	}
	e = e.Answer(o, answers{"q": {"c", "a"}})
	if right, asked := o.Score(e); !o.Missing(e).None() || right != 0 || asked != 0 {
		t.Error("it was answered, and is neither right nor wrong")
	}
}

// bankOf is an object that draws so many of n questions, and asks one more of everybody.
func bankOf(n, count int) course.Object {
	o := course.Object{ID: "o", Draw: []course.Draw{{Bank: "b", Count: count}}, Questions: []course.Question{{ID: "always", Kind: course.Single}}}
	for i := range n {
		o.Questions = append(o.Questions, course.Question{ID: course.QuestionID(fmt.Sprint("q", i)), Kind: course.Single, Bank: "b"})
	}
	return o
}

func TestDraw(t *testing.T) {
	o := bankOf(8, 3)
	times := map[course.QuestionID]int{}
	for i := range 400 {
		seed := fmt.Sprint("person", i)
		mine := o.For(seed)
		if len(mine.Questions) != 4 || mine.Questions[0].ID != "always" {
			t.Fatalf("%d questions", len(mine.Questions))
		}
		if !slices.EqualFunc(mine.Questions, o.For(seed).Questions, func(a, b course.Question) bool { return a.ID == b.ID }) {
			t.Fatal("the second time it is another draw")
		}
		at := -1
		for _, q := range mine.Questions {
			times[q.ID]++
			next := slices.IndexFunc(o.Questions, func(x course.Question) bool { return x.ID == q.ID })
			if next <= at {
				t.Fatal("not in the author's order")
			}
			at = next
		}
	}
	for id, n := range times {
		if id != "always" && (n < 100 || n > 200) { // 150 is meant; chance strays by less
			t.Errorf("%s was drawn %d times of 400", id, n)
		}
	}
	if len(o.Questions) != 9 {
		t.Error("the object itself was changed")
	}
}

func TestShuffle(t *testing.T) {
	q := ask()[course.Single]
	plain := course.Object{ID: "o", Questions: []course.Question{q}}
	if got := plain.For("x").Questions[0]; got.Shown != nil || &got.Choices[0] != &q.Choices[0] {
		t.Error("nobody asked for another order")
	}
	q.Shuffle = true
	seen := map[string]bool{}
	for i := range 60 {
		mine := course.Object{ID: "o", Questions: []course.Question{q}}.For(fmt.Sprint(i)).Questions[0]
		order := ""
		for _, c := range mine.Display() {
			order += string(c.ID)
		}
		seen[order] = true
		if !mine.Mark(course.Answer{"a"}) {
			t.Error("marked by place, not by id")
		}
	}
	if len(seen) != 6 {
		t.Errorf("%d of 6 orders", len(seen))
	}
}

func TestAnOrderingIsNeverShownSolved(t *testing.T) {
	for i := range 100 {
		mine := course.Object{ID: "o", Questions: []course.Question{ask()[course.Ordering]}}.For(fmt.Sprint(i)).Questions[0]
		var shown course.Answer
		for _, c := range mine.Display() {
			shown = append(shown, string(c.ID))
		}
		if mine.Mark(shown) {
			t.Fatalf("seed %d shows %v", i, shown)
		}
	}
}
