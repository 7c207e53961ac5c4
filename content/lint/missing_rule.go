package lint

import "aulacomune/course"

// MissingRule: a learning object that nothing completes.
const MissingRule = "missing-rule"

func missingRule() Rule {
	return Rule{
		ID: MissingRule, Severity: course.SeverityError,
		Message: "Non è detto che cosa completa l'oggetto.",
		Hint:    "Sotto «complete» scrivi almeno una fra «read: true», «watched: 80» e «answered: 60».",
		Why:     "Chi studia deve sapere che cosa gli resta da fare: senza regola un oggetto non finisce mai.",
		English: Wording{
			"It is not said what completes the object.", "Below “complete” write at least one of “read: true”, “watched: 80” and “answered: 60”.", "",
			"Learners must know what is left to do: without a rule an object never ends.",
		},
		Bad: `-- 01-uno/01-esempio.md --
---
id: primo
title: Il primo passo
kind: reading
minutes: 1
objectives: [Riconoscere un accordo]
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
