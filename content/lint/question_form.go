package lint

import "aulacomune/course"

// QuestionForm: the first line of a question has a word that is neither its id nor a kind of question.
const QuestionForm = "question-form"

func questionForm() Rule {
	return Rule{
		ID: QuestionForm, Severity: course.SeverityError,
		Message:   "Nella prima riga della domanda non capisco «{0}».",
		Hint:      "Forse intendevi «{1}»?",
		Otherwise: "Scrivi «> [!QUESTION identificativo]», oppure «> [!QUESTION identificativo multiple]».",
	}
}
