package course

import (
	"math"
	"slices"
	"strconv"
)

// QuestionID names a question within its learning object.
type QuestionID string

// ChoiceID names a choice within its question.
type ChoiceID string

// QuestionKind says how a question is answered.
type QuestionKind string

// The kinds of question.
const (
	Single   QuestionKind = "single"   // exactly one choice
	Multiple QuestionKind = "multiple" // every right choice and no other
	Numeric  QuestionKind = "numeric"  // a number, within a tolerance
	Short    QuestionKind = "short"    // a few words; accents, case and spaces do not count
	Matching QuestionKind = "matching" // for each part, its choice
	Ordering QuestionKind = "ordering" // all choices, in the right order
	Cloze    QuestionKind = "cloze"    // a text with gaps, each a part
	Scale    QuestionKind = "scale"    // for each part, a statement, one of the levels; nothing is right or wrong
)

// Question is asked inside a learning object.
type Question struct {
	ID       QuestionID   `json:"id"`
	Kind     QuestionKind `json:"kind"`
	HTML     string       `json:"html"`               // safe HTML of the wording; of a cloze, with a mark for each gap (GapMark)
	Points   int          `json:"points,omitempty"`   // what a right answer is worth; 0 means 1
	Shuffle  bool         `json:"shuffle,omitempty"`  // each learner sees the choices in an order of their own
	Bank     string       `json:"bank,omitempty"`     // the pool it is drawn from; "" means that everybody is asked it
	Shown    []Choice     `json:"-"`                  // the choices in the order in which one learner sees them; Object.For puts it in
	Choices  []Choice     `json:"choices,omitempty"`  // of an ordering in the right order; of a scale, its levels from the lowest
	Parts    []Part       `json:"parts,omitempty"`    // what is answered one by one; a numeric or short question has one
	Feedback string       `json:"feedback,omitempty"` // safe HTML shown after any answer
}

// Choice is one possible answer.
type Choice struct {
	ID       ChoiceID `json:"id"`
	HTML     string   `json:"html"` // safe inline HTML
	Right    bool     `json:"right,omitempty"`
	Feedback string   `json:"feedback,omitempty"` // safe HTML shown when it was chosen
}

// Part is one of several things that a question asks.
type Part struct {
	HTML      string   `json:"html,omitempty"`      // safe inline HTML of what a matching or scale puts beside it
	Choice    ChoiceID `json:"choice,omitempty"`    // of a matching: the right one
	Accept    []string `json:"accept,omitempty"`    // words that are right
	Number    *Number  `json:"number,omitempty"`    // the number that is right
	Dimension string   `json:"dimension,omitempty"` // of a scale: what the statement measures
	Reversed  bool     `json:"reversed,omitempty"`  // of a scale: the highest level says the least of its dimension
}

// Number is a right answer in figures.
type Number struct {
	Value     float64 `json:"value"`
	Tolerance float64 `json:"tolerance,omitempty"` // as much more or less is right, too
}

// GapMark stands in a cloze's HTML where a gap is: the first for the first part. Nothing else that is compiled holds it.
const GapMark = "<span class=\"gap\"></span>"

// Answer is what somebody gave to a question. Single and multiple: ids of choices. Numeric and short: what was typed. Ordering: the ids of all
// choices in the learner's order. Matching, cloze and scale: for each part in order the id of a choice or what was typed, "" for none.
type Answer []string

// longestAnswer is what may be typed into one field, in bytes.
const longestAnswer = 500

// Worth is the points of a right answer.
func (q Question) Worth() int { return max(1, q.Points) }

// Display is the choices as a learner sees them.
func (q Question) Display() []Choice {
	if q.Shown != nil {
		return q.Shown
	}
	return q.Choices
}

// Graded says whether an answer can be right or wrong. What is not graded counts as right once it is answered whole.
func (q Question) Graded() bool { return q.Kind != Scale }

// Fits says whether an answer has the form that the question asks for, right or wrong.
func (q Question) Fits(a Answer) bool {
	switch q.Kind {
	case Single:
		return len(a) <= 1 && q.known(a)
	case Multiple:
		return len(a) <= len(q.Choices) && q.known(a)
	case Ordering:
		return len(a) == len(q.Choices) && q.known(a) && distinct(a)
	case Matching, Scale:
		return len(a) == len(q.Parts) && q.known(slices.DeleteFunc(slices.Clone(a), func(s string) bool { return s == "" }))
	}
	return len(a) == len(q.Parts) && !slices.ContainsFunc(a, func(s string) bool { return len(s) > longestAnswer })
}

// Open says whether something is still to be answered, or was answered in words where figures are asked.
func (q Question) Open(a Answer) bool {
	for i, s := range a {
		figures := i < len(q.Parts) && q.Parts[i].Number != nil
		if fold(s) == "" || figures && len(numbers(s)) == 0 {
			return true
		}
	}
	return len(a) == 0
}

// Mark says whether an answer is right.
func (q Question) Mark(a Answer) bool {
	if !q.Fits(a) {
		return false
	}
	switch q.Kind {
	case Single, Multiple:
		return q.chosen(a)
	case Ordering:
		return slices.EqualFunc(a, q.Choices, func(id string, c Choice) bool { return id == string(c.ID) })
	}
	if q.Open(a) {
		return false
	}
	for i := range a {
		if !q.MarkPart(i, a) {
			return false
		}
	}
	return true
}

// MarkPart says whether the answer to one part is right.
func (q Question) MarkPart(i int, a Answer) bool {
	if i >= len(a) || i >= len(q.Parts) {
		return false
	}
	p := q.Parts[i]
	switch {
	case q.Kind == Scale:
		return a[i] != ""
	case q.Kind == Matching:
		return a[i] == string(p.Choice)
	case p.Number != nil:
		return p.Number.is(a[i])
	}
	return slices.ContainsFunc(p.Accept, func(s string) bool { return fold(s) == fold(a[i]) }) && fold(a[i]) != ""
}

// Solution is an answer that is right.
func (q Question) Solution() Answer {
	var out Answer
	for _, c := range q.Choices {
		if c.Right || q.Kind == Ordering {
			out = append(out, string(c.ID))
		}
	}
	for _, p := range q.Parts {
		out = append(out, q.solve(p))
	}
	return out
}

func (q Question) solve(p Part) string {
	switch {
	case q.Kind == Scale:
		return string(q.Choices[0].ID)
	case p.Number != nil:
		return strconv.FormatFloat(p.Number.Value, 'f', -1, 64)
	case len(p.Accept) > 0:
		return p.Accept[0]
	}
	return string(p.Choice)
}

// chosen marks choices: the set of the right ones, no more and no less.
func (q Question) chosen(a Answer) bool {
	for _, c := range q.Choices {
		if c.Right != slices.Contains(a, string(c.ID)) {
			return false
		}
	}
	return len(a) > 0
}

// Same says whether two answers are one: of choices that are ticked the order does not count.
func (q Question) Same(a, b Answer) bool {
	if q.Kind == Single || q.Kind == Multiple {
		a, b = slices.Compact(slices.Sorted(slices.Values(a))), slices.Compact(slices.Sorted(slices.Values(b)))
	}
	return slices.Equal(a, b)
}

// Has says whether a choice belongs to the question.
func (q Question) Has(id string) bool {
	return slices.ContainsFunc(q.Choices, func(c Choice) bool { return string(c.ID) == id })
}

func (q Question) known(a Answer) bool {
	return !slices.ContainsFunc(a, func(id string) bool { return !q.Has(id) })
}

func distinct(a Answer) bool {
	sorted := slices.Sorted(slices.Values(a))
	return len(slices.Compact(sorted)) == len(a)
}

// is says whether what was typed is the number, in one of the ways in which it can be read.
func (n Number) is(typed string) bool {
	return slices.ContainsFunc(numbers(typed), func(v float64) bool { return math.Abs(v-n.Value) <= n.Tolerance+tiny })
}
