package lint

import "aulacomune/course"

// TooBig: a text is longer than anyone would read, and longer than the compiler promises to handle.
const TooBig = "too-big"

func tooBig() Rule {
	return Rule{
		ID: TooBig, Severity: course.SeverityError,
		Message: "Il file supera {0}.",
		Hint:    "Dividilo in più oggetti.",
		Why:     "Un testo così lungo non lo legge nessuno in una volta, e fa aspettare chi ha una linea lenta.",
		English: Wording{
			"The file is larger than {0}.", "Split it into several objects.", "",
			"Nobody reads so long a text at once, and people on a slow line wait for it.",
		},
	}
}
