package course

import "slices"

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
)

// Question is asked inside a learning object.
type Question struct {
	ID       QuestionID   `json:"id"`
	Kind     QuestionKind `json:"kind"`
	HTML     string       `json:"html"` // safe HTML of the wording
	Choices  []Choice     `json:"choices"`
	Feedback string       `json:"feedback,omitempty"` // safe HTML shown after any answer
}

// Choice is one possible answer.
type Choice struct {
	ID       ChoiceID `json:"id"`
	HTML     string   `json:"html"` // safe inline HTML
	Right    bool     `json:"right,omitempty"`
	Feedback string   `json:"feedback,omitempty"` // safe HTML shown when it was chosen
}

// Mark says whether these choices answer the question right: the set of the right ones, no more and no less.
func (q Question) Mark(chosen []ChoiceID) bool {
	for _, c := range q.Choices {
		if c.Right != slices.Contains(chosen, c.ID) {
			return false
		}
	}
	return len(chosen) > 0
}

// Has says whether a choice belongs to the question.
func (q Question) Has(id ChoiceID) bool {
	return slices.ContainsFunc(q.Choices, func(c Choice) bool { return c.ID == id })
}
