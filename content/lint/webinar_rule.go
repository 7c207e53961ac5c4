package lint

import "aulacomune/course"

// WebinarRule: a webinar that is not completed by attending it, or whose recording does not count for those who were not there.
const WebinarRule = "webinar-rule"

func webinarRule() Rule {
	return Rule{
		ID: WebinarRule, Severity: course.SeverityError,
		Message: "La regola del webinar non dice «{0}».",
		Hint:    "Sotto «complete» scrivi «attended: true» e, quando c'è la registrazione, anche «watched: 80»: ne basta una.",
		Why:     "Chi ha partecipato ha già imparato; chi non c'era ha bisogno di un altro modo, e la registrazione lo è.",
		English: Wording{
			"The webinar's rule does not say “{0}”.", "Below “complete” write “attended: true” and, once there is a recording, also “watched: 80”: one of the two will do.", "",
			"Whoever attended has learnt already; whoever was not there needs another way, and the recording is one.",
		},
		Bad: `-- 01-uno/01-esempio.md --
---
id: primo
title: Il primo incontro
kind: webinar
webinar: lavorare-per-obiettivi
minutes: 1
objectives: [Riconoscere un accordo]
complete: {read: true}
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
