package lint

import "aulacomune/course"

// QuestionRight: a question whose right choices its kind does not allow: nobody could answer it, or everybody would.
const QuestionRight = "question-right"

func questionRight() Rule {
	return Rule{
		ID: QuestionRight, Severity: course.SeverityError,
		Message: "La domanda «{0}» deve avere {1}: ora le giuste sono {2}.",
		Hint:    "Segna le risposte giuste con «- [x]» e le altre con «- [ ]»; se le giuste sono più d'una, scrivi «multiple» dopo l'identificativo.",
		Why:     "Una domanda senza risposta giusta, o con tutte giuste, non si può superare o non chiede niente.",
		English: Wording{
			"The question “{0}” must have {1}: now {2} are right.", "Mark the right answers with “- [x]” and the others with “- [ ]”; if more than one is right, write “multiple” after the id.", "",
			"A question without a right answer, or with nothing but right ones, cannot be passed or asks nothing.",
		},
		Bad:  "> [!QUESTION a]\n> Quando si firma?\n>\n> - [ ] `prima` Prima.\n> - [ ] `dopo` Dopo.\n",
		Good: "> [!QUESTION a]\n> Quando si firma?\n>\n> - [x] `prima` Prima.\n> - [ ] `dopo` Dopo.\n",
	}
}
