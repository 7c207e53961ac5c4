package lint

import "aulacomune/course"

// MissingWebinar: a webinar that does not say which one it is, so that nobody's attendance could ever count.
const MissingWebinar = "missing-webinar"

func missingWebinar() Rule {
	return Rule{
		ID: MissingWebinar, Severity: course.SeverityError,
		Message: "Non è detto quale webinar è.",
		Hint:    "Aggiungi «webinar» con il nome che ha nell'indirizzo della sua pagina: webinar: lavorare-per-obiettivi.",
		Why:     "Chi partecipa completa l'oggetto senza fare altro, ma solo se il corso sa di quale webinar si tratta.",
		English: Wording{
			"It is not said which webinar it is.", "Add “webinar” with its name in the address of its page: webinar: working-by-objectives.", "",
			"Whoever attends completes the object without doing anything else, but only if the course knows which webinar it is.",
		},
		Bad: `-- 01-uno/01-esempio.md --
---
id: primo
title: Il primo incontro
kind: webinar
webinar: Lavorare per obiettivi
minutes: 1
objectives: [Riconoscere un accordo]
complete: {attended: true}
---

Un testo.
`,
		Good: `-- 01-uno/01-esempio.md --
---
id: primo
title: Il primo incontro
kind: webinar
webinar: lavorare-per-obiettivi
minutes: 1
objectives: [Riconoscere un accordo]
complete: {attended: true}
---

Un testo.
`,
	}
}
