package lint

import "aulacomune/course"

// BadID: an id that cannot stand in an address or in a learner's record.
const BadID = "bad-id"

func badID() Rule {
	return Rule{
		ID: BadID, Severity: course.SeverityError,
		Message: "L'identificativo «{0}» non va bene.",
		Hint:    "Usa lettere minuscole senza accenti, cifre e trattini singoli, al massimo 64 caratteri (per esempio «il-primo-passo»); «media» è riservato.",
	}
}
