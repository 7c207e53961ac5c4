package lint

import "aulacomune/course"

// GlossaryForm: a glossary is words, each with its explanation (WCAG 2.2 SC 3.1.3).
const GlossaryForm = "glossary-form"

func glossaryForm() Rule {
	return Rule{
		ID: GlossaryForm, Severity: course.SeverityError, WCAG: "3.1.3",
		Message: "Il glossario non si legge: {0}.",
		Hint:    "Ogni voce è un titolo, con la spiegazione sotto: ## Lavoro agile e, dopo una riga vuota, una o due frasi.",
		Why:     "La spiegazione di una voce compare in fondo a ogni testo che la usa: deve essere chiaro dove comincia e dove finisce.",
		English: Wording{
			"The glossary cannot be read: {0}.", "Each word is a heading with the explanation below: ## Agile work and, after an empty line, a sentence or two.", "",
			"The explanation of a word is shown at the end of each text that uses it: it must be clear where it begins and ends.",
		},
		Bad: `-- glossario.md --
# Glossario

## Lavoro agile
`,
		Good: `-- glossario.md --
# Glossario

## Lavoro agile

Un modo di lavorare per obiettivi, in parte fuori dalla sede.
`,
	}
}
