package lint

import "aulacomune/course"

// DuplicateKey: the same key twice: only one of the two values could count.
const DuplicateKey = "duplicate-key"

func duplicateKey() Rule {
	return Rule{
		ID: DuplicateKey, Severity: course.SeverityError,
		Message: "La chiave «{0}» è scritta due volte.",
		Hint:    "Tieni una sola delle due righe.",
		Why:     "Di due valori per la stessa chiave uno si perderebbe, e non si saprebbe quale.",
		English: Wording{
			"The key “{0}” is written twice.", "Keep only one of the two lines.", "",
			"Of two values for one key one would be lost, and nobody would know which.",
		},
		Bad: `-- 01-uno/01-esempio.md --
---
id: primo
title: Il primo passo
kind: reading
minutes: 1
objectives: [Riconoscere un accordo]
complete: {read: true}
minutes: 5
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
