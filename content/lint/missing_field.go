package lint

import "aulacomune/course"

// MissingField: a key that must be there is not, or is empty.
const MissingField = "missing-field"

func missingField() Rule {
	return Rule{
		ID: MissingField, Severity: course.SeverityError,
		Message: "Manca «{0}», oppure è vuoto.",
		Hint:    "Aggiungi la chiave «{0}» con il suo valore.",
		Why:     "Ciò che manca non si può mostrare a chi cerca un corso, né scrivere su un attestato.",
		English: Wording{
			"“{0}” is missing or empty.", "Add the key “{0}” with its value.", "",
			"What is missing cannot be shown to whoever looks for a course, nor be written on a certificate.",
		},
		Bad: `-- 01-uno/01-esempio.md --
---
id: primo
kind: reading
minutes: 1
objectives: [Riconoscere un accordo]
complete: {read: true}
---

Un testo.
`,
		Good: `-- 01-uno/01-esempio.md --
---
id: primo
title: Il primo passo
kind: reading
minutes: 1
objectives: [Riconoscere un accordo]
complete: {read: true}
---

Un testo.
`,
	}
}
