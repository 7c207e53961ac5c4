package course

import (
	"maps"
	"slices"
)

// Rule is what completes a learning object: every part of it that is set must hold, but who attended a webinar need not watch its recording.
type Rule struct {
	Read     bool `json:"read,omitempty"`     // the learner said so, with their own button
	Watched  int  `json:"watched,omitempty"`  // at least so many percent of the video
	Answered int  `json:"answered,omitempty"` // at least so many percent of the questions' points
	Attended bool `json:"attended,omitempty"` // the learner attended the webinar, or watched so much of its recording
}

// Evidence is what a learner has shown of one object. It only grows: merging events in any order, or twice, gives the same.
type Evidence struct {
	Read     bool                  `json:"read,omitempty"`
	Watched  Coverage              `json:"watched,omitempty"`
	Right    map[QuestionID]bool   `json:"right,omitempty"`    // questions answered right at least once
	Chosen   map[QuestionID]Answer `json:"chosen,omitempty"`   // the latest answer to each question
	Attended bool                  `json:"attended,omitempty"` // long enough at the webinar; only who keeps its attendance says so
}

// Missing is what a rule still asks for; the zero value asks for nothing.
type Missing struct {
	Read      bool    `json:"read,omitempty"`      // press the button
	Attended  bool    `json:"attended,omitempty"`  // attend the webinar; where Watched is set, too, either will do
	Watched   int     `json:"watched,omitempty"`   // percent of the video still to watch
	Seconds   float64 `json:"seconds,omitempty"`   // the same in seconds
	Questions int     `json:"questions,omitempty"` // questions still to answer right, where each is worth one point
	Points    int     `json:"points,omitempty"`    // points still to earn, where they are not
}

// None says that nothing is missing.
func (m Missing) None() bool { return m == Missing{} }

// Missing weighs the evidence against the object's rule.
func (o Object) Missing(e Evidence) Missing {
	var m Missing
	m.Read = o.Rule.Read && !e.Read
	m.Attended = o.Rule.Attended && !o.there(e)
	if got := e.Watched.Percent(o.Length()); got < o.Rule.Watched && (m.Attended || !o.Rule.Attended) {
		m.Watched = o.Rule.Watched - got
		m.Seconds = max(0, o.Length()*float64(o.Rule.Watched)/100-e.Watched.Length())
	}
	if points := max(0, o.Needed()-o.Earned(e)); o.Weighted() {
		m.Points = points
	} else {
		m.Questions = points
	}
	return m
}

// there says whether the evidence is enough for a webinar: its hour, or its recording where the rule takes that.
func (o Object) there(e Evidence) bool {
	return e.Attended || o.Rule.Watched > 0 && e.Watched.Percent(o.Length()) >= o.Rule.Watched
}

// Points is what all of the object's questions are worth.
func (o Object) Points() int {
	n := 0
	for _, q := range o.Questions {
		n += q.Worth()
	}
	return n
}

// Weighted says that points are not the same as right answers: a question is worth more than one, or cannot be right or wrong.
func (o Object) Weighted() bool {
	return slices.ContainsFunc(o.Questions, func(q Question) bool { return q.Worth() > 1 || !q.Graded() })
}

// Needed is the points that must be earned: the rule's percentage, rounded up.
func (o Object) Needed() int {
	return (o.Points()*o.Rule.Answered + 99) / 100
}

// Earned is the points of the questions that were answered right.
func (o Object) Earned(e Evidence) int {
	n := 0
	for _, q := range o.Questions {
		if e.Right[q.ID] {
			n += q.Worth()
		}
	}
	return n
}

// Score is how many of the object's questions were answered right, of how many; what cannot be right or wrong is not counted.
func (o Object) Score(e Evidence) (right, asked int) {
	for _, q := range o.Questions {
		if !q.Graded() {
			continue
		}
		asked++
		if e.Right[q.ID] {
			right++
		}
	}
	return right, asked
}

// Answer adds one attempt to the evidence: what was right once stays right.
func (e Evidence) Answer(o Object, answers map[QuestionID]Answer) Evidence {
	right, chosen := maps.Clone(e.Right), maps.Clone(e.Chosen)
	if right == nil {
		right = map[QuestionID]bool{}
	}
	if chosen == nil {
		chosen = map[QuestionID]Answer{}
	}
	for id, choices := range answers {
		q, ok := o.Question(id)
		if !ok {
			continue
		}
		chosen[id] = choices
		if q.Mark(choices) {
			right[id] = true
		}
	}
	e.Right, e.Chosen = right, chosen
	return e
}

// Percent is how far the object is, 0 to 100: the mean of the parts of its rule. 100 is returned only when nothing is missing.
func (o Object) Percent(e Evidence) int {
	parts, sum := 0, 0
	add := func(p int) { parts++; sum += min(100, p) }
	if o.Rule.Read {
		add(map[bool]int{true: 100}[e.Read])
	}
	switch {
	case o.Rule.Attended && o.there(e):
		add(100)
	case o.Rule.Watched > 0:
		add(e.Watched.Percent(o.Length()) * 100 / o.Rule.Watched)
	case o.Rule.Attended:
		add(0)
	}
	if n := o.Needed(); n > 0 {
		add(o.Earned(e) * 100 / n)
	}
	if o.Missing(e).None() {
		return 100
	}
	if parts == 0 {
		return 0
	}
	return min(99, sum/parts)
}
