package lint

import "aulacomune/course"

// DuplicateID: an id used twice: a learner's record could mean either.
const DuplicateID = "duplicate-id"

func duplicateID() Rule {
	return Rule{
		ID: DuplicateID, Severity: course.SeverityError, WCAG: "4.1.2",
		Message: "«{0}» è già usato in {1}.",
		Hint:    "Scegline un altro: gli identificativi non si ripetono.",
		Why:     "Con due oggetti dello stesso nome non si saprebbe quale dei due una persona ha completato.",
		English: Wording{
			"“{0}” is already used in {1}.", "Choose another: ids are not repeated.", "",
			"With two objects of one name nobody would know which of them a person has completed.",
		},
		Bad: `-- 01-uno/01-esempio.md --
---
id: secondo
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
