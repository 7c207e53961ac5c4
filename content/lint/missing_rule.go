package lint

import "aulacomune/course"

// MissingRule: a learning object that nothing completes.
const MissingRule = "missing-rule"

func missingRule() Rule {
	return Rule{
		ID: MissingRule, Severity: course.SeverityError,
		Message: "Non è detto che cosa completa l'oggetto.",
		Hint:    "Sotto «complete» scrivi almeno una fra «read: true», «watched: 80» e «answered: 60».",
	}
}
