package lint

import "aulacomune/course"

// UnknownTerm: a link to a word that the glossary does not have (WCAG 2.2 SC 3.1.3).
const UnknownTerm = "unknown-term"

func unknownTerm() Rule {
	return Rule{
		ID: UnknownTerm, Severity: course.SeverityError, WCAG: "3.1.3",
		Message:   "Il glossario non ha la voce «{0}».",
		Hint:      "Forse intendevi «#{1}»?",
		Otherwise: "Aggiungi a glossario.md, nella cartella del corso, un titolo «## …» con la voce e sotto la spiegazione.",
		Why:       "Chi segue il collegamento cerca una spiegazione e non la trova.",
		English: Wording{
			"The glossary does not have the word “{0}”.", "Did you mean “#{1}”?", "Add a heading “## …” with the word to glossario.md in the course's folder, and the explanation below.",
			"Whoever follows the link looks for an explanation that is not there.",
		},
		Bad: `[Lavoro agile](glossario#lavoro-agille)

-- glossario.md --
## Lavoro agile

Un modo di lavorare per obiettivi.
`,
		Good: `[Lavoro agile](glossario#lavoro-agile)

-- glossario.md --
## Lavoro agile

Un modo di lavorare per obiettivi.
`,
	}
}
