package lint

import "aulacomune/course"

// NestedQuestion: a question inside a list, a quote or a box, where it could not be shown.
const NestedQuestion = "nested-question"

func nestedQuestion() Rule {
	return Rule{
		ID: NestedQuestion, Severity: course.SeverityError,
		Message: "La domanda è dentro un altro blocco.",
		Hint:    "Spostala fuori da elenchi, citazioni e riquadri.",
	}
}
