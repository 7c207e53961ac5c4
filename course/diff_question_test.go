package course_test

import (
	"fmt"
	"strings"
	"testing"

	"aulacomune/course"
)

// spoken writes what changed in questions on lines of their own, as git's word diff does.
func spoken(list []course.QuestionChange) string {
	var b strings.Builder
	for _, q := range list {
		fmt.Fprintf(&b, "%s %s «%s»\n", q.Kind, q.ID, q.Words)
		for _, p := range q.Parts {
			fmt.Fprintf(&b, "  %s:", p.What)
			for _, c := range p.Text {
				switch c.Kind {
				case course.Added:
					fmt.Fprintf(&b, " {+%s+}", c.Words)
				case course.Removed:
					fmt.Fprintf(&b, " [-%s-]", c.Words)
				default:
					fmt.Fprintf(&b, " %s", c.Words)
				}
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

// TestQuestionsThatChanged: what changed in a question is said in words, and learners are told nothing of what is right.
func TestQuestionsThatChanged(t *testing.T) {
	single := course.Question{ID: "q", Kind: course.Single, HTML: "<p>Chi firma?</p>", Choices: []course.Choice{{ID: "a", HTML: "Il sindaco", Right: true, Feedback: "<p>Sì.</p>"}, {ID: "b", HTML: "Il dirigente"}}}
	number := course.Question{ID: "q", Kind: course.Numeric, HTML: "<p>Quante ore?</p>", Parts: []course.Part{{Number: &course.Number{Value: 40, Tolerance: 2}}}}
	short := course.Question{ID: "q", Kind: course.Short, HTML: "<p>Come?</p>", Parts: []course.Part{{Accept: []string{"lavoro agile"}}}}
	order := course.Question{ID: "q", Kind: course.Ordering, HTML: "<p>In ordine.</p>", Choices: []course.Choice{{ID: "a", HTML: "zeta"}, {ID: "b", HTML: "alfa"}}}
	match := course.Question{ID: "q", Kind: course.Matching, HTML: "<p>Unisci.</p>", Choices: []course.Choice{{ID: "1", HTML: "tema uno"}, {ID: "2", HTML: "tema due"}}, Parts: []course.Part{{HTML: "Legge A", Choice: "1"}, {HTML: "Legge B", Choice: "2"}}}
	cloze := course.Question{ID: "q", Kind: course.Cloze, HTML: "<p>Il " + course.GapMark + " agile.</p>", Parts: []course.Part{{Accept: []string{"lavoro"}}}}
	for _, c := range []struct {
		name         string
		was          course.Question
		change       func(*course.Question)
		staff, other string // what staff and what learners read
	}{
		{"nothing", single, func(*course.Question) {}, "", ""},
		{"the wording", single, func(q *course.Question) { q.HTML = "<p>Chi lo firma?</p>" }, "changed q «Chi lo firma?»\n  wording: Chi {+lo+} firma?\n", "="},
		{"a choice", single, func(q *course.Question) { q.Choices[1].HTML = "La dirigente" }, "changed q «Chi firma?»\n  choice: [-Il-] {+La+} dirigente\n", "="},
		{"one more and one less", single, func(q *course.Question) { q.Choices[1] = course.Choice{ID: "c", HTML: "Il segretario"} }, "changed q «Chi firma?»\n  choice: {+Il segretario+}\n  choice: [-Il dirigente-]\n", "="},
		{"what is right", single, func(q *course.Question) { q.Choices[0].Right, q.Choices[1].Right = false, true }, "changed q «Chi firma?»\n  right: Il [-sindaco-] {+dirigente+}\n", ""},
		{"feedback", single, func(q *course.Question) {
			q.Choices[0].Feedback, q.Feedback = "<p>Sì, lui.</p>", "<p>Si firma prima.</p>"
		}, "changed q «Chi firma?»\n  feedback: {+Si firma prima.+}\n  feedback: [-Sì.-] {+Sì, lui.+}\n", ""},
		{"points", single, func(q *course.Question) { q.Points = 2 }, "changed q «Chi firma?»\n  points: [-1-] {+2+}\n", ""},
		{"a number and its tolerance", number, func(q *course.Question) { q.Parts[0].Number = &course.Number{Value: 42, Tolerance: 1} }, "changed q «Quante ore?»\n  right: [-40-] {+42+}\n  tolerance: ± [-2-] {+1+}\n", ""},
		{"no tolerance", number, func(q *course.Question) { q.Parts[0].Number = &course.Number{Value: 40} }, "changed q «Quante ore?»\n  tolerance: [-± 2-]\n", ""},
		{"words that are right", short, func(q *course.Question) { q.Parts[0].Accept = []string{"lavoro agile", "telelavoro"} }, "changed q «Come?»\n  right: lavoro agile {+| telelavoro+}\n", ""},
		{"a gap", cloze, func(q *course.Question) { q.Parts[0].Accept = []string{"mestiere"} }, "changed q «Il ____ agile.»\n  right: [-lavoro-] {+mestiere+}\n", ""},
		{"the order", order, func(q *course.Question) { q.Choices[0], q.Choices[1] = q.Choices[1], q.Choices[0] }, "changed q «In ordine.»\n  right: [-zeta →-] alfa {+→ zeta+}\n", ""},
		{"the pairs", match, func(q *course.Question) { q.Parts[0].Choice, q.Parts[1].Choice = "2", "1" }, "changed q «Unisci.»\n  right: Legge A → tema [-uno-] {+due+} · Legge B → tema [-due-] {+uno+}\n", ""},
		{"another question", order, func(q *course.Question) { q.ID = "r" }, "added r «In ordine.»\n  wording: {+In ordine.+}\n  choice: {+alfa+}\n  choice: {+zeta+}\n  kind: {+ordering+}\n  right: {+zeta → alfa+}\n  points: {+1+}\n" +
			"removed q «In ordine.»\n  wording: [-In ordine.-]\n  choice: [-alfa-]\n  choice: [-zeta-]\n  kind: [-ordering-]\n  right: [-zeta → alfa-]\n  points: [-1-]\n",
			"added r «In ordine.»\n  wording: {+In ordine.+}\n  choice: {+alfa+}\n  choice: {+zeta+}\nremoved q «In ordine.»\n  wording: [-In ordine.-]\n  choice: [-alfa-]\n  choice: [-zeta-]\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := course.Course{Modules: []course.Module{{ID: "m", Objects: []course.Object{{ID: "o", Title: "O", Questions: []course.Question{c.was}}}}}}
			is := c.was
			is.Choices, is.Parts = append([]course.Choice{}, c.was.Choices...), append([]course.Part{}, c.was.Parts...)
			if len(c.was.Choices) == 0 {
				is.Choices = nil
			}
			if len(c.was.Parts) == 0 {
				is.Parts = nil
			}
			c.change(&is)
			after := course.Course{Modules: []course.Module{{ID: "m", Objects: []course.Object{{ID: "o", Title: "O", Questions: []course.Question{is}}}}}}
			read := func(d course.Diff) string {
				if len(d.Objects) == 0 {
					return ""
				}
				return spoken(d.Objects[0].Questions)
			}
			d := course.Compare(before, after)
			other := c.other
			if other == "=" {
				other = c.staff
			}
			if got := read(d.ForLearners()); got != other {
				t.Errorf("learners read\n%swant\n%s", got, other)
			}
			if got := read(d); got != c.staff {
				t.Errorf("got\n%swant\n%s", got, c.staff)
			}
		})
	}
}
