package lint

import "aulacomune/course"

// QuestionWording: a question that asks nothing.
const QuestionWording = "question-wording"

func questionWording() Rule {
	return Rule{
		ID: QuestionWording, Severity: course.SeverityError,
		Message: "La domanda «{0}» non ha un testo.",
		Hint:    "Scrivi la domanda prima dell'elenco delle risposte.",
	}
}
