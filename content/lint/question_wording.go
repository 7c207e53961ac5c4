package lint

import "aulacomune/course"

// QuestionWording: a question that asks nothing.
const QuestionWording = "question-wording"

func questionWording() Rule {
	return Rule{
		ID: QuestionWording, Severity: course.SeverityError,
		Message: "La domanda «{0}» non ha un testo.",
		Hint:    "Scrivi la domanda prima dell'elenco delle risposte.",
		Why:     "Chi risponde deve sapere che cosa si chiede.",
		English: Wording{
			"The question “{0}” has no wording.", "Write the question before the list of answers.", "",
			"Whoever answers must know what is asked.",
		},
		Bad:  "> [!QUESTION a]\n> - [x] `prima` Prima.\n> - [ ] `dopo` Dopo.\n",
		Good: "> [!QUESTION a]\n> Quando si firma?\n>\n> - [x] `prima` Prima.\n> - [ ] `dopo` Dopo.\n",
	}
}
