package lint

import "aulacomune/course"

// BadValue: a value that its key does not allow.
const BadValue = "bad-value"

func badValue() Rule {
	return Rule{
		ID: BadValue, Severity: course.SeverityError,
		Message: "Il valore «{1}» non va bene per «{0}».",
		Hint:    "Forse intendevi «{3}»? Valori ammessi: {2}.", Otherwise: "Valori ammessi: {2}.",
		Why: "Da questo valore dipende come l'oggetto si mostra e si completa: uno che non esiste non vuol dire niente.",
		English: Wording{
			"The value “{1}” is not right for “{0}”.", "Did you mean “{3}”? Allowed values: {2}.", "Allowed values: {2}.",
			"How the object is shown and completed depends on this value: one that does not exist means nothing.",
		},
		Bad: `-- 01-uno/01-esempio.md --
---
id: primo
title: Il primo passo
kind: lettura
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
