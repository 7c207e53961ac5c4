package lint

import "aulacomune/course"

// TooMany: a text has more findings than anyone would read. It is an error where one of those that are not listed is.
const TooMany = "too-many"

func tooMany() Rule {
	return Rule{
		ID: TooMany, Severity: course.SeverityWarning,
		Message: "Da qui in poi ci sono altri {0} problemi, che non sono elencati.",
		Hint:    "Correggi questi e controlla di nuovo: spesso molti problemi hanno una causa sola.",
		Why:     "Un elenco di migliaia di problemi non lo legge nessuno: di solito è lo stesso, ripetuto.",
		English: Wording{
			"From here on there are {0} more problems, which are not listed.", "Mend these and check again: many problems often have one cause.", "",
			"Nobody reads a list of thousands of problems: usually it is the same one, repeated.",
		},
	}
}
