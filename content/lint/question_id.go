package lint

import "aulacomune/course"

// QuestionID: a question without an id, by which a learner's answer would be kept.
const QuestionID = "question-id"

func questionID() Rule {
	return Rule{
		ID: QuestionID, Severity: course.SeverityError,
		Message: "La domanda non ha un identificativo.",
		Hint:    "Scrivilo nella prima riga, e non cambiarlo più: «> [!QUESTION il-primo-passo]».",
	}
}
