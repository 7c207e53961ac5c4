package lint

import "aulacomune/course"

// UnmeetableRule: a completion rule that the object's media or questions cannot meet, so nobody could ever finish.
const UnmeetableRule = "unmeetable-rule"

func unmeetableRule() Rule {
	return Rule{
		ID: UnmeetableRule, Severity: course.SeverityError,
		Message: "La regola «{0}» non si può soddisfare: l'oggetto non ha {1}.",
		Hint:    "Aggiungi ciò che manca o togli la regola.",
		Why:     "Una regola che l'oggetto non permette di soddisfare blocca il corso a tutti.",
		English: Wording{
			"The rule “{0}” cannot be met: the object does not have {1}.", "Add what is missing or take the rule away.", "",
			"A rule that the object gives no way to meet stops everybody.",
		},
		Bad: `-- 01-uno/01-esempio.md --
---
id: primo
title: Il primo passo
kind: reading
minutes: 1
objectives: [Riconoscere un accordo]
complete: {answered: 60}
---

Un testo.
`,
		Good: "-- 01-uno/01-esempio.md --\n---\nid: primo\ntitle: Il primo passo\nkind: reading\nminutes: 1\nobjectives: [Riconoscere un accordo]\ncomplete: {answered: 60}\n---\n\n> [!QUESTION a]\n> Quando si firma?\n>\n> - [x] `prima` Prima.\n> - [ ] `dopo` Dopo.\n",
	}
}
