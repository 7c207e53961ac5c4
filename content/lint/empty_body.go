package lint

import "aulacomune/course"

// EmptyBody: a reading or a story without any text.
const EmptyBody = "empty-body"

func emptyBody() Rule {
	return Rule{
		ID: EmptyBody, Severity: course.SeverityError,
		Message: "L'oggetto non ha testo.",
		Hint:    "Scrivi il testo dopo l'intestazione.",
		Why:     "Un oggetto senza testo non insegna niente, e si completerebbe da solo.",
		English: Wording{
			"The object has no text.", "Write the text below the header.", "",
			"An object without a text teaches nothing, and would complete itself.",
		},
		Bad: `-- 01-uno/01-esempio.md --
---
id: primo
title: Il primo passo
kind: reading
minutes: 1
objectives: [Riconoscere un accordo]
complete: {read: true}
---

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
