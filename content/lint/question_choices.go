package lint

import "aulacomune/course"

// QuestionChoices: a question with fewer than two choices.
const QuestionChoices = "question-choices"

func questionChoices() Rule {
	return Rule{
		ID: QuestionChoices, Severity: course.SeverityError,
		Message: "La domanda «{0}» ha meno di due risposte.",
		Hint:    "Scrivi le risposte come «- [ ] `a` Testo», una per riga; «- [x]» segna quella giusta.",
	}
}
