package course

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// QuestionAspect is something of a question that may change.
type QuestionAspect string

// The aspects of a question. Learners may see the first three.
const (
	QuestionWording   QuestionAspect = "wording"
	QuestionStatement QuestionAspect = "statement" // what a matching or a scale puts beside a part
	QuestionChoice    QuestionAspect = "choice"
	QuestionSort      QuestionAspect = "kind"
	QuestionRight     QuestionAspect = "right" // the answer that is right
	QuestionTolerance QuestionAspect = "tolerance"
	QuestionPoints    QuestionAspect = "points"
	QuestionFeedback  QuestionAspect = "feedback"
	QuestionBank      QuestionAspect = "bank"
	QuestionShuffle   QuestionAspect = "shuffle"
)

// QuestionChange is what became of one question of an object.
type QuestionChange struct {
	ID    QuestionID     `json:"id"`
	Kind  ChangeKind     `json:"kind"`
	Words string         `json:"words"` // its wording, the newer one
	Parts []QuestionPart `json:"parts"`
}

// QuestionPart is something of a question that came, went or changed.
type QuestionPart struct {
	What QuestionAspect `json:"what"`
	Text []TextChange   `json:"text"`
}

// Open says that learners may see the part: it tells nothing of what is right.
func (p QuestionPart) Open() bool {
	return slices.Contains([]QuestionAspect{QuestionWording, QuestionStatement, QuestionChoice}, p.What)
}

// For is the difference as an author of the course reads it, or as learners do.
func (d Diff) For(author bool) Diff {
	if author {
		return d
	}
	return d.ForLearners()
}

// ForLearners is the difference without anything that tells what is right.
func (d Diff) ForLearners() Diff {
	d.Objects = slices.Clone(d.Objects)
	for i, o := range d.Objects {
		var open []QuestionChange
		for _, q := range o.Questions {
			q.Parts = slices.DeleteFunc(slices.Clone(q.Parts), func(p QuestionPart) bool { return !p.Open() })
			if len(q.Parts) > 0 {
				open = append(open, q)
			}
		}
		d.Objects[i].Questions = open
	}
	return d
}

// compareQuestions says what became of an object's questions, in the newer order; what is gone comes last.
func compareQuestions(before, after []Question) []QuestionChange {
	var out []QuestionChange
	find := func(list []Question, id QuestionID) Question {
		i := slices.IndexFunc(list, func(q Question) bool { return q.ID == id })
		if i < 0 {
			return Question{}
		}
		return list[i]
	}
	for _, q := range after {
		c := QuestionChange{ID: q.ID, Kind: Changed, Words: q.plainWording()}
		was := find(before, q.ID)
		if was.ID == "" {
			c.Kind = Added
		}
		if c.Parts = compareFacts(was.facts(), q.facts()); len(c.Parts) > 0 {
			out = append(out, c)
		}
	}
	for _, q := range before {
		if find(after, q.ID).ID == "" {
			out = append(out, QuestionChange{q.ID, Removed, q.plainWording(), compareFacts(q.facts(), nil)})
		}
	}
	return out
}

// fact is something that a question says. Those of two editions are the same by what they are of and their key; same tells whether they differ
// where words alone do not.
type fact struct {
	what QuestionAspect
	key  string
	same string
	text string
}

// compareFacts are the facts that differ, in the order of the newer ones; what is gone comes after those of its kind.
func compareFacts(before, after []fact) []QuestionPart {
	key := func(f fact) string { return string(f.what) + " " + f.key }
	was, is := map[string]fact{}, map[string]bool{}
	for _, f := range before {
		was[key(f)] = f
	}
	var out []QuestionPart
	note := func(what QuestionAspect, from, to string) {
		if changes := CompareTexts(strings.Fields(from), strings.Fields(to)); len(changes) > 0 {
			out = append(out, QuestionPart{what, changes})
		}
	}
	for _, f := range after {
		is[key(f)] = true
		if old := was[key(f)]; f.same == "" || old.same != f.same {
			note(f.what, old.text, f.text)
		}
	}
	for _, f := range before {
		if !is[key(f)] {
			note(f.what, f.text, "")
		}
	}
	return out
}

// facts are what a question says, in an order that tells nothing of what is right. The question that there is not says nothing.
func (q Question) facts() []fact {
	if q.ID == "" {
		return nil
	}
	out := []fact{{what: QuestionWording, text: q.plainWording()}}
	for i, p := range q.Parts {
		if p.HTML != "" {
			out = append(out, fact{what: QuestionStatement, key: strconv.Itoa(i), text: plainText(p.HTML)})
		}
	}
	for _, c := range q.anyOrder() {
		out = append(out, fact{what: QuestionChoice, key: string(c.ID), text: plainText(c.HTML)})
	}
	out = append(out, fact{what: QuestionSort, text: string(q.Kind)})
	if q.Graded() {
		out = append(out, fact{what: QuestionRight, same: fmt.Sprint(q.Solution(), q.accepted()), text: q.rightWords()})
	}
	for i, p := range q.Parts {
		if p.Number != nil && p.Number.Tolerance != 0 {
			out = append(out, fact{what: QuestionTolerance, key: strconv.Itoa(i), text: "± " + figures(p.Number.Tolerance)})
		}
	}
	out = append(out, fact{what: QuestionPoints, text: strconv.Itoa(q.Worth())}, fact{what: QuestionFeedback, text: plainText(q.Feedback)})
	for _, c := range q.Choices {
		out = append(out, fact{what: QuestionFeedback, key: string(c.ID), text: plainText(c.Feedback)})
	}
	if q.Bank != "" {
		out = append(out, fact{what: QuestionBank, text: q.Bank})
	}
	if q.Shuffle {
		out = append(out, fact{what: QuestionShuffle, text: "shuffle"})
	}
	return out
}

// anyOrder are the choices, by their words where their own order is the answer.
func (q Question) anyOrder() []Choice {
	if q.Kind != Ordering && q.Kind != Matching {
		return q.Choices
	}
	return slices.SortedFunc(slices.Values(q.Choices), func(a, b Choice) int {
		return cmp.Or(strings.Compare(a.HTML, b.HTML), strings.Compare(string(a.ID), string(b.ID)))
	})
}

// accepted is all that is right of what is typed.
func (q Question) accepted() (list []string) {
	for _, p := range q.Parts {
		list = append(list, strings.Join(p.Accept, "|"))
	}
	return list
}

// rightWords is what is right, as a person reads it.
func (q Question) rightWords() string {
	called := func(id ChoiceID) string {
		i := slices.IndexFunc(q.Choices, func(c Choice) bool { return c.ID == id })
		if i < 0 {
			return ""
		}
		return plainText(q.Choices[i].HTML)
	}
	var list []string
	for _, c := range q.Choices {
		if c.Right || q.Kind == Ordering {
			list = append(list, called(c.ID))
		}
	}
	for _, p := range q.Parts {
		switch {
		case q.Kind == Matching:
			list = append(list, plainText(p.HTML)+" → "+called(p.Choice))
		case p.Number != nil:
			list = append(list, figures(p.Number.Value))
		default:
			list = append(list, strings.Join(p.Accept, " | "))
		}
	}
	if q.Kind == Ordering {
		return strings.Join(list, " → ")
	}
	return strings.Join(list, " · ")
}

// plainWording is what a question asks, with a line for each gap.
func (q Question) plainWording() string {
	return plainText(strings.ReplaceAll(q.HTML, GapMark, " ____ "))
}

// plainText is the words of compiled HTML on one line.
func plainText(compiled string) string {
	return strings.Join(slices.DeleteFunc(words(compiled), func(w string) bool { return w == "\n" }), " ")
}

func figures(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
