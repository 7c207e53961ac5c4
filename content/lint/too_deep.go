package lint

import "aulacomune/course"

// TooDeep: lists and quotes lie one in the other deeper than a reader could follow.
const TooDeep = "too-deep"

func tooDeep() Rule {
	return Rule{
		ID: TooDeep, Severity: course.SeverityError,
		Message: "Elenchi e citazioni sono annidati troppo in profondità.",
		Hint:    "Bastano due o tre livelli: semplifica la struttura.",
	}
}
