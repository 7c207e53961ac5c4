package lint

import "aulacomune/course"

// QuestionForm: the first line of a question has a word that is neither its id nor a kind of question.
const QuestionForm = "question-form"

func questionForm() Rule {
	return Rule{
		ID: QuestionForm, Severity: course.SeverityError,
		Message:   "Nella prima riga della domanda non capisco «{0}».",
		Hint:      "Forse intendevi «{1}»?",
		Otherwise: "Dopo l'identificativo può stare il tipo (multiple, truefalse, numeric, short, matching, ordering, cloze, scale), e poi shuffle, points=2, bank=nome.",
		Why:       "Una parola non capita nella prima riga potrebbe cambiare il modo in cui si risponde.",
		English: Wording{
			"I don't understand “{0}” on the question's first line.", "Did you mean “{1}”?", "After the id may stand the kind (multiple, truefalse, numeric, short, matching, ordering, cloze, scale), and then shuffle, points=2, bank=name.",
			"A word on the first line that is not understood could change how the question is answered.",
		},
		Bad:  "> [!QUESTION a singel]\n> Quando si firma?\n>\n> - [x] `prima` Prima.\n> - [ ] `dopo` Dopo.\n",
		Good: "> [!QUESTION a]\n> Quando si firma?\n>\n> - [x] `prima` Prima.\n> - [ ] `dopo` Dopo.\n",
	}
}
