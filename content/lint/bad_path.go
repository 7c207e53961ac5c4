package lint

import "aulacomune/course"

// BadPath: a file's name cannot travel between systems: control characters, backslashes, or names that differ only by case.
const BadPath = "bad-path"

func badPath() Rule {
	return Rule{
		ID: BadPath, Severity: course.SeverityError,
		Message: "Il nome del file «{0}» non va bene.",
		Hint:    "C'è già «{1}»: due nomi non possono differire solo per maiuscole e minuscole.", Otherwise: "Usa lettere minuscole, cifre e trattini, e nessuno di questi segni: \\ : * ? \" < > |",
		Why: "Un nome con segni particolari funziona su un computer e non su un altro, o non entra in un indirizzo.",
		English: Wording{
			"The name of the file “{0}” is not right.", "There is already “{1}”: two names may not differ only by capitals.", "Use small letters, digits and hyphens, and none of these signs: \\ : * ? \" < > |",
			"A name with special signs works on one computer and not on another, or does not fit in an address.",
		},
		Bad:  "-- 01-uno/che cosa?.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n",
		Good: "-- 01-uno/che-cosa.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n",
	}
}
