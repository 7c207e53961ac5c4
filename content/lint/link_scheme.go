package lint

import "aulacomune/course"

// LinkScheme: a link by a scheme other than https, http or mailto.
const LinkScheme = "link-scheme"

func linkScheme() Rule {
	return Rule{
		ID: LinkScheme, Severity: course.SeverityError,
		Message: "Non si può collegare «{0}».",
		Hint:    "Usa un indirizzo https://, http:// o mailto:, un file del corso o un frammento «#titolo».",
	}
}
