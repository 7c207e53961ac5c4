package course_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"aulacomune/course"
)

type answers = map[course.QuestionID]course.Answer

// question has two right choices of four when it is multiple, one otherwise.
func question(id course.QuestionID, kind course.QuestionKind) course.Question {
	q := course.Question{ID: id, Kind: kind}
	for i, c := range []course.ChoiceID{"a", "b", "c", "d"} {
		q.Choices = append(q.Choices, course.Choice{ID: c, Right: i == 0 || i == 1 && kind == course.Multiple})
	}
	return q
}

func object(r course.Rule, seconds float64, questions int) course.Object {
	o := course.Object{ID: "o", Kind: course.Lesson, Rule: r}
	if seconds > 0 {
		o.Video = &course.Video{File: course.Media{Seconds: seconds}}
	}
	for i := range questions {
		o.Questions = append(o.Questions, question(course.QuestionID(fmt.Sprint("q", i)), course.Single))
	}
	return o
}

func TestMark(t *testing.T) {
	type choices = course.Answer
	for _, c := range []struct {
		name   string
		kind   course.QuestionKind
		chosen choices
		want   bool
	}{
		{"the right one", course.Single, choices{"a"}, true},
		{"a wrong one", course.Single, choices{"b"}, false},
		{"the right one and another", course.Single, choices{"a", "b"}, false},
		{"none", course.Single, nil, false},
		{"all the right ones", course.Multiple, choices{"a", "b"}, true},
		{"in another order, one twice", course.Multiple, choices{"b", "a", "b"}, true},
		{"one of the right ones", course.Multiple, choices{"a"}, false},
		{"every choice", course.Multiple, choices{"a", "b", "c", "d"}, false},
		{"a choice that does not exist", course.Multiple, choices{"z"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := question("q", c.kind).Mark(c.chosen); got != c.want {
				t.Errorf("Mark %v is %v", c.chosen, got)
			}
		})
	}
}

func TestAQuestionWithoutARightChoiceIsNeverRight(t *testing.T) {
	q := course.Question{Choices: []course.Choice{{ID: "a"}, {ID: "b"}}}
	for _, chosen := range []course.Answer{nil, {"a"}, {"a", "b"}, {"z"}} {
		if q.Mark(chosen) && len(chosen) > 0 && q.Has(chosen[0]) {
			t.Errorf("%v is right", chosen)
		}
	}
}

func TestMissing(t *testing.T) {
	all := course.Rule{Read: true, Watched: 90, Answered: 80}
	for _, c := range []struct {
		name string
		rule course.Rule
		e    course.Evidence
		want course.Missing
	}{
		{"no rule asks for nothing", course.Rule{}, course.Evidence{}, course.Missing{}},
		{"everything", all, course.Evidence{}, course.Missing{Read: true, Watched: 90, Seconds: 90, Questions: 2}},
		{"the button", all, course.Evidence{Watched: covered(course.Interval{0, 90}), Right: right("q0", "q1")}, course.Missing{Read: true}},
		{"the rest of the video", all, course.Evidence{Read: true, Watched: covered(course.Interval{0, 60}), Right: right("q0", "q1")}, course.Missing{Watched: 30, Seconds: 30}},
		{"80 % of two questions are two", all, course.Evidence{Read: true, Watched: covered(course.Interval{0, 99.9}), Right: right("q1")}, course.Missing{Questions: 1}},
		{"an answer to a question of another edition counts nothing", all, course.Evidence{Read: true, Watched: covered(course.Interval{0, 100}), Right: right("q1", "old")}, course.Missing{Questions: 1}},
		{"nothing", all, course.Evidence{Read: true, Watched: covered(course.Interval{5, 95}), Right: right("q0", "q1")}, course.Missing{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := object(c.rule, 100, 2).Missing(c.e); got != c.want {
				t.Errorf("%+v, want %+v", got, c.want)
			}
		})
	}
}

// Whoever was at the webinar need not watch its recording, and whoever watched that was there as far as the course is concerned; a question is asked of both.
func TestWebinar(t *testing.T) {
	alone, recorded := course.Rule{Attended: true}, course.Rule{Attended: true, Watched: 80}
	seen := covered(course.Interval{0, 80})
	for _, c := range []struct {
		name    string
		rule    course.Rule
		e       course.Evidence
		want    course.Missing
		percent int
	}{
		{"not there yet", alone, course.Evidence{}, course.Missing{Attended: true}, 0},
		{"there", alone, course.Evidence{Attended: true}, course.Missing{}, 100},
		{"a recording that does not count", alone, course.Evidence{Watched: covered(course.Interval{0, 100})}, course.Missing{Attended: true}, 0},
		{"neither", recorded, course.Evidence{}, course.Missing{Attended: true, Watched: 80, Seconds: 80}, 0},
		{"half of the recording", recorded, course.Evidence{Watched: covered(course.Interval{0, 40})}, course.Missing{Attended: true, Watched: 40, Seconds: 40}, 50},
		{"the recording", recorded, course.Evidence{Watched: seen}, course.Missing{}, 100},
		{"the webinar", recorded, course.Evidence{Attended: true}, course.Missing{}, 100},
		{"the webinar, and some of the recording", recorded, course.Evidence{Attended: true, Watched: covered(course.Interval{0, 10})}, course.Missing{}, 100},
		{"the webinar, and no answer", course.Rule{Attended: true, Watched: 80, Answered: 100}, course.Evidence{Attended: true}, course.Missing{Questions: 1}, 50},
		{"a video lesson is watched by whoever is anywhere", course.Rule{Watched: 80}, course.Evidence{Attended: true}, course.Missing{Watched: 80, Seconds: 80}, 0},
	} {
		o := object(c.rule, 100, 1)
		if got := o.Missing(c.e); got != c.want || o.Percent(c.e) != c.percent {
			t.Errorf("%s: %+v, %d %%; want %+v, %d %%", c.name, got, o.Percent(c.e), c.want, c.percent)
		}
	}
}

func TestWebinarPhrases(t *testing.T) {
	keys := func(all []course.Phrase) (out []string) {
		for _, p := range all {
			out = append(out, p.Key)
		}
		return out
	}
	o := object(course.Rule{Attended: true, Watched: 80, Answered: 50}, 100, 2)
	for name, c := range map[string]struct{ got, want []string }{
		"rule":            {keys(course.RulePhrases(o)), []string{"rule.attended.watched", "rule.answered"}},
		"rule alone":      {keys(course.RulePhrases(object(course.Rule{Attended: true}, 0, 0))), []string{"rule.attended"}},
		"missing":         {keys(course.MissingPhrases(o.Missing(course.Evidence{}))), []string{"missing.attended.watched", "missing.answered"}},
		"missing alone":   {keys(course.MissingPhrases(course.Missing{Attended: true})), []string{"missing.attended"}},
		"missing nothing": {keys(course.MissingPhrases(o.Missing(course.Evidence{Attended: true, Right: right("q0")}))), nil},
	} {
		if !reflect.DeepEqual(c.got, c.want) {
			t.Errorf("%s: %v, want %v", name, c.got, c.want)
		}
	}
}

func right(ids ...course.QuestionID) map[course.QuestionID]bool {
	out := map[course.QuestionID]bool{}
	for _, id := range ids {
		out[id] = true
	}
	return out
}

func TestNeededIsRoundedUp(t *testing.T) {
	for questions := range 12 {
		for percent := range 101 {
			n := object(course.Rule{Answered: percent}, 0, questions).Needed()
			if n > questions || n*100 < questions*percent || n > 0 && (n-1)*100 >= questions*percent {
				t.Errorf("%d %% of %d questions are %d", percent, questions, n)
			}
		}
	}
}

// drawEvidence is what somebody may have shown of an object of a minute with three questions.
func drawEvidence(t *rapid.T) course.Evidence {
	e := course.Evidence{Read: rapid.Bool().Draw(t, "read"), Attended: rapid.Bool().Draw(t, "attended"), Watched: covered(drawIntervals(t, "watched")...), Right: map[course.QuestionID]bool{}}
	for i := range 3 {
		if rapid.Bool().Draw(t, "right") {
			e.Right[course.QuestionID(fmt.Sprint("q", i))] = true
		}
	}
	return e
}

func TestPercentAgreesWithMissing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := object(course.Rule{Read: rapid.Bool().Draw(t, "rule read"), Watched: rapid.IntRange(0, 100).Draw(t, "rule watched"), Answered: rapid.IntRange(0, 100).Draw(t, "rule answered"), Attended: rapid.Bool().Draw(t, "rule attended")}, 60, 3)
		e := drawEvidence(t)
		p, m := o.Percent(e), o.Missing(e)
		if (p == 100) != m.None() || p < 0 || p > 100 {
			t.Fatalf("%d %% and missing %+v", p, m)
		}
		if (m.Watched > 0) != (m.Seconds > 0) {
			t.Fatalf("missing %d %% and %v s", m.Watched, m.Seconds)
		}
		more := e
		more.Read, more.Attended, more.Watched = true, true, e.Watched.Union(drawIntervals(t, "more"))
		more = more.Answer(o, answers{"q0": {"a"}})
		if o.Percent(more) < p {
			t.Fatalf("more evidence, less percent: %d, then %d", p, o.Percent(more))
		}
	})
}

func TestWhatWasRightOnceStaysRight(t *testing.T) {
	o := object(course.Rule{Answered: 100}, 0, 2)
	e := course.Evidence{}.Answer(o, answers{"q0": {"a"}, "unknown": {"a"}})
	e = e.Answer(o, answers{"q0": {"b"}})
	if !e.Right["q0"] || o.Earned(e) != 1 || e.Chosen["q0"][0] != "b" || len(e.Chosen) != 1 {
		t.Errorf("%+v", e)
	}
}

func TestAnswerLeavesTheOldEvidenceAlone(t *testing.T) {
	o := object(course.Rule{Answered: 100}, 0, 2)
	old := course.Evidence{}.Answer(o, answers{"q0": {"b"}})
	old.Answer(o, answers{"q0": {"a"}, "q1": {"a"}})
	if len(old.Right) != 0 || len(old.Chosen) != 1 || old.Chosen["q0"][0] != "b" {
		t.Errorf("%+v", old)
	}
}

// Evidence is stored between two answers: the first, all wrong, leaves no right answers to store.
func TestEvidenceOutlivesItsStorage(t *testing.T) {
	o := object(course.Rule{Answered: 100}, 0, 2)
	e := stored(t, course.Evidence{}.Answer(o, answers{"q0": {"b"}}))
	e = stored(t, e.Answer(o, answers{"q1": {"c"}}))
	want := answers{"q0": {"b"}, "q1": {"c"}}
	if !reflect.DeepEqual(answers(e.Chosen), want) {
		t.Errorf("chosen %v, want %v", e.Chosen, want)
	}
}

func stored(t *testing.T, e course.Evidence) course.Evidence {
	t.Helper()
	b, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	var out course.Evidence
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	return out
}
