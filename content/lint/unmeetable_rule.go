package lint

import "aulacomune/course"

// UnmeetableRule: a completion rule that the object's media or questions cannot meet, so nobody could ever finish.
const UnmeetableRule = "unmeetable-rule"

func unmeetableRule() Rule {
	return Rule{
		ID: UnmeetableRule, Severity: course.SeverityError,
		Message: "La regola «{0}» non si può soddisfare: l'oggetto non ha {1}.",
		Hint:    "Aggiungi ciò che manca o togli la regola.",
	}
}
