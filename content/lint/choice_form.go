package lint

import "aulacomune/course"

// ChoiceForm: a choice without its mark, its id or its text.
const ChoiceForm = "choice-form"

func choiceForm() Rule {
	return Rule{
		ID: ChoiceForm, Severity: course.SeverityError,
		Message: "Alla risposta manca {0}.",
		Hint:    "Una risposta si scrive «- [ ] `a` Testo»: fra apici inversi c'è il suo identificativo.",
	}
}
