package lint

import "aulacomune/course"

// NotText: a text is not UTF-8, so nobody knows which letters it holds.
const NotText = "not-text"

func notText() Rule {
	return Rule{
		ID: NotText, Severity: course.SeverityError,
		Message: "Il file non è scritto in UTF-8.",
		Hint:    "Salvalo di nuovo scegliendo la codifica UTF-8.",
		Why:     "Un testo in un'altra codifica mostra segni senza senso al posto delle lettere accentate.",
		English: Wording{
			"The file is not written in UTF-8.", "Save it again and choose the encoding UTF-8.", "",
			"A text in another encoding shows nonsense in place of accented letters.",
		},
	}
}
