package web

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"

	"aulacomune/course"
	"aulacomune/lms"

	"github.com/google/uuid"
)

// questions is an object's questions as a form. What is right is shown only of what was answered.
func questions(o course.Object, os lms.ObjectStanding, href, lang string, now time.Time) *QuestionsView {
	ev := os.Progress.Evidence
	v := &QuestionsView{
		Action: href + "?azione=risposte#domande", Attempt: uuid.NewString(), Needed: o.Needed(), Right: o.Earned(ev), Total: o.Points(), Weighted: o.Weighted(),
		Answered: len(ev.Chosen) > 0, Limit: o.Attempts, Left: os.Progress.AttemptsLeft(o, now), Again: os.Progress.Again(o, now), Personal: o.Personal(),
	}
	for i, q := range o.Questions {
		given, answered := ev.Chosen[q.ID]
		qv := question(q, given, answered)
		qv.Number, qv.ContentLang, qv.Earned = i+1, lang, ev.Right[q.ID]
		v.Questions = append(v.Questions, qv)
	}
	return v
}

// question is one question with what was given; answered says that it is to be judged, too.
func question(q course.Question, given course.Answer, answered bool) QuestionView {
	v := QuestionView{
		ID: string(q.ID), Name: "q-" + string(q.ID), Kind: string(q.Kind), Multiple: q.Kind == course.Multiple, HTML: template.HTML(q.HTML),
		Graded: q.Graded(), Answered: answered, Right: answered && q.Mark(given),
	}
	if q.Points > 1 {
		v.Points = q.Points
	}
	if answered {
		v.Feedback = template.HTML(q.Feedback)
	}
	for _, c := range q.Display() {
		cv := choice(c, slices.Contains(given, string(c.ID)), answered)
		cv.Place = slices.Index(given, string(c.ID)) + 1
		v.Choices = append(v.Choices, cv)
	}
	for i := range q.Parts {
		v.Parts = append(v.Parts, answerPart(q, i, given, answered))
	}
	if q.Kind == course.Cloze {
		for _, text := range strings.Split(q.HTML, course.GapMark) {
			v.Text = append(v.Text, template.HTML(text))
		}
	}
	return v
}

// answerPart is one field of a question with several.
func answerPart(q course.Question, i int, given course.Answer, answered bool) PartView {
	v := PartView{Name: partName("q-"+string(q.ID), i), Number: i + 1, HTML: template.HTML(q.Parts[i].HTML), Figures: q.Parts[i].Number != nil}
	if i < len(given) {
		v.Value, v.Answered = given[i], answered && q.Graded()
		v.Right = v.Answered && q.MarkPart(i, given)
	}
	return v
}

func choice(c course.Choice, chosen, answered bool) ChoiceView {
	v := ChoiceView{ID: string(c.ID), HTML: template.HTML(c.HTML), Chosen: chosen}
	if chosen && answered {
		v.Right, v.Feedback = c.Right, template.HTML(c.Feedback)
	}
	return v
}

// answer takes the form of an object's questions.
func answer(r *request) error {
	slug, id := course.Slug(r.Param("slug")), course.ObjectID(r.Param("object"))
	st, err := r.School().Learning.Mine(r.Ctx(), r.Actor, slug)
	if err != nil {
		return err
	}
	os, ok := st.Of(id)
	if !ok {
		return lms.Fail(lms.NotFound, "error.object.unknown")
	}
	answers, open := r.answers(os.Object)
	if len(open) > 0 {
		r.C.Status(422)
		return r.objectPage(st, id, func(p *ObjectPage) { r.keepAnswers(p.Questions, os.Object, answers, open) })
	}
	return r.recordForm(lms.Event{ID: r.Form("tentativo"), Kind: lms.Answered, Answers: answers}, "answered")
}

// answers reads the form; open are the questions that are not answered whole.
func (r *request) answers(o course.Object) (answers map[course.QuestionID]course.Answer, open []course.QuestionID) {
	answers = map[course.QuestionID]course.Answer{}
	for _, q := range o.Questions {
		a := r.answerTo(q)
		answers[q.ID] = a
		if q.Open(a) || !q.Fits(a) {
			open = append(open, q.ID)
		}
	}
	return answers, open
}

// answerTo reads the fields of one question.
func (r *request) answerTo(q course.Question) course.Answer {
	name, form := "q-"+string(q.ID), r.C.Request().PostArgs()
	var a course.Answer
	switch {
	case q.Kind == course.Ordering:
		return r.order(q, name)
	case len(q.Parts) == 0:
		for _, v := range form.PeekMulti(name) {
			a = append(a, string(v))
		}
		return a
	}
	for i := range q.Parts {
		a = append(a, strings.TrimSpace(string(form.Peek(partName(name, i)))))
	}
	return a
}

// order reads the places that were given to the choices of an ordering; "" stands where no choice or more than one was put.
func (r *request) order(q course.Question, name string) course.Answer {
	a := make(course.Answer, len(q.Choices))
	for _, c := range q.Choices {
		place, err := strconv.Atoi(r.Form(name + "_" + string(c.ID)))
		if err == nil && place >= 1 && place <= len(a) && a[place-1] == "" {
			a[place-1] = string(c.ID)
		}
	}
	return a
}

func partName(question string, i int) string { return fmt.Sprintf("%s_%d", question, i) }

// keepAnswers shows the form again with what was given, and says which questions are open.
func (r *request) keepAnswers(v *QuestionsView, o course.Object, answers map[course.QuestionID]course.Answer, open []course.QuestionID) {
	v.Problem = r.T("questions.open", "Count", len(open))
	for i := range v.Questions {
		old, q := &v.Questions[i], o.Questions[i]
		fresh := question(q, answers[q.ID], false)
		fresh.Number, fresh.ContentLang, fresh.Earned = old.Number, old.ContentLang, old.Earned
		if slices.Contains(open, q.ID) {
			fresh.Error = r.T(openWords(q.Kind))
		}
		*old = fresh
	}
}

// openWords say what to do where a question is not answered whole.
func openWords(k course.QuestionKind) string {
	switch k {
	case course.Single:
		return "questions.choose"
	case course.Multiple:
		return "questions.choose.some"
	case course.Ordering:
		return "questions.order"
	case course.Numeric:
		return "questions.figures"
	case course.Short:
		return "questions.type"
	}
	return "questions.complete"
}
