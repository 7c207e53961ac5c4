package lint

import "aulacomune/course"

// QuestionRight: a question whose right choices its kind does not allow: nobody could answer it, or everybody would.
const QuestionRight = "question-right"

func questionRight() Rule {
	return Rule{
		ID: QuestionRight, Severity: course.SeverityError,
		Message: "La domanda «{0}» deve avere {1}.",
		Hint:    "Segna le risposte giuste con «- [x]» e le altre con «- [ ]».",
	}
}
