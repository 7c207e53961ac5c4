package web

import (
	"html/template"
	"slices"

	"aulacomune/course"
	"aulacomune/lms"

	"github.com/google/uuid"
)

// questions is an object's questions as a form. What is right is shown only of choices that were chosen.
func questions(o course.Object, os lms.ObjectStanding, href, lang string) *QuestionsView {
	ev := os.Progress.Evidence
	v := &QuestionsView{
		Action: href + "?azione=risposte#domande", Attempt: uuid.NewString(), Needed: o.Needed(), Right: o.Right(ev), Total: len(o.Questions),
		Answered: len(ev.Chosen) > 0, Attempts: len(os.Progress.Attempts),
	}
	for i, q := range o.Questions {
		chosen, answered := ev.Chosen[q.ID]
		qv := QuestionView{
			ContentLang: lang, ID: string(q.ID), Name: "q-" + string(q.ID), Number: i + 1, Multiple: q.Kind == course.Multiple, HTML: template.HTML(q.HTML),
			Answered: answered, Right: answered && q.Mark(chosen), Earned: ev.Right[q.ID],
		}
		if answered {
			qv.Feedback = template.HTML(q.Feedback)
		}
		for _, c := range q.Choices {
			qv.Choices = append(qv.Choices, choice(c, slices.Contains(chosen, c.ID)))
		}
		v.Questions = append(v.Questions, qv)
	}
	return v
}

func choice(c course.Choice, chosen bool) ChoiceView {
	v := ChoiceView{ID: string(c.ID), HTML: template.HTML(c.HTML), Chosen: chosen}
	if chosen {
		v.Right, v.Feedback = c.Right, template.HTML(c.Feedback)
	}
	return v
}

// answer takes the form of an object's questions.
func answer(r *request) error {
	slug, id := course.Slug(r.param("slug")), course.ObjectID(r.param("object"))
	st, err := r.school().Learning.Mine(r.ctx(), r.actor, slug)
	if err != nil {
		return err
	}
	os, ok := st.Of(id)
	if !ok {
		return lms.Fail(lms.NotFound, "error.object.unknown")
	}
	answers, open := r.answers(os.Object)
	if len(open) > 0 {
		r.c.Status(422)
		return r.objectPage(st, id, func(p *ObjectPage) { r.keepAnswers(p.Questions, answers, open) })
	}
	return r.recordForm(lms.Event{ID: r.form("tentativo"), Kind: lms.Answered, Answers: answers}, "answered")
}

// answers reads the form; open are the questions without an answer.
func (r *request) answers(o course.Object) (answers map[course.QuestionID][]course.ChoiceID, open []course.QuestionID) {
	answers = map[course.QuestionID][]course.ChoiceID{}
	for _, q := range o.Questions {
		for _, v := range r.c.Request().PostArgs().PeekMulti("q-" + string(q.ID)) {
			answers[q.ID] = append(answers[q.ID], course.ChoiceID(v))
		}
		if len(answers[q.ID]) == 0 {
			open = append(open, q.ID)
		}
	}
	return answers, open
}

// keepAnswers shows the form again with what was chosen, and says which questions are open.
func (r *request) keepAnswers(v *QuestionsView, answers map[course.QuestionID][]course.ChoiceID, open []course.QuestionID) {
	v.Problem = r.t("questions.open", "Count", len(open))
	for i := range v.Questions {
		q := &v.Questions[i]
		q.Answered, q.Feedback = false, ""
		if slices.Contains(open, course.QuestionID(q.ID)) {
			q.Error = r.t("questions.choose")
		}
		for j := range q.Choices {
			q.Choices[j].Chosen = slices.Contains(answers[course.QuestionID(q.ID)], course.ChoiceID(q.Choices[j].ID))
			q.Choices[j].Feedback = ""
		}
	}
}
