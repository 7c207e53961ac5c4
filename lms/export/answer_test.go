package export_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"aulacomune/course"
)

// TestNoAnswerLeaves: neither what is right nor what is said about an answer is in anything that leaves.
func TestNoAnswerLeaves(t *testing.T) {
	e := editionOf(t, "testdata/tutto")
	files := e.folder()
	files["page.html"] = e.page()
	for name, body := range files {
		for _, secret := range []string{"RISPOSTA-", "COMMENTO-", "SOLUZIONE-", "4321", "8765", "soluzione", "data-right"} {
			if bytes.Contains(body, []byte(secret)) || strings.Contains(name, secret) {
				t.Errorf("%s holds %q", name, secret)
			}
		}
	}
	wrong := func(right []string) func([]string) bool {
		return func(got []string) bool { return len(got) == len(right) && !slices.Equal(got, right) }
	}
	for _, name := range []string{"pagine/03-domande.html", "page.html"} {
		root := parse(t, files[name])
		steps, pairs, drawn := []string{}, []string{}, 0
		for _, n := range elements(root) {
			switch {
			case n.Data == "li" && attr(n.Parent, "class") == "order" && strings.HasSuffix(attr(n.Parent.Parent, "class"), "exercise-ordering"):
				steps = append(steps, strings.TrimPrefix(say(n), "spazio per scrivere "))
			case n.Data == "li" && attr(n.Parent, "class") == "letters":
				pairs = append(pairs, say(n))
			case strings.HasSuffix(attr(n, "class"), "exercise-cloze"):
				drawn++
			}
		}
		if !wrong([]string{"Si concordano gli obiettivi", "Si firma l’accordo", "Si prova"})(steps) {
			t.Errorf("%s: steps in the order %q", name, steps)
		}
		if !wrong([]string{"lavoro agile", "diritti digitali", "turni"})(pairs) {
			t.Errorf("%s: pairs in the order %q", name, pairs)
		}
		if drawn != 2 { // the one that all are asked, and one of the two in the bank
			t.Errorf("%s has %d of the clozes", name, drawn)
		}
	}
}

// TestEveryKindOfQuestionIsAnExercise that can be done on paper.
func TestEveryKindOfQuestionIsAnExercise(t *testing.T) {
	e := editionOf(t, "testdata/tutto")
	for name, page := range map[string][]byte{"folder": e.folder()["pagine/03-domande.html"], "page": e.page()} {
		found := map[string]int{}
		for _, n := range elements(parse(t, page)) {
			for _, class := range strings.Fields(attr(n, "class")) {
				found[class]++
			}
		}
		for _, k := range []course.QuestionKind{course.Single, course.Multiple, course.Numeric, course.Short, course.Matching, course.Ordering, course.Cloze, course.Scale} {
			if found["exercise-"+string(k)] == 0 {
				t.Errorf("%s has no %s", name, k)
			}
		}
		for class, n := range map[string]int{"write-line": 2, "write-box": 5, "gap": 4, "levels": 2} {
			if found[class] != n {
				t.Errorf("%s has %d of %s, want %d", name, found[class], class, n)
			}
		}
	}
}
