package lint

import "aulacomune/course"

// LangSpan: words in another language say which, as a voice must know it to pronounce them (WCAG 2.2 SC 3.1.2).
const LangSpan = "lang-span"

func langSpan() Rule {
	return Rule{
		ID: LangSpan, Severity: course.SeverityError, WCAG: "3.1.2",
		Message: "Il segno «[lang={0}]» non va bene: {1}.",
		Hint:    "Scrivi il codice della lingua e poi le parole fra graffe: [lang=en]{open data}. I codici più usati: en, fr, de, es, la.",
		Why:     "Un lettore di schermo pronuncia le parole con la voce della lingua indicata: un codice sbagliato le rende incomprensibili.",
		English: Wording{
			"The mark “[lang={0}]” is not right: {1}.", "Write the code of the language, then the words in braces: [lang=en]{open data}. Usual codes: en, fr, de, es, la.", "",
			"A screen reader speaks the words with the voice of that language: a wrong code makes them unintelligible.",
		},
		Bad:  "Pubblichiamo i dati come [lang=inglese]{open data}.\n",
		Good: "Pubblichiamo i dati come [lang=en]{open data}.\n",
	}
}
