package lint

import "aulacomune/course"

// LinkScheme: a link by a scheme other than https, http or mailto.
const LinkScheme = "link-scheme"

func linkScheme() Rule {
	return Rule{
		ID: LinkScheme, Severity: course.SeverityError,
		Message: "Non si può collegare «{0}».",
		Hint:    "Usa un indirizzo https://, http:// o mailto:, un file del corso o un frammento «#titolo».",
		Why:     "Altri tipi di indirizzo possono eseguire programmi o aprire file del computer di chi legge.",
		English: Wording{
			"“{0}” cannot be linked to.", "Use an address https://, http:// or mailto:, a file of the course, or a fragment “#heading”.", "",
			"Other kinds of address can run programs or open files of the reader's computer.",
		},
		Bad:  "Vedi [le istruzioni](file:///C:/istruzioni.pdf).\n",
		Good: "Vedi [le istruzioni](https://www.normattiva.it/).\n",
	}
}
