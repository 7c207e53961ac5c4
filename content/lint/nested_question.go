package lint

import "aulacomune/course"

// NestedQuestion: a question inside a list, a quote or a box, where it could not be shown.
const NestedQuestion = "nested-question"

func nestedQuestion() Rule {
	return Rule{
		ID: NestedQuestion, Severity: course.SeverityError,
		Message: "La domanda è dentro un altro blocco.",
		Hint:    "Spostala fuori da elenchi, citazioni e riquadri.",
		Why:     "Una domanda dentro un riquadro o un elenco non si potrebbe togliere dal testo senza romperlo.",
		English: Wording{
			"The question is inside another block.", "Move it out of lists, quotes and boxes.", "",
			"A question within a box or a list could not be taken out of the text without breaking it.",
		},
		Bad:  "Un testo.\n\n- voce\n\n  > [!QUESTION a]\n  > Quando si firma?\n  >\n  > - [x] `prima` Prima.\n  > - [ ] `dopo` Dopo.\n\n> [!QUESTION b]\n> Quando si firma?\n>\n> - [x] `prima` Prima.\n> - [ ] `dopo` Dopo.\n",
		Good: "> [!QUESTION a]\n> Quando si firma?\n>\n> - [x] `prima` Prima.\n> - [ ] `dopo` Dopo.\n",
	}
}
