package lint

import "aulacomune/course"

// TooLong: a line longer than anyone would write by hand, usually something pasted by mistake.
const TooLong = "too-long"

func tooLong() Rule {
	return Rule{
		ID: TooLong, Severity: course.SeverityError,
		Message: "La riga ha più di 10.000 caratteri.",
		Hint:    "Dividila in capoversi, con una riga vuota fra l'uno e l'altro.",
		Why:     "Una riga così lunga di solito è il resto di un programma, non un testo da leggere.",
		English: Wording{
			"The line has more than 10,000 characters.", "Split it into paragraphs, with an empty line between them.", "",
			"So long a line is usually left by a program, and no text to read.",
		},
	}
}
