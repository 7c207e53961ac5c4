package lint

import "aulacomune/course"

// QuestionID: a question without an id, by which a learner's answer would be kept.
const QuestionID = "question-id"

func questionID() Rule {
	return Rule{
		ID: QuestionID, Severity: course.SeverityError,
		Message: "La domanda non ha un identificativo.",
		Hint:    "Scrivilo nella prima riga, e non cambiarlo più: «> [!QUESTION il-primo-passo]».",
		Why:     "La risposta di una persona si conserva con l'identificativo della domanda: senza, alla prima modifica andrebbe persa.",
		English: Wording{
			"The question has no id.", "Write it on the first line and never change it: “> [!QUESTION il-primo-passo]”.", "",
			"A person's answer is kept by the question's id: without one it would be lost at the first change.",
		},
		Bad:  "> [!QUESTION]\n> Quando si firma?\n>\n> - [x] `prima` Prima.\n> - [ ] `dopo` Dopo.\n",
		Good: "> [!QUESTION a]\n> Quando si firma?\n>\n> - [x] `prima` Prima.\n> - [ ] `dopo` Dopo.\n",
	}
}
