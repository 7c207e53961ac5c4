package lint

import "aulacomune/course"

// MissingObjectives: whoever does not know what an object is for cannot tell whether they have learnt it.
const MissingObjectives = "missing-objectives"

func missingObjectives() Rule {
	rule := Rule{
		ID: MissingObjectives, Severity: course.SeverityWarning,
		Message: "Mancano gli obiettivi.",
		Hint:    "Aggiungi «objectives»: due o tre frasi che dicono che cosa si saprà fare.",
		Why:     "Chi comincia deve sapere che cosa saprà fare alla fine, e chi scrive si accorge di che cosa è di troppo.",
		English: Wording{
			"The objectives are missing.", "Add “objectives”: two or three sentences that say what one will be able to do.", "",
			"Whoever begins must know what they will be able to do in the end, and whoever writes sees what is too much.",
		},
		Bad: `-- 01-uno/01-esempio.md --
---
id: primo
title: Il primo passo
kind: reading
minutes: 1
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
	rule.object = func(o Object, say Say) {
		if len(o.Objectives) == 0 {
			say(o.At(""))
		}
	}
	rule.course = func(c Course, say Say) {
		if len(c.Objectives) == 0 {
			say(c.At(""))
		}
	}
	return rule
}
