package export

import (
	"fmt"

	"aulacomune/course"
)

// seed draws questions and shuffles choices for a copy: the same for all who export an edition.
const seed = "export"

// exercises are the questions that a learner would be asked, without what tells right from wrong.
func (wr *writer) exercises(o course.Object, each turn) (*exercises, error) {
	v := &exercises{Address: wr.Address}
	asked := o.For(seed).Questions
	if len(asked) < len(o.Questions) {
		v.Drawn = len(asked)
	}
	for i, q := range asked {
		shown, err := wr.question(q, each)
		if err != nil {
			return nil, fmt.Errorf("object %s, question %s: %w", o.ID, q.ID, err)
		}
		shown.Number = i + 1
		v.Questions = append(v.Questions, shown)
	}
	return v, nil
}

func (wr *writer) question(q course.Question, each turn) (v question, err error) {
	v = question{Kind: string(q.Kind), Lang: wr.lang}
	if q.Points > 1 {
		v.Points = q.Points
	}
	if q.Kind == course.Cloze {
		each = both(each, gaps(wr.words, len(q.Parts)))
	}
	if v.HTML, err = rewrite(q.HTML, each); err != nil {
		return v, err
	}
	for _, c := range q.Display() {
		text, err := rewrite(c.HTML, each)
		if err != nil {
			return v, err
		}
		v.Choices = append(v.Choices, text)
	}
	for _, p := range q.Parts {
		text, err := rewrite(p.HTML, each)
		if err != nil {
			return v, err
		}
		v.Parts = append(v.Parts, questionPart{text, p.Number != nil})
	}
	return v, nil
}
