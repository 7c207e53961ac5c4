package lint

import "aulacomune/course"

// UnknownKey: a key that the format does not have; most are misspelt, and what they say would silently be lost.
const UnknownKey = "unknown-key"

func unknownKey() Rule {
	return Rule{
		ID: UnknownKey, Severity: course.SeverityError,
		Message:   "La chiave «{0}» non esiste.",
		Hint:      "Forse intendevi «{1}»?",
		Otherwise: "Le chiavi ammesse qui sono: {2}.",
		Why:       "Una chiave scritta male non avrebbe effetto, e nessuno se ne accorgerebbe.",
		English: Wording{
			"The key “{0}” does not exist.", "Did you mean “{1}”?", "The keys allowed here are: {2}.",
			"A misspelt key would have no effect, and nobody would notice.",
		},
		Bad: `-- 01-uno/01-esempio.md --
---
id: primo
title: Il primo passo
kind: reading
minutes: 1
objectives: [Riconoscere un accordo]
complete: {read: true}
lenguage: it
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
