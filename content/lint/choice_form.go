package lint

import "aulacomune/course"

// ChoiceForm: a choice without its mark, its id or its text.
const ChoiceForm = "choice-form"

func choiceForm() Rule {
	return Rule{
		ID: ChoiceForm, Severity: course.SeverityError,
		Message: "Alla risposta manca {0}.",
		Hint:    "La riga si scrive così: {1}.",
		Why:     "La scelta di una persona si conserva con l'identificativo della risposta: senza, non si saprebbe più che cosa aveva scelto.",
		English: Wording{
			"The answer lacks {0}.", "The line is written like this: {1}.", "",
			"A person's choice is kept by the answer's id: without it nobody would know any more what was chosen.",
		},
		Bad:  "> [!QUESTION a]\n> Quando si firma?\n>\n> - [x] `prima` Prima.\n> - [ ] Dopo.\n",
		Good: "> [!QUESTION a]\n> Quando si firma?\n>\n> - [x] `prima` Prima.\n> - [ ] `dopo` Dopo.\n",
	}
}
