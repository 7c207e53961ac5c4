package lint

import "aulacomune/course"

// BadID: an id that cannot stand in an address or in a learner's record.
const BadID = "bad-id"

func badID() Rule {
	return Rule{
		ID: BadID, Severity: course.SeverityError,
		Message: "L'identificativo «{0}» non va bene.",
		Hint:    "Per esempio «{1}»: lettere minuscole senza accenti, cifre e trattini singoli, al massimo 64 caratteri.", Otherwise: "Usa lettere minuscole senza accenti, cifre e trattini singoli, al massimo 64 caratteri (per esempio «il-primo-passo»); «media» è riservato.",
		Why: "L'identificativo entra negli indirizzi e nei registri, e vi resta: non può avere segni che un indirizzo non ha.",
		English: Wording{
			"The id “{0}” is not right.", "For example “{1}”: small letters without accents, digits and single hyphens, 64 at most.",
			"Use small letters without accents, digits and single hyphens, 64 at most (for example “il-primo-passo”); “media” is reserved.",
			"The id is part of addresses and records, and stays there: it cannot hold signs that an address has not.",
		},
		Bad: `-- 01-uno/01-esempio.md --
---
id: Perché no
title: Il primo passo
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
