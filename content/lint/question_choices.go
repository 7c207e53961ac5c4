package lint

import "aulacomune/course"

// QuestionChoices: a question with fewer than two choices.
const QuestionChoices = "question-choices"

func questionChoices() Rule {
	return Rule{
		ID: QuestionChoices, Severity: course.SeverityError,
		Message: "La domanda «{0}» ha meno di due risposte.",
		Hint:    "Scrivi le risposte come «- [ ] `a` Testo», una per riga; «- [x]» segna quella giusta.",
		Why:     "Con una risposta sola non c'è niente da scegliere.",
		English: Wording{
			"The question “{0}” has fewer than two answers.", "Write the answers as “- [ ] `a` Text”, one on each line; “- [x]” marks the right one.", "",
			"With one answer only there is nothing to choose.",
		},
		Bad:  "> [!QUESTION a]\n> Quando si firma?\n>\n> - [x] `prima` Prima.\n",
		Good: "> [!QUESTION a]\n> Quando si firma?\n>\n> - [x] `prima` Prima.\n> - [ ] `dopo` Dopo.\n",
	}
}
