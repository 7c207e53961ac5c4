package lint

import "aulacomune/course"

// QuestionAnswer: a question that does not say, in the form of its kind, which answer is right: nobody could complete it.
const QuestionAnswer = "question-answer"

func questionAnswer() Rule {
	return Rule{
		ID: QuestionAnswer, Severity: course.SeverityError,
		Message: "La domanda «{0}» non dice come si risponde.",
		Hint:    "Serve {1}.",
		Why:     "Senza la risposta giusta, nella forma che il tipo di domanda vuole, nessuno potrebbe completare l'oggetto.",
		English: Wording{
			Message: "The question “{0}” does not say how it is answered.",
			Hint:    "It needs {1}.",
			Why:     "Without the right answer, in the form that the kind of question asks for, nobody could complete the object.",
		},
		Bad:  "> [!QUESTION ore numeric]\n> Quante ore?\n>\n> = quaranta\n",
		Good: "> [!QUESTION ore numeric]\n> Quante ore?\n>\n> = 40 ± 2\n",
	}
}
